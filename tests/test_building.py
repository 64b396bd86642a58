"""The build: the folder holds what was given, whichever way it came to be."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extract.triples import to_quads
from graph.building import Outcome, build
from graph.converting import Refusal, Source
from graph.errors import GraphError
from graph.manifest import read_manifest
from graph.progress import Progress
from graph.store import open_graph
from graph.workers import WorkerEnded
from tests.factories import TEXT, deficiency, report

ROOT = Path(__file__).parent.parent
TERMS = ROOT / "ontology" / "terms.ttl"
# A build that stops short of one step, tells so and waits to be killed.
STOPPING = """
import sys, time
from fnmatch import fnmatch
from pathlib import Path
from tests.test_building import A2, B, REPOST, run

def stop(event, arguments):
    if event == sys.argv[2] and fnmatch(Path(arguments[0]).name, sys.argv[3]):
        print("stopped", flush=True)
        time.sleep(60)

sys.addaudithook(stop)
run(Path(sys.argv[1]), A2, B, REPOST)
"""


def sources(*codes: str) -> list[Source]:
    """A document for each code; its bytes are its quads, so that converting is reading."""
    return [Source(f"{code}.txt", to_quads(report(code))) for code in codes]


def convert(source: Source) -> bytes | Refusal:
    """Takes the bytes as quads; refuses what says so."""
    return Refusal(f"{source.name}: refused") if source.data == b"refuse" else source.data


def run(folder: Path, *given: Source, rules: str = "1") -> Outcome:
    """A build of these documents."""
    return build(given, folder, convert, rules, [TERMS])


def files(folder: Path) -> dict[str, bytes]:
    """The files of a graph folder but those of the store, and what is in the store."""
    names = [path for path in folder.rglob("*") if path.is_file() and "store-" not in str(path)]
    store = open_graph(folder)
    union = "\n".join(sorted(str(row) for row in store.select("SELECT ?s ?p ?o { ?s ?p ?o }")))
    inside = {"quads": "".join(store.quads()).encode(), "union": union.encode()}
    return {str(path.relative_to(folder)): path.read_bytes() for path in names} | inside


A, B, C = sources("330324006", "430406", "500101")
A2 = Source(A.name, to_quads(report("330324006", deficiencies=(deficiency("legal-talent"),))))
TWIN = Source("copy.txt", to_quads(report("330324006", source="copy.txt")))
REPOST = Source("repost.txt", to_quads(report("330324006", source="repost.txt", text=f"{TEXT}\n责任编辑：王某")))
_MORE = "另有工作总结：全年办理行政复议案件12件，开展普法宣传40场，培训执法人员300人次，办结率达到98%。"
SUMMARY = Source("summary.txt", to_quads(report("330324006", source="summary.txt", text=f"{TEXT}\n{_MORE}")))


@pytest.mark.parametrize(
    "steps",
    [
        [[A], [A, B, C]],
        [[A, B, C], [B]],
        [[A, B], [A2, B]],
        [[A, B], [B, A]],
        [[A, B, TWIN], [B, TWIN]],
        [[A, B], [C]],
        [[A, B], [REPOST, A, B]],
        [[A, REPOST, TWIN, B], [TWIN, B, A]],
        [[A, REPOST, TWIN, B], [B, REPOST, A]],
        [[A, REPOST, B], [A2, REPOST, B]],
        [[SUMMARY, A, B], [B, REPOST, A, SUMMARY], [REPOST, SUMMARY]],
    ],
    ids=[
        "added",
        "withdrawn",
        "changed",
        "reordered",
        "one of two copies withdrawn",
        "all replaced",
        "longer mirror added",
        "kept one withdrawn",
        "mirror withdrawn",
        "mirror changed",
        "mirrors beside a summary",
    ],
)
@pytest.mark.parametrize("many", [0.0, 2.0], ids=["loaded afresh", "mended"])
def test_step_by_step_equals_fresh(
    steps: list[list[Source]], many: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was built before, the folder is the same bytes as one built at once, and so is what queries see."""
    monkeypatch.setattr("graph.building._MANY", many)
    for given in steps:
        run(tmp_path / "steps", *given)
    run(tmp_path / "fresh", *steps[-1])
    assert files(tmp_path / "steps") == files(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("given", "names", "mirrors"),
    [
        ([A, TWIN], [{A.name, "copy.txt"}], 1),
        ([A, REPOST, TWIN], [{A.name, "copy.txt", "repost.txt"}], 2),
        ([A, SUMMARY], [{A.name}, {"summary.txt"}], 0),
        ([A, B, C], [{A.name}, {B.name}, {C.name}], 0),
    ],
    ids=["same text", "repost and same text", "report and summary", "same text of other places"],
)
def test_mirrors_are_one_report(given: list[Source], names: list[set[str]], mirrors: int, tmp_path: Path) -> None:
    """Documents of one report are one graph with the name of each as a source; the rest are a graph each."""
    done = run(tmp_path, *given)
    assert (done.reports, done.mirrors) == (len(names), mirrors)
    rows = list(open_graph(tmp_path).select("SELECT ?r ?s { GRAPH ?r { ?r a zl:Report ; dcterms:source ?s } }"))
    reports = [{row["s"] for row in rows if row["r"] == report} for report in {row["r"] for row in rows}]
    assert sorted(map(sorted, reports)) == sorted(map(sorted, names))


