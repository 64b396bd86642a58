"""The network of spread of a graph: what came from above is told first, and the rest is asked who followed whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graph.analysis.adoption import Adoptions
from graph.analysis.cascades import cascades
from graph.analysis.diffusion import Diffusion, diffusion
from graph.analysis.mandates import Asked, Mandate, mandates, top_down
from graph.naming import find_province

CAUTION = (
    "A line says that one place first reports mechanisms in the years after another more often than chance explains, "
    "not that it learned from it: both may have learned from a third that does not report. A first mention is no "
    "first use, and silence is not absence."
)


@dataclass(frozen=True, slots=True)
class Spreading:
    """The network among the places of a level and a province ("" for all), and how what documents ask for was taken up.

    `excluded` are the things that came from above and are not in the network; `names` are those of all things.
    """

    level: str
    province: str
    caution: str
    mandates: tuple[Mandate, ...]
    excluded: tuple[str, ...]
    network: Diffusion
    names: Mapping[str, str]


def spreading(
    table: Adoptions,
    names: Mapping[str, str],
    asked: Collection[Asked],
    level: str = "",
    province: str = "",
    mandated: bool = False,
    samples: int = 0,
    seed: int = 0,
) -> Spreading:
    """The network of spread of a table, or of its places of a level and a province (its name or code of two digits).

    With `mandated` it is also of what came from above. UnknownThing where no place lies in the province.
    """
    province = find_province(table.places, province) if province else ""
    told = mandates(cascades(table, names.keys(), level, province), asked)
    excluded = frozenset() if mandated else top_down(told)
    network = diffusion(cascades(table, names.keys() - excluded, level, province), samples, seed)
    return Spreading(level, province, CAUTION, tuple(told), tuple(sorted(excluded)), network, names)
