"""Sources → entries of the manifest, with the shard of each written: the half of a build that reads documents."""

import gzip
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from graph.errors import GraphError
from graph.manifest import Entry, Manifest, key_of, replace, shard_path
from graph.mirrors import letters_of, sketch_of
from graph.store import graph_in, read_shard, text_in

_BATCH = 50


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be built in: its name, its bytes, and what is known of it from elsewhere (its address, say)."""

    name: str
    data: bytes
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document is not in the graph: one line that says what, where and what to do."""

    message: str


Convert = Callable[[Source], bytes | Refusal]


def unread(
    sources: Iterable[Source], folder: Path, rules: str, old: Manifest, entries: dict[str, Entry]
) -> Iterator[tuple[str, Source]]:
    """The documents that have to be converted; those whose shard is there are entered as they go by."""
    for source in sources:
        key = key_of(rules.encode(), source.name.encode(), source.data, *(hint.encode() for hint in source.hints))
        shard = shard_path(folder, key)
        known = old.documents.get(key)
        if known and (known.refused or known.sketch is not None and shard.exists()):
            entries[key] = known
        elif shard.exists():
            entries[key] = _entry(source.name, read_shard(shard))
        elif key not in entries:
            yield key, source


def convert_all(
    pending: Iterator[tuple[str, Source]], folder: Path, convert: Convert, processes: int
) -> Iterator[dict[str, Entry]]:
    """Converts in batches: here if there is one batch, otherwise in so many processes, a few batches ahead."""
    batches = iter(lambda: list(islice(pending, _BATCH)), [])
    first = list(islice(batches, 2))
    if len(first) < 2 or processes == 1:
        yield from (_convert_batch(folder, convert, batch) for batch in chain(first, batches))
        return
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[dict[str, Entry]]] = deque()
    try:
        with ProcessPoolExecutor(processes, mp_context=context, initializer=_end_with_parent) as pool:
            for batch in chain(first, batches):
                waiting.append(pool.submit(_convert_batch, folder, convert, batch))
                if len(waiting) > 2 * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise GraphError("a worker process died; the graph is as it was, run the build again to go on") from error


def _end_with_parent() -> None:
    """Ends this worker when its build is killed; otherwise it would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _convert_batch(folder: Path, convert: Convert, batch: list[tuple[str, Source]]) -> dict[str, Entry]:
    """Converts documents and writes their shards; what comes back is small."""
    entries: dict[str, Entry] = {}
    for key, source in batch:
        quads = convert(source)
        if isinstance(quads, Refusal):
            entries[key] = Entry(source.name, refused=quads.message)
        else:
            write_shard(folder, key, quads)
            entries[key] = _entry(source.name, quads)
    return entries


def _entry(name: str, quads: bytes) -> Entry:
    letters = letters_of(text_in(quads))
    return Entry(name, graph_in(quads), sketch=sketch_of(letters), letters=len(letters))


def write_shard(folder: Path, key: str, quads: bytes) -> None:
    # Level 1 makes them a fourteenth in a millisecond; without a time, the same quads are the same bytes.
    replace(shard_path(folder, key), gzip.compress(quads, compresslevel=1, mtime=0))
