"""The explorer's full-text search: everything that holds the words is found, nothing else, and in order."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Jurisdiction
from extract.triples import report_iri, to_quads
from graph.errors import GraphError
from graph.index import search, segments, told
from graph.index.search import KINDS, Entry, Index, index_files, write_index
from graph.index.words import fold
from graph.manifest import shard_path
from graph.shards import packed
from graph.store import GraphStore, graph_of
from ontology import namespace
from ontology.namespace import expand
from tests.factories import TEXT, evidence, graph_from, observation, practice, report, vocabulary

# Few characters, so that pieces of one text are found in others; among them such as fold, and what FTS5 reads as syntax.
LETTERS = "法法治律顾问乾干著Aaａé１1 　\t\n，。（）\"'*^:+-{}ßİΣ㈠\u200b\u3000\U00020000"
TEXTS = st.text(LETTERS, min_size=1, max_size=12)


@contextmanager
def index_of(store: GraphStore) -> Iterator[Index]:
    """The index of a graph."""
    with TemporaryDirectory() as folder, closing(written(store, Path(folder))) as index:
        yield index


def written(store: GraphStore, folder: Path) -> Index:
    """The index of a graph, written into a folder."""
    write_index(store, folder, contents(store))
    return Index(store, folder, contents(store))


def contents(store: GraphStore) -> dict[str, str]:
    """The graphs of a store, each named by itself."""
    return {graph: graph for graph in store.graphs()}


def graph_saying(practices: list[str], quotes: list[str]) -> GraphStore:
    """A graph in memory of practices with these labels, and of one report with these quotes."""
    said: list[tuple[str, str, ox.NamedNode | ox.Literal]] = [("a", "rdf:type", _iri("zl:Report"))]
    for number, label in enumerate(practices):
        said += [(f"p{number}", "rdf:type", _iri("zl:Practice"))]
        said += [(f"p{number}", "skos:prefLabel", ox.Literal(label, language="zh"))]
    for number, quote in enumerate(quotes):
        said.append((f"a#char={number},{number + len(quote)}", "nif:anchorOf", ox.Literal(quote)))
    quads = (ox.Quad(ox.NamedNode(f"x:{one}"), _iri(what), other, ox.NamedNode("x:a")) for one, what, other in said)
    return graph_of(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def _iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def labels(index: Index, words: str, *kinds: str) -> list[str]:
    """What the entries on the first page are called."""
    return [entry.label for entry in index.find(words, kinds).entries]


@given(st.lists(TEXTS, max_size=5), st.lists(TEXTS, max_size=5, unique=True), st.lists(TEXTS, max_size=5), st.data())
def test_exactly_what_holds_the_words_is_found(
    practices: list[str], quotes: list[str], others: list[str], data: st.DataObject
) -> None:
    """A search for a text finds the names and quotes whose folded text holds it folded, and no others."""
    with index_of(graph_saying(practices, quotes)) as index:
        for words in [*practices, *quotes, *others]:
            start = data.draw(st.integers(0, len(words)))
            piece = "".join(words[start : start + data.draw(st.integers(1, 4))].split())
            found = index.find(piece, limit=100)
            held = [text for text in (*practices, *quotes) if fold(piece) and fold(piece) in fold(text)]
            assert sorted(entry.label for entry in found.entries) == sorted(held)
            assert sum(found.total.values()) == len(held)


@given(st.text(), st.text(), st.text())
def test_a_piece_of_a_text_folds_to_a_piece(before: str, piece: str, behind: str) -> None:
    """Folding looks at each character for itself, so what a text is cut into does not matter."""
    assert fold(before) + fold(piece) + fold(behind) == fold(before + piece + behind)


@given(st.lists(TEXTS, min_size=1, max_size=6, unique=True), st.lists(TEXTS, min_size=1, max_size=3))
def test_several_words_are_all_in_one_entry(quotes: list[str], words: list[str]) -> None:
    """Words set apart by blanks must all be found in the same entry, in any order."""
    parts = [fold(part) for part in " ".join(words).split() if fold(part)]
    held = [quote for quote in quotes if parts and all(part in fold(quote) for part in parts)]
    with index_of(graph_saying([], quotes)) as index:
        assert labels(index, " ".join(words)) == held


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("法律 顾问", "法律顾问"),
        ("法律顾问", "法律\u3000顾问"),
        ("Legal Adviser", "legaladviser"),
        ("办结率94.7%", "９４．７％"),
        ("合法性审查", "合法性審查"),
        ("了解计划", "瞭解 計畫"),
        ("乾县", "乾县"),
        ("乾县人民政府", "乾"),
        ("效果显著", "顯著"),
        ("显著", "著"),
        ("𠮷镇", "𠮷"),
    ],
    ids=[
        "blank",
        "wide blank",
        "case",
        "full width",
        "traditional",
        "traditional together",
        "乾县",
        "乾",
        "顯著",
        "著",
        "beyond the BMP",
    ],
)
def test_ways_of_writing(text: str, words: str) -> None:
    """Blanks, width, case and traditional characters do not matter."""
    with index_of(graph_saying([], [text])) as index:
        assert labels(index, words) == [text]


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "\u3000",
        "\u200b",
        "\x00",
        "\ud800",
        '"',
        '""',
        "*",
        "法*",
        "(",
        ")",
        "AND",
        "法 AND",
        "NOT",
        "-法",
        "^法",
    ]
    + ["text:法", "NEAR(法 治, 2)", '法" OR "治', "；", "法\x00律", "法' --", "{法}:律", "%", "_", "\\", "法+律"],
)
def test_no_words_are_an_error(words: str) -> None:
    """What would mean something to FTS5 or SQL is looked for as it is, and is not there; nor is nothing."""
    with index_of(graph_saying(["依法行政"], ["依法治理"])) as index:
        found = index.find(words)
        assert (found.total, found.entries, found.capped) == ({}, [], False)


def test_very_long_words() -> None:
    """A quote of any length finds itself, and a thousand words are looked for."""
    quote = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 3000))
    with index_of(graph_saying([], [quote])) as index:
        assert labels(index, quote) == labels(index, " ".join(quote[:1000])) == [quote]
        assert labels(index, quote + "。") == []


def test_names_come_in_order_before_quotes() -> None:
    """What is called so comes first, then what begins so, then shorter names, then what is quoted."""
    practices = ["老法官调解室", "法官调解室", "法官调解", "新法官调解", "法官", "好法官"]
    with index_of(graph_saying(practices, ["请法官调解"])) as index:
        assert labels(index, "法官调解") == ["法官调解", "法官调解室", "新法官调解", "老法官调解室", "请法官调解"]
        assert labels(index, "法官") == [
            "法官",
            "法官调解",
            "法官调解室",
            "好法官",
            "新法官调解",
            "老法官调解室",
            "请法官调解",
        ]
        assert labels(index, "法官 调解")[:2] == ["法官调解", "法官调解室"]


def test_quotes_come_by_year_and_place() -> None:
    """Quotes of the newest reports come first, those of one year by the place's code, undated ones last."""
    reports = [
        report("430406", year=2023),
        report("500101", year=2024),
        report("330324006", year=2024),
        report("", year=2024),
        report("330324", year=None),
    ]
    with index_of(graph_from(*reports)) as index:
        found = index.find("编制偏少")
    order = [reports[number] for number in (2, 1, 3, 0, 4)]
    assert [entry.report for entry in found.entries] == [report_iri(each) for each in order]


