"""Groups of places that admit alike."""

from graph.analysis.chance import FEWEST
from graph.analysis.groups import STABLE, Groups
from graph.analysis.groups import groups as find_groups
from graph.explorer.apart import Later
from graph.explorer.kept import kept
from graph.explorer.knowledge import Knowledge, waited
from graph.explorer.page import Cell, Link, Page, Table
from graph.explorer.words import Words


def groups(known: Knowledge, words: Words) -> Page:
    """The stable groups, the largest first: what tells each apart, and who is in it."""
    found = waited(_groups(known), words)
    data = {
        "places": found.places,
        "joined": found.joined,
        "pairs": found.pairs,
        "passing": found.passing,
        "agreement": found.agreement,
        "modularity": found.modularity,
        "fewest": FEWEST,
        "stable": STABLE,
        "groups": [
            {
                "number": number,
                "size": len(group.members),
                "stability": group.stability,
                "levels": dict(group.levels.most_common()),
                "provinces": dict(group.provinces.most_common()),
                "telling": [
                    {
                        "iri": each.concept,
                        "kind": known.kind(each.concept),
                        "name": known.label(each.concept, words.language),
                        "inside": each.inside,
                        "outside": each.outside,
                    }
                    for each in group.telling
                ],
            }
            for number, group in enumerate(found.groups, 1)
        ],
    }
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            Link(member.place.full_name, member.place.iri),
            words(f"level.{member.place.level}"),
            member.share,
        )
        for number, group in enumerate(found.groups, 1)
        for member in group.members
    ]
    return Page("groups.html", words("groups"), data, {"members": Table(("group", "place", "level", "stays"), rows)})


def warm(known: Knowledge) -> None:
    """Begins to find them."""
    _groups(known).begin()


@kept()
def _groups(known: Knowledge) -> Later[Groups]:
    return known.later(find_groups, "groups")
