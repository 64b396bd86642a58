"""Places side by side, the places most like one, and the neighbourhood of a thing as a picture."""

from collections.abc import Mapping, Sequence

from graph.drawing import draw
from graph.errors import UnknownThing
from graph.explorer.knowledge import Knowledge
from graph.explorer.page import Cell, Link, Page, Table, with_query
from graph.explorer.words import Words
from graph.naming import Place, find_place
from graph.network import around as neighbourhood
from graph.network import kinds, partners, rank
from graph.similarity import STRENGTH, similar
from graph.spread import STATUSES

MOST_PLACES = 5
DRAWN = 150


def compare(known: Knowledge, words: Words, asked: Sequence[str]) -> Page:
    """Two to five places: which of them practise, plan or lack what, and which weaknesses each admits."""
    chosen, unknown = _find(known, asked)
    catalogue = known.catalogue
    numbers = {place.iri: set(catalogue.of_place(place.iri)) for place in chosen}
    data = {
        "places": [{"iri": place.iri, "name": place.full_name, "code": place.code} for place in chosen],
        "unknown": unknown,
        "most": MOST_PLACES,
    }
    if len(chosen) < 2:
        return Page("compare.html", words("compare"), data)

    def status(thing: str, place: Place) -> Cell:
        for each in (*STATUSES, "admitted"):
            if numbers[place.iri] & catalogue.stating(thing, each):
                return words(f"status.{each}")
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
                        thing.area,
                        -len([cell for cell in cells if cell != "–"]),
                        (Link(thing.name(words.language), thing.iri), above, *cells),
                    )
                )
        rows.sort(key=lambda row: row[:2])
        heads = (kind, "area", *(f"place:{place.name}" for place in chosen))
        tables[kind] = Table(heads, [cells for _, _, cells in rows])
    return Page("compare.html", words("compare"), data, tables)


def _find(known: Knowledge, asked: Sequence[str]) -> tuple[list[Place], list[str]]:
    """The places that are meant, and what was said of those that could not be found."""
    chosen: dict[str, Place] = {}
    unknown = []
    for word in [word for word in asked if word.strip()][:MOST_PLACES]:
        try:
            place = find_place(known.catalogue.places.values(), word)
            chosen[place.iri] = place
        except UnknownThing as error:
            unknown.append(str(error))
    return list(chosen.values()), unknown


def alike(known: Knowledge, words: Words, asked: str) -> Page:
    """The places whose admitted weaknesses are most like one's, with the reasons, their weights and both sentences."""
    data: dict[str, object] = {"asked": asked, "strength": STRENGTH}
    if not asked:
        return Page("similar.html", words("similar"), data)
    found = similar(known.store, asked, profiles=known.profiles)
    data |= {
        "place": {"iri": found.place.iri, "name": found.place.full_name},
        "weighed": found.known,
        "likenesses": [
            {
                "place": {"iri": like.place.iri, "name": like.place.full_name, "code": like.place.code},
                "score": like.score,
                "shared": [
                    {
                        "iri": shared.concept,
                        "name": known.label(shared.concept, words.language),
                        "bits": shared.weight,
                        "roles": [shared.my_role, shared.their_role],
                        "mine": [
                            {"report": each.report, "year": each.year, "quote": each.text} for each in shared.mine
                        ],
                        "theirs": [
                            {"report": each.report, "year": each.year, "quote": each.text} for each in shared.theirs
                        ],
                    }
                    for shared in like.shared
                ],
            }
            for like in found.likenesses
        ],
    }
    table = Table(
        ("place", "likeness", "shared", "bits"),
        [
            (
                Link(like.place.full_name, like.place.iri),
                round(like.score, 3),
                Link(known.label(shared.concept, words.language), shared.concept),
                shared.weight,
            )
            for like in found.likenesses
            for shared in like.shared
        ],
    )
    return Page("similar.html", words("similar.of", place=found.place.full_name), data, {"similar": table})


def neighbours(known: Knowledge, words: Words, thing: str, steps: int) -> Page:
    """What is within some steps of a thing, the best connected first; the picture beside it shows the first of these."""
    data: dict[str, object] = {"around": thing, "steps": steps, "drawn": DRAWN}
    if thing not in known.network:
        return Page("graph.html", words("graph"), data)
    near = neighbourhood(known.network, [thing], steps)
    count = partners(near)
    nodes = near.nodes
    language = words.language
    data |= {
        "name": nodes[thing][language],
        "nodes": len(near),
        "edges": near.number_of_edges(),
        "kinds": dict(kinds(near)),
    }
    rows = [
        (
            Link(nodes[node]["path"] or nodes[node][language], node),
            words(f"kind.{_kind(nodes[node]['kind'])}"),
            count[node],
            Link(words("graph.here"), with_query("/graph", around=node, steps=steps)),
        )
        for node in rank(near, {thing})
    ]
    return Page(
        "graph.html",
        words("graph.of", name=nodes[thing][language]),
        data,
        {"nodes": Table(("name", "kind", "links", "around"), rows)},
    )


def picture(known: Knowledge, thing: str, steps: int, language: str) -> str:
    """The interactive picture of a thing's neighbourhood as a page of its own."""
    return draw(
        known.network, title=known.network.nodes[thing]["zh"], around=thing, steps=steps, limit=DRAWN, language=language
    )


def _kind(kind: str) -> str:
    return "place" if kind == "jurisdiction" else kind


def wanted(choice: Mapping[str, str]) -> int:
    """How many steps the reader wants: one to three."""
    steps = choice.get("steps", "1")
    return int(steps) if steps in ("1", "2", "3") else 1
