"""One extracted record against its annotation: what is right, missed and added, field by field.

Items are paired best first, one to one: numbers by value and unit, passages by the share of text that they have in
common; white space and punctuation do not count.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

Item = dict[str, Any]
Pairs = list[tuple[int, int]]
_NOT_WORD = re.compile(r"[^\w%]+|_")
_SAME_UNIT = {"百分点": "个百分点", "元人民币": "元"}


@dataclass
class Tally:
    """Counts of right, found and wanted items of one field, and the misses and extras in words."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    missed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def add(self, right: int, found: int, wanted: int) -> None:
        """Count one report's items."""
        self.right, self.found, self.wanted = self.right + right, self.found + found, self.wanted + wanted

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where there was nothing to find."""
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


FIELDS = [
    "jurisdiction",
    "level",
    "year",
    "published",
    "department",
    "sections",
    "mechanisms",
    "status",
    "practices",
    "broader",
    "indicators",
    "names",
    "qualifiers",
    "measured",
    "deficiencies",
    "statements",
    "categories",
    "causes",
    "plans",
]


def plain(text: str | None) -> str:
    """The text in compatibility form, without white space and punctuation."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text or ""))


def alike(one: str | None, other: str | None) -> float:
    """Share of the longer text that both have in common, in order, 0 to 1."""
    a, b = plain(one), plain(other)
    return _common(a, b, short=len(a) < 4) / max(len(a), len(b)) if a and b else float(a == b)


def within(one: str | None, other: str | None) -> float:
    """Share of the shorter text that the longer one holds, in order, 0 to 1."""
    a, b = plain(one), plain(other)
    return _common(a, b, short=False) / min(len(a), len(b)) if a and b else 0.0


def _common(a: str, b: str, *, short: bool) -> int:
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1 or short)


