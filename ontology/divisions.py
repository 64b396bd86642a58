"""The divisions of the country: provinces, prefectures, counties and townships of the 2023 statistical code.

`divisions()` gives the one table, read from `data/` at the first call. A division is found by its code, by its full
name (`named`), or by whatever it is called, short, former or full (`called`). Codes have 2, 4, 6 or 9 digits.
"""

import lzma
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from ontology.placenames import short_names, zone_names

Level = Literal["province", "prefecture", "county", "township"]
LEVELS: dict[int, Level] = {2: "province", 4: "prefecture", 6: "county", 9: "township"}
LENGTHS = tuple(LEVELS)
# A stem and what may follow it at one level: 即墨市 became 即墨区, 会城镇 became 会城街道.
_RANKS = (("市", "县", "区", "自治县", "旗"), ("街道", "镇", "乡", "地区"))
_ANY_RANK = tuple(rank for ranks in _RANKS for rank in ranks)
_FILLINGS = ((12, "000"), (9, "000"), (6, "00"), (4, "00"))  # what a code of so many digits may end in for nothing


def bare_code(code: str) -> str:
    """A code without the zeros that fill it up: 33 for 330000 (GB/T 2260), 330324006 for the twelve digits 330324006000.

    What is no code of 6, 9 or 12 digits is given back.
    """
    if len(code) in (6, 9, 12):
        for length, zeros in _FILLINGS:
            code = code.removesuffix(zeros) if len(code) == length else code
    return code


@dataclass(frozen=True, slots=True)
class Division:
    """One division; `path` holds the names from the province down to its own."""

    code: str
    name: str
    level: Level
    path: tuple[str, ...]

    @property
    def is_zone(self) -> bool:
        """Whether the code is a development zone's, a farm's or the like: no government of its own rank."""
        return (self.level == "county" and self.code[4] == "7") or (self.level == "township" and self.code[6] >= "4")


class Divisions:
    """All divisions, from code → name. In goes the table; what comes out is looked up, never guessed."""

    def __init__(self, names: dict[str, str], former: tuple[tuple[str, str], ...] = ()) -> None:
        self._names = names
        self._codes = sorted(names)
        self._former = former
        self._seen: dict[str, Division] = {}

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, code: object) -> bool:
        return code in self._names

    def __iter__(self) -> Iterator[Division]:
        return (self[code] for code in self._codes)

    def __getitem__(self, code: str) -> Division:
        """The division of a code; KeyError where there is none."""
        if code not in self._seen:
            path = (*(self._names[above] for above in self.ancestor_codes(code)), self._names[code])
            self._seen[code] = Division(code, self._names[code], LEVELS[len(code)], path)
        return self._seen[code]

    def ancestor_codes(self, code: str) -> list[str]:
        """The codes above a code, province first; levels that a place does not have are skipped."""
        return [code[:length] for length in LENGTHS if length < len(code) and code[:length] in self._names]

    def parent(self, division: Division) -> Division | None:
        """The division that it belongs to; None for a province."""
        above = self.ancestor_codes(division.code)
        return self[above[-1]] if above else None

    def ancestors(self, division: Division) -> tuple[Division, ...]:
        """The divisions above it, province first."""
        return tuple(self[code] for code in self.ancestor_codes(division.code))

    def descendants(self, code: str) -> Iterator[str]:
        """The codes below a code, in order."""
        for at in range(bisect_left(self._codes, code), len(self._codes)):
            if not self._codes[at].startswith(code):
                return
            if self._codes[at] != code:
                yield self._codes[at]

    def children(self, division: Division) -> tuple[Division, ...]:
        """The divisions directly below it: 东莞市 has towns, 河南省 the county-level city 济源市."""
        below = self.descendants(division.code)
        return tuple(self[code] for code in below if self.ancestor_codes(code)[-1] == division.code)

    @staticmethod
    def within(code: str, above: str) -> bool:
        """Whether a code is another's own or lies below it."""
        return code.startswith(above)

    def named(self, name: str) -> tuple[str, ...]:
        """The codes of the divisions whose full name this is."""
        return self._by_name.get(name, ())

    def called(self, name: str) -> tuple[str, ...]:
        """The codes of the divisions that are called so: by their full, a short, a former or a zone's name."""
        return self._by_name.get(name, ()) + self._by_short.get(name, ())

    def knows(self, name: str) -> bool:
        """Whether any division is `called` so."""
        return name in self.every_name

    def may_mean(self, name: str) -> bool:
        """Whether a name ends as those do by which divisions are or were called: told at one look."""
        return name[-2:] in self.endings or name.endswith(_ANY_RANK)

    def once_called(self, name: str) -> tuple[str, ...]:
        """The codes of the divisions that this name could have meant before they changed in rank (即墨市)."""
        for ranks in _RANKS if name.endswith(_ANY_RANK) else ():
            for rank in ranks:
                if name.endswith(rank) and len(name) > len(rank) + 1:
                    stem = name.removesuffix(rank)
                    return tuple(code for other in ranks if other != rank for code in self.named(stem + other))
        return ()

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Full name → codes."""
        return self._by_name

    @property
    def short_forms(self) -> dict[str, tuple[str, ...]]:
        """Short, former or zone's name → codes."""
        return self._by_short

    @cached_property
    def every_name(self) -> frozenset[str]:
        """Whatever any division is `called`."""
        return frozenset((*self._by_name, *self._by_short))

    @cached_property
    def endings(self) -> frozenset[str]:
        """The last two characters of `every_name`."""
        return frozenset(name[-2:] for name in self.every_name)

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for code in self._codes:
            name = self._names[code]
            found[name] = (*found.get(name, ()), code)
        return found

    @cached_property
    def _by_short(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for short, code in self._short_pairs():
            known = found.get(short, ())
            if short != self._names[code] and code not in known:
                found[short] = (*known, code)
        return found

    def _short_pairs(self) -> Iterator[tuple[str, str]]:
        yield from self._former
        for code in self._codes:
            name = self._names[code]
            if (len(code) == 6 and code[4] == "7") or (len(code) == 9 and code[6] >= "4"):
                above = [self._names[up] for up in self.ancestor_codes(code)]
                yield from ((zone, code) for zone in zone_names(name, above))
            else:
                yield from ((short, code) for short in short_names(name))


def read_rows(name: str) -> Iterator[list[str]]:
    """The rows of one of the data tables kept by hand; lines that begin with # are remarks."""
    for line in (files("ontology") / "data" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def divisions() -> Divisions:
    """The table of all divisions, read once."""
    data = lzma.decompress((files("ontology") / "data" / "divisions.tsv.xz").read_bytes()).decode("utf-8")
    table = dict(line.split("\t") for line in data.splitlines())
    return Divisions(table, tuple((row[0], row[1]) for row in read_rows("former_names.tsv")))
