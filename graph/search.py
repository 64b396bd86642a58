"""Full text over what a graph says: a store → an SQLite file → the entries that hold some words.

Searched are names (jurisdictions, mechanisms, weaknesses, practices, indicators), titles of reports, and quotes. The
search is substring-true: every piece of a text finds it, from one character on, and nothing else does. That is why
the index (SQLite's FTS5) holds pairs of characters, 法律顾问 as 法律 律顾 顾问, and asks for words as a phrase of pairs: the
words of a segmenter such as jieba miss what lies across two of them, and FTS5's own trigrams need three characters
where half of all Chinese words have two. A single character is asked for as the beginning of a pair.

Texts and words are folded first, each character for itself, so that a piece of a text folds to a piece of the folded
text: full-width forms to plain ones (NFKC), traditional characters to simplified (OpenCC), capitals to small letters;
white space and invisible characters go. OpenCC gives a piece of a text other characters than the whole (乾县 becomes
干县, 显著 stays); here 乾 and 干 are one, in texts and words alike. Words are also looked for as OpenCC reads the whole of
them, since 瞭解 and 計畫 are 了解 and 计划 only together.

Rows are numbered in the order in which they are answered, because FTS5 gives rows by number for nothing.
"""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category, normalize

from opencc import OpenCC

from graph.errors import GraphError, cannot_write
from graph.store import Queryable

KINDS = ("place", "mechanism", "weakness", "practice", "indicator", "report", "quote")
COUNTED = 100_000  # quotes are counted up to here: beyond it, that takes longer than all else

# What has names of each kind, and what tells it from others of its name.
_NAMED = {
    "place": ("a zl:Jurisdiction", "?iri zl:fullName ?note"),
    "mechanism": ("skos:inScheme mechanism:", "?iri skos:broader/skos:prefLabel ?note"),
    "weakness": ("skos:inScheme weakness:", "?iri skos:broader/skos:prefLabel ?note"),
    "practice": ("a zl:Practice", "?iri skos:broader/skos:prefLabel ?note"),
    "indicator": ("a zl:Indicator", "?seen sosa:observedProperty ?iri ; zl:measures/skos:prefLabel ?note"),
}

_NAMES = """
SELECT DISTINCT ?iri ?label ?name ?note WHERE {
    ?iri %s .
    { ?iri skos:prefLabel ?label FILTER (lang(?label) = "zh") }
    UNION { ?iri skos:altLabel|zl:fullName ?name FILTER (lang(?name) = "zh") }
    UNION { ?iri skos:prefLabel ?name FILTER (lang(?name) = "en") }
    UNION { %s FILTER (lang(?note) = "zh") }
}"""

_REPORTS = """
SELECT DISTINCT ?iri ?title ?year ?code ?place WHERE {
    ?iri a zl:Report .
    OPTIONAL { ?iri dcterms:title ?title }
    OPTIONAL { ?iri zl:year ?year }
    OPTIONAL { ?iri zl:jurisdiction ?seat . ?seat skos:notation ?code ; zl:fullName ?place }
}"""

_QUOTES = """
SELECT DISTINCT ?report ?iri ?quote ?start ?end WHERE {
    VALUES ?report { %s }
    ?iri nif:referenceContext ?report ; a zl:Evidence ; nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end
}"""
_AT_ONCE = 50  # reports whose quotes are asked for in one query: an endpoint would not give all before its time is up

# `gram` has a row for each entry, with the same number. Names come first, their kind in the last three bits of the
# number; quotes begin at _FIRST_QUOTE. The IRI of a quote is kept as what follows that of its report (#char=3,8).
# The tokenizer `ascii` takes every character beyond ASCII as a part of a token and changes none. Without an index of
# their first characters (`prefix`) the pairs take half the room, and a single character ten times as long.
_FORMAT = 1
_SCHEMA = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA user_version = {_FORMAT};
CREATE TABLE report (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, title TEXT NOT NULL);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, iri TEXT NOT NULL, label TEXT NOT NULL, note TEXT, report INTEGER, start INTEGER, stop INTEGER
);
CREATE VIRTUAL TABLE gram USING fts5(text, content='', columnsize=0, prefix='1', tokenize='ascii');
INSERT INTO gram (gram, rank) VALUES ('automerge', 0), ('hashsize', {1 << 26});
"""
_FIRST_QUOTE = 1 << 32
_KIND = 7
_MATCHING = "FROM gram WHERE gram MATCH ?"

_ENTRY = """
SELECT entry.iri, label, coalesce(note, title), coalesce(report.iri, ''), start, stop
FROM entry LEFT JOIN report ON entry.report = report.id WHERE entry.id = ?"""


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
    """An index that `write_index` wrote, for reading, from several threads at once if need be.

    GraphError where there is none. An index that takes the place of this one is seen by a new `Index` only.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle = [_connect(path)]
        self._closed = False

    def find(self, words: str, kinds: Collection[str] = (), limit: int = 20, offset: int = 0) -> Found:
        """The entries that hold all of the words, which blanks set apart; of these kinds, or of all.

        Names come first: what is called so, then what begins so, then the shorter ones. Quotes follow, those of the
        newest report first, of one year by the code of the place. No words find nothing. `limit` and `offset` are not negative.
        """
        if not fold(words):
            return Found({}, [])
        with self._connection() as connection:
            search = _Search(connection, words)
            total, capped = search.count()
            asked = [kind for kind in KINDS if not kinds or kind in kinds]
            names = [kind for kind in asked if kind != "quote"]
            page = list(islice(search.names(names), offset, offset + limit))
            if "quote" in asked:
                before = sum(total.get(kind, 0) for kind in names)
                page += search.quotes(limit - len(page), max(0, offset - before))
            return Found(total, list(map(search.entry, page)), capped)

    def close(self) -> None:
        """Lets go of the file."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread uses meanwhile."""
        if self._closed:
            raise GraphError(f"{self._path}: this search index has been closed; open it again")
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = _connect(self._path)
        try:
            yield connection
        except sqlite3.Error as error:
            raise _unreadable(self._path, error) from error
        finally:
            self._idle.append(connection)
            if self._closed:
                self.close()


