"""Outline → the office that reports: its division, its department, its name.

Steps, each of which may leave several divisions; only the last one compares:
1. The subject: the name by which the office calls itself (title, sign-off, index card, opening, breadcrumbs; see
   `extract/office/offices.py`). Its innermost division's readings are the candidates; 永嘉 in `永嘉人民政府三江街道办事处`
   has already ruled out the other 三江街道. Without such a name: the divisions of the rank that the report speaks of
   as its own (我县, 全州) which the text names.
2. Other names of the same office rule out readings that they contradict (index card `会城街道`, sign-off
   `新会区会城街道办事处`).
3. Rank: 我镇 is no 街道; 县委、县政府 above a township are a 县's.
4. Evidence: every other division that the text names counts once, at its weightiest place (weights in
   `extract/office/places.py`), divided by the root of the number of its readings. It speaks for a candidate fully if it is
   above it or inside its county (its own townships, its neighbours), half if it is a county of the same prefecture.
   The best candidate is taken if it has at least `ENOUGH` and twice as much as the next.
Otherwise the jurisdiction stays unresolved and says which candidates are left.

The host of a page is not the issuer: it only counts as evidence. A development zone has the code of the county that
it lies in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from extract.office.hosts import host_places
from extract.office.offices import OfficeName, find_offices, read_office
from extract.office.places import HEAD, ORGAN, Place, find_places
from extract.office.ranks import RANKS, has_rank, own_rank, speaks_as_department, superior_rank, under_rank
from extract.outline import Outline
from extract.records import Jurisdiction
from ontology.divisions import Divisions

# Two townships of the same county whose names are common, or one whose name only another one shares.
ENOUGH = 0.6
# Without a name of its own: an organ of the place (怀宁县人民法院), or its name and one of its parts.
ENOUGH_WITHOUT_NAME = 2.0
_ADDRESSEE = re.compile(r"[^。；\n]{2,40}[:：]\s*\n")
# 霞浦县水利局党组, 《霞浦县水利局重大行政决策程序规定》
_OWN_BUREAU = re.compile(r"([\u4e00-\u9fff]{2,14}?局)(?:党组|党委)|《([\u4e00-\u9fff]{2,14}?局)")
# 法治石牌, “平安怀宁”: slogans that hold the place's own name.
_SLOGAN = re.compile(r"(?:法治|平安|清廉|清风|信用|幸福|美丽)([\u4e00-\u9fff]{2,3})(?=[”\"』」、，,。建])")
Names = list[tuple[str, OfficeName]]


@dataclass(frozen=True, slots=True)
class Office:
    """Who reports. `department` is None where the government itself does; `issuer` is the body's name as printed."""

    jurisdiction: Jurisdiction
    department: str | None
    issuer: str | None


def find_office(outline: Outline, divisions: Divisions, hints: Sequence[str] = ()) -> Office:
    """The reporting office; `hints` come from outside the text and may name places: file name, title, address."""
    names = list(find_offices(outline, divisions))
    subject = _subject(names, divisions)
    body = outline.body.of(outline.text)
    rank = own_rank(body)
    places = _places(outline, divisions, hints)
    if subject and subject.place:
        candidates = _of_rank(_agreed(subject, names), subject, rank, body, divisions)
    else:
        said = next((name.kind for _, name in names if name.kind), None)
        candidates = _by_rank(said or rank, places, outline, divisions)
    if subject and subject.is_zone:
        candidates = _counties(candidates, divisions)
    jurisdiction = _decide(tuple(_county_of_zone(code, divisions) for code in candidates), subject, places, divisions)
    return Office(jurisdiction, _department(subject, names, body, divisions), _issuer(subject, names))


def _subject(names: Names, divisions: Divisions) -> OfficeName | None:
    """The name that says most plainly who reports: the title's, or the sign-off's where that lies within it."""
    placed = [(source, name) for source, name in names if name.codes]
    if not placed:
        return next((name for _, name in names), None)
    first = placed[0][1]
    for source, name in placed[1:]:
        deeper = min(map(len, name.codes)) > max(map(len, first.codes))
        if source == "sign-off" and deeper and any(code.startswith(first.codes) for code in name.codes):
            return name
    return first


def _agreed(subject: OfficeName, names: Names) -> tuple[str, ...]:
    """The subject's readings that the other names of the office do not contradict."""
    left = subject.codes
    for _, name in names:
        same = tuple(code for code in left if code in name.codes and name.place.startswith(subject.place))
        within = tuple(code for code in left if name.codes and code.startswith(name.codes))
        left = same or within or left
    return left


def _of_rank(
    codes: tuple[str, ...], subject: OfficeName, rank: str | None, body: str, divisions: Divisions
) -> tuple[str, ...]:
    """The readings that fit the ranks that the report speaks of; all of them where none fits."""
    # A bureau is a county's or a higher place's, unless a township is plainly named.
    governed = tuple(code for code in codes if len(code) < 9) if subject.department else ()
    left = governed or codes
    if rank and not divisions.named(subject.place):
        left = tuple(code for code in left if has_rank(divisions[code], rank)) or left
    above = superior_rank(body)
    if above and all(len(code) == 9 for code in left):
        left = tuple(code for code in left if under_rank(divisions[code], above, divisions)) or left
    return left


