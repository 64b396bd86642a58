"""Numerals in every spelling give their number; runs of numeral characters that are none give nothing."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers.numerals import NUMERAL, Numeral, fold, power, read_han, read_numeral

_NUMERAL = re.compile(NUMERAL, re.VERBOSE)


def read(written: str) -> Numeral | None:
    """The first numeral of a text as read."""
    match = _NUMERAL.search(fold(written))
    assert match is not None
    return read_numeral(match)


@pytest.mark.parametrize(
    ("written", "value", "qualifier"),
    [
        pytest.param("49件", "49", "exact", id="plain"),
        pytest.param("1,234件", "1234", "exact", id="thousands comma"),
        pytest.param("1，234，567元", "1234567", "exact", id="full-width commas"),
        pytest.param("1, 234件", "1234", "exact", id="blank behind the comma"),
        pytest.param("3 583条", "3583", "exact", id="thousands blank"),
        pytest.param("９４．７％", "94.7", "exact", id="full-width digits and point"),
        pytest.param("98. 84%", "98.84", "exact", id="blank behind the point"),
        pytest.param("3.3万余人次", "33000", "at-least", id="decimal, ten thousand, and more"),
        pytest.param("3万多人", "30000", "at-least", id="duo behind wan"),
        pytest.param("980余万元", "9800000", "at-least", id="yu before wan"),
        pytest.param("5百余份", "500", "at-least", id="digit with a Chinese power"),
        pytest.param("1.2亿元", "120000000", "exact", id="hundred million"),
        pytest.param("2000多件", "2000", "at-least", id="duo"),
        pytest.param("二十来次", "20", "about", id="lai is about"),
        pytest.param("5至10人", "5", "at-least", id="range is its lower bound"),
        pytest.param("3—5名", "3", "at-least", id="range with a dash"),
        pytest.param("3至5万元", "30000", "at-least", id="range that shares its power"),
        pytest.param("三至五名", "3", "at-least", id="range in Chinese"),
        pytest.param("三十余场", "30", "at-least", id="Chinese and more"),
        pytest.param("两万三千四百元", "23400", "exact", id="liang and all powers"),
        pytest.param("一千二百余万元", "12000000", "at-least", id="yu between powers"),
        pytest.param("一万二千余人次", "12000", "at-least", id="wan and qian"),
        pytest.param("一百零三项", "103", "exact", id="zero between"),
        pytest.param("二千〇五件", "2005", "exact", id="round zero"),
        pytest.param("十二件", "12", "exact", id="ten without a digit"),
        pytest.param("二十件", "20", "exact", id="tens"),
        pytest.param("十多场", "10", "at-least", id="ten and more"),
        pytest.param("十几万元", "100000", "at-least", id="ji before wan"),
        pytest.param("百余件", "100", "at-least", id="bare hundred and more"),
        pytest.param("百分之九十六点五", "96.5", "exact", id="Chinese decimal"),
        pytest.param("百分之百", "100", "exact", id="a hundred per cent"),
        pytest.param("一亿二千万元", "120000000", "exact", id="yi and wan"),
        pytest.param("两百条", "200", "exact", id="liang hundred"),
    ],
)
def test_numeral_has_its_value(written: str, value: str, qualifier: str) -> None:
    """A numeral gives its number in plain units and how exact its spelling is."""
    numeral = read(written)
    assert numeral is not None
    assert (Decimal(value), qualifier) == (numeral.value, numeral.qualifier)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("八五", id="plan name"),
        pytest.param("三三", id="doubled digit"),
        pytest.param("二〇二一", id="year digit by digit"),
        pytest.param("一二三", id="counting"),
        pytest.param("十百", id="powers the wrong way"),
    ],
)
def test_characters_that_make_no_number(written: str) -> None:
    """Numeral characters that follow no grammar are no numeral."""
    assert read_han(written) is None


@pytest.mark.parametrize(
    ("scale", "factor"), [("万", 10_000), ("亿", 100_000_000), ("百万", 1_000_000), (None, 1), (" 万", 10_000)]
)
def test_power(scale: str | None, factor: int) -> None:
    """Characters behind a numeral multiply it."""
    assert factor == power(scale)


def spell(number: int) -> str:
    """A number below ten thousand in Chinese, as a clerk writes it."""
    digits, spelled, gap = "零一二三四五六七八九", "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            spelled += ("零" if gap and spelled else "") + digits[digit] + name
            gap = False
        else:
            gap = True
    return spelled


@given(st.integers(1, 9999), st.sampled_from(["", "万", "亿"]))
def test_every_spelled_number_is_read_back(number: int, scale: str) -> None:
    """What is spelled by the rules of the language is read as the same number."""
    assert read_han(spell(number) + scale) == number * power(scale)


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    """The folded view is as long as its text."""
    assert len(text) == len(fold(text))
