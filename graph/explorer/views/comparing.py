"""Places side by side, and the places most like one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log2

from graph.analysis.chance import FALSE
from graph.analysis.profiles import STRENGTH
from graph.analysis.quotes import Quote
from graph.analysis.similarity import similar
from graph.analysis.spread import STATUSES
from graph.analysis.surprise import Surprise
from graph.errors import Misnamed
from graph.explorer.catalogue import LEVELS
from graph.explorer.knowledge import Knowledge
from graph.explorer.page import Cell, Link, Page, Table, with_query
from graph.explorer.words import Words
from graph.index.told import ADMITTED
from graph.naming import Place, find_place, find_province

MOST_PLACES = 5


def compare(known: Knowledge, words: Words, asked: Sequence[str]) -> Page:
    """Two to five places: which of them practise, plan or lack what, and which weaknesses each admits."""
    asked = [word.strip() for word in asked if word.strip()][:MOST_PLACES]
    found, misnamed = _find(known, asked)
    chosen = [*dict.fromkeys(found.values())]
    catalogue = known.catalogue
    data = {
        "places": [{"iri": place.iri, "name": place.full_name, "code": place.code} for place in chosen],
        "unknown": [words.misnamed(error) for error in misnamed],
        "most": MOST_PLACES,
        "_fields": [*(found[word].full_name if word in found else word for word in asked), *[""] * MOST_PLACES],
        "_misnamed": [(words.misnamed(error), _instead(asked, error)) for error in misnamed],
    }
    if len(chosen) < 2:
        return Page("compare.html", words("compare"), data)

    said = {place.iri: _said_by(known, place) for place in chosen}

    def status(thing: str, place: Place) -> Cell:
        for each in (*STATUSES, ADMITTED):
            if to := said[place.iri].get((thing, each)):
                return Link(words(f"status.{each}"), to, each)
        return "–"

    tables = {}
    for kind in ("mechanism", "weakness", "practice"):
        rows = []
        for thing in catalogue.of_kind(kind):
            cells = [status(thing.iri, place) for place in chosen]
            if set(cells) != {"–"}:
                above = (
                    known.label(thing.broader if kind == "practice" else thing.area, words.language)
                    if thing.broader or thing.area
                    else ""
                )
                rows.append(
                    (
                        thing.broader if kind == "practice" else thing.area,
                        -len([cell for cell in cells if cell != "–"]),
                        (Link(thing.name(words.language), thing.iri), above, *cells),
                    )
                )
        rows.sort(key=lambda row: row[:2])
        heads = (kind, "area", *(f"place:{place.name}" for place in chosen))
        tables[kind] = Table(heads, [cells for _, _, cells in rows])
    return Page("compare.html", words("compare"), data, tables)


def _said_by(known: Knowledge, place: Place) -> dict[tuple[str, str], str]:
    """Where a place's reports say what of which thing: by thing and status the sentence of the latest report."""
    reports = [known.catalogue.reports[number].iri for number in known.catalogue.of_place(place.iri)]
    found = known.findings(reports, quoted=False, kinds=("adoption", "deficiency"))
    found.sort(key=lambda each: (reports.index(each.report), -each.start))  # so that the first of the latest stays
    return {(each.thing, each.status or ADMITTED): known.evidence(each).to for each in found}


def _find(known: Knowledge, asked: Iterable[str]) -> tuple[dict[str, Place], list[Misnamed]]:
    """The place that each word means, and what is wrong with those that mean none."""
    found: dict[str, Place] = {}
    misnamed = []
    for word in dict.fromkeys(asked):
        try:
            found[word] = find_place(known.catalogue.places.values(), word)
        except Misnamed as error:
            misnamed.append(error)
    return found, misnamed


def _instead(asked: Iterable[str], error: Misnamed) -> list[Link]:
    """What may be meant by a name, each with the comparison in which it takes the name's place."""
    return [
        Link(shown, with_query("/compare", place=[each if word == error.asked else word for word in asked]))
        for each, shown in error.meant.items()
    ]


