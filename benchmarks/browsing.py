"""The explorer's pages over a large graph: a real `zhili serve` in this machine, asked page after page."""

import re
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import quote, urlsplit

import httpx
import psutil

from benchmarks.extraction import ZHILI
from benchmarks.generator import generate
from benchmarks.growing import Scale
from benchmarks.measuring import Figure, reached_by, used
from extract.documents import Document
from extract.reading import decode

_LINK = re.compile(r'href="(/zh/[^"#]*)')
_OF_A_KIND = 10
_VISITED = 4  # pages of a kind that are read for their links
_PAUSE = 1.0
_WORDS = 60
# What readers look for: mostly short words that stand everywhere.
_FREQUENT = "法治 执法 调解 行政执法 合法性审查 法律顾问 普法 矛盾纠纷 行政复议 法治政府建设 规范性文件 领导干部 办结率 群众 食品药品 网格员 司法所 营商环境"


def browsing(scale: Scale) -> Iterator[Figure]:
    """Pages of every kind and searches, each asked once of a server that has just started and has read ahead."""
    graph = scale.graph(scale.reports)
    with served(graph) as (client, _):
        addresses = addresses_in(client)
    searches = [f"/zh/search?q={quote(word)}" for word in words_searched()]
    start = time.perf_counter()
    with served(graph) as (client, server):
        yield Figure("explorer ready", time.perf_counter() - start - _PAUSE, "s", how="wall, until it has read ahead")
        # A page's twins, JSON and CSV, hold all rows of its tables: downloads, which take the longer the more there are.
        twins = [address for address in addresses if "format=" in address]
        yield from _times("page", client, server, [address for address in addresses if address not in twins])
        yield from _times("download", client, server, twins, bound=None)
        yield from _times("search", client, server, searches)


def _times(
    what: str, client: httpx.Client, server: psutil.Process, addresses: list[str], bound: float | None = 150
) -> Iterator[Figure]:
    """How long each address takes its reader, and the server's processors, whose clocks go by hundredths."""
    wall, cpu, failed = {}, {}, []
    for address in addresses:
        before, answer = used(server), client.get(address)
        wall[address] = 1000 * answer.elapsed.total_seconds()
        cpu[address] = round(1000 * (used(server) - before))
        if answer.is_error:
            failed.append(address)
    slowest = max(wall, key=lambda address: wall[address])
    of = f"{len(addresses)} addresses"
    yield Figure(f"a {what}, half of them within", median(wall.values()), "ms", how=f"wall, {of}")
    yield Figure(f"a {what}, 95 of 100 within", reached_by(wall.values(), 0.95), "ms", bound, how=f"wall, {of}")
    yield Figure(f"a {what}, 95 of 100 within, CPU", reached_by(cpu.values(), 0.95), "ms", bound, how="of the server")
    yield Figure(f"the slowest {what}", wall[slowest], "ms", how=f"wall, {cpu[slowest]:.0f} ms CPU, {slowest}")
    yield Figure(f"a {what} that is an error", len(failed), "", 0, how=", ".join(failed[:3]))


@contextmanager
def served(graph: Path, *options: str) -> Iterator[tuple[httpx.Client, psutil.Process]]:
    """A client of a server over a graph, once it has answered and is idle, and the server, which is ended afterwards."""
    command = [ZHILI, "serve", "-g", str(graph), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            told = process.stderr.readline() if process.stderr else ""
            if not told.startswith("http://"):
                raise RuntimeError(f"{' '.join(command)}: {told.strip()}")
            assert process.stderr  # who complains much must not wait for somebody to listen
            threading.Thread(target=process.stderr.read, daemon=True).start()
            with httpx.Client(base_url=told.split()[0], timeout=120, follow_redirects=True, trust_env=False) as client:
                client.get("/zh/").raise_for_status()
                _await_rest(server := psutil.Process(process.pid))
                yield client, server
        finally:
            process.terminate()


def _await_rest(process: psutil.Process) -> None:
    """Waits until a process has done next to nothing for a while."""
    before = -1.0
    # What one that it started had used is gone with that one, which is no rest either.
    while abs((now := used(process)) - before) > 0.05 * _PAUSE:
        before = now
        time.sleep(_PAUSE)


def addresses_in(client: httpx.Client) -> list[str]:
    """Addresses of all kinds that links lead to, the same number of each, in a shuffled order that is always the same."""
    found = defaultdict[tuple[str, bool], set[str]](set, {kind_of("/zh/"): {"/zh/"}})
    seen: set[str] = set()
    random = Random("addresses")
    for _ in range(3):
        for kind in sorted(found):
            fresh = sorted(found[kind] - seen)
            for address in random.sample(fresh, min(_VISITED, len(fresh))):
                seen.add(address)
                for link in map(unescape, _LINK.findall(client.get(address).text)):
                    found[kind_of(link)].add(link)
    chosen = [
        address
        for kind in sorted(found)
        for address in random.sample(sorted(found[kind]), min(_OF_A_KIND, len(found[kind])))
    ]
    return sorted(chosen, key=lambda address: random.random())


def kind_of(address: str) -> tuple[str, bool]:
    """What sort of page an address leads to: its first part, and whether anything is chosen there."""
    parts = urlsplit(address)
    return parts.path.split("/")[2], bool(parts.query)


def words_searched() -> list[str]:
    """What is searched for: frequent words, and pieces of two to six characters of the reports, most of them rare."""
    random, words = Random("words"), _FREQUENT.split()
    for report in generate(_WORDS - len(words)):
        text = re.sub("[^\u4e00-\u9fff]+", "", decode(Document(report.name, report.data)))
        start = int(random.random() * (len(text) - 6))
        words.append(text[start : start + 2 + int(random.random() * 5)])
    return words
