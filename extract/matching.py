"""Where a text speaks of a concept: one Aho-Corasick pass for all labels, traps and cue words of a scheme.

The text is searched without white space and quotation marks (“三项制度” is 三项制度), with brackets and commas
folded to one form; what is found is told in offsets of the text itself.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from ontology.cues import Cue, Part
from ontology.vocabulary import Concept

_DROPPED = re.compile(r"[ \t\r\f\v\u00a0\u3000\u200b\ufeff“”‘’\"'＂＇「」『』《》〈〉*]+")
# “诉调对接”“访调对接” are two names: quotation marks back to back part them.
_ADJOINING = re.compile(r"[”’」』》〉](?=[“‘「『《〈])")
_FOLDED = str.maketrans("（）【】〔〕，：；？！．•・＋／", "()()()" + ",:;?!.··+/")
_PARTED = "、"
_SENTENCE = re.compile(r"[。!?;\n]")
_CLAUSE = re.compile(r"[。!?;\n,:]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
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
    stretch = _ADJOINING.sub(_PARTED, text[start:end]).translate(_FOLDED)
    positions: list[int] = []
    kept = 0
    for gap in _DROPPED.finditer(stretch):
        positions += range(start + kept, start + gap.start())
        kept = gap.end()
    positions += range(start + kept, end)
    return Folded(_DROPPED.sub("", stretch), positions)


def folded_word(word: str) -> str:
    """The searched form of a word of the vocabulary."""
    return fold(word, 0, len(word)).text


@dataclass(slots=True)
class _Uses:
    """What a string of the automaton is to the concepts: their label, their trap, a word of their cues."""

    label_of: str | None = None
    trap_of: tuple[str, ...] = ()
    opens: tuple["_Bound", ...] = ()


@dataclass(frozen=True, slots=True)
class _Bound:
    """A cue of a concept; `denies` where it says that nothing in its span counts."""

    concept: str
    cue: Cue
    denies: bool


class Matcher:
    """The compiled labels, traps and cues of some concepts."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._uses: defaultdict[str, _Uses] = defaultdict(_Uses)
        for concept in concepts.values():
            self._add(concept)
        self._strings = list(self._uses)
        self._automaton = AhoCorasick(self._strings, matchkind=MatchKind.Standard)

    def _add(self, concept: Concept) -> None:
        for label in concept.labels:
            self._uses[folded_word(label)].label_of = concept.id
        for trap in concept.traps:
            self._uses[folded_word(trap)].trap_of += (concept.id,)
        bound = [_Bound(concept.id, _folded_cue(cue), False) for cue in concept.cues]
        bound += [_Bound(concept.id, _folded_cue(cue), True) for cue in concept.denials]
        for one in bound:
            for word in one.cue.parts[0].words:
                self._uses[word].opens += (one,)
            for word in (*one.cue.absent, *(word for part in one.cue.parts for word in part.words)):
                self._uses[word]  # the automaton must know every word of a cue

    def find(self, text: str, start: int, end: int) -> list[Mention]:
        """The mentions in `text[start:end]`, in the order in which they stand, each stretch of a concept once."""
        folded = fold(text, start, end)
        found = _Found(folded.text)
        for index, left, right in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            found.add(self._strings[index], left, right)
        denied = self._denied(found)
        spans = dict.fromkeys(self._named(found, denied), True)
        for concept, span in self._hinted(found, denied, denies=False):
            spans.setdefault((concept, span), False)
        mentions = [Mention(concept, *folded.original(*span), named) for (concept, span), named in spans.items()]
        return sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.concept))

    def _denied(self, found: "_Found") -> dict[str, list[Span]]:
        """Stretches in which a concept does not count: its traps and the spans of its denials."""
        denied: dict[str, list[Span]] = defaultdict(list)
        for word, spans in found.places.items():
            for concept in self._uses[word].trap_of:
                denied[concept] += spans
        for concept, span in self._hinted(found, {}, denies=True):
            denied[concept].append(span)
        return denied

    def _named(self, found: "_Found", denied: Mapping[str, list[Span]]) -> Iterator[tuple[str, Span]]:
        """Labels that stand there, but not inside a longer label: 人民调解 in 人民调解委员会 is no mention of its own."""
        labels = [
            (span, owner)
            for word, spans in found.places.items()
            if (owner := self._uses[word].label_of)
            for span in spans
            if not _barred(span, denied.get(owner, ()))
        ]
        furthest = -1
        for (left, right), owner in sorted(labels, key=lambda item: (item[0][0], -item[0][1])):
            if right > furthest:
                furthest = right
                yield owner, (left, right)

    def _hinted(self, found: "_Found", denied: Mapping[str, list[Span]], denies: bool) -> Iterator[tuple[str, Span]]:
        for number, places in found.by_sentence.items():
            for word in places:
                for bound in self._uses[word].opens:
                    if bound.denies == denies:
                        barred = denied.get(bound.concept, ())
                        for span in found.matches(bound.cue, word, number, barred):
                            yield bound.concept, span


