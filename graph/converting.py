"""Sources → entries of the manifest, each with its shard written: the half of a build that reads documents.

    sources ─key→ those that are known | tasks ─back end→ results → shards, entries

A back end reads; what it gives is written here, by one process, so a worker that dies leaves nothing half-written and
a full disk is met in one place. Documents and shards go through this process, batch by batch; a shard is a
twentieth of its quads.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from graph.backends import Backend
from graph.disk import replace
from graph.manifest import Entry, Manifest, key_of, shard_path
from graph.mirrors import letters_of, sketch_of
from graph.progress import Progress
from graph.shards import graph_in, packed, text_in, unpacked
from graph.shelf import Shelf
from graph.workers import Limits, Overrun, WorkerEnded, call_within

# A batch is sent at this size even if it could hold more documents, so that those under way fit in memory.
_LARGEST_BATCH = 4 * 2**20
# Seconds without a result until the back end is asked whether there will be one.
_LOOK_AFTER = 5


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


@dataclass(slots=True)
class Conversion:
    """What came of the sources: entries for the manifest by key, and how many documents were read anew.

    `left_out` are those that went beyond a limit or ended their workers. That depends on the machine and its
    moment and not on the document alone, so no manifest keeps it and the next build tries again.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    left_out: dict[str, Entry] = field(default_factory=dict)
    read: int = 0

    def refusals(self) -> tuple[str, ...]:
        """Why documents are not in the graph, sorted."""
        return tuple(sorted(each.refused for each in (*self.entries.values(), *self.left_out.values()) if each.refused))


@dataclass(frozen=True, slots=True)
class _Task:
    """A document that has no entry, with the shard that a build left of it when it was stopped, if one did."""

    key: str
    source: Source
    shard: bytes = b""


@dataclass(frozen=True, slots=True)
class _Result:
    """A document's entry, and its shard where it was made anew."""

    key: str
    entry: Entry
    shard: bytes = b""
    read: bool = True
    left_out: bool = False


def convert_sources(
    sources: Iterable[Source],
    folder: Path,
    convert: Convert,
    rules: str,
    old: Manifest,
    backend: Backend,
    progress: Progress,
    shelf: Shelf | None = None,
) -> Conversion:
    """Reads the documents that neither the old manifest nor a shard knows, and writes their shards into the folder.

    `convert` gives a document's quads or refuses it, and must be picklable; `rules` names its version. Shards
    are also taken from a shelf and put there, where one is given. What it
    raises ends the conversion; what was read until then has its shards. GraphError where one cannot be written.
    """
    done = Conversion()
    with backend:
        for result in _results(_tasks(sources, folder, rules, old, done, progress), backend, convert, shelf):
            if result.shard:
                # One that the old manifest names is named as soon as it is there, and no build's end settles it.
                replace(shard_path(folder, result.key), result.shard, in_build=result.key not in old.documents)
            (done.left_out if result.left_out else done.entries)[result.key] = result.entry
            done.read += result.read
            progress.advance()
    return done


def write_shard(folder: Path, key: str, quads: bytes) -> None:
    """Writes the shard of these quads; who names it in a manifest settles it before."""
    replace(shard_path(folder, key), packed(quads), in_build=True)


def _tasks(
    sources: Iterable[Source], folder: Path, rules: str, old: Manifest, done: Conversion, progress: Progress
) -> Iterator[_Task]:
    """The documents that have to be looked into; those that are known are entered as they go by."""
    begun: set[str] = set()
    for source in sources:
        key = key_of(rules.encode(), source.name.encode(), source.data, *(hint.encode() for hint in source.hints))
        shard, known = shard_path(folder, key), old.documents.get(key)
        # After a machine has died, a file of its last moments may be there with nothing in it.
        try:
            written = shard.stat().st_size > 0
        except FileNotFoundError:
            written = False
        if key in begun:
            progress.advance()
        elif known and (known.refused or known.sketch is not None and written):
            done.entries[key] = known
            progress.advance()
        else:
            yield _Task(key, source, shard.read_bytes() if written else b"")
        begun.add(key)


def _results(tasks: Iterable[_Task], backend: Backend, convert: Convert, shelf: Shelf | None) -> Iterator[_Result]:
    """What the back end makes of the tasks, as it comes, with a few batches under way.

    Those of a batch that was lost come last and alone, so that it is certain which of them it was.
    """
    finished: SimpleQueue[Future[list[_Result]]] = SimpleQueue()
    under_way: dict[Future[list[_Result]], list[_Task]] = {}
    suspects: list[_Task] = []

    def submit(batch: list[_Task]) -> None:
        future = backend.submit(_read_batch, backend.limits, convert, shelf, batch)
        under_way[future] = batch
        future.add_done_callback(finished.put)

    def finish() -> list[_Result]:
        while True:
            try:
                future = finished.get(timeout=_LOOK_AFTER)
                break
            except Empty:
                backend.check()
        batch = under_way.pop(future)
        try:
            return future.result()
        except backend.lost:
            if len(batch) == 1:
                return [_left_out(batch[0], WorkerEnded("ended the workers that it was given to"))]
            suspects.extend(batch)
            return []

    for batch in _batches(tasks, backend.batch):
        submit(batch)
        while len(under_way) >= backend.ahead:
            yield from finish()
    while under_way:
        yield from finish()
    for task in suspects:
        submit([task])
        yield from finish()


def _batches(tasks: Iterable[_Task], number: int) -> Iterator[list[_Task]]:
    batch: list[_Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += len(task.source.data) + len(task.shard)
        if len(batch) == number or size > _LARGEST_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(limits: Limits | None, convert: Convert, shelf: Shelf | None, batch: list[_Task]) -> list[_Result]:
    """Reads documents one by one; runs where the back end has it run."""
    return [_read_within(limits, convert, shelf, task) for task in batch]


def _read_within(limits: Limits | None, convert: Convert, shelf: Shelf | None, task: _Task) -> _Result:
    """Reads a document, or leaves it out where it goes beyond the limits."""
    try:
        return call_within(limits, _read, convert, shelf, task)
    except Overrun as error:
        return _left_out(task, error)


def _left_out(task: _Task, error: Overrun) -> _Result:
    name = task.source.name
    refused = f"{name}: {error} and was left out; the next build tries it again; {error.advice}"
    return _Result(task.key, Entry(name, refused=refused), left_out=True)


def _read(convert: Convert, shelf: Shelf | None, task: _Task) -> _Result:
    """Reads a document, or only its shard where there is a whole one, here or on the shelf."""
    name = task.source.name
    if quads := unpacked(task.shard):
        return _Result(task.key, entry_of(name, quads), read=False)
    if shelf and (quads := unpacked(shard := shelf.take(task.key))):
        return _Result(task.key, entry_of(name, quads), shard, read=False)
    made = convert(task.source)
    if isinstance(made, Refusal):
        return _Result(task.key, Entry(name, refused=made.message))
    shard = packed(made)
    if shelf:
        shelf.put(task.key, shard)
    return _Result(task.key, entry_of(name, made), shard)


def entry_of(name: str, quads: bytes) -> Entry:
    """The entry of a document of this name with these quads."""
    letters = letters_of(text_in(quads))
    return Entry(name, graph_in(quads), sketch=sketch_of(letters), letters=len(letters))
