"""The commands that ask, draw and write out a graph that has been built; they know nothing of extraction."""

import os
import shlex
import sys
import tempfile
from pathlib import Path

import click

from graph.commands.options import HOME, Within, confidence_option, graph_option
from graph.console import (
    LINE_START,
    STDOUT,
    Meter,
    example,
    tell_written,
    write_output,
)
from graph.errors import GraphError, without_login
from graph.progress import Progress
from graph.tables import counted

_PATIENCE = 24 * 3600.0  # seconds for an answer, which Ctrl-C ends sooner
_MEMORY = 1 << 16  # MiB
FORMATS = ("nq", "ttl", "jsonld", "graphml", "gexf", "csv", "parquet")


@click.command()
@example(
    "zhili query weaknesses-by-frequency",
    "zhili query --format csv 'SELECT ?p { ?j zl:practises ?m ; skos:prefLabel ?p } LIMIT 5'",
    "zhili query --text weaknesses-by-frequency > mine.rq   # adapt it, then: zhili query mine.rq",
)
@graph_option
@click.option(
    "--format", "format_", type=click.Choice(["table", "csv", "json", "ttl"]), default="table", show_default=True
)
@confidence_option
@click.option("--list", "list_", is_flag=True, help="List the shipped questions.")
@click.option("--text", is_flag=True, help="Print the SPARQL of a shipped question, to save and adapt, not its answer.")
@click.argument("query", metavar="QUERY|FILE.rq|NAME", required=False)
def query(graph: str, format_: str, confidence: float, list_: bool, text: bool, query: str | None) -> None:
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
    from graph.workers import Limits, Overrun, call

    limits, asked = Limits(_PATIENCE, _MEMORY), query_text(query)
    try:
        with tempfile.TemporaryDirectory(prefix="zhili-", ignore_cleanup_errors=True) as scratch:
            # In a process of its own, since Oxigraph hears no Ctrl-C until it has the answer.
            answer = call(limits, _answer, graph, confidence, asked, format_, scratch, fresh=True, progress=Progress())
    except Overrun as error:
        raise GraphError(f"{without_login(graph)}: the query {error}; ask for less at a time") from error
    click.echo(answer, nl=False)


def _answer(graph: str, confidence: float, query: str, format_: str, scratch: str, progress: Progress) -> str:
    """An answer as it is printed. With a `progress`, that has nothing to tell, the worker ends with the command."""
    from graph.answers import render
    from graph.opening import open_sure

    tempfile.tempdir = scratch  # the worker may be ended before it has removed anything
    with open_sure(graph, confidence) as store:
        return render(store.answer(query), format_)


@click.command()
@example(
    "zhili draw -o graph.html",
    "zhili draw --around 雁峰区 --steps 2 -o yanfeng.html",
    "zhili draw --overview provinces -o provinces.html   # or backbone: what goes together with what",
)
@graph_option
@click.option(
    "--around", metavar="THING", help="Only what is near a jurisdiction, mechanism, practice or weakness: a name or id."
)
@click.option("--steps", type=click.IntRange(1, 3), default=1, show_default=True, help="How near, in steps.")
@click.option("--limit", type=click.IntRange(1), default=300, show_default=True, help="How many nodes at most.")
@click.option(
    "--overview",
    type=click.Choice(["provinces", "backbone"]),
    help="Instead of the network: provinces by areas, or the mechanisms that go together beyond chance.",
)
@confidence_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The page; - is stdout."
)
def draw(
    graph: str, around: str | None, steps: int, limit: int, overview: str | None, confidence: float, output: Path
) -> None:
    """Draw an interactive page.

    It opens from disk without a network.
    """
    from graph.drawing import draw as draw_page
    from graph.network import read_network
    from graph.opening import open_any

    if overview and around:
        raise click.UsageError("--overview shows everything and --around one thing; give one of them")
    if overview:
        from graph.overviews import draw_backbone, draw_provinces, read_stated

        stated = read_stated(open_any(graph), own=overview == "backbone")
        page = draw_provinces(stated) if overview == "provinces" else draw_backbone(stated)
    else:
        network = read_network(open_any(graph), confidence)
        page = draw_page(network, title="治理 Zhili", around=around, steps=steps, limit=limit)
    write_output(output, page.encode())
    tell_written(output)


@click.command()
@example("zhili check", "zhili check --deep   # are the folder's files whole, and do they say the same?")
@graph_option
@click.option("--deep", is_flag=True, help="First verify the folder's files: sums, shards, store, quotes and index.")
def check(graph: str, deep: bool) -> None:
    """Check the graph (SHACL).

    Says in sentences what in a report's graph does not keep to its shape; exit code 1 where something does not. With
    --deep first what in the folder is damaged; `zhili build --mend` makes that anew.
    """
    from graph.check import check as find_violations
    from graph.opening import open_any

    if deep:
        _check_folder(graph)
    found = 0
    for violation in find_violations(open_any(graph)):
        click.echo(str(violation))
        found += 1
    click.echo(f"{without_login(graph)}: {counted(found, 'finding') if found else 'no findings'}", err=True)
    sys.exit(1 if found else 0)


