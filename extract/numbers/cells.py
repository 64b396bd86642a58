"""Numbers in flattened tables: a row a line with blanks or bars between its cells, or a cell a line.

What a cell counts is named by its row and its column; its unit stands in the cell, in brackets in one of the two
headers, in the row's cell of a column for it, in a line above (单位：件), or in the header's last word (收案数, 金额).
All text is folded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extract.numbers.numerals import plain_number
from extract.numbers.units import UNIT
from extract.records import Change


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a table; `start` and `end` are those of its row, `heading` those of its column's, if it has one."""

    name: str
    value: Decimal
    unit: str
    change: Change | None
    start: int
    end: int
    heading: tuple[int, int]
    confidence: float


_Piece = tuple[str, int, int]
_Row = list[_Piece]
_LINE = re.compile(r"[^\n]+")
_PIECE = re.compile(r"[^ |]+(?: (?=\()[^ |]+)?")
_NUMBER = re.compile(
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}}){{1,5}}(?:\.\d{{1,9}})?|\d{{1,18}}(?:\.\d{{1,9}})?)(?P<scale>[万亿])?(?P<unit>{UNIT})?"
)
_EMPTY = re.compile(r"[-—/无]+|(?:与上年)?(?:基本)?持平|不变|")
_PROSE = re.compile(r"[,。;:!?]")
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:度|全年)?")
_ORDINAL = re.compile(r"序号|编号|年份|年度")
_UNIT_IN_BRACKETS = re.compile(rf"\((?:单位:)?(?P<scale>[万亿])?(?P<unit>{UNIT})\)")
_UNIT_LINE = re.compile(rf"单位:(?P<scale>[万亿])?(?P<unit>{UNIT})")
_UNIT_COLUMN = re.compile(r"(?:计量)?单位")
_UNIT_CELL = re.compile(rf"(?P<scale>[万亿])?(?P<unit>{UNIT})")
_UNITS_BY_WORD = {
    "率": "%",
    "占比": "%",
    "比例": "%",
    "人次": "人次",
    "件数": "件",
    "案数": "件",
    "案件": "件",
    "案": "件",
    "人数": "人",
    "次数": "次",
    "户数": "户",
    "金额": "元",
}
_CHANGES: dict[str, Change] = {
    "增长": "increase",
    "增加": "increase",
    "增幅": "increase",
    "上升": "increase",
    "提高": "increase",
    "提升": "increase",
    "下降": "decrease",
    "降低": "decrease",
    "减少": "decrease",
    "降幅": "decrease",
    "减幅": "decrease",
}
_SIGNS: dict[str, Change] = {"↑": "increase", "+": "increase", "↓": "decrease", "-": "decrease"}
# 增长21.4%, 较上年下降1.7个百分点, ↑3%: a change in a cell of its own; a bare sign says so in a column of changes.
_DIRECTED = re.compile(rf"(?:(?:同比|环比|[较比]上年)?(?:{'|'.join(_CHANGES)})了?|[↑↓+-])(?=\d)")
_COMPARING = re.compile(
    r"(?:同比|环比|[较比][上去]年(?:同期)?|与上年相比)?(?:增减|变化|变动|增长|升降)?(?:情况|幅度|率|%)?"
)
# Headers that say no more than that there are numbers below them.
_EMPTY_HEADERS = frozenset(("数量", "数值", "完成情况", "数据", "内容", "件数", "本年", "本年度", "今年"))
_EARLIER = re.compile(r"(?:上年度?|去年|上一年度?)(?:同期)?数?|同期数?")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_LONGEST_CELL = 20
_LONGEST_TABLE = 400
_MOST_COLUMNS = 40


def find_tables(view: str, start: int, end: int) -> Iterator[tuple[int, int, list[Cell]]]:
    """The tables of a stretch of text: where each begins and ends, and its numbers."""
    lines = [(match[0], match.start(), match.end()) for match in _LINE.finditer(view, start, end)]
    index = 0
    while index < len(lines):
        rows, taken = _rows_in_lines(lines, index) or _rows_of_cells(lines, index) or ([], 1)
        if rows:
            above = view[max(start, lines[index][1] - 40) : lines[index][1]]
            yield rows[0][0][1], rows[-1][-1][2], list(_cells(rows, above))
        index += taken


def _rows_in_lines(lines: list[_Piece], index: int) -> tuple[list[_Row], int] | None:
    """A header of words and, a line each, the rows below it; with the number of lines that they take."""
    header = _pieces(lines[index])
    if (
        not 3 <= len(header) <= _MOST_COLUMNS
        or any(_is_value(text) for text, _, _ in header)
        or _PROSE.search(lines[index][0])
    ):
        return None
    rows = [header]
    for line in lines[index + 1 :]:
        row = _pieces(line)
        if len(row) not in (len(header), len(header) + 1) or not _is_row(row):
            break
        rows.append(row)
    return (rows, len(rows)) if len(rows) > 1 else None


