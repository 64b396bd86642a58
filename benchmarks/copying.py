"""Copies found again, by the way they were made.

Worlds with planted copies (benchmarks/simulator.py) say how many of them are found and how much of what is found was
planted; generated reports, each written by itself, how much is found where there is nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from random import Random

import numpy as np

from benchmarks.composing import compose
from benchmarks.country import place_of
from benchmarks.grammar import Writer
from benchmarks.measuring import Figure
from benchmarks.offices import local_name, words_of
from benchmarks.places import office_of
from benchmarks.planting import planted_reports, truth
from benchmarks.simulator import World, world
from extract.documents import Document
from extract.mending import mend
from extract.reading import decode
from graph.analysis.corpus import Corpus, Written, corpus
from graph.analysis.folding import fold
from graph.analysis.passages import COPIED, Wording, wording

_CLAUSE = re.compile(r"(?<=[，。])[^，。]+，")
_WIDE = str.maketrans(
    {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)} | {ord("，"): ",", ord("。"): "；"}
)

# How an office may change what it takes over.
WAYS: Mapping[str, Callable[[str], str]] = {
    "verbatim": lambda text: text,
    "other figures": lambda text: re.sub(r"\d[\d,]*", lambda found: str(7 * int(found[0].replace(",", "")) + 1), text),
    "a clause dropped": lambda text: _CLAUSE.sub("", text, count=1),
    "sentences in another order": lambda text: "".join(reversed(re.findall("[^。]+。", text))),
    "split over two paragraphs": lambda text: text[: len(text) // 2] + "\n　　" + text[len(text) // 2 :],
    "other punctuation and width": lambda text: text.translate(_WIDE),
}
_ENOUGH = 0.5  # of a copy's signs, to be found


def texts_of(planted: World) -> dict[str, str]:
    """The texts of a world's reports, by code and year."""
    return {
        f"{each.code}/{each.year}": mend(decode(Document(each.name, each.data))) for each in planted_reports(planted)
    }


def corpus_of(planted: World, texts: Mapping[str, str]) -> Corpus:
    """A world's reports as a corpus; the IRI of a report is its code and year."""
    where = {each.code: place_of(each) for each in planted.divisions}
    reports = (Written(iri, where[iri.split("/")[0]], "", int(iri.split("/")[1])) for iri in texts)
    return corpus(reports, texts.items())


def edited(planted: World, texts: Mapping[str, str], way: Callable[[str], str]) -> dict[str, str]:
    """The texts with each copy changed in a way."""
    found = dict(texts)
    for copy in truth(planted)["copies"]:
        to = "{}/{}".format(*copy["to"])
        found[to] = found[to].replace(copy["copied"], way(copy["text"]))
    return found


def found_again(planted: World, words: Wording) -> tuple[int, int, int]:
    """How many copies are found again; of all passages found, how many are of a copy, and how many these all are.

    A copy is found again where half of its signs, at least, stand in passages shared with the report it was taken from,
    or with another one that took over the same.
    """
    reports, starts = words.corpus.reports, words.corpus.texts.starts
    mine, theirs = (np.searchsorted(starts, words.passages[side], side="right") - 1 for side in ("mine", "theirs"))
    copies = [
        ("{}/{}".format(*each["to"]), "{}/{}".format(*each["from"]), each["text"]) for each in truth(planted)["copies"]
    ]
    having: dict[str, set[str]] = {}
    for to, source, _ in copies:
        having.setdefault(source, {source}).add(to)
    signs: dict[tuple[str, str], int] = {}
    right = 0
    for me, other, many in zip(mine, theirs, words.passages["signs"].tolist(), strict=True):
        pair = reports[me].iri, reports[other].iri
        for source, those in having.items():
            if those.issuperset(pair):
                right += 1
                signs[pair[0], source] = signs.get((pair[0], source), 0) + many
                break
    again = sum(signs.get((to, source), 0) >= _ENOUGH * len(fold(text).codes) for to, source, text in copies)
    return again, right, len(mine)


def written(number: int, seed: int = 0) -> Corpus:
    """Generated reports, each written without a look at another."""
    offices = [office_of(at, seed) for at in range(number)]
    reports = [
        Written(str(at), place_of(office.division), office.department or "", year)
        for at, (office, year) in enumerate(offices)
    ]

    def texts() -> Iterator[tuple[str, str]]:
        for at, (office, year) in enumerate(offices):
            writer = Writer(Random(f"{seed} report {at}"), words_of(office, year), local_name(office.division))
            yield str(at), "\n".join(f"{block.heading}\n{block.text}" for block in compose(writer))

    return corpus(reports, texts())


def copies_again(worlds: int = 3) -> Iterator[Figure]:
    """Recall and precision by the way of copying, over some worlds with planted copies."""
    sums = {way: np.zeros(3) for way in WAYS}
    copies = 0
    for seed in range(worlds):
        planted = world(seed)
        texts = texts_of(planted)
        copies += len(planted.copies)
        for way, change in WAYS.items():
            sums[way] += found_again(planted, wording(corpus_of(planted, edited(planted, texts, change))))
    for way, (again, right, all_) in sums.items() if copies else ():
        yield Figure(f"copies found: {way}", 100 * again / copies, "%", how=f"{again:.0f} of {copies}")
        yield Figure(
            f"passages that are copies: {way}", 100 * right / max(all_, 1), "%", how=f"{right:.0f} of {all_:.0f}"
        )


def words_by_chance(scale: int = 1000) -> Iterator[Figure]:
    """What is found in so many generated reports of which none is copied."""
    words = wording(written(scale))
    share = words.counts[:, list(COPIED)].sum() / words.counts.sum()
    yield Figure(
        "words called copied where nothing is",
        100 * share,
        "%",
        0.1,
        how=f"{len(words.passages)} passages in {scale:,} reports",
    )
