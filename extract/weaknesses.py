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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any

from extract.matching import Matcher, fold
from ontology.vocabulary import Vocabulary

OTHER = "other"
WEIGHTS = files("ontology") / "data" / "weakness_weights.json.xz"
LONGEST_GRAM = 3
_MOST = 4
_LEAST_CLAUSE = 3
_CLAUSE_END = re.compile(r"[,;:。!?\n]")
_PIECE_END = re.compile(r"[,;:。!?\n、()]")


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: per category a `bias`, per gram the pairs (index of the category, weight).

    `mix` are the factors of a category's features (see `features`), in their order and the constant last; a category
    holds where their sum, in log odds, is not below zero.
    """

    categories: tuple[str, ...]
    bias: tuple[float, ...]
    grams: Mapping[str, tuple[tuple[int, float], ...]]
    mix: tuple[float, ...]

    def evidence(self, text: str) -> list[float]:
        """The evidence of a folded text for each category, in log odds."""
        sums = [0.0] * len(self.bias)
        found = grams(text)
        for gram in found:
            for category, weight in self.grams.get(gram, ()):
                sums[category] += weight
        share = 1 / sqrt(max(1, len(found)))
        return [bias + share * each for bias, each in zip(self.bias, sums, strict=True)]


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
    odds = (
        sum(factor * value for factor, value in zip(weights.mix, (*row, 1.0), strict=True))
        for row in features(weights, statement, passage)
    )
    best, *others = sorted(zip(weights.categories, odds, strict=True), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
    return best[0], *(category for category, odd in others if odd >= 0)


def features(weights: Weights, statement: str, passage: str) -> Iterator[tuple[float, ...]]:
    """For each category: the evidence of the passage, of its best clause, of the statement; how far the passage's is
    behind that for the best category; whether the statement's is the best; whether the passage says more than it."""
    whole, heading = (fold(text, 0, len(text)).text for text in (passage, statement))
    of_whole, of_heading = weights.evidence(whole), weights.evidence(heading)
    of_clauses = [weights.evidence(clause) for clause in clauses(whole)] or [of_whole]
    more, most, most_stated = float(whole != heading), max(of_whole), max(of_heading)
    for evidence, stated, *best in zip(of_whole, of_heading, *of_clauses, strict=True):
        yield evidence, max(best), stated, evidence - most, float(stated == most_stated), more


def clauses(text: str) -> list[str]:
    """The clauses of a folded text that are long enough to say anything."""
    return [clause for clause in _CLAUSE_END.split(text) if len(clause.strip()) >= _LEAST_CLAUSE]


def grams(text: str) -> set[str]:
    """The sequences of one to `LONGEST_GRAM` characters of a folded text, none of them across a mark."""
    return {
        piece[start : start + length]
        for piece in _PIECE_END.split(text)
        for length in range(1, LONGEST_GRAM + 1)
        for start in range(len(piece) - length + 1)
    }


@cache
def load_weights() -> Weights:
    """The weights that were learned last."""
    return read_weights(json.loads(lzma.decompress(WEIGHTS.read_bytes())))


def read_weights(stored: Mapping[str, object]) -> Weights:
    """Weights from what `tools.learn` writes: numbers as multiples of `step`, a gram's pairs in one flat list."""
    step, rows = float(str(stored["step"])), stored["grams"]
    assert isinstance(rows, dict)
    return Weights(
        tuple(_list(stored["categories"])),
        tuple(step * each for each in _list(stored["bias"])),
        {
            gram: tuple((category, step * weight) for category, weight in zip(row[::2], row[1::2], strict=True))
            for gram, row in rows.items()
        },
        tuple(_list(stored["mix"])),
    )


def _list(stored: object) -> list[Any]:
    assert isinstance(stored, list)
    return stored


@cache
def _by_label(vocabulary: Vocabulary) -> Matcher:
    """Finds the weaknesses that have been added since the weights were learned."""
    learned = set(load_weights().categories)
    return Matcher({name: concept for name, concept in vocabulary.weaknesses.items() if name not in learned})
