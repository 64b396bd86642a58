// The words beside the picture: the list of everything in it, and the sentences behind what is chosen.
"use strict";

const list = document.getElementById("list");
const detail = document.getElementById("detail");

/** An element with attributes and children; text goes in as text, whatever it contains. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function mark(kind) {
  const names = ["http", "://www.w3.org/2000/svg"].join(""); // a name, not an address to visit
  const svg = document.createElementNS(names, "svg");
  svg.setAttribute("class", `mark ${kind}`);
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(document.createElementNS(names, "use")).setAttribute("href", `#mark-${kind}`);
  return svg;
}

/** What is only Chinese says so, for readers that speak and for the choice of glyphs. */
const chinese = (node) => (about[node].zh === about[node].en ? "zh" : null);
const lineCount = (node) => linesOf.get(node).filter((line) => view.alive.has(line)).length;

function nameWithMatch(node) {
  const name = make("span", { class: "name", lang: chinese(node) });
  const text = nameOf(node);
  const words = state.words.trim();
  const at = words ? text.toLocaleLowerCase().indexOf(words.toLocaleLowerCase()) : -1;
  if (at < 0) name.append(text);
  else name.append(text.slice(0, at), make("mark", {}, text.slice(at, at + words.length)), text.slice(at + words.length));
  return name;
}

function item(node, ...more) {
  const attributes = { type: "button", class: "item", "data-node": node, onclick: () => choose(node, true) };
  return make("button", attributes, mark(about[node].kind), nameWithMatch(node), ...more);
}

const headingOf = (node) =>
  about[node].kind === "jurisdiction"
    ? about[node].province || say("unresolvedPlaces")
    : about[node][`area_${state.language}`] || say("noArea");

function blank(heading, text) {
  return make("div", { class: "blank" }, make("strong", {}, heading), text);
}

/** The nodes to list: those drawn, and of them those that match the search. */
function listed() {
  const order = [...places.keys()].filter((node) => view.nodes.has(node));
  return state.words.trim() ? order.filter((node) => matches(node, state.words)) : order;
}

function showList() {
  const nodes = listed();
  list.replaceChildren();
  if (!places.size) list.append(whyEmpty());
  else if (!nodes.length) list.append(...nothing());
  for (const kind of KINDS) {
    const group = nodes.filter((node) => about[node].kind === kind);
    if (!group.length) continue;
    list.append(make("h2", {}, `${say(kind)} ${group.length}`));
    for (const heading of new Set(sectorOrder(group).map(headingOf))) {
      const members = group.filter((node) => headingOf(node) === heading);
      members.sort((a, b) => (kind === "jurisdiction" ? 0 : lineCount(b) - lineCount(a)));
      const rows = members.map((node) => make("li", {}, item(node, countOf(node))));
      const foreign = kind === "jurisdiction" && about[members[0]].province ? "zh" : null;
      list.append(make("h3", { lang: foreign }, heading), make("ul", {}, ...rows));
    }
  }
  const first = list.querySelector(".item");
  for (const each of list.querySelectorAll(".item")) each.tabIndex = each === first ? 0 : -1;
}

const countOf = (node) => {
  const number = lineCount(node);
  return make("span", { class: "number", "aria-label": say("connections", { number }) }, String(number));
};

/** Areas in the order in which they stand in the picture. */
function sectorOrder(nodes) {
  const order = new Map(data.sectors.map((sector, number) => [`mechanism/${sector.area}`, number]));
  const place = (node) => order.get(areaOf(node)) ?? order.size;
  return [...nodes].sort((a, b) => place(a) - place(b));
}

/** Why there is nothing at all. */
function whyEmpty() {
  const { backbone } = data;
  if (!backbone) return blank(say("empty"), say("emptyHint"));
  return backbone.places < backbone.fewest ? blank(say("tooFew", backbone), say("tooFewHint")) : blank(say("noPairs"), say("backbone", backbone));
}

/** Why the list is empty, and what to do about it. */
function nothing() {
  const words = state.words.trim();
  if (!words) return [blank(say("nothingLeft"), say("nothingLeftHint"))];
  const hidden = [...places.keys()].filter((node) => matches(node, words)).length;
  const hint = hidden ? say("hiddenMatch", { nodes: hidden, words }) : say("noMatchHint");
  return [blank(say("noMatch", { words }), hint)];
}

/** A sentence of a report, and where it stands. */
function sentence([report, start, end, quote, gist], relation) {
  const { title, department, year, path } = data.reports[report];
  const status = make("span", { class: "tag" }, say(STATUS[relation]));
  const when = year === null ? say("undated") : say("year", { year });
  const from = make("span", { lang: "zh" }, title || department || say("untitled"));
  const office = title && department && !title.includes(department) ? [" · ", make("span", { lang: "zh" }, department)] : [];
  const where = say("characters", { start: start + 1, end });
  return make(
    "figure",
    { class: "said" },
    gist && !quote.startsWith(gist) ? make("p", { class: "gist", lang: "zh" }, gist) : null,
    make("blockquote", { lang: "zh" }, data.home ? make("a", { target: "_top", href: `${data.home}${path}#char=${start},${end}` }, quote) : quote),
    make("figcaption", {}, status, " · ", when, " · ", from, ...office, " · ", where),
  );
}

