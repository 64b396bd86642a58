"""The command line: every command helps, bad input is one clear line, and the whole path works on the seeds."""

import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from graph.backends import Here
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


def test_what_the_output_cannot_write(built: Path) -> None:
    """On a terminal signs that its encoding lacks are told by their codes; into a file nothing else is written for them."""
    code, words = (
        "from graph.cli import main; main()",
        ("query", "-g", str(built), "--format", "csv", "SELECT ('三江 é' AS ?name) {}"),
    )
    command = [sys.executable, "-c", code, *words]
    environment = os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment)
    assert done.returncode == 2 and "\\u4e09" not in done.stdout.decode("latin-1"), done
    assert done.stderr.decode() == (
        "zhili: '\\u4e09' cannot be written in latin-1, the encoding of the output; set PYTHONUTF8=1\n"
    )
    ours, theirs = os.openpty()
    subprocess.run(command, stdout=theirs, cwd=ROOT, env=environment, check=True)
    os.close(theirs)
    assert "\\u4e09\\u6c5f é" in os.read(ours, 10_000).decode("latin-1")


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
    assert "1 report, 2 read anew" in result.stderr if command == "build" else len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("command", ["extract", "build"])
def test_our_own_faults_cost_one_document(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a rule fails on a document, a line says so and the others go on; --debug shows where."""

    def fail(outline: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("extract.report.find_published", fail)
    monkeypatch.setattr("graph.backends.Processes", lambda *_: Here())  # another process would not fail
    output: list[str | Path] = ["-o", tmp_path / "graph"] if command == "build" else []
    result = zhili(command, SEEDS[0], *output)
    assert result.exit_code == 2
    assert "a fault of Zhili's own (ZeroDivisionError: oops)" in result.stderr
    assert isinstance(zhili("--debug", command, SEEDS[1], *output).exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["query", "SELECT * {\n ?s ?p }"], "line 2"),
        (["query", "SELECT ?x {"], "column 12: the query ends before it is complete: a } is missing\n"),
        (["query", "SELECT ?x { ?x zl:year ?y FILTER(?y\n"], "the query ends before it is complete: a ) is missing\n"),
        (["query", "SELECT ?x { ?x ?y ?z } ORDER BY"], "what stands here, or its end, was not expected"),
        (["query", "co-adopton"], "did you mean co-adoption"),
        (["query", "missing.rq"], "no such file"),
        (["query", "--format", "ttl", "co-adoption"], "use table, csv or json"),
        (["query", "--format", "json", "CONSTRUCT WHERE { ?s ?p ?o }"], "use ttl, csv or table"),
        (["similar", "火星"], "no jurisdiction"),
        (["query", "INSERT DATA { zl:a zl:b zl:c }"], "INSERT: the graph is read-only; only SELECT"),
        (["query", "# 删除\nPREFIX x: <http://x/> drop graph x:a"], "DROP: the graph is read-only"),
        (["query", "DESCRIBE wekness:other"], "unknown prefix"),
        (["query"], "give a query, a file or a name"),
        (["query", "--formt", "csv"], "No such option '--formt'"),
        (["similar"], "Missing argument 'PLACE'; or give --all; `zhili similar --help` tells more"),
        (["similar", "--all", "x"], "leave out PLACE"),
        (["similar", "三江街道", "--province", "月球"], "no place in a province"),
        (["diffusion", "--province", "月球"], "no place in a province"),
        (["similar", "三江街道", "--json", "--csv"], "give one of them"),
        (["promises", "火星"], "no jurisdiction"),
        (["responses", "火星"], "no weakness of this name"),
        (["responses"], "Missing argument 'WEAKNESS|PLACE'"),
        (["similar", "三江街"], "did you mean 三江街道?"),
        (["responses", "othr"], "did you mean other?"),
        (["numbers", "案件移交处理"], "did you mean 案件移交处理率 or 案件移交转案源率 or 案件移交按期响应率?"),
        (["draw", "--around", "三江街道办", "-o", "x.html"], "did you mean 三江街道?"),
        (["spread", "火星"], "no mechanism"),
        (["spread", "weakness:legal-talent"], "a weakness"),
        (["adoption", "火星"], "no mechanism"),
        (["adoption", "--place", "火星"], "no jurisdiction"),
        (["adoption", "--place", "火星", "--year", "2024"], "leave out --level, --province and --year"),
        (["adoption", "--province", "火星"], "no place in a province"),
        (["numbers", "火星率"], "no indicator or mechanism of this name"),
        (["numbers", "参考率", "--contradictions"], "about whole reports"),
        (["numbers", "legality-review", "--place", "雁峰区"], "not with a mechanism"),
        (["numbers", "--json", "--csv"], "give one of them"),
        (["coadoption", "火星"], "no jurisdiction of this name"),
        (["draw", "--around", "火星", "-o", "x.html"], "火星"),
        (["export", "--format", "ttl", "-o", "."], "give a file name"),
        (["export", "--format", "csv", "-o", "-"], "give a folder"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_bad_questions_are_told(words: list[str], says: str, built: Path) -> None:
    """A question that cannot be answered gives a line that says why, exit code 2 and nothing on stdout."""
    result = zhili(words[0], "-g", built, *words[1:])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("zhili: ") and says in result.stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["extract", ""], "PATH…"),
        (["build", str(SEEDS[0]), ""], "PATH…"),
        (["build", str(SEEDS[0]), "-o", ""], "-o' / '--output"),
        (["build", str(SEEDS[0]), "--dask="], "--dask"),
        (["serve", "--host", ""], "--host"),
        (["serve", "--allow-host", "a", "--allow-host", ""], "--allow-host"),
        (["groups", "--plot", ""], "--plot"),
        (["query", "-g", "", "reports"], "-g' / '--graph"),
        (["similar", ""], "[PLACE]"),
    ],
    ids=lambda value: " ".join(value)[-30:] if isinstance(value, list) else "",
)
def test_an_empty_argument_is_told(
    words: list[str], named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable of the shell that is not set is no folder, host or name; nothing is read or written."""
    monkeypatch.chdir(tmp_path)
    result = zhili(*words)
    told = f"zhili: Invalid value for '{named}': empty; `zhili {words[0]} --help` tells more\n"
    assert (result.exit_code, result.stderr, [*tmp_path.iterdir()]) == (2, told, [])


@pytest.mark.parametrize(
    "words",
    [
        ["extract", "--time-limit", "nan"],
        ["extract", "--time-limit", "inf"],
        ["build", "--memory-limit", "9" * 20],
        ["serve", "--seconds", "nan"],
        ["serve", "--seconds", "1e300"],
        ["groups", "--confidence", "nan"],
        ["diffusion", "--seed", "-1"],
    ],
    ids=" ".join,
)
def test_what_is_no_limit_is_refused(words: list[str]) -> None:
    """A number out of bounds, or none at all, is one line that names the option."""
    result = zhili(*words)
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 2 and f"Invalid value for '{words[1]}'" in line and "not in the range" in line


@pytest.mark.parametrize(
    "command",
    [
        "query",
        "similar",
        "groups",
        "responses",
        "promises",
        "adoption",
        "spread",
        "diffusion",
        "coadoption",
        "numbers",
        "passages",
        "draw",
        "check",
        "export",
    ],
)
def test_a_folder_without_graph_is_told(command: str, tmp_path: Path) -> None:
    """Every command that needs a graph says where there is none, and what to do."""
    rest = {
        "query": ["reports"],
        "similar": ["x"],
        "responses": ["x"],
        "draw": ["-o", "x"],
        "export": ["--format", "nq", "-o", "x"],
    }
    result = zhili(command, "-g", tmp_path, *rest.get(command, []))
    assert result.exit_code == 2
    assert (
        result.stderr
        == f"zhili: {tmp_path}: holds no graph (no manifest.json); give a folder that `zhili build` "
        + ("wrote, or build one: zhili build REPORTS -o FOLDER\n")
    )


@pytest.mark.parametrize(
    "words",
    [
        ["similar", "三江街道"],
        ["groups"],
        ["responses", "enforcement-capacity"],
        ["promises"],
        ["promises", "三江街道"],
    ],
    ids=" ".join,
)
def test_analyses_come_in_every_form(words: list[str], built: Path, tmp_path: Path) -> None:
    """As text, JSON, CSV with names, and a picture."""
    command: list[str | Path] = [words[0], "-g", built, *words[1:]]
    told = zhili(*command)
    assert told.exit_code == 0 and told.stdout
    assert isinstance(json.loads(zhili(*command, "--json").stdout), dict)
    drawn = zhili(*command, "--csv", "--plot", tmp_path / "drawn.svg")
    assert drawn.exit_code == 0 and drawn.stdout.splitlines()[0].count(",") >= 6
    assert (tmp_path / "drawn.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("name", ["x.png", "x.pdf", "x"])
def test_a_picture_is_called_svg(name: str, tmp_path: Path) -> None:
    """A file of another name would not hold what it says."""
    result = zhili("groups", "--plot", tmp_path / name)
    told = f"zhili: Invalid value for '--plot': {tmp_path / name}: pictures are SVG; give a name that ends in .svg"
    assert result.exit_code == 2 and result.stderr.startswith(told) and not [*tmp_path.iterdir()]


def test_a_picture_goes_to_stdout(built: Path) -> None:
    """As every output does, with `-`."""
    assert "<svg" in zhili("groups", "-g", built, "--plot", "-").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["adoption", "审计监督"], "No report in the graph speaks of what was asked for: nothing to count."),
        (
            ["adoption", "--year", "2031"],
            "No report on 2031 of 2 places: nothing to count. There are reports on 2024.",
        ),
        (["numbers", "审计监督"], "No number of what was asked for in 2 reports."),
        (["numbers", "案件移交处理率", "--confidence", "1"], "no number that is as sure as was asked for."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_where_nothing_counts_one_line_says_so(words: list[str], says: str, built: Path) -> None:
    """No table without rows, and no sentence of noughts."""
    result = zhili(words[0], "-g", built, *words[1:])
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1) and says in result.stdout


def test_debug_shows_where() -> None:
    """With --debug an error is raised rather than told."""
    result = zhili("--debug", "query", "-g", "/nonexistent", "reports")
    assert result.exception is not None and "NotAGraph" in repr(result.exception)


@pytest.mark.parametrize(
    "words",
    [["draw"], ["export", "--format", "nq"], ["export", "--format", "csv"], ["build", str(SEEDS[0])]],
    ids=lambda words: " ".join(words)[:19],
)
def test_what_cannot_be_written_is_told(words: list[str], built: Path, tmp_path: Path) -> None:
    """An output below a file gives one line that names it and exit code 2."""
    (tmp_path / "file").write_bytes(b"kept")
    graph: list[str | Path] = [] if words[0] == "build" else ["-g", built]
    result = zhili(*words, *graph, "-o", tmp_path / "file" / "below")
    (line,) = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (2, "")
    assert line.startswith(f"zhili: {tmp_path}/file/below") and "cannot be written: Not a directory" in line
    assert (tmp_path / "file").read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (PermissionError(13, "Permission denied", "/secret"), 2, "zhili: /secret: Permission denied; check the path"),
        (OSError(28, "No space left on device"), 2, "zhili: No space left on device; check the path"),
        (KeyboardInterrupt(), 130, "zhili: stopped; run the same command again to go on\n"),
    ],
    ids=["a file", "no file", "Ctrl-C"],
)
def test_what_the_system_says_is_one_line(
    error: BaseException, code: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback for what is no fault of ours, wherever it comes from; --debug still shows where."""

    def fail(paths: object) -> None:
        raise error

    monkeypatch.setattr("extract.reading.find_documents", fail)
    result = zhili("build", SEEDS[0], "-o", tmp_path / "graph")
    assert result.exit_code == code
    assert result.stderr.startswith(says) and result.stderr.count("\n") == 1
    if isinstance(error, OSError):
        assert zhili("--debug", "build", SEEDS[0], "-o", tmp_path / "graph").exception is error


@pytest.mark.parametrize("words", [["draw"], ["export", "--format", "nq"]], ids=lambda words: words[0])
def test_outputs_go_where_they_are_sent(words: list[str], built: Path, tmp_path: Path) -> None:
    """`-` is stdout; a link stays a link and a pipe a pipe, and all of them get the bytes that a file gets."""
    command: list[str | Path] = [words[0], "-g", built, *words[1:], "-o"]
    assert zhili(*command, tmp_path / "file").exit_code == 0
    expected = (tmp_path / "file").read_bytes()
    (tmp_path / "link").symlink_to("target")
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor(1) as threads:
        piped = threads.submit((tmp_path / "pipe").read_bytes)
        printed, *others = [zhili(*command, where) for where in ("-", tmp_path / "link", tmp_path / "pipe")]
        assert piped.result(timeout=60) == expected
    assert (printed.stdout_bytes, printed.stderr) == (expected, "")
    assert {result.exit_code for result in (printed, *others)} == {0}
    assert (tmp_path / "link").is_symlink() and (tmp_path / "target").read_bytes() == expected
    assert (tmp_path / "pipe").is_fifo()
    assert {path.name for path in tmp_path.iterdir()} == {"file", "link", "target", "pipe"}


def test_a_path_spelt_otherwise_is_not_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The graph knows a document by its name below the given folder; messages show the path as it was typed."""
    (tmp_path / "reports").mkdir()
    for seed in SEEDS[:2]:
        (tmp_path / "reports" / seed.name).write_bytes(seed.read_bytes())
    (tmp_path / "reports" / "empty.txt").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    first, again = zhili("build", "reports"), zhili("build", tmp_path / "reports")
    assert "zhili: reports/empty.txt: the file is empty" in first.stderr
    assert f"zhili: {tmp_path}/reports/empty.txt: the file is empty" in again.stderr
    assert "2 reports, 0 read anew, 0 withdrawn" in again.stderr
    answer = zhili("query", "--format", "csv", "SELECT DISTINCT ?f { ?r a zl:Report ; dcterms:source ?f } ORDER BY ?f")
    assert answer.stdout.split() == ["f", *(f"reports/{seed.name}" for seed in SEEDS[:2])]
    recorded = zhili("extract", tmp_path / "reports").stdout.splitlines()
    assert [json.loads(line)["file"] for line in recorded] == answer.stdout.split()[1:]
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "empty.txt").write_bytes(b"")
    alone = zhili("build", tmp_path / "bad", "-o", tmp_path / "other")
    assert [line.startswith("zhili: ") for line in alone.stderr.splitlines()] == [True, True]
    assert alone.stderr.startswith(f"zhili: {tmp_path}/bad/empty.txt: the file is empty")


