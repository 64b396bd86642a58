"""What goes together, in groups and across them; and what places like one have that it does not.

The groups are those of the backbone (`graph.analysis.backbone`), whose lines are pairs of mechanisms beyond chance.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.analysis.adoption import Adoptions, State
from graph.analysis.backbone import Backbone, backbone
from graph.analysis.communities import Communities, communities
from graph.naming import Place

PEERS = 20  # places like one that are asked
FEWEST_PEERS = 5
_COMMON = 0.4  # of the peers that practise what is told to one who does not
_CLOSE_LENGTHS = 2.0  # reports up to twice as long, or as short, are similarly long

States = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class CoAdoption:
    """Which mechanisms go together: the pairs beyond chance, and the groups that these make."""

    backbone: Backbone
    communities: Communities


def coadoption(holders: Mapping[str, Collection[str]]) -> CoAdoption:
    """The backbone of what the places in `holders` practise, by mechanism, in groups; a pair weighs as much as its score."""
    pairs = backbone(holders)
    return CoAdoption(pairs, communities([(pair.one, pair.other, pair.score) for pair in pairs.pairs]))


@dataclass(frozen=True, slots=True)
class Peer:
    """A place like one: how alike the profiles of practised mechanisms are (0 to 1), and whether it is of the province."""

    place: Place
    likeness: float
    near: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """A mechanism that places like one practise and it does not.

    `practising` of all `peers` do, and `others` of all `base` places of its level; `lift` is the first share over the
    second. `state` is what the place says of it: lacking, planned, or silent, which is not lacking.
    """

    thing: str
    state: str
    practising: int
    peers: int
    others: int
    base: int
    lift: float
    examples: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Lacks:
    """What a place like one has that it lacks, the highest lift first, and by which places that is told.

    With fewer than FEWEST_PEERS like it nothing is told. `reported` is whether there is a report of its government's own.
    """

    place: Place
    reported: bool
    practised: int
    same_level: int
    peers: tuple[Peer, ...]
    missing: tuple[Missing, ...]

    @property
    def too_few(self) -> bool:
        """Whether there are too few places like it to tell anything."""
        return len(self.peers) < FEWEST_PEERS


def holders(table: Adoptions, things: Sequence[str]) -> dict[str, set[str]]:
    """The places that practise each of some mechanisms in a report of any year, those that nobody does left out."""
    found: dict[str, set[str]] = {}
    wanted = set(things)
    for thing, place, _, state in table.said.tolist():
        if state == State.PRACTISED and table.things[thing] in wanted:
            found.setdefault(table.things[thing], set()).add(table.places[place].iri)
    return found


class Latest:
    """What each place last said of each mechanism, as a table: places × things."""

    def __init__(self, table: Adoptions, things: Sequence[str]) -> None:
        """`things` are the mechanisms that count, by their IRIs."""
        self.places, self.things = table.places, tuple(things)
        self.numbers = {place.iri: row for row, place in enumerate(self.places)}
        column = {thing: number for number, thing in enumerate(self.things)}
        columns = np.array([column.get(thing, -1) for thing in table.things], np.int64)
        self.reporting = np.asarray(table.reported.any(axis=1))
        silent = np.where(self.reporting, State.SILENT, State.NO_REPORT).astype(np.int8)
        self.states: States = np.repeat(silent[:, None], len(self.things), axis=1)
        rows = table.said[columns[table.said[:, 0]] >= 0] if len(columns) else table.said
        order = np.argsort(rows[:, 2], kind="stable")  # of several years the last is written last, and stays
        thing, place, _, state = rows[order].T
        self.states[place, columns[thing] if len(columns) else thing] = state
        self.practised = self.states == State.PRACTISED
        self._many = np.count_nonzero(self.practised, axis=1)
        # The length of the latest report: years without one have none, so that the last that is above 0 counts.
        years = np.where(table.lengths > 0, np.arange(len(table.years)), -1).max(axis=1, initial=-1)
        self.lengths = table.lengths[np.arange(len(self.places)), years] if len(table.years) else years
        self.levels = np.array([place.level for place in self.places], np.str_)
        self.provinces = np.array([place.code[:2] for place in self.places], np.str_)

    def like(self, number: int, most: int = PEERS) -> list[Peer]:
        """The places most like one, by its number: of its level, with reports of like length, and like profiles.

        Likeness is the share that two profiles of practised mechanisms have in common (Jaccard 1912). Where its province
        has enough places to choose from, it is these; else those of all provinces.
        """
        shared = np.count_nonzero(self.practised & self.practised[number], axis=1)
        likeness = shared / np.maximum(self._many + self._many[number] - shared, 1)
        length = max(float(self.lengths[number]), 1.0)
        close = (self.lengths >= length / _CLOSE_LENGTHS) & (self.lengths <= length * _CLOSE_LENGTHS)
        fit = self.reporting & (self.levels == self.levels[number]) & close & (likeness > 0)
        fit[number] = False
        near = self.provinces == self.provinces[number]
        among = fit & near if (fit & near).sum() >= most else fit
        chosen = np.flatnonzero(among)
        best = chosen[np.lexsort((chosen, -likeness[chosen].round(6)))][:most]
        return [Peer(self.places[each], round(float(likeness[each]), 4), bool(near[each])) for each in best]

    def lacks(self, number: int) -> Lacks:
        """What places like one practise and it does not.

        At most half of its level are like it: of more, the base rate would be no other than theirs.
        """
        level = np.asarray(self.reporting & (self.levels == self.levels[number]))
        level[number] = False
        peers = self.like(number, min(PEERS, int(level.sum()) // 2))
        rows = [self.numbers[peer.place.iri] for peer in peers]
        place, count = self.places[number], int(level.sum())
        own = self.states[number]
        found = []
        if len(peers) >= FEWEST_PEERS:
            theirs, base = self.practised[rows].sum(axis=0), self.practised[level].sum(axis=0)
            for thing in np.flatnonzero((own != State.PRACTISED) & (theirs >= _COMMON * len(peers))):
                held, all_ = int(theirs[thing]), int(base[thing])
                lift = held / len(peers) / (all_ / count)
                state = State(int(own[thing])).name.lower()
                examples = [peer.place for peer, row in zip(peers, rows, strict=True) if self.practised[row, thing]]
                found.append(
                    Missing(
                        self.things[thing], state, held, len(peers), all_, count, round(lift, 4), tuple(examples[:3])
                    )
                )
        found.sort(key=lambda each: (-each.lift, -each.practising, each.thing))
        return Lacks(place, bool(self.reporting[number]), int(self._many[number]), count, tuple(peers), tuple(found))