def _check_folder(graph: str) -> None:
    """Says what is damaged in a graph folder and how it is mended, with exit code 1, or says nothing."""
    from graph.opening import is_url
    from graph.verifying import verify

    if is_url(graph):
        raise GraphError(f"{graph}: --deep verifies the files of a graph folder; give a folder, or leave out --deep")
    meter = Meter()
    try:
        found = verify(Path(graph), meter)
    finally:
        meter.close()
    for damage in found:
        click.echo(str(damage))
    if found:
        mend = f"zhili build REPORTS -o {shlex.quote(graph)} --mend"
        click.echo(
            f"{LINE_START}{graph}: {counted(len(found), 'finding')}; to make anew what is damaged: {mend}", err=True
        )
        sys.exit(1)


@click.command()
@example(
    "zhili export --format ttl -o graph.ttl",
    "zhili export --format parquet -o tables   # for pandas, DuckDB, R: docs/tables.md tells what is in them",
)
@graph_option
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), required=True, help="csv and parquet write a folder of tables."
)
@confidence_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file, - for stdout; for tables the folder.",
)
def export(graph: str, format_: str, confidence: float, output: Path) -> None:
    """Write the graph for other tools.

    N-Quads, Turtle, JSON-LD, GraphML, GEXF, or a folder of tables, as CSV or as Parquet.
    """
    from graph.export import export as write_export
    from graph.opening import open_sure

    if format_ in ("csv", "parquet") and output == STDOUT:
        raise click.UsageError(f"{format_} is a folder of tables, which stdout cannot take; give a folder")
    with open_sure(graph, confidence) as store:
        for file in write_export(store, format_, output, write_output):
            tell_written(file)


@click.command()
@example(
    "zhili load http://localhost:7878/store",
    "zhili load --user dba http://localhost:8890/sparql-graph-crud-auth   # Virtuoso; docs/servers.md tells of others",
)
@click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path),
    default=HOME,
    envvar="ZHILI_GRAPH",
    show_default=True,
    help="The graph folder; also from ZHILI_GRAPH.",
)
@click.option("--user", help="Whose name to give; the password is asked for, or comes from ZHILI_PASSWORD.")
@click.option("--again", is_flag=True, help="Send everything, also what was sent before.")
@click.argument("url")
def load(graph: Path, user: str | None, again: bool, url: str) -> None:
    """Put the graph on a SPARQL server.

    One named graph after the other, at the URL of the server's Graph Store. Run again, it sends only what is new or
    has changed, and removes what the folder has no more. Queries then go to the server's SPARQL endpoint: -g URL.
    """
    from graph.loading import load as load_graph

    password = os.environ.get("ZHILI_PASSWORD")
    if user and password is None:
        password = _ask_password()
    meter = Meter()
    try:
        done = load_graph(graph, url, (user, password or "") if user else None, again, meter)
    finally:
        meter.close()
    click.echo(
        f"{LINE_START}{without_login(url)}: {counted(done.sent, 'graph')} sent, {done.kept} there already, {done.removed} removed",
        err=True,
    )


def _ask_password() -> str:
    """What is typed unseen; GraphError where there is no terminal to type it on."""
    import warnings
    from getpass import GetPassWarning, getpass

    try:
        with warnings.catch_warnings():
            # Without a terminal getpass would warn, and read what everybody can see.
            warnings.simplefilter("error", GetPassWarning)
            return getpass("Password: ", sys.stderr)
    except (GetPassWarning, EOFError) as error:
        raise GraphError("no terminal to ask for the password; give it by the variable ZHILI_PASSWORD") from error


@click.command()
@example("zhili serve", "zhili serve -g http://localhost:7878/query --port 8080   # the same over any SPARQL endpoint")
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 lets others in.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--seconds", type=Within(1, 86_400), default=20.0, show_default=True, help="Time limit of a query.")
@click.option("--rows", type=click.IntRange(1), default=10_000, show_default=True, help="Row limit of a query.")
@click.option("--allow-host", multiple=True, metavar="NAME", help="A name that the server is called by, too.")
@click.option("--cors", is_flag=True, help="Let pages of other sites ask /sparql and read what it answers.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    help="Let who sends the token in this file put and delete reports; also from ZHILI_TOKEN.",
)
def serve(
    graph: str,
    host: str,
    port: int,
    seconds: float,
    rows: int,
    allow_host: tuple[str, ...],
    cors: bool,
    token_file: Path | None,
) -> None:
    """Open the explorer, and a SPARQL endpoint.

    Pages in Chinese and English for everything in the graph, and at /sparql an endpoint for reading. Ctrl-C ends it.
    With a token, reports of a graph folder can be put and deleted at /store (docs/servers.md).
    """
    from graph.explorer.endpoint import Limits
    from graph.explorer.guard import access_at, read_token
    from graph.explorer.serving import serve as serve_graph

    def tell(address: str) -> None:
        click.echo(f"{address}  (SPARQL: {address}sparql; Ctrl-C ends it)", err=True)

    access, token = access_at(host, allow_host, cors), read_token(token_file, os.environ)
    serve_graph(graph, host, port, Limits(rows=rows, seconds=seconds), tell, access, token)
