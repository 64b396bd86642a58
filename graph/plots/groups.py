"""What tells the groups apart: for the largest, the share of each telling concept here and elsewhere."""

from typing import Any

from graph.analysis.groups import Groups
from graph.plotting import picture

_MOST = 6


def plot_groups(result: Groups) -> bytes:
    """Pairs of bars for each concept of the largest groups: the share of the group, and of all others."""
    shown = result.groups[:_MOST]
    rows = [
        (
            f"{number}. {each.label}",
            each.inside / len(group.members),
            each.outside / max(1, result.places - len(group.members)),
        )
        for number, group in enumerate(shown, 1)
        for each in group.telling[:4]
    ]

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        axes.barh([at - 0.2 for at in range(len(rows))], [row[1] for row in rows], 0.4, label="in the group 组内")
        axes.barh([at + 0.2 for at in range(len(rows))], [row[2] for row in rows], 0.4, label="elsewhere 其他")
        axes.set_yticks(range(len(rows)), [row[0] for row in rows])
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.set_xlabel("share of places")
        axes.set_title(f"{len(result.groups)} groups")
        figure.legend(loc="outside lower center", ncols=2)

    return picture(draw, height=1.8 + 0.3 * max(1, len(rows)))
