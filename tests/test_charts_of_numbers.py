"""Strips of values: points in place, skewed ones on an axis of logarithms."""

from graph.explorer.views.charts import SKEWED, line, strip


def test_a_strip_has_a_point_a_value() -> None:
    """From the lowest to the highest, with the middle one."""
    points, middle, skewed = strip([30, 10, 20])
    assert [x for x, _ in points] == [0, 320, 640]
    assert (middle, skewed) == (320, False)
    assert strip([10, 20, 30, 50])[1] == 240, "of an even number it is between the two in the middle"


def test_a_line_says_what_stands_at_its_ends() -> None:
    """The first and the last year, each with its value; without two years there is no line."""
    drawn = line([(2024, 3.0), (2021, 1.5), (2023, 2.0)], str)
    assert drawn and (drawn.first, drawn.last) == ("2021: 1.5", "2024: 3.0")
    assert line([(2024, 3.0), (2024, 1.5)], str) is None


def test_skewed_values_are_on_logarithms() -> None:
    """One value far above the rest would else push all others to one end."""
    points, middle, skewed = strip([1, 10, 10 * SKEWED * 10])
    assert skewed
    assert 0 < middle < 320
    assert strip([-1, 10, 10 * SKEWED * 10])[2] is False


def test_of_very_many_some_are_left_out() -> None:
    """A strip stays small however many values there are, and all alike are one place."""
    assert len(strip([float(each) for each in range(5000)])[0]) <= 400
    assert strip([5.0, 5.0])[1] == 0
