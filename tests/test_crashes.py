"""Whatever ends a build or an export, and whenever: the old state is there or the new one, whole, and the next run ends well.

ZHILI_MOMENTS says at how many moments of each kind; from 100 on that is every step that there is. Without it, at a few.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

import httpx
import psutil
import pytest

from graph.commands.graphs import FORMATS
from graph.disk import replace
from graph.errors import GraphError
from graph.manifest import INDEX, lock, read_manifest, shard_path
from graph.store import open_current, open_graph
from graph.verifying import verify
from tests.killing import NEW, OLD, Ended, build_new, build_old, ended, export_as, state
from tests.serving import serving
from tests.test_building import A2, A, B, files, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")

ROOT = Path(__file__).parent.parent
MOMENTS = int(os.environ.get("ZHILI_MOMENTS", "3"))
Job = Callable[[Path], None]
BUILDS = {"first build": build_old, "update": build_new}


def some(steps: int, number: int = MOMENTS) -> list[int]:
    """So many of the steps, the same ones in every run."""
    return sorted(random.Random(7).sample(range(1, steps + 1), min(number, steps)))


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders: `none` without a graph, `old` and `new` with one and with its exports."""
    made = {name: tmp_path_factory.mktemp(name) for name in ("none", "old", "new")}
    for name, documents in (("old", OLD), ("new", NEW)):
        run(made[name] / "graph", *documents)
        for format_ in FORMATS:
            export_as(format_, made[name])
            (made[name] / "out").rename(made[name] / format_)
    return made


def check_build(name: str, folder: Path, states: dict[str, Path]) -> None:
    """The graph is the old or the new one whole, and the next build makes the new one, with nothing left over."""
    before, after = ("none", "old") if name == "first build" else ("old", "new")
    assert state(folder / "graph") in [_state_of(states[each] / "graph") for each in (before, after)]
    BUILDS[name](folder)
    assert files(folder / "graph") == _files_of(states[after] / "graph")
    assert sorted(os.listdir(folder / "graph")) == sorted(os.listdir(states[after] / "graph"))
    assert verify(folder / "graph") == []


_state_of, _files_of = cache(state), cache(files)


def begun(name: str, folder: Path, states: dict[str, Path]) -> Path:
    """A folder with what there is before a build."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(states["none" if name == "first build" else "old"], folder)
    return folder


@pytest.mark.parametrize("name", BUILDS)
def test_a_build_killed_at_a_step(name: str, states: dict[str, Path], tmp_path: Path) -> None:
    """Each file made, named or removed is a moment at which a build may be killed."""
    steps = ended(BUILDS[name], begun(name, tmp_path / "all", states)).steps
    assert steps > 20
    for step in some(steps):
        folder = begun(name, tmp_path / "one", states)
        assert ended(BUILDS[name], folder, kill_at=step).code == -signal.SIGKILL
        check_build(name, folder, states)


@pytest.mark.parametrize("name", BUILDS)
def test_a_build_killed_at_a_time(name: str, states: dict[str, Path], tmp_path: Path) -> None:
    """So is every moment within what Oxigraph and SQLite do, of which Python is told nothing."""
    lasts, chance = ended(BUILDS[name], begun(name, tmp_path / "all", states)).seconds, random.Random(name)
    killed = 0
    for _ in range(MOMENTS):
        folder = begun(name, tmp_path / "one", states)
        killed += ended(BUILDS[name], folder, kill_after=chance.uniform(0, lasts)).code == -signal.SIGKILL
        check_build(name, folder, states)
    assert killed


@pytest.mark.parametrize("name", BUILDS)
def test_a_build_with_a_full_disk(name: str, states: dict[str, Path], tmp_path: Path) -> None:
    """From whichever step on nothing more can be written: one line says so, and the old graph stays."""
    steps = ended(BUILDS[name], begun(name, tmp_path / "all", states)).steps
    for step in some(steps):
        folder = begun(name, tmp_path / "one", states)
        told(ended(BUILDS[name], folder, full_from=step), "No space left on device")
        check_build(name, folder, states)


def told(end: Ended, reason: str) -> None:
    """The process has ended by itself; if it complains, in one line with the reason."""
    assert end.code == 0
    assert not end.complaint or (reason in end.complaint and "\n" not in end.complaint)


@pytest.mark.parametrize("name", BUILDS)
@pytest.mark.parametrize("largest", [1, 3000, 12_000, 16_000, 30_000])
def test_a_build_that_may_write_no_more(name: str, largest: int, states: dict[str, Path], tmp_path: Path) -> None:
    """As under a quota, whether shards, store or index meet it."""
    folder = begun(name, tmp_path / "one", states)
    end = ended(BUILDS[name], folder, largest=largest)
    assert end.code == 0 and end.complaint and "\n" not in end.complaint
    check_build(name, folder, states)


def outputs(folder: Path) -> dict[str, bytes]:
    """The files of an export, by their names."""
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def ready_to_export(format_: str, states: dict[str, Path], folder: Path) -> Path:
    """A folder with the new graph and an export of the old one."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(states["new"] / "graph", folder / "graph")
    shutil.copytree(states["old"] / format_, folder / "out")
    return folder


