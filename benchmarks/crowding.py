"""Fifty readers at once: pages, their twins, searches and queries, while the graph is built anew beside them.

A real `zhili serve` over a real graph folder, readers in a process of their own (`benchmarks.crowd`), builds with the
real command. Every answer is compared with what the same request was answered alone: a server keeps the graph that
was there when it started, so that a build which swaps the store must change nothing for its readers.

What a query that would run for ever may cost the others: it keeps one thread of the engine busy. Where all processors
are taken, a fair system gives n + 1 threads on n processors n / (n + 1) of one each, so that everything beside it may
take 1 + 1 / n times as long, and no longer.
"""

import os
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import quote

import psutil

from benchmarks.browsing import addresses_in, served, words_searched
from benchmarks.crowd import BUSY, RIGHT, WRONG, Answers, Ask, Plan, answers, asked_alone, crowd
from benchmarks.generator import generate
from benchmarks.growing import Scale
from benchmarks.measuring import MB, Figure, Run, reached_by, resident

READERS, SECONDS = 50, 60.0
_CHANGED = 5  # reports that a build adds, and as many that it removes
_GLANCE = 0.2  # seconds between two looks at the memory
_OTHERS = 7_000  # the seed of the reports that are added: of another series than the graph's
_GROWTH = 1.1  # of a third's peak to the one before: allocators and caches breathe
STOPPED = (503, 504)  # how a query that would run on is answered
# What a reader asks for: so many requests of each kind.
_MIX = {"page": 90, "twin": 25, "search": 30, "query": 40}

# Neither ends by itself. The first is stopped by the engine, which looks at the clock with each row; the second hands
# on no row, so that the engine has to be replaced.
ENDLESS = (
    'SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (CONCAT(STR(?a), STR(?d), STR(?g)) = "nix") }',
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
)
_ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
_TRIPLES = ("text/turtle", "application/n-triples", "application/ld+json")
_QUERIES = {
    "SELECT ?m ?name { ?m skos:inScheme mechanism: ; skos:prefLabel ?name } ORDER BY ?m ?name": _ROWS,
    "SELECT ?w (COUNT(?place) AS ?n) { ?place zl:admits ?w } GROUP BY ?w ORDER BY DESC(?n) ?w": _ROWS,
    "SELECT ?r { ?r a zl:Report ; zl:year ?year } ORDER BY ?r LIMIT 20": _ROWS,
    "ASK { ?place zl:practises mechanism:legality-review }": _ROWS[:2],
    "DESCRIBE mechanism:legality-review": _TRIPLES,
    "CONSTRUCT { ?place zl:admits ?w } { ?place zl:admits ?w } ORDER BY ?place ?w LIMIT 100": _TRIPLES,
}


def crowding(scale: Scale) -> Iterator[Figure]:
    """A minute, or as long as two builds take, a minute without builds, and one with endless queries beside it."""
    graph = scale.graph(scale.reports)
    with served(graph) as (client, server):
        asks = mixed(addresses_in(client))
        plan = Plan(str(client.base_url), READERS, SECONDS, asks, asked_alone(str(client.base_url), asks))
        rebuilt, first, then = Rebuilt(scale), Watch(server), Watch(server)
        with first.looking(), crowd(plan) as readers:
            builds = [rebuilt.change(), rebuilt.back()]
            swapped = answers(readers)
        with then.looking():
            alone = gathered(plan, ())
        beside = gathered(plan, ENDLESS)  # which may fill what memory the engine is given
        yield from _kept("while the store is swapped", swapped)
        yield Figure("both builds beside them", sum(build.wall for build in builds), "s", how="wall")
        yield from _memory(first, then)
        yield from _kept("alone", alone)
        yield from _kept("beside endless queries", beside)
        yield from _slowed(alone, beside)


def mixed(addresses: Sequence[str]) -> list[Ask]:
    """Requests of all kinds, in both languages, chosen from a server's addresses (in Chinese); always the same."""
    random = Random("mixed")
    pages = [address for address in addresses if "format=" not in address]
    found = {
        "page": pages,
        "twin": [f"{page}{'&' if '?' in page else '?'}format=json" for page in pages],
        "search": [f"/zh/search?q={quote(word)}" for word in words_searched()],
    }
    asks = [
        Ask(kind, address if random.random() < 0.5 else address.replace("/zh/", "/en/", 1))
        for kind, all_of_kind in found.items()
        for address in random.choices(all_of_kind, k=_MIX[kind])
    ]
    queries = [(query, accept) for query, accepted in _QUERIES.items() for accept in accepted]
    for query, accept in random.choices(queries, k=_MIX["query"]):
        by_post = random.random() < 0.5
        address = "/sparql" if by_post else f"/sparql?query={quote(query)}"
        asks.append(Ask("query", address, query if by_post else "", accept))
    return asks


def gathered(plan: Plan, endless: Sequence[str]) -> Answers:
    """What the readers of a plan are told beside these endless queries."""
    with crowd(replace(plan, endless=endless)) as readers:
        return answers(readers)


