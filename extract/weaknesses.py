"""Which weaknesses of the scheme a shortcoming, or a cause of one, falls under."""

from functools import cache

from extract.matching import Matcher
from ontology.vocabulary import Vocabulary

OTHER = "other"
_MOST = 4
_MOST_BESIDE_STATEMENT = 3


def classify(statement: str, passage: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The weakness ids of a shortcoming, the most telling first; `other` alone where none fits.

    `statement` is its heading or shortest wording, `passage` all that is said about it; a cause has its own words
    for both. What the statement names stands first; of what only the passage names, what it names most often.
    """
    stated = _counts(statement, vocabulary)
    told = _counts(passage, vocabulary)
    beside = [concept for concept in sorted(told, key=told.__getitem__, reverse=True) if concept not in stated]
    return tuple([*stated, *beside[:_MOST_BESIDE_STATEMENT]][: max(_MOST, len(stated))]) or (OTHER,)


def _counts(text: str, vocabulary: Vocabulary) -> dict[str, int]:
    """How often each weakness is named, in the order in which they first are."""
    counts: dict[str, int] = {}
    for mention in _matcher(vocabulary).find(text, 0, len(text)):
        counts[mention.concept] = counts.get(mention.concept, 0) + 1
    counts.pop(OTHER, None)
    return counts


@cache
def _matcher(vocabulary: Vocabulary) -> Matcher:
    return Matcher(vocabulary.weaknesses)
