"""The command line: every command helps, bad input is one clear line, and the whole path works on the seeds."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.cli import main

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def zhili(*words: str | Path) -> Result:
    """Runs the command."""
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph folder of two seeds."""
    folder = tmp_path_factory.mktemp("graph") / "built"
    result = zhili("build", *SEEDS[:2], "-o", folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_helps(command: str) -> None:
    """Each command's help has an example that calls it."""
    help_ = zhili(command, "--help").output
    assert f"Example:\n    zhili {command}" in help_


def test_help_starts_at_once() -> None:
    """--help needs none of the heavy libraries, and so takes no time to speak of."""
    heavy = ["rdflib", "pyoxigraph", "networkx", "pyshacl", "jieba", "opencc", "lxml"]
    code = f"import sys, graph.cli; print([name for name in {heavy} if name in sys.modules])"
    began = time.perf_counter()
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert found.stdout == "[]\n"
    assert time.perf_counter() - began < 3


def test_extract_prints_records() -> None:
    """One JSON record a line; every quote stands where the record says."""
    result = zhili("extract", SEEDS[0])
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    record = json.loads(line)
    assert record["file"].endswith(SEEDS[0].name)
    assert record["deficiencies"] and {"quote", "start", "end"} <= record["deficiencies"][0].keys()


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("binary.txt", bytes(range(256)) * 40), ("poem.txt", "床前明月光，疑是地上霜。".encode())],
    ids=["empty", "binary", "no report"],
)
@pytest.mark.parametrize("command", ["extract", "build"])
def test_bad_files_are_told_and_the_rest_goes_on(command: str, name: str, content: bytes, tmp_path: Path) -> None:
    """A file that is no report gives one line that names it; the others are still processed; the exit code is 2."""
    bad = tmp_path / name
    bad.write_bytes(content)
    output: list[str | Path] = ["-o", tmp_path / "graph"] if command == "build" else []
    result = zhili(command, bad, SEEDS[0], tmp_path / "missing.txt", *output)
    complaints = [line for line in result.stderr.splitlines() if line.startswith("zhili: ")]
    assert result.exit_code == 2
    assert sorted(Path(line.removeprefix("zhili: ").split(":")[0]).name for line in complaints) == sorted(
        [name, "missing.txt"]
    )
    assert "1 reports, 2 read anew" in result.stderr if command == "build" else len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("command", ["extract", "build"])
