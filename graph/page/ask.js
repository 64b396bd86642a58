// In an explorer a picture comes without sentences: those of a line are asked for when a reader wants them, once.
"use strict";

const awaited = new Map();

/** A promise of a line's sentences, or null where they are at hand. */
function sentencesOf(line) {
  if (stated[line].every(([, sentences]) => sentences !== null)) return null;
  if (!awaited.has(line)) awaited.set(line, ask(line).finally(() => awaited.delete(line)));
  return awaited.get(line);
}

async function ask(line) {
  const [place, thing] = ["from", "to"].map((end) => encodeURIComponent(about[lines.get(line)[end]].to));
  const answer = await fetch(`${data.sentences}place=${place}&thing=${thing}`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const found = await answer.json();
  const before = data.reports.length;
  data.reports.push(...found.reports);
  stated[line] = found.stated.map(([relation, sentences, year]) => {
    return [relation, sentences.map(([report, ...rest]) => [before + report, ...rest]), year, null];
  });
}
