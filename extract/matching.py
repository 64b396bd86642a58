"""Where a text speaks of a concept: one Aho-Corasick pass for all labels, traps and cue words of a scheme.

A text is searched in its folded form (`extract.folding`). Nothing that is searched for goes beyond a sentence, so a text
is folded and searched once, whatever stretches of it are asked about, and each sentence judged once.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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
_Part = tuple[int | None, list[_Match]]  # a sentence by its number, or what is found in a part of one
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
        # By which a concept may be spoken of, and by which it may be denied.
        self.telling = self.naming | self.opening
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
        stops = [*_SENTENCES.places(form.text), len(form.text)]
        ends = [right for _, _, right in matches]  # they come in this order
        return [_Reading(text, form, stops, matches, ends, uses) for uses in self._uses]


class _Reading:
    """A text with all that the automaton finds in it, as it is read for one scheme."""

    def __init__(
        self, text: str, form: Folded, stops: Sequence[int], matches: list[_Match], ends: list[int], uses: _Uses
    ) -> None:
        self._text, self._form, self._stops, self._matches, self._ends = text, form, stops, matches, ends
        self._uses, self._clauses = uses, _CLAUSES.places(form.text)
        telling = uses.telling
        # The numbers of the sentences that hold anything by which a concept may be spoken of, in order.
        self._told = list(dict.fromkeys(bisect_left(stops, right) for each, _, right in matches if each in telling))
        # The mentions of those of them that were asked about.
        self._judged: dict[int, list[Mention]] = {}

    def find(self, start: int, end: int) -> list[Mention]:
        """The mentions within the offsets of the text, in order."""
        return [mention for part in self._parts(start, end) for mention in self._judge(part)]

    def find_named(self, start: int, end: int) -> list[Mention]:
        """Those by a label; where there are none, all."""
        parts = self._parts(start, end)
        named = [mention for part in parts for mention in self._judge(part, named=True)]
        return named or [mention for part in parts for mention in self._judge(part)]

    def _parts(self, start: int, end: int) -> list[_Part]:
        """The sentences within the offsets of the text, and parts of them, that may speak of a concept."""
        left, right = self._within(start, end)
        stops, told, ends, telling = self._stops, self._told, self._ends, self._uses.telling
        parts: list[_Part] = []
        last = bisect_left(stops, right)
        for at in range(bisect_left(told, bisect_left(stops, left)), len(told)):
            sentence = told[at]
            if sentence > last:
                break
            begins, stop = stops[sentence - 1] + 1 if sentence else 0, stops[sentence]
            if left <= begins and stop <= right:
                parts.append((sentence, []))
                continue
            ended = self._matches[bisect_left(ends, max(left, begins)) : bisect_right(ends, min(right, stop))]
            found = [match for match in ended if left <= match[1]]
            if not telling.isdisjoint(map(itemgetter(0), found)):
                parts.append((None, found))
        return parts

    def _judge(self, part: _Part, named: bool = False) -> list[Mention]:
        """The mentions in a part, only those by a label if only they are asked for; a whole sentence is judged once."""
        sentence, found = part
        if sentence is None:
            return self._mentions(found, named)
        if sentence not in self._judged:
            begins = self._stops[sentence - 1] + 1 if sentence else 0
            first, last = bisect_left(self._ends, begins), bisect_right(self._ends, self._stops[sentence])
            self._judged[sentence] = self._mentions(self._matches[first:last])
        judged = self._judged[sentence]
        return [mention for mention in judged if mention.named] if named else judged

    def _within(self, start: int, end: int) -> Span:
        """The slice of the searched form for one of the text; a mark that parts two names needs both of them."""
        positions = self._form.positions
        left, right = bisect_left(positions, start), bisect_left(positions, end)
        parted = left < right and positions[right - 1] == end - 1 and self._form.text[right - 1] == PARTED
        return left, right - (parted and self._text[end - 1] != PARTED)

    def _mentions(self, found: list[_Match], named: bool = False) -> list[Mention]:
        """The mentions among what is found in one sentence or a part of it."""
        uses = self._uses
        numbers = set(map(itemgetter(0), found))
        labelled = numbers & uses.naming
        opened = [] if named else uses.opened(uses.cues, numbers & uses.opening, numbers)
        if not labelled and not opened:
            return []
        places: _Places = {}
        for number, left, right in found:
            if number in places:
                places[number].append((left, right))
            else:
                places[number] = [(left, right)]
        denied = {} if uses.denying.isdisjoint(numbers) else self._denied(places)
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
        right = self._clauses[behind] if behind < len(self._clauses) else self._stops[-1]
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
