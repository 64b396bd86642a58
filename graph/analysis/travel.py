"""Where words are first found, and how the sentence that has them travelled: the name of a practice, or any wording."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis.borrowed import folded_texts, owner, stretch
from graph.analysis.corpus import Corpus, read_corpus
from graph.analysis.folding import Codes, Folded, fold
from graph.analysis.shingles import Numbers, Texts
from graph.errors import UnknownThing
from graph.store import Queryable
from graph.tables import counted

MOST = 300  # sentences that are compared with each other
_SHINGLE = 6
_NEAR = 0.3
_CHUNK = 1 << 20  # signs that are gone through at once, in memory that is at hand
_ENDS = "。；！？;!?\n"


@dataclass(frozen=True, slots=True)
class Step:
    """A report that has the words, and the sentence in which it has them.

    `kept` is the share of the sentence's shingles of 6 signs that an earlier report's sentence has, too, the nearest
    one; `source` is that report, who wrote it and in which year, or empty where none is near.
    """

    report: str
    by: str
    year: int
    start: int
    end: int
    sentence: str
    kept: float
    source: str
    source_by: str


@dataclass(frozen=True, slots=True)
class Travel:
    """The reports that have some words, the earliest first; `since` is the year of those, of which there may be several.

    `reports` are all that have them; of more than were asked for, at most `MOST`, only the earliest are in `steps`.
    """

    words: str
    caution: str
    reports: int
    since: int
    steps: tuple[Step, ...]

    @property
    def earliest(self) -> tuple[Step, ...]:
        """Those of the first year."""
        return tuple(step for step in self.steps if step.year == self.since)


def travel(store: Queryable, words: str) -> Travel:
    """How some words travelled through a graph's reports; UnknownThing where they are none or no report has them."""
    return trace(store, read_corpus(store), words)


def trace(store: Queryable, corpus: Corpus, words: str, path: Sequence[str] = (), most: int = MOST) -> Travel:
    """The same of a corpus that has been read before, with the `most` earliest reports alone.

    `path` has the names of the place whose words these are.

    Words count as `graph.analysis.folding` says; the sentence of a report is the one in which they first stand there.
    """
    wanted = fold("".join(words.split()) + "。", path).codes
    if len(wanted) < 2:
        raise UnknownThing(f"{words}: too short to be traced; give at least two characters")
    at = occurrences(corpus.texts, wanted)
    of = np.searchsorted(corpus.texts.starts, at, side="right") - 1
    first = np.flatnonzero(np.diff(of, prepend=-1))
    if not len(first):
        raise UnknownThing(f"{words}: no report in the graph has these words")
    order = first[np.lexsort((of[first], corpus.years[of[first]]))]
    shown = order[:most]
    texts = folded_texts(store, corpus, {int(number) for number in of[shown]})
    found = [_sentence(corpus, texts[int(of[row])], int(at[row]), len(wanted)) for row in shown]
    steps = tuple(_steps(corpus, [int(of[row]) for row in shown], found))
    return Travel(words, _caution(corpus, len(first), steps), len(first), steps[0].year, steps)


def occurrences(texts: Texts, wanted: Codes) -> Numbers:
    """Where some signs stand in the texts; none across two of them."""
    last = max(len(texts.codes) - len(wanted) + 1, 0)
    parts = [
        first + np.flatnonzero(texts.codes[first : min(first + _CHUNK, last)] == wanted[0])
        for first in range(0, last, _CHUNK)
    ]
    found = np.concatenate(parts) if parts else np.empty(0, np.int64)
    for distance, code in enumerate(wanted[1:], 1):
        found = found[texts.codes[found + distance] == code]
    ends = texts.starts[np.searchsorted(texts.starts, found, side="right")]
    return found[found + len(wanted) <= ends]


def _sentence(corpus: Corpus, text: tuple[str, Folded], at: int, signs: int) -> tuple[int, int, str]:
    """The sentence around some signs: from where to where it goes, and its words."""
    number = owner(corpus, at)
    words, folded = text
    start, end = stretch(words, folded, at - int(corpus.texts.starts[number]), signs)
    begin = max(words.rfind(mark, 0, start) for mark in _ENDS) + 1
    stop = min((place for mark in _ENDS if (place := words.find(mark, end)) >= 0), default=len(words))
    begin += len(words[begin:start]) - len(words[begin:start].lstrip())
    return begin, stop, words[begin:stop]


def _steps(corpus: Corpus, numbers: Sequence[int], found: Sequence[tuple[int, int, str]]) -> Iterator[Step]:
    shingles = [
        _shingles(sentence, corpus.reports[number].place.path)
        for number, (_, _, sentence) in zip(numbers, found, strict=True)
    ]
    for here, (number, (start, end, sentence)) in enumerate(zip(numbers, found, strict=True)):
        about, own = corpus.reports[number], shingles[here]
        earlier = [there for there in range(here) if corpus.reports[numbers[there]].year < about.year]
        kept = {there: len(own & shingles[there]) / max(len(own), 1) for there in earlier}
        best = max(earlier, key=lambda there: (kept[there], -there), default=-1)
        share = kept.get(best, 0.0)
        source = corpus.reports[numbers[best]] if share >= _NEAR else None
        told = (source.iri, f"{source.by} {source.year}") if source else ("", "")
        yield Step(about.iri, about.by, about.year, start, end, sentence, round(share, 2), *told)


def _shingles(sentence: str, path: Sequence[str]) -> set[bytes]:
    codes = fold(f"{sentence}。", path).codes
    return {codes[at : at + _SHINGLE].tobytes() for at in range(max(len(codes) - _SHINGLE + 1, 1))}


def _caution(corpus: Corpus, reports: int, steps: Sequence[Step]) -> str:
    first = [step for step in steps if step.year == steps[0].year]
    who = "、".join(step.by for step in first[:5]) + (f" and {len(first) - 5} more" if len(first) > 5 else "")
    tie = " Which of them had the words first, reports on one year do not say." if len(first) > 1 else ""
    begins = f"{counted(reports, 'report')} of {len(corpus.reports)} {'has' if reports == 1 else 'have'} these words, the first on {steps[0].year}: {who}.{tie}"
    since = min(corpus.years.tolist())
    early = f" The graph has no report before {since}, so they may be older." if steps[0].year == since else ""
    return f"{begins}{early} A report that is not in the graph may have had them before."