def _rows_of_cells(lines: list[_Piece], index: int) -> tuple[list[_Row], int] | None:
    """The same with a cell a line: the numbers behind the first row's label say how many columns there are."""
    run: _Row = []
    values: list[bool] = []
    for text, begin, stop in lines[index : index + _LONGEST_TABLE]:
        if (
            len(text.strip()) > _LONGEST_CELL
            or _PROSE.search(text)
            or (len(run) > _MOST_COLUMNS and True not in values)
        ):
            break
        run.append((text.strip(), begin, stop))
        values.append(_is_value(run[-1][0]))
    if True not in values:
        return None
    first = values.index(True)
    width = (values.index(False, first) if False in values[first:] else len(values)) - first + 1
    if width < 3 or first != width + 1:
        return None
    rows = [run[at : at + width] for at in range(0, len(run) - width + 1, width)]
    good = next(
        (at for at, row in enumerate(rows) if at and not (_is_row(row) and not _is_value(row[0][0]))), len(rows)
    )
    return (rows[:good], good * width) if good > 1 else None


def _pieces(line: _Piece) -> _Row:
    return [(m[0].strip(), line[1] + m.start(), line[1] + m.end()) for m in _PIECE.finditer(line[0])]


def _is_value(text: str) -> bool:
    return bool((_number(text) and not _YEAR.fullmatch(text)) or _EMPTY.fullmatch(text))


def _number(text: str) -> re.Match[str] | None:
    """The number that a cell is, behind the direction of a change if it says one."""
    directed = _DIRECTED.match(text)
    return _NUMBER.fullmatch(text, directed.end() if directed else 0)


def _is_row(row: _Row) -> bool:
    values = [text for text, _, _ in row[1:] if _is_value(text)]
    return len(values) >= max(1, len(row) - 2) and any(_number(text) for text in values)


def _cells(rows: list[_Row], above: str) -> Iterator[Cell]:
    header, shared = rows[0], _UNIT_LINE.search(above)
    years = [text for text, _, _ in header if _YEAR.fullmatch(text)]
    for row in rows[1:]:
        # A corner without words leaves the header one cell short.
        columns = [("", 0, 0), *header] if len(row) > len(header) else header
        label = next((text for text, _, _ in row if not _is_value(text)), "")
        units = (
            text for (heading, _, _), (text, _, _) in zip(columns, row, strict=False) if _UNIT_COLUMN.fullmatch(heading)
        )
        own = _UNIT_CELL.fullmatch(next(units, ""))
        for (heading, begin, stop), (text, _, _) in zip(columns, row, strict=False):
            number = _number(text)
            if number is None or text == label or _ORDINAL.fullmatch(heading):
                continue
            if _EARLIER.fullmatch(heading) or (heading in years and heading != max(years)):
                continue  # an earlier year, to compare with
            unit, factor, confidence = _unit(number, heading, label, own or shared)
            value = plain_number(Decimal(number["number"].replace(",", "")) * factor)
            change = _change(text[: number.start()], heading)
            name = _name(label, "" if change and _COMPARING.fullmatch(heading) else heading)
            yield Cell(name, value, unit, change, row[0][1], row[-1][2], (begin, stop), confidence)


def _change(said: str, heading: str) -> Change | None:
    """The direction that a cell says before its number, or else its column."""
    if said and (len(said) > 1 or said in "↑↓" or _COMPARING.fullmatch(heading)):
        return next((change for word, change in (_SIGNS | _CHANGES).items() if word in said), None)
    return next((change for word, change in _CHANGES.items() if word in heading), None)


def _unit(number: re.Match[str], heading: str, label: str, shared: re.Match[str] | None) -> tuple[str, Decimal, float]:
    said = number if number["unit"] else _UNIT_IN_BRACKETS.search(heading) or _UNIT_IN_BRACKETS.search(label) or shared
    if said:
        return said["unit"], _SCALES.get(said["scale"] or "", Decimal(1)), 0.9
    for text in (heading, label):
        for word, unit in _UNITS_BY_WORD.items():
            if text.endswith(word):
                return unit, Decimal(1), 0.7
    return heading or label, Decimal(1), 0.5


def _name(label: str, heading: str) -> str:
    parts = (_UNIT_IN_BRACKETS.sub("", part) for part in (label, heading))
    return "".join(part for part in parts if not _YEAR.fullmatch(part) and part not in _EMPTY_HEADERS) or label
