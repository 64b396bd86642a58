"""Many readers at once, in a process of their own so that their work is not counted as the server's.

    python -m benchmarks.crowd < plan.json > answers.json

Each reader asks one thing after the other without a pause, in a seeded order, and compares what comes with what the
same request was answered before, when it was asked alone. `Plan` is what they are told, `Told` what they tell.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

import httpx

RIGHT, BUSY, WRONG = "right", "busy", "another answer than before"
_LONGEST = 120.0  # seconds for an answer, longer than any limit of the server's


class Ask(NamedTuple):
    """A request: what kind it is of, its address, and for a POST the query that is its body; what is accepted."""

    kind: str
    address: str
    body: str = ""
    accept: str = "*/*"


class Told(NamedTuple):
    """What came of a request: when it was answered, in seconds since the start, and after how many.

    The verdict is RIGHT, BUSY (503 that says when to ask again), or what was wrong.
    """

    kind: str
    address: str
    at: float
    seconds: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What so many readers ask of a server for so many seconds at least, and the digests of the right answers.

    `endless` are queries that one more reader asks in turns, of which none would end by itself.
    """

    base: str
    readers: int
    seconds: float
    asks: Sequence[Ask]
    right: Sequence[str]
    endless: Sequence[str] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    """What the readers were told, and how each endless query was answered: the status, 0 for none, and after how long."""

    told: list[Told]
    endless: list[tuple[int, float]]


def digest(answer: httpx.Response) -> str:
    """What an answer is known by: its status, its type and its bytes."""
    kind = answer.headers.get("content-type", "")
    return sha256(f"{answer.status_code} {kind}\n".encode() + answer.content).hexdigest()


def asked_alone(base: str, asks: Iterable[Ask]) -> list[str]:
    """The digests of the answers to requests that are made one after the other; RuntimeError where one is no success."""
    found = []
    with httpx.Client(base_url=base, timeout=_LONGEST, trust_env=False) as client:
        for ask in asks:
            answer = client.send(_request(client, ask), follow_redirects=True)
            if answer.status_code != httpx.codes.OK:
                raise RuntimeError(f"{ask.address}: {answer.status_code}: {answer.text[:300]}")
            found.append(digest(answer))
    return found


@contextmanager
def crowd(plan: Plan) -> Iterator[subprocess.Popen[str]]:
    """Readers at work, until `answers` waits for what they tell. They are ended with the `with` block."""
    command = [sys.executable, "-m", "benchmarks.crowd"]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        try:
            assert process.stdin
            process.stdin.write(json.dumps(asdict(plan)) + "\n")
            process.stdin.flush()
            yield process
        finally:
            process.kill()


def answers(process: subprocess.Popen[str]) -> Answers:
    """What readers were told, once their time is over; RuntimeError where they have failed themselves."""
    assert process.stdin and process.stdout
    process.stdin.close()
    said = process.stdout.read()
    if process.wait():
        raise RuntimeError("the readers have failed")
    found = json.loads(said)
    return Answers([Told(*each) for each in found["told"]], [(status, took) for status, took in found["endless"]])


async def _ask_all(plan: Plan) -> Answers:
    """What all readers are told until the time is over; who then waits for an answer still gets it."""
    found, over, start = Answers([], []), asyncio.Event(), time.perf_counter()
    async with asyncio.TaskGroup() as readers:
        for number in range(plan.readers):
            readers.create_task(_read(plan, Random(f"{plan.seed} reader {number}"), start, over, found.told))
        if plan.endless:
            readers.create_task(_run_on(plan, over, found.endless))
        await asyncio.sleep(plan.seconds)
        await asyncio.to_thread(sys.stdin.read)  # until who waits for the answers closes it
        over.set()
    return found


async def _read(plan: Plan, random: Random, start: float, over: asyncio.Event, told: list[Told]) -> None:
    async with httpx.AsyncClient(base_url=plan.base, timeout=_LONGEST, trust_env=False) as client:
        while not over.is_set():
            number = random.randrange(len(plan.asks))
            ask, before = plan.asks[number], time.perf_counter()
            verdict = await _verdict(client, ask, plan.right[number])
            after = time.perf_counter()
            told.append(Told(ask.kind, ask.address, after - start, after - before, verdict))


async def _verdict(client: httpx.AsyncClient, ask: Ask, right: str) -> str:
    try:
        answer = await client.send(_request(client, ask), follow_redirects=True)
    except httpx.HTTPError as error:
        return f"{type(error).__name__}: {error}"
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and "retry-after" in answer.headers:
        return BUSY
    if answer.status_code != httpx.codes.OK:
        return f"{answer.status_code}: {answer.text[:300]}"
    return RIGHT if digest(answer) == right else WRONG


async def _run_on(plan: Plan, over: asyncio.Event, told: list[tuple[int, float]]) -> None:
    """Asks endless queries, one after the other; what the last is told is waited for."""
    async with httpx.AsyncClient(base_url=plan.base, timeout=_LONGEST, trust_env=False) as client:
        while not over.is_set():
            query, before = plan.endless[len(told) % len(plan.endless)], time.perf_counter()
            try:
                status = (await client.send(_request(client, Ask("endless", "/sparql", query)))).status_code
            except httpx.HTTPError:
                status = 0
            told.append((status, time.perf_counter() - before))


def _request(client: httpx.Client | httpx.AsyncClient, ask: Ask) -> httpx.Request:
    headers = {"accept": ask.accept}
    if not ask.body:
        return client.build_request("GET", ask.address, headers=headers)
    headers["content-type"] = "application/sparql-query"
    return client.build_request("POST", ask.address, content=ask.body.encode(), headers=headers)


def main() -> None:
    """Reads a plan, and tells what came of it."""
    plan = json.loads(sys.stdin.readline())
    plan["asks"] = [Ask(*ask) for ask in plan["asks"]]
    json.dump(asdict(asyncio.run(_ask_all(Plan(**plan)))), sys.stdout)


if __name__ == "__main__":
    main()
