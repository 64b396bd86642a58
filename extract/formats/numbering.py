"""The numbers that Word sets before paragraphs and does not keep in their text: 一、 （一） 1. ①.

They stand in numbering.xml: a list (`num`) takes its levels from an abstract list, each with a way to count, a
start and a text such as `（%1）`. Styles may put their paragraphs in a list, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.formats.ooxml import attribute, child, children, value

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DEEPEST = 9
# Word counts to 32,767, and keeps the text around a number short.
_MOST_DIGITS = 5
_LONGEST_LABEL = 64
# aa, bb, … up to 30 letters, as Word writes them; Roman numerals up to 3,999.
_MOST_LETTERS = 780
_MOST_ROMAN = 3999
# Styles based on styles, which may go round.
_LONGEST_LINE = 64


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts: Word's name of the numerals, the first number, the text around them."""

    numerals: str
    start: int
    text: str
    style: str | None


@dataclass(slots=True)
class Numbering:
    """The lists of a Word file, and how far each has been counted; asked for every paragraph in order."""

    lists: dict[str, tuple[str, dict[int, Level], frozenset[int]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, properties: etree._Element | None) -> str:
        """The number before a paragraph with these properties (`w:pPr`), counted on; "" if it has none."""
        number, depth = self._place(properties)
        if number not in self.lists:
            return ""
        shared, levels, overridden = self.lists[number]
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(shared, [levels[i].start - 1 if i in levels else 0 for i in range(_DEEPEST)])
        if depth in overridden and (number, depth) not in self._begun:
            counts[depth] = levels[depth].start - 1
        self._begun.add((number, depth))
        counts[depth] += 1
        for below in range(depth + 1, _DEEPEST):
            counts[below] = levels[below].start - 1 if below in levels else 0
        return _written(levels, depth, counts)

    def _place(self, properties: etree._Element | None) -> tuple[str, int]:
        """The list and the level that a paragraph is in, by itself or by its style; list 0 is none."""
        if properties is None:
            return "0", 0
        style = value(child(properties, "pStyle"))
        number, depth = self.styles.get(style or "", ("0", 0))
        if (own := child(properties, "numPr")) is not None:
            number = value(child(own, "numId")) or number
            depth = _integer(value(child(own, "ilvl")), depth)
        elif number in self.lists:
            levels = self.lists[number][1]
            depth = next((level for level, each in levels.items() if style and each.style == style), depth)
        return number, min(max(depth, 0), _DEEPEST - 1)


def read_numbering(numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists that numbering.xml and styles.xml define; both may be missing."""
    if numbering is None:
        return Numbering()
    abstract = {attribute(each, "abstractNumId"): each for each in children(numbering, "abstractNum")}
    # A list may be defined by a list style that another abstract list holds.
    held = {value(child(each, "styleLink")): each for each in abstract.values()}
    lists = {}
    for each in children(numbering, "num"):
        shared = value(child(each, "abstractNumId")) or ""
        base = abstract.get(shared)
        if base is not None and (link := value(child(base, "numStyleLink"))):
            base = held.get(link)
        levels = _levels(base) if base is not None else {}
        overrides = _levels_of_overrides(each, levels)
        lists[attribute(each, "numId") or ""] = (shared, levels | overrides, frozenset(overrides))
    return Numbering(lists, dict(_styles(styles)) if styles is not None else {})


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {_integer(attribute(each, "ilvl"), 0): _level(each) for each in children(parent, "lvl")}


def _level(element: etree._Element) -> Level:
    return Level(
        value(child(element, "numFmt")) or "decimal",
        _integer(value(child(element, "start")), 1),
        (value(child(element, "lvlText")) or "")[:_LONGEST_LABEL],
        value(child(element, "pStyle")),
    )


def _levels_of_overrides(number: etree._Element, levels: dict[int, Level]) -> dict[int, Level]:
    """The levels that a list changes: counted anew from another start, or defined anew."""
    changed = {}
    for override in children(number, "lvlOverride"):
        depth = _integer(attribute(override, "ilvl"), 0)
        anew = child(override, "lvl")
        level = _level(anew) if anew is not None else levels.get(depth)
        if level:
            start = _integer(value(child(override, "startOverride")), level.start)
            changed[depth] = Level(level.numerals, start, level.text, level.style)
    return changed


def _styles(styles: etree._Element) -> Iterator[tuple[str, tuple[str, int]]]:
    """Style → list and level, its own or that of the style it is based on."""
    named = {attribute(each, "styleId") or "": each for each in children(styles, "style")}
    based = {name: value(child(style, "basedOn")) or "" for name, style in named.items()}
    own = {name: place for name, style in named.items() if (place := _place_of_style(style))}
    for name in named:
        at = name
        for _ in range(_LONGEST_LINE):
            if at in own:
                yield name, own[at]
                break
            at = based.get(at, "")


def _place_of_style(style: etree._Element) -> tuple[str, int] | None:
    """The list and level that a style itself names."""
    properties = child(style, "pPr")
    place = child(properties, "numPr") if properties is not None else None
    return None if place is None else (value(child(place, "numId")) or "0", _integer(value(child(place, "ilvl")), 0))


def _written(levels: dict[int, Level], depth: int, counts: list[int]) -> str:
    """`%1.%2` with the counts in: 一、, （一）, 1.2; a bullet is a dot, whatever symbol font draws it."""
    level = levels[depth]
    if level.numerals == "bullet":
        return "•"
    if level.numerals == "none":
        return level.text if "%" not in level.text else ""
    label = level.text
    for i in range(depth + 1):
        if f"%{i + 1}" in label:
            # A level that was never counted itself is shown with its first number.
            shown = max(counts[i], levels[i].start) if i in levels else 1
            label = label.replace(f"%{i + 1}", numeral(shown, levels[i].numerals if i in levels else "decimal"))
    return label if not label or not label[-1].isalpha() else label + " "  # 第一章 总则


def numeral(number: int, numerals: str) -> str:
    """A number in the numerals that Word calls so; in digits where it calls them anything else."""
    match numerals:
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | ("taiwaneseCountingThousand" | "ideographDigital" | "japaneseDigitalTenThousand")
        ):
            return _counted(number, _DIGITS, "十百千")
        case "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal":
            return _counted(number, _FORMAL, "拾佰仟")
        case "ideographTraditional":
            return _STEMS[(number - 1) % 10]
        case "ideographZodiac":
            return _BRANCHES[(number - 1) % 12]
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= 20:
            return chr(ord("①") + number - 1)
        case "decimalEnclosedParen" if 1 <= number <= 20:
            return chr(ord("⑴") + number - 1)
        case "decimalEnclosedFullstop" if 1 <= number <= 20:
            return chr(ord("⒈") + number - 1)
        case "lowerLetter" | "upperLetter" if 1 <= number <= _MOST_LETTERS:
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if numerals == "upperLetter" else letter
        case "lowerRoman" | "upperRoman" if number <= _MOST_ROMAN:
            return _roman(number).upper() if numerals == "upperRoman" else _roman(number)
        case _:
            return str(number)


def _counted(number: int, digits: str, places: str) -> str:
    """12 is 十二, 105 is 一百〇五; formally 拾贰."""
    if not 0 < number < 10_000:
        return str(number)
    written, pending = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            pending = bool(written)
            continue
        written += (digits[0] if pending else "") + digits[digit] + (places[place - 1] if place else "")
        pending = False
    return written[1:] if 10 <= number < 20 else written


def _roman(number: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        written += sign * (number // worth)
        number %= worth
    return written


def _integer(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) <= _MOST_DIGITS else otherwise
