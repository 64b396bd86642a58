"""Which weaknesses of the scheme a shortcoming, or a cause of one, falls under.

The same weakness is worded in a thousand ways (执法力量不足, 三个人管四百家店), so what a wording speaks for is learned
from annotated ones (`tools/learn.py`): a weight for each sequence of one to three characters and each weakness. A
text's evidence for a weakness is the sum of its sequences' weights: one-vs-rest logistic regression over character
n-grams (Cavnar and Trenkle 1994; Fan et al. 2008). A passage falls under the weaknesses for which the evidence of
the whole, of its best clause and of its heading together is strong enough (stacking: Wolpert 1992).
"""

import json
import lzma
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from operator import add, lshift
from typing import Any

from extract.folding import folded_words
from extract.matching import Matcher
from ontology.vocabulary import Vocabulary

OTHER = "other"
WEIGHTS = files("ontology") / "data" / "weakness_weights.json.xz"
LONGEST_GRAM = 3
_MOST = 4
_LANE = 32  # room for the sum of all: a weight is a few hundred at most, a text has a few thousand grams
_HALF = 1 << _LANE - 1
_LEAST_CLAUSE = 3
_CLAUSE_END = re.compile(r"[,;:。!?\n]")
_PIECE_END = re.compile(r"[,;:。!?\n、()]")


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: per category a `bias`, per gram a row of weights, one for each category, in units of `step`.

    `mix` are the factors of a category's features (see `features`), in their order and the constant last; a category
    holds where their sum, in log odds, is not below zero.

    A row is one large integer, with _LANE bits for each category: adding up rows adds up all of their weights at once.
    """

    categories: tuple[str, ...]
    bias: tuple[float, ...]
    step: float
    grams: Mapping[str, int]
    mix: tuple[float, ...]

    def evidence(self, text: str) -> list[float]:
        """The evidence of a folded text for each category, in log odds."""
        found = grams(text)
        share = self.step / sqrt(max(1, len(found)))
        sums = _lanes(sum(filter(None, map(self.grams.get, found))), len(self.bias))
        return [bias + share * each for bias, each in zip(self.bias, sums, strict=True)]


def _row(categories: Iterable[int], weights: Iterable[int]) -> int:
    """The row of some categories' weights, the categories by their numbers."""
    return sum(map(lshift, weights, map(_LANE.__mul__, categories)))


def _lanes(row: int, number: int) -> list[int]:
    """The weights, or sums of weights, of the first categories: a lane below zero has borrowed from the next."""
    lifted = (row + _lift(number)).to_bytes(number * _LANE // 8, "little")
    return [each - _HALF for each in struct.unpack(f"<{number}I", lifted)]


@cache
def _lift(number: int) -> int:
    """What added to a row leaves no lane below zero."""
    return _row(range(number), [_HALF] * number)


def classify(statement: str, passage: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The weakness ids of a shortcoming, the most telling first; `other` alone where none fits.

    `statement` is its heading or shortest wording, `passage` all that is said about it; a cause has its own words
    for both. A weakness of the vocabulary for which no weights have been learned is found by its labels.
    """
    added = dict.fromkeys(mention.concept for mention in _by_label(vocabulary).find(passage, 0, len(passage)))
    learned = (each for each in classify_with(load_weights(), statement, passage) if each in vocabulary.weaknesses)
    return tuple(each for each in (*added, *learned) if each != OTHER) or (OTHER,)


def classify_with(weights: Weights, statement: str, passage: str) -> tuple[str, ...]:
    """The categories of a wording by the given weights, the most telling first."""
    a, b, c, d, e, f, constant = weights.mix
    odds = [
        a * whole + b * clause + c * stated + d * behind + e * is_best + f * says_more + constant
        for whole, clause, stated, behind, is_best, says_more in features(weights, statement, passage)
    ]
    (_, best), *others = sorted(zip((-odd for odd in odds), weights.categories, strict=True))[:_MOST]
    return best, *(category for less, category in others if less <= 0)


def features(weights: Weights, statement: str, passage: str) -> Iterator[tuple[float, ...]]:
    """For each category: the evidence of the passage, of its best clause, of the statement; how far the passage's is
    behind that for the best category; whether the statement's is the best; whether the passage says more than it."""
    return zip(*_columns(weights, statement, passage), strict=True)


def _columns(weights: Weights, statement: str, passage: str) -> list[list[float]]:
    """The `features`, each for all categories."""
    whole, heading = map(folded_words, (passage, statement))
    parts = clauses(whole) or [whole]
    evidence = {text: weights.evidence(text) for text in {whole, heading, *parts}}
    of_whole, of_heading = evidence[whole], evidence[heading]
    most, most_stated = max(of_whole), max(of_heading)
    return [
        of_whole,
        [max(of_parts) for of_parts in zip(*(evidence[part] for part in parts), strict=True)],
        of_heading,
        [said - most for said in of_whole],
        [float(stated == most_stated) for stated in of_heading],
        [float(whole != heading)] * len(of_whole),
    ]


def clauses(text: str) -> list[str]:
    """The clauses of a folded text that are long enough to say anything."""
    return [clause for clause in _CLAUSE_END.split(text) if len(clause.strip()) >= _LEAST_CLAUSE]


def grams(text: str) -> set[str]:
    """The sequences of one to `LONGEST_GRAM` characters of a folded text, none of them across a mark."""
    found: set[str] = set()
    for piece in _PIECE_END.split(text):
        run: Sequence[str] = piece
        found.update(run)
        for shift in range(1, LONGEST_GRAM):
            run = list(map(add, run, piece[shift:]))  # each gets its next character
            found.update(run)
    return found


@cache
def load_weights() -> Weights:
    """The weights that were learned last."""
    return read_weights(json.loads(lzma.decompress(WEIGHTS.read_bytes())))


def read_weights(stored: Mapping[str, object]) -> Weights:
    """Weights from what `tools.learn` writes: numbers as multiples of `step`, a gram's pairs in one flat list."""
    rows = stored["grams"]
    assert isinstance(rows, dict)
    return Weights(
        categories=tuple(_list(stored["categories"])),
        bias=tuple(float(str(stored["step"])) * each for each in _list(stored["bias"])),
        step=float(str(stored["step"])),
        grams={gram: _row(row[::2], row[1::2]) for gram, row in rows.items()},
        mix=tuple(_list(stored["mix"])),
    )


def _list(stored: object) -> list[Any]:
    assert isinstance(stored, list)
    return stored


@cache
def _by_label(vocabulary: Vocabulary) -> Matcher:
    """Finds the weaknesses that have been added since the weights were learned."""
    learned = set(load_weights().categories)
    return Matcher({name: concept for name, concept in vocabulary.weaknesses.items() if name not in learned})
