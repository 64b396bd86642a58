"""How long it takes to follow promises and to count what others did: python -m benchmarks.following [PLACES]

Each place has two reports, generated ones of full length under its name; so many are written into a store and read
back. Both analyses go through a store place by place, so that their time grows as the number of places does.
"""

import gzip
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from benchmarks.generator import generate
from extract.reading import Document
from extract.records import Jurisdiction, Report
from extract.report import read_report
from extract.triples import to_quads
from graph.analysis.promises import overview
from graph.analysis.responses import count, find_cases, read_histories
from graph.store import open_store, write_store
from ontology.divisions import divisions
from ontology.namespace import weakness

_READ = 40  # reports, of which each place has two
_IN_SHARD = 200


def main() -> int:
    """Measures at so many places."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_store(folder / "store", _shards(folder, many))
        store = open_store(folder / "store")
        start = time.process_time()
        result = overview(store)
        told = f"{len(result.tallies)} places with two reports: promises {time.process_time() - start:.1f} s"
        start = time.process_time()
        histories = read_histories(store)
        told += f", histories read {time.process_time() - start:.1f} s"
        start = time.process_time()
        found = count(find_cases(histories, weakness("publicity-coverage")), {})
        told += f", {len(found)} responses to one weakness {time.process_time() - start:.2f} s"
        print(f"{told} (CPU), {getrusage(RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")
    return 0


def _shards(folder: Path, many: int) -> Iterator[Path]:
    own = [read_report(Document(each.name, each.data)) for each in generate(_READ)]
    reports = (
        _under(own[(2 * number + year) % _READ], place.code, place.path, year)
        for number, place in enumerate(islice(divisions(), many))
        for year in (0, 1)
    )
    for number, some in enumerate(iter(lambda: list(islice(reports, _IN_SHARD)), [])):
        shard = folder / f"{number}.gz"
        shard.write_bytes(gzip.compress(b"".join(map(to_quads, some)), 1))
        yield shard
        shard.unlink()


def _under(report: Report, code: str, path: tuple[str, ...], year: int) -> Report:
    """The report as if it were that of a place on another year."""
    level = divisions()[code].level
    return replace(report, jurisdiction=Jurisdiction(code, path, level), department=None, year=2022 + year)


if __name__ == "__main__":
    sys.exit(main())
