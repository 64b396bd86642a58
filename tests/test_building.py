"""The build: the folder holds what was given, whichever way it came to be."""

from pathlib import Path

import pytest

from extract.triples import to_quads
from graph.building import Outcome, Refusal, Source, build
from graph.errors import GraphError
from graph.manifest import read_manifest
from graph.store import open_graph
from tests.factories import deficiency, report

TERMS = Path(__file__).parent.parent / "ontology" / "terms.ttl"


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
TWIN = Source("copy.txt", A.data)


@pytest.mark.parametrize(
    "steps",
    [
        [[A], [A, B, C]],
        [[A, B, C], [B]],
        [[A, B], [A2, B]],
        [[A, B], [B, A]],
        [[A, B, TWIN], [B, TWIN]],
        [[A, B], [C]],
    ],
    ids=["added", "withdrawn", "changed", "reordered", "one of two copies withdrawn", "all replaced"],
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


def test_a_damaged_shard_is_mended(tmp_path: Path) -> None:
    """A shard that was cut short is removed with a line that says so, the old graph stays, and running again mends it."""
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


def test_a_reader_keeps_its_graph(tmp_path: Path) -> None:
    """A graph that is open while a build replaces it goes on answering as before."""
    run(tmp_path, A)
    reader = open_graph(tmp_path)
    run(tmp_path, B)
    assert len(reader.graphs()) == 2
    assert list(reader.select("SELECT ?c { ?r a zl:Report ; zl:jurisdiction/skos:notation ?c }")) == [
        {"c": "330324006"}
    ]


def test_processes_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes make the same folder as one."""
    monkeypatch.setattr("graph.building._BATCH", 1)
    for processes in (1, 2):
        build([A, B, C], tmp_path / str(processes), convert, "1", [TERMS], processes=processes)
    assert files(tmp_path / "1") == files(tmp_path / "2")
