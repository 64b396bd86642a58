"""What others did about a weakness: differences with their intervals, or, where there is too little, how many did it."""

from typing import Any

from graph.analysis.responses import Answers
from graph.plotting import picture

_MOST = 20


def plot_responses(result: Answers) -> bytes:
    """A panel for each weakness."""

    def draw(figure: Any) -> None:
        panels = figure.subplots(max(1, len(result.weaknesses)), squeeze=False)[:, 0]
        for axes, found in zip(panels, result.weaknesses, strict=False):
            tested = [each for each in found.responses if each.difference is not None]
            shown = (tested or found.responses)[:_MOST]
            for at, each in enumerate(shown):
                if each.difference is None:
                    axes.barh(at, max(each.doing, each.planning), color="#0b6e6e")
                else:
                    axes.plot([each.low, each.high], [at, at], color="#0b6e6e")
                    axes.plot([each.difference], [at], "o", color="#0b6e6e")
            axes.set_yticks(range(len(shown)), [f"{each.label}, {each.how}" for each in shown])
            axes.invert_yaxis()
            if tested:
                axes.axvline(0, color="#888888", linewidth=0.8)
            axes.set_xlabel("difference of the shares that admit it no longer" if tested else "places that did so")
            axes.set_title(
                f"{found.label}: {found.admitting} admit it, {found.followed} followed, {found.gone} no longer"
            )

    many = sum(min(_MOST, len(found.responses)) for found in result.weaknesses)
    return picture(draw, height=1.5 * max(1, len(result.weaknesses)) + 0.25 * max(1, many))
