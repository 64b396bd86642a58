"""One generated report as blocks: which parts it has, in what order, and how much each of them says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from benchmarks.grammar import Writer, grammar

Level = Literal["opening", "part", "section", "text"]
_COUNTED = ("一是", "二是", "三是", "四是", "五是", "六是", "七是")
# The areas that nearly every report has; the others are drawn.
_USUAL = ("leadership", "decision", "enforcement", "disputes", "literacy")
_ORDERS = (
    ("achievements", "deficiencies", "responsibility", "plans"),
    ("achievements", "deficiencies", "responsibility", "plans"),
    ("achievements", "responsibility", "deficiencies", "plans"),
    ("responsibility", "achievements", "deficiencies", "plans"),
    ("achievements", "deficiencies", "plans"),
    ("achievements", "deficiencies and plans"),
    ("achievements", "responsibility", "plans"),
)
# What each part has of a report's length, where it has all of them.
_SHARES = {
    "achievements": 0.64,
    "deficiencies": 0.12,
    "responsibility": 0.1,
    "plans": 0.14,
    "deficiencies and plans": 0.2,
}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with the paragraph below it; either may be empty. The opening has no heading."""

    level: Level
    heading: str
    text: str


def compose(writer: Writer) -> Iterator[Block]:
    """A report's blocks, in order."""
    yield Block("opening", "", writer.write("opening.sentence"))
    # From 1,000 to 14,000 characters, half of them between 3,000 and 5,500.
    length = 3900 * 6 ** ((writer.random() + writer.random() + writer.random()) / 1.5 - 1)
    for part in _ORDERS[writer.number(0, len(_ORDERS) - 1)]:
        yield from _PARTS[part](writer, int(length * _SHARES[part]))


def _achievements(writer: Writer, length: int) -> Iterator[Block]:
    yield Block("part", writer.write("opening.heading"), "")
    drawn = writer.number(1, 4)
    areas = [area for area in grammar().areas if area in _USUAL or writer.chance(drawn / 5)]
    if writer.chance(0.3):
        areas.sort(key=lambda area: writer.random())
    for area in areas:
        writer.area = area
        yield Block("section", writer.write("heading"), _achievement(writer, length // len(areas)))


def _achievement(writer: Writer, length: int) -> str:
    if writer.chance(0.4):
        points, each = min(len(_COUNTED), max(2, length // 140)), length // max(2, length // 140)
        return "".join(
            f"{_COUNTED[at]}{writer.write('point')}。{_sentences(writer, 'done', each - 20)}" for at in range(points)
        )
    return _sentences(writer, "done", length)


def _sentences(writer: Writer, name: str, length: int) -> str:
    said = writer.write(name)
    while len(said) < length:
        said += writer.write("practices.sentence" if writer.chance(0.07) else name)
    return said


def _deficiencies(writer: Writer, length: int) -> Iterator[Block]:
    writer.area = "any"
    yield Block("part", writer.write("weaknesses.heading"), _shortcomings(writer, length))


def _shortcomings(writer: Writer, length: int) -> str:
    """Shortcomings in a row, each with its causes or all of them with theirs at the end."""
    said, caused = writer.write("weaknesses.intro"), writer.chance(0.5)
    for at in range(max(2, min(5, length // 110))):
        writer.draw_weakness()
        causes = f"，{writer.write('weaknesses.each')}" if caused else ""
        said += f"{_COUNTED[at]}{writer.write('weaknesses.statement')}{causes}。"
    return said if caused or writer.chance(0.3) else said + writer.write("weaknesses.all")


def _deficiencies_and_plans(writer: Writer, length: int) -> Iterator[Block]:
    """A closing part that admits and then promises, without a heading that says so."""
    writer.area = "any"
    yield Block("part", writer.write("plans.heading"), _shortcomings(writer, length // 2))
    yield Block("text", "", writer.write("plans.intro") + _measures(writer, length // 2))


def _responsibility(writer: Writer, length: int) -> Iterator[Block]:
    said = "".join(f"{writer.write('responsibility.sentence')}。" for _ in range(min(10, 2 + length // 50)))
    yield Block("part", writer.write("responsibility.heading"), said)


def _plans(writer: Writer, length: int) -> Iterator[Block]:
    writer.area = "any"
    if writer.chance(0.5):
        yield Block("part", writer.write("plans.heading"), writer.write("plans.intro") + _measures(writer, length))
        return
    yield Block("part", writer.write("plans.heading"), writer.write("plans.intro"))
    for _ in range(max(2, min(5, length // 150))):
        details = (writer.write("plans.detail") for _ in range(writer.number(2, 4)))
        yield Block("section", writer.write("plans.measure"), "，".join(details) + "。")


def _measures(writer: Writer, length: int) -> str:
    count = max(2, min(len(_COUNTED), length // 60))
    return "".join(
        f"{_COUNTED[at]}{writer.write('plans.measure')}。{writer.write('plans.detail')}，{writer.write('plans.detail')}。"
        for at in range(count)
    )


_PARTS: dict[str, Callable[[Writer, int], Iterator[Block]]] = {
    "achievements": _achievements,
    "deficiencies": _deficiencies,
    "responsibility": _responsibility,
    "plans": _plans,
    "deficiencies and plans": _deficiencies_and_plans,
}
