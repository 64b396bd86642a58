"""What holds of every file, however it is made: the laws that `tools.fuzz` and the tests hold the reading half to.

A file gives documents, and each of these a verdict: a report, or one line of the project's own that says what is wrong.
"""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from extract.documents import Document
from extract.errors import ReadingError
from extract.finding import find_documents
from extract.printing import record
from extract.records import Report
from extract.report import read_report
from extract.triples import report_iri, to_quads
from graph.shards import graph_in, text_in
from ontology.namespace import expand

_TEXT = ox.NamedNode(expand("nif:isString"))


class BrokenLaw(AssertionError):
    """What a file has shown not to hold."""


def verdicts(path: Path, *, twice: bool = True) -> Iterator[str]:
    """For each document that a file gives, `report` or the name of the ReadingError. Raises BrokenLaw, and whatever
    escapes; that reading is a function of the bytes is only checked where it is read `twice`."""
    for item in find_documents([path]):
        if isinstance(item, Document):
            yield verdict(item, twice=twice)
        else:
            check_error(item)
            yield type(item).__name__


def verdict(document: Document, *, twice: bool = True) -> str:
    """What a document is read as, whether or not it looks like a report; every law about it is checked."""
    try:
        report = read_report(document, force=True)
    except ReadingError as error:
        check_error(error)
        if not str(error).startswith(f"{document.name}: "):
            raise BrokenLaw(f"an error does not name its document: {error}") from error
        return type(error).__name__
    check_report(report)
    if twice and to_quads(read_report(document, force=True)) != to_quads(report):
        raise BrokenLaw("read twice, a document gives other bytes")
    return "report"


def check_error(error: ReadingError) -> None:
    """An error is one line that can be printed: where, what, what to do."""
    said = str(error)
    if not error.what or not error.advice or said != f"{error.name}: {error.what}; {error.advice}":
        raise BrokenLaw(f"an error that does not say what to do: {said}")
    if odd := _odd(said):
        raise BrokenLaw(f"an error with {odd}")


def check_report(report: Report) -> None:
    """Every slice lies in the text, the record is JSON that quotes it, and the quads are N-Quads that hold it whole."""
    if odd := _odd(report.text.replace("\n", "")) or _odd(report.source):
        raise BrokenLaw(f"a text or a name with {odd}")
    for slice_ in report.evidence():
        if slice_.end > len(report.text) or not slice_.of(report.text).strip():
            raise BrokenLaw(f"evidence beyond the text or of nothing: {slice_}")
    _check_quotes(json.loads(json.dumps(record(report), ensure_ascii=False, allow_nan=False).encode()), report.text)
    _check_quads(report, to_quads(report))


def _check_quotes(item: Any, text: str) -> None:
    if isinstance(item, dict) and "quote" in item and item["quote"] != text[item["start"] : item["end"]]:
        raise BrokenLaw(f"a quote that its offsets do not point to: {item['quote']}")
    for each in item.values() if isinstance(item, dict) else item if isinstance(item, list) else ():
        _check_quotes(each, text)


def _check_quads(report: Report, quads: bytes) -> None:
    parsed = list(ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    me = ox.NamedNode(report_iri(report))
    if {quad.graph_name for quad in parsed} != {me} or graph_in(quads) != me.value:
        raise BrokenLaw("quads outside the report's graph")
    if len(parsed) != quads.count(b"\n") or len(set(parsed)) != len(parsed):
        raise BrokenLaw("a line that is no quad, or stands there twice")
    texts = [quad.object.value for quad in parsed if quad.predicate == _TEXT and isinstance(quad.object, ox.Literal)]
    if texts != [report.text] or text_in(quads) != report.text:
        raise BrokenLaw("the text in the graph is another one")


def _odd(text: str) -> str | None:
    """What cannot be printed in a line, written as UTF-8 or seen."""
    if text.isprintable():
        return None
    kinds = {unicodedata.category(char): char for char in text if not char.isprintable()}
    return next((f"U+{ord(kinds[kind]):04X}" for kind in ("Cc", "Cs", "Zl", "Zp") if kind in kinds), None)
