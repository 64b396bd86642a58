"""Report → the record that `zhili extract` prints: JSON-able data, a quote with its place wherever there is one."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, TypeVar

from extract.records import Adoption, Cause, Deficiency, Evidence, Observation, Practice, Report

Item = dict[str, Any]
_Finding = TypeVar("_Finding", Adoption, Practice, Observation, Deficiency)


def record(report: Report, confidence: float = 0.0) -> Item:
    """The report as data; wherever there is a `quote` there are its offsets `start` and `end` in the text.

    Findings of less confidence than `confidence` (0 to 1) are left out; one that is not sure carries its own. A
    mechanism or practice that several sentences speak of carries the first one's quote.
    """
    text, place = report.text, report.jurisdiction
    return {
        "file": report.source,
        "sha256": report.sha256,
        "text_sha256": sha256(text.encode()).hexdigest(),
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
        "sections": [{"role": s.role, "heading": s.heading, **_quoted(text, s.evidence)} for s in report.sections],
        "mechanisms": _mechanisms(text, _sure(report.adoptions, confidence)),
        "practices": [_practice(text, each) for each in _sure(report.practices, confidence)],
        "indicators": [_indicator(text, each) for each in _sure(report.observations, confidence)],
        "deficiencies": [_deficiency(text, each) for each in _sure(report.deficiencies, confidence)],
        "plans": [
            {"statement": p.statement, "mechanisms": list(p.mechanisms), **_quoted(text, p.evidence)}
            for p in report.plans
        ],
        "unread": [{"why": each.why, **_quoted(text, each.evidence)} for each in report.unread],
    }


def _sure(findings: Iterable[_Finding], confidence: float) -> list[_Finding]:
    return [finding for finding in findings if finding.confidence >= confidence]


def _quoted(text: str, evidence: Evidence, confidence: float = 1.0) -> Item:
    doubt = {"confidence": confidence} if confidence < 1 else {}
    return {**doubt, "quote": evidence.of(text), "start": evidence.start, "end": evidence.end}


def _mechanisms(text: str, adoptions: list[Adoption]) -> list[Item]:
    """The mechanisms, each with the narrower ones that the report speaks of under `narrower`."""
    found = {each.mechanism: _mechanism(text, each) for each in adoptions if each.broader is None}
    for each in adoptions:
        if each.broader in found:
            found[each.broader].setdefault("narrower", []).append(_mechanism(text, each))
    return list(found.values())


def _mechanism(text: str, adoption: Adoption) -> Item:
    quoted = _quoted(text, adoption.evidence[0], adoption.confidence)
    return {"id": adoption.mechanism, "status": adoption.status, **quoted}


def _practice(text: str, practice: Practice) -> Item:
    quoted = _quoted(text, practice.evidence[0], practice.confidence)
    return {"name": practice.name, "broader": practice.broader, "status": practice.status, **quoted}


def _indicator(text: str, seen: Observation) -> Item:
    return {
        "name": seen.name,
        "value": float(seen.value) if seen.value % 1 else int(seen.value),
        "unit": seen.unit,
        "qualifier": seen.qualifier,
        "change": seen.change,
        "mechanism": seen.mechanism,
        **_quoted(text, seen.evidence, seen.confidence),
    }


def _deficiency(text: str, found: Deficiency) -> Item:
    return {
        "statement": found.statement,
        "categories": list(found.categories),
        "causes": [_cause(text, cause) for cause in found.causes],
        "mechanisms": list(found.mechanisms),
        **_quoted(text, found.evidence, found.confidence),
    }


def _cause(text: str, cause: Cause) -> Item:
    return {"statement": cause.statement, "categories": list(cause.categories), **_quoted(text, cause.evidence)}