def write_index(store: Queryable, path: Path) -> None:
    """Writes the index of a graph in one step; the same graph gives the same index. GraphError where it cannot."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as connection:
            _fill(connection, store)
        part.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    except sqlite3.Error as error:
        raise GraphError(f"{path}: cannot be written: {error}; make room or choose another place") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def fold(text: str) -> str:
    """A text as it is compared: without white space and invisible characters, full width, capitals and tradition."""
    return text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """What each character folds to, found out once for each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if category(char) != "Cs":  # half a character, which no text holds and OpenCC refuses
            char = normalize("NFKC", _converter().convert(normalize("NFKC", char)).casefold())
        self[code] = "".join(each for each in char if not each.isspace() and category(each) not in ("Cc", "Cf", "Cs"))
        return self[code]


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


_FOLDED = _Folded()
# No folded text holds these, so they can stand for what the tokenizer would split at: full-width forms for ASCII, and
# for where a text begins and ends.
_EDGE = "\u3000"
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


class _Search:
    """One search for words in an index."""

    def __init__(self, connection: sqlite3.Connection, words: str) -> None:
        self._connection = connection
        names = _readings(words)
        is_called = _any_of(_EDGE + name + _EDGE for name in names)
        begins = _any_of(_EDGE + name for name in names)
        self._holds = " AND ".join(_any_of(_readings(word)) for word in dict.fromkeys(words.split()) if fold(word))
        self._name_ranks = (is_called, f"{begins} NOT {is_called}", f"({self._holds}) NOT {begins}")

    def count(self) -> tuple[dict[str, int], bool]:
        """How many entries of each kind there are, quotes up to COUNTED, and whether there are more of these."""
        names = f"SELECT rowid & {_KIND}, count(*) {_MATCHING} AND rowid < {_FIRST_QUOTE} GROUP BY 1 ORDER BY 1"
        total = {KINDS[kind]: count for kind, count in self._rows(names, self._holds)}
        quotes = f"SELECT count(*) FROM (SELECT 1 {_MATCHING} AND rowid >= {_FIRST_QUOTE} LIMIT {COUNTED + 1})"
        ((count,),) = self._rows(quotes, self._holds)
        if count:
            total["quote"] = min(count, COUNTED)
        return total, count > COUNTED

    def names(self, kinds: Iterable[str]) -> Iterator[int]:
        """The numbers of the names of these kinds, in order."""
        wanted = ", ".join(str(KINDS.index(kind)) for kind in kinds)
        of_rank = (
            f"SELECT rowid {_MATCHING} AND rowid < {_FIRST_QUOTE} AND rowid & {_KIND} IN ({wanted}) ORDER BY rowid"
        )
        for rank in self._name_ranks:
            yield from (number for (number,) in self._rows(of_rank, rank))

    def quotes(self, limit: int, offset: int) -> Iterator[int]:
        """The numbers of the quotes, in order."""
        page = f"SELECT rowid {_MATCHING} AND rowid >= {_FIRST_QUOTE} ORDER BY rowid LIMIT ? OFFSET ?"
        return (number for (number,) in self._rows(page, self._holds, limit, offset))

    def entry(self, number: int) -> Entry:
        """What stands behind a number."""
        ((iri, label, note, report, start, end),) = self._rows(_ENTRY, number)
        kind = "quote" if number >= _FIRST_QUOTE else KINDS[number & _KIND]
        return Entry(kind, report + iri if iri.startswith("#") else iri, label, note, report, start, end)

    def _rows(self, query: str, *values: str | int) -> Iterator[tuple[Any, ...]]:
        return self._connection.execute(query, values)


def _connect(path: Path) -> sqlite3.Connection:
    """A connection to an index; GraphError where the file is none, or one of another version of this module."""
    try:
        # Never changed once it has its name: nothing needs to be locked, nothing read twice.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        try:
            ((version,),) = connection.execute("PRAGMA user_version")
            if version != _FORMAT:
                raise sqlite3.DatabaseError(f"format {version} and not {_FORMAT}")
        except sqlite3.Error:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise _unreadable(path, error) from error
    return connection