def test_pages_make_up_the_whole() -> None:
    """Pages of any size, one after the other, hold every entry once, in the order of one large page."""
    practices = [f"法{'治' * (number % 5)}{number}" for number in range(20)]
    with index_of(graph_saying(practices, [f"依法{number}" for number in range(20)])) as index:
        whole = index.find("法", limit=100).entries
        assert len(whole) == 40
        for size in (1, 7, 20, 39):
            pages = [index.find("法", limit=size, offset=offset).entries for offset in range(0, 50, size)]
            assert [entry for page in pages for entry in page] == whole
        quotes = index.find("法", ["quote"], limit=5, offset=15).entries
        assert quotes == whole[35:]
        assert [entry.iri for entry in quotes] == [
            f"x:a#char={number},{number + len(f'依法{number}')}" for number in range(15, 20)
        ]
        assert index.find("法", limit=0).entries == index.find("法", offset=40).entries == []


def test_kinds_narrow_the_entries_and_not_the_totals() -> None:
    """Only the kinds asked for are given, while the totals tell what else there is."""
    with index_of(graph_saying(["法官"], ["法官", "法院"])) as index:
        for kinds, number in (
            ((), 3),
            (("quote",), 2),
            (("practice",), 1),
            (("place",), 0),
            (("practice", "quote"), 3),
        ):
            found = index.find("法", kinds)
            assert len(found.entries) == number
            assert {entry.kind for entry in found.entries} <= set(kinds or KINDS)
            assert found.total == {"practice": 1, "quote": 2}


