"""Which weaknesses of the scheme a shortcoming, or a cause of one, falls under.

What a report states there is a fault already, so three things are asked of the words, the most telling first: do
they name a weakness (普法形式单一); is what the heading is about told to be so further on (`执法队伍撑不起任务`, and then
`能独立主办大要案的不足6人`); and, where neither helps, with which weakness do they share most words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

from extract.matching import Matcher, Mention, fold, folded_word
from ontology.cues import Cue
from ontology.vocabulary import Concept, Vocabulary

OTHER = "other"
_CLAUSE_END = re.compile(r"[，,；;。]")
_MOST = 4
_MOST_BESIDE_STATEMENT = 2
# How much a word tells of what a text is about; any values near these give the same answers.
_SHARE_OF_PASSAGE = 0.5
_WEIGHT_OF_TOPIC = 2.0
_WEIGHT_OF_SUBJECT = 3.0


def classify(statement: str, passage: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The weakness ids of a shortcoming, the most telling first; `other` alone where none fits.

    `statement` is its heading or shortest wording, `passage` all that is said about it; a cause has its own words
    for both. What the statement names stands first; of what only the passage names, what it names most often.
    """
    topics = _topics(vocabulary)
    named = list(_counts(statement, vocabulary))
    stated = named or topics.nearest(statement, passage)
    beside = dict.fromkeys(_beside(stated, passage, vocabulary))
    if not named:
        beside |= dict.fromkeys(topics.carried_on(statement, passage))
    extra = [concept for concept in beside if concept not in stated][:_MOST_BESIDE_STATEMENT]
    found = [*stated, *extra][: max(_MOST, len(stated))]
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
        if not areas or concept in outright or weaknesses[concept].area in areas or count > 1
    ]


def _counts(text: str, vocabulary: Vocabulary) -> Counter[str]:
    """How often each weakness is named, in the order in which they first are."""
    return Counter(mention.concept for mention in _mentions(text, vocabulary))


def _mentions(text: str, vocabulary: Vocabulary) -> list[Mention]:
    """Where weaknesses are named, without the loose mentions that only reach over a nearer one.

    `宣传经费投入不足,难以支撑创新性普法` is about the money: 宣传 … 创新 spans two clauses and the fault of the first.
    """
    mentions = _matcher(vocabulary).find(text, 0, len(text))
    within = [mention for mention in mentions if not _CLAUSE_END.search(text, mention.start, mention.end)]
    return [mention for mention in mentions if mention.named or not any(_reaches_over(mention, one) for one in within)]


def _reaches_over(mention: Mention, other: Mention) -> bool:
    """Whether the other, of another weakness, has its own fault inside the mention; one fault may be both's."""
    return other.concept not in (mention.concept, OTHER) and mention.start <= other.start and other.end < mention.end


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
        self._size = len(concepts)
        self._traps = {concept.id: _any_of(concept.traps) if concept.traps else None for concept in concepts.values()}
        self._owners = _owners(concept for concept in concepts.values() if concept.id != OTHER)

    def nearest(self, statement: str, passage: str) -> list[str]:
        """The weakness with which a text shares most words, the rarer and longer ones counting most.

        What the statement is about counts besides: of its topics the longest, of two alike the last (推进机制: 机制).
        """
        nearness: defaultdict[str, float] = defaultdict(float)
        for text, share in ((statement, 1.0), (passage, _SHARE_OF_PASSAGE)):
            words = fold(text, 0, len(text)).text
            for word, owners in self._owners.items():
                if word in words:
                    told = share * sqrt(len(word)) * log(self._size / len(owners))
                    for concept, weight in owners.items():
                        nearness[concept] += told * weight
        places = [
            (place, topic.concept) for topic in self._topics if not topic.told and (place := _place(topic, statement))
        ]
        if places:
            nearness[max(places)[1]] += _WEIGHT_OF_SUBJECT
        near = [concept for concept in nearness if not self._trapped(concept, statement)]
        return [max(near, key=lambda concept: (nearness[concept], concept))] if near else []

    def _trapped(self, concept: str, statement: str) -> bool:
        """Whether the statement holds a trap of the weakness: 政法系统 is no technology."""
        traps = self._traps[concept]
        return bool(traps and traps.search(fold(statement, 0, len(statement)).text))

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


def _owners(concepts: Iterable[Concept]) -> dict[str, dict[str, float]]:
    """The weaknesses that use a word of two characters or more, each with the word's weight for it."""
    owners: dict[str, dict[str, float]] = {}
    for concept in concepts:
        used = [*concept.labels, *(word for cue in concept.cues for part in cue.parts for word in part.words)]
        weights = dict.fromkeys(used, 1.0)
        weights |= dict.fromkeys((word for cue in concept.topics for word in cue.parts[0].words), _WEIGHT_OF_TOPIC)
        for word, weight in weights.items():
            if len(folded_word(word)) > 1:
                owners.setdefault(folded_word(word), {})[concept.id] = weight
    return owners


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(folded_word(word)) for word in sorted(words, key=len, reverse=True)))


@cache
def _topics(vocabulary: Vocabulary) -> _Topics:
    return _Topics(vocabulary.weaknesses)
