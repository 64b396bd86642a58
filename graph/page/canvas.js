// The picture: vis-network draws nodes and lines where Python put them; we colour them and do the pointing.
"use strict";

const stage = document.getElementById("picture");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dots = new vis.DataSet(data.nodes);
const strokes = new vis.DataSet(data.edges);
const picture = new vis.Network(stage, { nodes: dots, edges: strokes }, data.options);
const places = new Map(data.nodes.map((node) => [node.id, node]));
const painted = new Map(); // what each thing last looked like, so that only changes are sent
const GROUPS = [...Array(8).keys()].map((number) => `group${number}`); // of things that go together
let colours = {};
let lit = null; // what stands out now, or null when everything is alike

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = [...KINDS, ...Object.keys(STATUS), "broader", ...GROUPS, "paper", "raised", "sunk", "line", "ink", "soft", "accent"];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  colours.sans = style.getPropertyValue("--sans").trim();
}

/** The more lines, the fainter each, so that the whole stays a texture and not a blot. */
const faint = () => Math.min(0.6, Math.max(0.12, 100 / Math.max(view.edges.size, 1)));

function lookOfNode(id) {
  const { kind, group } = about[id];
  const colour = colours[group === undefined ? kind : GROUPS[group % GROUPS.length]];
  const apart = lit !== null && !lit.nodes.has(id);
  const chosen = id === state.chosen;
  return {
    id,
    hidden: !view.nodes.has(id),
    opacity: apart ? 0.22 : 1,
    borderWidth: chosen ? 3 : 1,
    size: chosen ? Math.max(places.get(id).size, 7) : places.get(id).size,
    color: { background: colour, border: chosen ? colours.accent : colours.paper },
  };
}

function lookOfLine(id) {
  const relation = lines.get(id).relation;
  const special = relation !== "practises" && relation !== "broader";
  const among = lit !== null && lit.edges.has(id);
  const pointed = id === state.over && among;
  const rest = lit !== null ? faint() * 0.3 : Math.min(0.75, faint() * (special ? 4 : 1));
  return {
    id,
    hidden: !view.edges.has(id),
    width: pointed || id === state.chosen ? 3 : among ? 1.4 : 1,
    color: { color: colours[relation], opacity: among ? 0.85 : rest, inherit: false },
  };
}

/** Gives everything its look of the moment; called whenever the state has changed. */
function paint() {
  const focus = state.chosen ?? (isNode(state.over) ? state.over : null);
  lit = focus === null ? null : connected(focus);
  for (const [set, ids, look] of [[dots, places.keys(), lookOfNode], [strokes, lines.keys(), lookOfLine]]) {
    const changes = [...ids].map(look).filter((next) => {
      const text = JSON.stringify(next);
      return painted.get(next.id) !== text && painted.set(next.id, text);
    });
    set.update(changes);
  }
  picture.redraw();
}

/** The scale at which all labels fit; on a small screen, where they could not be read, only the ellipse fits. */
function showAll(animated) {
  const [w, h] = [stage.clientWidth, stage.clientHeight];
  if (!w || !h) return; // hidden under the panel
  const [a, b] = data.size;
  let scale = Math.min(w / (2 * (a + reach())), h / (2 * (b + reach())));
  if (isSmall(scale)) scale = Math.min((w - 124) / (2 * a), (h - 76) / (2 * b));
  move({ x: 0, y: 0 }, Math.max(scale, 0.05), animated);
}

function move(position, scale, animated) {
  const animation = animated && !calm.matches ? { duration: 320, easingFunction: "easeInOutQuad" } : false;
  picture.moveTo({ position, scale, animation });
}

/** Brings a node into sight, and near enough for its label to be read. */
function bringIntoSight(id) {
  const scale = picture.getScale();
  const { x, y } = places.get(id);
  const at = picture.canvasToDOM({ x, y });
  const inside = at.x > 30 && at.y > 30 && at.x < stage.clientWidth - 30 && at.y < stage.clientHeight - 30;
  if (isSmall(scale)) move({ x, y }, 1, true);
  else if (!inside) move({ x, y }, scale, true);
}

function zoom(factor) {
  move(picture.getViewPosition(), Math.min(6, Math.max(0.1, picture.getScale() * factor)), true);
}

function distanceToLine(point, line) {
  const [a, b] = [places.get(line.from), places.get(line.to)];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const part = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const on = Math.min(1, Math.max(0, part));
  return Math.hypot(point.x - a.x - on * dx, point.y - a.y - on * dy);
}

function nearest(ids, distance, within) {
  let found = null;
  for (const id of ids) {
    const away = distance(id);
    if (away <= within) [found, within] = [id, away];
  }
  return found;
}

/** The node, label or line at a point of the screen; a finger reaches further than a mouse. */
function thingAt(dom, touch) {
  const point = picture.DOMtoCanvas(dom);
  const scale = picture.getScale();
  const toNode = (id) => Math.hypot(point.x - places.get(id).x, point.y - places.get(id).y) * scale;
  const near = nearest(view.nodes, toNode, touch ? 22 : 9);
  const node = near ?? labelAt(point);
  if (node !== null) return node;
  // With something chosen, only its own lines can be picked: the rest of the middle means "nothing".
  const pickable = lit === null ? view.edges : lit.edges;
  return nearest(pickable, (id) => distanceToLine(point, lines.get(id)) * scale, touch ? 12 : 3.5);
}