def test_unsettled_places_are_counted(tmp_path: Path) -> None:
    """After a build a line says of how many reports the place is not settled, and which command lists them."""
    text = "法治政府建设年度报告\n" + "本单位依法行政，推进行政执法、行政复议、普法、合法性审查各项工作。\n" * 20
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    built = zhili("build", tmp_path / "a.txt", "-o", tmp_path / "graph")
    command = f"zhili query -g {tmp_path}/graph unresolved-reports"
    assert built.stderr.splitlines()[-1] == f"{tmp_path}/graph: 1 report with an unsettled place: {command}"
    assert "a.txt" in zhili(*command.split()[1:]).stdout
    assert "unsettled place" not in zhili("build", SEEDS[0], "-o", tmp_path / "settled").stderr


def test_exit_codes_are_documented() -> None:
    """`zhili --help` says what each exit code means."""
    codes = zhili("--help").output.partition("Exit codes:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in codes.splitlines()] == ["0", "1", "2", "130"]


def test_a_shipped_question_can_be_adapted(built: Path, tmp_path: Path) -> None:
    """--text prints a question's SPARQL; saved to a file, it is answered like the question; it needs no graph."""
    text = zhili("query", "--text", "weaknesses-by-frequency", "-g", tmp_path)
    (tmp_path / "mine.rq").write_text(text.stdout, encoding="utf-8")
    answers = [zhili("query", "-g", built, words).stdout for words in ("weaknesses-by-frequency", tmp_path / "mine.rq")]
    assert answers[0] == answers[1] != ""


def test_describe_is_a_query(built: Path) -> None:
    """A query without braces is no name of a question."""
    assert "skos:prefLabel" in zhili("query", "-g", built, "DESCRIBE weakness:legal-talent").stdout


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
def test_questions_by_name_text_and_file(format_: str, built: Path, tmp_path: Path) -> None:
    """A question is answered the same by its name, its text and its file, as Windows writes it, too, in every format."""
    text = (ROOT / "graph" / "queries" / "weaknesses-by-frequency.rq").read_text(encoding="utf-8")
    file = tmp_path / "question.rq"
    file.write_text(text, encoding="utf-8-sig")
    answers = [
        zhili("query", "-g", built, "--format", format_, words) for words in ("weaknesses-by-frequency", text, file)
    ]
    assert {answer.exit_code for answer in answers} == {0}
    assert len({answer.stdout for answer in answers}) == 1
    assert "weakness" in answers[0].stdout.splitlines()[0] + answers[0].stdout


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_a_long_query_can_be_stopped(ending: signal.Signals, built: Path, tmp_path: Path) -> None:
    """It ends at once, though Oxigraph would go on for hours; what it was at ends with it, and leaves nothing behind."""
    asked = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    words = ["query", "-g", str(built), "--confidence", "0.5", asked]
    process = subprocess.Popen(
        [sys.executable, "-c", "from graph.cli import main; main()", *words],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    try:
        until = time.monotonic() + 20
        while not list(tmp_path.glob("*/*/store/CURRENT")) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)  # by now it counts
        (worker,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.send_signal(ending)
        _, said = process.communicate(timeout=10)
    finally:
        process.kill()
    if ending == signal.SIGINT:
        assert (process.returncode, said, list(tmp_path.iterdir())) == (130, "zhili: stopped\n", [])
    while Path(f"/proc/{worker}/exe").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}/exe").exists()


def test_constructed_triples_come_as_turtle(built: Path) -> None:
    """A CONSTRUCT query gives Turtle with prefixes; ASK gives true or false."""
    query = "CONSTRUCT { ?j zl:admits ?w } WHERE { ?j zl:admits ?w }"
    assert "zl:admits weakness:" in zhili("query", "-g", built, "--format", "ttl", query).stdout
    assert zhili("query", "-g", built, "ASK { ?r a zl:Report }").stdout == "true\n"


def test_questions_are_listed() -> None:
    """--list needs no graph and shows each name with its sentence in both languages."""
    result = zhili("query", "--list")
    assert "co-adoption\n    Which mechanisms" in result.stdout and "还运行哪些机制" in result.stdout


def test_similar_and_spread_answer(built: Path) -> None:
    """The analyses give a readable answer and, with --json, all of it."""
    place = json.loads(zhili("query", "-g", built, "--format", "json", "reports").stdout)["results"]["bindings"][0]
    name = place["place"]["value"]
    assert name in zhili("similar", "-g", built, name).stdout
    assert json.loads(zhili("similar", "-g", built, name, "--json").stdout)["place"]["path"][-1] == name
    assert "silence is not absence" in zhili("spread", "-g", built).stdout
    assert json.loads(zhili("spread", "-g", built, "--json").stdout)["reports"] == 2
    assert "silence is not absence" in zhili("adoption", "-g", built).stdout


@pytest.mark.parametrize(
    "words", [["spread"], ["spread", "普法宣传"], ["adoption"], ["adoption", "--place"]], ids=" ".join
)
def test_tables_and_charts_of_analyses(words: list[str], built: Path, tmp_path: Path) -> None:
    """An analysis gives rows under one heading as CSV, and its chart as SVG beside whatever it prints."""
    place = json.loads(zhili("query", "-g", built, "--format", "json", "reports").stdout)["results"]["bindings"][0]
    rest = [place["code"]["value"]] if words[-1] == "--place" else []
    result = zhili(words[0], "-g", built, *words[1:], *rest, "--csv", "--plot", tmp_path / "chart.svg")
    assert result.exit_code == 0, result.output
    rows = list(csv.reader(result.stdout.splitlines()))
    assert len(rows) > 1 and {len(row) for row in rows} == {len(rows[0])}
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_numbers_and_coadoption_answer(built: Path, tmp_path: Path) -> None:
    """A short answer first; the same as data, as rows and as a picture; with too little data none is made up."""
    told = zhili("numbers", "-g", built).stdout
    assert "given by more than one place" in told.splitlines()[0]
    indicators = json.loads(zhili("numbers", "-g", built, "--json").stdout)["indicators"]
    name = indicators[0]["indicator"]
    one = zhili("numbers", "-g", built, name, "--csv", "--plot", tmp_path / "one.svg").stdout
    assert len(one.splitlines()) == 1 + indicators[0]["numbers"]
    assert indicators[0]["name"] in (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert "can be compared in one group" in zhili("numbers", "-g", built, name).stdout
    under = json.loads(zhili("numbers", "-g", built, name.split("/")[-2], "--json").stdout)["indicators"]
    assert 0 < len(under) < len(indicators)
    rows = json.loads(zhili("query", "-g", built, "--format", "json", "reports").stdout)["results"]["bindings"]
    place = rows[0]["place"]["value"]
    own = zhili("numbers", "-g", built, "--place", place, "--plot", tmp_path / "place.svg").stdout
    assert place in own.splitlines()[0]
    found = zhili("numbers", "-g", built, "--contradictions", "--plot", tmp_path / "kinds.svg").stdout
    assert "contradictions in 2 reports" in found.splitlines()[0]
    assert "nothing can be told from chance" in zhili("coadoption", "-g", built).stdout
    assert "nothing is told" in zhili("coadoption", "-g", built, place, "--plot", tmp_path / "lacks.svg").stdout
    assert json.loads(zhili("coadoption", "-g", built, "--json").stdout)["communities"]["groups"] == []
    assert {each.name for each in tmp_path.glob("*.svg")} == {"one.svg", "place.svg", "kinds.svg", "lacks.svg"}


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


def _serve(*arguments: str | Path) -> tuple[subprocess.Popen[str], str]:
    """`zhili serve` on a free port, and its address once it can be asked."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from graph.cli import main; main()", "serve", "--port", "0", *map(str, arguments)],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stderr
    return process, process.stderr.readline().split()[0]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "ended"])
def test_serve_answers_and_leaves_nothing_behind(built: Path, ending: signal.Signals) -> None:
    """It tells its address, answers there, and when it ends so does the server of queries that it has started."""
    process, address = _serve("-g", built)
    try:
        with urllib.request.urlopen(f"{address}en/places", timeout=10) as answer:
            assert "三江街道" in answer.read().decode()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert children
    finally:
        process.send_signal(ending)
        process.communicate(timeout=15)
    assert process.returncode == 128 + ending
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_whose_answer_comes_too_late_is_told_so(built: Path) -> None:
    """A query that lasts longer than the server gets a status and a line, and no traceback stands on the terminal."""
    process, address = _serve("-g", built)
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(httpx.get, f"{address}sparql", params={"query": query}, timeout=30, trust_env=False)
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        answer = asked.result()
    _, told = process.communicate(timeout=15)
    assert answer.status_code == 503 and "being ended" in answer.text
    assert "Traceback" not in told and len(told.splitlines()) < 4


def test_a_port_in_use_is_told(built: Path) -> None:
    """One line says which address is taken, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = zhili("serve", "-g", built, "--port", str(taken.getsockname()[1]))
    assert told.exit_code == 2
    assert re.fullmatch(r"zhili: 127\.0\.0\.1:\d+: cannot be listened at \(.+\); choose another --port\n", told.stderr)
