"""Words → the entries of an index that hold all of them.

Searched are names (jurisdictions, mechanisms, weaknesses, practices, indicators), titles of reports, and quotes. Rows
are numbered in the order in which they are answered, because FTS5 gives rows by number for nothing; so a page of
quotes is found by counting from segment to segment, and no more rows are read than are shown.
"""

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from graph.backends import Processes
from graph.errors import GraphError
from graph.index import names
from graph.index.figures import Figures, read_figures
from graph.index.files import reading, unreadable
from graph.index.findings import read_finding, read_findings
from graph.index.segments import segments, write_segment
from graph.index.statements import Statements, read_reports, read_statements
from graph.index.told import KINDS as STATED
from graph.index.told import Finding, Report, Tell, told_by
from graph.index.words import EDGE, any_of, fold, holding, readings
from graph.progress import Progress
from graph.store import Queryable
from graph.workers import Limits, Overrun, call
from ontology.namespace import evidence

KINDS = (*names.KINDS, "quote")
COUNTED = 100_000  # quotes are counted up to here: beyond it, that takes longer than all else

_FEW = 500  # reports for which starting processes takes longer than they save

_LIMITS = Limits(seconds=600)  # for a segment, which takes a second
_NAMES = Path("names")  # stands for the table in memory among the files
_FILES = 1024  # that a process may have open beside those of an index

