"""Reports with a known content: python -m benchmarks.planting -o planted

Writes a report for each place and year of a world (benchmarks/simulator.py) into `planted/reports`, and beside them
`planted/truth.json` with what a reader should find: the network along which mechanisms passed, who had which of them
since when, which a document asked for, which passages were taken over from which report, and which places admit the
same weaknesses. Places are real, everything said about them is made up.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from benchmarks.composing import Block
from benchmarks.generator import Generated
from benchmarks.grammar import Writer
from benchmarks.layouts import lay_out
from benchmarks.offices import local_name, words_of
from benchmarks.places import Office
from benchmarks.simulator import ISSUED, NEVER, YEARS, Copy, Size, World, world
from ontology.vocabulary import Concept, load_vocabulary

REPORTS, TRUTH = "reports", "truth.json"
_README = """# Planted reports

Synthetic texts for testing analyses, written by `python -m benchmarks.planting`. The places are real, everything said
about them is made up: never mix these files with real reports.
"""
_COUNTED = ("一是", "二是", "三是", "四是", "五是")
_NUMBER = re.compile(r"\d[\d,]*")
_OWN = 3  # passages in each report


class _Planted(Writer):
    """Names the mechanism at hand where the grammar would draw one."""

    named = ""

    def mechanism(self, area: str) -> str:
        return self.named


def planted_reports(planted: World) -> Iterator[Generated]:
    """A report for each place and year that has one, by place."""
    copied: defaultdict[tuple[int, int], list[Copy]] = defaultdict(list)
    for copy in planted.copies:
        copied[copy.target, copy.copied].append(copy)
    for place, year in np.argwhere(planted.reported).tolist():
        yield _report(planted, place, year, copied[place, year])


def truth(planted: World) -> dict[str, Any]:
    """What is planted, as data: places by code, mechanisms and weaknesses by id, years as they are written.

    A first year is that from which on a place has a mechanism, `null` where it is before the first that can have a
    report; a report need not mention it at once, or at all.
    """
    codes = [each.code for each in planted.divisions]
    had = [
        [
            codes[place],
            planted.mechanisms[thing],
            YEARS[onset] if (onset := planted.onsets[place, thing]) >= 0 else None,
        ]
        for place, thing in np.argwhere(planted.onsets > NEVER).tolist()
    ]
    return {
        "seed": planted.seed,
        "years": [YEARS.start, YEARS.stop - 1],
        "places": codes,
        "edges": [[codes[source], codes[target]] for source, target in planted.edges],
        "mandated": {"since": ISSUED, "mechanisms": sorted(planted.mechanisms[at] for at in planted.mandated)},
        "adoptions": had,
        "groups": [
            {"weaknesses": profile, "places": [codes[at] for at in np.flatnonzero(planted.group == number)]}
            for number, profile in enumerate(planted.profiles)
        ],
        "copies": [
            {
                "from": [codes[copy.source], YEARS[copy.written]],
                "to": [codes[copy.target], YEARS[copy.copied]],
                "kind": copy.kind,
                "edited": copy.edited,
                "text": (text := _passage(planted, copy.source, copy.written, 0)),
                "copied": _taken(planted, copy, text),
            }
            for copy in planted.copies
        ],
    }


def write_planted(planted: World, folder: Path) -> None:
    """Writes the reports and the truth into a folder; existing files of the names are replaced."""
    (folder / REPORTS).mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(_README, "utf-8")
    for report in planted_reports(planted):
        (folder / REPORTS / report.name).write_bytes(report.data)
    (folder / TRUTH).write_text(json.dumps(truth(planted), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _report(planted: World, place: int, year: int, copies: list[Copy]) -> Generated:
    division = planted.divisions[place]
    random = Random(f"{planted.seed} planted {division.code} {year}")
    writer = _Planted(random, _words(planted, place, year), local_name(division))
    ending, data = lay_out(writer, _blocks(planted, place, year, copies, writer))
    return Generated(f"planted-{division.code}-{YEARS[year]}.{ending}", data, division.code, None, YEARS[year])


def _blocks(planted: World, place: int, year: int, copies: list[Copy], writer: _Planted) -> Iterator[Block]:
    """The parts of a report: by area what is practised, passages of its own or of others, what is admitted, what next."""
    vocabulary = load_vocabulary()
    by_area: defaultdict[str, list[Concept]] = defaultdict(list)
    for thing in np.flatnonzero(planted.stated[place, year]).tolist():
        concept = vocabulary.mechanisms[planted.mechanisms[thing]]
        by_area[concept.area].append(concept)
    # The first passage of a report is the one that others take over; one that takes over leaves out its last.
    passages = [_passage(planted, place, year, number) for number in range(_OWN - len(copies))]
    passages += [_taken(planted, copy, _passage(planted, copy.source, copy.written, 0)) for copy in copies]
    yield Block("opening", "", writer.write("planted.opening"))
    yield Block("part", writer.write("opening.heading"), "")
    for concepts in by_area.values():
        yield Block("section", writer.write("planted.heading"), "".join(_done(writer, each) for each in concepts))
    for text in (writer.write("planted.filler"), *passages):
        yield Block("text", "", text)
    yield Block("part", writer.write("weaknesses.heading"), _admitted(planted, place, writer))
    aims = "".join(
        f"{ordinal}{writer.write('planted.plan')}。{writer.write('planted.aim')}。" for ordinal in _COUNTED[:3]
    )
    yield Block("part", writer.write("plans.heading"), writer.write("planted.next") + aims)


def _done(writer: _Planted, concept: Concept) -> str:
    """That a mechanism is practised, by one of its names."""
    names = [label for label in concept.labels[:8] if 3 <= len(label) < 15] or [concept.zh]
    writer.named = names[int(writer.random() ** 2 * len(names))]
    return writer.write("planted.done") + (writer.write("planted.filler") if writer.chance(0.3) else "")


def _admitted(planted: World, place: int, writer: Writer) -> str:
    """Shortcomings: those of the place's group, now and then without one of them, and some that are drawn."""
    weaknesses = load_vocabulary().weaknesses
    group = planted.group[place]
    profile = [name for name in planted.profiles[group] if writer.chance(0.85)] if group >= 0 else []
    others = [name for name in weaknesses if name != "other" and name not in profile]
    drawn = [others[int(writer.random() * len(others))] for _ in range(1 if profile else 4)]
    said = writer.write("weaknesses.intro")
    for ordinal, name in zip(_COUNTED, (*profile, *drawn), strict=False):
        labels = [label for label in weaknesses[name].labels[:8] if 3 <= len(label) < 15] or [weaknesses[name].zh]
        writer.weakness = labels[int(writer.random() * len(labels))]
        said += f"{ordinal}{writer.write('weaknesses.statement')}。"
    return said