def _unreadable(path: Path, error: sqlite3.Error) -> GraphError:
    return GraphError(f"{path}: no search index that can be read ({error}); write it again")


def _readings(words: str) -> list[str]:
    """Words folded character by character, and as OpenCC reads them together, where that is something else."""
    together = _converter().convert(words.encode("utf-8", "ignore").decode())
    return list(dict.fromkeys((fold(words), fold(together))))


def _any_of(texts: Iterable[str]) -> str:
    """What FTS5 is asked for where one of the texts is to be found."""
    return f"({' OR '.join(map(_phrase, texts))})"


def _phrase(text: str) -> str:
    """What FTS5 is asked for where a text is to be found."""
    return f'"{_pairs(text)}"' if len(text) > 1 else f'"{text.translate(_WIDE)}" *'


def _pairs(text: str) -> str:
    """A folded text as the tokens of the index."""
    wide = text.translate(_WIDE)
    return " ".join([first + second for first, second in pairwise(wide)])


def _fill(connection: sqlite3.Connection, store: Queryable) -> None:
    """Writes everything into an empty database."""
    connection.executescript(_SCHEMA)
    reports = _read_reports(store)
    _insert(connection, _names(store, reports))
    connection.executemany(
        "INSERT INTO report VALUES (?, ?, ?)",
        ((number, report.iri, report.title or report.where) for number, report in enumerate(reports)),
    )
    _insert(connection, _quotes(store, reports))
    connection.execute("INSERT INTO gram (gram) VALUES ('optimize')")
    connection.commit()


def _insert(connection: sqlite3.Connection, rows: Iterable["_Row"]) -> None:
    for row in rows:
        text = _EDGE.join(["", *map(fold, row.texts), ""])
        connection.execute("INSERT INTO gram (rowid, text) VALUES (?, ?)", (row.number, _pairs(text)))
        connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", row[:-1])


class _Row(NamedTuple):
    """A row of `entry`, and the texts by which it is found."""

    number: int
    iri: str
    label: str
    note: str | None
    report: int | None
    start: int
    end: int
    texts: Collection[str]


class _Report(NamedTuple):
    """A report; `where` are its place and year."""

    iri: str
    title: str
    where: str


def _read_reports(store: Queryable) -> list[_Report]:
    """The reports in the order in which their quotes are answered; those without year or place come last."""
    rows = {row["iri"]: row for row in sorted(store.select(_REPORTS), key=_content)}
    by_place = sorted(rows.values(), key=lambda row: (not row["code"], row["code"], row["iri"]))
    by_year = sorted(by_place, key=itemgetter("year"), reverse=True)
    return [_Report(row["iri"], row["title"], f"{row['place']} {row['year']}".strip()) for row in by_year]


def _names(store: Queryable, reports: list[_Report]) -> Iterator[_Row]:
    """Rows for all names and titles, shorter ones first."""
    found = [
        (KINDS.index(kind), iri, *about) for kind in _NAMED for iri, about in _read_names(store, *_NAMED[kind]).items()
    ]
    found += [(KINDS.index("report"), each.iri, each.title, each.where, {each.title}) for each in reports if each.title]
    found.sort(key=lambda name: (len(fold(name[2])), *name[:3]))
    for number, (kind, iri, label, note, texts) in enumerate(found):
        yield _Row(number * (_KIND + 1) + kind, iri, label, note, None, 0, 0, sorted(texts))


def _read_names(store: Queryable, what: str, note: str) -> dict[str, tuple[str, str, set[str]]]:
    """By IRI what a thing is called, what tells it from others of the name, and everything that it is called."""
    said: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: {"label": set(), "name": set(), "note": set()})
    for row in store.select(_NAMES % (what, note)):
        for role, texts in said[row["iri"]].items():
            texts.update(filter(None, [row[role]]))
    return {
        iri: (min(about["label"]), "、".join(sorted(about["note"])), about["label"] | about["name"])
        for iri, about in said.items()
        if about["label"]
    }


def _quotes(store: Queryable, reports: list[_Report]) -> Iterator[_Row]:
    """Rows for what is quoted from the reports, in their order; what one quotes several times, at its first place."""
    number = _FIRST_QUOTE
    for first in range(0, len(reports), _AT_ONCE):
        places = {report.iri: place for place, report in enumerate(reports[first : first + _AT_ONCE], first)}
        rows = store.select(_QUOTES % " ".join(f"<{iri}>" for iri in places))
        found = sorted(
            (places[row["report"]], int(row["start"]), int(row["end"]), row["iri"], row["quote"]) for row in rows
        )
        seen: set[tuple[int, str]] = set()
        for report, start, end, iri, quote in found:
            if (report, quote) not in seen:
                seen.add((report, quote))
                yield _Row(number, _relative(iri, reports[report].iri), quote, None, report, start, end, (quote,))
                number += 1


def _relative(iri: str, report: str) -> str:
    return iri.removeprefix(report) if iri.startswith(f"{report}#") else iri


def _content(row: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(row.items())
