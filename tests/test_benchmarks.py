"""What the benchmarks reckon with; how long anything takes is no test."""

import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks.asking import as_triples
from benchmarks.browsing import kind_of
from benchmarks.measuring import Figure, in_turns, line, reached_by, run, told
from benchmarks.recording import record


@pytest.mark.parametrize(
    ("value", "at_least", "holds"),
    [(1.0, False, True), (1.3, False, True), (1.31, False, False), (1.3, True, True), (1.2, True, False)],
)
def test_a_bound_is_kept_up_to_itself(value: float, at_least: bool, holds: bool) -> None:
    """What equals its bound keeps it, from below as from above."""
    assert Figure("loading", value, "×", 1.3, at_least).holds is holds


def test_a_figure_without_a_bound_always_holds() -> None:
    """It is there to be known."""
    figure = Figure("reports a second", 0.0, "")
    assert figure.holds
    assert figure.wanted == ""


def test_a_line_says_what_is_kept() -> None:
    """A sign, the value, the bound, and how it came about."""
    assert line(Figure("loading", 0.5, "×", 0.7, True, "wall")).split() == [
        "✗",
        "loading",
        "0.5",
        "×",
        "≥",
        "0.7",
        "×",
        "(wall)",
    ]
    assert line(Figure("loading", 0.9, "×", 0.7, True)).startswith("✓")


@pytest.mark.parametrize(
    ("value", "words"), [(0.04567, "0.0457 s"), (99.94, "99.9 s"), (1234.5, "1234 s"), (12, "12 s")]
)
def test_values_are_told_in_three_digits(value: float, words: str) -> None:
    """Large ones whole."""
    assert told(value, "s") == words


def test_the_value_that_a_share_does_not_exceed() -> None:
    """95 of 100 is the 95th in order; of few values it is the largest."""
    assert reached_by(reversed(range(1, 101)), 0.95) == 95
    assert reached_by([3.0, 1.0, 2.0], 0.95) == 3
    assert reached_by([3.0, 1.0, 2.0], 0.5) == 2


def test_work_takes_turns_and_the_best_counts() -> None:
    """A, B, A, B; each side's quickest run by the clock that is given."""
    log: list[str] = []
    ticks = iter([0, 5, 5, 7, 7, 8, 8, 17])
    times = in_turns(lambda: log.append("a"), lambda: log.append("b"), 2, lambda: next(ticks))
    assert log == ["a", "b", "a", "b"]
    assert times == (1, 2)


def test_what_takes_long_is_not_repeated() -> None:
    """A turn of many seconds is the only one."""
    ticks = iter([0, 60, 60, 120])
    assert in_turns(lambda: None, lambda: None, 5, lambda: next(ticks)) == (60, 60)


def test_a_command_is_watched(tmp_path: Path) -> None:
    """Its memory and its time are found out; one that fails is told with its complaint."""
    script = "import time; held = bytearray(80_000_000); time.sleep(0.4)"
    seen = run([sys.executable, "-c", script])
    assert seen.peak > 80_000_000
    assert seen.wall > 0.4
    assert seen.cpu > 0
    with pytest.raises(RuntimeError, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most that a process has held")
def test_what_a_command_held_for_a_moment_counts() -> None:
    """Memory that was let go of between two looks is its memory, too."""
    assert run([sys.executable, "-c", "import time; bytearray(80_000_000); time.sleep(0.4)"]).peak > 80_000_000


def test_addresses_of_a_kind() -> None:
    """A list with something chosen is another kind than the whole list."""
    assert kind_of("/zh/division/330324") == kind_of("/zh/division/110101") == ("division", False)
    assert kind_of("/zh/places?province=浙江省&level=county") == ("places", True)


def test_triples_of_quads() -> None:
    """rdflib gets what the graphs say."""
    assert as_triples(b'<x:a> <x:b> "c" <x:graph> .\n') == b'<x:a> <x:b> "c" .\n'
    assert list(ox.parse(as_triples(b""), format=ox.RdfFormat.N_TRIPLES)) == []


def test_the_page_has_every_figure_and_the_machine(tmp_path: Path) -> None:
    """Group by group; a missed bound stands out."""
    figures = [Figure("rate", 0.5, "×", 0.7, True, "wall"), Figure("reports", 12, "")]
    record(tmp_path / "docs" / "page.md", "python -m benchmarks", [("loading", figures)])
    page = (tmp_path / "docs" / "page.md").read_text("utf-8")
    assert "## Loading" in page
    assert "| rate | 0.5 × | ≥ 0.7 × | **missed** | wall |" in page
    assert "| reports | 12 |  |  |  |" in page
    assert "pyoxigraph" in page and "cores" in page


def test_what_was_not_measured_stays_on_the_page(tmp_path: Path) -> None:
    """A page that is written again for some groups keeps the others, in their order."""
    page = tmp_path / "page.md"
    record(page, "python", [("edges", [Figure("found", 1, "")]), ("copies", [Figure("found", 2, "")])])
    record(page, "python -X", [("edges", [Figure("found", 3, "")])], others=["edges", "groups", "copies"])
    text = page.read_text("utf-8")
    assert (
        text.index("`python -X`, ")
        < text.index("| found | 3 |")
        < text.index("`python`, ")
        < text.index("| found | 2 |")
    )
    assert text.index("| found | 3 |") < text.index("## Copies") < text.index("| found | 2 |")
    assert text.count("## ") == 2 and "| found | 1 |" not in text