def check_export(format_: str, folder: Path, states: dict[str, Path]) -> None:
    """Each file is the old or the new one whole, and the next export makes the new ones, with nothing left over."""
    old, new = (outputs(states[each] / format_) for each in ("old", "new"))
    left = outputs(folder / "out")
    assert all(left[name] in (old[name], new[name]) for name in old)
    export_as(format_, folder)
    assert outputs(folder / "out") == new
    assert [path for path in folder.rglob("*") if path.name.endswith(".part")] == []


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_killed_at_a_step(format_: str, states: dict[str, Path], tmp_path: Path) -> None:
    """Tables have their names when all of them are whole."""
    job = partial(export_as, format_)
    steps = ended(job, ready_to_export(format_, states, tmp_path / "all")).steps
    for step in some(steps, MOMENTS // 2):
        folder = ready_to_export(format_, states, tmp_path / "one")
        assert ended(job, folder, kill_at=step).code == -signal.SIGKILL
        check_export(format_, folder, states)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_killed_at_a_time(format_: str, states: dict[str, Path], tmp_path: Path) -> None:
    """Or at any moment between."""
    job, chance = partial(export_as, format_), random.Random(format_)
    lasts = ended(job, ready_to_export(format_, states, tmp_path / "all")).seconds
    for _ in range(max(1, MOMENTS // len(FORMATS))):
        folder = ready_to_export(format_, states, tmp_path / "one")
        ended(job, folder, kill_after=chance.uniform(0, lasts))
        check_export(format_, folder, states)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_with_a_full_disk(format_: str, states: dict[str, Path], tmp_path: Path) -> None:
    """The old export stays, and nothing is left of the new one."""
    job = partial(export_as, format_)
    steps = ended(job, ready_to_export(format_, states, tmp_path / "all")).steps
    for step in some(steps, max(1, MOMENTS // 4)):
        folder = ready_to_export(format_, states, tmp_path / "one")
        told(ended(job, folder, full_from=step), "No space left on device")
        check_export(format_, folder, states)
    folder = ready_to_export(format_, states, tmp_path / "one")
    end = ended(job, folder, largest=100)
    assert end.code == 0 and end.complaint and "\n" not in end.complaint
    assert outputs(folder / "out") == outputs(states["old"] / format_)


def zhili(*words: str | Path) -> subprocess.Popen[bytes]:
    """The command, in a process of its own."""
    program = [sys.executable, "-c", "from graph.cli import main; main()"]
    return subprocess.Popen([*program, *words], cwd=ROOT, stderr=subprocess.PIPE)


def test_the_command_killed_with_its_workers(tmp_path: Path) -> None:
    """`zhili build` of real reports, read by worker processes: killed while it mends a graph."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    before, after = seeds[:1], seeds[1:2]

    def build(folder: Path, given: Iterable[Path]) -> None:
        with zhili("build", *given, "-j", "2", "-o", folder) as process:
            assert process.wait() == 0

    began = time.monotonic()
    for name, given in (("before", before), ("after", after)):
        build(tmp_path / name, given)
    lasts, chance = (time.monotonic() - began) / 2, random.Random(3)
    whole = [_state_of(tmp_path / name) for name in ("before", "after")]
    for _ in range(max(1, MOMENTS // 10)):
        shutil.rmtree(tmp_path / "killed", ignore_errors=True)
        shutil.copytree(tmp_path / "before", tmp_path / "killed")
        with zhili("build", *after, "-j", "2", "-o", tmp_path / "killed") as process:
            time.sleep(chance.uniform(0.2, 0.95) * lasts)
            process.kill()
        assert state(tmp_path / "killed") in whole
        build(tmp_path / "killed", after)
        assert files(tmp_path / "killed") == files(tmp_path / "after")
        assert sorted(os.listdir(tmp_path / "killed")) == sorted(os.listdir(tmp_path / "after"))


def test_the_second_build_is_told(tmp_path: Path) -> None:
    """Where another build is at work the command says so in one line, and goes once that one has ended."""
    words = ("build", next((ROOT / "seeds").glob("*.txt")), "-o", tmp_path)
    with lock(tmp_path), zhili(*words) as process:
        _, said = process.communicate()
    assert process.returncode == 2
    assert (
        said.decode()
        == f"zhili: {tmp_path}: another build is at work there; wait until it is done, or choose another folder\n"
    )
    with zhili(*words) as process:
        assert process.wait() == 0


def test_two_exports_at_once(states: dict[str, Path], tmp_path: Path) -> None:
    """The second waits for the first, and both end well."""
    folder = ready_to_export("csv", states, tmp_path / "both")
    program = (
        "import sys; from pathlib import Path; from tests.killing import export_as; export_as('csv', Path(sys.argv[1]))"
    )
    both = [subprocess.Popen([sys.executable, "-c", program, folder], cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert outputs(folder / "out") == outputs(states["new"] / "csv")


def test_what_a_manifest_names_has_reached_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the manifest gets its name, every file that it names and the folder of each has been waited for."""
    settled: set[Path] = set()
    missing: list[set[Path]] = []
    sync, rename = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        settled.add(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
        sync(descriptor)

    def replaced(part: Path, path: Path) -> Path:
        if path.name == "manifest.json":
            names = json.loads(part.read_text(encoding="utf-8"))
            store = tmp_path / names["store"]
            named = {tmp_path / f"{store.name}.part" / file.name for file in store.iterdir()}
            named |= {shard_path(tmp_path, key) for key in (names["vocabulary"], *names["documents"])}
            named |= {*(tmp_path / INDEX).iterdir(), part}
            missing.append((named | {file.parent for file in named}) - settled)
        return rename(part, path)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replaced)
    run(tmp_path, A, B)
    run(tmp_path, A2, B)
    assert missing == [set(), set()]


def test_a_reader_keeps_what_it_has_open(tmp_path: Path) -> None:
    """A build leaves what somebody reads; the next one, when nobody does any more, removes it."""
    run(tmp_path, A)
    first = read_manifest(tmp_path)
    reader = open_graph(tmp_path)
    run(tmp_path, B)
    assert (tmp_path / first.store).is_dir()
    again = open_graph(tmp_path)
    assert reader.quads() != again.quads()
    del reader, again
    run(tmp_path, B)
    assert [path.name for path in tmp_path.glob("store-*")] == [read_manifest(tmp_path).store]
    run(tmp_path / "fresh", B)
    assert sorted(os.listdir(tmp_path / INDEX)) == sorted(os.listdir(tmp_path / "fresh" / INDEX))


def test_a_reader_keeps_its_files_when_the_old_state_comes_back(tmp_path: Path) -> None:
    """The store of a state that somebody still reads is taken as it is: one written anew would exchange files under
    a reader who opens them one by one."""
    run(tmp_path, A)
    store = tmp_path / read_manifest(tmp_path).store
    reader = open_graph(tmp_path)
    before = reader.quads(), {file.name: file.stat().st_ino for file in store.iterdir()}
    run(tmp_path, B)
    run(tmp_path, A)
    assert tmp_path / read_manifest(tmp_path).store == store
    assert (reader.quads(), {file.name: file.stat().st_ino for file in store.iterdir()}) == before
    assert open_graph(tmp_path).quads() == before[0]


def test_a_store_that_was_removed_in_part_is_not_taken(tmp_path: Path) -> None:
    """Nobody reads it, so the same state is written anew."""
    run(tmp_path, A)
    store = tmp_path / read_manifest(tmp_path).store
    before = open_graph(tmp_path).quads()
    shutil.copytree(store, tmp_path / "copy")
    run(tmp_path, B)
    (tmp_path / "copy").rename(store)
    next(store.glob("*.sst")).unlink()
    run(tmp_path, A)
    assert open_graph(tmp_path).quads() == before


def test_a_reader_that_comes_during_a_swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has read the manifest before a build and opens the store after it gets the new graph."""
    run(tmp_path, A)
    reads = [read_manifest(tmp_path)]
    run(tmp_path, B)
    monkeypatch.setattr("graph.store.read_manifest", lambda folder: reads.pop() if reads else read_manifest(folder))
    manifest, store = open_current(tmp_path)
    assert manifest == read_manifest(tmp_path)
    assert set(store.graphs()) == set(manifest.contents)


def test_the_explorer_keeps_its_view(tmp_path: Path) -> None:
    """Builds swap the graph under `zhili serve`: its pages, its search and its endpoint answer as before, even from a
    server of Oxigraph's that had to be started anew."""
    run(tmp_path, A)
    with httpx.Client(timeout=30, trust_env=False) as client, contextmanager(serving)(str(tmp_path)) as address:

        def asked() -> list[str]:
            query = {"query": "SELECT ?place { ?r a zl:Report ; zl:jurisdiction/skos:prefLabel ?place }"}
            search = {"q": "三江", "format": "json"}
            pages = [
                client.get(f"{address}/sparql", params=query),
                client.get(f"{address}/en/search", params=search),
            ]
            assert [page.status_code for page in pages] == [200, 200]
            return [page.text for page in pages]

        before = asked()
        assert all("三江街道" in page for page in before)
        for documents in ((B,), (A2, B)):
            run(tmp_path, *documents)
            assert asked() == before
        (server,) = (each for each in psutil.Process().children() if each.name() == "oxigraph")
        server.kill()
        server.wait()
        assert asked() == before


def test_parts_of_killed_processes_are_written_over(tmp_path: Path) -> None:
    """A part that was left does not stay beside the file."""
    (tmp_path / "graph.nq.part").write_bytes(b"half")
    replace(tmp_path / "graph.nq", b"whole")
    assert outputs(tmp_path) == {"graph.nq": b"whole"}


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """One line says so where a file stands in its place."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(GraphError, match="file/build.lock: cannot be written: .*; choose another place$"):
        run(tmp_path / "file", A)
    with pytest.raises(
        GraphError, match="file/graph.nq: cannot be written: Not a directory; make room or choose another"
    ):
        replace(tmp_path / "file" / "graph.nq", b"")
