"""Quantities among their neighbours: the words that each may claim, and what the sentence has counted before it."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.numbers.amounts import SENTENCES, Quantity, clause_end, clause_start
from extract.numbers.phrases import noun_behind
from extract.numbers.units import IS_MONEY, is_percentage

_LONGEST_NAME = 80
_KEPT = 60  # a sentence that counts more is a list
_OBLIQUE = re.compile(r"(?:(?<![达得收接签降升增减加少缩短压高])到|(?<![降升增减加少缩短压高])至|给|由|向|为) ?$")


class Place(NamedTuple):
    """A quantity with the words before and behind it that no other quantity claims.

    `start` and `end` are its clause's, `led` is all of it before the quantity, `rest` all behind, `told` its sentence
    up to it; `earlier` is the clause before it in the same sentence if that holds no quantity, `mark` what stands
    between the two; `headed` the words before the bracket that it stands in.
    """

    quantity: Quantity
    before: str
    after: str
    start: int
    end: int
    sentence: int
    earlier: str
    mark: str
    headed: str
    led: str
    rest: str
    told: str
    in_bracket: bool
    next_follows: bool

    @property
    def own(self) -> tuple[int, int]:
        """Where the quantity's own words begin and end within its clause."""
        behind = _claims(self, ()) if self.next_follows else len(self.after)
        return max(self.start, self.quantity.start - len(self.before)), self.quantity.end + behind


@dataclass(slots=True)
class Memory:
    """What the running sentence and the one before it have counted: sentence, name, quantity."""

    items: list[tuple[int, str, Quantity]] = field(default_factory=list)

    def remember(self, place: Place, name: str) -> None:
        """Keep a name for those that follow, but for asides (含上年结转5件) and bystanders (分解到12个部门)."""
        if len(name) > _LONGEST_NAME:
            return  # a name that is made of the one before it could grow without end
        if not place.in_bracket and not (_OBLIQUE.search(place.before) and place.after.strip()):
            self.items.append((place.sentence, name, place.quantity))

    def last(self, sentence: int, unit: str | None = None) -> str:
        """The name last given in this sentence, in this unit if one is asked for."""
        return next(
            (name for at, name, q in reversed(self.items[-_KEPT:]) if at == sentence and unit in (None, q.unit)), ""
        )

    def last_level(self, sentence: int) -> str:
        """The name of the last level, which a change without a name of its own belongs to."""
        return next((name for at, name, q in reversed(self.items[-4:]) if q.change is None and at >= sentence - 1), "")

    def last_count(self, sentence: int) -> str:
        """The name of the last count of this sentence, which a bare share (占45.6%) is a share of."""
        return next(
            (name for at, name, q in reversed(self.items[-_KEPT:]) if at == sentence and not is_percentage(q.unit)), ""
        )

    def counted(self, sentence: int, unit: str, any_unit: bool) -> str:
        """The name of the count right before, past rates and sums, if it is in this unit or `any_unit` will do."""
        for at, name, quantity in reversed(self.items):
            if at != sentence:
                break
            if not is_percentage(quantity.unit) and not IS_MONEY.fullmatch(quantity.unit):
                return name if any_unit or quantity.unit == unit else ""
        return ""

    def just_before(self, place: Place) -> str:
        """The name of the quantity that stands in the same clause before this one."""
        return self.items[-1][1] if self.items and self.items[-1][2].end >= place.start else ""


def read_places(view: str, quantities: tuple[Quantity, ...], start: int, end: int) -> list[Place]:
    """The quantities of a folded text's stretch with their words; former values of pairs claim none."""
    stops = SENTENCES.places(view)
    places: list[Place] = []
    claimed, carried = start, ""
    for index, quantity in enumerate(quantities):
        sentence = bisect_left(stops, quantity.start)
        opening = max(start, stops[sentence - 1] + 1 if sentence else 0)
        place = _place(view, quantities, index, (start, end), claimed, carried, sentence, opening)
        carried = place.before if quantity.former else ""
        claimed = quantity.end + _claims(place, quantities[index + 1 : index + 2])
        places.append(place)
    return places


def _place(
    view: str,
    quantities: tuple[Quantity, ...],
    index: int,
    bounds: tuple[int, int],
    claimed: int,
    carried: str,
    sentence: int,
    opening: int,
) -> Place:
    quantity = quantities[index]
    following = quantities[index + 1] if index + 1 < len(quantities) else None
    start = clause_start(view, bounds[0], quantity.start)
    end = clause_end(view, quantity.end, bounds[1])
    left = max(claimed, start)
    opened = view.rfind("(", opening, quantity.start)
    in_bracket = opened >= 0 and ")" not in view[opened : quantity.start]
    bracketed = in_bracket and opened >= left  # as its first
    right = min(end, following.start) if following else end
    earlier, mark = _clause_before(view, start, bounds, quantities[max(0, index - 4) : index])
    return Place(
        quantity=quantity,
        before=carried + view[opened + 1 if bracketed else left : quantity.start],
        after=view[quantity.end : right],
        start=start,
        end=end,
        sentence=sentence,
        earlier=earlier,
        mark=mark,
        headed=view[left:opened] if bracketed else "",
        led=view[start : quantity.start],
        rest=view[quantity.end : end],
        told=view[max(opening, start - _LONGEST_NAME) : start],
        in_bracket=in_bracket,
        next_follows=following is not None and right == following.start,
    )


def _clause_before(view: str, start: int, bounds: tuple[int, int], preceding: tuple[Quantity, ...]) -> tuple[str, str]:
    """The clause before, and its mark, where a comma, a semicolon or a colon joins it on and no quantity stands in it."""
    stop = start - 1
    if stop <= bounds[0] or view[stop] not in ",:;":
        return "", ""
    begin = clause_start(view, bounds[0], stop)
    counts = any(begin <= quantity.start < start for quantity in preceding)
    return "" if counts else view[begin:stop], view[stop]


def _claims(place: Place, following: tuple[Quantity, ...]) -> int:
    """How far the counted noun behind a number reaches; a rate that follows keeps it in its own name, too."""
    quantity = place.quantity
    rate_follows = place.next_follows and any(is_percentage(other.unit) for other in following)
    if quantity.former or is_percentage(quantity.unit) or rate_follows:
        return 0
    noun = noun_behind(place.after, quantity.unit)
    return place.after.find(noun) + len(noun) if noun else 0
