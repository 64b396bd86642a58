"""What others did about a weakness, or about those that a place admits."""

from collections.abc import Mapping

from graph.analysis.responses import Histories, Responses, answer, latest, read_histories
from graph.explorer.apart import Later
from graph.explorer.kept import kept
from graph.explorer.knowledge import Knowledge, waited
from graph.explorer.page import Cell, Link, Page, Table
from graph.explorer.words import Words
from graph.naming import Place, find_place, find_weakness

_SHOWN = 5


def responses(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """The page of one weakness (`weakness`: its id or label), or of those that a `place` admits last, one at a time."""
    asked, where = choice.get("weakness", "").strip(), choice.get("place", "").strip()
    data: dict[str, object] = {"asked": asked, "where": where, "shown": _SHOWN, "weaknesses": []}
    if not asked and not where:
        return Page("responses.html", words("responses"), data)
    histories = waited(_histories(known), words)
    weaknesses = [find_weakness(known.store, asked)] if asked else []
    place: Place | None = None
    if where:
        place = find_place(known.catalogue.places.values(), where)
        admitted = latest(histories, place)
        weaknesses = weaknesses or admitted[:1]
        data["place"] = {"iri": place.iri, "name": place.full_name, "code": place.code}
        data["admitted"] = [{"iri": each, "name": known.label(each, words.language)} for each in admitted]
    labels = {iri: thing.name(words.language) for iri, thing in known.catalogue.things.items()}
    found = [answer(known.store, histories, known.catalogue.places, labels, each, place) for each in weaknesses]
    data["weaknesses"] = [_told(each) for each in found]
    rows: list[tuple[Cell, ...]] = [
        (
            Link(one.label, one.weakness),
            Link(each.label, each.mechanism),
            words(f"how.{each.how.split()[0]}"),
            *(each.planning, each.doing, each.doing_gone, each.others, each.others_gone),
            *("" if figure is None else round(figure, 3) for figure in (each.difference, each.low, each.high)),
            *("" if figure is None else f"{figure:.2g}" for figure in (each.p, each.fdr)),
        )
        for one in found
        for each in one.responses
    ]
    columns = ("weakness", "mechanism", "how", "planning", "doing", "doing.gone", "others", "others.gone")
    table = Table((*columns, "difference", "difference.low", "difference.high", "p", "fdr"), rows)
    title = words("responses.of", place=place.full_name) if place else words("responses.to", name=found[0].label)
    return Page("responses.html", title, data, {"responses": table})


def warm(known: Knowledge) -> None:
    """Begins to read what governments say year by year."""
    _histories(known).begin()


@kept()
def _histories(known: Knowledge) -> Later[Histories]:
    return known.later(read_histories, "histories")


def _told(found: Responses) -> dict[str, object]:
    return {
        "iri": found.weakness,
        "name": found.label,
        "admitting": found.admitting,
        "followed": found.followed,
        "gone": found.gone,
        "responses": [
            {
                "iri": each.mechanism,
                "name": each.label,
                "how": each.how.split()[0],
                "planning": each.planning,
                "doing": each.doing,
                "doing_gone": each.doing_gone,
                "others": each.others,
                "others_gone": each.others_gone,
                "difference": each.difference,
                "low": each.low,
                "high": each.high,
                "p": each.p,
                "fdr": each.fdr,
                "said": [
                    {
                        "place": {"iri": said.place.iri, "name": said.place.full_name},
                        "year": said.quote.year,
                        "quote": said.quote.text,
                        "to": said.quote.to,
                        "gone": said.gone,
                    }
                    for said in each.said
                ],
            }
            for each in found.responses[:_SHOWN]
        ],
    }
