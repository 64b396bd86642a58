"""The explorer's pages over a large graph: a real `zhili serve` in this machine, asked page after page."""

import re
import subprocess
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
from benchmarks.measuring import Figure, reached_by
from extract.documents import Document
from extract.reading import decode

_LINK = re.compile(r'href="(/zh/[^"#]*)')
_OF_A_KIND = 18
_VISITED = 4  # pages of a kind that are read for their links
_PAUSE = 1.0
_WORDS = 60
# What readers look for: mostly short words that stand everywhere.
_FREQUENT = "法治 执法 调解 行政执法 合法性审查 法律顾问 普法 矛盾纠纷 行政复议 法治政府建设 规范性文件 领导干部 办结率 群众 食品药品 网格员 司法所 营商环境"


def browsing(scale: Scale) -> Iterator[Figure]:
    """Pages of every kind and searches, each asked once of a server that has just started and has read ahead."""
    graph = scale.graph(scale.reports)
    with _server(graph) as client:
        addresses = _addresses(client)
    searches = [f"/zh/search?q={quote(word)}" for word in _words()]
    start = time.perf_counter()
    with _server(graph) as client:
        yield Figure("explorer ready", time.perf_counter() - start - _PAUSE, "s", how="wall, until it has read ahead")
        yield from _times("page", client, addresses)
        yield from _times("search", client, searches)


def _times(what: str, client: httpx.Client, addresses: list[str]) -> Iterator[Figure]:
    answers = {address: client.get(address) for address in addresses}
    taken = {address: 1000 * answer.elapsed.total_seconds() for address, answer in answers.items()}
    failed = [address for address, answer in answers.items() if answer.is_error]
    slowest = max(taken, key=lambda address: taken[address])
    of = f"{len(addresses)} addresses"
    yield Figure(f"a {what}, half of them within", median(taken.values()), "ms", how=f"wall, {of}")
    yield Figure(f"a {what}, 95 of 100 within", reached_by(taken.values(), 0.95), "ms", 150, how=f"wall, {of}")
    yield Figure(f"the slowest {what}", taken[slowest], "ms", how=f"wall, {slowest}")
    yield Figure(f"a {what} that is an error", len(failed), "", 0, how=", ".join(failed[:3]))


@contextmanager
def _server(graph: Path) -> Iterator[httpx.Client]:
    """A client of a server over a graph, once it has answered and is idle; ended afterwards."""
    command = [ZHILI, "serve", "-g", str(graph), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            told = process.stderr.readline() if process.stderr else ""
            if not told.startswith("http://"):
                raise RuntimeError(f"{' '.join(command)}: {told.strip()}")
            with httpx.Client(base_url=told.split()[0], timeout=120, follow_redirects=True, trust_env=False) as client:
                client.get("/zh/").raise_for_status()
                _await_rest(psutil.Process(process.pid))
                yield client
        finally:
            process.terminate()


def _await_rest(process: psutil.Process) -> None:
    """Waits until a process has done next to nothing for a while."""
    before = -1.0
    while (used := sum(process.cpu_times()[:2])) > before + 0.05 * _PAUSE:
        before = used
        time.sleep(_PAUSE)


def _addresses(client: httpx.Client) -> list[str]:
    """Addresses of all kinds that links lead to, the same number of each, in a shuffled order that is always the same."""
    found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    found["/zh/",].add("/zh/")
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


def kind_of(address: str) -> tuple[str, ...]:
    """What sort of page an address leads to: its first part, and the names of what is chosen there."""
    parts = urlsplit(address)
    return (parts.path.split("/")[2], *sorted(each.partition("=")[0] for each in parts.query.split("&") if each))


def _words() -> list[str]:
    """What is searched for: frequent words, and pieces of two to six characters of the reports, most of them rare."""
    random, words = Random("words"), _FREQUENT.split()
    for report in generate(_WORDS - len(words)):
        text = re.sub("[^\u4e00-\u9fff]+", "", decode(Document(report.name, report.data)))
        start = int(random.random() * (len(text) - 6))
        words.append(text[start : start + 2 + int(random.random() * 5)])
    return words
