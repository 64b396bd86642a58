"""What every page is made of: a template, its data, its tables, page by page; links that keep the language."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload
from urllib.parse import quote, urlencode

from ontology.namespace import BASE

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: to the page of a thing in the graph (its IRI), or to a path of the explorer.

    `status` is that of an adoption that the words tell, by which they are coloured.
    """

    text: str
    to: str
    status: str = ""


Cell = str | int | float | Link
ROWS = 100  # shown at a time


@dataclass(frozen=True, slots=True)
class Part:
    """The rows that one page shows of many: the first and the last as a reader counts them, and which page it is."""

    rows: Sequence[Any]
    first: int
    last: int
    all: int
    number: int
    pages: int


def part(rows: Sequence[Any], number: int, all: int | None = None, start: int = 0, size: int = ROWS) -> Part:
    """The page of a number, the nearest that there is; `rows` are those from `start` on, of `all` that there are."""
    many = len(rows) if all is None else all
    pages = max(1, -(-many // size))
    number = min(max(1, number), pages)
    first = (number - 1) * size
    shown = rows[max(0, first - start) : max(0, first - start) + size]
    return Part(shown, first + 1, first + len(shown), many, number, pages)


def asked_page(choice: Mapping[str, str], table: str, first: str) -> int:
    """Which page of a table an address asks for: `page`, of the table `of` or, without it, of the page's `first`."""
    number = asked_number(choice, "page") if (choice.get("of") or first) == table else None
    return max(1, number or 1)


def asked_number(choice: Mapping[str, str], name: str) -> int | None:
    """The number that an address gives something; None where it gives none, or none of a sensible length."""
    digits = choice.get(name, "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None


def window(choice: Mapping[str, str], table: str, many: int, first: str = "") -> slice:
    """Which of a table's `many` rows an address asks for: a page of them, and for the twins all.

    `first` is the first table of the page, where this is another one.
    """
    if choice.get("format") in ("json", "csv"):
        return slice(0, many)
    number = min(asked_page(choice, table, first or table), max(1, -(-many // ROWS)))
    return slice((number - 1) * ROWS, number * ROWS)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown, and as CSV: `columns` are keys of the words, a row has a cell for each.

    `all` is how many rows there are, where `rows` holds only some of them, from `start` on.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    all: int | None = None
    start: int = 0

    def part(self, number: int, size: int = ROWS) -> Part:
        """One page of it."""
        return part(self.rows, number, self.all, self.start, size)

    def filled(self) -> "Table":
        """As it is shown: without columns that are empty in every row. One that has more pages keeps all on each."""
        if not self.rows or len(self.rows) > ROWS or self.all not in (None, len(self.rows)):
            return self
        kept = [place for place in range(len(self.columns)) if any(row[place] != "" for row in self.rows)]
        rows = [[row[place] for place in kept] for row in self.rows]
        return Table([self.columns[place] for place in kept], rows, self.all, self.start)

    def csv(self, heads: Sequence[str]) -> bytes:
        """As CSV in UTF-8 with a mark, so that Excel reads the Chinese; a linked cell gives its words and its IRI."""
        linked = [any(isinstance(row[place], Link) for row in self.rows) for place in range(len(self.columns))]
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(
            [
                each
                for head, two in zip(heads, linked, strict=True)
                for each in ([head, f"{head} IRI"] if two else [head])
            ]
        )
        for row in self.rows:
            cells = zip(row, linked, strict=True)
            writer.writerow([each for cell, two in cells for each in (_pair(cell) if two else [_pair(cell)[0]])])
        return b"\xef\xbb\xbf" + out.getvalue().encode()

    def records(self) -> list[dict[str, Any]]:
        """As data: a dict a row; a linked cell has its words and where they lead."""
        return [
            {
                column: {"text": cell.text, "iri": cell.to} if isinstance(cell, Link) else cell
                for column, cell in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template, its title, the data that template and JSON twin show, and its tables by name.

    What begins with `_` in the data, at any depth, is for the template alone.
    """

    template: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)

    def twin(self) -> dict[str, Any]:
        """The page as data."""
        return {
            "title": self.title,
            **self.data,
            "tables": {name: table.records() for name, table in self.tables.items()},
        }


def path_of(iri: str) -> str:
    """The explorer's path, without the language, of a thing of the graph or of what is a path already."""
    if not iri.startswith(BASE):
        return iri
    path, mark, fragment = iri.removeprefix(BASE).partition("#")
    return "/" + quote(path, safe="/%") + (f"#{fragment}" if mark else "")


def with_query(path: str, **values: str | int | Iterable[str] | None) -> str:
    """A path with a query string of the values that are given, in their order; one that has several stands for each."""
    given = [
        (name, str(each))
        for name, value in values.items()
        for each in ((value,) if value is None or isinstance(value, str | int) else value)
        if each not in (None, "")
    ]
    return f"{path}?{urlencode(given)}" if given else path


def _pair(cell: Cell) -> tuple[str, str]:
    """A cell's words, and where they lead."""
    return (cell.text, cell.to) if isinstance(cell, Link) else (str(cell), "")


class Rows(Sequence[Sequence[Cell]]):
    """Rows that are made when they are looked at: of a list of ten thousand practices a page shows a hundred."""

    def __init__(self, things: Sequence[Any], make: Callable[[Any], Sequence[Cell]]) -> None:
        self._things, self._make = things, make

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, place: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, place: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        return Rows(self._things[place], self._make) if isinstance(place, slice) else self._make(self._things[place])
