"""The same inputs give the same bytes: in another order, on another day, by more workers, elsewhere, by another Python.

Pythons are those on the PATH, and in the folders that ZHILI_PYTHONS lists, which have what Zhili needs installed.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graph.commands.graphs import FORMATS
from graph.manifest import read_manifest, shard_path
from graph.shards import read_shard
from tests.test_building import files

ROOT = Path(__file__).parent.parent
# Does commands so many days from now.
PROGRAM = """
import shlex, sys, time
from contextlib import suppress
clock, local, write, days = time.time, time.localtime, time.strftime, int(sys.argv[1])
time.time = lambda: clock() + days * 86400
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
time.strftime = lambda form, moment=None: write(form, moment or time.localtime())
from graph.cli import main
for words in sys.argv[2:]:
    try:
        main(shlex.split(words))
    except SystemExit as end:
        assert not end.code, words
"""
NEEDED = "import ahocorasick_rs, jieba, lxml, networkx, numpy, opencc, pyoxigraph, pypdfium2, rdflib"


def make(
    folder: Path, python: str = sys.executable, days: int = 0, jobs: int = 1, **variables: str
) -> dict[str, bytes]:
    """Builds a graph of two reports, given in another order on other days, and exports it; the bytes of the exports."""
    reports = [folder / file.name for file in sorted((ROOT / "seeds").glob("*.txt"))[:2]]
    folder.mkdir()
    for report in reports:
        shutil.copy(ROOT / "seeds" / report.name, report)
        os.utime(report, (1e9 + days * 86400,) * 2)
    given = shlex.join(map(str, reports[::-1] if days else reports))
    # Parquet is DuckDB's, and as its version writes it.
    formats = [each for each in FORMATS if each != "parquet" or python == sys.executable]
    exports = (f"export -g {folder}/graph --format {each} -o {folder}/out/{each}" for each in formats)
    commands = [f"build {given} -j {jobs} -o {folder}/graph", *exports]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"} | variables
    done = subprocess.run(
        [python, "-c", PROGRAM, str(days), *commands], cwd=folder, env=environment, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    return {str(path.relative_to(folder)): path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A folder with a graph, and the exports of it."""
    folder = tmp_path_factory.mktemp("here") / "made"
    return folder / "graph", make(folder)


def test_another_day_order_and_place(made: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    """Later, with newer files in another order, by two workers, in other time, language and order of hashes."""
    exports = make(tmp_path / "there", days=400, jobs=2, PYTHONHASHSEED="7", TZ="Asia/Shanghai", LC_ALL="C", LANG="C")
    assert exports == made[1]
    assert files(tmp_path / "there" / "graph") == files(made[0])


def pythons() -> dict[str, str]:
    """Interpreters by version, those of ZHILI_PYTHONS first; why it cannot be taken where there is none."""
    path = os.pathsep.join(filter(None, [os.environ.get("ZHILI_PYTHONS"), os.environ["PATH"]]))
    return {version: shutil.which(f"python{version}", path=path) or "" for version in ("3.11", "3.12", "3.13", "3.14")}


@pytest.mark.parametrize(("version", "python"), pythons().items(), ids=list(pythons()))
def test_another_python(version: str, python: str, made: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    """The manifest, the quads and the exports are the same; SQLite and zlib may be of another version there."""
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        pytest.skip("is the one that runs the tests")
    if not python or subprocess.run([python, "-c", NEEDED], capture_output=True).returncode:
        pytest.skip(f"no python{version} with what Zhili needs is on the PATH or in ZHILI_PYTHONS")
    exports = make(tmp_path / "there", python, jobs=2)
    assert exports == {name: data for name, data in made[1].items() if not name.startswith("out/parquet")}
    there = tmp_path / "there" / "graph"
    assert read_manifest(there) == read_manifest(made[0])
    for key in read_manifest(there).shards:
        assert read_shard(shard_path(there, key)) == read_shard(shard_path(made[0], key))
