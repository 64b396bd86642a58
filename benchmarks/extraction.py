"""How fast one core turns reports into quads, and how fast the command starts."""

import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jieba

from benchmarks.generator import generate
from benchmarks.measuring import Figure, best, in_turns
from extract.documents import Document
from extract.reading import find_documents
from extract.report import read_report
from extract.triples import to_quads

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ZHILI = str(Path(sys.executable).with_name("zhili"))
_GENERATED = 40


def extraction() -> Iterator[Figure]:
    """Extraction beside one segmentation of the same text, for real and for generated reports; start-up times."""
    seeds = [each for each in find_documents([SEEDS]) if isinstance(each, Document)]
    yield _beside_jieba("extraction, five real reports", seeds)
    made = [Document(report.name, report.data) for report in generate(_GENERATED)]
    yield _beside_jieba(f"extraction, {_GENERATED} generated reports", made)
    yield Figure("zhili --help", best(lambda: _call("--help")), "s", 0.3, how="wall, the best of 3")
    with tempfile.TemporaryDirectory() as folder:
        report, graph = Path(folder, "report.txt"), Path(folder, "graph")
        shutil.copy(SEEDS / "000_42f8056f5c2f4482.txt", report)

        def build() -> None:
            shutil.rmtree(graph, ignore_errors=True)
            _call("build", str(report), "-o", str(graph))

        yield Figure(
            "zhili build of one small report", best(build), "s", 1.5, how="wall, the best of 3, a fresh folder"
        )


def _call(*arguments: str) -> None:
    subprocess.run([ZHILI, *arguments], check=True, capture_output=True)


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
