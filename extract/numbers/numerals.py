"""Numerals as offices write them → numbers: 1,234, 3.3万余, 两万三千四百, 百分之九十六点五, 5至10.

`fold` gives a view of a text in which every way of typing a digit is one way; it keeps the length, so that
offsets into the view are offsets into the text. `NUMERAL` finds numerals in a view, `read_numeral` reads one.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extract.records import Qualifier
from extract.signs import Folding

_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_ODD = {
    "\u3000": " ",
    "\xa0": " ",
    "\u2009": " ",
    "\t": " ",
    "○": "〇",
    "﹪": "%",
    "﹐": ",",
    "∶": ":",
    "–": "-",
    "−": "-",
}
_FOLDING = Folding(_FULL_WIDTH | _ODD)

HAN_DIGITS = {digit: value for value, digits in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
              for digit in digits}  # fmt: skip
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_HAN = "[零〇一二两三四五六七八九十百千万亿]"
# A damaged page breaks numbers up: 98. 84%, 1, 234件, 3 583条, 1 1 8 0件.
_ARABIC = (
    r"(?<!\d)\d(?:\ \d){2,}(?!\d)|\d{1,3}(?:\ ?,\ ?\d{3})+(?!\d)(?:\.\d+)?|\d+\ ?\.\ ?\d+|\d{1,3}(?:\ \d{3})+(?!\d)|\d+"
)
_MORE = "余|多|来|几"
# 约30人, 损失约30万元, but not 公约30份, 村规民约8部, 预约30人: nouns and verbs that end in it; 整合约30家 is none.
ABOUT = "(?<!规民)(?<![^整联结综]合)(?<!^合)(?<![预节违签公契制履特条续相邀隐守简誓])约"
# Nobody counts so far; a longer one is a code.
_LONGEST = 24

NUMERAL = rf"""
    (?=[\d零〇一二两三四五六七八九十百千万亿])   # how every numeral begins; nothing else is looked at any further
    (?P<share>[百千二三四五六七八九十]分之\ ?)?
    (?:(?P<arabic>{_ARABIC})|(?P<han>{_HAN}+(?:点[零〇一二三四五六七八九]+)?))
    (?P<more>\ ?(?:{_MORE}))?
    (?P<scale>\ ?(?:[十百千]?[万亿]亿?|百(?!分)|千(?!克|米|瓦|分)))?
    (?P<more_after>\ ?(?:{_MORE}))?
    (?:\ ?(?P<range_first_unit>[%个])?\ ?(?:至|到|-|~|—)\ ?(?P<upper>\d[\d,.]*|{_HAN}+)(?P<upper_scale>[万亿])?)?
"""


class Numeral(NamedTuple):
    """A number as read: its value, how sure the writer was of it, and whether it was written in Chinese.

    `upper` is the other end of a range (5至10); `bare` says that no digit stands before the power (百余, 近千).
    """

    value: Decimal
    qualifier: Qualifier
    han: bool
    bare: bool = False
    upper: Decimal | None = None


@lru_cache(maxsize=2)
def fold(text: str) -> str:
    """The text with full-width letters, digits and punctuation as half-width, of the same length."""
    return _FOLDING(text)


def read_numeral(match: re.Match[str]) -> Numeral | None:
    """The number that a match of `NUMERAL` stands for; None where the characters make no number (八五, 三三)."""
    written = match["arabic"] or match["han"]
    han = match["arabic"] is None
    if len(written) > _LONGEST:
        return None
    value = read_han(written) if han else Decimal(written.replace(" ", "").replace(",", ""))
    if value is None:
        return None
    value = plain_number(value * power(match["scale"]))
    upper = _read_upper(match)
    if upper is not None and match["upper_scale"] and not match["scale"] and value < upper:
        value = plain_number(value * power(match["upper_scale"]))
    qualifier = _qualifier((match["more"] or match["more_after"] or "").strip())
    if upper is not None and qualifier == "exact":
        qualifier = "at-least"
    bare = han and all(sign in "百千万亿" for sign in written)
    return Numeral(value, qualifier, han, bare, upper)


def read_han(written: str) -> Decimal | None:
    """The value of a Chinese numeral (一百零三, 九十七点三, 十); None where its characters make none.

    A power without a digit before it stands for one of it: 百余场 is a hundred and more.
    """
    whole, _, fraction = written.partition("点")
    total = section = 0
    digit: int | None = None
    last_power = 10**9
    for sign in whole:
        if sign in HAN_DIGITS:
            if digit:
                return None
            digit = HAN_DIGITS[sign]
        elif sign in _SMALL:
            if _SMALL[sign] >= last_power:
                return None
            last_power = _SMALL[sign]
            section += (1 if digit is None else digit or 1) * last_power
            digit = None
        else:
            part = section + (digit or 0)
            total = (total + part or 1) * _LARGE[sign] if sign == "亿" else total + (part or 1) * _LARGE[sign]
            section, digit, last_power = 0, None, 10**9
    tail = "".join(str(HAN_DIGITS[sign]) for sign in fraction)
    return Decimal(f"{total + section + (digit or 0)}.{tail or 0}") if tail else Decimal(total + section + (digit or 0))


def power(scale: str | None) -> int:
    """What the characters after a numeral multiply it by: 万 10000, 百万 1000000, none 1."""
    product = 1
    for sign in (scale or "").strip():
        product *= _SMALL.get(sign) or _LARGE[sign]
    return product


def plain_number(value: Decimal) -> Decimal:
    """The number without empty places: 33000 rather than 33000.0: the places that a power of ten has filled are not shown."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _qualifier(more: str) -> Qualifier:
    """余, 多 and 几 promise at least the number (三十余场); 来 stands on either side of it (二十来次)."""
    if not more:
        return "exact"
    return "about" if more == "来" else "at-least"


def _read_upper(match: re.Match[str]) -> Decimal | None:
    written = (match["upper"] or "").rstrip(",.")
    if not written or len(written) > _LONGEST or written.count(".") > 1:  # 5至1.2.3 ends in no number
        return None
    value = Decimal(written.replace(",", "")) if written[0].isdigit() else read_han(written)
    return None if value is None else value * power(match["upper_scale"])
