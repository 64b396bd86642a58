// The page comes alive: what the reader does changes the state, and the state is shown.
"use strict";

const element = (id) => document.getElementById(id);
const search = element("search");

/** Shows the state in the panel and in the picture. */
function show() {
  view = viewed();
  if (isNode(state.chosen) && !view.nodes.has(state.chosen)) state.chosen = null;
  if (isLine(state.chosen) && !view.edges.has(state.chosen)) state.chosen = null;
  const open = state.chosen !== null;
  list.hidden = open;
  detail.hidden = !open;
  element("back").hidden = !open;
  document.body.classList.toggle("open", open);
  if (open) showDetail();
  else showList();
  showState();
  paint();
}

function showState() {
  const counts = { nodes: view.nodes.size, edges: view.edges.size, allNodes: places.size, allEdges: lines.size };
  const searching = state.words.trim() !== "" && state.chosen === null;
  const text = searching ? say("found", { nodes: listed().length }) : say(isFiltered() ? "shownOf" : "shown", counts);
  element("state").textContent = places.size && (state.chosen === null || isFiltered()) ? text : "";
  element("reset").hidden = !isFiltered();
  for (const id of ["area", "place"]) element(id).classList.toggle("set", element(id).value !== "");
}

/** Chooses a node or a line, or nothing; from the list, the picture follows and so does the keyboard. */
function choose(id, fromList) {
  const before = state.chosen;
  state.chosen = id;
  state.over = null;
  show();
  if (!fromList) return;
  if (isNode(state.chosen)) bringIntoSight(state.chosen);
  if (state.chosen !== null) detail.focus({ preventScroll: true });
  else list.querySelector(`[data-node="${before}"]`)?.focus();
}

function speak() {
  document.documentElement.lang = state.language;
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = say(each.dataset.word);
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", say(each.dataset.label));
  for (const each of document.querySelectorAll("[data-hint]")) each.placeholder = say(each.dataset.hint);
  element("language").lang = state.language === "zh" ? "en" : "zh";
  element("sum").textContent = summary();
  fillSelects();
  fillNotes();
  sizeGrip();
}

function countKinds() {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  for (const node of places.keys()) counts[about[node].kind] += 1;
  return counts;
}

const summary = () => {
  const counts = countKinds();
  return KINDS.filter((kind) => counts[kind]).map((kind) => `${say(kind)} ${counts[kind]}`).join("　");
};

function fillNumbers() {
  const counts = countKinds();
  for (const each of document.querySelectorAll("[data-kind]")) each.textContent = counts[each.dataset.kind];
  for (const each of document.querySelectorAll("[data-relation]")) {
    each.textContent = [...lines.keys()].filter((line) => relationsOf(line).includes(each.dataset.relation)).length;
  }
}

function options(select, whole, groups) {
  const chosen = select.value;
  const made = groups.map(([label, entries]) => {
    const inner = entries.map(([value, text]) => make("option", { value }, text));
    return make("optgroup", { label }, ...inner);
  });
  select.replaceChildren(make("option", { value: "" }, whole), ...made);
  select.value = chosen;
}

function fillSelects() {
  const areas = { mechanism: new Map(), weakness: new Map() };
  for (const node of sectorOrder(places.keys())) {
    const key = areaOf(node);
    if (key) areas[key.split("/")[0]].set(key, about[node][`area_${state.language}`]);
  }
  const named = [["mechanismAreas", [...areas.mechanism]], ["weaknessAreas", [...areas.weakness]]];
  options(element("area"), say("allAreas"), named.filter(([, own]) => own.length).map(([word, own]) => [say(word), own]));
  const provinces = new Map();
  for (const node of [...places.keys()].filter((each) => about[each].kind === "jurisdiction")) {
    const heading = headingOf(node);
    provinces.set(heading, [...(provinces.get(heading) ?? []), [node, nameOf(node)]]);
  }
  options(element("place"), say("allPlaces"), [...provinces]);
}

