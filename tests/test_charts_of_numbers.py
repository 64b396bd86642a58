"""Strips of values: points in place, skewed ones on an axis of logarithms."""

from graph.explorer.views.charts import SKEWED, strip


def test_a_strip_has_a_point_a_value() -> None:
    """From the lowest to the highest, with the middle one."""
    points, middle, skewed = strip([30, 10, 20])
    assert [x for x, _ in points] == [0, 320, 640]
    assert (middle, skewed) == (320, False)


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
