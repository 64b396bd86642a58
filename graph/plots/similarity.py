"""The places most like one as bars, each in the parts that the shared concepts add."""

from collections import Counter
from typing import Any

from graph.analysis.similarity import Similar
from graph.plotting import picture

_MOST = 8  # concepts that have a colour of their own


def plot_similar(result: Similar) -> bytes:
    """A bar for each place: how alike it is, divided by what is shared; the widest shared concepts are named."""
    bits: Counter[str] = Counter()
    for like in result.likenesses:
        bits.update({shared.label: shared.weight for shared in like.shared})
    named = [label for label, _ in bits.most_common(_MOST)]

    def draw(figure: Any) -> None:
        from matplotlib import colormaps

        axes, colours = figure.subplots(), colormaps["tab10"].colors
        for place, like in enumerate(result.likenesses):
            whole, left = sum(shared.weight for shared in like.shared) or 1.0, 0.0
            for shared in like.shared:
                wide = like.score * shared.weight / whole
                colour = colours[named.index(shared.label)] if shared.label in named else "#cccccc"
                axes.barh(place, wide, left=left, color=colour)
                left += wide
            if like.surprise:
                axes.text(left, place, f" p {like.surprise.p:.2g}", va="center", fontsize=8)
        axes.set_yticks(range(len(result.likenesses)), [like.place.full_name for like in result.likenesses])
        axes.invert_yaxis()
        axes.set_xlim(0, 1.1)
        axes.set_xlabel("likeness")
        axes.set_title(result.place.full_name)
        for number, label in enumerate(named):
            axes.barh(0, 0, color=colours[number], label=label)
        if named:
            figure.legend(loc="outside lower center", ncols=2)

    return picture(draw, height=2.5 + 0.3 * max(1, len(result.likenesses)))
