// YASGUI over this server's own endpoint, with the prefixes that a query uses filled in; an example goes into its editor.
// What YASGUI says of a query that was stopped, cut or not understood is English and short: the page says it itself.
"use strict";

const words = JSON.parse(document.getElementById("query-words").textContent);
const endpoint = `${location.origin}/sparql`;
const POSITION = /line (\d+), at or before column (\d+): (.*)/;

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function make(tag, attributes, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

/** Where the answer of the tab that is open is told about; made when it is first needed. */
function place(home) {
  const panel = home.querySelector(".tabPanel.active") ?? home;
  let told = panel.querySelector(".told");
  if (!told) {
    told = make("div", { className: "told" });
    told.setAttribute("role", "status");
    const answer = panel.querySelector(".yasr");
    answer.parentNode.insertBefore(told, answer);
  }
  return told;
}

/** What the parser has to say, in the reader's language where it says one of its usual things. */
function reason(said) {
  const [, expected] = /^expected (.*)$/.exec(said) ?? [];
  const [, prefixes] = /^unknown prefix; known without declaring are (.*)$/.exec(said) ?? [];
  if (expected) return make("p", {}, fill(words.expected, { what: expected.replaceAll(" or ", ", ") }));
  if (prefixes) return make("p", {}, fill(words.prefix, { known: prefixes }));
  return /was not expected/.test(said) ? make("p", {}, words.unexpected) : make("p", { lang: "en" }, said);
}

/** What is wrong with a query, and where: pressing the place leads there. */
function whatIsWrong(said, editor) {
  const found = POSITION.exec(said);
  if (!found) return [make("p", { lang: "en" }, said)];
  const [line, column] = [Number(found[1]), Number(found[2])];
  const there = () => {
    editor.focus();
    editor.setCursor({ line: line - 1, ch: column - 1 });
  };
  editor.addLineClass(line - 1, "background", "wrong");
  return [
    make("p", {}, make("button", { type: "button", onclick: there }, fill(words.where, { line, column }))),
    reason(found[3]),
  ];
}

/** Tells about an answer what a reader must know; of one that is whole there is nothing to tell. */
async function tell(told, response, editor) {
  const rows = response.headers.get("X-Zhili-Truncated");
  told.classList.toggle("cut", response.ok);
  if (response.ok) {
    if (rows) told.append(make("p", {}, make("strong", {}, fill(words.cut, { rows: Number(rows).toLocaleString() }))), make("p", {}, words.cutHint));
    return;
  }
  const said = (await response.text()).trim().split("\n")[0];
  const [what, hint] = words[response.status] ?? words.other;
  told.append(make("p", {}, make("strong", {}, what)), make("p", {}, hint));
  if (response.status === 400) told.append(...whatIsWrong(said, editor));
  else if (!words[response.status]) told.append(make("p", { lang: "en" }, said));
}

addEventListener("DOMContentLoaded", () => {
  const home = document.getElementById("yasgui");
  const { prefixes, query } = home.dataset;
  Yasgui.Yasqe.defaults.autocompleters = []; // they would ask other hosts for prefixes and properties
  Yasgui.Yasqe.defaults.showQueryButton = false; // a triangle without a word, on top of the query
  Yasgui.Yasr.defaults.plugins.table.dynamicConfig = { compact: true }; // 104, not "104"^^<http://…#integer>
  const yasgui = new Yasgui(home, {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
  });
  const editor = () => yasgui.getTab().getYasqe();

  const run = document.getElementById("run");
  let asked = null; // the editor whose query is being answered
  const show = (asking) => {
    asked = asking;
    run.textContent = asking ? words.stop : words.run;
  };
  run.hidden = false;
  run.addEventListener("click", () => (asked ? asked.abortQuery() : editor().query().catch(() => {})));

  // YASGUI hands on neither the status nor the headers of an answer.
  const plain = window.fetch;
  window.fetch = async (request, ...more) => {
    if (request.url !== endpoint) return plain(request, ...more);
    const [told, asking] = [place(home), editor()];
    told.replaceChildren();
    show(asking);
    asking.eachLine((line) => asking.removeLineClass(line, "background", "wrong"));
    try {
      const response = await plain(request, ...more);
      await tell(told, response.clone(), asking);
      return response;
    } catch (error) {
      if (error.name !== "AbortError") told.append(make("p", {}, make("strong", {}, words.offline[0])), make("p", {}, words.offline[1]));
      throw error;
    } finally {
      show(null);
    }
  };

  const used = (text) => prefixes.split("\n").filter((line) => text.includes(line.split(" ")[1]));
  const put = (text) => editor().setValue([...used(text), text].join("\n"));
  put(query);
  for (const example of document.querySelectorAll(".example")) {
    example.addEventListener("click", (event) => {
      event.preventDefault();
      put(example.dataset.query);
      home.scrollIntoView({ block: "start" });
    });
  }
});