_MATCHING = "FROM gram WHERE gram MATCH ?"
_QUOTE = """
SELECT quote.text, report.title, report.iri, quote.start, quote.stop
FROM quote JOIN report ON quote.report = report.id WHERE quote.id = ?"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that words are found in.

    `kind` is one of KINDS, `label` what is shown: a name, a title, or the quote. `note` tells things of one name
    apart: the path of a place, the area of a mechanism or weakness, the mechanism of a practice or indicator, place and
    year of a report, the title of the report that a quote is from. Quotes alone have the IRI of their report and the
    offsets of their slice of its text.
    """

    kind: str
    iri: str
    label: str
    note: str
    report: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The entries on one page, and how many there are of each kind, of those not asked for as well.

    Where `capped`, there are more quotes than COUNTED, which is given for them.
    """

    total: dict[str, int]
    entries: list[Entry]
    capped: bool = False


class Index:
    """The index of a graph that `write_index` wrote, for reading, from several threads if need be, one at a time.

    `store` has the graph, and `contents` tells for each of its graphs what names its content. GraphError where a file
    of the index is missing. Files that take the place of these are seen by a new `Index` only.
    """

    def __init__(self, store: Queryable, folder: Path, contents: Mapping[str, str]) -> None:
        self._lock = threading.Lock()
        self._open: dict[Path, sqlite3.Connection] | None = {}
        every = segments(folder, contents)
        self._segments = [segment.path for segment in every]
        self._where = {iri: (segment.path, number) for segment in every for number, iri in enumerate(segment.reports)}
        self._gather = partial(names.gather_names, store, every)
        _allow_open(len(every))
        try:
            for path in self._segments:
                self._open[path] = reading(path)
        except sqlite3.Error as error:
            self.close()
            raise unreadable(folder, error) from error
        except GraphError:
            self.close()
            raise

    def find(self, words: str, kinds: Collection[str] = (), limit: int = 20, offset: int = 0) -> Found:
        """The entries that hold all of the words, which blanks set apart; of these kinds, or of all.

        Names come first: what is called so, then what begins so, then the shorter ones. Quotes follow, those of the
        newest report first, of one year by the code of the place. No words find nothing. `limit` and `offset` are not
        negative.
        """
        if not fold(words):
            return Found({}, [])
        asked = [kind for kind in KINDS if not kinds or kind in kinds]
        holds = holding(words)
        with self._lock:
            named = _Names(self._asked(_NAMES), words, holds)
            total = named.count()
            page = [named.entry(number) for number in islice(named.numbers(asked), offset, offset + limit)]
            counts = self._count_quotes(holds)
            quoted = sum(counts.values())
            if quoted:
                total["quote"] = min(quoted, COUNTED)
            if "quote" in asked:
                before = sum(total.get(kind, 0) for kind in asked if kind != "quote")
                page += self._quotes(holds, counts, limit - len(page), max(0, offset - before))
        return Found(total, page, quoted > COUNTED)

    def reports(self) -> list[Report]:
        """All reports, in the order of the segments."""
        with self._lock:
            try:
                return [report for path in self._segments for report in read_reports(self._connection(path))]
            except sqlite3.Error as error:
                raise unreadable(self._segments[0].parent, error) from error

    def statements(self) -> Statements:
        """What all reports say, as columns."""
        with self._lock:
            try:
                return read_statements(self._connection(path) for path in self._segments)
            except sqlite3.Error as error:
                raise unreadable(self._segments[0].parent, error) from error

    def figures(self) -> Figures:
        """The numbers of all reports, as columns."""
        with self._lock:
            try:
                return read_figures(self._connection(path) for path in self._segments)
            except sqlite3.Error as error:
                raise unreadable(self._segments[0].parent, error) from error

    def findings_at(self, places: Iterable[tuple[str, int]], quoted: bool = True) -> list[Finding]:
        """The findings at some places: each a report, by its IRI, and the place among what it states."""
        with self._lock:
            try:
                found = ((report, *self._where[report], place) for report, place in places)
                return [
                    read_finding(self._connection(path), report, number, place, quoted)
                    for report, path, number, place in found
                ]
            except sqlite3.Error as error:
                raise unreadable(self._segments[0].parent, error) from error

    def findings(
        self,
        reports: Iterable[str],
        things: Collection[str] = (),
        quoted: bool = True,
        kinds: Collection[str] = STATED,
    ) -> list[Finding]:
        """What reports, by their IRIs, state of everything or of some things, report by report as the text goes.

        `kinds` are those of STATED that are wanted. Without `quoted` findings come without the sentences that say so,
        which takes half the time. KeyError for a report that is not in the graph.
        """
        asked: defaultdict[Path, dict[int, str]] = defaultdict(dict)
        for report in dict.fromkeys(reports):
            path, number = self._where[report]
            asked[path][number] = report
        with self._lock:
            try:
                return [
                    finding
                    for path, own in asked.items()
                    for finding in read_findings(self._connection(path), own, things, quoted, kinds)
                ]
            except sqlite3.Error as error:
                raise unreadable(self._segments[0].parent, error) from error

    def named(self, kind: str) -> list[tuple[str, str, str]]:
        """Everything of a kind that has a name, by its IRI: the IRI, what it is called, and its concept (see `names`)."""
        query = f"SELECT iri, label, concept FROM entry WHERE id & {names.KIND} = ? ORDER BY iri"
        with self._lock:
            return self._asked(_NAMES)(query, KINDS.index(kind))

    def close(self) -> None:
        """Lets go of the files."""
        with self._lock:
            for connection in (self._open or {}).values():
                connection.close()
            self._open = None

    def _count_quotes(self, holds: str) -> dict[Path, int]:
        """How many quotes each segment has of those looked for, until there are more than COUNTED together."""
        counts: dict[Path, int] = {}
        left = COUNTED + 1
        for path in self._segments:
            if left:
                counts[path] = self._count(path, holds, left)
                left -= counts[path]
        return counts

    def _quotes(self, holds: str, counts: dict[Path, int], limit: int, offset: int) -> Iterator[Entry]:
        """The quotes on a page, segment by segment."""
        last = next(reversed(counts), None)  # which need not be counted to its end
        for path in self._segments:
            if limit <= 0:
                return
            if offset:
                count = counts[path] if path in counts and path != last else self._count(path, holds)
                if count <= offset:
                    offset -= count
                    continue
            ask = self._asked(path)
            for (number,) in ask(f"SELECT rowid {_MATCHING} ORDER BY rowid LIMIT ? OFFSET ?", holds, limit, offset):
                ((text, title, report, start, stop),) = ask(_QUOTE, number)
                yield Entry("quote", evidence(report, start, stop), text, title, report, start, stop)
                limit -= 1
            offset = 0

    def _count(self, path: Path, holds: str, limit: int = -1) -> int:
        ((count,),) = self._asked(path)(f"SELECT count(*) FROM (SELECT 1 {_MATCHING} LIMIT ?)", holds, limit)
        return int(count)

    def _asked(self, path: Path) -> "_Ask":
        """What answers a query of SQLite's from a file."""
        connection = self._connection(path)

        def ask(query: str, *values: str | int) -> list[tuple[Any, ...]]:
            try:
                return connection.execute(query, values).fetchall()
            except sqlite3.Error as error:
                raise unreadable(path, error) from error

        return ask

    def _connection(self, path: Path) -> sqlite3.Connection:
        if self._open is None:
            raise GraphError(f"{path}: this index has been closed; open it again")
        if path == _NAMES and path not in self._open:  # which takes longest, and few need it
            self._open[path] = self._gather()
        return self._open[path]