def _by_rank(rank: str | None, places: list[Place], outline: Outline, divisions: Divisions) -> tuple[str, ...]:
    """The divisions of a rank that the text names, by full name or in a slogan (法治石牌)."""
    if rank not in RANKS:
        found = {code for place in places for code in place.codes if rank and divisions[code].name.endswith(rank)}
        return tuple(sorted(found))
    slogans = {match[1] for match in _SLOGAN.finditer(outline.text)}
    codes = {code for slogan in slogans for code in divisions.called(slogan)}
    codes |= {code for place in places if place.weight for code in place.codes if len(place.codes) < 9}
    return tuple(sorted(code for code in codes if has_rank(divisions[code], rank)))


def _counties(codes: tuple[str, ...], divisions: Divisions) -> tuple[str, ...]:
    """Where a zone can lie whose name begins with these divisions: in their county, or in a prefecture's counties."""
    found = [divisions.ancestor_codes(code)[-1] if len(code) == 9 else code for code in codes]
    return tuple(
        below
        for code in found
        for below in ([code] if len(code) == 6 else divisions.descendants(code))
        if len(below) == 6 and not divisions[below].is_zone
    )


def _county_of_zone(code: str, divisions: Divisions) -> str:
    """A township-level zone reports with its county's code."""
    return divisions.ancestor_codes(code)[-1] if len(code) == 9 and divisions[code].is_zone else code


def _places(outline: Outline, divisions: Divisions, hints: Sequence[str]) -> list[Place]:
    """The places named in the text and in the hints; letterhead, addressee and sign-off weigh as such."""
    text, body = outline.text, outline.body
    head = [(0, body.start), (max(body.start, body.end - 60), body.end)]
    if match := _ADDRESSEE.match(text, body.start):
        head.append(match.span())
    outside = [place for hint in hints for place in (*find_places(hint, divisions), *host_places(hint))]
    return find_places(text, divisions, tuple(head)) + outside


def _decide(
    codes: tuple[str, ...], subject: OfficeName | None, places: list[Place], divisions: Divisions
) -> Jurisdiction:
    """The one candidate, or the one for which the evidence speaks clearly; else unresolved with what is left."""
    candidates = tuple(dict.fromkeys(codes))
    own = subject.place if subject else ""
    scores = {code: _evidence(code, places, own, divisions) for code in candidates}
    ranked = sorted(candidates, key=lambda code: (-scores[code], code))
    if not ranked:
        return Jurisdiction()
    best, rest = ranked[0], ranked[1:]
    alone = not rest and bool(own)
    if alone and scores[best] == 0 and _contradicted(best, places, own):
        return Jurisdiction(candidates=(best,))
    enough = ENOUGH if own else ENOUGH_WITHOUT_NAME
    if alone or (scores[best] >= enough and (not rest or scores[best] >= 2 * scores[rest[0]])):
        division = divisions[best]
        return Jurisdiction(best, division.path, division.level)
    left = [code for code in ranked if scores[code] * 2 > scores[best]] if scores[best] >= ENOUGH else ranked
    return Jurisdiction(candidates=tuple(sorted(left)))


def _evidence(code: str, places: list[Place], own: str, divisions: Divisions) -> float:
    """What the places named speak for a candidate, each name once."""
    weights: dict[str, float] = {}
    for place in places:
        if place.name != own:
            share = max(_relation(code, other, divisions) for other in place.codes)
            weight = place.weight * share / sqrt(len(place.codes))
            weights[place.name] = max(weight, weights.get(place.name, 0.0))
    return sum(weights.values())


def _relation(code: str, other: str, divisions: Divisions) -> float:
    """1 if the other division is the candidate, above it or in its county; ½ for a county of the same prefecture."""
    if code.startswith(other) or other.startswith(code):
        return 1.0
    county = code[:6] if code[:6] in divisions else code[:4]
    if len(code) >= 6 and other.startswith(county):
        return 1.0
    if len(code) >= 6 and other.startswith(code[:4]) and code[:4] in divisions:
        return 0.5 if len(other) == 6 else 0.25
    return 0.0


def _contradicted(code: str, places: list[Place], own: str) -> bool:
    """Whether a county elsewhere stands in the letterhead, or its organs in the text, and none of the candidate's."""
    return any(
        place.weight >= ORGAN
        and place.name != own
        and len(place.codes) == 1
        and len(place.codes[0]) == 6
        and not code.startswith(place.codes[0][:4])
        for place in places
    ) and not any(place.weight >= HEAD and code.startswith(place.codes) for place in places if place.name != own)


def _department(subject: OfficeName | None, names: Names, body: str, divisions: Divisions) -> str | None:
    """The department of the office's own name; that of a sign-off or card only if the report speaks as one (我局)."""
    titled = [name for source, name in names if source in ("title", "byline")]
    if titled:
        return titled[0].department
    if subject and subject.department and subject.is_body and subject.department != "司法局":
        return subject.department
    if not speaks_as_department(body):
        return None
    signed = (name.department for _, name in names if name.department)
    return next(signed, None) or next(_bureaus(body, divisions), None)


def _bureaus(body: str, divisions: Divisions) -> Iterator[str]:
    """Departments named by their party groups or as authors of documents."""
    for match in _OWN_BUREAU.finditer(body):
        if (name := read_office(match[1] or match[2], divisions)) and name.department and len(name.department) > 2:
            yield name.department


def _issuer(subject: OfficeName | None, names: Names) -> str | None:
    """The issuing body as printed: the sign-off's name, the title's, another one; a bare place where there is none."""
    if subject is None:
        return None
    own = [(source, name) for source, name in names if not subject.place or set(name.codes) & set(subject.codes)]
    for wanted in ("sign-off", "title", "byline", "opening", "card"):
        for source, name in own:
            fits = name.department == subject.department or (source == "sign-off" and not subject.is_body)
            if source == wanted and name.is_body and fits:
                return name.text
    return subject.text
