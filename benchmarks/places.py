"""Who reports in generated report number so-and-so, and on which year: real divisions, some of their departments.

All offices stand in one order, shuffled by the seed, in which higher levels come earlier than their share. Each three
of them have six reports in a row, one of them three years, the next two, the last one; when all offices have had their
turn the next round of years begins. So no office has a year twice, and report `number` is known without those before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from ontology.divisions import Division, Divisions, divisions

YEARS = range(2019, 2025)
# How many years each of three neighbouring offices has in a round; in the next round they change places.
_RUNS = (3, 2, 1)
_SLOTS = tuple((slot, turn) for slot, run in enumerate(_RUNS) for turn in range(run))
# How much earlier than its share a level comes, so that a small number of reports has all of them.
_EARLY = {"province": 8, "prefecture": 4, "county": 2, "township": 1}
_DEPARTMENTS = {
    "province": "司法厅 市场监督管理局 生态环境厅 交通运输厅 农业农村厅 教育厅 民政厅 水利厅 应急管理厅 审计厅 医疗保障局 财政厅",
    "prefecture": "司法局 市场监督管理局 生态环境局 住房和城乡建设局 交通运输局 农业农村局 教育局 民政局 水利局 应急管理局 "
    "人力资源和社会保障局 审计局 医疗保障局 财政局 公安局",
    "county": "司法局 市场监督管理局 自然资源局 住房和城乡建设局 交通运输局 农业农村局 卫生健康局 教育局 民政局 水利局 应急管理局 "
    "文化和旅游局 城市管理局 人力资源和社会保障局 审计局 医疗保障局 财政局 统计局 退役军人事务局",
    "township": "",
}
# So many of a government's departments report.
_REPORTING = 5
# 向阳区直辖村级区划, 大柴旦行政委员会 and the like have no government of the usual kind.
_GOVERNED = ("省", "自治区", "市", "州", "盟", "县", "区", "旗", "镇", "乡", "街道", "苏木")


@dataclass(frozen=True, slots=True)
class Office:
    """A government, or a department of it."""

    division: Division
    department: str | None


def office_of(number: int, seed: int) -> tuple[Office, int]:
    """The office that report `number` of a seed's series is of, and the year that it is on.

    ValueError where there are no more offices and years.
    """
    offices = _offices(seed)
    block, within = divmod(number, len(_SLOTS))
    round_, block = divmod(block, len(offices) // len(_RUNS))
    if round_ >= len(_RUNS):
        raise ValueError(f"there are {capacity(seed)} reports, each an office's on another year; ask for no more")
    slot, turn = _SLOTS[within]
    place = (slot - round_) % len(_RUNS)
    office, first = offices[block * len(_RUNS) + place]
    had = sum(_RUNS[(place + earlier) % len(_RUNS)] for earlier in range(round_))
    return office, YEARS[(first + had + turn) % len(YEARS)]


def capacity(seed: int) -> int:
    """How many reports there are: one for each office and year."""
    return len(_offices(seed)) * len(YEARS)


def place_name(division: Division) -> str:
    """The shortest name, from above, that no other division has: 荔湾区金花街道, 永嘉县, 南京市鼓楼区."""
    path = division.path
    for start in range(len(path) - (2 if division.level == "township" else 1), -1, -1):
        if len(_tails().get(path[start:], ())) == 1:
            return "".join(path[start:])
    return "".join(path)


def governed() -> Iterator[Division]:
    """The divisions that have a government of the usual kind, by code."""
    return (division for division in divisions() if _is_governed(division, divisions()))


@cache
def _tails() -> dict[tuple[str, ...], list[str]]:
    """The codes of the divisions whose names end so."""
    found: dict[tuple[str, ...], list[str]] = {}
    for division in divisions():
        for start in range(len(division.path)):
            found.setdefault(division.path[start:], []).append(division.code)
    return found


@cache
def _offices(seed: int) -> list[tuple[Office, int]]:
    """The offices in their order, each with the number of the year that it begins with."""
    random = Random(f"{seed} offices").random  # alone the same in every version of Python
    found = [
        (random() / _EARLY[division.level], int(random() * len(YEARS)), Office(division, department))
        for division in governed()
        for department in (None, *_departments(division, random()))
    ]
    found.sort(key=lambda each: each[0])
    return [(office, first) for _, first, office in found[: len(found) // len(_RUNS) * len(_RUNS)]]


def _departments(division: Division, drawn: float) -> Iterator[str]:
    """The departments of a government that report, from one drawn between 0 and 1 on."""
    names = _DEPARTMENTS[division.level].split()
    return (names[(int(drawn * len(names)) + step) % len(names)] for step in range(min(len(names), _REPORTING)))


def _is_governed(division: Division, table: Divisions) -> bool:
    zones = division.is_zone or any(each.is_zone for each in table.ancestors(division))
    return not zones and division.name.endswith(_GOVERNED) and not division.name.endswith("地区")
