"""Where a text speaks of a concept: one Aho-Corasick pass for all labels, traps and cue words of a scheme.

The text is searched without white space and quotation marks (“三项制度” is 三项制度), with brackets and commas
folded to one form; what is found is told in offsets of the text itself. Nothing that is searched for goes beyond a
sentence, so a text is folded and searched once, whatever stretches of it are asked about, and each sentence judged
once.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.marks import Marks
from extract.signs import Folding
from ontology.cues import Cue
from ontology.vocabulary import Concept

_DROPPED = re.compile(r"[ \t\r\f\v\u00a0\u3000\u200b\ufeff“”‘’\"'＂＇「」『』《》〈〉*]+")
# “诉调对接”“访调对接” are two names: quotation marks back to back part them.
_ADJOINING = re.compile(r"[”’」』》〉](?=[“‘「『《〈])")
_FOLDED = Folding(dict(zip("（）【】〔〕，：；？！．•・＋／", "()()()" + ",:;?!.··+/", strict=True)))
_PARTED = "、"
_SENTENCES = Marks(r"[。!?;\n]")
_CLAUSES = Marks(r"[。!?;\n,:]")

Span = tuple[int, int]


class Mention(NamedTuple):
    """A place that speaks of a concept; `named` where one of its labels stands there, not only a cue."""

    concept: str
    start: int
    end: int
    named: bool = True


@dataclass(frozen=True, slots=True)
class Folded:
    """The searched form of a stretch of text; `positions[i]` is the offset of its i-th character in the text."""

    text: str
    positions: Sequence[int]


def fold(text: str, start: int, end: int) -> Folded:
    """The searched form of `text[start:end]`."""
    stretch = _FOLDED(_ADJOINING.sub(_PARTED, text[start:end]))
    kept: list[str] = []
    positions: list[int] = []
    begin = 0
    for gap in _DROPPED.finditer(stretch):
        stop, behind = gap.span()
        kept.append(stretch[begin:stop])
        positions += range(start + begin, start + stop)
        begin = behind
    positions += range(start + begin, end)
    return Folded("".join((*kept, stretch[begin:])), positions)


@lru_cache(maxsize=2)
def _folded(text: str) -> Folded:
    """The searched form of a whole text, which several schemes are looked for in."""
    return fold(text, 0, len(text))


def folded_word(word: str) -> str:
    """The searched form of a word of the vocabulary."""
    return fold(word, 0, len(word)).text


@dataclass(frozen=True, slots=True)
class _Bound:
    """A cue of a concept, its words as the numbers of strings: its first part's are known by where it is kept.

    `parts` are the words of its other parts, each with whether they follow; `needs` has the bit of each of these parts.
    """

    concept: str
    parts: tuple[tuple[tuple[int, ...], bool], ...]
    needs: int
    absent: tuple[int, ...]
    reach: int


_Match = tuple[int, int, int]  # the number of a string, and where it stands in the searched form
_Places = dict[int, list[Span]]  # where the strings of a sentence stand, by their numbers


class _Uses:
    """What the strings of the automaton, by number, are to the concepts: their labels, their traps, what opens cues.

    `fills` has, for each string, the bits of the parts of cues that it is a word of.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.fills: list[int] = []
        self.labels: dict[int, str] = {}
        self.traps: dict[int, tuple[str, ...]] = {}
        self.cues: dict[int, tuple[_Bound, ...]] = {}
        self.denials: dict[int, tuple[_Bound, ...]] = {}
        self._bits: dict[tuple[int, ...], int] = {}

    def add(self, concept: Concept) -> None:
        """Take in a concept's labels, traps, cues and denials."""
        for label in concept.labels:
            self.labels[self._number(label)] = concept.id
        for trap in map(self._number, concept.traps):
            self.traps[trap] = (*self.traps.get(trap, ()), concept.id)
        for cues, opened in ((concept.cues, self.cues), (concept.denials, self.denials)):
            for cue in cues:
                bound = self._bind(concept, cue)
                for word in map(self._number, cue.parts[0].words):
                    opened[word] = (*opened.get(word, ()), bound)

    def _number(self, word: str) -> int:
        number = self.numbers.setdefault(folded_word(word), len(self.fills))
        if number == len(self.fills):
            self.fills.append(0)
        return number

    def _bind(self, concept: Concept, cue: Cue) -> _Bound:
        parts = tuple((tuple(map(self._number, part.words)), part.follows) for part in cue.parts[1:])
        needs = 0
        for words, _ in parts:
            needs |= self._bit(words)
        return _Bound(concept.id, parts, needs, tuple(map(self._number, cue.absent)), cue.reach)

    def _bit(self, words: tuple[int, ...]) -> int:
        bit = self._bits.setdefault(words, 1 << len(self._bits))
        for word in words:
            self.fills[word] |= bit
        return bit


