"""The places most like one as bars, each in the parts that the shared concepts add."""

from collections import Counter
from typing import Any

from graph.analysis.similarity import Similar
from graph.plotting import picture

# Of the concepts that add most; the others are grey.
_COLOURS = ("#0b6e6e", "#b5541c", "#5b5b9a", "#8a7a1f", "#7fb5b5", "#dc9b6e", "#a9a9d6", "#cfc176")


def plot_similar(result: Similar) -> bytes:
    """A bar for each place: how alike it is, divided by what is shared; the widest shared concepts are named."""
    bits: Counter[str] = Counter()
    for like in result.likenesses:
        bits.update({shared.label: shared.weight for shared in like.shared})
    named = [label for label, _ in bits.most_common(len(_COLOURS))]

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        for place, like in enumerate(result.likenesses):
            whole, left = sum(shared.weight for shared in like.shared) or 1.0, 0.0
            for shared in like.shared:
                wide = like.score * shared.weight / whole
                colour = _COLOURS[named.index(shared.label)] if shared.label in named else "#cccccc"
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
            axes.barh(0, 0, color=_COLOURS[number], label=label)
        if named:
            figure.legend(loc="outside lower center", ncols=2)

    return picture(draw, height=2.5 + 0.3 * max(1, len(result.likenesses)))