def test_a_great_many_quotes_are_counted_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond COUNTED the total says "at least", and pages go on beyond it."""
    monkeypatch.setattr(search, "COUNTED", 100)
    with index_of(graph_saying(["法官"], [f"法{number}" for number in range(101)])) as index:
        found = index.find("法", offset=100)
        assert (found.total, found.capped) == ({"practice": 1, "quote": 100}, True)
        assert [entry.label for entry in found.entries] == ["法99", "法100"]
        monkeypatch.setattr(search, "COUNTED", 101)
        found = index.find("法")
        assert (found.total, found.capped) == ({"practice": 1, "quote": 101}, False)


def test_everything_that_a_graph_names_is_found() -> None:
    """Each kind is found by each of its names, and shows what tells it from others."""
    told = report(
        title="三江街道２０２４年法治报告", practices=(practice("“解纷”小院"),), observations=(observation(),)
    )
    with index_of(graph_of(vocabulary(), to_quads(told))) as index:

        def first(words: str, kind: str) -> Entry:
            return index.find(words, [kind]).entries[0]

        place = Entry("place", namespace.division("330324006"), "三江街道", "浙江省温州市永嘉县三江街道")
        assert first("三江街道", "place") == first("温州市永嘉县三江", "place") == place
        mechanism = Entry("mechanism", namespace.mechanism("legal-adviser"), "政府法律顾问", "行政决策")
        assert first("政府法律顾问", "mechanism") == mechanism
        assert first("government legal advis", "mechanism") == mechanism
        weakness = first("执法力量", "weakness")
        assert weakness.iri.startswith(namespace.weakness(""))
        assert first("解纷小院", "practice") == Entry(
            "practice", namespace.practice("解纷小院"), "解纷小院", _label(told.practices[0].broader or "")
        )
        counted = Entry("indicator", namespace.indicator("合同", "contract-review"), "合同", _label("contract-review"))
        assert first("合同", "indicator") == counted
        document = Entry("report", report_iri(told), "三江街道２０２４年法治报告", "浙江省温州市永嘉县三江街道 2024")
        assert first("2024年法治", "report") == document


def _label(mechanism: str) -> str:
    rows = graph_of(vocabulary()).select(
        'SELECT ?iri ?label { ?iri skos:prefLabel ?label FILTER (lang(?label) = "zh") }',
        iri=namespace.mechanism(mechanism),
    )
    return next(rows)["label"]


def test_a_quote_is_a_slice_of_its_report() -> None:
    """The offsets of a quote give the quote, and its IRI is the slice's in the graph."""
    told = report()
    store = graph_from(told)
    with index_of(store) as index:
        found = index.find("不足", ["quote"]).entries
    assert {entry.label for entry in found} == {"执法力量仍显不足"}
    for entry in found:
        assert TEXT[entry.start : entry.end] == entry.label
        assert (entry.report, entry.note) == (report_iri(told), told.title)
        rows = store.select("SELECT ?iri ?quote { ?iri nif:anchorOf ?quote }", iri=entry.iri)
        assert [row["quote"] for row in rows] == [entry.label]


def test_a_report_gives_a_quote_once() -> None:
    """What a report says in the same words at two places is found at the first; another report's is another entry."""
    text = TEXT + "编制偏少。"
    again = TEXT.index("编制偏少")
    late = evidence("编制偏少。", text).__class__(len(TEXT), len(TEXT) + 4)
    plans = tuple(plan.__class__("补编制", (), late) for plan in report().plans)
    with index_of(graph_from(report(text=text, plans=plans), report("430406"))) as index:
        found = index.find("编制偏少", ["quote"]).entries
    assert [(entry.label, entry.start) for entry in found] == [("编制偏少", again)] * 2
    assert len({entry.report for entry in found}) == 2


def test_two_builds_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same graph gives the same files."""
    monkeypatch.setattr(segments, "_REPORTS", 1)
    quads = [vocabulary(), *(to_quads(report(code)) for code in ("330324006", "430406"))]
    one, two = graph_of(*quads), graph_of(*reversed(quads))
    written(one, tmp_path / "one").close()
    written(two, tmp_path / "deep" / "two").close()
    files = [
        {path.name: path.read_bytes() for path in folder.iterdir()}
        for folder in (tmp_path / "one", tmp_path / "deep/two")
    ]
    assert files[0] == files[1] and len(files[0]) == 2


def test_what_is_there_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one report changed, its segment and the names are new, and the other segment is the file that it was."""
    monkeypatch.setattr(segments, "_REPORTS", 1)
    reports = [report("330324006"), report("430406")]
    written(old := graph_from(*reports), tmp_path).close()
    times = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    new = graph_from(reports[0], report("430406", title="另一份报告"))
    changed = contents(new) | {report_iri(reports[1]): "changed"}
    write_index(new, tmp_path, changed)
    files = index_files(tmp_path, changed)
    assert len(files & times.keys()) == 1 and len(files) == 2
    assert all(path.stat().st_mtime_ns == time for path, time in times.items())
    with closing(Index(new, tmp_path, changed)) as index:
        assert index.find("另一份报告").total == {"report": 1}
    with closing(Index(old, tmp_path, contents(old))) as index:
        assert index.find("另一份报告").total == {}


