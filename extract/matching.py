"""Where a text speaks of a concept: one Aho-Corasick pass for all labels, traps and cue words of a scheme.

The text is searched without white space and quotation marks (“三项制度” is 三项制度), with brackets and commas
folded to one form; what is found is told in offsets of the text itself. Nothing that is searched for goes beyond a
sentence, so a text is folded and searched once, whatever stretches of it are asked about, and each sentence judged
once.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.signs import Folding
from ontology.cues import Cue
from ontology.vocabulary import Concept

_DROPPED = re.compile(r"[ \t\r\f\v\u00a0\u3000\u200b\ufeff“”‘’\"'＂＇「」『』《》〈〉*]+")
# “诉调对接”“访调对接” are two names: quotation marks back to back part them.
_ADJOINING = re.compile(r"[”’」』》〉](?=[“‘「『《〈])")
_FOLDED = Folding(dict(zip("（）【】〔〕，：；？！．•・＋／", "()()()" + ",:;?!.··+/", strict=True)))
_PARTED = "、"
_SENTENCE = re.compile(r"[。!?;\n]")
_CLAUSE = re.compile(r"[。!?;\n,:]")

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

    def original(self, start: int, end: int) -> Span:
        """Offsets in the text of a slice of the searched form."""
        return self.positions[start], self.positions[end - 1] + 1


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


@dataclass(slots=True)
class _Uses:
    """What a string of the automaton is to the concepts: their label, their trap, what opens their cues and denials.

    `fills` has the bit of each part of a cue that it is a word of.
    """

    label_of: str | None = None
    trap_of: tuple[str, ...] = ()
    cues: tuple[_Bound, ...] = ()
    denials: tuple[_Bound, ...] = ()
    fills: int = 0


_Places = dict[int, list[Span]]  # where the strings of a sentence stand, by their numbers


class Matcher:
    """The compiled labels, traps and cues of some concepts."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._numbers: dict[str, int] = {}
        self._bits: dict[tuple[int, ...], int] = {}
        self.uses: list[_Uses] = []
        for concept in concepts.values():
            self._add(concept)
        self._automaton = AhoCorasick(list(self._numbers), matchkind=MatchKind.Standard)
        self._read = lru_cache(maxsize=2)(self._read_text)

    def find(self, text: str, start: int, end: int) -> list[Mention]:
        """The mentions in `text[start:end]`, in the order in which they stand, each stretch of a concept once."""
        return self._read(text).find(start, end) if self.uses else []

    def _read_text(self, text: str) -> "_Reading":
        folded = _folded(text)
        return _Reading(text, folded, self._automaton.find_matches_as_indexes(folded.text, overlapping=True), self.uses)

    def _add(self, concept: Concept) -> None:
        for label in concept.labels:
            self._use(label).label_of = concept.id
        for trap in concept.traps:
            self._use(trap).trap_of += (concept.id,)
        for cue in concept.cues:
            bound = self._bind(concept, cue)
            for word in cue.parts[0].words:
                self._use(word).cues += (bound,)
        for cue in concept.denials:
            bound = self._bind(concept, cue)
            for word in cue.parts[0].words:
                self._use(word).denials += (bound,)

    def _use(self, word: str) -> _Uses:
        return self.uses[self._number(word)]

    def _number(self, word: str) -> int:
        number = self._numbers.setdefault(folded_word(word), len(self.uses))
        if number == len(self.uses):
            self.uses.append(_Uses())
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
            self.uses[word].fills |= bit
        return bit


