"""Writing to a server: only with the token, only what could be a report's graph, once and for all, seen everywhere."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from click.testing import CliRunner
from starlette.datastructures import Headers

from extract.triples import report_iri, to_quads
from graph.building import build
from graph.cli import main
from graph.converting import Source
from graph.errors import GraphError
from graph.explorer.endpoint import Limits
from graph.explorer.guard import Token, read_token
from graph.explorer.listening import config
from graph.explorer.serving import explorer
from graph.manifest import lock, read_manifest, shard_path
from graph.shards import packed
from graph.store import open_graph
from graph.verifying import verify
from graph.writing import LARGEST, checked, write
from ontology.namespace import BASE, VOCABULARY_GRAPH
from tests.factories import observation, report
from tests.test_building import A2, TWIN, A, B, C, convert

SECRET = "s3cret-" * 6
LOGIN = {"authorization": f"Bearer {SECRET}"}
NQ, NT, TTL = "application/n-quads", "application/n-triples", "text/turtle"
OWN = report_iri(report("330324006"))
NEW = report("330324", observations=(observation(name="新写入的合同"),))
ADDED = report_iri(NEW)


# Of the schemes what the reports name, since the whole takes a second to load.
NAMES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix m: <https://w3id.org/zhili/mechanism/> .
@prefix w: <https://w3id.org/zhili/weakness/> .
m:contract-review skos:prefLabel "合同审查"@zh . m:diversified-resolution skos:prefLabel "多元化解"@zh .
m:enforcement-training skos:prefLabel "执法培训"@zh . w:enforcement-capacity skos:prefLabel "执法力量"@zh .
w:staffing-shortage skos:prefLabel "编制"@zh . w:legal-talent skos:prefLabel "人才"@zh ."""


def rebuild(folder: Path, *given: Source, mend: bool = False) -> tuple[int, tuple[str, ...]]:
    """A build of these documents: how many reports there are then, and what was refused."""
    names = folder.parent / "names.ttl"
    names.write_text(NAMES, encoding="utf-8")
    done = build(given, folder, convert, "1", [names], mend=mend)
    return done.reports, done.refusals


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder of three reports."""
    folder = tmp_path_factory.mktemp("whole")
    rebuild(folder, A, B, C)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(whole, tmp_path / "graph"))


@contextmanager
def asking(folder: Path, token: str = SECRET) -> Iterator[httpx.Client]:
    """Asks an explorer over a folder that can be written to with a token, or not where it is empty."""
    with explorer(str(folder), Limits(), token=Token(token) if token else None) as app:
        server = uvicorn.Server(config(app, host="127.0.0.1", port=0, log_level="critical"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        try:
            with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


def put(client: httpx.Client, graph: str, body: bytes, kind: str = NQ, **headers: str) -> httpx.Response:
    """Puts a graph, with the token."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.put("/store", params={"graph": graph}, content=body, headers={**LOGIN, "content-type": kind, **named})


def triples(quads: bytes) -> bytes:
    """Quads without their graph."""
    return b"".join(line.rsplit(b" ", 2)[0] + b" .\n" for line in quads.splitlines())


def state(folder: Path) -> dict[str, bytes]:
    """What a folder says that it holds, and what it holds."""
    return {"manifest": (folder / "manifest.json").read_bytes(), "quads": "".join(open_graph(folder).quads()).encode()}


def test_round_trip(folder: Path) -> None:
    """What is put is seen by pages, /sparql, `zhili query` and `zhili check --deep`, and no more once it is deleted."""
    page, query = f"/zh{ADDED.removeprefix(BASE[:-1])}", f"SELECT ?s {{ <{ADDED}> dcterms:source ?s }}"
    with asking(folder) as client:
        assert [put(client, ADDED, to_quads(NEW)).status_code for _ in range(2)] == [201, 204]
        assert client.get(page).status_code == 200
        assert "新写入的合同" in client.get("/zh/search", params={"q": "新写入的合同"}).text
        assert "330324.txt" in client.get("/sparql", params={"query": query, "format": "csv"}).text
        got = client.get("/store", params={"graph": ADDED, "format": "nt"})
        assert sorted(got.content.splitlines()) == sorted(triples(to_quads(NEW)).splitlines())
        for command in (["query", "-g", str(folder), query], ["check", "--deep", "-g", str(folder)]):
            found = CliRunner().invoke(main, command)
            assert found.exit_code == 0, found.output
        assert [client.delete("/store", params={"graph": ADDED}, headers=LOGIN).status_code for _ in range(2)] == [
            204,
            404,
        ]
        assert client.get(page).status_code == 404
        assert "330324.txt" not in client.get("/sparql", params={"query": query, "format": "csv"}).text
    assert verify(folder) == []


