"""Every command answers over an endpoint what it answers over the folder, and says in a line where it cannot."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from extract.triples import to_quads
from graph.building import VOCABULARY
from graph.building import build as build_graph
from graph.cli import main
from graph.converting import Source
from graph.loading import load
from graph.questions import questions
from graph.remote import RemoteStore
from graph.store import open_graph
from tests.factories import adoption, cause, deficiency, report
from tests.servers import oxigraph

# Neighbours, and a place in two years: what their reports share, a union of graphs may count twice.
REPORTS = {
    "one": report("330324006"),
    "county": report("330324", adoptions=(adoption("legal-adviser", status="planned"),), practices=()),
    "next": report("330324006", year=2023, text=report().text + "乙"),
    "far": report("430406", deficiencies=(deficiency("enforcement-capacity", causes=(cause("team-quality"),)),)),
    "none": report("", department="司法局", adoptions=(adoption("contract-review", confidence=0.5),)),
}


def _convert(source: Source) -> bytes:
    return to_quads(REPORTS[source.data.decode()])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph."""
    path: Path = tmp_path_factory.mktemp("graph") / "built"
    sources = [Source(name, name.encode()) for name in REPORTS]
    build_graph(sources, path, _convert, "rules", VOCABULARY, processes=1)
    return path


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that was loaded with it."""
    with oxigraph(tmp_path_factory.mktemp("server")) as url:
        load(folder, f"{url}/store")
        yield url


@pytest.fixture(scope="module")
def url(server: str) -> str:
    """Its endpoint, with the union as default graph: each triple once for each graph that has it."""
    return f"{server}/query?union-default-graph"


def zhili(*words: str | Path) -> Result:
    """Runs the command."""
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_union_counts_twice(folder: Path, url: str) -> None:
    """The endpoint is one of those that the tests below are for."""
    asked = "SELECT ?name { division:33 skos:prefLabel ?name }"
    assert [len(list(store.select(asked))) for store in (open_graph(folder), RemoteStore(url))] == [1, 4]


@pytest.mark.parametrize("name", questions())
def test_questions(name: str, folder: Path, url: str) -> None:
    """The same rows, each as often."""
    here, there = (zhili("query", "--format", "csv", "-g", graph, name) for graph in (folder, url))
    assert (here.exit_code, there.exit_code, there.stderr) == (0, 0, "")
    assert sorted(there.stdout.splitlines()) == sorted(here.stdout.splitlines())


@pytest.mark.parametrize(
    "words",
    [
        ("similar", "雁峰区", "--json"),
        ("similar", "永嘉县三江街道"),
        ("spread", "--json"),
        ("spread", "行政合同审查", "--confidence", "0.6"),
        ("spread", "行政合同审查", "--csv"),
        ("adoption",),
        ("adoption", "行政合同审查", "--json"),
        ("adoption", "--place", "永嘉县三江街道"),
        ("diffusion", "--json"),
        ("draw", "-o", "-"),
        ("check",),
        ("query", "DESCRIBE mechanism:legal-adviser", "--format", "ttl"),
        ("query", "ASK { ?report a zl:Report }"),
        *(("export", "--format", format_, "-o", "-") for format_ in ("nq", "ttl", "jsonld", "graphml", "gexf")),
    ],
    ids=" ".join,
)
def test_commands(words: tuple[str, ...], folder: Path, url: str) -> None:
    """The same, to the letter."""
    here, there = (zhili(words[0], "-g", graph, *words[1:]) for graph in (folder, url))
    assert there.stdout == here.stdout
    assert (there.exit_code, there.stderr) == (here.exit_code, here.stderr.replace(str(folder), url))
    assert here.exit_code == 0


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_tables(format_: str, folder: Path, url: str, tmp_path: Path) -> None:
    """The same files with the same bytes."""
    for graph, name in ((folder, "here"), (url, "there")):
        assert zhili("export", "-g", graph, "--format", format_, "-o", tmp_path / name).exit_code == 0
    here, there = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("here", "there"))
    assert there == here and len(here) >= 7


def test_a_finding_that_breaks_its_shape(folder: Path, tmp_path: Path) -> None:
    """`check` finds it on a server, too."""
    (tmp_path / "server").mkdir()
    broken = open_graph(folder).quads(name := open_graph(folder).graphs()[0])
    triples = "".join(line.rsplit(" ", 2)[0] + " .\n" for line in broken if "#status>" not in line)
    with oxigraph(tmp_path / "server", "--union-default-graph") as url:
        put = httpx.put(
            f"{url}/store", params={"graph": name}, content=triples, headers={"Content-Type": "text/turtle"}
        )
        put.raise_for_status()
        found = zhili("check", "-g", f"{url}/query")
    assert found.exit_code == 1
    assert "practised, planned or lacking" in found.stdout


@pytest.mark.parametrize("words", [("query", "reports"), ("export", "--format", "nq", "-o", "-")], ids=" ".join)
def test_unsure_findings_stay_on_a_server(words: tuple[str, ...], url: str) -> None:
    """Where a copy without them would be asked, a line says how to ask without one."""
    told = zhili(words[0], "-g", url, "--confidence", "0.8", *words[1:])
    assert told.exit_code == 2
    assert told.stderr.startswith(f"zhili: {url}: --confidence") and "COALESCE(?c, 1) >= 0.8" in told.stderr


@pytest.mark.parametrize("words", [("query", "reports"), ("similar", "雁峰区"), ("serve", "--port", "0")], ids=" ".join)
def test_a_default_graph_of_its_own(words: tuple[str, ...], server: str) -> None:
    """A server that looks into its empty default graph alone is told from one that is empty."""
    told = zhili(words[0], "-g", f"{server}/query", *words[1:])
    assert told.exit_code == 2
    assert told.stderr.startswith(f"zhili: {server}/query: holds reports in named graphs, but its default graph")
    assert told.stderr.count("\n") == 1


def test_an_empty_server(tmp_path: Path) -> None:
    """A line says that nothing of Zhili's is there."""
    with oxigraph(tmp_path) as url:
        told = zhili("spread", "-g", f"{url}/query")
    assert told.exit_code == 2
    assert "holds no report of Zhili's; load a graph" in told.stderr


def test_the_stores_own_server(folder: Path, tmp_path: Path) -> None:
    """Oxigraph over a copy of the folder's store needs no loading and counts nothing twice."""
    (tmp_path / "server").mkdir()
    shutil.copytree(next(folder.glob("store-*")), tmp_path / "server" / "store")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with oxigraph(tmp_path / "server") as url:
        answers = [zhili("query", "-g", graph, count).stdout for graph in (folder, f"{url}/query")]
    assert answers[0] == answers[1]


def test_nothing_answers() -> None:
    """One line, whatever the command."""
    for words in (("query", "reports"), ("similar", "x"), ("spread",), ("check",), ("draw", "-o", "-")):
        told = zhili(words[0], "-g", "http://127.0.0.1:9/sparql", *words[1:])
        assert (told.exit_code, told.stderr.count("\n")) == (2, 1)
        assert "no SPARQL endpoint answers there" in told.stderr
