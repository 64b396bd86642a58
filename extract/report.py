"""A document → its report: the rules, run in order, and the record that `zhili extract` prints."""

import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from extract.deficiencies import find_deficiencies
from extract.errors import NotAReport
from extract.genre import other_genre
from extract.mechanisms import find_adoptions, find_mentions, name_mechanism
from extract.mending import mend
from extract.numbers.indicators import find_observations
from extract.office.dates import find_published, find_year
from extract.office.jurisdictions import find_office
from extract.outline import Outline, read_outline
from extract.plans import find_plans
from extract.practices import find_practices
from extract.reading import Document, decode
from extract.records import Evidence, Report
from extract.unread import find_unread
from extract.weaknesses import classify
from ontology.divisions import divisions
from ontology.vocabulary import Vocabulary, load_vocabulary


def read_report(document: Document, *, force: bool = False) -> Report:
    """The report that a document holds.

    Raises ReadingError (extract.errors): the document is empty, no text or, unless `force`, no such report.
    """
    outline = read_outline(mend(decode(document)))
    if not force and (genre := other_genre(outline)):
        raise NotAReport(document.name, f"not an annual rule-of-law report but {genre}", "leave it out, or use --force")
    return _report(document, outline, load_vocabulary())


def _report(document: Document, outline: Outline, vocabulary: Vocabulary) -> Report:
    text = outline.text

    def mechanisms_of(slice_: Evidence) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(found.concept for found in find_mentions(text, slice_.start, slice_.end, vocabulary))
        )

    def mechanism_of(start: int, end: int) -> str | None:
        return name_mechanism(text, start, end, vocabulary)

    observations = tuple(find_observations(outline, mechanism_of))
    deficiencies = tuple(find_deficiencies(outline, partial(classify, vocabulary=vocabulary), mechanisms_of))
    office = find_office(outline, divisions(), document.hints)
    return Report(
        source=_portable(document.name),
        sha256=document.sha256,
        text=text,
        title=outline.title.of(text).replace("\n", "") if outline.title else None,
        jurisdiction=office.jurisdiction,
        department=office.department,
        issuer=office.issuer,
        year=find_year(outline),
        published=find_published(outline),
        sections=outline.sections,
        adoptions=tuple(find_adoptions(outline, vocabulary)),
        practices=tuple(find_practices(outline, vocabulary, lambda clause: mechanism_of(clause.start, clause.end))),
        observations=observations,
        deficiencies=deficiencies,
        plans=tuple(find_plans(outline, mechanisms_of)),
        unread=tuple(find_unread(outline, observations, deficiencies)),
    )


def _portable(name: str) -> str:
    """A document's name without what it tells of this machine: of an absolute path, the last part."""
    return Path(name).name if Path(name).is_absolute() else name


def record(report: Report) -> dict[str, Any]:
    """The report as JSON-able data; wherever there is a `quote` there are its offsets `start` and `end` in the text.

    A mechanism or practice that several sentences speak of carries the first one's quote.
    """
    text = report.text
    place = report.jurisdiction

    def quoted(evidence: Evidence) -> dict[str, Any]:
        return {"quote": evidence.of(text), "start": evidence.start, "end": evidence.end}

    return {
        "file": report.source,
        "sha256": report.sha256,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "title": report.title,
        "jurisdiction": {
            "code": place.code,
            "path": list(place.path),
            "level": place.level,
            "candidates": list(place.candidates),
        },
        "department": report.department,
        "issuer": report.issuer,
        "year": report.year,
        "published": report.published,
        "sections": [{"role": s.role, "heading": s.heading, **quoted(s.evidence)} for s in report.sections],
        "mechanisms": [
            {"id": a.mechanism, "status": a.status, **_sure(a.confidence), **quoted(a.evidence[0])}
            for a in report.adoptions
        ],
        "practices": [
            {"name": p.name, "broader": p.broader, "status": p.status, **_sure(p.confidence), **quoted(p.evidence[0])}
            for p in report.practices
        ],
        "indicators": [
            {
                "name": o.name,
                "value": float(o.value) if o.value % 1 else int(o.value),
                "unit": o.unit,
                "qualifier": o.qualifier,
                "change": o.change,
                "mechanism": o.mechanism,
                **_sure(o.confidence),
                **quoted(o.evidence),
            }
            for o in report.observations
        ],
        "deficiencies": [
            {
                "statement": d.statement,
                "categories": list(d.categories),
                "causes": [
                    {"statement": c.statement, "categories": list(c.categories), **quoted(c.evidence)} for c in d.causes
                ],
                "mechanisms": list(d.mechanisms),
                **_sure(d.confidence),
                **quoted(d.evidence),
            }
            for d in report.deficiencies
        ],
        "plans": [
            {"statement": p.statement, "mechanisms": list(p.mechanisms), **quoted(p.evidence)} for p in report.plans
        ],
        "unread": [{"why": u.why, **quoted(u.evidence)} for u in report.unread],
    }


def _sure(confidence: float) -> dict[str, float]:
    """The confidence where a rule is unsure; nothing where it is not."""
    return {"confidence": confidence} if confidence < 1 else {}