def _passage(planted: World, place: int, year: int, number: int) -> str:
    """A passage that a report has first, always the same: three sentences with figures of the place's own."""
    division = planted.divisions[place]
    random = Random(f"{planted.seed} passage {division.code} {year} {number}")
    writer = _Planted(random, _words(planted, place, year), local_name(division))
    return "".join(writer.write("planted.passage") for _ in range(3))


def _taken(planted: World, copy: Copy, text: str) -> str:
    """The passage as the copy has it, with figures of its own where it is edited."""
    if not copy.edited:
        return text
    random = Random(f"{planted.seed} copy {copy.target} {copy.copied}")
    return _NUMBER.sub(lambda number: str(int(int(number[0].replace(",", "")) * (0.6 + random.random()) + 1)), text)


def _words(planted: World, place: int, year: int) -> Mapping[str, str]:
    return words_of(Office(planted.divisions[place], None), YEARS[year])


def main() -> int:
    """Writes the reports and the truth that are asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.planting", description="Write reports of known content."
    )
    parser.add_argument("-o", type=Path, required=True, metavar="FOLDER", help="where to")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives other reports")
    parser.add_argument("--provinces", type=int, default=10, help="fewer make a smaller world")
    asked = parser.parse_args()
    try:
        write_planted(world(asked.seed, Size(provinces=asked.provinces)), asked.o)
    except OSError as error:
        sys.exit(f"{asked.o}: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
