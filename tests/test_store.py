"""The store: what a query sees, and what it says where it cannot."""

import gc
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.triples import to_quads
from graph.answers import render
from graph.errors import BadQuery, NotAGraph
from graph.manifest import Manifest, write_manifest
from graph.store import graph_of, open_graph, sure_graph, write_store
from graph.tables import shorten, table, width
from tests.factories import cause, deficiency, graph_from, report


def test_a_triple_of_two_reports_counts_once() -> None:
    """Queries see the union of all graphs as a set: two reports of one province make one province."""
    store = graph_from(report("330324006"), report("330324"))
    rows = store.select("SELECT (COUNT(*) AS ?n) { ?place skos:notation '33' ; skos:prefLabel ?name }")
    assert list(rows) == [{"n": "1"}]


def test_each_report_has_its_graph() -> None:
    """Named graphs hold what one report says, and together they are what was loaded."""
    quads = [to_quads(report("330324006")), to_quads(report("430406"))]
    store = graph_of(*quads)
    assert len(store.graphs()) == 2
    assert "".join(store.quads()).encode() == b"".join(sorted(b"".join(quads).splitlines(keepends=True)))
    assert "".join(store.quads(store.graphs()[0])).encode() in quads


def test_select_binds_iris() -> None:
    """A variable can be given an IRI; an unbound one gives an empty string."""
    rows = graph_from(report()).select(
        "SELECT ?place ?code ?none { ?place skos:notation ?code OPTIONAL { ?place zl:year ?none } }",
        place="https://w3id.org/zhili/division/33",
    )
    assert [(row["code"], row["none"]) for row in rows] == [("33", "")]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * {\n ?s ?p ?o .\n FILTR(?x)\n}", ["line 3", "FILTR(?x)\n", "^"]),
        ("SELECT ?x { ?x foo:bar ?y }", ["line 1", "unknown prefix", "zl,", "^"]),
        ("SELECT", ["line 1", "^"]),
        ("", ["line 1"]),
    ],
    ids=["third line", "unknown prefix", "cut off", "empty"],
)
def test_syntax_errors_show_the_place(query: str, says: list[str]) -> None:
    """A query that is no SPARQL is answered with the line, a caret under it, and what was expected."""
    with pytest.raises(BadQuery) as caught:
        graph_from(report()).answer(query)
    assert all(part in str(caught.value) for part in says)


def test_caret_stands_under_chinese() -> None:
    """The caret counts a Chinese character as two places."""
    with pytest.raises(BadQuery) as caught:
        graph_from(report()).answer("SELECT ?x { ?x skos:prefLabel '雁峰区' ; }}")
    line, caret = str(caught.value).splitlines()[1:]
    assert width(line[: line.index("}}")]) <= len(caret) - 1 <= width(line)


@pytest.mark.parametrize("kind", ["missing", "empty", "file", "broken manifest", "store gone"])
def test_what_is_no_graph_says_so(kind: str, tmp_path: Path) -> None:
    """A folder that holds no graph gives one line that names it and says what to do."""
    folder = tmp_path / "graph"
    if kind == "file":
        folder.write_text("x")
    elif kind != "missing":
        folder.mkdir()
    if kind == "broken manifest":
        (folder / "manifest.json").write_text('{"store": 1')
    if kind == "store gone":
        (folder / "manifest.json").write_text('{"store": "store-1", "vocabulary": "", "documents": {}}')
    with pytest.raises(NotAGraph, match="build") as caught:
        open_graph(folder)
    assert str(folder) in str(caught.value)


def test_tables_line_up() -> None:
    """Columns begin at the same place whatever the script; numbers stand to the right; long cells are cut."""
    text = table(["name", "n"], [["雁峰区", "5"], ["ab", "12"], ["审" * 40, "7"]], widest=10)
    assert text.splitlines() == [
        "name        n",
        "─────────  ──",
        "雁峰区      5",
        "ab         12",
        "审审审审…   7",
    ]


def test_shorten_keeps_what_fits() -> None:
    """A text that fits is left, a longer one ends in an ellipsis within its places."""
    assert shorten("审查", 4) == "审查"
    assert shorten("审查 \n 事项", 6) == "审查…"


@pytest.mark.parametrize(
    "query", ["SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }", "SELECT * { service ?x {} }"]
)
def test_no_other_server_is_asked(query: str) -> None:
    """A query that would leave this machine is refused."""
    with pytest.raises(BadQuery, match="SERVICE"):
        graph_of().answer(query)


def test_the_word_service_in_a_string_is_no_request() -> None:
    """Only the keyword counts."""
    assert list(graph_of().select('SELECT ?x { VALUES ?x { "SERVICE" } }')) == [{"x": "SERVICE"}]


def test_a_sure_graph_has_no_unsure_findings(tmp_path: Path) -> None:
    """What the rules are less sure of is gone with its causes, from the union too; the folder's own graph keeps it."""
    unsure = deficiency("funding-insufficient", causes=(cause("planning-lacking"),), confidence=0.7)
    quads = to_quads(report(deficiencies=(unsure, deficiency("legal-talent", causes=(cause("team-quality"),)))))
    shard = tmp_path / "shard"
    shard.write_bytes(gzip.compress(quads))
    write_store(tmp_path / "store", [shard])
    write_manifest(tmp_path, Manifest(store="store"))
    asked = "SELECT DISTINCT ?w { ?s zl:fallsUnder ?w }"
    for confidence, left in ((0.7, 4), (0.71, 2)):
        with sure_graph(tmp_path, confidence) as store:
            assert len(list(store.select(asked))) == left
            assert len([line for line in store.quads() if "fallsUnder" in line]) == left
    assert len(list(open_graph(tmp_path).select(asked))) == 4


def _render(folder: Path) -> str:
    with sure_graph(folder, 0) as store:
        return render(store.answer("SELECT * { ?s ?p ?o }"), "csv")


def _copy(folder: Path) -> None:
    with sure_graph(folder, 0.5) as store:
        store.quads()


@pytest.mark.parametrize("damaged", ["CURRENT", "first table", "other tables"])
@pytest.mark.parametrize(
    "read",
    [
        _render,
        _copy,
        lambda folder: list(open_graph(folder).select("SELECT * { ?s ?p ?o }")),
        lambda folder: open_graph(folder).quads(),
        lambda folder: write_store(
            folder / "other", [], folder / "store", [to_quads(report()).split()[-2][1:-1].decode()]
        ),
    ],
    ids=["render", "copy", "select", "quads", "build"],
)
def test_a_damaged_store_is_told(damaged: str, read: Callable[[Path], object], tmp_path: Path) -> None:
    """Be it damaged where it is opened or where it is read only when that is asked for: a line says how it is mended."""
    shard = tmp_path / "shard"
    shard.write_bytes(gzip.compress(to_quads(report())))
    write_store(tmp_path / "store", [shard])
    write_manifest(tmp_path, Manifest(store="store"))
    first, *others = sorted((tmp_path / "store").glob("*.sst"))
    if damaged == "CURRENT":
        (tmp_path / "store" / damaged).write_bytes(b"")
    else:
        for table_ in [first] if damaged == "first table" else others:
            with table_.open("r+b") as file:
                file.write(b"\xff" * 8)
    with pytest.raises(NotAGraph) as caught:
        read(tmp_path)
    told = str(caught.value)
    assert told.startswith(f"{tmp_path}/store: cannot be read (Corruption: ") and "\n" not in told
    assert told.endswith(f"; to make it anew: zhili build REPORTS -o {tmp_path} --mend")
    del caught
    gc.collect()  # an iterator of Oxigraph's that the error has kept may not end in another thread