def test_our_own_faults_cost_one_document(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a rule fails on a document, a line says so and the others go on; --debug shows where."""

    def fail(outline: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("extract.report.find_published", fail)
    output: list[str | Path] = ["-o", tmp_path / "graph"] if command == "build" else []
    result = zhili(command, SEEDS[0], *output)
    assert result.exit_code == 2
    assert "a fault of Zhili's own (ZeroDivisionError: oops)" in result.stderr
    assert isinstance(zhili("--debug", command, SEEDS[1], *output).exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["query", "SELECT * {\n ?s ?p }"], "line 2"),
        (["query", "co-adopton"], "did you mean co-adoption"),
        (["query", "missing.rq"], "no such file"),
        (["query", "--format", "ttl", "co-adoption"], "use table, csv or json"),
        (["query", "--format", "json", "CONSTRUCT WHERE { ?s ?p ?o }"], "use ttl, csv or table"),
        (["similar", "火星"], "no jurisdiction"),
        (["spread", "火星"], "no mechanism"),
        (["draw", "--around", "火星", "-o", "x.html"], "火星"),
        (["export", "--format", "ttl", "-o", "."], "give a file name"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_bad_questions_are_told(words: list[str], says: str, built: Path) -> None:
    """A question that cannot be answered gives a line that says why, exit code 2 and nothing on stdout."""
    result = zhili(words[0], "-g", built, *words[1:])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("zhili: ") and says in result.stderr


@pytest.mark.parametrize("command", ["query", "similar", "spread", "draw", "check", "export"])
def test_a_folder_without_graph_is_told(command: str, tmp_path: Path) -> None:
    """Every command that needs a graph says where there is none, and what to do."""
    rest = {"query": ["reports"], "similar": ["x"], "draw": ["-o", "x"], "export": ["--format", "nq", "-o", "x"]}
    result = zhili(command, "-g", tmp_path, *rest.get(command, []))
    assert result.exit_code == 2
    assert (
        result.stderr
        == f"zhili: {tmp_path}: holds no graph (no manifest.json); give a folder that `zhili build` "
        + ("wrote, or build one: zhili build REPORTS -o FOLDER\n")
    )


def test_debug_shows_where() -> None:
    """With --debug an error is raised rather than told."""
    result = zhili("--debug", "query", "-g", "/nonexistent", "reports")
    assert result.exception is not None and "NotAGraph" in repr(result.exception)


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
def test_questions_by_name_text_and_file(format_: str, built: Path, tmp_path: Path) -> None:
    """A question is answered the same by its name, its text and its file, in every format."""
    text = (ROOT / "graph" / "queries" / "weaknesses-by-frequency.rq").read_text(encoding="utf-8")
    file = tmp_path / "question.rq"
    file.write_text(text, encoding="utf-8")
    answers = [
        zhili("query", "-g", built, "--format", format_, words) for words in ("weaknesses-by-frequency", text, file)
    ]
    assert {answer.exit_code for answer in answers} == {0}
    assert len({answer.stdout for answer in answers}) == 1
    assert "weakness" in answers[0].stdout.splitlines()[0] + answers[0].stdout


def test_constructed_triples_come_as_turtle(built: Path) -> None:
    """A CONSTRUCT query gives Turtle with prefixes; ASK gives true or false."""
    query = "CONSTRUCT { ?j zl:admits ?w } WHERE { ?j zl:admits ?w }"
    assert "zl:admits weakness:" in zhili("query", "-g", built, "--format", "ttl", query).stdout
    assert zhili("query", "-g", built, "ASK { ?r a zl:Report }").stdout == "true\n"


def test_questions_are_listed() -> None:
    """--list needs no graph and shows each name with its sentence in both languages."""
    result = zhili("query", "--list")
    assert "co-adoption\n    Which two mechanisms" in result.stdout and "哪两项机制" in result.stdout


def test_similar_and_spread_answer(built: Path) -> None:
    """The analyses give a readable answer and, with --json, all of it."""
    place = json.loads(zhili("query", "-g", built, "--format", "json", "reports").stdout)["results"]["bindings"][0]
    name = place["place"]["value"]
    assert name in zhili("similar", "-g", built, name).stdout
    assert json.loads(zhili("similar", "-g", built, name, "--json").stdout)["place"]["path"][-1] == name
    assert "silence is not absence" in zhili("spread", "-g", built).stdout
    assert json.loads(zhili("spread", "-g", built, "--json").stdout)["reports"] == 2


def test_check_draw_and_export(built: Path, tmp_path: Path) -> None:
    """The seeds keep to the shapes; a page and an export are written where they are asked for."""
    checked = zhili("check", "-g", built)
    assert (checked.exit_code, checked.stdout) == (0, "")
    for words in (["draw"], ["export", "--format", "nq"]):
        assert zhili(words[0], "-g", built, *words[1:], "-o", tmp_path / words[0]).exit_code == 0
        assert (tmp_path / words[0]).stat().st_size > 1000


def test_unsure_findings_can_be_left_out() -> None:
    """With --confidence what the rules are less sure of is not printed; without, it carries its confidence."""
    seed = SEEDS[1]
    whole = json.loads(zhili("extract", seed).stdout)
    sure = json.loads(zhili("extract", "--confidence", "1", seed).stdout)
    unsure = [each for each in whole["practices"] if each.get("confidence", 1) < 1]
    assert unsure
    assert sure["practices"] == [each for each in whole["practices"] if each not in unsure]


def test_verdicts_are_listed(tmp_path: Path) -> None:
    """--verdicts says of each document what it is, and why, without refusing any that can be read."""
    other = tmp_path / "春耕.txt"
    other.write_text("今天天气晴朗，全镇组织春耕生产，农民抢抓农时播种。\n" * 20, encoding="utf-8")
    result = zhili("extract", "--verdicts", SEEDS[2], other)
    kinds = [line.split("\t")[1] for line in result.stdout.splitlines()]
    assert (kinds, result.exit_code) == (["report", "none"], 0)


def test_what_was_not_read_is_listed() -> None:
    """--unread lists the clauses with a number that no rule understood."""
    result = zhili("extract", "--unread", SEEDS[2])
    assert "实现10万元以上合同合法性审查全覆盖" in result.stdout
