"""Who takes up mechanisms after whom: the network of spread between places, inferred in the background."""

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Any

from graph.analysis.adoption import read_adoptions
from graph.analysis.diffusion import LEAST, NULLS, RELATIONS, Line
from graph.analysis.mandates import read_asked
from graph.analysis.spreading import Spreading, spreading
from graph.explorer.apart import Later
from graph.explorer.kept import kept
from graph.explorer.knowledge import Knowledge
from graph.explorer.page import Cell, Link, Page, Table
from graph.explorer.words import Words
from graph.naming import Place, mechanism_labels
from graph.store import Queryable

DRAWN = 80  # lines on the picture
_RADIUS, _MARGIN = 300, 190


def warm(known: Knowledge) -> None:
    """Begins to infer what a reader would else wait for."""
    _inferred(known).begin()


def network(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """The lines with their tests, how they cluster, and what came from above; or that it is not inferred yet.

    With a choice of level, province or relation only the lines that begin or end there, or are such, are shown.
    """
    found = _inferred(known).get()
    if found is None:
        return Page("network.html", words("network"), {"waiting": True})
    result = found.network
    level, province, relation = (choice.get(name, "").strip() for name in ("level", "province", "relation"))
    lines = tuple(
        line
        for line in result.lines
        if any(place.is_among(level, province) for place in (line.source, line.target))
        and relation in ("", line.relation)
    )
    drawn = lines[:DRAWN]
    data = {
        "waiting": False,
        "places": result.places,
        "things": result.things,
        "dated": result.dated,
        "years": list(result.years),
        "least": list(LEAST),
        "few": bool(result.too_little),
        "tested": sum(result.tested.values()),
        "left": sum(result.left.values()),
        "samples": result.samples,
        "beyond": result.beyond,
        "found": len(result.lines),
        "choice": {"level": level, "province": province, "relation": relation},
        "_relations": RELATIONS,
        "chosen": len(lines),
        "excluded": len(found.excluded),
        "drawn": len(drawn),
        "_picture": _picture(drawn),
        "_size": 2 * (_RADIUS + _MARGIN),
    }
    tables = {
        "lines": Table(
            ("from", "to", "relation", "follows", "times", "q", *(f"p.{null}" for null in NULLS)),
            [_line(words, line) for line in lines],
        ),
        "figures": Table(
            ("lines.share", "found", *(f"{what}.{null}" for null in NULLS for what in ("expected", "p"))),
            [
                (words(f"network.{each.name}"), round(each.observed, 3))
                + tuple(
                    value for null in NULLS for value in (round(each.trials[null].expected, 3), each.trials[null].p)
                )
                for each in result.figures
            ],
        ),
        "mandates": Table(
            ("mechanism", "above", "then", "first", "expected", "q", "jumping", "provinces", "document", "section"),
            [
                (
                    Link(known.label(each.asked.thing, words.language), each.asked.thing),
                    words("network.above" if each.top_down else "network.among"),
                    *(each.within, each.dated, each.expected, round(each.q, 4), each.jumping, each.provinces),
                    *(each.asked.document, each.asked.section),
                )
                for each in found.mandates
            ],
        ),
    }
    return Page("network.html", words("network"), data, tables)


@kept()
def _inferred(known: Knowledge) -> Later[Spreading]:
    return known.later(_infer, "spreading")


def _infer(store: Queryable) -> Spreading:
    return spreading(read_adoptions(store), mechanism_labels(store), read_asked(store))


def _line(words: Words, line: Line) -> tuple[Cell, ...]:
    trials = (line.trials[null] for null in NULLS)
    return (
        Link(line.source.full_name, line.source.iri),
        Link(line.target.full_name, line.target.iri),
        words(f"network.from.{line.relation}"),
        len(line.things),
        round(line.times, 2),
        round(line.q, 4),
        *(round(trial.p, 4) if trial else "" for trial in trials),
    )


def _picture(lines: tuple[Line, ...]) -> dict[str, Any]:
    """Places on a circle in the order of their codes, so that those of a province stand side by side, and the lines."""
    ends: dict[str, Place] = {place.code: place for line in lines for place in (line.source, line.target)}
    middle = _RADIUS + _MARGIN
    turn = {code: 2 * pi * at / len(ends) for at, code in enumerate(sorted(ends))}

    def spot(code: str, radius: float) -> tuple[float, float]:
        return round(middle + radius * cos(turn[code]), 1), round(middle + radius * sin(turn[code]), 1)

    names = []
    for code, place in ends.items():
        flip = cos(turn[code]) < 0
        x, y = spot(code, _RADIUS + 8)
        degrees = round(turn[code] * 180 / pi + (180 if flip else 0), 1)
        names.append({"text": place.name, "full": place.full_name, "to": place.iri, "x": x, "y": y})
        names[-1] |= {"turn": degrees, "anchor": "end" if flip else "start"}
    paths = []
    for line in lines:
        (x, y), (to_x, to_y) = spot(line.source.code, _RADIUS), spot(line.target.code, _RADIUS)
        # Bent towards the middle, the more the nearer the two are.
        bend_x, bend_y = round((x + to_x + middle) / 3, 1), round((y + to_y + middle) / 3, 1)
        paths.append({"path": f"M{x},{y} Q{bend_x},{bend_y} {to_x},{to_y}", "relation": line.relation})
    return {"names": names, "paths": paths}
