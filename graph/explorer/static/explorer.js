// A slice of a report's text that an address names (#char=12,40) is lit, wherever it is cut into pieces, and so are the
// records found in it; a facet that is chosen is applied at once; a menu that is wider than the screen shows where the
// reader is. Without this file all still work, by hand.
"use strict";

function light() {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const found = /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
  if (!found) return;
  const [start, end] = found.slice(1).map(Number);
  for (const mark of document.querySelectorAll(".text .mark")) {
    const at = Number(mark.dataset.at);
    if (at >= start && at < end) mark.classList.add("lit");
  }
  for (const record of document.querySelectorAll(`.findings li[data-slices~="${start},${end}"]`)) {
    record.classList.add("lit");
    const list = record.closest("aside");
    list.scrollTop = record.offsetTop - list.clientHeight / 2;
  }
}

addEventListener("hashchange", light);
light();

for (const select of document.querySelectorAll(".facets select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

const here = document.querySelector(".top [aria-current]");
if (here) {
  const menu = here.parentNode;
  menu.scrollLeft = here.offsetLeft - menu.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
}
