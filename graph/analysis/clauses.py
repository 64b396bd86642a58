"""The clauses of reports' sentences, and which of them says again what another clause says.

A whole long sentence has nearly every pair of the genre's words somewhere; a clause has those of one thing. Clauses are
held as numbers, a number for each pair of characters (`graph.wording.pairs`), so that a report's thousand clauses are
gone through at once; a sentence becomes a quote only where it is shown.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.analysis.quotes import Quote
from graph.wording import pairs, without_idle

Codes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

_COMMA, _WIDE_COMMA, _END = map(ord, ",，\n")


class Sentences(NamedTuple):
    """Where sentences of a report's text stand, none of which holds the end of another: `。！？；` or a line's."""

    report: str
    year: str
    text: str
    spans: Sequence[tuple[int, int]]


class Match(NamedTuple):
    """The sentence with the clause that says it again, and which share of the pairs of characters that clause has."""

    quote: Quote
    score: float


class Clauses:
    """The clauses of the sentences of one report or several, which are read when something is first looked for."""

    def __init__(self, parts: Iterable[Sentences] = ()) -> None:
        self.parts = tuple(parts)

    def like(self, wanted: Sequence[str], least: float) -> list[Match | None]:
        """For each of some clauses the sentence of which a clause has most of its pairs, the first such.

        None where no clause has this share (0 to 1) of them or more, or where it has no pairs.
        """
        found: list[Match | None] = [None] * len(wanted)
        own = [pairs(clause) for clause in wanted]
        if not any(own):
            return found
        sizes = np.array([len(each) for each in own], np.int64)
        asked, which = np.unique(_coded("".join(map("".join, own))), return_inverse=True)
        numbers, having = self._having(asked, least * sizes[sizes > 0].min())
        if not len(numbers):
            return found
        wants = np.zeros((len(wanted), len(asked)), np.float32)
        wants[np.repeat(np.arange(len(wanted)), sizes), which] = 1
        shared = wants @ having
        best = shared.argmax(axis=1)
        most = shared[np.arange(len(wanted)), best].astype(np.int64)
        for at in np.flatnonzero((sizes > 0) & (most >= least * sizes)).tolist():
            found[at] = Match(self._quote(int(numbers[best[at]])), int(most[at]) / len(own[at]))
        return found

    def _having(self, asked: Codes, least: float) -> tuple[Numbers, npt.NDArray[np.float32]]:
        """The clauses that may have so many of the pairs asked for, or more, in order; and for each pair, which have it."""
        codes, clauses, sentences = self._read
        at = np.searchsorted(asked, codes)
        met = np.flatnonzero(asked[np.minimum(at, len(asked) - 1)] == codes)
        # A clause may say a pair twice, so that the first look leaves too many, and never too few.
        likely = np.bincount(clauses[met], minlength=len(sentences)) >= max(1, least)
        column = np.cumsum(likely) - 1
        met = met[likely[clauses[met]]]
        having = np.zeros((len(asked), int(likely.sum())), np.float32)
        having[at[met], column[clauses[met]]] = 1
        return np.flatnonzero(likely), having

    @cached_property
    def _read(self) -> tuple[Codes, Numbers, Numbers]:
        """The codes of all pairs with the clause that has each, and each clause's sentence."""
        lines = "\n".join(part.text[start:end] for part in self.parts for start, end in part.spans)
        kept = _characters(without_idle(lines, "，,\n"))
        ends = kept == _END
        marks = ends | (kept == _COMMA) | (kept == _WIDE_COMMA)
        clauses = np.cumsum(marks)
        inner = ~(marks[:-1] | marks[1:])
        sentences = np.concatenate([[0], np.cumsum(ends)[marks]]) if self.parts else np.zeros(0, np.int64)
        return _joined(kept[:-1][inner], kept[1:][inner]), clauses[:-1][inner], sentences

    def _quote(self, clause: int) -> Quote:
        sentence = int(self._read[2][clause])
        ends = list(accumulate(len(part.spans) for part in self.parts))
        part = next(number for number, end in enumerate(ends) if sentence < end)
        report, year, text, spans = self.parts[part]
        start, end = spans[sentence - ends[part] + len(spans)]
        return Quote(report, year, text[start:end], start, end)


def _characters(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _coded(text: str) -> Codes:
    """The codes of pairs that stand one after the other."""
    found = _characters(text)
    return _joined(found[::2], found[1::2])


def _joined(first: npt.NDArray[np.uint32], second: npt.NDArray[np.uint32]) -> Codes:
    return (first.astype(np.uint64) << np.uint64(32)) | second