@pytest.mark.parametrize("many", [0.0, 2.0], ids=["loaded afresh", "mended"])
def test_a_manifest_without_sketches_is_taken_up(many: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder from before mirrors were told can be read; the next build tells them without reading a report again."""
    monkeypatch.setattr("graph.building._MANY", many)
    for name in ("old", "fresh"):
        run(tmp_path / name, A, TWIN, REPOST, B)
    path = tmp_path / "old" / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for entry in content["documents"].values():
        del entry["sketch"], entry["letters"], entry["mirrors"]
    (tmp_path / "old" / content["store"]).rename(tmp_path / "old" / "store-old")
    path.write_text(json.dumps(content | {"store": "store-old"}), encoding="utf-8")
    assert len(open_graph(tmp_path / "old").graphs()) == 3
    assert run(tmp_path / "old", A, TWIN, REPOST, B) == Outcome(reports=2, read=0, withdrawn=0, refusals=(), mirrors=2)
    assert files(tmp_path / "old") == files(tmp_path / "fresh")


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    """A document is read again when its bytes or the rules change, and not otherwise."""
    assert run(tmp_path, A, B) == Outcome(reports=2, read=2, withdrawn=0, refusals=())
    assert run(tmp_path, A, B) == Outcome(reports=2, read=0, withdrawn=0, refusals=())
    assert run(tmp_path, A2, B, C) == Outcome(reports=3, read=2, withdrawn=0, refusals=())
    assert run(tmp_path, A2, C) == Outcome(reports=2, read=0, withdrawn=1, refusals=())
    assert run(tmp_path, A2, C, rules="2") == Outcome(reports=2, read=2, withdrawn=0, refusals=())


def test_a_stopped_build_goes_on(tmp_path: Path) -> None:
    """What was converted before a build was stopped is not converted again."""

    def stopping(source: Source) -> bytes | Refusal:
        if source is B:
            raise KeyboardInterrupt
        return convert(source)

    with pytest.raises(KeyboardInterrupt):
        build([A, B], tmp_path, stopping, "1", [TERMS])
    assert not (tmp_path / "manifest.json").exists()
    assert run(tmp_path, A, B).read == 1


def test_refusals_are_remembered(tmp_path: Path) -> None:
    """A refused document is told of in every build, read in the first, and costs the others nothing."""
    bad = Source("bad.txt", b"refuse")
    assert run(tmp_path, A, bad) == Outcome(reports=1, read=2, withdrawn=0, refusals=("bad.txt: refused",))
    assert run(tmp_path, A, bad) == Outcome(reports=1, read=0, withdrawn=0, refusals=("bad.txt: refused",))


def test_nothing_readable_leaves_the_graph(tmp_path: Path) -> None:
    """Where no document can be read, the build says so and the graph stays."""
    run(tmp_path, A)
    before = files(tmp_path)
    with pytest.raises(GraphError, match="bad.txt: refused\n.*stays as it was"):
        run(tmp_path, Source("bad.txt", b"refuse"))
    assert files(tmp_path) == before


@pytest.mark.parametrize("few", [0, 500], ids=["apart", "here"])
def test_a_damaged_shard_is_mended(few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shard that was cut short is removed with a line that says so, the old graph stays, and running again mends it."""
    monkeypatch.setattr("graph.building._FEW", few)
    run(tmp_path, A)
    run(tmp_path / "fresh", A, B)
    before = open_graph(tmp_path).quads()
    (key,) = read_manifest(tmp_path).documents
    shard = tmp_path / "shards" / key[:2] / f"{key}.nq.gz"
    shard.write_bytes(shard.read_bytes()[:-20])
    with pytest.raises(GraphError, match="run the build again"):
        run(tmp_path, A, B)
    assert open_graph(tmp_path).quads() == before
    run(tmp_path, A, B)
    assert open_graph(tmp_path).quads() == open_graph(tmp_path / "fresh").quads()


class Counted(Progress):
    """Counts the steps of each stage."""

    def __init__(self) -> None:
        self.steps = {"reading": 0}

    def stage(self, name: str, total: int | None = None) -> None:
        """Another stage has begun."""
        self.steps[name] = 0

    def advance(self, steps: int = 1) -> None:
        """So many more steps are done."""
        self.steps[[*self.steps][-1]] += steps


def test_a_store_written_apart_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of many reports is written in a process of its own, from the beginning and when some of them change."""
    monkeypatch.setattr("graph.building._MANY", 2)
    told = {}
    for name, few in (("apart", 0), ("here", 500)):
        monkeypatch.setattr("graph.building._FEW", few)
        run(tmp_path / name, A, B, REPOST)
        build([A2, C, REPOST], tmp_path / name, convert, "1", [TERMS], progress=(counted := Counted()))
        told[name] = counted.steps
    assert files(tmp_path / "apart") == files(tmp_path / "here")
    assert told["apart"] == told["here"] and told["apart"]["store"] == 2


def test_a_store_whose_process_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old graph stays, one line says so, and running again goes on."""

    def ended(*_: object, **__: object) -> None:
        raise WorkerEnded("ended its worker process (SIGKILL)")

    run(tmp_path, A)
    before = files(tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr("graph.building._FEW", 0)
        broken.setattr("graph.building.call", ended)
        with pytest.raises(GraphError, match="writing the store ended its worker process .SIGKILL.; the graph is as"):
            run(tmp_path, A2)
    assert open_graph(tmp_path).quads() == before["quads"].decode().splitlines(keepends=True)
    run(tmp_path, A2)
    assert files(tmp_path) != before


@pytest.mark.parametrize(
    ("event", "file", "published"),
    [
        ("os.rename", "*.nq.gz.*", False),
        ("shutil.rmtree", "store-*.part", False),
        ("os.rename", "store-*.part", False),
        ("os.rename", "manifest.json.*", False),
        ("os.remove", "*.nq.gz", True),
        ("os.rmdir", "store-*", True),
    ],
    ids=["at a shard", "before loading", "after loading", "at the manifest", "removing shards", "removing a store"],
)
def test_a_killed_build_leaves_a_graph(event: str, file: str, published: bool, tmp_path: Path) -> None:
    """A build killed at any step leaves the old graph or the new one; until then no other build gets in; either
    graph can be built from there."""
    before, after = [A, B, C], [A2, B, REPOST]
    for name, given in (("killed", before), ("before", before), ("after", after)):
        run(tmp_path / name, *given)
    words = [sys.executable, "-c", STOPPING, str(tmp_path / "killed"), event, file]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout and process.stdout.readline() == "stopped\n"
            with pytest.raises(GraphError, match="killed: another build is at work there; wait"):
                run(tmp_path / "killed", *before)
        finally:
            process.kill()
    whole = open_graph(tmp_path / ("after" if published else "before"))
    assert open_graph(tmp_path / "killed").quads() == whole.quads()
    for name, given in (("before", before), ("after", after)):
        run(tmp_path / "killed", *given)
        assert files(tmp_path / "killed") == files(tmp_path / name)


def test_a_reader_keeps_its_graph(tmp_path: Path) -> None:
    """A graph that is open while a build replaces it goes on answering as before."""
    run(tmp_path, A)
    reader = open_graph(tmp_path)
    run(tmp_path, B)
    assert len(reader.graphs()) == 2
    assert list(reader.select("SELECT ?c { ?r a zl:Report ; zl:jurisdiction/skos:notation ?c }")) == [
        {"c": "330324006"}
    ]


def test_a_path_that_is_lost_withdraws_nothing(tmp_path: Path) -> None:
    """Where something could not be found, what earlier builds have read stays; else what is not given goes."""
    run(tmp_path, A, B)
    kept = build([A], tmp_path, convert, "1", [TERMS], lost=["reportz"])
    assert (kept.reports, kept.withdrawn) == (2, 0)
    assert run(tmp_path, A).withdrawn == 1
