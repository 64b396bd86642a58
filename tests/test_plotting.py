"""Charts: words stay words, and the same chart is the same bytes."""

from typing import Any

from graph.plotting import picture


def draw(figure: Any) -> None:
    """A line with a Chinese title."""
    axes = figure.subplots()
    axes.plot([1, 2])
    axes.set_title("合法性审查 < 备案审查")


def test_words_stay_words() -> None:
    """Chinese stands in the SVG as text that can be searched, in a font that knows it, and no mark-up gets in."""
    text = picture(draw).decode()
    assert "合法性审查 &lt; 备案审查</text>" in text
    assert "Noto Sans CJK SC" in text


def test_the_same_chart_is_the_same_bytes() -> None:
    """No clock and no chance gets into a picture."""
    assert picture(draw) == picture(draw)