class Matcher:
    """The compiled labels, traps and cues of some concepts."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._uses = _Uses()
        for concept in concepts.values():
            self._uses.add(concept)
        self._automaton = AhoCorasick(list(self._uses.numbers), matchkind=MatchKind.Standard)
        self._read = lru_cache(maxsize=2)(self._read_text)

    def find(self, text: str, start: int, end: int) -> list[Mention]:
        """The mentions in `text[start:end]`, in the order in which they stand, each stretch of a concept once."""
        return self._read(text).find(start, end) if self._uses.numbers else []

    def _read_text(self, text: str) -> "_Reading":
        folded = _folded(text)
        return _Reading(
            text, folded, self._automaton.find_matches_as_indexes(folded.text, overlapping=True), self._uses
        )


class _Reading:
    """A text with all that the automaton finds in it, by sentence."""

    def __init__(self, text: str, folded: Folded, matches: list[_Match], uses: _Uses) -> None:
        self._text, self._folded, self._uses = text, folded, uses
        self._stops = [*_SENTENCES.places(folded.text), len(folded.text)]
        self._clauses = _CLAUSES.places(folded.text)
        self._judged: dict[int, list[Mention]] = {}
        ends = [right for _, _, right in matches]  # they come in this order
        cuts = [0, *(bisect_right(ends, stop) for stop in self._stops)]
        self._found = [matches[begin:end] for begin, end in pairwise(cuts)]

    def find(self, start: int, end: int) -> list[Mention]:
        """The mentions within the offsets of the text, in order."""
        left, right = self._within(start, end)
        mentions: list[Mention] = []
        for sentence in range(bisect_left(self._stops, left), bisect_left(self._stops, right) + 1):
            found = self._found[sentence]
            if not found:
                continue
            if left <= self._begin(sentence) and self._stops[sentence] <= right:
                if sentence not in self._judged:
                    self._judged[sentence] = self._mentions(found)
                mentions += self._judged[sentence]
            elif inside := [match for match in found if left <= match[1] and match[2] <= right]:
                mentions += self._mentions(inside)
        return mentions

    def _begin(self, sentence: int) -> int:
        return self._stops[sentence - 1] + 1 if sentence else 0

    def _within(self, start: int, end: int) -> Span:
        """The slice of the searched form for one of the text; a mark that parts two names needs both of them."""
        positions = self._folded.positions
        left, right = bisect_left(positions, start), bisect_left(positions, end)
        parted = left < right and positions[right - 1] == end - 1 and self._folded.text[right - 1] == _PARTED
        return left, right - (parted and self._text[end - 1] != _PARTED)

    def _mentions(self, found: list[_Match]) -> list[Mention]:
        """The mentions among what is found in one sentence or a part of it."""
        places: _Places = {}
        filled = 0
        for number, left, right in found:
            if number in places:
                places[number].append((left, right))
            else:
                places[number] = [(left, right)]
                filled |= self._uses.fills[number]
        labelled = places.keys() & self._uses.labels.keys()
        opened = _opened(self._uses.cues, places, filled)
        if not labelled and not opened:
            return []
        denied = self._denied(places, filled)
        # In the order in which mentions stand: by their beginning, the longer first.
        spans = {(left, -right, concept): True for concept, (left, right) in self._named(labelled, places, denied)}
        for cue, openings in opened:
            for left, right in self._spans(cue, openings, places, denied.get(cue.concept, ())):
                spans.setdefault((left, -right, cue.concept), False)
        positions = self._folded.positions
        return [
            Mention(concept, positions[left], positions[-ahead - 1] + 1, named)
            for (left, ahead, concept), named in sorted(spans.items())
        ]

    def _denied(self, places: _Places, filled: int) -> dict[str, list[Span]]:
        """Stretches in which a concept does not count: its traps and the spans of its denials."""
        denied: dict[str, list[Span]] = {}
        for number in places.keys() & self._uses.traps.keys():
            for concept in self._uses.traps[number]:
                denied.setdefault(concept, []).extend(places[number])
        for denial, openings in _opened(self._uses.denials, places, filled):
            denied.setdefault(denial.concept, []).extend(self._spans(denial, openings, places, ()))
        return denied

    def _named(
        self, labelled: Iterable[int], places: _Places, denied: Mapping[str, list[Span]]
    ) -> list[tuple[str, Span]]:
        """Labels that stand there, but not inside a longer label: 人民调解 in 人民调解委员会 is no mention of its own."""
        labels = [(left, -right, self._uses.labels[number]) for number in labelled for left, right in places[number]]
        furthest, kept = -1, []
        for left, ahead, owner in sorted(labels):
            if -ahead > furthest and not (owner in denied and _barred((left, -ahead), denied[owner])):
                furthest = -ahead
                kept.append((owner, (left, furthest)))
        return kept

    def _spans(self, cue: _Bound, openings: list[Span], places: _Places, barred: Sequence[Span]) -> list[Span]:
        """The spans of a cue whose first part stands at `openings`."""
        kept = []
        for first in openings:
            if barred and _barred(first, barred):
                continue
            span = _complete(cue, first, places, barred)
            if span and span[1] - span[0] <= cue.reach and not (cue.absent and self._has_absent(cue, span, places)):
                kept.append(span)
        return kept

    def _has_absent(self, cue: _Bound, span: Span, places: _Places) -> bool:
        """Whether a word that must not be there stands in the clauses that the span touches."""
        standing = [word for word in cue.absent if word in places]
        if not standing:
            return False
        before, behind = bisect_right(self._clauses, span[0]), bisect_right(self._clauses, span[1] - 1)
        left = self._clauses[before - 1] if before else 0
        right = self._clauses[behind] if behind < len(self._clauses) else self._stops[-1]
        return any(left <= start < right for word in standing for start, _ in places[word])


def _opened(cues: Mapping[int, tuple[_Bound, ...]], places: _Places, filled: int) -> list[tuple[_Bound, list[Span]]]:
    """The cues that a word opens and of whose other parts there is a word each, with the places of the first."""
    return [
        (cue, places[number])
        for number in places.keys() & cues.keys()
        for cue in cues[number]
        if cue.needs & filled == cue.needs
    ]


def _complete(cue: _Bound, first: Span, places: _Places, barred: Sequence[Span]) -> Span | None:
    """The shortest span from the first word on, within the cue's reach, that takes in a word of every other part."""
    (left, right), behind = first, first[1]
    for words, follows in cue.parts:
        best, least = None, cue.reach + 1
        for word in [word for word in words if word in places]:
            for place in places[word]:
                start, end = place
                length = (end if end > right else right) - (start if start < left else left)
                if length < least and not (follows and start < behind) and not (barred and _barred(place, barred)):
                    best, least = place, length
        if best is None:
            return None
        behind = best[1]
        left, right = min(left, best[0]), max(right, behind)
    return left, right


def _barred(span: Span, denied: Iterable[Span]) -> bool:
    """Whether a span shares a character with a denied stretch; a label that holds the stretch and more still counts."""
    return any(
        left < span[1] and span[0] < right and not (span[0] <= left and right <= span[1] and span != (left, right))
        for left, right in denied
    )