def test_no_segment_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many reports stand between two of a certain hash, no more than some make a segment, and none is lost."""
    monkeypatch.setattr(segments, "_REPORTS", 10**40)
    monkeypatch.setattr(segments, "_MOST", 2)
    named = {f"{namespace.PREFIXES['report']}330324/{year}/0": str(year) for year in range(2016, 2021)}
    found = segments.segments(Path("index"), named)
    assert [len(each.reports) for each in found] == [2, 2, 1]
    assert {iri: name for each in found for iri, name in each.reports.items()} == named


def test_many_reports_are_divided(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Into segments by year and place; the order of the quotes stays that of one segment."""
    elsewhere = report(jurisdiction=Jurisdiction("330106", ("浙江省", "杭州市", "西湖区"), "county"))
    codes = ("330324006", "330324", "430406", "500101", "")
    store = graph_from(elsewhere, *(report(code) for code in codes))
    with closing(written(store, tmp_path / "few")) as index:
        whole = index.find("编制偏少").entries
    number = len(list((tmp_path / "few").iterdir()))
    monkeypatch.setattr(segments, "_REPORTS", 1)
    with closing(written(store, tmp_path / "many")) as index:
        assert index.find("编制偏少").entries == whole and len(whole) == len(codes) + 1
        for offset in range(len(whole)):
            assert index.find("编制偏少", limit=2, offset=offset).entries == whole[offset : offset + 2]
    assert len(list((tmp_path / "many").iterdir())) > number


def test_an_empty_graph_has_an_index() -> None:
    """Nothing is found in nothing."""
    with index_of(graph_of()) as index:
        assert index.find("法").entries == []


def test_many_threads_ask_one_index() -> None:
    """Threads get the answers that one would get, and a closed index says so."""
    with index_of(graph_saying([f"法{number}" for number in range(50)], ["依法"])) as index:
        words = [f"法{number}" for number in range(50)] * 4
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(index.find, words)) == list(map(index.find, words))
        index.close()
        with pytest.raises(GraphError, match="closed"):
            index.find("法")


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "other database", "folder", "cut"])
def test_what_is_no_index_says_so(kind: str, tmp_path: Path) -> None:
    """A file that is none, or none of this version, gives one line that names it, at the latest when it is asked."""
    store, home = graph_from(report()), tmp_path / "index #1?"
    written(store, home).close()
    path = next(home.glob("reports-*"))
    content = path.read_bytes()
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "other database":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE report (id)")
    elif kind != "missing":
        texts = {"empty": b"", "text": b"no database at all, but longer than a hundred characters" * 3}
        path.write_bytes(texts.get(kind, content[:8_000]))
    with (
        pytest.raises(GraphError, match="build again") as caught,
        closing(Index(store, home, contents(store))) as index,
    ):
        index.find("法")
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)
    assert path.exists() == (kind != "missing")


def test_an_index_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """Where a folder stands in the way the complaint names it, and no part of an index is left."""
    store = graph_from(report())
    (segment,) = segments.segments(tmp_path, contents(store))
    (segment.path / "x").mkdir(parents=True)
    with pytest.raises(GraphError, match="reports-.*: cannot be written"):
        segments.write_segment(told.told_by(store), segment)
    assert [each.name for each in tmp_path.iterdir()] == [segment.path.name]


def test_a_report_has_its_length(tmp_path: Path) -> None:
    """A report's characters are counted alike by a store and in the shards, line ends and those of four bytes as one."""
    text = report().text + '𠮷\n"引号"\\'
    quads = to_quads(report(text=text))
    store = graph_of(quads)
    (graph,) = store.graphs()
    shard = shard_path(tmp_path, "key")
    shard.parent.mkdir(parents=True)
    shard.write_bytes(packed(quads))
    for says in (told.told_by(store)({graph: ""}), told.told_in_shards(tmp_path, {graph: "key"})):
        assert told.text_in(says[graph]) == text
    with closing(written(store, tmp_path / "index")) as index:
        assert [each.length for each in index.statements().reports] == [len(text)]
