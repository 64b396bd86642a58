"""Documents at addresses: the same as in folders."""

import gzip
import json
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.documents import Document
from extract.errors import ReadingError
from extract.finding import find_documents
from graph.cli import main

fsspec = pytest.importorskip("fsspec")
SEEDS = Path(__file__).parent.parent / "seeds"
MEMORY = "memory://reports"


def files() -> dict[str, bytes]:
    """What is in a folder: documents, an archive, collections, a large file, and what is no document."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside.txt", "一")
    line = json.dumps({"id": "r1", "text": "二"}).encode()
    return {
        "2024/甲.txt": "三".encode(),
        "2024/large.txt": bytes(3 << 20),
        "a.zip": packed.getvalue(),
        "lines.jsonl.gz": gzip.compress(line),
        "style.css": b"",
        ".hidden/x.txt": b"",
        **{f"{number:03}.txt": str(number).encode() for number in range(70)},
    }


@pytest.fixture
def memory() -> Iterator[str]:
    """The files at an address in memory."""
    system = fsspec.filesystem("memory")
    for name, data in files().items():
        system.pipe_file(f"/reports/{name}", data)
    yield MEMORY
    system.rm("/reports", recursive=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same files in a folder."""
    for name, data in files().items():
        (tmp_path / "reports" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "reports" / name).write_bytes(data)
    return tmp_path / "reports"


def found(*places: Path | str) -> list[tuple[str, bytes]]:
    """The documents as the graph knows them."""
    documents = list(find_documents(places))
    assert not [each for each in documents if isinstance(each, ReadingError)]
    return [(each.source, each.data) for each in documents if isinstance(each, Document)]


@pytest.mark.parametrize("below", ["", "/**/*.txt", "/2024", "/2024/甲.txt", "/a.zip"])
def test_an_address_gives_what_a_folder_gives(below: str, memory: str, folder: Path) -> None:
    """Files, folders, patterns and archives have the same documents under the same names wherever they lie."""
    here = found(Path(f"{folder}{below}"))
    assert here
    assert found(memory + below) == found(f"file://{folder}{below}") == here


def test_documents_are_called_by_their_address(memory: str) -> None:
    """Messages name a document by where it is."""
    names = {each.name for each in find_documents([memory])}
    assert {"memory:///reports/2024/甲.txt", "memory:///reports/a.zip/inside.txt", "r1"} <= names


def test_what_vanishes_is_told_and_the_rest_goes_on(memory: str) -> None:
    """A file that was listed and is gone gives one error that names it."""
    documents = find_documents([memory])
    next(documents)
    fsspec.filesystem("memory").rm("/reports/2024/large.txt")
    fsspec.filesystem("memory").rm("/reports/069.txt")
    errors = [each for each in documents if isinstance(each, ReadingError)]
    names = ["memory:///reports/069.txt", "memory:///reports/2024/large.txt"]
    assert sorted(error.name for error in errors) == names
    assert all(str(error).startswith(f"{error.name}: cannot be opened (") for error in errors)


@pytest.mark.parametrize(
    ("address", "missing", "says"),
    [
        ("memory://nowhere", "", "nothing to read there; check the address"),
        ("gopher://host/x", "", "cannot be opened (Protocol not known: gopher); check the address"),
        ("s3://bucket/x", "s3fs", "reading from there takes another package (Install s3fs to access S3); install it"),
        ("s3://bucket/x", "fsspec.core", "reading from there takes another package ("),
    ],
    ids=["nothing there", "no such kind", "no s3fs", "no fsspec"],
)
def test_what_cannot_be_had_is_one_line(address: str, missing: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nothing can be read gives one error that says why."""
    if missing:
        monkeypatch.setitem(sys.modules, missing, None)
    (error,) = find_documents([address])
    assert isinstance(error, ReadingError)
    assert str(error).startswith(f"{address}: {says}") and "\n" not in str(error)


def test_a_graph_is_built_from_an_address(tmp_path: Path) -> None:
    """The command takes addresses; the graph is that of the folder."""
    for name, place in (("there", f"file://{SEEDS}"), ("here", SEEDS)):
        result = CliRunner().invoke(main, ["build", str(place), "-o", str(tmp_path / name)])
        assert result.exit_code == 0, result.output
    manifests = [(tmp_path / name / "manifest.json").read_bytes() for name in ("there", "here")]
    assert manifests[0] == manifests[1]
