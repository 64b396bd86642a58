"""How fast one core turns reports into quads, and how fast the command starts."""

import logging
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jieba

from benchmarks.generator import generate
from benchmarks.measuring import Figure, in_turns, run
from extract.documents import Document
from extract.reading import find_documents
from extract.report import read_report
from extract.triples import to_quads

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ZHILI = str(Path(sys.executable).with_name("zhili"))
_GENERATED = 40
_STARTS = 3


def extraction() -> Iterator[Figure]:
    """Extraction beside one segmentation of the same text, for real and for generated reports; start-up times."""
    seeds = [each for each in find_documents([SEEDS]) if isinstance(each, Document)]
    yield _beside_jieba("extraction, five real reports", seeds)
    made = [Document(report.name, report.data) for report in generate(_GENERATED)]
    yield _beside_jieba(f"extraction, {_GENERATED} generated reports", made)
    yield _start_up("zhili --help", 0.3, [["--help"]] * _STARTS)
    with tempfile.TemporaryDirectory() as folder:
        report = shutil.copy(SEEDS / "000_42f8056f5c2f4482.txt", folder)
        builds = [["build", report, "-o", f"{folder}/graph-{number}"] for number in range(_STARTS)]
        yield _start_up("zhili build of one small report", 1.5, builds)


def _start_up(what: str, bound: float, commands: list[list[str]]) -> Figure:
    """The command in a fresh process, the quickest of some."""
    quickest = min((run([ZHILI, *command]) for command in commands), key=lambda each: each.cpu)
    return Figure(what, quickest.cpu, "s", bound, how=f"CPU, the best of {len(commands)}; {quickest.wall:.2f} s wall")


def _beside_jieba(what: str, documents: list[Document]) -> Figure:
    """File to quads beside one bare `jieba.lcut` of the same text, both of them warm."""
    texts = [read_report(document).text for document in documents]
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    times = in_turns(
        lambda: [to_quads(read_report(document)) for document in documents],
        lambda: [jieba.lcut(text) for text in texts],
    )
    return Figure(what, times.ours / times.theirs, "× jieba", 1.0, how=f"CPU, file to quads : jieba.lcut, {times.how}")
