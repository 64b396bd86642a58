// YASGUI over this server's own endpoint, with the prefixes that a query uses filled in; an example goes into its editor.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const home = document.getElementById("yasgui");
  const { prefixes, query } = home.dataset;
  Yasgui.Yasqe.defaults.autocompleters = []; // they would ask other hosts for prefixes and properties
  const yasgui = new Yasgui(home, {
    requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST" },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    endpointCatalogueOptions: { getData: () => [{ endpoint: `${location.origin}/sparql` }], keys: [] },
  });
  const used = (words) => prefixes.split("\n").filter((line) => words.includes(line.split(" ")[1]));
  const put = (words) => yasgui.getTab().getYasqe().setValue([...used(words), words].join("\n"));
  put(query);
  for (const example of document.querySelectorAll(".example")) {
    example.addEventListener("click", (event) => {
      event.preventDefault();
      put(example.dataset.query);
      home.scrollIntoView({ block: "start" });
    });
  }
});
