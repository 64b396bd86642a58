"""Copies found again, by the way they were made, and what it takes: python -m benchmarks.copying --scale 5000

Worlds with planted copies (benchmarks/simulator.py) say how many of them are found and how much of what is found was
planted; generated reports, each written by itself, how much is found where there is nothing.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from random import Random
from resource import RUSAGE_SELF, getrusage

import numpy as np

from benchmarks.composing import compose
from benchmarks.grammar import Writer
from benchmarks.measuring import MB, Figure, line
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
from graph.naming import Place
from ontology.divisions import Division
from ontology.namespace import division

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
    where = {each.code: _place(each) for each in planted.divisions}
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
        Written(str(at), _place(office.division), office.department or "", year)
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
    """What is found, and what it takes, in so many generated reports of which none is copied."""
    many = written(scale)
    start = time.process_time()
    words = wording(many)
    took = time.process_time() - start
    yield Figure(
        f"wording of {scale:,} reports", took, "s", 300 * scale / 40_000, how=f"{len(many.texts.codes):,} signs"
    )
    yield Figure("largest memory", getrusage(RUSAGE_SELF).ru_maxrss * 1024 / MB, "MB", 2000)
    share = words.counts[:, list(COPIED)].sum() / words.counts.sum()
    yield Figure("words called copied where nothing is", 100 * share, "%", 0.1, how=f"{len(words.passages)} passages")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copying", description="Find planted copies again.")
    parser.add_argument("--scale", type=int, default=5000, metavar="N", help="so many generated reports (5000)")
    parser.add_argument("--worlds", type=int, default=3, help="so many worlds with planted copies (3)")
    asked = parser.parse_args()
    for figure in chain(copies_again(asked.worlds), words_by_chance(asked.scale)):
        print(line(figure), flush=True)


def _place(found: Division) -> Place:
    return Place(division(found.code), found.code, found.level, found.path)


if __name__ == "__main__":
    main()
