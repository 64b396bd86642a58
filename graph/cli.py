"""The command `zhili`: the one module that knows both halves.

Data goes to stdout, progress and complaints to stderr. Exit code 0 means well, 1 findings, 2 bad input, 130 stopped.
What a command needs is imported in it, so that `zhili --help` starts at once.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from graph.commands import COMMANDS
from graph.commands.options import HOME, Within, confidence_option
from graph.console import (
    LINE_START,
    Commands,
    Meter,
    as_typed,
    complain,
    example,
    tell_unsettled,
)
from graph.tables import counted

if TYPE_CHECKING:
    from extract.reading import Document
    from graph.converting import Refusal, Source

T = TypeVar("T")
LIBRARIES = ("ahocorasick-rs", "lxml", "opencc", "pyoxigraph", "pypdfium2")  # that documents are read with


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


def _place(text: str) -> Path | str:
    """A path, or an address as it is: `Path` would take it for one and lose a slash."""
    return text if "://" in text else Path(text)


_place.__name__ = "path"  # as click calls it when it complains
_paths_argument = click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=_place)
_force_option = click.option("--force", is_flag=True, help="Read texts that do not look like a report, too.")
_seconds_option = click.option(
    "--time-limit", type=Within(0.1, 86_400), default=60, show_default=True, help="Seconds for a document."
)
_memory_option = click.option(
    "--memory-limit", type=click.IntRange(256, 1 << 20), default=2048, show_default=True, help="MiB for a document."
)


def _limit_options(command: Callable[..., None]) -> Callable[..., None]:
    return _seconds_option(_memory_option(command))


@main.command()
@example(
    "zhili extract seeds/000_42f8056f5c2f4482.txt | python -m json.tool",
    "zhili extract --verdicts 'downloads/**/*'   # which of these are reports at all",
)
@_force_option
@confidence_option
@_limit_options
@click.option("--unread", is_flag=True, help="List the sentences that no rule understood instead.")
@click.option("--verdicts", is_flag=True, help="Only say of each document what it is, and why.")
@_paths_argument
def extract(
    paths: tuple[Path | str, ...],
    force: bool,
    confidence: float,
    time_limit: float,
    memory_limit: int,
    unread: bool,
    verdicts: bool,
) -> None:
    """Print what reports say.

    One JSON record a line; every finding has its quote and its place in the text. With --unread or --verdicts lines
    of a table: name, kind, sentence or reason. A document that goes beyond a limit is told and left out.
    """
    from extract.errors import ReadingError
    from extract.reading import find_documents
    from graph.backends import Here, Processes
    from graph.workers import Limits, Overrun, call_within

    tell: Callable[[Document], list[str]] = partial(_record, force=force, confidence=confidence)
    if unread or verdicts:
        tell = _verdict if verdicts else partial(_unread, force=force)
    refused, debug = 0, _debug()
    with Here() if debug else Processes(1, Limits(time_limit, memory_limit)) as backend:
        for document in find_documents(paths):
            try:
                if isinstance(document, ReadingError):
                    raise document
                for line in call_within(backend.limits, _guarded, document, debug, tell):
                    click.echo(line)
            except (ReadingError, Overrun) as error:
                complain(f"{document.name}: {error}; {error.advice}" if isinstance(error, Overrun) else str(error))
                refused += 1
    sys.exit(2 if refused else 0)


def _record(document: "Document", force: bool, confidence: float) -> list[str]:
    """What a document says, as JSON."""
    from extract.printing import record
    from extract.report import read_report

    return [json.dumps(record(read_report(document, force=force), confidence), ensure_ascii=False)]


def _unread(document: "Document", force: bool) -> list[str]:
    """What no rule understood in a document, a line each."""
    from extract.report import read_report

    report = read_report(document, force=force)
    return ["\t".join((document.name, each.why, each.evidence.of(report.text))) for each in report.unread]


def _verdict(document: "Document") -> list[str]:
    """What a document is."""
    from extract.report import read_verdict

    verdict = read_verdict(document)
    return ["\t".join((document.name, verdict.kind, verdict.reason))]


@main.command()
@example(
    "zhili build seeds -o build/graph",
    "zhili build seeds more/2025 -o build/graph   # reads only what is new",
    "zhili build reports --dask tcp://scheduler:8786   # on many machines",
)
@_force_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=HOME, show_default=True, help="The graph folder."
)
@click.option("-j", "--jobs", type=click.IntRange(1), help="Worker processes; as many as cores where not given.")
@_limit_options
@click.option("--mend", is_flag=True, help="First verify the folder, and make anew what is damaged in it.")
@click.option("--dask", metavar="SCHEDULER", help="Read on a Dask cluster: its scheduler's address or file.")
@click.option("--shelf", metavar="ADDRESS", help="Share shards with other builds there (s3://bucket/shards).")
@_paths_argument
def build(
    paths: tuple[Path | str, ...],
    output: Path,
    force: bool,
    jobs: int | None,
    time_limit: float,
    memory_limit: int,
    mend: bool,
    dask: str | None,
    shelf: str | None,
) -> None:
    """Make the graph of these reports.

    Run again, it reads only what changed; a report that is not among the paths any more goes from the graph. A
    document that goes beyond a limit is told and left out, and tried again by the next build.
    """
    from graph.backends import Here, Processes
    from graph.building import VOCABULARY
    from graph.building import build as build_graph
    from graph.cluster import Cluster
    from graph.errors import GraphError
    from graph.shelf import Shelf
    from graph.workers import Limits

    unread: list[str] = []
    typed: dict[str, list[str]] = {}
    rules = _rules(force)
    sources, convert = _sources(paths, unread, typed), partial(_convert, force=force, rules=rules, debug=_debug())
    limits = Limits(time_limit, memory_limit)
    # With --debug an error is to be seen where it happens.
    backend = Cluster(dask, limits) if dask else Here() if _debug() else Processes(jobs, limits)
    meter = Meter()
    meter.stage("reading", _count(paths))
    try:
        done = build_graph(
            sources,
            output,
            convert,
            rules,
            VOCABULARY,
            lost=unread,
            mend=mend,
            backend=backend,
            shelf=Shelf(shelf) if shelf else None,
            progress=meter,
            processes=jobs or os.cpu_count() or 1,
        )
    except GraphError as error:
        raise type(error)("\n".join(as_typed(line, typed) for line in str(error).split("\n"))) from error
    finally:
        meter.close()
    for message in done.refusals:
        complain(as_typed(message, typed))
    refused = len(unread) + len(done.refusals)
    counts = f"{counted(done.reports, 'report')}, {done.read} read anew, {done.withdrawn} withdrawn, {refused} refused"
    click.echo(f"{LINE_START}{output}: {counts}, {counted(done.mirrors, 'mirror')}", err=True)
    tell_unsettled(output, HOME)
    sys.exit(2 if refused else 0)


for command in COMMANDS:
    main.add_command(command)


def _debug() -> bool:
    return bool(click.get_current_context().find_root().params["debug"])


def _sources(paths: Iterable[Path | str], unread: list[str], typed: dict[str, list[str]]) -> "Iterator[Source]":
    """The documents as the build takes them; what cannot be opened is complained of and noted in `unread`.

    `typed` is filled with the names as the user gave them, by those in the graph, where the two differ.
    """
    from extract.errors import ReadingError
    from extract.reading import find_documents
    from graph.converting import Source

    for document in find_documents(paths):
        if isinstance(document, ReadingError):
            complain(str(document))
            unread.append(document.name)
        else:
            if document.source != document.name:
                typed.setdefault(document.source, []).append(document.name)
            yield Source(document.source, document.data, document.hints)


def _count(paths: Iterable[Path | str]) -> int | None:
    from extract.finding import count_documents

    return count_documents(paths)


def _convert(source: "Source", force: bool, rules: str, debug: bool) -> "bytes | Refusal":
    """A document's quads; runs in the build's workers, which must have the rules that the shards are named by."""
    from extract.errors import ReadingError
    from extract.reading import Document
    from graph.converting import Refusal
    from graph.errors import GraphError

    if _rules(force) != rules:
        raise GraphError("the rules here and those of a worker are not the same; run the build again with one version")
    try:
        return _guarded(Document(source.name, source.data, source.hints), debug, partial(_quads, force=force))
    except ReadingError as error:
        return Refusal(str(error))


def _quads(document: "Document", force: bool) -> bytes:
    from extract.report import read_report
    from extract.triples import to_quads

    return to_quads(read_report(document, force=force))


def _guarded(document: "Document", debug: bool, read: "Callable[[Document], T]") -> "T":
    """What is read in a document; one that trips over a fault of ours is refused, so that the others go on."""
    from extract.errors import ReadingError

    try:
        return read(document)
    except (ReadingError, MemoryError):
        raise
    except Exception as error:
        if debug:
            raise
        fault = f"a fault of Zhili's own ({type(error).__name__}: {error})"
        raise ReadingError(document.name, fault, "report it with what `zhili --debug extract` shows") from error


@cache
def _rules(force: bool) -> str:
    """The version of the rules: a digest of all code and data that a document's quads depend on, others' by version."""
    from importlib.metadata import version
    from importlib.resources import files

    from graph.manifest import key_of

    folders = [Path(str(files(package))) for package in ("extract", "ontology")]
    entries = sorted(
        path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file()
    )
    # Python's, since it brings the tables of Unicode.
    versions = (sys.version_info[:2], *(version(name) for name in LIBRARIES))
    return key_of(str((force, versions)).encode(), *(entry.read_bytes() for entry in entries))
