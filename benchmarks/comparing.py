"""Likeness among as many places as the country has townships and more, each admitting some weaknesses."""

import gzip
import time
from collections import deque
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.growing import Scale
from benchmarks.measuring import Figure, seconds
from extract.records import Cause, Deficiency, Evidence, Jurisdiction, Report
from extract.triples import to_quads
from graph.analysis.profiles import read_profiles
from graph.analysis.similarity import similar
from graph.analysis.surprise import Chance
from graph.naming import places
from graph.store import open_store, write_store
from graph.wording import words
from ontology.divisions import Division, divisions
from ontology.vocabulary import load_vocabulary

PLACES = 41_352
_ASKED = 12
_IN_SHARD = 500


def comparing(scale: Scale) -> Iterator[Figure]:
    """The places most like one, and like each, once the profiles have been read."""
    store = scale.folder / "admitting"
    write_store(store, _shards(scale.folder))
    graph = open_store(store)
    start = time.process_time()
    profiles, known = read_profiles(graph), places(graph)
    chance = Chance(profiles)
    _ = chance.draws  # which are kept for all that are asked about
    yield Figure("profiles read", time.process_time() - start, "s", how=f"CPU, {len(profiles.of_place):,} places")
    words("法治")  # jieba reads its dictionary
    asked = Random("asked").sample(sorted(place.code for place in known.values()), _ASKED)
    times = [seconds(partial(similar, graph, code, profiles=profiles, known=known, chance=chance)) for code in asked]
    how = f"CPU, {len(known):,} places, the {{}} of {_ASKED}"
    yield Figure("ten places most like one", median(times), "s", 0.3, how=how.format("median"))
    yield Figure("the slowest of them", max(times), "s", 0.3, how=how.format("slowest"))
    every = seconds(partial(deque, profiles.all_likest(10), maxlen=0), time.perf_counter)
    yield Figure("ten places most like each", every, "s", 60, how=f"wall, all {len(profiles.of_place):,} places")


def _shards(folder: Path) -> Iterator[Path]:
    """Files of quads, each with some hundred places' reports."""
    random = Random("weaknesses")
    everywhere = islice(divisions(), PLACES)
    for number, some in enumerate(iter(lambda: list(islice(everywhere, _IN_SHARD)), [])):
        shard = folder / f"admitting-{number}.gz"
        shard.write_bytes(gzip.compress(b"".join(to_quads(_report(place, random)) for place in some), 1))
        yield shard
        shard.unlink()


def _report(place: Division, random: Random) -> Report:
    """A report that admits two to five weaknesses, common ones more often, and gives a cause of each."""
    concepts = list(load_vocabulary().weaknesses)

    def drawn() -> str:
        return concepts[int(random.random() ** 2 * len(concepts))]

    text = "".join(
        f"{place.name}第{number}项工作存在不足，原因在于基础薄弱。" for number in range(2 + int(random.random() * 4))
    )
    deficiencies, start = [], 0
    while start < len(text):
        end, comma = text.index("。", start), text.index("，", start)
        cause = Cause("基础薄弱", (drawn(),), Evidence(comma + 1, end))
        shortcoming = Evidence(start, comma)
        deficiencies.append(Deficiency(shortcoming.of(text), (drawn(),), (cause,), (), shortcoming))
        start = end + 1
    return Report(
        source=f"{place.code}.txt",
        sha256="",
        text=text,
        title=None,
        jurisdiction=Jurisdiction(place.code, place.path, place.level),
        department=None,
        issuer=None,
        year=2024,
        published=None,
        deficiencies=tuple(deficiencies),
    )
