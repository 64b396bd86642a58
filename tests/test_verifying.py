"""`zhili check --deep`: whatever is damaged in a graph folder is found, said in a sentence, and mended by `build --mend`."""

import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from extract.triples import to_quads
from graph.building import VOCABULARY, build
from graph.cli import main
from graph.converting import Source
from graph.errors import NotAGraph
from graph.manifest import INDEX, read_manifest, shard_path
from graph.progress import Progress
from graph.shards import packed, unpacked
from graph.verifying import verify
from tests.factories import TEXT, report
from tests.killing import state
from tests.test_building import REPOST, A, B, C, convert, files, run

GIVEN = (A, B, C, REPOST, Source("bad.txt", b"refuse"))
BITS = int(os.environ.get("ZHILI_BITS", "4"))
KINDS = ("manifest.json", "shards/*/*.gz", f"{INDEX}/*", "store-*/*.sst", "store-*/[A-Zs]*", "store-*/*.log")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder with nothing wrong in it."""
    folder = tmp_path_factory.mktemp("whole")
    run(folder, *GIVEN)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(whole, tmp_path / "graph"))


def mend(folder: Path) -> None:
    """A build of the same documents that mends what is damaged."""
    build(GIVEN, folder, convert, "1", [VOCABULARY[0]], mend=True)


def shard_of(folder: Path, source: Source = A) -> Path:
    """The shard of a document."""
    (key,) = (key for key, entry in read_manifest(folder).documents.items() if entry.name == source.name)
    return shard_path(folder, key)


def store_of(folder: Path) -> Path:
    """The folder of the store."""
    return folder / read_manifest(folder).store


def edit(old: str, new: str, source: Source = A) -> Callable[[Path], Path]:
    """Has a shard say something else, in a file that is whole."""

    def change(folder: Path) -> Path:
        path = shard_of(folder, source)
        quads = unpacked(path.read_bytes()) or b""
        assert old.encode() in quads
        path.write_bytes(packed(quads.replace(old.encode(), new.encode())))
        return path

    return change


def exchange(folder: Path) -> Path:
    """Puts one document's shard in the place of another's."""
    shutil.copy(shard_of(folder, B), shard_of(folder))
    return shard_of(folder)


def cut(folder: Path) -> Path:
    """Takes a shard's end."""
    path = shard_of(folder)
    path.write_bytes(path.read_bytes()[:-9])
    return path


def lose_shard(folder: Path) -> Path:
    """Removes a shard."""
    shard_of(folder).unlink()
    return shard_of(folder)


def lose_index(folder: Path) -> Path:
    """Removes a file of the index."""
    (path,) = (folder / INDEX).iterdir()
    path.unlink()
    return path


def other_index(folder: Path) -> Path:
    """Has an index that a graph of other documents has."""
    run(folder.parent / "other", B, C)
    ((other,), (path,)) = ((each / INDEX).iterdir() for each in (folder.parent / "other", folder))
    shutil.copy(other, path)
    return path


def lose_store(folder: Path) -> Path:
    """Removes the store."""
    shutil.rmtree(store_of(folder))
    return store_of(folder)


def other_store(folder: Path) -> Path:
    """Has the store of other documents."""
    run(folder.parent / "other", A, B)
    shutil.rmtree(store_of(folder))
    shutil.copytree(store_of(folder.parent / "other"), store_of(folder))
    return store_of(folder)


def change_store(update: str) -> Callable[[Path], Path]:
    """Updates a store that has no sums, as earlier versions wrote them."""

    def change(folder: Path) -> Path:
        (store_of(folder) / "sums.tsv").unlink()
        store = ox.Store(str(store_of(folder)))
        store.update(f"PREFIX skos: <http://www.w3.org/2004/02/skos/core#> {update}")
        store.flush()
        return store_of(folder)

    return change


def change_manifest(folder: Path) -> Path:
    """Has the manifest call a document something else."""
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace("bad.txt", "mad.txt"), encoding="utf-8")
    return path


DAMAGES = {
    "is damaged": cut,
    "is missing": lose_shard,
    "quote that is not its slice": edit('anchorOf> "执法力量仍显不足', 'anchorOf> "执法力量充足'),
    "slice of the text: .*char=": edit('beginIndex> "0"', 'beginIndex> "1"'),
    "does not hold the text": edit("建成解纷小院。二", "建成解纷小院！二"),
    "is not of 330324006.txt": edit('source> "330324006.txt"', 'source> "430406.txt"'),
    "a practice of another name": edit('prefLabel> "解纷小院"', 'prefLabel> "解纷大院"'),
    "a division of another code": edit('notation> "330324006"', 'notation> "330324007"'),
    "cannot be understood": edit('beginIndex> "0"', 'beginIndex> "x"'),
    "do not say the same": edit("办事处", "公所", B),
    "does not hold the graph": exchange,
    "sqlite: is missing": lose_index,
    "is not the index of its reports": other_index,
    "store-.*: is missing": lose_store,
    "a graph too many or too few": other_store,
    "do not say the same of": change_store('DELETE WHERE { GRAPH ?g { ?place skos:notation "430406" } }'),
    "is not the union of .* 430406": change_store('DELETE WHERE { ?place skos:notation "430406" }'),
    "is not the union of .* more": change_store('INSERT DATA { <x:more> skos:notation "more" }'),
    "is not as it was written": change_manifest,
}


