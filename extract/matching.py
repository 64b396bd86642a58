"""Where a text speaks of a concept: one Aho-Corasick pass for all labels, traps and cue words of a scheme.

A text is searched in its folded form (`extract.folding`). Nothing that is searched for goes beyond a sentence, so a text
is folded and searched once, whatever stretches of it are asked about, and each sentence judged once.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import itemgetter, or_
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.folding import PARTED, Folded, fold, folded, folded_words
from extract.marks import Marks
from ontology.cues import Cue
from ontology.vocabulary import Concept

__all__ = ["Matcher", "Mention", "fold", "folded_words"]

_SENTENCES = Marks("。!?;\n")
_CLAUSES = Marks("。!?;\n,:")

Span = tuple[int, int]


class Mention(NamedTuple):
    """A place that speaks of a concept; `named` where one of its labels stands there, not only a cue."""

    concept: str
    start: int
    end: int
    named: bool = True


@dataclass(frozen=True, slots=True)
class _Bound:
    """A cue of a concept, its words as the numbers of strings: its first part's are known by where it is kept.

    `parts` are the words of its other parts, each with whether they follow.
    """

    concept: str
    parts: tuple[tuple[tuple[int, ...], bool], ...]
    absent: tuple[int, ...]
    reach: int


_Cues = dict[int, tuple[tuple[int, _Bound], ...]]  # by the string that opens them, each with the bits of what it needs
_Match = tuple[int, int, int]  # the number of a string, and where it stands in the searched form
_Stretch = tuple[int, int, list[_Match]]  # where a sentence begins and stops in that form, and what is found in it
_Places = dict[int, list[Span]]  # where the strings of a sentence stand, by their numbers


class _Uses:
    """What the strings of the automaton, by number, are to the concepts of a scheme: labels, traps, openers of cues.

    `fills` has, for each string, the bits of the parts of cues that it is a word of; `wants`, for each opener, the bits
    of all parts that its cues need besides it.
    """

    NOTHING = 1  # what a cue of one part needs: there is always that

    def __init__(self, numbers: dict[str, int], concepts: Iterable[Concept]) -> None:
        self.labels: dict[int, str] = {}
        self.traps: dict[int, tuple[str, ...]] = {}
        self.cues: _Cues = {}
        self.denials: _Cues = {}
        self.fills: dict[int, int] = defaultdict(int)
        self.wants: dict[int, int] = defaultdict(int)
        self._numbers = numbers
        self._bits: dict[tuple[int, ...], int] = {}
        for concept in concepts:
            self._add(concept)
        self.naming, self.opening = frozenset(self.labels), frozenset(self.cues)
        self.denying = frozenset((*self.traps, *self.denials))

    def _add(self, concept: Concept) -> None:
        for label in concept.labels:
            self.labels[self._number(label)] = concept.id
        for trap in map(self._number, concept.traps):
            self.traps[trap] = (*self.traps.get(trap, ()), concept.id)
        for cues, opened in ((concept.cues, self.cues), (concept.denials, self.denials)):
            for cue in cues:
                needs, bound = self._bind(concept, cue)
                for word in map(self._number, cue.parts[0].words):
                    opened[word] = (*opened.get(word, ()), (needs, bound))
                    self.wants[word] |= needs

    def _number(self, word: str) -> int:
        return self._numbers.setdefault(folded_words(word), len(self._numbers))

    def _bind(self, concept: Concept, cue: Cue) -> tuple[int, _Bound]:
        """A cue with the bits of all its parts but the first."""
        parts = tuple((tuple(map(self._number, part.words)), part.follows) for part in cue.parts[1:])
        needs = 0 if parts else self.NOTHING
        for words, _ in parts:
            needs |= self._bit(words)
        return needs, _Bound(concept.id, parts, tuple(map(self._number, cue.absent)), cue.reach)

    def _bit(self, words: tuple[int, ...]) -> int:
        bit = self._bits.setdefault(words, 2 << len(self._bits))
        for word in words:
            self.fills[word] |= bit
        return bit

    def opened(self, cues: _Cues, openers: Collection[int], numbers: Iterable[int]) -> list[tuple[int, _Bound]]:
        """The cues that one of the `openers` opens and of whose other parts there is a word each among `numbers`, each
        with its opener."""
        if not openers:
            return []
        filled = reduce(or_, map(self.fills.__getitem__, numbers), self.NOTHING)
        return [
            (number, cue)
            for number in openers
            if self.wants[number] & filled
            for needs, cue in cues[number]
            if needs & filled == needs
        ]


class Matcher:
    """The compiled labels, traps and cues of the concepts of one scheme, or of several that are searched for at once."""

    def __init__(self, *schemes: Mapping[str, Concept]) -> None:
        numbers: dict[str, int] = {}
        self._uses = [_Uses(numbers, scheme.values()) for scheme in schemes]
        self._automaton = AhoCorasick(list(numbers), matchkind=MatchKind.Standard)
        self._empty = not numbers
        self._read = lru_cache(maxsize=2)(self._read_text)

    def find(self, text: str, start: int, end: int, scheme: int = 0) -> list[Mention]:
        """The mentions in `text[start:end]` of a scheme's concepts, in the order in which they stand, each stretch of a
        concept once."""
        return [] if self._empty else self._read(text)[scheme].find(start, end)

    def find_named(self, text: str, start: int, end: int, scheme: int = 0) -> list[Mention]:
        """Those of the mentions that `find` gives where a label stands; where there is none, all of them."""
        return [] if self._empty else self._read(text)[scheme].find_named(start, end)

    def _read_text(self, text: str) -> "list[_Reading]":
        form = folded(text)
        matches = self._automaton.find_matches_as_indexes(form.text, overlapping=True)
        ends = [right for _, _, right in matches]  # they come in this order
        stretches: list[_Stretch] = []
        begins = first = 0
        for stop in (*_SENTENCES.places(form.text), len(form.text)):
            last = bisect_right(ends, stop, first)
            if last > first:
                stretches.append((begins, stop, matches[first:last]))
            begins, first = stop + 1, last
        return [_Reading(text, form, stretches, uses) for uses in self._uses]


class _Sentence:
    """A sentence with all that is found in it, and by what of that a concept may be spoken of: `labelled`, the numbers of
    labels, and `opened`, cues with their openers. No part of it speaks of more."""

    __slots__ = ("begins", "found", "labelled", "mentions", "opened", "stop")

    def __init__(self, begins: int, stop: int, found: list[_Match], uses: _Uses) -> None:
        self.begins, self.stop, self.found = begins, stop, found
        numbers = set(map(itemgetter(0), found))
        self.labelled = numbers & uses.naming
        self.opened = uses.opened(uses.cues, numbers & uses.opening, numbers)
        self.mentions: list[Mention] | None = None  # once they have been asked for


class _Reading:
    """A text with all that the automaton finds in it, as it is read for one scheme."""

    def __init__(self, text: str, form: Folded, stretches: Iterable[_Stretch], uses: _Uses) -> None:
        self._text, self._form, self._uses = text, form, uses
        self._clauses = _CLAUSES.places(form.text)
        read = (_Sentence(*stretch, uses) for stretch in stretches)
        self._sentences = [sentence for sentence in read if sentence.labelled or sentence.opened]
        self._stops = [sentence.stop for sentence in self._sentences]

    def find(self, start: int, end: int) -> list[Mention]:
        """The mentions within the offsets of the text, in order."""
        left, right = self._within(start, end)
        return [mention for each in self._touched(left, right) for mention in self._judge(each, left, right)]

    def find_named(self, start: int, end: int) -> list[Mention]:
        """Those by a label; where there are none, all."""
        left, right = self._within(start, end)
        touched = self._touched(left, right)
        named = [mention for each in touched if each.labelled for mention in self._judge(each, left, right, named=True)]
        return named or [mention for each in touched for mention in self._judge(each, left, right)]

    def _touched(self, left: int, right: int) -> list[_Sentence]:
        """The sentences that may speak of a concept and have a part in a slice of the searched form."""
        first = bisect_left(self._stops, left)
        return self._sentences[first : bisect_left(self._stops, right, first) + 1]

    def _judge(self, sentence: _Sentence, left: int, right: int, named: bool = False) -> list[Mention]:
        """The mentions in a sentence within a slice, only those by a label if only they are asked for; a whole sentence
        is judged once."""
        if left <= sentence.begins and sentence.stop <= right:
            if sentence.mentions is None:
                sentence.mentions = self._mentions(sentence.found, sentence.labelled, sentence.opened)
            return [mention for mention in sentence.mentions if mention.named] if named else sentence.mentions
        found = [match for match in sentence.found if left <= match[1] and match[2] <= right]
        numbers = set(map(itemgetter(0), found))
        opened = [] if named else [each for each in sentence.opened if each[0] in numbers]
        labelled = sentence.labelled & numbers
        return self._mentions(found, labelled, opened) if labelled or opened else []

    def _within(self, start: int, end: int) -> Span:
        """The slice of the searched form for one of the text; a mark that parts two names needs both of them."""
        positions = self._form.positions
        left, right = bisect_left(positions, start), bisect_left(positions, end)
        parted = left < right and positions[right - 1] == end - 1 and self._form.text[right - 1] == PARTED
        return left, right - (parted and self._text[end - 1] != PARTED)

    def _mentions(
        self, found: list[_Match], labelled: Collection[int], opened: Iterable[tuple[int, _Bound]]
    ) -> list[Mention]:
        """The mentions by labels and cues among what is found in a sentence or a part of it."""
        places: _Places = {}
        for number, left, right in found:
            if number in places:
                places[number].append((left, right))
            else:
                places[number] = [(left, right)]
        denied = {} if self._uses.denying.isdisjoint(places) else self._denied(places)
        # In the order in which mentions stand: by their beginning, the longer first.
        spans = {(left, -right, concept): True for concept, (left, right) in self._named(labelled, places, denied)}
        for number, cue in opened:
            for left, right in self._spans(cue, places[number], places, denied.get(cue.concept)):
                spans.setdefault((left, -right, cue.concept), False)
        positions = self._form.positions
        return [
            Mention(concept, positions[left], positions[-ahead - 1] + 1, is_named)
            for (left, ahead, concept), is_named in sorted(spans.items())
        ]

    def _denied(self, places: _Places) -> "dict[str, _Stretches]":
        """Stretches in which a concept does not count: its traps and the spans of its denials."""
        denied: dict[str, list[Span]] = {}
        for number in places.keys() & self._uses.traps.keys():
            for concept in self._uses.traps[number]:
                denied.setdefault(concept, []).extend(places[number])
        for number, denial in self._uses.opened(self._uses.denials, places.keys() & self._uses.denials.keys(), places):
            denied.setdefault(denial.concept, []).extend(self._spans(denial, places[number], places, None))
        return {concept: _Stretches(spans) for concept, spans in denied.items() if spans}

    def _named(
        self, labelled: Iterable[int], places: _Places, denied: "Mapping[str, _Stretches]"
    ) -> list[tuple[str, Span]]:
        """Labels that stand there, but not inside a longer label: 人民调解 in 人民调解委员会 is no mention of its own."""
        labels = [(left, -right, self._uses.labels[number]) for number in labelled for left, right in places[number]]
        furthest, kept = -1, []
        for left, ahead, owner in sorted(labels):
            if -ahead > furthest and not (owner in denied and denied[owner].bar((left, -ahead))):
                furthest = -ahead
                kept.append((owner, (left, furthest)))
        return kept

    def _spans(self, cue: _Bound, openings: list[Span], places: _Places, barred: "_Stretches | None") -> list[Span]:
        """The spans of a cue whose first part stands at `openings`."""
        kept = []
        for first in openings:
            if barred and barred.bar(first):
                continue
            span = _complete(cue, first, places, barred)
            if span and span[1] - span[0] <= cue.reach and not (cue.absent and self._has_absent(cue, span, places)):
                kept.append(span)
        return kept

    def _has_absent(self, cue: _Bound, span: Span, places: _Places) -> bool:
        """Whether a word that must not be there stands in the clauses that the span touches."""
        if places.keys().isdisjoint(cue.absent):
            return False
        before, behind = bisect_right(self._clauses, span[0]), bisect_right(self._clauses, span[1] - 1)
        left = self._clauses[before - 1] if before else 0
        right = self._clauses[behind] if behind < len(self._clauses) else len(self._form.text)
        rows = (places[word] for word in cue.absent if word in places)
        return any((at := bisect_left(row, (left,))) < len(row) and row[at][0] < right for row in rows)


class _Stretches:
    """Stretches of a text in which a concept does not count."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._longest = max(right - left for left, right in self._spans)

    def bar(self, span: Span) -> bool:
        """Whether a span shares a character with one; a label that holds the stretch and more still counts."""
        near = self._spans[bisect_left(self._spans, (span[0] - self._longest,)) : bisect_left(self._spans, (span[1],))]
        return any(
            span[0] < right and not (span[0] <= left and right <= span[1] and span != (left, right))
            for left, right in near
        )


def _complete(cue: _Bound, first: Span, places: _Places, barred: _Stretches | None) -> Span | None:
    """The shortest span from the first word on, within the cue's reach, that takes in a word of every other part."""
    left, right = first
    behind = right
    for words, follows in cue.parts:
        best, least = None, cue.reach + 1
        for word in words:
            if word not in places:
                continue
            row = places[word]  # in order, so that those out of reach are not looked at
            for at in range(bisect_left(row, (right - cue.reach,)), len(row)):
                start, end = place = row[at]
                if start > left + cue.reach:
                    break
                length = (end if end > right else right) - (start if start < left else left)
                if length < least and not (follows and start < behind) and not (barred and barred.bar(place)):
                    best, least = place, length
        if best is None:
            return None
        start, behind = best
        left, right = start if start < left else left, behind if behind > right else right
    return left, right
