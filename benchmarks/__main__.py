"""All figures: python -m benchmarks --scale 1000

Each is a ratio within one run or has a bound; ✓ and ✗ say whether it is kept, and the command ends with 1 where one
is missed. What is measured and how stands in the modules, one for each group.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.analysing import analysing
from benchmarks.asking import asking
from benchmarks.browsing import browsing
from benchmarks.comparing import comparing
from benchmarks.crowding import crowding
from benchmarks.extraction import extraction
from benchmarks.growing import Scale, growing
from benchmarks.loading import loading
from benchmarks.measuring import Figure, line
from benchmarks.recording import record

GROUPS: dict[str, Callable[[Scale], Iterator[Figure]]] = {
    "extraction": lambda scale: extraction(),
    "growing": growing,
    "loading": loading,
    "asking": asking,
    "comparing": comparing,
    "analysing": analysing,
    "browsing": browsing,
    "crowding": crowding,
}


def main() -> int:
    """Prints every figure as it is found, and writes the page if one is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and memory.")
    parser.add_argument("--scale", type=int, default=1000, metavar="N", help="so many generated reports (1000)")
    parser.add_argument("--only", nargs="+", choices=GROUPS, metavar="GROUP", help=f"of {', '.join(GROUPS)}")
    parser.add_argument(
        "--page",
        type=Path,
        metavar="FILE",
        help="write the figures to a Markdown page, too; what was not measured stays",
    )
    parser.add_argument(
        "--folder", type=Path, help="where to work; a temporary folder, removed at the end, if not given"
    )
    asked = parser.parse_args()
    found: list[tuple[str, list[Figure]]] = []
    with tempfile.TemporaryDirectory(prefix="zhili-bench-", dir=asked.folder) as folder:
        scale = Scale(Path(folder), asked.scale)
        for name in asked.only or GROUPS:
            print(f"\n{name}", flush=True)
            found.append((name, []))
            for figure in GROUPS[name](scale):
                print(line(figure), flush=True)
                found[-1][1].append(figure)
    if asked.page:
        record(asked.page, f"python -m benchmarks --scale {asked.scale}", found, others=list(GROUPS))
    return 0 if all(figure.holds for _, figures in found for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