class Rebuilt:
    """Builds of a scale's graph: with some reports removed and others added, and then as it was."""

    def __init__(self, scale: Scale, changed: int = _CHANGED) -> None:
        self._scale, source = scale, scale.source(scale.reports)
        files = sorted(source.rglob("generated-*.*"))
        aside = scale.folder / "aside"
        aside.mkdir(exist_ok=True)
        self._moved = [(file, aside / file.name) for file in files[:: max(1, len(files) // changed)][:changed]]
        added = generate(changed, _OTHERS)
        self._added = {source / f"added-{Path(report.name).name}": report.data for report in added}

    def change(self) -> Run:
        """Takes some reports away, adds others, and builds."""
        for file, aside in self._moved:
            file.rename(aside)
        for file, data in self._added.items():
            file.write_bytes(data)
        return self._scale.build(self._scale.reports)

    def back(self) -> Run:
        """Has the reports as they were, and builds."""
        for file, aside in self._moved:
            aside.rename(file)
        for file in self._added:
            file.unlink()
        return self._scale.build(self._scale.reports)


class Watch:
    """The memory of a server and of those that it has started, looked at again and again."""

    def __init__(self, server: psutil.Process) -> None:
        self._server = server
        self._over = threading.Event()
        self.seen: list[tuple[int, int]] = []

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Looks for as long as the `with` block lasts: what the server holds, and what its engine."""
        thread = threading.Thread(target=self._look)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def thirds(self) -> list[list[tuple[int, int]]]:
        """What was seen in each third of the time."""
        third = len(self.seen) // 3
        return [self.seen[:third], self.seen[third : 2 * third], self.seen[2 * third :]]

    def _look(self) -> None:
        while not self._over.wait(_GLANCE):
            engine = sum(map(resident, self._server.children(recursive=True)))
            self.seen.append((resident(self._server), engine))


def _kept(when: str, found: Answers) -> Iterator[Figure]:
    """How many answers there were, how soon, and how many were none or wrong."""
    verdicts = Counter(told.verdict for told in found.told)
    times = [told.seconds for told in found.told]
    slowest = max(found.told, key=lambda told: told.seconds)
    faults = [f"{told.address} {told.verdict}" for told in found.told if told.verdict not in (RIGHT, BUSY, WRONG)]
    wrong = sorted({told.address for told in found.told if told.verdict == WRONG})
    last = max(told.at for told in found.told)
    yield Figure(f"answers a second {when}", len(times) / last, "", how=f"{READERS} readers, {len(times):,} answers")
    yield Figure(f"half of them within, {when}", 1000 * median(times), "ms", how=_by_kind(found))
    yield Figure(f"95 of 100 within, {when}", 1000 * reached_by(times, 0.95), "ms")
    yield Figure(f"99 of 100 within, {when}", 1000 * reached_by(times, 0.99), "ms")
    yield Figure(f"errors {when}", len(faults), "", 0, how="; ".join(sorted(set(faults)))[:300])
    yield Figure(f"wrong answers {when}", len(wrong), "", 0, how=", ".join(wrong[:3]))
    yield Figure(f"told to ask again {when}", verdicts[BUSY], "", how="503 with Retry-After")
    yield Figure(f"the slowest answer {when}", slowest.seconds, "s", how=slowest.address)


def _by_kind(found: Answers) -> str:
    """The median time of each kind of request."""
    kinds = sorted({told.kind for told in found.told})
    times = {kind: median(told.seconds for told in found.told if told.kind == kind) for kind in kinds}
    return ", ".join(f"{kind} {1000 * took:.0f} ms" for kind, took in times.items())


def _memory(first: Watch, then: Watch) -> Iterator[Figure]:
    """The most that server and engine held, beside builds and alone, and whether it still grew when nothing else changed."""
    for whose, name in ((0, "server"), (1, "engine")):
        most = max(seen[whose] for seen in [*first.seen, *then.seen])
        yield Figure(f"memory of the {name}", most / MB, "MB", how="peak RSS")
        _, second, last = (max(seen[whose] for seen in third) for third in then.thirds())
        how = "alone: peaks of the last and the second third"
        yield Figure(f"memory of the {name}, its growth", last / second, "×", _GROWTH, how=how)


def _slowed(alone: Answers, beside: Answers) -> Iterator[Figure]:
    """How much longer answers take beside endless queries, and what became of those."""
    processors = os.cpu_count() or 1
    share, how = 1 + 1 / processors, f"1 + 1 / {processors} processors"
    for name, part in (("half", 0.5), ("95 of 100", 0.95)):
        with_, without = (reached_by([told.seconds for told in found.told], part) for found in (beside, alone))
        yield Figure(f"{name} within, beside endless queries to alone", with_ / without, "×", share, how=how)
    statuses = Counter(status for status, _ in beside.endless)
    otherwise = sum(n for status, n in statuses.items() if status not in STOPPED)
    told = ", ".join(f"{status}: {n}" for status, n in statuses.items())
    longest = max(took for _, took in beside.endless)
    yield Figure(
        "endless queries that were not stopped", otherwise, "", 0, how=f"{told}; after {longest:.0f} s at most"
    )
