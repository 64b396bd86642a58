"""Where the marks that part a text stand, found once for the whole text and then looked up by bisection.

Rules ask for the clause or the sentence around a hundred places of a text; searching for its ends anew each time
would read the text many times over.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache


class Marks:
    """The places of some signs, but for those behind which a pattern matches: the comma of 1,234 is no mark.

    The pattern sees the whole text, not only the stretch that is asked about.
    """

    def __init__(self, signs: str, no_mark_before: str = "") -> None:
        self._signs = signs
        self._no_mark_before = re.compile(no_mark_before) if no_mark_before else None
        self._found = lru_cache(maxsize=4)(self._find)

    def _find(self, text: str) -> list[int]:
        known, places = _places_in(text), list[int]()
        for sign in self._signs:
            if sign not in known:
                known[sign] = _places_of(sign, text)
            places += known[sign]
        places.sort()
        if self._no_mark_before:
            goes_on = self._no_mark_before.match
            places = [place for place in places if not goes_on(text, place + 1)]
        return places

    def places(self, text: str) -> Sequence[int]:
        """Where the marks of the text stand."""
        return self._found(text)

    def behind(self, text: str, start: int, end: int) -> int | None:
        """Where the words behind the last mark in text[start:end] begin; None without a mark."""
        places = self._found(text)
        last = bisect_left(places, end) - 1
        return places[last] + 1 if last >= 0 and places[last] >= start else None

    def first(self, text: str, start: int, end: int) -> int:
        """Where the first mark in text[start:end] stands; `end` without a mark."""
        places = self._found(text)
        at = bisect_left(places, start)
        return min(places[at], end) if at < len(places) else end


@lru_cache(maxsize=4)
def _places_in(text: str) -> dict[str, list[int]]:
    """By sign, where those stand that were asked for: most marks share their signs."""
    return {}


def _places_of(sign: str, text: str) -> list[int]:
    # To go from one to the next in this way is far quicker than by a pattern for all signs.
    places: list[int] = []
    at = text.find(sign)
    while at >= 0:
        places.append(at)
        at = text.find(sign, at + 1)
    return places
