"""Phrases with blanks → sentences: the grammar behind `benchmarks.generator`.

The phrases are in `phrases.toml`. A `Writer` fills their blanks for one report: with counts, with labels of the
ontology's mechanisms and weaknesses, with names of practices, and with the words by which the office calls itself.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from math import gcd
from pathlib import Path
from random import Random

from ontology.vocabulary import Concept, load_vocabulary

_BLANK = re.compile(r"\{([\w.]+)(?::([^}]+))?\}")
_PHRASES = Path(__file__).with_name("phrases.toml")
_LABEL_LENGTHS = range(3, 15)
# Zipf's law with Mandelbrot's shift: few practices are shared by many places, most are one place's own.
_EXPONENT, _SHIFT = 1.5, 20
_PRIME = 2741  # scatters neighbouring ranks over the names

Filler = Callable[["Writer"], str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase whose blanks are `%s` in `words`, in the order of their fillers."""

    words: str
    fillers: tuple[Filler, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything that reports are made of: phrases by list, labels by area, parts of practices' names."""

    lists: Mapping[str, tuple[Phrase, ...]]
    mechanisms: Mapping[str, tuple[tuple[str, ...], ...]]
    weaknesses: tuple[tuple[str, ...], ...]
    areas: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]


@cache
def grammar() -> Grammar:
    """The grammar of `phrases.toml` and of the ontology's labels, read once."""
    data = tomllib.loads(_PHRASES.read_text("utf-8"))
    first, last = (tuple(data["practices"].pop(name).split()) for name in ("first", "last"))
    areas = data.pop("area")
    lists = data.pop("lists")
    for group, texts in (*data.items(), *((f"area.{area}", texts) for area, texts in areas.items())):
        lists |= {f"{group}.{name}": text for name, text in texts.items()}
    vocabulary = load_vocabulary()
    mechanisms: dict[str, list[tuple[str, ...]]] = {"any": []}
    for concept in (*vocabulary.mechanisms.values(), *vocabulary.narrower.values()):
        for area in (concept.area, "any"):
            mechanisms.setdefault(area, []).append(_labels(concept))
    return Grammar(
        lists={name: tuple(map(_phrase, text.strip().splitlines())) for name, text in lists.items()},
        mechanisms={area: tuple(each for each in labels if each) for area, labels in mechanisms.items()},
        weaknesses=tuple(_labels(concept) for concept in vocabulary.weaknesses.values() if concept.id != "other"),
        areas=tuple(areas),
        first=first,
        last=last,
    )


class Writer:
    """Fills phrases for one report: `words` are the office's own, `local` what its own practices are named after."""

    def __init__(self, random: Random, words: Mapping[str, str], local: str) -> None:
        self.random = random.random
        self.words = words
        self.local = local
        self.area = "any"
        self.weakness = ""
        self._grammar = grammar()
        self._decks: dict[str, tuple[int, int]] = {}

    def write(self, name: str) -> str:
        """A phrase of a list, filled; a name that is no list's is that of one of the area at hand.

        Every phrase of a list comes once before one comes again.
        """
        if name not in self._grammar.lists:
            name = f"area.{self.area}.{name}"
        phrases = self._grammar.lists[name]
        size = len(phrases)
        if name not in self._decks:
            step = self.number(1, size)
            self._decks[name] = (self.number(0, size - 1), step if gcd(step, size) == 1 else 1)
        at, step = self._decks[name]
        self._decks[name] = ((at + step) % size, step)
        phrase = phrases[at]
        return phrase.words % tuple([fill(self) for fill in phrase.fillers]) if phrase.fillers else phrase.words

    def number(self, low: int, high: int) -> int:
        """A whole number between two bounds, both of them possible."""
        return low + int(self.random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random() < share

    def mechanism(self, area: str) -> str:
        """A label of one of an area's mechanisms; those that the scheme names first are the most common."""
        concepts = self._grammar.mechanisms[area]
        labels = concepts[int(self.random() ** 1.3 * len(concepts))]
        return labels[int(self.random() ** 2 * len(labels))]

    def draw_weakness(self) -> None:
        """Draws the weakness whose labels the next phrases name."""
        weaknesses = self._grammar.weaknesses
        labels = weaknesses[int(self.random() * len(weaknesses))]
        self.weakness = labels[int(self.random() * len(labels))]

    def brand(self) -> str:
        """A practice's name: one of the place's own, or one of rank r, which is as common as Zipf's law says."""
        first, last = self._grammar.first, self._grammar.last
        if self.chance(0.2):
            return self.local + last[int(self.random() * len(last))]
        rank = int(_SHIFT * ((1 - self.random()) ** (-1 / (_EXPONENT - 1)) - 1))
        pairs = len(first) * len(last)
        at = rank * _PRIME % pairs
        name = first[at // len(last)] + last[at % len(last)]
        # Beyond the pairs, the rarest have a third part.
        return name if rank < pairs else first[rank // pairs % len(first)] + name


def _phrase(line: str) -> Phrase:
    fillers = tuple(_filler(match[1], match[2] or "") for match in _BLANK.finditer(line))
    return Phrase(_BLANK.sub("%s", line.replace("%", "%%")) if fillers else line, fillers)


def _filler(name: str, argument: str) -> Filler:
    if name in ("n", "N", "p"):
        low, high = map(int, argument.split("-"))
        return partial({"n": _count, "N": _large_count, "p": _rate}[name], low, high)
    if name == "m":
        return (
            (lambda writer: writer.mechanism(argument)) if argument else (lambda writer: writer.mechanism(writer.area))
        )
    if name == "w":
        return lambda writer: writer.weakness
    if name == "brand":
        return Writer.brand
    return lambda writer: found if (found := writer.words.get(name)) is not None else writer.write(name)


def _count(low: int, high: int, writer: Writer) -> str:
    """A count between two bounds, small ones more often; large ones now and then as 1,234 or 120余."""
    value = int(low * (high / low) ** writer.random())
    if value >= 100 and writer.chance(0.15):
        return f"{value // 10 * 10}余"
    return f"{value:,}" if value >= 1000 and writer.chance(0.2) else str(value)


def _large_count(low: int, high: int, writer: Writer) -> str:
    """A large count, from ten thousand on mostly in 万."""
    value = int(low * (high / low) ** writer.random())
    if value >= 10000 and writer.chance(0.7):
        return f"{value // 1000 / 10:g}万{'余' if writer.chance(0.4) else ''}"
    return str(value)


def _rate(low: int, high: int, writer: Writer) -> str:
    """A percentage of none to two decimals."""
    if high == 100 and writer.chance(0.3):
        return "100%"
    return f"{round(low + writer.random() * (high - low), writer.number(0, 2)):g}%"


def _labels(concept: Concept) -> tuple[str, ...]:
    return tuple(label for label in concept.labels[:8] if len(label) in _LABEL_LENGTHS)
