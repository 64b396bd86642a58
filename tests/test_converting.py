"""Reading documents for a build: none of them, and no accident, costs more than itself."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner

from extract.documents import Document
from extract.errors import ReadingError
from extract.finding import find_documents
from graph.backends import Here, Processes
from graph.building import Outcome, build
from graph.cli import main
from graph.converting import Source, _batches, _Task
from graph.errors import GraphError
from graph.manifest import read_manifest, shard_path
from graph.workers import Limits
from tests.misbehaving import children, misbehave
from tests.test_building import TERMS, A, B, C, files, run

ROOT = Path(__file__).parent.parent
T = TypeVar("T")
LIMITS = Limits(2, 512)
# A build that tells when it has written a shard, and then goes on slowly.
AT_WORK = """
import sys
from pathlib import Path
from graph.backends import Processes
from graph.building import build
from graph.converting import Source, _batches, _Task
from graph.progress import Progress
from tests.misbehaving import children, misbehave
from tests.test_building import A, TERMS

class Told(Progress):
    def advance(self, steps=1):
        print("advanced", flush=True)

sources = [Source(f"{number}.txt", b"slow " + A.data) for number in range(200)]
build(sources, Path(sys.argv[1]), misbehave, "1", [TERMS], backend=Processes(2), progress=Told())
"""


def read(folder: Path, *given: Source, processes: int = 2, limits: Limits = LIMITS) -> Outcome:
    """A build of these documents in worker processes."""
    return build(given, folder, misbehave, "1", [TERMS], backend=Processes(processes, limits))


def bad(data: bytes) -> Source:
    """A document that does what it says."""
    return Source("bad.txt", data)


@pytest.mark.parametrize("processes", [1, 2])
def test_worker_processes_give_the_same(processes: int, tmp_path: Path) -> None:
    """The folder is the same bytes whether documents are read here, in a worker process or in several."""
    run(tmp_path / "here", A, B, C)
    assert read(tmp_path / "there", A, B, C, processes=processes) == Outcome(3, 3, 0, ())
    assert files(tmp_path / "there") == files(tmp_path / "here")


@pytest.mark.parametrize(
    ("processes", "data", "says"),
    [
        (2, b"sleep", "took more than 2 s and was left out; the next build tries it again; --time-limit gives it more"),
        (1, b"loop", "took more than 2 s"),
        (
            2,
            b"fill",
            "needed more than 512 MiB of memory and was left out; the next build tries it again; --memory-limit",
        ),
        (1, b"crash", "ended its worker process (SIGABRT) and was left out"),
        (2, b"exit", "ended its worker process (exit code 0) and was left out"),
    ],
    ids=lambda value: value.decode() if isinstance(value, bytes) else "",
)
def test_a_document_costs_only_itself(processes: int, data: bytes, says: str, tmp_path: Path) -> None:
    """One that takes for ever, fills the memory or ends its process is told in a line; the folder is as without it."""
    done = read(tmp_path / "with", A, bad(data), B, C, processes=processes)
    assert (done.reports, done.read) == (3, 4)
    (line,) = done.refusals
    assert line.startswith(f"bad.txt: {says}") and "\n" not in line
    run(tmp_path / "without", A, B, C)
    assert files(tmp_path / "with") == files(tmp_path / "without")


def test_what_was_left_out_is_tried_again(tmp_path: Path) -> None:
    """A document that went beyond a limit is read by the next build if it can be; the others are not read again."""
    sign = tmp_path / "sign"
    given = bad(b"until %b %b" % (os.fsencode(sign), B.data))
    first = read(tmp_path / "graph", A, given, limits=Limits(1, 512))
    assert (first.reports, first.read, len(first.refusals)) == (1, 2, 1)
    sign.touch()
    assert read(tmp_path / "graph", A, given) == Outcome(reports=2, read=1, withdrawn=0, refusals=())


def test_a_worker_that_ended_by_chance_costs_nothing(tmp_path: Path) -> None:
    """A document whose worker ended is read once more before it is left out."""
    given = bad(b"once %b %b" % (os.fsencode(tmp_path / "sign"), B.data))
    assert read(tmp_path / "graph", A, given) == Outcome(reports=2, read=2, withdrawn=0, refusals=())


def test_nothing_but_what_was_left_out(tmp_path: Path) -> None:
    """Where all that is given was left out, the build says why and the old graph stays."""
    run(tmp_path, A)
    before = files(tmp_path)
    with pytest.raises(GraphError, match=r"bad.txt: ended its worker.*\n.*stays as it was"):
        read(tmp_path, bad(b"crash"))
    assert files(tmp_path) == before


def test_faults_come_back_from_workers(tmp_path: Path) -> None:
    """What the conversion raises in a worker is raised by the build, with where it came from."""
    with pytest.raises(ZeroDivisionError, match="oops") as caught:
        read(tmp_path, A, bad(b"raise"))
    assert "misbehaving.py" in "".join(caught.value.__notes__)


class Losing(Here):
    """A back end that, like a cluster, loses what it runs on to a document that says so, whatever else is in its batch."""

    batch, lost = 3, (ConnectionError,)

    def submit(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Calls the function, or has the batch lost."""
        if "crash" not in str(arguments):
            return super().submit(function, *arguments)
        lost: Future[T] = Future()
        lost.set_exception(ConnectionError())
        return lost


