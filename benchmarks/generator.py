"""Synthetic annual reports in any number: python -m benchmarks.generator -n 20000 -o generated

Their places are real, everything else is made up from phrases.toml and the ontology's labels. They are for measuring
how Zhili does with many reports; nothing about any place can be learned from them, so file names and a README in the
folder say what they are. A seed and a number make a report, whatever Python's version: the first 5,000 of 20,000
are those of 5,000.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.composing import compose
from benchmarks.grammar import Writer
from benchmarks.layouts import lay_out
from benchmarks.offices import local_name, words_of
from benchmarks.places import office_of

_README = """# Generated reports

Synthetic texts for measuring speed, written by `python -m benchmarks.generator`. The places are real, everything said
about them is made up: never mix these files with real reports.
"""
_A_FOLDER = 1000


class Generated(NamedTuple):
    """A generated report: its file's name and content, and what an extractor should find: place, department, year."""

    name: str
    data: bytes
    code: str
    department: str | None
    year: int


def generate(count: int, seed: int = 0, start: int = 0) -> Iterator[Generated]:
    """So many reports of a seed's series, from number `start` on; ValueError where there are not so many."""
    return (_report(number, seed) for number in range(start, start + count))


def write_reports(count: int, folder: Path, seed: int = 0) -> None:
    """Writes reports below a folder, a thousand in a folder of their own; existing files of the names are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(_README, "utf-8")
    for report in generate(count, seed):
        path = folder / report.name
        if not path.parent.exists():
            path.parent.mkdir()
        path.write_bytes(report.data)


def _report(number: int, seed: int) -> Generated:
    office, year = office_of(number, seed)
    writer = Writer(Random(f"{seed} report {number}"), words_of(office, year), local_name(office.division))
    ending, data = lay_out(writer, compose(writer))
    name = f"generated-{number // _A_FOLDER:03}/generated-{number:06}.{ending}"
    return Generated(name, data, office.division.code, office.department, year)


def main() -> int:
    """Writes the reports that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generator", description="Write synthetic reports.")
    parser.add_argument("-n", type=int, required=True, metavar="N", help="how many")
    parser.add_argument("-o", type=Path, required=True, metavar="FOLDER", help="where to")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives other reports")
    asked = parser.parse_args()
    try:
        write_reports(asked.n, asked.o, asked.seed)
    except (ValueError, OSError) as error:
        sys.exit(f"{asked.o}: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
