"""Charts as SVG, for papers and slides: the same result is the same bytes.

Words stay words, in whatever font the reader has that knows Chinese: a font drawn as paths could not be searched or
edited, and this machine need not have one.
"""

import io
import warnings
from collections.abc import Callable
from typing import Any

# Those that come with Linux, Windows and macOS, in this order.
_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei", "DejaVu Sans")
_STYLE: Any = {
    "font.family": ["sans-serif"],
    "font.sans-serif": _FONTS,
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#888888",
    "axes.prop_cycle": "cycler(color=['#0b6e6e', '#b5541c', '#5b5b9a', '#8a7a1f', '#888888'])",
    "axes.titlelocation": "left",
    "axes.unicode_minus": False,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "zhili",
}


def picture(draw: Callable[[Any], None], width: float = 7, height: float = 4) -> bytes:
    """An SVG of so many inches; `draw` gets an empty matplotlib figure."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    out = io.BytesIO()
    with rc_context(_STYLE), warnings.catch_warnings():
        # The reader's font has the glyphs that this machine's may lack.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font")
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure)
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": "Zhili"})
    return out.getvalue()