def pair(found: list[Item], wanted: list[Item], score: Callable[[Item, Item], float], least: float) -> Pairs:
    """Best-first one-to-one pairs (index in found, index in wanted) that score at least `least`."""
    ranked = sorted(
        ((score(f, w), i, j) for i, f in enumerate(found) for j, w in enumerate(wanted)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    used_found, used_wanted, pairs = set[int](), set[int](), []
    for value, i, j in ranked:
        if value >= least and i not in used_found and j not in used_wanted:
            used_found.add(i)
            used_wanted.add(j)
            pairs.append((i, j))
    return pairs


def compare(found: Item, truth: Item, tallies: dict[str, Tally]) -> None:
    """Count one report's record against its annotation; a field that the annotation lacks is not counted."""
    where = Path(truth["file"]).stem[:4] if "file" in truth else Path(found["file"]).stem[:4]
    place, own = found.get("jurisdiction") or {}, truth["jurisdiction"]
    for name, got, want in (
        ("jurisdiction", place.get("code"), own.get("code")),
        ("level", place.get("level"), own.get("level")),
        ("year", found.get("year"), truth.get("year")),
        ("published", found.get("published"), truth.get("published")),
        ("department", found.get("department"), truth.get("department")),
    ):
        if want not in (None, ""):
            tallies[name].add(int(got == want), 1, 1)
            if got != want:
                tallies[name].missed.append(f"{where}: want {want!r}, found {got!r}")
    _compare_sections(found, truth, tallies, where)
    _compare_mechanisms(found, truth, tallies, where)
    _compare_practices(found, truth, tallies, where)
    _compare_indicators(found, truth, tallies, where)
    _compare_deficiencies(found, truth, tallies, where)
    _compare_passages("plans", found, truth, tallies, where)


def _lists(found: Item, truth: Item, name: str) -> tuple[list[Item], list[Item]]:
    return (found.get(name) or [], truth[name] or []) if name in truth else ([], [])


def _note(
    tally: Tally, pairs: Pairs, found: list[Item], wanted: list[Item], where: str, show: Callable[[Item], str]
) -> None:
    tally.add(len(pairs), len(found), len(wanted))
    seen_found, seen_wanted = {i for i, _ in pairs}, {j for _, j in pairs}
    tally.missed += [f"{where}: {show(item)}" for j, item in enumerate(wanted) if j not in seen_wanted]
    tally.added += [f"{where}: {show(item)}" for i, item in enumerate(found) if i not in seen_found]


def _compare_sections(found: Item, truth: Item, tallies: dict[str, Tally], where: str) -> None:
    ours, theirs = _lists(found, truth, "sections")
    pairs = [
        (i, j)
        for i, j in pair(ours, theirs, lambda f, w: alike(f["heading"], w["heading"]), 0.6)
        if ours[i]["role"] == theirs[j]["role"]
    ]
    _note(tallies["sections"], pairs, ours, theirs, where, lambda item: f"{item['role']}: {item['heading']}")


def _compare_mechanisms(found: Item, truth: Item, tallies: dict[str, Tally], where: str) -> None:
    ours, theirs = ({each["id"]: each["status"] for each in items} for items in _lists(found, truth, "mechanisms"))
    both = ours.keys() & theirs.keys()
    tally = tallies["mechanisms"]
    tally.add(len(both), len(ours), len(theirs))
    tally.missed += [f"{where}: {each}" for each in sorted(theirs.keys() - both)]
    tally.added += [f"{where}: {each}" for each in sorted(ours.keys() - both)]
    wrong = sorted(each for each in both if ours[each] != theirs[each])
    tallies["status"].add(len(both) - len(wrong), len(both), len(both))
    tallies["status"].missed += [f"{where}: {each} want {theirs[each]}, found {ours[each]}" for each in wrong]


def _compare_practices(found: Item, truth: Item, tallies: dict[str, Tally], where: str) -> None:
    ours, theirs = _lists(found, truth, "practices")
    pairs = pair(ours, theirs, lambda f, w: max(alike(f["name"], w["name"]), 0.8 * within(f["name"], w["name"])), 0.6)
    _note(tallies["practices"], pairs, ours, theirs, where, lambda item: str(item["name"]))
    for i, j in pairs:
        _compare_mechanism(tallies["broader"], where, theirs[j]["name"], ours[i]["broader"], theirs[j].get("broader"))


def _compare_mechanism(tally: Tally, where: str, what: str, got: str | None, want: str | None) -> None:
    """The one mechanism that something serves; none is an answer, too."""
    tally.add(int(got == want), 1, 1)
    if got != want:
        tally.missed.append(f"{where}: {what}: want {want}, found {got}")


def _key(item: Item) -> tuple[float, str]:
    unit = plain(item.get("unit"))
    return round(float(item["value"]), 4), _SAME_UNIT.get(unit, unit)


def _compare_indicators(found: Item, truth: Item, tallies: dict[str, Tally], where: str) -> None:
    ours, theirs = _lists(found, truth, "indicators")
    pairs = pair(
        ours,
        theirs,
        lambda f, w: (_key(f) == _key(w)) * (1 + alike(f["name"], w["name"]) + within(f["quote"], w["quote"])),
        1.0,
    )
    # What a careful reader may or may not count (`soft`) is neither wanted nor held against.
    soft = {j for j, item in enumerate(theirs) if item.get("soft")}
    excused = {i for i, j in pairs if j in soft}
    hard = [(i, j) for i, j in pairs if j not in soft]
    tally = tallies["indicators"]
    tally.add(len(hard), len(ours) - len(excused), len(theirs) - len(soft))
    mates, wanted = {i for i, _ in pairs}, {j for _, j in pairs} | soft
    tally.missed += [_number(where, item) for j, item in enumerate(theirs) if j not in wanted]
    tally.added += [_number(where, item) for i, item in enumerate(ours) if i not in mates]
    _compare_numbers([(ours[i], theirs[j]) for i, j in hard], tallies, where)


def _number(where: str, item: Item) -> str:
    return f"{where}: {item['name']} = {item['value']} {item['unit']} «{item['quote']}»"


def _compare_numbers(pairs: list[tuple[Item, Item]], tallies: dict[str, Tally], where: str) -> None:
    for got, want in pairs:
        named = alike(got["name"], want["name"]) >= 0.5 or within(got["name"], want["name"]) >= 0.99
        tallies["names"].add(int(named), 1, 1)
        if not named:
            tallies["names"].missed.append(f"{where}: want {want['name']!r}, found {got['name']!r}")
        ours, theirs = ((each.get("qualifier") or "exact", each.get("change")) for each in (got, want))
        tallies["qualifiers"].add(int(ours == theirs), 1, 1)
        if ours != theirs:
            tallies["qualifiers"].missed.append(f"{where}: {want['quote']}: want {theirs}, found {ours}")
        _compare_mechanism(tallies["measured"], where, want["name"], got["mechanism"], want.get("mechanism"))


def _compare_passages(name: str, found: Item, truth: Item, tallies: dict[str, Tally], where: str) -> Pairs:
    ours, theirs = _lists(found, truth, name)
    pairs = pair(
        ours, theirs, lambda f, w: max(alike(f["quote"], w["quote"]), alike(f["statement"], w["statement"])), 0.5
    )
    _note(tallies[name], pairs, ours, theirs, where, lambda item: str(item["statement"]))
    return pairs


def _compare_deficiencies(found: Item, truth: Item, tallies: dict[str, Tally], where: str) -> None:
    ours, theirs = _lists(found, truth, "deficiencies")
    pairs = _compare_passages("deficiencies", found, truth, tallies, where)
    for i, j in pairs:
        got, want = ours[i], theirs[j]
        right = alike(got["statement"], want["statement"]) >= 0.6
        tallies["statements"].add(int(right), 1, 1)
        if not right:
            tallies["statements"].missed.append(f"{where}: want {want['statement']!r}, found {got['statement']!r}")
        a, b = set(got["categories"]), set(want["categories"])
        tallies["categories"].add(len(a & b), len(a), len(b))
        tallies["categories"].missed += [f"{where}: {want['statement']}: {each}" for each in sorted(b - a)]
        tallies["categories"].added += [f"{where}: {want['statement']}: {each}" for each in sorted(a - b)]
    mates = {j: ours[i] for i, j in pairs}
    for j, want in enumerate(theirs):
        a_list, b_list = mates.get(j, {}).get("causes") or [], want.get("causes") or []
        causes = pair(a_list, b_list, lambda f, w: alike(f["statement"], w["statement"]), 0.5)
        _note(tallies["causes"], causes, a_list, b_list, where, lambda item: str(item["statement"]))