class _Reading:
    """A text with all that the automaton finds in it, by sentence."""

    def __init__(self, text: str, folded: Folded, matches: Iterable[tuple[int, int, int]], uses: list[_Uses]) -> None:
        self._text, self._folded, self._uses = text, folded, uses
        self._stops = [match.start() for match in _SENTENCE.finditer(folded.text)]
        self._stops.append(len(folded.text))
        self._clauses = [match.start() for match in _CLAUSE.finditer(folded.text)]
        self._found: list[_Places] = [{} for _ in self._stops]
        self._judged: dict[int, list[Mention]] = {}
        sentence, stop, places = 0, self._stops[0], self._found[0]
        for number, left, right in matches:  # in the order of their ends
            while right > stop:
                sentence += 1
                stop, places = self._stops[sentence], self._found[sentence]
            if number in places:
                places[number].append((left, right))
            else:
                places[number] = [(left, right)]

    def find(self, start: int, end: int) -> list[Mention]:
        """The mentions within the offsets of the text, in order."""
        left, right = self._within(start, end)
        mentions: list[Mention] = []
        for sentence in range(bisect_left(self._stops, left), bisect_left(self._stops, right) + 1):
            if not self._found[sentence]:
                continue
            if left <= self._begin(sentence) and self._stops[sentence] <= right:
                if sentence not in self._judged:
                    self._judged[sentence] = self._mentions(self._found[sentence])
                mentions += self._judged[sentence]
            elif inside := _inside(self._found[sentence], left, right):
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

    def _mentions(self, places: _Places) -> list[Mention]:
        """The mentions among what is found in one sentence or a part of it."""
        filled = 0
        for number in places:
            filled |= self._uses[number].fills
        denied = self._denied(places, filled)
        # In the order in which mentions stand: by their beginning, the longer first.
        spans = {(left, -right, concept): True for concept, (left, right) in self._named(places, denied)}
        for number, openings in places.items():
            for cue in self._uses[number].cues:
                if cue.needs & filled == cue.needs:
                    for left, right in self._spans(cue, openings, places, denied.get(cue.concept, ())):
                        spans.setdefault((left, -right, cue.concept), False)
        original = self._folded.original
        return [
            Mention(concept, *original(left, -ahead), named) for (left, ahead, concept), named in sorted(spans.items())
        ]

    def _denied(self, places: _Places, filled: int) -> dict[str, list[Span]]:
        """Stretches in which a concept does not count: its traps and the spans of its denials."""
        denied: dict[str, list[Span]] = {}
        for number, spans in places.items():
            uses = self._uses[number]
            for concept in uses.trap_of:
                denied.setdefault(concept, []).extend(spans)
            for denial in uses.denials:
                if denial.needs & filled == denial.needs:
                    denied.setdefault(denial.concept, []).extend(self._spans(denial, spans, places, ()))
        return denied

    def _named(self, places: _Places, denied: Mapping[str, list[Span]]) -> Iterator[tuple[str, Span]]:
        """Labels that stand there, but not inside a longer label: 人民调解 in 人民调解委员会 is no mention of its own."""
        labels = [
            (left, -right, owner)
            for number, spans in places.items()
            if (owner := self._uses[number].label_of)
            for left, right in spans
            if owner not in denied or not _barred((left, right), denied[owner])
        ]
        furthest = -1
        for left, ahead, owner in sorted(labels):
            if -ahead > furthest:
                furthest = -ahead
                yield owner, (left, furthest)

    def _spans(self, cue: _Bound, openings: list[Span], places: _Places, barred: Sequence[Span]) -> Iterator[Span]:
        """The spans of a cue whose first part stands at `openings`."""
        for first in openings:
            if barred and _barred(first, barred):
                continue
            span = _complete(cue, first, places, barred)
            if span and span[1] - span[0] <= cue.reach and not (cue.absent and self._has_absent(cue, span, places)):
                yield span

    def _has_absent(self, cue: _Bound, span: Span, places: _Places) -> bool:
        """Whether a word that must not be there stands in the clauses that the span touches."""
        standing = [word for word in cue.absent if word in places]
        if not standing:
            return False
        before, behind = bisect_right(self._clauses, span[0]), bisect_right(self._clauses, span[1] - 1)
        left = self._clauses[before - 1] if before else 0
        right = self._clauses[behind] if behind < len(self._clauses) else self._stops[-1]
        return any(left <= start < right for word in standing for start, _ in places[word])


def _inside(places: _Places, left: int, right: int) -> _Places:
    """What of it stands within two offsets."""
    kept = {
        number: [span for span in spans if left <= span[0] and span[1] <= right] for number, spans in places.items()
    }
    return {number: spans for number, spans in kept.items() if spans}


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