def test_direct_address(folder: Path) -> None:
    """The IRI of a report, read as an address of the server, leads to its page, and is where it is put and deleted."""
    address = OWN.removeprefix(BASE[:-1])
    with asking(folder) as client:
        assert client.get(address, headers={"accept-language": "en"}).headers["location"] == f"/en{address}"
        done = client.put(address, content=triples(A2.data), headers={**LOGIN, "content-type": NT})
        assert done.status_code == 204
        assert "".join(open_graph(folder).quads(OWN)).encode() == A2.data
        assert client.delete(address, headers=LOGIN).status_code == 204
    assert OWN not in open_graph(folder).graphs()


@pytest.mark.parametrize("kind", [NQ, NT, TTL])
def test_same_state_by_every_format(kind: str, folder: Path) -> None:
    """A graph put in any format, once or twice, leaves the same bytes as put by its quads."""
    body = to_quads(NEW) if kind == NQ else triples(to_quads(NEW))
    write(folder, ADDED, checked(folder, ADDED, to_quads(NEW), NQ))
    expected, quads = state(folder), checked(folder, ADDED, body, kind)
    assert write(folder, ADDED, quads)[0] == write(folder, ADDED, quads)[1]
    assert state(folder) == expected


def test_builds_keep_what_was_written(folder: Path) -> None:
    """A build keeps what was put and leaves out what was deleted, whatever its documents are, and says so."""
    write(folder, ADDED, checked(folder, ADDED, to_quads(NEW), NQ))
    write(folder, OWN, checked(folder, OWN, A2.data, NQ))
    assert rebuild(folder, A, B) == (3, ())
    assert "".join(open_graph(folder).quads(OWN)).encode() == A2.data
    write(folder, OWN, None)
    reports, refusals = rebuild(folder, A, B, C)
    assert reports == 3 and len(refusals) == 1 and "330324006.txt: its report was deleted" in refusals[0]
    reports, refusals = rebuild(folder, A, TWIN, B)
    assert reports == 2 and [line.split(":")[0] for line in refusals] == [A.name, TWIN.name]
    write(folder, OWN, checked(folder, OWN, A.data, NQ))
    assert rebuild(folder, A, B, C) == (4, ())
    assert verify(folder) == []


def test_nothing_but_deleted_reports(tmp_path: Path) -> None:
    """A build of documents whose reports were all deleted keeps the graph as it was, and says why."""
    rebuild(tmp_path, A, B)
    write(tmp_path, OWN, None)
    before = state(tmp_path)
    with pytest.raises(GraphError, match=r"(?s)copy.txt: its report was deleted.*none of the documents given"):
        rebuild(tmp_path, A, TWIN)
    assert state(tmp_path) == before


def spoil(path: Path) -> None:
    """Makes a shard say something else, in a file that is whole."""
    path.write_bytes(packed(A.data))


@pytest.mark.parametrize("damage", [Path.unlink, spoil], ids=["missing", "changed"])
@pytest.mark.parametrize("mend", [False, True])
def test_damaged_shard_is_made_from_the_store(damage: Callable[[Path], None], mend: bool, folder: Path) -> None:
    """What was put and is damaged is found by `check --deep`, and made again by a build, as long as the store has it."""
    write(folder, OWN, checked(folder, OWN, A2.data, NQ))
    expected, shard = state(folder), shard_path(folder, read_manifest(folder).written[OWN])
    damage(shard)
    assert str(shard) in str(verify(folder)[0])
    assert rebuild(folder, A, B, C, mend=mend) == (3, ())
    assert verify(folder) == [] and state(folder) == expected