class _Found:
    """Where the strings of the automaton stand in a searched text, whole and by sentence."""

    def __init__(self, text: str) -> None:
        self.places: dict[str, list[Span]] = defaultdict(list)
        self.by_sentence: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        self._sentences = [match.start() for match in _SENTENCE.finditer(text)]
        self._clauses = [match.start() for match in _CLAUSE.finditer(text)]
        self._length = len(text)

    def add(self, word: str, start: int, end: int) -> None:
        self.places[word].append((start, end))
        self.by_sentence[bisect_right(self._sentences, start)][word].append((start, end))

    def matches(self, cue: Cue, opening: str, sentence: int, barred: Sequence[Span]) -> Iterator[Span]:
        """The spans of a cue in a sentence whose first part is the word `opening`."""
        places = self.by_sentence[sentence]
        for first in places[opening]:
            if _barred(first, barred):
                continue
            span = _complete(cue, first, places, barred)
            if span and span[1] - span[0] <= cue.reach and not self._has_absent(cue, span, places):
                yield span

    def _has_absent(self, cue: Cue, span: Span, places: Mapping[str, list[Span]]) -> bool:
        if not cue.absent:
            return False
        before, behind = bisect_right(self._clauses, span[0]), bisect_right(self._clauses, span[1] - 1)
        left = self._clauses[before - 1] if before else 0
        right = self._clauses[behind] if behind < len(self._clauses) else self._length
        return any(left <= start < right for word in cue.absent for start, _ in places.get(word, ()))


def _complete(cue: Cue, first: Span, places: Mapping[str, list[Span]], barred: Sequence[Span]) -> Span | None:
    """The shortest span from the first word on that takes in a word of every other part."""
    span, previous = first, first
    for part in cue.parts[1:]:
        options = [place for place in _places(part, places) if not _barred(place, barred)]
        if part.follows:
            options = [place for place in options if place[0] >= previous[1]]
        if not options:
            return None
        left, right = span
        previous = min(options, key=lambda place: max(right, place[1]) - min(left, place[0]))
        span = min(left, previous[0]), max(right, previous[1])
    return span


def _places(part: Part, places: Mapping[str, list[Span]]) -> Iterator[Span]:
    for word in part.words:
        yield from places.get(word, ())


def _barred(span: Span, denied: Iterable[Span]) -> bool:
    """Whether a span shares a character with a denied stretch; a label that holds the stretch and more still counts."""
    return any(
        left < span[1] and span[0] < right and not (span[0] <= left and right <= span[1] and span != (left, right))
        for left, right in denied
    )


def _folded_cue(cue: Cue) -> Cue:
    parts = tuple(Part(tuple(map(folded_word, part.words)), part.follows) for part in cue.parts)
    return Cue(parts, tuple(map(folded_word, cue.absent)), cue.reach)
