"""Compare extracted records with annotations, field by field: precision, recall and F1.

    python -m tools.score [--show FIELD] [--json] [NAME …]

reads the reports in seeds/ and tests/reports/ whose names begin with one of the given ones (all without), extracts
them and compares with tests/truth/. How they are compared stands in `tools/compare.py`.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from extract.documents import Document
from extract.printing import record
from extract.report import read_report
from tools.compare import FIELDS, Item, Tally, compare

ROOT = Path(__file__).resolve().parent.parent
REPORTS = (ROOT / "seeds", ROOT / "tests" / "reports")
TRUTH = ROOT / "tests" / "truth"
_RESAMPLES = 1000


def score(names: Iterable[str] = ("",)) -> dict[str, Tally]:
    """The tallies over all annotated reports whose names begin with one of `names`."""
    return total(score_each(names))


def score_each(names: Iterable[str] = ("",)) -> list[dict[str, Tally]]:
    """The tallies of each annotated report whose name begins with one of `names`."""
    found = []
    for report, truth in _annotated(tuple(names)):
        tallies = {name: Tally() for name in FIELDS}
        compare(record(read_report(Document(report.name, report.read_bytes()))), truth, tallies)
        found.append(tallies)
    return found


def total(reports: Sequence[dict[str, Tally]]) -> dict[str, Tally]:
    """The sums of several reports' tallies."""
    sums = {name: Tally() for name in FIELDS}
    for tallies in reports:
        for name, tally in tallies.items():
            sums[name].add(tally.right, tally.found, tally.wanted)
            sums[name].missed += tally.missed
            sums[name].added += tally.added
    return sums


def intervals(reports: Sequence[dict[str, Tally]]) -> dict[str, tuple[float, float]]:
    """The 95 % interval of each field's F1: the bootstrap over reports (Efron and Tibshirani 1993, percentile method)."""
    chance = Random(0)
    drawn: dict[str, list[float]] = {name: [] for name in FIELDS}
    for _ in range(_RESAMPLES):
        sample = chance.choices(reports, k=len(reports))
        for name in FIELDS:
            counts = (sum(getattr(each[name], count) for each in sample) for count in ("right", "found", "wanted"))
            drawn[name].append(Tally(*counts).f1)
    cut = round(0.025 * _RESAMPLES)
    return {name: (values[cut], values[-cut - 1]) for name, values in ((n, sorted(v)) for n, v in drawn.items())}


def _annotated(names: tuple[str, ...]) -> Iterator[tuple[Path, Item]]:
    reports = {path.stem: path for folder in REPORTS for path in folder.iterdir()}
    for path in sorted(TRUTH.glob("*.json")):
        if path.name.startswith(names):
            yield reports[path.stem], json.loads(path.read_text(encoding="utf-8"))


def main() -> int:
    """Print the table, and what was missed and added of the fields that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", default=[""], help="beginnings of report names; all without")
    parser.add_argument("--show", choices=FIELDS, action="append", default=[], help="list the misses and extras")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    args = parser.parse_args()
    reports = score_each(args.names)
    tallies = total(reports)
    if args.json:
        print(json.dumps({name: round(tally.f1, 4) for name, tally in tallies.items()}))
        return 0
    print(f"{'field':16}{'precision':>10}{'recall':>8}{'F1':>8}   {'95 %':13}{'wanted':>7}   ({len(reports)} reports)")
    for name, (low, high) in intervals(reports).items():
        tally = tallies[name]
        print(
            f"{name:16}{tally.precision:10.3f}{tally.recall:8.3f}{tally.f1:8.3f}   {low:.3f}–{high:.3f}  {tally.wanted:7}"
        )
    for name in args.show:
        for sign, items in (("-", tallies[name].missed), ("+", tallies[name].added)):
            print(
                f"\n{name}: {'missed' if sign == '-' else 'added'} {len(items)}",
                *(f"  {sign} {each}" for each in items),
                sep="\n",
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