def test_damaged_store_or_manifest_costs_nothing(folder: Path) -> None:
    """What was put outlasts a store that is lost and a manifest that was changed; with shard and store it is told lost."""
    write(folder, OWN, checked(folder, OWN, A2.data, NQ))
    expected = state(folder)
    shutil.rmtree(folder / read_manifest(folder).store)
    assert rebuild(folder, A, B, C, mend=True) == (3, ()) and state(folder) == expected
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"letters": ', '"letters": 1'), encoding="utf-8")
    assert rebuild(folder, A, B, C, mend=True) == (3, ()) and state(folder) == expected
    shard_path(folder, read_manifest(folder).written[OWN]).unlink()
    shutil.rmtree(folder / read_manifest(folder).store)
    reports, refusals = rebuild(folder, A, B, C, mend=True)
    assert reports == 3 and "is damaged and lost; PUT it again" in refusals[0]
    assert verify(folder) == []


QUADS = to_quads(NEW).decode()
LINE = f'<{ADDED}#x> <http://purl.org/dc/terms/title> "x" .\n'
ELSEWHERE = (
    QUADS + f'<{BASE}mechanism/contract-review> <http://www.w3.org/2004/02/skos/core#prefLabel> "x" <{ADDED}> .\n'
)
UNFIT = {
    "no N-Quads": ("<<<", "is no application/n-quads"),
    "nothing": ("", "says nothing"),
    "another graph": (QUADS + LINE.replace(" .\n", f" <{OWN}> .\n"), "holds another graph"),
    "blank node": (QUADS + LINE.replace(f"<{ADDED}#x>", "_:x"), "must have an IRI"),
    "no report": (LINE, "must hold one report"),
    "another's report": (A.data.decode().replace(f" <{OWN}> .", " ."), "must hold one report, of this IRI"),
    "another text": (QUADS.replace("一、成效\\n全年", "一、成效\\n今年"), "does not follow from place, department, year"),
    "another year": (QUADS.replace('"2024"^^', '"2023"^^'), "which make"),
    "another place": (QUADS.replace("division/330324>", "division/330326>"), "says of a division"),
    "no such place": (QUADS.replace("division/330324>", "division/999999>"), "the table does not have"),
    "renamed place": (QUADS.replace('"浙江省"@zh', '"江苏省"@zh'), "says of a division"),
    "another's short cut": (
        QUADS + f"<{BASE}division/33> <{BASE}ontology#lacks> <{BASE}mechanism/contract-review> <{ADDED}> .\n",
        "says of a division",
    ),
    "a mechanism": (ELSEWHERE, "speaks of what is not the report's own"),
    "another quote": (QUADS.replace('"编制偏少" <', '"编制偏多" <').replace('anchorOf> "编制偏少"', 'anchorOf> "编制偏多"'), "quote"),
    "shapes": (QUADS.replace('unit> "件"', 'unit> ""'), "A number must have a unit."),
    "no number": (QUADS.replace('"0"^^<http://www.w3.org/2001/XMLSchema#integer>', '"x"'), ""),
    "no source": ("".join(line + "\n" for line in QUADS.splitlines() if "terms/source" not in line), "must name the file"),
}  # fmt: skip


@pytest.mark.parametrize("what", UNFIT)
def test_unfit_graphs(what: str, whole: Path) -> None:
    """What could not be a report's graph is refused with a sentence that says why."""
    body, said = UNFIT[what]
    assert body != QUADS
    with pytest.raises(GraphError) as error:
        checked(whole, ADDED, body.encode(), NQ)
    assert said in str(error.value)


def test_turtle_that_grows(whole: Path) -> None:
    """A body of Turtle that is small, and written out very large, is refused in bounded memory."""
    many = ",".join(["a:a"] * 100_000)
    with pytest.raises(GraphError, match="larger than"):
        checked(whole, ADDED, f"@prefix a: <http://a/{'a' * 100_000}> . a:a a:a {many} .".encode(), TTL)