_Ask = Callable[..., list[tuple[Any, ...]]]


class _Names:
    """One search for words among the names."""

    def __init__(self, ask: _Ask, words: str, holds: str) -> None:
        self._ask = ask
        self._holds = holds
        called = readings(words)
        is_called = any_of(EDGE + name + EDGE for name in called)
        begins = any_of(EDGE + name for name in called)
        self._ranks = (is_called, f"{begins} NOT {is_called}", f"({holds}) NOT {begins}")

    def count(self) -> dict[str, int]:
        """How many there are of each kind."""
        counts = self._ask(f"SELECT rowid & {names.KIND}, count(*) {_MATCHING} GROUP BY 1 ORDER BY 1", self._holds)
        return {KINDS[kind]: count for kind, count in counts}

    def numbers(self, kinds: Iterable[str]) -> Iterator[int]:
        """The numbers of those of these kinds, in order."""
        wanted = ", ".join(str(KINDS.index(kind)) for kind in kinds)
        of_rank = f"SELECT rowid {_MATCHING} AND rowid & {names.KIND} IN ({wanted}) ORDER BY rowid"
        for rank in self._ranks:
            yield from (number for (number,) in self._ask(of_rank, rank))

    def entry(self, number: int) -> Entry:
        """What stands behind a number."""
        ((iri, label, note),) = self._ask("SELECT iri, label, note FROM entry WHERE id = ?", number)
        return Entry(KINDS[number & names.KIND], iri, label, note)


def _allow_open(files: int) -> None:
    """Has the system let this process open so many files more than usual, as far as it may."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows, which needs no leave

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft != resource.RLIM_INFINITY and soft < files + _FILES:
            allowed = files + _FILES if hard == resource.RLIM_INFINITY else min(hard, files + _FILES)
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


def write_index(
    store: Queryable,
    folder: Path,
    contents: Mapping[str, str],
    tell: Tell | None = None,
    processes: int = 1,
    progress: Progress | None = None,
) -> None:
    """Writes what is missing of the index of a graph; the same graph gives the same files.

    `tell` says what reports say, the store itself if it is not given; it must be picklable where there is more than one
    process; `progress` hears of each segment. GraphError where a file cannot be written.
    """
    missing = [segment for segment in segments(folder, contents) if not segment.path.exists()]
    write = partial(write_segment, tell or told_by(store))
    progress = progress or Progress()
    progress.stage("index", len(missing))
    if processes > 1 and sum(len(segment.reports) for segment in missing) > _FEW:
        try:
            with Processes(processes, _LIMITS) as pool:
                for written in progress.over([pool.submit(call, _LIMITS, write, segment) for segment in missing]):
                    written.result()
        except Overrun as error:
            raise GraphError(f"{folder}: a part of the index {error}; run the build again to go on") from error
    else:
        for segment in progress.over(missing):
            write(segment)


def is_whole(folder: Path, contents: Mapping[str, str]) -> bool:
    """Whether the index of a graph is there with all its files."""
    return index_files(folder, contents) <= set(folder.glob("*"))


def index_files(folder: Path, contents: Mapping[str, str]) -> set[Path]:
    """The files of the index of a graph."""
    return {segment.path for segment in segments(folder, contents)}
