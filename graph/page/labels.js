// The words in the picture. They run outwards from the ellipse (Python left each a line of room), stand upright one
// below the other where a Chinese label would lie on its side, and are left out where they would be too small to read.
"use strict";

// English takes more room for the same words. All in the picture's own units.
const LETTERS = { zh: { size: 12.5, widest: 112 }, en: { size: 11.4, widest: 158 } };
const SMALLEST = 8.2; // on the screen
const UPRIGHT = { "(": "︵", ")": "︶", "（": "︵", "）": "︶", "“": "﹁", "”": "﹂", "《": "︽", "》": "︾", "、": "︑", "…": "︙" };
const widths = new Map();
let hits = []; // where labels lie: [node, point → whether it is inside]
let cards = []; // where whole names stand: [x, y, width, height]
let whole = new Set(); // the nodes whose name is shown in full

const reach = () => LETTERS[state.language].widest + 10; // of labels beyond the ellipse
const isSmall = (scale) => LETTERS[state.language].size * scale < SMALLEST;
const letters = () => Math.min(LETTERS[state.language].size, 20 / picture.getScale()); // zooming in does not blow words up for ever

function widthOf(context, text) {
  const key = `${context.font}|${text}`;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

function shorten(context, text, room) {
  if (widthOf(context, text) <= room) return text;
  let kept = [...text];
  while (kept.length > 1 && widthOf(context, `${kept.join("")}…`) > room) kept.pop();
  return `${kept.join("").replace(/[\s(（、,]+$/, "")}…`;
}

function write(context, text, x, y) {
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

function useFont(context, size, colour, weight = 400) {
  context.font = `${weight} ${size}px ${colours.sans}`;
  context.fillStyle = colour;
  context.strokeStyle = colours.paper;
  context.lineWidth = size / 4;
  context.lineJoin = "round";
  context.textBaseline = "middle";
}

/** A label that runs away from its node, upright where it is Chinese and steep. */
function writeOutwards(context, id, size, room) {
  const node = places.get(id);
  const [ux, uy] = about[id].towards;
  const outset = node.size + size * 0.45;
  const text = shorten(context, nameOf(id), room);
  if (text === nameOf(id)) whole.add(id);
  const steep = Math.abs(uy) > 0.82 && /[\u3400-\u9fff]/.test(text);
  context.save();
  context.translate(node.x, node.y);
  let long = widthOf(context, text);
  if (steep) {
    // Letters closer to those below than to those beside, so that the eye reads down and not across.
    const column = [...text];
    const step = size * 0.97;
    long = column.length * step;
    context.font = context.font.replace(/[\d.]+px/, `${size * 0.94}px`);
    context.rotate(Math.atan2(uy, ux) - (Math.sign(uy) * Math.PI) / 2);
    context.textAlign = "center";
    const first = (uy > 0 ? outset : -outset - long) + step / 2;
    column.forEach((letter, number) => write(context, UPRIGHT[letter] ?? letter, 0, first + number * step));
  } else {
    context.rotate(Math.atan2(uy, ux) + (ux < 0 ? Math.PI : 0));
    context.textAlign = ux < 0 ? "right" : "left";
    write(context, text, ux < 0 ? -outset : outset, 0);
  }
  context.restore();
  hits.push([id, (point) => {
    const [dx, dy] = [point.x - node.x, point.y - node.y];
    const along = dx * ux + dy * uy;
    return along > 0 && along < outset + long && Math.abs(dy * ux - dx * uy) < size * 0.56;
  }]);
}

/** A name along the inner side of the ellipse, letter by letter, never upside down. */
function writeAlong(context, sector, size) {
  const path = sector.middle.towards[1] > 0.05 ? [...sector.path].reverse() : sector.path;
  const steps = path.slice(1).map((point, number) => Math.hypot(point[0] - path[number][0], point[1] - path[number][1]));
  const length = steps.reduce((sum, step) => sum + step, 0);
  const name = sector[state.language] || say(sector.kind);
  const small = size * Math.min(1, Math.max(0.78, sector.room / widthOf(context, name)));
  context.font = context.font.replace(/[\d.]+px/, `${small}px`);
  const text = shorten(context, name, sector.room);
  const chinese = /[\u3400-\u9fff]/.test(text);
  const extra = chinese ? Math.min(size * 0.5, Math.max(0, (length - widthOf(context, text)) / text.length)) : 0;
  let at = (length - widthOf(context, text) - extra * (text.length - 1)) / 2;
  for (const letter of text) {
    const wide = widthOf(context, letter);
    let rest = at + wide / 2; // before the start and past the end it goes straight on
    let number = 0;
    while (number < steps.length - 1 && rest > steps[number]) rest -= steps[number++];
    const [[x, y], [nx, ny]] = [path[number], path[number + 1]];
    context.save();
    context.translate(x + ((nx - x) * rest) / steps[number], y + ((ny - y) * rest) / steps[number]);
    context.rotate(Math.atan2(ny - y, nx - x));
    context.textAlign = "center";
    write(context, letter, 0, 0);
    context.restore();
    at += wide + extra;
  }
}

/** A level label, of one row or several, in a box of its own; false, and nothing drawn, where another one is in the way. */
function writeLevel(context, rows, x, y, size, taken, card = false) {
  const half = [Math.max(...rows.map((text) => widthOf(context, text))) / 2 + size * 0.12, size * (0.68 + 0.6 * (rows.length - 1))];
  const clash = (box) => Math.abs(box[0] - x) < box[2] + half[0] && Math.abs(box[1] - y) < box[3] + half[1];
  if (taken.some(clash)) return false;
  taken.push([x, y, ...half]);
  if (card) {
    const colour = context.fillStyle;
    context.fillStyle = colours.paper;
    context.fillRect(x - half[0], y - half[1], 2 * half[0], 2 * half[1]);
    context.fillStyle = colour;
  }
  context.textAlign = "center";
  rows.forEach((text, row) => write(context, text, x, y + (row - (rows.length - 1) / 2) * size * 1.2));
  return true;
}

/** Bands behind the areas, and a pale point where a filter hides something, so that the whole keeps its shape. */
picture.on("beforeDrawing", (context) => {
  context.lineCap = "butt";
  context.lineWidth = 17;
  context.strokeStyle = colours.sunk;
  for (const sector of data.sectors) {
    context.beginPath();
    for (const [x, y] of sector.path) context.lineTo(x, y);
    context.stroke();
  }
  context.fillStyle = colours.line;
  for (const [id, { x, y }] of places) {
    if (view.nodes.has(id) || about[id].kind === "jurisdiction") continue;
    context.beginPath();
    context.arc(x, y, 2, 0, 2 * Math.PI);
    context.fill();
  }
});

picture.on("afterDrawing", (context) => {
  hits = [];
  cards = [];
  whole = new Set();
  const taken = [];
  const scale = picture.getScale();
  if (isSmall(scale)) nameAreasAround(context, scale, taken);
  else nameEachThing(context, scale);
  nameJurisdictions(context, scale, taken);
  for (const id of new Set([state.chosen, state.over])) if (isNode(id) && view.nodes.has(id) && !whole.has(id)) raise(context, id, scale);
});

/** What a small picture names: each thing where there are few, else the areas. */
function aroundTheEllipse() {
  const ring = [...view.nodes].filter((id) => ["mechanism", "weakness"].includes(about[id].kind));
  if (ring.length <= 12) {
    return ring.map((id) => {
      const { x, y } = places.get(id);
      return { x, y, towards: about[id].towards, name: nameOf(id), kind: about[id].kind };
    });
  }
  return data.sectors.map((sector) => ({ ...sector.middle, name: sector[state.language] || say(sector.kind), kind: sector.kind }));
}

function nameAreasAround(context, scale, taken) {
  const size = 12 / scale;
  const [left, right] = [4, stage.clientWidth - 4].map((edge) => picture.DOMtoCanvas({ x: edge, y: 0 }).x);
  useFont(context, size, colours.soft);
  for (const { x, y, towards, name, kind } of aroundTheEllipse()) {
    const [first, ...more] = fold(context, name, 88 / scale);
    const rows = [first, more.join("")].filter(Boolean).map((text) => shorten(context, text.trim(), 88 / scale));
    const half = Math.max(...rows.map((text) => widthOf(context, text))) / 2;
    context.fillStyle = kind === "weakness" ? colours.weakness : colours.soft;
    // Further out, a little at a time, until there is room.
    for (let out = 10; out < 64; out += 6) {
      const away = out / scale;
      const level = Math.max(left + half, Math.min(x + towards[0] * (away + half), right - half));
      const at = [level, y + towards[1] * (away + (rows.length * size) / 2)];
      if (writeLevel(context, rows, ...at, size, taken)) break;
    }
  }
}

function nameEachThing(context, scale) {
  const size = letters();
  const { widest } = LETTERS[state.language];
  const few = [...view.nodes].filter((id) => about[id].kind === "practice").length <= 24;
  for (const sector of data.sectors) {
    useFont(context, size * 0.86, sector.kind === "weakness" ? colours.weakness : colours.soft, 600);
    context.strokeStyle = colours.sunk;
    writeAlong(context, sector, size * 0.86);
  }
  for (const id of view.nodes) {
    const { kind, quiet } = about[id];
    if (kind === "jurisdiction") continue;
    const small = kind === "practice";
    const among = lit !== null && lit.nodes.has(id);
    const marked = id === state.chosen || id === state.over;
    if (small && !marked && (quiet || !(among || ((few || scale >= 1.45) && lit === null)))) continue;
    context.globalAlpha = lit === null || among ? 1 : 0.3;
    const colour = marked ? colours.accent : kind === "mechanism" ? colours.ink : colours[kind];
    // The names of practices are Chinese in both languages.
    const own = small ? LETTERS.zh.size * 0.84 * (size / LETTERS[state.language].size) : size;
    useFont(context, own, colour, marked ? 700 : 400);
    writeOutwards(context, id, own, small ? 88 : widest);
  }
  context.globalAlpha = 1;
}

function nameJurisdictions(context, scale, taken) {
  const small = isSmall(scale);
  const size = Math.max(letters() * 1.04, 10.5 / scale);
  for (const id of view.nodes) {
    if (about[id].kind !== "jurisdiction") continue;
    const { x, y, size: half } = places.get(id);
    context.globalAlpha = lit === null || lit.nodes.has(id) ? 1 : 0.3;
    useFont(context, size, colours.jurisdiction, 600);
    context.lineWidth = size / 3;
    const text = shorten(context, nameOf(id), Math.max(118, 66 / scale));
    // On a small screen the name stands in the place of the square.
    const at = [x, small ? y : y + half + size * 0.85];
    const wide = widthOf(context, text) / 2;
    if (!writeLevel(context, [text], ...at, size, taken, small)) continue;
    if (text === nameOf(id)) whole.add(id);
    hits.push([id, (point) => Math.abs(point.x - x) < wide && Math.abs(point.y - at[1]) < size * 0.7]);
  }
  context.globalAlpha = 1;
}

/** The whole name of what is chosen or pointed at, on a card beside it, where its label does not give it. */
function raise(context, id, scale) {
  const { x, y, size: half } = places.get(id);
  const size = 13 / scale;
  useFont(context, size, colours.ink, 600);
  const { x: left, y: upper } = picture.DOMtoCanvas({ x: 0, y: 0 });
  const { x: right, y: lower } = picture.DOMtoCanvas({ x: stage.clientWidth, y: stage.clientHeight });
  const column = fold(context, nameOf(id), right - left - size * 2.4);
  const wide = Math.max(...column.map((text) => widthOf(context, text))) + size * 1.4;
  const high = size * (0.6 + 1.4 * column.length);
  const inside = (at, low, high) => Math.max(low + size / 2, Math.min(at, high - size / 2));
  const from = inside(x - wide / 2, left, right - wide);
  // On the side away from the label, which goes on behind it.
  const below = about[id].towards[1] < 0 && about[id].kind !== "jurisdiction";
  const top = inside(below ? y + half + size * 0.6 : y - half - high - size * 0.6, upper, lower - high);
  context.beginPath();
  context.roundRect(from, top, wide, high, size * 0.5);
  context.fillStyle = colours.raised;
  context.fill();
  context.lineWidth = 1 / scale;
  context.strokeStyle = id === state.chosen ? colours.accent : colours.line;
  context.stroke();
  context.fillStyle = colours.ink;
  context.textAlign = "left";
  column.forEach((text, line) => context.fillText(text, from + size * 0.7, top + size * (1 + 1.4 * line)));
  cards.push([from, top, wide, high]);
}

/** A text on as many lines as it takes, broken between Chinese letters or English words. */
function fold(context, text, room) {
  const found = [""];
  for (const piece of text.match(/[!-~]+ *|[^!-~]/gu) ?? []) {
    if (found.at(-1) && context.measureText(found.at(-1) + piece.trimEnd()).width > room) found.push("");
    found[found.length - 1] += piece;
  }
  return found;
}

/** The node whose label is at a point of the picture. */
function labelAt(point) {
  return hits.find(([, inside]) => inside(point))?.[0] ?? null;
}