NAMED = {"graph": ADDED}
REFUSED = {
    "no token": ("PUT", "/store", NAMED, {"authorization": ""}, 401),
    "another token": ("PUT", "/store", NAMED, {"authorization": f"Bearer {SECRET}x"}, 401),
    "another scheme": ("DELETE", "/store", NAMED, {"authorization": f"Basic {SECRET}"}, 401),
    "no token for nothing": ("DELETE", "/store", {}, {"authorization": ""}, 401),
    "no token, direct": ("DELETE", ADDED.removeprefix(BASE[:-1]), {}, {"authorization": ""}, 401),
    "no graph": ("PUT", "/store", {}, {}, 400),
    "default graph": ("DELETE", "/store", {"default": ""}, {}, 400),
    "no IRI": ("PUT", "/store", {"graph": "a b"}, {}, 400),
    "vocabulary": ("DELETE", "/store", {"graph": VOCABULARY_GRAPH}, {}, 403),
    "no such graph": ("DELETE", "/store", NAMED, {}, 404),
    "nothing to get": ("GET", "/store", NAMED, {}, 404),
    "POST": ("POST", "/store", NAMED, {}, 405),
    "PATCH": ("PATCH", ADDED.removeprefix(BASE[:-1]), {}, {}, 405),
    "a page": ("PUT", "/zh/places", {}, {}, 405),
    "update": ("PUT", "/sparql", {}, {}, 405),
    "must be there": ("PUT", "/store", NAMED, {"if-match": "*"}, 412),
    "another state": ("DELETE", "/store", {"graph": OWN}, {"if-match": f'"{"0" * 32}"'}, 412),
    "another format": ("PUT", "/store", NAMED, {"content-type": "application/ld+json"}, 415),
    "compressed": ("PUT", "/store", NAMED, {"content-encoding": "gzip"}, 415),
    "unfit": ("PUT", "/store", {"graph": OWN}, {}, 422),
    "of another site": ("PUT", "/store", NAMED, {"sec-fetch-site": "cross-site"}, 403),
}


def test_refusals(folder: Path) -> None:
    """Each request that may not be, or cannot be done, has its status and leaves all as it was; none tells the token."""
    before = state(folder)
    with asking(folder) as client:
        for what, (method, path, asked, headers, status) in REFUSED.items():
            sent = {**LOGIN, "content-type": NQ, **headers}
            answer = client.request(method, path, params=asked, headers=sent, content=to_quads(NEW))
            assert answer.status_code == status, what
            assert SECRET not in answer.text + str(answer.headers), what
            if status == 401:
                assert answer.headers["www-authenticate"].startswith("Bearer")
        assert put(client, ADDED, bytes(LARGEST + 1)).status_code == 413
        with lock(folder):
            answer = put(client, ADDED, to_quads(NEW))
        assert (answer.status_code, answer.text.count("\n")) == (503, 1) and "retry-after" in answer.headers
    assert state(folder) == before


def test_without_a_token_nothing_is_written(folder: Path) -> None:
    """A server without a token has no place to write at."""
    with asking(folder, "") as client:
        assert client.put("/store/", params=NAMED, headers=LOGIN, content=to_quads(NEW)).status_code == 405
        assert client.get("/store/", params={"graph": OWN}).status_code == 404
        assert client.put(ADDED.removeprefix(BASE[:-1]), headers=LOGIN).status_code == 405


def test_states(folder: Path) -> None:
    """ETag names the state that If-Match lets be replaced, once; an unchanged graph need not be sent again."""
    with asking(folder) as client:
        tag = client.get("/store", params={"graph": OWN}).headers["etag"]
        unchanged = client.get("/store", params={"graph": OWN}, headers={"if-none-match": tag})
        assert unchanged.status_code == 304 and not unchanged.content
        assert put(client, OWN, A2.data, if_none_match="*").status_code == 412
        assert [put(client, OWN, A2.data, if_match=tag).status_code for _ in range(2)] == [204, 412]
        changed = client.get("/store", params={"graph": OWN}).headers["etag"]
        assert changed != tag
        # There and back again: a state of before, whose store may still be open.
        assert [put(client, OWN, body).status_code for body in (A.data, A2.data)] == [204, 204]
        assert client.get("/store", params={"graph": OWN}).headers["etag"] == changed
        assert client.get("/zh/places").status_code == 200
    assert verify(folder) == []


def test_two_writers_and_a_reader(folder: Path) -> None:
    """Of writers at one time each is done whole or told to come again, and who reads meanwhile is always answered."""
    reports = [report(code, observations=(observation(name=f"合同{code}"),)) for code in ("330324", "430406")]
    bodies = {report_iri(each): to_quads(each) for each in reports}
    told: list[int] = []
    with asking(folder) as client:

        def insist(graph: str, body: bytes) -> None:
            while (status := put(client, graph, body).status_code) == 503:
                time.sleep(0.05)
            told.append(status)

        writers = [threading.Thread(target=insist, args=each) for each in bodies.items()]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            assert client.get("/zh/places").status_code == 200
            assert client.get("/sparql", params={"query": "ASK { ?r a zl:Report }"}).json()["boolean"]
        assert sorted(told) == [201, 204]
        assert all(client.get("/store", params={"graph": graph}).status_code == 200 for graph in bodies)
    assert verify(folder) == []
    assert {graph: "".join(open_graph(folder).quads(graph)).encode() for graph in bodies} == bodies


