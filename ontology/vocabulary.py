"""The concept schemes as Python values: mechanisms, weaknesses and the commonplaces that are nobody's own practice.

The Turtle files in `schemes/` are the only place where a concept is written down; a concept that is added there
is found in reports from the next run on.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import pyoxigraph as ox

from ontology.cues import Cue, parse_cue, parse_words

SCHEMES = Path(__file__).parent / "schemes"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_ZL = "https://w3id.org/zhili/ontology#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class SchemeError(ValueError):
    """A scheme file cannot be used; the message says which file, which concept and what to mend."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A mechanism or a weakness.

    `labels` are the preferred and the alternative Chinese labels; `traps` the strings in which a label does not
    count (行政复议委员会 is not 行政复议); `cues` looser wordings and `denials` wordings in which nothing counts;
    `hints` words that tell what a practice serves where its clause names no mechanism;
    `area` is the id of the top concept that the concept stands under, `broader` of the concept in between that it is
    narrower than, if it is: 复议听证 is a narrower mechanism than 行政复议.
    """

    id: str
    zh: str
    en: str
    area: str
    definition_zh: str
    definition_en: str
    labels: tuple[str, ...]
    traps: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    denials: tuple[Cue, ...] = ()
    hints: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    broader: str | None = None


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Mechanisms, narrower ones and weaknesses by id, in the order of their scheme files, and the commonplaces."""

    mechanisms: Mapping[str, Concept]
    narrower: Mapping[str, Concept]
    weaknesses: Mapping[str, Concept]
    commonplaces: frozenset[str]


@cache
def load_vocabulary(folder: Path = SCHEMES) -> Vocabulary:
    """The vocabulary of the scheme files in `folder`; SchemeError where one of them is broken."""
    mechanisms = read_concepts(folder / "mechanisms.ttl")
    return Vocabulary(
        mechanisms={name: concept for name, concept in mechanisms.items() if not concept.broader},
        narrower={name: concept for name, concept in mechanisms.items() if concept.broader},
        weaknesses=read_concepts(folder / "weaknesses.ttl"),
        commonplaces=read_commonplaces(folder / "commonplaces.ttl"),
    )


def read_concepts(path: Path) -> Mapping[str, Concept]:
    """The concepts of a scheme that can be found, by id: all but those on top that only group others."""
    subjects = _subjects(path)
    scheme = _scheme(path, subjects)
    try:
        lists = dict(parse_words(words.value) for words in scheme[_ZL + "words"])
    except ValueError as error:
        raise SchemeError(f"{path.name}: {error}") from error
    concepts = {iri: values for iri, values in subjects.items() if _is_a(values, "Concept")}
    above = {iri: values[_SKOS + "broader"][0].value for iri, values in concepts.items() if values[_SKOS + "broader"]}
    if missing := sorted(set(above.values()) - concepts.keys()):
        raise SchemeError(f"{path.name}: skos:broader points to {missing[0]}, which is no concept of the scheme")
    everywhere = tuple(trap.value for trap in scheme[_ZL + "notLabel"])  # 少数, 不少: the traps of every concept
    found = {
        _name(iri): _concept(path, iri, values, lists, everywhere, above)
        for iri, values in concepts.items()
        if iri in above or iri not in above.values()
    }
    _refuse_shared_labels(path, found.values())
    return MappingProxyType(found)


def read_commonplaces(path: Path) -> frozenset[str]:
    """Every term of the scheme of commonplaces: the hidden labels of its kinds."""
    kinds = [values for values in _subjects(path).values() if _is_a(values, "Concept")]
    return frozenset(term for values in kinds for term in _texts(values[_SKOS + "hiddenLabel"], "zh"))


_Values: TypeAlias = "Mapping[str, list[ox.NamedNode | ox.Literal]]"


def _subjects(path: Path) -> dict[str, _Values]:
    """Properties by subject, in the file's order."""
    subjects: dict[str, defaultdict[str, list[ox.NamedNode | ox.Literal]]] = {}
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
                raise SchemeError(f"{path.name}: blank node in {quad}; give it an IRI")
            values = subjects.setdefault(quad.subject.value, defaultdict(list))
            values[quad.predicate.value].append(quad.object)
    except (OSError, SyntaxError) as error:
        raise SchemeError(f"{path.name}: cannot be read as Turtle: {error}") from error
    return dict(subjects)


def _scheme(path: Path, subjects: Mapping[str, _Values]) -> _Values:
    schemes = [values for values in subjects.values() if _is_a(values, "ConceptScheme")]
    if len(schemes) != 1:
        raise SchemeError(f"{path.name}: needs exactly one skos:ConceptScheme, has {len(schemes)}")
    return schemes[0]


def _concept(
    path: Path,
    iri: str,
    values: _Values,
    lists: Mapping[str, tuple[str, ...]],
    everywhere: tuple[str, ...],
    above: Mapping[str, str],
) -> Concept:
    def one(term: str, language: str) -> str:
        found = _texts(values[_SKOS + term], language)
        if len(found) != 1:
            raise SchemeError(f"{path.name}: {_name(iri)} needs exactly one skos:{term}@{language}, has {len(found)}")
        return found[0]

    def cues(term: str) -> tuple[Cue, ...]:
        try:
            return tuple(parse_cue(text.value, lists) for text in values[_ZL + term])
        except ValueError as error:
            raise SchemeError(f"{path.name}: {_name(iri)}: {error}") from error

    zh, broader = one("prefLabel", "zh"), above.get(iri, iri)
    labels = tuple(dict.fromkeys((zh, *_texts(values[_SKOS + "altLabel"], "zh"))))
    traps = (*(trap.value for trap in values[_ZL + "notLabel"]), *everywhere)
    if both := set(labels) & set(traps):
        raise SchemeError(f"{path.name}: {_name(iri)} has {min(both)!r} both as a label and as zl:notLabel")
    return Concept(
        id=_name(iri),
        zh=zh,
        en=one("prefLabel", "en"),
        area=_name(above.get(broader, broader)),
        definition_zh=one("definition", "zh"),
        definition_en=one("definition", "en"),
        labels=labels,
        traps=traps,
        cues=cues("cue"),
        denials=cues("notCue"),
        hints=tuple(word for cue in cues("hint") for word in cue.parts[0].words),
        related=tuple(_name(other.value) for other in values[_SKOS + "related"]),
        broader=_name(broader) if broader in above else None,
    )


def _refuse_shared_labels(path: Path, concepts: Iterable[Concept]) -> None:
    owners: dict[str, str] = {}
    for concept in concepts:
        for label in concept.labels:
            owner = owners.setdefault(label, concept.id)
            if owner != concept.id:
                raise SchemeError(f"{path.name}: {label!r} is a label of both {owner} and {concept.id}")


def _texts(literals: Iterable[ox.NamedNode | ox.Literal], language: str) -> list[str]:
    return [text.value for text in literals if isinstance(text, ox.Literal) and text.language == language]


def _is_a(values: _Values, kind: str) -> bool:
    return any(value.value == _SKOS + kind for value in values[_TYPE])


def _name(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