def alike(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """The places most like one, by the weaknesses that they admit or, with `by` = mechanism, by what they practise."""
    asked, by = choice.get("place", "").strip(), "mechanism" if choice.get("by") == "mechanism" else "weakness"
    level = choice.get("level", "") if choice.get("level") in LEVELS else ""
    data: dict[str, object] = {"asked": asked, "by": by, "strength": STRENGTH}
    data |= {"level": level, "province": choice.get("province", "").strip()}
    if not asked:
        return Page("similar.html", words("similar"), data)
    return (
        _alike_in_practice(known, words, asked, data)
        if by == "mechanism"
        else _alike_in_weakness(known, words, asked, data)
    )


def _alike_in_practice(known: Knowledge, words: Words, asked: str, data: dict[str, object]) -> Page:
    """By the mechanisms that both practise, each weighing as many bits as it is rare among all places."""
    places = known.catalogue.places
    place = find_place(places.values(), asked)
    level, province = str(data["level"]), str(data["province"])
    province = find_province(places.values(), province) if province else ""
    holders = known.holders
    weights = {iri: -log2((len(having) + 1) / (len(known.catalogue.places) + 2)) for iri, having in holders.items()}
    mine = {iri for iri, having in holders.items() if place.iri in having}
    common: defaultdict[str, float] = defaultdict(float)
    whole: defaultdict[str, float] = defaultdict(float)
    for iri, having in holders.items():
        for other in having:
            whole[other] += weights[iri]
            if iri in mine:
                common[other] += weights[iri]
    scores = {
        other: shared / (whole[place.iri] + whole[other] - shared)
        for other, shared in common.items()
        if other != place.iri and places[other].is_among(level, province)
    }
    best = sorted(scores, key=lambda other: (-scores[other], other))[:10]
    shared = {
        other: sorted((iri for iri in mine if other in holders[iri]), key=lambda iri: (-weights[iri], iri))
        for other in best
    }
    data |= {
        "place": {"iri": place.iri, "name": place.full_name},
        "weighed": len(places),
        "likenesses": [
            {
                "place": {"iri": other, "name": places[other].full_name, "code": places[other].code},
                "score": scores[other],
                "shared": [
                    {"iri": iri, "name": known.label(iri, words.language), "bits": weights[iri]}
                    for iri in shared[other]
                ],
            }
            for other in best
        ],
    }
    rows = [
        (
            Link(places[other].full_name, other),
            round(scores[other], 3),
            Link(known.label(iri, words.language), iri),
            round(weights[iri], 3),
        )
        for other in best
        for iri in shared[other]
    ]
    title = words("similar.practice", place=place.full_name)
    return Page("similar.html", title, data, {"similar": Table(("place", "likeness", "shared", "bits"), rows)})


def _alike_in_weakness(known: Knowledge, words: Words, asked: str, data: dict[str, object]) -> Page:
    """By the weaknesses that both admit, the causes they give and the mechanisms concerned, with both sentences."""
    level, province = str(data["level"]), str(data["province"])
    found = similar(
        known.store,
        asked,
        profiles=known.profiles,
        known=known.catalogue.places,
        said=known.said,
        level=level,
        province=province,
        chance=known.chance,
    )
    surprises = [like.surprise for like in found.likenesses if like.surprise]
    data |= {
        "compared": found.compared,
        "beyond": sum(each.fdr <= FALSE for each in surprises) if surprises else None,
        "place": {"iri": found.place.iri, "name": found.place.full_name},
        "weighed": found.known,
        "likenesses": [
            {
                "place": {"iri": like.place.iri, "name": like.place.full_name, "code": like.place.code},
                "score": like.score,
                "chance": _chance(like.surprise),
                "beyond": bool(like.surprise and like.surprise.fdr <= FALSE),
                "shared": [
                    {
                        "iri": shared.concept,
                        "name": known.label(shared.concept, words.language),
                        "bits": shared.weight,
                        "roles": [shared.my_role, shared.their_role],
                        "mine": [_said(each) for each in shared.mine],
                        "theirs": [_said(each) for each in shared.theirs],
                    }
                    for shared in like.shared
                ],
            }
            for like in found.likenesses
        ],
    }
    table = Table(
        ("place", "likeness", "p", "expected.alike", "fdr", "shared", "bits"),
        [
            (
                Link(like.place.full_name, like.place.iri),
                round(like.score, 3),
                *(_chance(like.surprise) or dict.fromkeys(("p", "expected", "fdr"), "")).values(),
                Link(known.label(shared.concept, words.language), shared.concept),
                shared.weight,
            )
            for like in found.likenesses
            for shared in like.shared
        ],
    )
    return Page("similar.html", words("similar.of", place=found.place.full_name), data, {"similar": table})


def _chance(surprise: Surprise | None) -> dict[str, str] | None:
    """How unusual a likeness is, in as many digits as mean anything."""
    if surprise is None:
        return None
    return {"p": f"{surprise.p:.2g}", "expected": f"{surprise.expected:.2g}", "fdr": f"{surprise.fdr:.2g}"}


def _said(each: Quote) -> dict[str, object]:
    return {"report": each.report, "year": each.year, "quote": each.text, "to": each.to}