@pytest.mark.parametrize("step", ["write_store", "write_index", "_settle", "write_manifest"])
def test_write_that_fails(step: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that ends at any of its steps leaves the old state, and is done when it is asked for again."""
    before = state(folder)

    def fail(*arguments: object, **named: object) -> None:
        raise OSError("no space")

    with monkeypatch.context() as broken:
        broken.setattr(f"graph.building.{step}", fail)
        with pytest.raises(OSError, match="no space"):
            write(folder, OWN, A2.data)
    assert state(folder) == before and verify(folder) == []
    write(folder, OWN, A2.data)
    assert verify(folder) == [] and read_manifest(folder).written


def test_last_report_stays(tmp_path: Path) -> None:
    """A graph folder has at least one report."""
    rebuild(tmp_path, A)
    with pytest.raises(GraphError, match="is the last report"):
        write(tmp_path, OWN, None)
    assert verify(tmp_path) == []


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        ([f"Bearer {SECRET}"], True),
        ([f"bearer  {SECRET} "], True),
        ([f"Bearer {SECRET}", f"Bearer {SECRET}"], False),
        ([SECRET], False),
        ([""], False),
        ([], False),
        (["Bearer 密"], False),
    ],
)
def test_token_of_a_request(given: list[str], fits: bool) -> None:
    """A request brings the token once, as a bearer's."""
    raw = [(b"authorization", each.encode()) for each in given]
    assert Token(SECRET).is_in(Headers(raw=raw)) is fits


def test_where_tokens_come_from(tmp_path: Path) -> None:
    """A token comes from a file of one's own or from the environment, which then has it no more; it is no short word."""
    file, environment = tmp_path / "token", {"ZHILI_TOKEN": SECRET}
    assert read_token(None, environment) and environment == {} and read_token(None, {}) is None
    file.write_text(SECRET + "\n")
    file.chmod(0o600)
    found = read_token(file, {})
    assert found and SECRET not in repr(found) + str(vars(type(found)))
    refused: list[tuple[Path | None, dict[str, str], str]] = [
        (None, {"ZHILI_TOKEN": "short"}, "32 or more"),
        (None, {"ZHILI_TOKEN": SECRET + "\nx"}, "32 or more"),
        (file, {"ZHILI_TOKEN": SECRET}, "give one of them"),
        (tmp_path / "none", {}, "cannot be read"),
    ]
    for path, given, said in refused:
        with pytest.raises(GraphError, match=said) as error:
            read_token(path, given)
        assert SECRET not in str(error.value)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are told otherwise there")
def test_file_that_others_can_read(tmp_path: Path) -> None:
    """A file that others can read keeps no secret."""
    file = tmp_path / "token"
    file.write_text(SECRET)
    file.chmod(0o640)
    with pytest.raises(GraphError, match="others can read"):
        read_token(file, {})


def test_command(folder: Path, tmp_path: Path) -> None:
    """`zhili serve` takes the token, serves a folder, tells it nowhere, and refuses to write to another server."""
    file = tmp_path / "token"
    file.write_text(SECRET)
    file.chmod(0o600)
    refused = CliRunner().invoke(
        main, ["serve", "-g", "http://localhost:1/query", "--port", "0", "--token-file", str(file)]
    )
    assert (refused.exit_code, refused.output.count("\n")) == (2, 1) and "not written to" in refused.output
    command = [str(Path(sys.executable).parent / "zhili"), "serve", "-g", str(folder), "--port", "0"]
    environment = {**os.environ, "ZHILI_TOKEN": SECRET}
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stderr
        line = process.stderr.readline().decode()
        with httpx.Client(base_url=line.split("  ")[0], timeout=60, trust_env=False) as client:
            assert put(client, ADDED, b"<<<").status_code == 422
            assert put(client, ADDED, to_quads(NEW)).status_code == 201
        process.terminate()
        said = b"".join(each or b"" for each in process.communicate(timeout=30))
    assert SECRET.encode() not in line.encode() + said and b"Traceback" not in said
