"""Units: what can be turned into what, and why the rest cannot."""

from fractions import Fraction

import pytest

from ontology.units import unit, why_apart


@pytest.mark.parametrize(
    ("name", "base", "factor"),
    [
        ("件", "件", 1),
        ("万件", "件", 10_000),
        ("起", "件", 1),
        ("万元", "元", 10_000),
        ("亿元", "元", 100_000_000),
        ("名", "人", 1),
        ("人次", "人次", 1),
        ("万人次", "人次", 10_000),
        ("场次", "次", 1),
        ("亩", "平方米", Fraction(2000, 3)),
        ("天", "小时", 24),
        ("个工作日", "工作日", 1),
        ("‰", "%", Fraction(1, 10)),
        ("个百分点", "百分点", 1),
        ("万标方", "标方", 10_000),
        ("盏", "盏", 1),
        ("万", "万", 1),
    ],
)
def test_what_a_unit_is(name: str, base: str, factor: Fraction | int) -> None:
    """Each unit has one to which it can be turned; one that nobody knows is its own."""
    assert (unit(name).base, unit(name).factor) == (base, factor)


@pytest.mark.parametrize(
    ("one", "other"),
    [("人", "人次"), ("件", "件次"), ("%", "百分点"), ("小时", "工作日"), ("元", "美元"), ("次", "人次")],
)
def test_what_looks_alike_and_is_not(one: str, other: str) -> None:
    """Units that are taken for each other are apart, and both languages say why."""
    assert unit(one).base != unit(other).base
    assert all(why_apart(unit(one).base, unit(other).base, language) for language in ("zh", "en"))
    assert why_apart(one, other, "zh") == why_apart(other, one, "zh")


def test_nothing_is_said_of_units_that_nobody_confuses() -> None:
    """Cases and square metres need no explanation."""
    assert why_apart("件", "平方米", "en") == ""