@pytest.mark.parametrize("says", DAMAGES)
def test_damage_is_found_and_mended(says: str, folder: Path, whole: Path) -> None:
    """Each kind is told of the file that has it; a build that mends makes the folder what it was."""
    assert verify(folder) == []
    damaged = DAMAGES[says](folder)
    found = verify(folder)
    assert damaged in {damage.path for damage in found}
    assert re.search(says, "\n".join(map(str, found)))
    mend(folder)
    assert files(folder) == files(whole)
    assert verify(folder) == []


def flips(path: Path, number: int) -> list[tuple[int, int]]:
    """Some bits of a file, the same ones in every run: their byte, and their place in it."""
    chance = random.Random(f"{path.name[-4:]} {number}")
    return [(chance.randrange(path.stat().st_size), 1 << chance.randrange(8)) for _ in range(number)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_bit_that_turned_is_found(kind: str, folder: Path, whole: Path) -> None:
    """In whatever file; but for bytes that say nothing: what can be asked of the folder is the same then."""
    path = max((path for path in folder.glob(kind) if "LOG" not in path.name), key=lambda path: path.stat().st_size)
    data, before = path.read_bytes(), state(folder)
    for byte, bit in flips(path, BITS):
        path.write_bytes(data[:byte] + bytes([data[byte] ^ bit]) + data[byte + 1 :])
        try:
            found = {damage.path for damage in verify(folder)}
        except NotAGraph:
            assert path.name == "manifest.json"
            continue
        if found:
            assert found == {store_of(folder) if path.parent == store_of(folder) else path}
        else:
            assert kind in ("shards/*/*.gz", f"{INDEX}/*")
            assert path.suffix != ".gz" or unpacked(path.read_bytes()) == unpacked(data)
            assert state(folder) == before
    mend(folder)
    assert files(folder) == files(whole)
    assert verify(folder) == []


def test_an_index_by_another_sqlite(folder: Path) -> None:
    """Where another version has written the file, other bytes are no damage, but other rows are."""
    (path,) = (folder / INDEX).iterdir()
    data = path.read_bytes()
    path.write_bytes(data[:96] + (3_007_000).to_bytes(4, "big") + data[100:])
    assert verify(folder) == []
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE report SET title = 'another'")
        connection.commit()
    data = path.read_bytes()
    path.write_bytes(data[:96] + (3_007_000).to_bytes(4, "big") + data[100:])
    assert [damage.path for damage in verify(folder)] == [path]


def test_unusual_line_ends_are_no_damage(tmp_path: Path) -> None:
    """What Unicode counts as the end of a line is none in a shard."""
    odd = Source("330324006.txt", to_quads(report(text=f"{TEXT}\u2028\u0085\x0b\x1c\r末", title="一\u2028二")))
    run(tmp_path, odd)
    assert verify(tmp_path) == []


def test_a_build_takes_no_changed_manifest(folder: Path, whole: Path) -> None:
    """It makes a new one by itself, from shards that are there, whether the old one can be read or not."""
    path = change_manifest(folder)
    assert run(folder, *GIVEN).read == 1  # the one that was refused
    path.write_bytes(b"{")
    assert run(folder, *GIVEN).read == 1
    assert files(folder) == files(whole)


def test_every_step_is_told(whole: Path) -> None:
    """Verifying says how far it is."""

    class Told(Progress):
        stages: dict[str, int | None] = {}

        def stage(self, name: str, total: int | None = None) -> None:
            self.stages[name] = total

    verify(whole, told := Told())
    assert told.stages == {"shards": 5, "store": 4, "index": 1}


def test_the_command_says_what_is_wrong_and_what_to_do(folder: Path) -> None:
    """Findings go to stdout with exit code 1; what cannot be verified is one line with exit code 2."""
    build(GIVEN, folder, convert, "1", VOCABULARY)

    def check(graph: str | Path) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, ["check", "--deep", "-g", str(graph)])
        return result.exit_code, result.stdout, result.stderr

    assert check(folder) == (0, "", f"{folder}: no findings\n")
    shard = cut(folder)
    advice = f"{folder}: 1 finding; to make anew what is damaged: zhili build REPORTS -o {folder} --mend\n"
    assert check(folder) == (1, f"{shard}: is damaged\n", advice)
    code, out, line = check("http://localhost:7878/query")
    assert (code, out, line.count("\n")) == (2, "", 1) and "--deep verifies the files of a graph folder" in line
    code, out, line = check(folder.parent)
    assert (code, out, line.count("\n")) == (2, "", 1) and "holds no graph" in line


def test_the_command_mends(tmp_path: Path) -> None:
    """As it says that it does."""
    seed = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))[0]
    words = ["build", str(seed), "-j", "1", "-o", str(tmp_path / "graph")]
    for damaged in (None, lose_store):
        if damaged:
            damaged(tmp_path / "graph")
        result = CliRunner().invoke(main, [*words, *(["--mend"] if damaged else [])])
        assert result.exit_code == 0 and "1 report" in result.stderr
        assert verify(tmp_path / "graph") == []
