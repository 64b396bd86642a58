"""What a place's reports share with which others: every passage, the words of both sides, and how telling it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.analysis.corpus import Corpus, read_corpus, texts_of
from graph.analysis.folding import NAME, NUMBER, TITLE, Folded, fold
from graph.analysis.passages import Passages, Source, Wording, wording
from graph.errors import UnknownThing
from graph.naming import find_place
from graph.store import Queryable
from graph.tables import counted
from ontology.namespace import BASE

_NEW = 0.5  # of a passage's signs that no more telling passage has


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of a report's text."""

    report: str
    by: str
    year: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two reports: what the second is to the first, how many signs, bits, and offices that have them.

    Words of a `holders` count stand in the reports of so many offices, by the rarest part of the passage.
    """

    source: str
    signs: int
    bits: float
    holders: int
    mine: Slice
    theirs: Slice


@dataclass(frozen=True, slots=True)
class Borrowing:
    """A report: how many signs its words have, whose they are by share (empty where that cannot be told), the passages."""

    report: str
    by: str
    level: str
    year: int
    signs: int
    shares: Mapping[str, float]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Borrowings:
    """Reports with whose words they have, and, in a sentence, how far that can be told."""

    caution: str
    reports: tuple[Borrowing, ...]


def borrowings(store: Queryable, words: str | None = None, limit: int = 0) -> Borrowings:
    """Whose words the reports have, those with the fewest of their own first; with `words` those of one place, by year.

    `words` are a place's name or code, or the IRI of a report; then passages come with it, of each report the `limit`
    most telling, or all. UnknownThing where there is no such place.
    """
    return told(store, wording(read_corpus(store)), words, limit)


def told(store: Queryable, found: Wording, words: str | None = None, limit: int = 0) -> Borrowings:
    """The same of a corpus that has been compared before."""
    reports = found.corpus.reports
    if words is None:
        own = found.shares[:, Source.OWN] if len(found.counts) else np.zeros(len(reports))
        every = (_borrowing(found, int(number), ()) for number in np.argsort(own, kind="stable"))
        return Borrowings(caution(found), tuple(every))
    if words.startswith((BASE, "report:")):
        iri = words if words.startswith(BASE) else f"{BASE}report/{words.removeprefix('report:')}"
        if iri not in found.corpus.numbers:
            raise UnknownThing(f"{words}: no report of this name whose place and year are known")
        asked = [found.corpus.numbers[iri]]
    else:
        place = find_place({report.place.iri: report.place for report in reports}.values(), words)
        asked = [number for number, report in enumerate(reports) if report.place.iri == place.iri]
    chosen = {number: choose(found, number, limit) for number in asked}
    texts = _texts(store, found.corpus, chosen)
    return Borrowings(
        caution(found),
        tuple(_borrowing(found, number, slices(found, rows, texts)) for number, rows in chosen.items()),
    )


def choose(found: Wording, number: int, limit: int = 0) -> Passages:
    """The passages of one report, the most telling first, without those that are mostly parts of others."""
    begin, end = found.corpus.texts.starts[number : number + 2]
    rows = found.passages[slice(*np.searchsorted(found.passages["mine"], (begin, end)))]
    rows = rows[np.lexsort((rows["theirs"], rows["mine"], -rows["source"], -rows["bits"]))]
    told, kept = np.zeros(end - begin, np.bool_), []
    for row, (at, signs) in enumerate(zip((rows["mine"] - begin).tolist(), rows["signs"].tolist(), strict=True)):
        if (~told[at : at + signs]).mean() >= _NEW:
            kept.append(row)
            told[at : at + signs] = True
    return rows[kept[: limit or None]]


def slices(found: Wording, rows: Passages, texts: Mapping[int, tuple[str, Folded]]) -> tuple[Passage, ...]:
    """Passages with the words of both sides; `texts` has those of all reports concerned, by number."""
    starts = found.corpus.texts.starts

    def slice_(at: int, signs: int) -> Slice:
        number = owner(found.corpus, at)
        about, (text, folded) = found.corpus.reports[number], texts[number]
        start, end = stretch(text, folded, at - int(starts[number]), signs)
        return Slice(about.iri, about.by, about.year, start, end, text[start:end])

    return tuple(
        Passage(
            Source(source).name.casefold(), signs, round(bits, 1), holders, slice_(mine, signs), slice_(theirs, signs)
        )
        for mine, theirs, signs, source, holders, bits in rows.tolist()
    )


def stretch(text: str, folded: Folded, at: int, signs: int) -> tuple[int, int]:
    """From where to where in a text so many of its signs stand; a number, name or title as the last one is whole."""
    start, last = int(folded.offsets[at]), at + signs - 1
    end = int(folded.offsets[last]) + 1
    if folded.codes[last] in (NUMBER, NAME, TITLE):
        end = int(folded.offsets[last + 1]) if last + 1 < len(folded.codes) else len(text)
        end = start + len(text[start:end].split("\n")[0].rstrip("，。；：、！？,.;:!? \u3000“”"))
    return start, end


def owner(corpus: Corpus, at: int) -> int:
    """The number of the report that has a place of the corpus."""
    return int(np.searchsorted(corpus.texts.starts, at, side="right")) - 1


def folded_texts(store: Queryable, corpus: Corpus, numbers: set[int]) -> dict[int, tuple[str, Folded]]:
    """The texts of some reports, and their signs."""
    iris = [corpus.reports[number].iri for number in sorted(numbers)]
    found = ((corpus.numbers[iri], text) for iri, text in texts_of(store, iris))
    return {number: (text, fold(text, corpus.reports[number].place.path)) for number, text in found}


def partners(found: Borrowing) -> list[tuple[str, str, int, int]]:
    """With whom a report shares its passages: source, who, the year, how many signs; the most first."""
    counts: Counter[tuple[str, str, int]] = Counter()
    for each in found.passages:
        counts[each.source, each.theirs.by, each.theirs.year] += each.signs
    return [(*key, signs) for key, signs in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]


def caution(found: Wording) -> str:
    """How far copies can be told from stock among these reports."""
    reports, offices = len(found.corpus.reports), len(found.corpus.first)
    head = f"{counted(reports, 'report')} by {counted(offices, 'office')}. "
    if not found.areas:
        return (
            head
            + "With so few, what is copied cannot be told from what everybody writes: no shares are given, and any "
            "shared passage may be stock of the genre."
        )
    return (
        f"{head}Words in more than {found.widest} of {found.areas} areas are stock of the genre; passages too common or "
        "short to be told from chance count as stock, too. Shared words say who had them before, or in the same year, not "
        "who copied from whom: both may have a third source that is not in the graph."
    )


def _borrowing(found: Wording, number: int, passages: tuple[Passage, ...]) -> Borrowing:
    about = found.corpus.reports[number]
    starts = found.corpus.texts.starts
    return Borrowing(
        about.iri,
        about.by,
        about.place.level,
        about.year,
        int(starts[number + 1] - starts[number]),
        shares_of(found, number),
        passages,
    )


def shares_of(found: Wording, number: int) -> dict[str, float]:
    """Whose words a report has, by share, the highest source first; empty where that cannot be told."""
    if not len(found.counts):
        return {}
    row = found.counts[number] / max(int(found.counts[number].sum()), 1)
    return {source.name.casefold(): round(float(row[source]), 4) for source in reversed(Source)}


def _texts(store: Queryable, corpus: Corpus, chosen: Mapping[int, Passages]) -> dict[int, tuple[str, Folded]]:
    others = {owner(corpus, at) for rows in chosen.values() for at in rows["theirs"].tolist()}
    return folded_texts(store, corpus, {*chosen, *others})
