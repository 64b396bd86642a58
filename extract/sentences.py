"""Stretches of text by their offsets: sentences, clauses, lines, and their trimmed bounds."""

import re
from collections.abc import Iterator

from extract.marks import Marks
from extract.records import Evidence

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’）)]*")
_STATEMENT_END = "。！？!?；;\n"
_STATEMENT = re.compile(f"[^{_STATEMENT_END}]+")
_STATEMENT_MARKS = Marks(_STATEMENT_END)
_CLAUSE_END = "。！？!?；;，,：:\n"
_CLAUSE = re.compile(f"[^{_CLAUSE_END}]+")
_CLAUSE_MARKS = Marks(_CLAUSE_END)
_LINE = re.compile(r"[^\n]+")
_OUTER = " 　\t\n"


def sentences(text: str, start: int, end: int) -> Iterator[Evidence]:
    """Sentences with their stops; a line ends one, too."""
    return _pieces(_SENTENCE, text, start, end)


def statements(text: str, start: int, end: int) -> Iterator[Evidence]:
    """Sentences and what semicolons set apart, without their stops."""
    return _pieces(_STATEMENT, text, start, end)


def clauses(text: str, start: int, end: int) -> Iterator[Evidence]:
    """What commas, colons and stops set apart, without them."""
    return _pieces(_CLAUSE, text, start, end)


def clause_around(text: str, start: int, position: int, end: int) -> Evidence | None:
    """The one of the `clauses` of text[start:end] that `position` lies in or right behind."""
    return _around(_CLAUSE_MARKS, text, start, position, end)


def clauses_before(text: str, start: int, position: int) -> Iterator[Evidence]:
    """The `clauses` of text[start:position], the last first."""
    end = position
    while end > start:
        behind = _CLAUSE_MARKS.behind(text, start, end)
        begin = start if behind is None else behind
        if piece := trim(text, begin, end):
            yield piece
        end = begin - 1


def statement_around(text: str, start: int, position: int, end: int) -> Evidence | None:
    """The one of the `statements` of text[start:end] that `position` lies in or right behind."""
    return _around(_STATEMENT_MARKS, text, start, position, end)


def lines(text: str, start: int, end: int) -> Iterator[Evidence]:
    """Lines that hold anything, without their outer blanks."""
    return _pieces(_LINE, text, start, end)


def trim(text: str, start: int, end: int, drop: str = "") -> Evidence | None:
    """text[start:end] without outer blanks and, at its end, without the signs of `drop`; None if nothing is left."""
    while start < end and text[start] in _OUTER:
        start += 1
    while end > start and text[end - 1] in _OUTER + drop:
        end -= 1
    # It has to be quick, and is known to be no empty or negative one.
    return tuple.__new__(Evidence, (start, end)) if start < end else None


def _around(marks: Marks, text: str, start: int, position: int, end: int) -> Evidence | None:
    behind = marks.behind(text, start, position)
    return trim(text, start if behind is None else behind, marks.first(text, position, end))


def _pieces(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Evidence]:
    for match in pattern.finditer(text, start, end):
        if piece := trim(text, *match.span()):
            yield piece