/** What the picture leaves out, said plainly. */
function fillNotes() {
  const notes = [];
  if (data.around.length) {
    const things = data.around.map((name) => name[state.language]).join(say("comma"));
    notes.push(say("aroundNote", { things, steps: data.steps }));
  }
  if (data.backbone && places.size && !data.home) notes.push(say("backbone", data.backbone), say("backboneShown", data.backbone));
  const out = KINDS.filter((kind) => data.leftOut[kind]);
  const rest = out.map((kind) => say("leftOutEach", { kind: say(kind), number: data.leftOut[kind] })).join(say("comma"));
  if (rest) notes.push(say("leftOut", { nodes: places.size, rest }));
  element("notes").replaceChildren(...notes.map((note) => make("p", {}, note)));
  element("notes").hidden = !notes.length;
}

function sizeGrip() {
  const tall = document.querySelector("main").classList.contains("tall");
  element("grip").setAttribute("aria-expanded", String(tall));
  element("grip").setAttribute("aria-label", say(tall ? "smaller" : "taller"));
}

function reset() {
  Object.assign(state, { kinds: new Set(KINDS), relations: new Set(Object.keys(STATUS)), area: "", place: "" });
  for (const box of document.querySelectorAll(".chip input")) box.checked = true;
  for (const id of ["area", "place"]) element(id).value = "";
  show();
}

for (const box of document.querySelectorAll(".chip input")) {
  box.addEventListener("change", () => {
    const set = box.name === "kind" ? state.kinds : state.relations;
    if (box.checked) set.add(box.value);
    else set.delete(box.value);
    show();
  });
}
for (const id of ["area", "place"]) {
  element(id).addEventListener("change", () => {
    state[id] = element(id).value;
    show();
  });
}
search.addEventListener("input", () => {
  state.words = search.value;
  state.chosen = null;
  show();
});
search.addEventListener("keydown", (event) => {
  const first = listed()[0];
  if (event.key === "Enter" && search.value.trim() && first) choose(list.querySelector(".item").dataset.node, true);
  if (event.key === "ArrowDown") {
    event.preventDefault();
    list.querySelector(".item")?.focus();
  }
});
list.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...list.querySelectorAll(".item")];
  const next = items[items.indexOf(document.activeElement) + step];
  (next ?? search).focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.chosen !== null) choose(null, true);
});
element("language").addEventListener("click", () => {
  state.language = state.language === "zh" ? "en" : "zh";
  speak();
  show();
  showAll(false);
});
element("reset").addEventListener("click", reset);
element("back").addEventListener("click", () => choose(null, true));
element("fit").addEventListener("click", () => showAll(true));
element("zoom-in").addEventListener("click", () => zoom(1.5));
element("zoom-out").addEventListener("click", () => zoom(1 / 1.5));
element("grip").addEventListener("click", () => {
  document.querySelector("main").classList.toggle("tall");
  sizeGrip();
});

picture.on("click", (event) => {
  const touch = event.event.pointerType !== "mouse";
  choose(thingAt(event.pointer.DOM, touch), false);
});
stage.addEventListener("mousemove", (event) => {
  const box = stage.getBoundingClientRect();
  const over = event.buttons ? null : thingAt({ x: event.clientX - box.left, y: event.clientY - box.top }, false);
  stage.classList.toggle("pointing", over !== null);
  if (over !== state.over) {
    state.over = over;
    paint();
  }
});
stage.addEventListener("mouseleave", () => {
  state.over = null;
  paint();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  readColours();
  paint();
});
new ResizeObserver(() => showAll(false)).observe(stage);

document.body.classList.toggle("empty", !places.size);
document.body.classList.toggle("inside", Boolean(data.home));
// Inside of an explorer's page the filters are that page's own, here they are the legend; and the wheel scrolls that page,
// which the picture fills, unless Ctrl asks for zooming: who turns it is told.
if (data.home) {
  for (const box of document.querySelectorAll(".chip input")) box.remove();
  const leave = (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    element("zoom-hint").hidden = false;
  };
  stage.addEventListener("wheel", leave, { capture: true, passive: true });
}
// A picture is of what reports say, or of what goes together.
const together = Boolean(data.backbone);
for (const each of document.querySelectorAll("[data-relation]")) {
  each.closest(".chip").hidden = (each.dataset.relation === "together") !== together;
}
if (together) for (const each of [element("place"), document.querySelector(".hint")]) each.hidden = true;
for (const each of document.querySelectorAll("[data-kind]")) {
  each.closest(".chip").hidden = together && each.dataset.kind !== "mechanism";
}
readColours();
fillNumbers();
speak();
show();
showAll(false);