def test_a_lost_batch_is_read_one_by_one(tmp_path: Path) -> None:
    """Of a batch that was lost, the document that did it is left out and the others are read."""
    done = build([A, B, bad(b"crash"), C], tmp_path, misbehave, "1", [TERMS], backend=Losing())
    assert (done.reports, done.read) == (3, 4)
    assert done.refusals[0].startswith("bad.txt: ended the workers that it was given to and was left out")


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda each: each.name)
def test_a_stopped_build_goes_on_and_leaves_no_workers(ending: signal.Signals, tmp_path: Path) -> None:
    """However a build is ended, its workers end with it, and the next one goes on with what it has."""
    words = [sys.executable, "-c", AT_WORK, str(tmp_path)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout and process.stdout.readline() == "advanced\n"
            workers = children(process.pid)
            assert len(workers) == 2
        finally:
            process.send_signal(ending)
        assert process.wait(20) != 0
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    given = [Source(f"{number}.txt", b"slow " + A.data) for number in range(4)]
    assert not (tmp_path / "manifest.json").exists()
    assert read(tmp_path, *given).read < 4


@pytest.mark.parametrize("left", [0, 20, 200], ids=["nothing", "twenty bytes", "a part"])
@pytest.mark.parametrize("processes", [0, 2], ids=["here", "in workers"])
def test_a_shard_cut_short_is_made_again(left: int, processes: int, tmp_path: Path) -> None:
    """What a machine that died left half-written of a build that was never finished does not stop the next one."""
    run(tmp_path / "fresh", A, B)
    run(tmp_path / "cut", A, B)
    (key,) = (key for key, entry in read_manifest(tmp_path / "cut").documents.items() if entry.name == A.name)
    (tmp_path / "cut" / "manifest.json").unlink()
    shard = shard_path(tmp_path / "cut", key)
    shard.write_bytes(shard.read_bytes()[:left])
    done = read(tmp_path / "cut", A, B) if processes else run(tmp_path / "cut", A, B)
    assert done == Outcome(reports=2, read=1, withdrawn=0, refusals=())
    assert files(tmp_path / "cut") == files(tmp_path / "fresh")


def test_an_empty_shard_of_the_graph_is_made_again(tmp_path: Path) -> None:
    """Neither does an empty one that a manifest names."""
    run(tmp_path, A, B)
    (key,) = (key for key, entry in read_manifest(tmp_path).documents.items() if entry.name == A.name)
    shard_path(tmp_path, key).write_bytes(b"")
    assert read(tmp_path, A, B).read == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 32 MB, which takes an administrator to make."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "zhili-test", disk], capture_output=True)
    if made.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {made.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_leaves_the_graph(small_disk: Path, tmp_path: Path) -> None:
    """Where the disk is full a line says so, the old graph stays, and with room again the build goes on."""
    graph, ballast = small_disk / "graph", small_disk / "ballast"
    run(graph, A)
    before = files(graph)
    with ballast.open("wb", buffering=0) as file, pytest.raises(OSError):
        while True:
            file.write(bytes(4096))
    with pytest.raises(GraphError, match=r"cannot be written: No space left on device; make room") as caught:
        read(graph, A, B, C)
    assert "\n" not in str(caught.value)
    assert files(graph) == before
    ballast.unlink()
    assert read(graph, A, B, C).reports == 3
    run(tmp_path / "fresh", A, B, C)
    assert files(graph) == files(tmp_path / "fresh")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell sets the limit")
def test_what_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    """So it is where the system lets no file grow, as under a quota."""
    command = (
        f'ulimit -f 1; exec "{sys.executable}" -c "from graph.cli import main; main()" build seeds -o "{tmp_path}/g"'
    )
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"zhili: {tmp_path}/g/shards/") and "cannot be written: File too large; make room" in line
    assert [path for path in (tmp_path / "g").rglob("*") if path.is_file()] == [tmp_path / "g" / "build.lock"]


def test_a_read_only_disk_is_told(small_disk: Path) -> None:
    """A graph that cannot be written to gives a line, and stays; even an administrator may not write there."""
    run(small_disk / "graph", A)
    before = files(small_disk / "graph")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(GraphError, match=r"graph/build.lock: cannot be written: Read-only file system; choose another"):
        read(small_disk / "graph", A, B)
    assert files(small_disk / "graph") == before


def test_a_source_that_vanishes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that goes while others are read is told, and what an earlier build has read of it stays."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))[:3]
    for seed in seeds:
        (tmp_path / seed.name).write_bytes(seed.read_bytes())
    command = ["build", *(str(tmp_path / seed.name) for seed in seeds), "-o", str(tmp_path / "graph")]
    assert CliRunner().invoke(main, command).exit_code == 0
    monkeypatch.setattr("extract.reading.find_documents", _vanishing(tmp_path / seeds[1].name))
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    first, last = result.stderr.splitlines()
    assert first.startswith(f"zhili: {tmp_path}/{seeds[1].name}: no such file")
    assert "3 reports, 0 read anew, 0 withdrawn, 1 refused" in last


def _vanishing(path: Path) -> Callable[[Iterable[Path]], Iterator[Document | ReadingError]]:
    """`find_documents` that loses a file once it has given the first."""

    def find(paths: Iterable[Path]) -> Iterator[Document | ReadingError]:
        for document in find_documents(paths):
            path.unlink(missing_ok=True)
            yield document

    return find


def test_batches_fit_in_memory() -> None:
    """A batch is sent when it has its number of documents or some mebibytes of them."""
    tasks = [_Task("", Source("", bytes(size << 20))) for size in (1, 1, 1, 3, 100, 1, 1)]
    sizes = [[len(task.source.data) >> 20 for task in batch] for batch in _batches(tasks, 3)]
    assert sizes == [[1, 1, 1], [3, 100], [1, 1]]
