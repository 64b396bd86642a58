"""The command `zhili`: the one module that knows both halves.

Data goes to stdout, progress and complaints to stderr. Exit code 0 means well, 1 findings, 2 bad input, 130 stopped.
What a command needs is imported in it, so that `zhili --help` starts at once.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.console import (
    LINE_START,
    STDOUT,
    Commands,
    as_json,
    as_typed,
    complain,
    example,
    progress,
    tell_unsettled,
    tell_written,
    write_output,
)
from graph.tables import counted

if TYPE_CHECKING:
    from extract.reading import Document
    from extract.records import Report
    from graph.building import Refusal, Source

FORMATS = ("nq", "ttl", "jsonld", "graphml", "gexf", "csv")
HOME = Path("build/graph")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show where an error comes from.")
@click.version_option(package_name="zhili")
def main(debug: bool) -> None:
    """Annual rule-of-law reports (法治政府建设年度报告) as a graph to explore, query and compare.

    \b
    Example:
      zhili build seeds && zhili query mechanisms-by-adopters
    \b
    Exit codes:
      0    all is well
      1    `check` has found something
      2    something could not be read, answered or written; each is told on stderr, the rest is done
      130  stopped by Ctrl-C
    """


_graph_option = click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path),
    default=HOME,
    envvar="ZHILI_GRAPH",
    show_default=True,
    help="The graph folder; also from ZHILI_GRAPH.",
)
_paths_argument = click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
_confidence_option = click.option(
    "--confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out findings of which the rules are less sure than this (0 to 1; most are sure, 1).",
)
_force_option = click.option("--force", is_flag=True, help="Read texts that do not look like a report, too.")


@main.command()
@example(
    "zhili extract seeds/000_42f8056f5c2f4482.txt | python -m json.tool",
    "zhili extract --verdicts 'downloads/**/*'   # which of these are reports at all",
)
@_force_option
@_confidence_option
@click.option("--unread", is_flag=True, help="List the sentences that no rule understood instead.")
@click.option("--verdicts", is_flag=True, help="Only say of each document what it is, and why.")
@_paths_argument
def extract(paths: tuple[Path, ...], force: bool, confidence: float, unread: bool, verdicts: bool) -> None:
    """Print what reports say.

    One JSON record a line; every finding has its quote and its place in the text. With --unread or --verdicts lines
    of a table: name, kind, sentence or reason.
    """
    from extract.errors import ReadingError
    from extract.printing import record
    from extract.reading import find_documents
    from extract.report import read_verdict

    refused, debug = 0, _debug()
    for document in find_documents(paths):
        try:
            if isinstance(document, ReadingError):
                raise document
            if verdicts:
                verdict = read_verdict(document)
                click.echo("\t".join((document.name, verdict.kind, verdict.reason)))
                continue
            report = _read(document, force, debug)
            if not unread:
                click.echo(json.dumps(record(report, confidence), ensure_ascii=False))
            for each in report.unread if unread else ():
                click.echo("\t".join((document.name, each.why, each.evidence.of(report.text))))
        except ReadingError as error:
            complain(str(error))
            refused += 1
    sys.exit(2 if refused else 0)


@main.command()
@example("zhili build seeds -o build/graph", "zhili build seeds more/2025 -o build/graph   # reads only what is new")
@_force_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=HOME, show_default=True, help="The graph folder."
)
@click.option("-j", "--jobs", type=click.IntRange(1), help="Worker processes; as many as cores where not given.")
@_paths_argument
def build(paths: tuple[Path, ...], output: Path, force: bool, jobs: int | None) -> None:
    """Make the graph of these reports.

    Run again, it reads only what changed; a report that is not among the paths any more goes from the graph.
    """
    from graph.building import VOCABULARY
    from graph.building import build as build_graph
    from graph.errors import GraphError

    unread: list[str] = []
    typed: dict[str, list[str]] = {}
    sources, convert = _sources(paths, unread, typed), partial(_convert, force=force, debug=_debug())
    try:
        done = build_graph(
            sources, output, convert, _rules(force), VOCABULARY, lost=unread, processes=jobs, progress=progress
        )
    except GraphError as error:
        raise type(error)("\n".join(as_typed(line, typed) for line in str(error).split("\n"))) from error
    for message in done.refusals:
        complain(as_typed(message, typed))
    refused = len(unread) + len(done.refusals)
    counts = f"{counted(done.reports, 'report')}, {done.read} read anew, {done.withdrawn} withdrawn, {refused} refused"
    click.echo(f"{LINE_START}{output}: {counts}, {counted(done.mirrors, 'mirror')}", err=True)
    tell_unsettled(output, HOME)
    sys.exit(2 if refused else 0)


@main.command()
@example(
    "zhili query weaknesses-by-frequency",
    "zhili query --format csv 'SELECT ?p { ?j zl:practises ?m ; skos:prefLabel ?p } LIMIT 5'",
    "zhili query --text weaknesses-by-frequency > mine.rq   # adapt it, then: zhili query mine.rq",
)
@_graph_option
@click.option(
    "--format", "format_", type=click.Choice(["table", "csv", "json", "ttl"]), default="table", show_default=True
)
@click.option("--list", "list_", is_flag=True, help="List the shipped questions.")
@click.option("--text", is_flag=True, help="Print the SPARQL of a shipped question, to save and adapt, not its answer.")
@click.argument("query", metavar="QUERY|FILE.rq|NAME", required=False)
def query(graph: Path, format_: str, list_: bool, text: bool, query: str | None) -> None:
    """Answer a SPARQL query.

    Its text, a file, or the name of a shipped question. The project's prefixes need no declaration.
    """
    from graph.questions import query_text, questions

    if list_:
        for each in questions().values():
            click.echo(f"{each.name}\n    {each.english}\n    {each.chinese}")
        return
    if query is None:
        raise click.UsageError("give a query, a file or a name; `zhili query --list` shows the names")
    if text:
        click.echo(query_text(query), nl=False)
        return
    from graph.answers import render
    from graph.store import open_graph

    click.echo(render(open_graph(graph).answer(query_text(query)), format_), nl=False)


@main.command()
@example("zhili similar 永嘉县三江街道", "zhili similar 330324006 --json")
@_graph_option
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many to show.")
@_confidence_option
@click.option("--json", "json_", is_flag=True, help="As JSON, with all sentences.")
@click.argument("place")
def similar(graph: Path, limit: int, confidence: float, json_: bool, place: str) -> None:
    """Find places with similar weaknesses.

    Says which weaknesses they share, how telling each is, and quotes both. PLACE is a name, with or without those
    of its superiors, or a division code.

    A weakness that a place admits counts 1, one that it gives only as a cause of a shortcoming 0.5, a mechanism that
    a shortcoming concerns 0.25, each times the confidence of the finding; what is classed as "other" does not count.
    Each weighs as many bits as it is rare among the places that admit anything. The number behind a place is the
    weighted share that the two have in common: 1 where all is the same, 0 where nothing is.
    """
    from graph.similarity import similar as find_similar
    from graph.store import open_graph
    from graph.telling import tell_similar

    result = find_similar(open_graph(graph), place, limit, confidence)
    click.echo(as_json(result) if json_ else tell_similar(result), nl=False)


@main.command()
@example("zhili spread", "zhili spread 合法性审查", "zhili spread legality-review --json")
@_graph_option
@click.option("--limit", type=click.IntRange(0), default=30, show_default=True, help="How many to list; 0 for all.")
@_confidence_option
@click.option("--json", "json_", is_flag=True, help="As JSON, with all adopters.")
@click.argument("mechanism", required=False)
def spread(graph: Path, limit: int, confidence: float, json_: bool, mechanism: str | None) -> None:
    """Show what is reported by whom.

    Mechanisms and practices: since when, at which level, in which province. MECHANISM is a label or an id of a
    mechanism or practice; with it, the places that report it are listed, each with the sentence.
    """
    from graph.spread import spread as find_spread
    from graph.store import open_graph
    from graph.telling import tell_reach, tell_spread

    result = find_spread(open_graph(graph), mechanism, confidence)
    told = tell_reach(result, limit) if mechanism else tell_spread(result, limit)
    click.echo(as_json(result) if json_ else told, nl=False)


@main.command()
@example("zhili draw -o graph.html", "zhili draw --around 雁峰区 --steps 2 -o yanfeng.html")
@_graph_option
@click.option(
    "--around", metavar="THING", help="Only what is near a jurisdiction, mechanism, practice or weakness: a name or id."
)
@click.option("--steps", type=click.IntRange(1, 3), default=1, show_default=True, help="How near, in steps.")
@click.option("--limit", type=click.IntRange(1), default=300, show_default=True, help="How many nodes at most.")
@_confidence_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The page; - is stdout."
)
def draw(graph: Path, around: str | None, steps: int, limit: int, confidence: float, output: Path) -> None:
    """Draw an interactive page.

    It opens from disk without a network.
    """
    from graph.drawing import draw as draw_page
    from graph.network import read_network
    from graph.store import open_graph

    network = read_network(open_graph(graph), confidence)
    page = draw_page(network, title="治理 Zhili", around=around, steps=steps, limit=limit)
    write_output(output, page.encode())
    tell_written(output)


@main.command()
@example("zhili check")
@_graph_option
def check(graph: Path) -> None:
    """Check the graph (SHACL).

    Says in sentences what in a report's graph does not keep to its shape; exit code 1 where something does not.
    """
    from graph.check import check as find_violations
    from graph.store import open_graph

    found = 0
    for violation in find_violations(open_graph(graph)):
        click.echo(str(violation))
        found += 1
    click.echo(f"{graph}: {counted(found, 'finding') if found else 'no findings'}", err=True)
    sys.exit(1 if found else 0)


@main.command()
@example("zhili export --format ttl -o graph.ttl", "zhili export --format csv -o tables")
@_graph_option
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True, help="csv writes a folder of tables.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="The file, - for stdout; for csv the folder."
)
def export(graph: Path, format_: str, output: Path) -> None:
    """Write the graph for other tools.

    N-Quads, Turtle, JSON-LD, GraphML, GEXF or a folder of CSV tables.
    """
    from graph.export import export as write_export
    from graph.store import open_graph

    if format_ == "csv" and output == STDOUT:
        raise click.UsageError("csv is a folder of tables, which stdout cannot take; give a folder")
    for file in write_export(open_graph(graph), format_, output, write_output):
        tell_written(file)


def _debug() -> bool:
    return bool(click.get_current_context().find_root().params["debug"])


def _sources(paths: Iterable[Path], unread: list[str], typed: dict[str, list[str]]) -> "Iterator[Source]":
    """The documents as the build takes them; what cannot be opened is complained of and noted in `unread`.

    `typed` is filled with the names as the user gave them, by those in the graph, where the two differ.
    """
    from extract.errors import ReadingError
    from extract.reading import find_documents
    from graph.building import Source

    for document in find_documents(paths):
        if isinstance(document, ReadingError):
            complain(str(document))
            unread.append(document.name)
        else:
            if document.source != document.name:
                typed.setdefault(document.source, []).append(document.name)
            yield Source(document.source, document.data, document.hints)


def _convert(source: "Source", force: bool, debug: bool) -> "bytes | Refusal":
    """A document's quads; runs in the build's workers."""
    from extract.errors import ReadingError
    from extract.reading import Document
    from extract.triples import to_quads
    from graph.building import Refusal

    try:
        return to_quads(_read(Document(source.name, source.data, source.hints), force, debug))
    except ReadingError as error:
        return Refusal(str(error))


def _read(document: "Document", force: bool, debug: bool) -> "Report":
    """A document's report; one that trips over a fault of ours is refused, so that the others go on."""
    from extract.errors import ReadingError
    from extract.report import read_report

    try:
        return read_report(document, force=force)
    except ReadingError:
        raise
    except Exception as error:
        if debug:
            raise
        fault = f"a fault of Zhili's own ({type(error).__name__}: {error})"
        raise ReadingError(document.name, fault, "report it with what `zhili --debug extract` shows") from error


def _rules(force: bool) -> str:
    """The version of the rules: a digest of all code and data that a document's quads depend on."""
    from importlib.resources import files

    from graph.manifest import key_of

    folders = [Path(str(files(package))) for package in ("extract", "ontology")]
    entries = sorted(
        path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file()
    )
    return key_of(str(force).encode(), *(entry.read_bytes() for entry in entries))
