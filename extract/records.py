"""What a report says, one frozen dataclass for each thing that its reader would name.

Every record points into the report's text by offsets (`Evidence`), counted in Unicode code points;
`text[start:end]` is the quote. Records do no I/O and call no rules: rules make records, never the reverse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, Self

Role = Literal["achievements", "responsibility", "deficiencies", "plans", "other"]
Status = Literal["practised", "planned", "lacking"]
Level = Literal["province", "prefecture", "county", "township"]
Qualifier = Literal["exact", "at-least", "about", "nearly"]
Change = Literal["increase", "decrease"]


class _Slice(NamedTuple):
    start: int
    end: int


class Evidence(_Slice):
    """A slice of the report's text: the sentence, clause or passage that says so; a pair, since rules make so many."""

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        if not 0 <= start < end:
            raise ValueError(f"empty or negative evidence: {start}–{end}")
        return tuple.__new__(cls, (start, end))

    def of(self, text: str) -> str:
        """The quote."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Section:
    """A top-level part of the report; `evidence` covers its heading."""

    role: Role
    heading: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The division that reports.

    `code` is its statistical division code (2023): 2, 4, 6 or 9 digits for a province, prefecture, county or
    township; `path` its names from the province down. With several divisions left that fit, `code` is None,
    `path` empty and `candidates` holds the codes of those that are left.
    """

    code: str | None = None
    path: tuple[str, ...] = ()
    level: Level | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adoption:
    """A mechanism of the scheme that the report speaks of, and how: done, planned or admitted as lacking.

    `broader` is the mechanism that a narrower one (复议听证) stands under; the report has an adoption of that, too.
    """

    mechanism: str
    status: Status
    evidence: tuple[Evidence, ...]
    confidence: float = 1.0
    broader: str | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """A local brand or coined method with a name of its own; `broader` is a mechanism's id."""

    name: str
    broader: str | None
    status: Status
    evidence: tuple[Evidence, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Observation:
    """A number that says how much or how many of something was done, held or reached.

    `value` is a plain number in `unit`: 3.3万余人次 is 33000 人次, 2449万元 is 24490000 元, 九成 is 90 %.
    `name` is what is counted or measured; `mechanism` the id of the mechanism that it measures.
    """

    name: str
    value: Decimal
    unit: str
    qualifier: Qualifier
    change: Change | None
    mechanism: str | None
    evidence: Evidence
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason that the report gives for a shortcoming; `categories` are ids of the weakness scheme."""

    statement: str
    categories: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Deficiency:
    """A shortcoming that the report states of itself; `statement` is the shortest wording that names it."""

    statement: str
    categories: tuple[str, ...]
    causes: tuple[Cause, ...]
    mechanisms: tuple[str, ...]
    evidence: Evidence
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A measure for the coming year."""

    statement: str
    mechanisms: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that no rule understood: a clause with a number, or a sentence that names a shortcoming."""

    why: Literal["number", "shortcoming"]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Report:
    """One document: a jurisdiction's, or one of its departments', account of a year.

    `text` is the decoded, mended and simplified text that all offsets count in; `source` the file's name;
    `sha256` the digest of the file's bytes; `published` a date as YYYY-MM-DD.
    """

    source: str
    sha256: str
    text: str
    title: str | None
    jurisdiction: Jurisdiction
    department: str | None
    issuer: str | None
    year: int | None
    published: str | None
    sections: tuple[Section, ...] = ()
    adoptions: tuple[Adoption, ...] = ()
    practices: tuple[Practice, ...] = ()
    observations: tuple[Observation, ...] = ()
    deficiencies: tuple[Deficiency, ...] = ()
    plans: tuple[Plan, ...] = ()
    unread: tuple[Unread, ...] = ()

    def evidence(self) -> Iterator[Evidence]:
        """Every slice of the text that some record of the report points to."""
        mentions: tuple[Adoption | Practice, ...] = (*self.adoptions, *self.practices)
        statements: tuple[Section | Observation | Deficiency | Plan | Unread, ...] = (
            *self.sections,
            *self.observations,
            *self.deficiencies,
            *self.plans,
            *self.unread,
        )
        for mention in mentions:
            yield from mention.evidence
        for statement in statements:
            yield statement.evidence
        for deficiency in self.deficiencies:
            yield from (cause.evidence for cause in deficiency.causes)
