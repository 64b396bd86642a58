"""Shards that builds share: the same graph, with less to read."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.backends import Processes
from graph.building import Outcome, build
from graph.converting import Source
from graph.errors import GraphError
from graph.shelf import Shelf
from tests.misbehaving import misbehave
from tests.test_building import TERMS, A, B, files, run

fsspec = pytest.importorskip("fsspec")
BAD = Source("bad.txt", b"refuse")


def shared(folder: Path, shelf: str, *given: Source) -> Outcome:
    """A build that shares its shards."""
    return build(given, folder, misbehave, "1", [TERMS], shelf=Shelf(shelf))


@pytest.fixture(params=["memory", "file"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty shelf."""
    if request.param == "file":
        yield f"file://{tmp_path}/shelf"
        return
    yield "memory://shelf"
    fsspec.filesystem("memory").rm("/shelf", recursive=True)


def test_what_one_build_has_read_others_need_not(address: str, tmp_path: Path) -> None:
    """The second build reads what is not on the shelf; its folder is that of a build of its own."""
    assert shared(tmp_path / "one", address, A).read == 1
    assert shared(tmp_path / "two", address + "/", A, B, BAD) == Outcome(2, 2, 0, ("bad.txt: refused",))
    run(tmp_path / "alone", A, B, BAD)
    assert files(tmp_path / "two") == files(tmp_path / "alone")


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b", b"no shard", gzip.compress(b"")])
def test_what_is_damaged_there_is_made_again(damage: bytes, address: str, tmp_path: Path) -> None:
    """A shard that was cut short there is read anew and replaced, and the graph is whole."""
    shared(tmp_path / "one", address, A)
    (path,) = (system := fsspec.core.url_to_fs(address)[0]).find(fsspec.core.url_to_fs(address)[1])
    system.pipe_file(path, damage)
    assert shared(tmp_path / "two", address, A).read == 1
    assert shared(tmp_path / "three", address, A).read == 0
    assert files(tmp_path / "two") == files(tmp_path / "one") == files(tmp_path / "three")


def test_worker_processes_share(tmp_path: Path) -> None:
    """Workers put shards there themselves."""
    address = Shelf(f"file://{tmp_path}/shelf")
    done = build([A, B], tmp_path / "graph", misbehave, "1", [TERMS], backend=Processes(2), shelf=address)
    assert done.read == 2
    there = {path.name: path.read_bytes() for path in (tmp_path / "shelf").rglob("*.nq.gz")}
    here = {path.name: path.read_bytes() for path in (tmp_path / "graph" / "shards").rglob("*.nq.gz")}
    assert there and there.items() < here.items()  # the shard of the vocabulary is made by each build


def test_a_shelf_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """An address where nothing can be kept gives a line, and no graph."""
    (tmp_path / "file").write_bytes(b"")
    for address in (f"file://{tmp_path}/file/below", "gopher://host/shelf"):
        with pytest.raises(GraphError, match=r"^\S+: shards cannot be kept there \(.+\); check the address") as caught:
            shared(tmp_path / "graph", address, A)
        assert str(caught.value).startswith(address)
    assert not (tmp_path / "graph" / "manifest.json").exists()
