"""Rows for the eye: columns lined up by display width, in which a Chinese character takes two places."""

from collections.abc import Iterable, Sequence
from unicodedata import combining, east_asian_width

WIDEST = 60


def width(text: str) -> int:
    """How many places a text takes on a terminal."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def shorten(text: str, places: int = WIDEST) -> str:
    """The text on one line, cut to so many places with a … where it is longer."""
    line = " ".join(text.split())
    if width(line) <= places:
        return line
    kept, taken = "", 1
    for char in line:
        taken += width(char)
        if taken > places:
            break
        kept += char
    return kept.rstrip() + "…"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], widest: int = WIDEST) -> str:
    """A table as text: a heading, a rule, a line a row; numbers stand to the right."""
    cells = [[shorten(cell, widest) for cell in row] for row in rows]
    places = [max(map(width, column)) for column in zip(columns, *cells, strict=True)]
    numeric = [bool(cells) and all(_is_number(row[i]) for row in cells) for i in range(len(columns))]

    def line(row: Sequence[str]) -> str:
        padded = (
            " " * (room - width(cell)) + cell if right else cell + " " * (room - width(cell))
            for cell, room, right in zip(row, places, numeric, strict=True)
        )
        return "  ".join(padded).rstrip()

    return "\n".join([line(columns), "  ".join("─" * room for room in places), *map(line, cells)])


def counted(number: int, thing: str) -> str:
    """A number of things, as English says it: 1 report, 2 reports, no plural of one."""
    plural = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{number} {thing if number == 1 else plural}"


def _is_number(text: str) -> bool:
    try:
        float(text or 0)
    except ValueError:
        return False
    return True
