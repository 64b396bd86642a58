"""Generated reports: the same for the same seed and number, all of them different, and read as what they are."""

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from benchmarks.generator import Generated, generate
from benchmarks.grammar import Writer, grammar
from benchmarks.offices import words_of
from benchmarks.places import Office, capacity, governed, office_of
from extract.documents import Document
from extract.errors import ReadingError
from extract.reading import decode
from extract.report import read_report
from graph.mirrors import letters_of, likeness, sketch_of

ROOT = Path(__file__).parent.parent


def text_of(report: Generated) -> str:
    """A generated report's text as the extractor reads it."""
    return decode(Document(report.name, report.data))


def is_resolved(report: Generated) -> bool:
    """Whether the extractor finds the place and the year that the report was made for."""
    try:
        found = read_report(Document(report.name, report.data))
    except ReadingError:
        return False
    return (found.jurisdiction.code, found.year) == (report.code, report.year)


def test_more_reports_begin_with_the_same() -> None:
    """The first of many are those of few, and a series can be taken up anywhere."""
    many = list(generate(20, seed=3))
    assert list(generate(7, seed=3)) == many[:7]
    assert list(generate(5, seed=3, start=15)) == many[15:]
    assert list(generate(7, seed=4)) != many[:7]


def test_the_command_writes_what_is_generated_and_says_so(tmp_path: Path) -> None:
    """Another process, with other hashes of strings, writes the same bytes; names and a README say what they are."""
    command = [sys.executable, "-m", "benchmarks.generator", "-n", "8", "-o", str(tmp_path / "made"), "--seed", "5"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "7"}, check=True)
    written = {path.relative_to(tmp_path / "made").as_posix(): path.read_bytes() for path in tmp_path.rglob("g*.*")}
    assert written == {report.name: report.data for report in generate(8, seed=5)}
    assert all(Path(name).name.startswith("generated-") for name in written)
    assert "Synthetic" in (tmp_path / "made" / "README.md").read_text("utf-8")


def test_an_office_reports_once_a_year() -> None:
    """All offices and years come, none of them twice, some offices with several years from the beginning."""
    everything = [office_of(number, 0) for number in range(capacity(0))]
    assert len(set(everything)) == len(everything) > 300_000
    assert len({office for office, _ in everything[:1000]}) == 500
    first = {office.division.level for office, _ in everything[:300]}
    assert first == {"province", "prefecture", "county", "township"}
    with pytest.raises(ValueError, match="ask for no more"):
        office_of(capacity(0), 0)


def test_every_government_has_words_for_itself() -> None:
    """Also one under 大柴旦行政委员会, which is called by no rank."""
    assert all(words_of(Office(division, None), 2024)["above_rank"] for division in governed())


def test_reports_are_resolved() -> None:
    """The extractor tells place and year of all but the rarest."""
    assert sum(map(is_resolved, generate(60, seed=1))) >= 59


def test_reports_of_an_office_are_no_mirrors() -> None:
    """What an office writes in several years is not taken for one text."""
    sketches = [sketch_of(letters_of(text_of(report))) for report in generate(12)]
    assert max(likeness(one, other) for one, other in combinations(sketches, 2)) < 0.3


def test_layouts_and_lengths_vary() -> None:
    """Text, Markdown and pages; short and long; numbered or not."""
    reports = list(generate(60))
    texts = [text_of(report) for report in reports]
    assert {report.name.rpartition(".")[2] for report in reports} == {"txt", "md", "html"}
    assert min(map(len, texts)) < 2000 < 8000 < max(map(len, texts))
    assert 3500 < sum(map(len, texts)) / len(texts) < 5500
    assert {("\n（二）" in text.replace("　　", "").replace("\n\n", "\n")) for text in texts} == {True, False}


@pytest.mark.parametrize("name", sorted(grammar().lists))
def test_every_phrase_can_be_written(name: str) -> None:
    """All blanks of all phrases are known ones, for a township as for a province's department."""
    for number in range(12):
        writer = Writer(Random(number), words_of(*office_of(number, 0)), "三江")
        writer.area = "disputes"
        writer.draw_weakness()
        written = [writer.write(name) for _ in grammar().lists[name]]
        assert all(written) and not set("{}") & set("".join(written))