function figures(line, only) {
  const kept = stated[line].filter(([relation]) => !only || relation === only);
  const found = kept.flatMap(([relation, passages]) => passages.map((passage) => sentence(passage, relation)));
  const [, , , said] = kept[0];
  return found.length ? found : [make("p", { class: "kind" }, said ? say("pair", said) : say("noSentence"))];
}

/** What is said in a line: its sentences, at once or as soon as they come. */
function statements(line, only) {
  const coming = sentencesOf(line);
  if (!coming) return figures(line, only);
  const place = make("div", { role: "status" }, make("p", { class: "kind" }, say("asking")));
  const failed = () => place.replaceChildren(make("p", { class: "kind" }, say("notTold")));
  coming.then(() => place.replaceChildren(...figures(line, only)), failed);
  return [place];
}

function showDetail() {
  const id = state.chosen;
  detail.replaceChildren(...(isNode(id) ? nodeDetail(id) : lineDetail(id)));
  detail.scrollTop = 0;
}

function nodeDetail(node) {
  const { kind, level, path, resolved } = about[node];
  const area = about[node][`area_${state.language}`];
  const facts = [say(`a ${kind}`), resolved ? "" : say("unresolved"), level && say(level), path !== nameOf(node) && path, area];
  const heading = make("h2", {}, mark(kind), make("span", { lang: chinese(node) }, nameOf(node)));
  const parts = Object.keys(STATUS).flatMap((relation) => statedPart(node, relation));
  return [heading, make("p", { class: "kind" }, facts.filter(Boolean).join(" · ")), ...ways(node), ...belonging(node), ...parts];
}

/** In an explorer, where to go from a node: its page, the same picture with what is around it, or another one. */
function ways(node) {
  if (!data.home) return [];
  const { to } = about[node];
  const link = (word, href) => make("a", { target: "_top", href }, say(word));
  const around = (start) => `${start}${encodeURIComponent(to)}`;
  const on = data.middle.includes(to) ? [] : ["expand", "centre"].filter((way) => data[way]).map((way) => link(way, around(data[way])));
  return [make("p", { class: "ways" }, link("itsPage", `${data.home}${to}`), ...on)];
}

/** What is connected in one way, each with its sentences; opened at once where there are few. */
function statedPart(node, relation) {
  if (!state.relations.has(relation)) return [];
  const ids = linesOf.get(node).filter((line) => view.alive.has(line) && relationsOf(line).includes(relation));
  if (!ids.length) return [];
  const ends = sectorOrder(ids.map((line) => otherEnd(line, node)));
  ids.sort((a, b) => ends.indexOf(otherEnd(a, node)) - ends.indexOf(otherEnd(b, node)));
  const heading = make("h3", {}, say(STATUS[relation]), make("span", { class: "number" }, String(ids.length)));
  return [heading, ...ids.map((line) => connection(line, otherEnd(line, node), relation, ids.length < 4))];
}

function connection(line, other, relation, open) {
  const same = stated[line].filter(([each]) => each === relation);
  const years = [...new Set(same.map(([, , year]) => year).filter(Boolean))].sort();
  const name = make("span", { class: "name", lang: chinese(other) }, nameOf(other));
  const summary = make("summary", {}, mark(about[other].kind), name, make("span", { class: "number" }, years.join(" ")));
  const row = make("details", open ? { open: "" } : {}, summary);
  // Sixty connections have hundreds of sentences: they are made when they are wanted.
  const fill = () => row.open && row.children.length === 1 && row.append(...statements(line, relation), goTo(other));
  row.addEventListener("toggle", fill);
  fill();
  return row;
}

function goTo(node) {
  const text = `${say("goTo", { name: nameOf(node) })} ›`;
  return make("button", { type: "button", class: "plain goto", onclick: () => choose(node, true) }, text);
}

/** The mechanism above a practice, the practices below a mechanism. */
function belonging(node) {
  const ids = linesOf.get(node).filter((line) => lines.get(line).relation === "broader");
  if (!ids.length) return [];
  const word = about[node].kind === "practice" ? "above" : "below";
  const rows = ids.map((line) => make("li", {}, item(otherEnd(line, node))));
  return [make("h3", {}, say(word), make("span", { class: "number" }, String(ids.length))), make("ul", {}, ...rows)];
}

function lineDetail(id) {
  const { from, to, relation } = lines.get(id);
  const words = relationsOf(id).map((each) => (each === "broader" ? say("above") : say(STATUS[each])));
  const heading = make("h3", {}, words.join(" · "));
  return [make("div", { class: "ends" }, item(from), item(to)), heading, ...statements(id)];
}
