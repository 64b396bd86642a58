"""Where the marks that part a text stand, found once for the whole text and then looked up by bisection.

Rules ask for the clause or the sentence around a hundred places of a text; searching for its ends anew each time
would read the text many times over.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, count
from operator import add


class Marks:
    """The places of a pattern whose every match is one character.

    A pattern that looks ahead sees the whole text, not only the stretch that is asked about.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)
        self._found = lru_cache(maxsize=4)(self._find)

    def _find(self, text: str) -> list[int]:
        # Cutting the text at its marks is quicker than going from one to the next.
        return list(map(add, accumulate(map(len, self._pattern.split(text))), count()))[:-1]

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
