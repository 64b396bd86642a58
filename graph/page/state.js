// What the page knows and what the reader has asked for. Nothing here touches the picture or the panel.
"use strict";

// In an explorer the data stands in the page around this one.
const data = JSON.parse((document.getElementById("data") ?? parent.document.getElementById("picture-data")).textContent);
const about = data.about; // by node
// By edge, the latest first: [[relation, [[report, start, end, quote, gist], …], year, said], …]. Instead of sentences
// there is null where they are still to be asked for; `said` is what stands in their place where no report says it.
const stated = data.stated;
const lines = new Map(data.edges.map((edge) => [edge.id, edge]));
const linesOf = new Map(data.nodes.map((node) => [node.id, []]));
for (const edge of data.edges) {
  linesOf.get(edge.from).push(edge.id);
  linesOf.get(edge.to).push(edge.id);
}

const KINDS = ["jurisdiction", "mechanism", "weakness", "practice"];
const STATUS = { practises: "practised", plans: "planned", lacks: "lacking", admits: "admits", together: "together" }; // relation → word

const state = {
  language: data.language || ((navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en"),
  kinds: new Set(KINDS),
  relations: new Set(Object.keys(STATUS)),
  area: "",
  place: "",
  words: "",
  chosen: null, // a node's or an edge's id; nodes begin with n, edges with e
  over: null, // what the pointer is over
};

const isNode = (id) => id !== null && id[0] === "n";
const isLine = (id) => id !== null && id[0] === "e";
const nameOf = (node) => about[node][state.language];
const areaOf = (node) => {
  const { kind, area } = about[node];
  return area && `${kind === "weakness" ? "weakness" : "mechanism"}/${area}`;
};
const relationsOf = (line) => [...new Set(stated[line].map(([relation]) => relation))];
const otherEnd = (line, node) => (lines.get(line).from === node ? lines.get(line).to : lines.get(line).from);

/** A sentence of the interface in the reader's language, its {gaps} filled; {number|thing|things} gives 1 thing. */
function say(key, values = {}) {
  const fill = (_, name, one, many) => `${values[name]}${one ? ` ${values[name] === 1 ? one : many}` : ""}`;
  return data.words[state.language][key].replace(/\{(\w+)(?:\|(\w+)\|(\w+))?\}/g, fill);
}

const isFiltered = () =>
  state.kinds.size < KINDS.length || state.relations.size < Object.keys(STATUS).length || state.area !== "" || state.place !== "";

function inScope(node) {
  if (about[node].kind === "jurisdiction") return !state.place || state.place === node;
  return !state.area || state.area === areaOf(node);
}

/** Whether no statement in the picture speaks of a thing, nor of the practices that belong to it. */
function stands(node) {
  const mute = (each) => linesOf.get(each).every((line) => lines.get(line).relation === "broader");
  const below = linesOf.get(node).map((line) => lines.get(line).from);
  return mute(node) && below.every(mute);
}

/** What the filters leave: the lines that count, whether their ends are drawn or not, and what is drawn. */
function viewed() {
  const alive = new Set();
  const counted = new Set();
  for (const [id, line] of lines) {
    if (line.relation === "broader" || !inScope(line.from) || !inScope(line.to)) continue;
    if (!relationsOf(id).some((relation) => state.relations.has(relation))) continue;
    alive.add(id);
    counted.add(line.from).add(line.to);
  }
  // A mechanism that is there only because a practice belongs to it stays with the practice.
  for (const line of lines.values()) {
    if (line.relation === "broader" && counted.has(line.from) && inScope(line.to)) counted.add(line.to);
  }
  // Where the limit has left out all that a thing is connected with, it is still drawn, listed and counted.
  if (state.relations.size === Object.keys(STATUS).length && !state.place) {
    for (const node of linesOf.keys()) if (!counted.has(node) && stands(node)) counted.add(node);
  }
  const nodes = new Set([...counted].filter((node) => inScope(node) && state.kinds.has(about[node].kind)));
  const drawn = [...lines].filter(([id, line]) => alive.has(id) || line.relation === "broader");
  const edges = new Set(drawn.filter(([, line]) => nodes.has(line.from) && nodes.has(line.to)).map(([id]) => id));
  return { alive, nodes, edges };
}

let view = viewed();

/** Whether a name, in either language, contains the words that are searched for. */
function matches(node, words) {
  const wanted = words.trim().toLocaleLowerCase();
  return [about[node].zh, about[node].en].some((name) => name.toLocaleLowerCase().includes(wanted));
}

/** The nodes that a chosen or pointed-at thing is connected with, itself among them, and the lines between. */
function connected(id) {
  if (isLine(id)) return { nodes: new Set([lines.get(id).from, lines.get(id).to]), edges: new Set([id]) };
  const edges = linesOf.get(id).filter((line) => view.edges.has(line));
  return { nodes: new Set([id, ...edges.map((line) => otherEnd(line, id))]), edges: new Set(edges) };
}
