"""Which weaknesses of the scheme a shortcoming, or a cause of one, falls under.

What a report states there is a fault already, so three things are asked of the words, the most telling first: do
they name a weakness (普法形式单一); is what the heading is about told to be so further on (`执法队伍撑不起任务`, and then
`能独立主办大要案的不足6人`); and, where neither helps, what is the heading about at all.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extract.matching import Matcher, fold, folded_word
from ontology.cues import Cue
from ontology.vocabulary import Concept, Vocabulary

OTHER = "other"
_MOST = 4
_MOST_BESIDE_STATEMENT = 2


def classify(statement: str, passage: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The weakness ids of a shortcoming, the most telling first; `other` alone where none fits.

    `statement` is its heading or shortest wording, `passage` all that is said about it; a cause has its own words
    for both. What the statement names stands first; of what only the passage names, what it names most often.
    """
    topics = _topics(vocabulary)
    named = list(_counts(statement, vocabulary))
    stated = named or topics.subject(statement)
    beside = dict.fromkeys(_beside(stated, passage, vocabulary))
    if not named:
        beside |= dict.fromkeys(topics.carried_on(statement, passage))
    extra = [concept for concept in beside if concept not in stated][:_MOST_BESIDE_STATEMENT]
    found = [*stated, *extra][: max(_MOST, len(stated))]
    found = found or topics.subject(passage)
    return tuple(concept for concept in found if concept != OTHER) or (OTHER,)


def _beside(stated: Collection[str], passage: str, vocabulary: Vocabulary) -> list[str]:
    """What a passage names of its own, the most often named first.

    A passage illustrates more than it admits. Its words tell of another shortcoming where they name it outright, where
    they speak of the same field as the statement (普法形式单一 … 入脑入心不够), or where they come back to it.
    """
    weaknesses = vocabulary.weaknesses
    areas = {weaknesses[concept].area for concept in stated}
    mentions = list(_matcher(vocabulary).find(passage, 0, len(passage)))
    counts = Counter(mention.concept for mention in mentions)
    outright = {mention.concept for mention in mentions if mention.named}
    return [
        concept
        for concept, count in counts.most_common()
        if concept in outright or weaknesses[concept].area in areas or count > 1
    ]


def _counts(text: str, vocabulary: Vocabulary) -> dict[str, int]:
    """How often each weakness is named, in the order in which they first are."""
    return Counter(mention.concept for mention in _matcher(vocabulary).find(text, 0, len(text)))


@cache
def _matcher(vocabulary: Vocabulary) -> Matcher:
    return Matcher(vocabulary.weaknesses)


@dataclass(frozen=True, slots=True)
class _Topic:
    """What a weakness is about, and what must and must not be told; `traps` hold the subject and do not mean it."""

    concept: str
    subject: re.Pattern[str]
    told: tuple[re.Pattern[str], ...]
    absent: re.Pattern[str] | None
    traps: re.Pattern[str] | None


class _Topics:
    """The topics of all weaknesses, in the order of the scheme."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._topics = [_topic(concept, cue) for concept in concepts.values() for cue in concept.topics]

    def subject(self, text: str) -> list[str]:
        """The weakness that a text is about: of the longest topic, of two alike the last: 推进机制 is about 机制."""
        found = [(place, topic.concept) for topic in self._topics if not topic.told and (place := _place(topic, text))]
        return [max(found)[1]] if found else []

    def carried_on(self, statement: str, passage: str) -> Iterator[str]:
        """The weaknesses whose subject stands in the statement and whose other words stand anywhere in the passage."""
        words = fold(passage, 0, len(passage)).text
        for topic in self._topics:
            told = topic.told and all(part.search(words) for part in topic.told)
            if told and _place(topic, statement) and not (topic.absent and topic.absent.search(words)):
                yield topic.concept


def _topic(concept: Concept, cue: Cue) -> _Topic:
    subject, *told = (_any_of(part.words) for part in cue.parts)
    absent, traps = (_any_of(words) if words else None for words in (cue.absent, concept.traps))
    return _Topic(concept.id, subject, tuple(told), absent, traps)


def _place(topic: _Topic, text: str) -> tuple[int, int] | None:
    """How long the longest words are that name the subject in a text, and where the last of them stand."""
    words = fold(text, 0, len(text)).text
    kept = topic.traps.sub(lambda trap: "…" * len(trap[0]), words) if topic.traps else words
    return max(((len(found[0]), found.start()) for found in topic.subject.finditer(kept)), default=None)


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(folded_word(word)) for word in sorted(words, key=len, reverse=True)))


@cache
def _topics(vocabulary: Vocabulary) -> _Topics:
    return _Topics(vocabulary.weaknesses)
