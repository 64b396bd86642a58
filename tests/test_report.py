"""The whole of extraction on the seeds and on reports written for development."""

import json
import tomllib
from pathlib import Path

import pytest

from extract.errors import NotAReport
from extract.printing import record
from extract.reading import Document
from extract.report import read_report
from tools.score import REPORTS, score

ALL = [path for folder in REPORTS for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".html"}]
FLOORS = tomllib.loads((Path(__file__).parent / "truth" / "floors.toml").read_text(encoding="utf-8"))


def _document(path: Path) -> Document:
    return Document(path.name, path.read_bytes())


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem[:3])
def test_every_slice_lies_in_the_text(path: Path) -> None:
    """`text[start:end]` is the quote, for every record of every report."""
    report = read_report(_document(path))
    slices = list(report.evidence())
    assert slices
    assert all(slice_.of(report.text).strip() and slice_.end <= len(report.text) for slice_ in slices)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem[:3])
def test_the_record_quotes_what_its_offsets_point_to(path: Path) -> None:
    """In the printed record a quote and its offsets agree, at every depth; the record is JSON."""
    report = read_report(_document(path))
    waiting = [json.loads(json.dumps(record(report), ensure_ascii=False))]
    seen = 0
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict) and "quote" in item:
            assert item["quote"] == report.text[item["start"] : item["end"]]
            seen += 1
        waiting += item.values() if isinstance(item, dict) else item if isinstance(item, list) else []
    assert seen > 50


@pytest.mark.parametrize("path", ALL[:2], ids=lambda path: path.stem[:3])
def test_the_same_document_gives_the_same_report(path: Path) -> None:
    """Reading is a function of the bytes."""
    assert read_report(_document(path)) == read_report(_document(path))


def test_another_genre_is_refused_unless_forced() -> None:
    """A text that is no report gives one clear line; `force` reads it all the same."""
    document = Document("春耕.txt", ("今天天气晴朗，全镇组织春耕生产，农民抢抓农时播种。\n" * 20).encode())
    with pytest.raises(NotAReport, match=r"^春耕\.txt: not an annual rule-of-law report: a text .+; .*--force$"):
        read_report(document)
    assert read_report(document, force=True).deficiencies == ()


@pytest.mark.parametrize("group", FLOORS)
def test_extraction_keeps_its_floors(group: str) -> None:
    """No change makes extraction worse on the annotated reports: each field's F1 stays at or above its floor."""
    wanted = FLOORS[group]
    tallies = score(wanted["reports"])
    low = {
        name: (round(tallies[name].f1, 3), floor) for name, floor in wanted["f1"].items() if tallies[name].f1 < floor
    }
    assert low == {}
