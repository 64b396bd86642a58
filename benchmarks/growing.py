"""Generated reports built from end to end with the real command: time, memory, and what a second build costs."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.extraction import ZHILI
from benchmarks.generator import write_reports
from benchmarks.measuring import MB, Figure, Run, run


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the reports and graphs of a run are: so many reports, and a quarter of them."""

    folder: Path
    reports: int

    @property
    def quarter(self) -> int:
        """How many reports the smaller graph has."""
        return max(1, self.reports // 4)

    def source(self, reports: int) -> Path:
        """The folder of so many generated reports, written where it is not there yet."""
        if not (folder := self.folder / f"generated-{reports}").exists():
            write_reports(reports, folder)
        return folder

    def graph(self, reports: int) -> Path:
        """The folder of the graph of so many reports, built where it is not there yet."""
        if not (folder := self.folder / f"graph-{reports}").exists():
            self.build(reports)
        return folder

    def build(self, reports: int, afresh: bool = False) -> Run:
        """Builds the graph of so many reports with the real command; from nothing where `afresh`."""
        source, graph = self.source(reports), self.folder / f"graph-{reports}"
        if afresh:
            shutil.rmtree(graph, ignore_errors=True)
        return run([ZHILI, "build", str(source), "-o", str(graph)])


def growing(scale: Scale) -> Iterator[Figure]:
    """Two sizes built, the smaller before and after the larger; then the larger again, unchanged and changed."""
    small, large = scale.quarter, scale.reports
    first, whole, again = (scale.build(size, afresh=True) for size in (small, large, small))
    each = (first.cpu + again.cpu) / 2 / small
    yield Figure(f"build of {large:,} reports", whole.wall, "s", how=f"wall; {whole.cpu:.0f} s CPU")
    yield Figure("reports a second", large / whole.wall, "", how="wall, all cores")
    yield Figure("CPU time of a report", 1000 * whole.cpu / large, "ms")
    yield Figure(
        "time of a report, to that in a quarter",
        whole.cpu / large / each,
        "×",
        1.15,
        how=f"CPU, {small:,} before and after {large:,}",
    )
    yield Figure("memory of the largest process", whole.peak / MB, "MB", 1500, how=f"peak RSS, {large:,} reports")
    yield Figure("the same, to that in a quarter", whole.peak / max(first.peak, again.peak), "×", 1.15)
    yield from _second_builds(scale)


def _second_builds(scale: Scale) -> Iterator[Figure]:
    same = scale.build(scale.reports)
    yield Figure("build with nothing changed", same.wall, "s", 10, how=f"wall; {same.cpu:.2f} s CPU")
    _change_one(scale.source(scale.reports))
    changed = scale.build(scale.reports)
    yield Figure("build with one file changed", changed.wall, "s", 5, how="wall")
    yield Figure("build with one file changed, CPU", changed.cpu, "s", 5)


def _change_one(folder: Path) -> None:
    """Adds a sentence to the first report that is plain text."""
    file = min(folder.rglob("generated-*.txt"))
    text = file.read_text("utf-8")
    file.write_text(text.replace("\n", "\n全年开展专项督察3次。\n", 1), "utf-8")
