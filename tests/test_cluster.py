"""Builds on a Dask cluster: the same as here, whatever happens to its machines."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graph.building import build
from graph.cli import _convert, main
from graph.cluster import Cluster
from graph.converting import Source
from graph.errors import GraphError
from graph.progress import Progress
from graph.workers import Limits
from tests.misbehaving import children, misbehave
from tests.test_building import TERMS, A, B, C, files

distributed = pytest.importorskip("distributed")
ROOT = Path(__file__).parent.parent
LIMITS = Limits(2, 512)


class Machines:
    """A scheduler and worker processes of this machine, by the file that the scheduler writes."""

    def __init__(self, folder: Path, **options: str) -> None:
        self.file = folder / "scheduler.json"
        self._folder = folder
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **options}
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")

    def add_worker(self, *options: str) -> None:
        """Starts a worker of one thread."""
        self.workers.append(self._start("worker", "--nthreads", "1", "--no-dashboard", *options))

    def wait(self) -> None:
        """Until the scheduler and all workers are there."""
        with self.client() as client:
            if self.workers:
                client.wait_for_workers(len(self.workers), timeout=60)

    def client(self) -> Any:
        """A client, once the scheduler has written its file."""
        return distributed.Client(scheduler_file=str(self.file), timeout=60, set_as_default=False)

    def end(self) -> None:
        """Ends all that is still there."""
        for process in (*self.workers, self.scheduler):
            process.terminate()
        for process in (*self.workers, self.scheduler):
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "dask", kind, "--scheduler-file", str(self.file), *options]
        with (self._folder / f"{kind}.log").open("ab") as log:
            return subprocess.Popen(words, cwd=self._folder, env=self._environment, stdout=log, stderr=log)


@contextmanager
def machines(folder: Path, *workers: tuple[str, ...], **options: str) -> Iterator[Machines]:
    """A cluster with a worker for each of these options."""
    found = Machines(folder, **options)
    try:
        for each in workers:
            found.add_worker(*each)
        found.wait()
        yield found
    finally:
        found.end()


class Then(Progress):
    """Does something when the first document is done."""

    def __init__(self, what: Callable[[], object]) -> None:
        self._what, self._done = what, False

    def advance(self, steps: int = 1) -> None:
        """Does it, once."""
        if not self._done:
            self._done = True
            self._what()


def cluster(found: Machines, batch: int = 2, patience: float = 60) -> Cluster:
    """The back end with small batches."""
    backend = Cluster(str(found.file), LIMITS, patience)
    backend.batch = batch
    return backend


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    """With two workers, one of which is killed at work, the graph is that of a build here; bad documents are told."""
    given = [A, B, C, *(Source(f"{number}.txt", b"slow " + A.data) for number in range(15))]
    bad = [Source("hangs.txt", b"loop"), Source("crashes.txt", b"crash")]
    with machines(tmp_path, ("--no-nanny",), ("--no-nanny",)) as found:
        backend, kill = cluster(found), Then(found.workers[0].kill)
        done = build([*bad, *given], tmp_path / "there", misbehave, "1", [TERMS], backend=backend, progress=kill)
        assert found.workers[0].wait(10) == -signal.SIGKILL
        if sys.platform == "linux":  # of the other, nothing of the build is left
            assert children(found.workers[1].pid) == []
    build(given, tmp_path / "here", misbehave, "1", [TERMS])
    assert [line.split(" and was")[0] for line in done.refusals] == [
        "crashes.txt: ended its worker process (SIGABRT)",
        "hangs.txt: took more than 2 s",
    ]
    assert done.read == len(bad) + len(given)
    assert files(tmp_path / "there") == files(tmp_path / "here")


def test_the_command_gives_the_same_on_a_cluster(tmp_path: Path) -> None:
    """`zhili build --dask` makes the same folder; when the scheduler is gone, a line says so and what was read stays."""
    seeds = [str(seed) for seed in sorted((ROOT / "seeds").glob("*.txt"))][:2]
    with machines(tmp_path, ()) as found:
        shelf = ["--shelf", f"file://{tmp_path}/shelf"]
        told = zhili("build", *seeds, "-o", tmp_path / "there", "--dask", found.file, *shelf)
        assert told == (0, f"{tmp_path}/there: 2 reports, 2 read anew, 0 withdrawn, 0 refused, 0 mirrors")
        given = [A, *(Source(f"{number}.txt", b"slow " + A.data) for number in range(60))]
        gone = Then(found.scheduler.kill)
        with pytest.raises(GraphError, match="the scheduler has gone; run the build again to go on"):
            build(given, tmp_path / "gone", misbehave, "1", [TERMS], backend=cluster(found), progress=gone)
    # What the cluster's worker has put on the shelf need not be read here.
    assert zhili("build", *seeds, "-o", tmp_path / "shared", *shelf)[1].endswith(
        "2 reports, 0 read anew, 0 withdrawn, 0 refused, 0 mirrors"
    )
    assert zhili("build", *seeds, "-o", tmp_path / "here")[0] == 0
    assert files(tmp_path / "there") == files(tmp_path / "shared")
    assert files(tmp_path / "there") == files(tmp_path / "here")
    done = build(given, tmp_path / "gone", misbehave, "1", [TERMS])
    assert 0 < done.read < len(given)


def zhili(*words: str | Path) -> tuple[int, str]:
    """The exit code of a command and its last line."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.stderr.splitlines()[-1]


def test_a_document_that_takes_its_machine_along_is_found(tmp_path: Path) -> None:
    """What ends whatever it is given to is left out, and not the documents that were given with it."""
    at_once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with machines(tmp_path, (), **at_once) as found:
        given = [A, B, Source("bad.txt", b"parent"), C]
        done = build(given, tmp_path / "graph", misbehave, "1", [TERMS], backend=cluster(found, batch=4))
    assert (done.reports, done.read) == (3, 4)
    assert done.refusals[0].startswith("bad.txt: ended the workers that it was given to and was left out")


def test_a_cluster_without_workers_is_told(tmp_path: Path) -> None:
    """Where no worker comes, the build does not wait for ever."""
    with (
        machines(tmp_path) as found,
        pytest.raises(GraphError, match="no worker has come for 1 s; start workers and run the build again"),
    ):
        build([A], tmp_path / "graph", misbehave, "1", [TERMS], backend=cluster(found, patience=1))


def test_no_scheduler_is_told(tmp_path: Path) -> None:
    """Where there is no scheduler a line says so."""
    code, line = zhili("build", ROOT / "seeds", "-o", tmp_path / "graph", "--dask", tmp_path / "none.json")
    assert code == 2
    assert line.startswith(f"zhili: {tmp_path}/none.json: no Dask scheduler can be reached there")


def test_a_missing_package_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package that clusters take, a line says which it is."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, line = zhili("build", ROOT / "seeds", "-o", tmp_path / "graph", "--dask", "tcp://127.0.0.1:1")
    assert (code, line) == (
        2,
        "zhili: a build on a Dask cluster takes the package distributed: pip install distributed",
    )


def test_workers_must_have_the_same_rules() -> None:
    """A worker with other rules would make shards under names that are not theirs; it refuses to."""
    with pytest.raises(GraphError, match="the rules here and those of a worker are not the same"):
        _convert(A, force=False, rules="of another version", debug=False)
