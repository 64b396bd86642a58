"""Collections of texts → documents, one a record: JSON Lines, also packed as .gz or .zst, and Parquet.

A record has its text in `text`, or its page in `html`; `id` names it; `url` and `title` are hints to its place.
Records are read one by one, so a collection may be larger than memory.
"""

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from glob import escape
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, Any

from extract.documents import LARGEST, Document, is_bomb
from extract.errors import DamagedFile, EmptyFile, ForeignFormat, MissingPackage, OversizedFile, ReadingError

_LINES = (".jsonl", ".ndjson")
_COLUMNS = ("id", "text", "html", "url", "title")
_ROWS_AT_ONCE = 100
_FIELDS_SHOWN = 12
_MOST_UNREAD = 1000


def is_collection(name: str) -> bool:
    """Whether a file of this name is a collection of records."""
    return name.lower().endswith((*_packed(_LINES), ".parquet"))


def _packed(suffixes: Iterable[str]) -> tuple[str, ...]:
    return tuple(suffix + packing for suffix in suffixes for packing in ("", ".gz", ".zst"))


def records(name: str, source: Path | bytes) -> Iterator[Document | ReadingError]:
    """The documents of a collection, in its order, with a ReadingError for each record that cannot be read."""
    rows = _parquet_rows(name, source) if name.lower().endswith(".parquet") else _json_rows(name, source)
    number, read = 0, False
    for number, row in enumerate(rows, 1):
        item = row if isinstance(row, ReadingError) else _document(row, f"{name}: record {number}")
        read = read or isinstance(item, Document)
        yield item
        if number == _MOST_UNREAD and not read:
            what = f"none of its first {number:,} records has a text; the rest is left out"
            yield ForeignFormat(name, what, "give the text in the field text, or the page in html")
            return
    if not number:
        yield EmptyFile(name, "no record in this collection", "leave it out")


def _document(row: dict[str, Any], place: str) -> Document | ReadingError:
    content = next((row[field] for field in ("text", "html") if isinstance(row.get(field), str) and row[field]), None)
    if content is None:
        fields = ", ".join([*islice(row, _FIELDS_SHOWN), *["…"] * (len(row) > _FIELDS_SHOWN)]) or "none"
        return EmptyFile(
            place, f"no text (its fields: {fields})", "give the text in the field text, or the page in html"
        )
    hints = tuple(row[field] for field in ("url", "title") if isinstance(row.get(field), str) and row[field])
    name = row.get("id")
    return Document(place if name in (None, "") else str(name), content.encode("utf-8", "replace"), hints)


def _json_rows(name: str, source: Path | bytes) -> Iterator[dict[str, Any] | ReadingError]:
    with _packed_file(source) as packed, closing(_unpacked(name, packed)) as stream:
        number = unpacked = 0
        while True:
            number += 1
            place = f"{name}: line {number}"
            try:
                line = stream.readline(LARGEST)
            except (OSError, EOFError, zlib.error, _zstd_error()) as error:
                yield DamagedFile(place, f"the file cannot be unpacked from here ({error})", "fetch it again")
                return
            if not line:
                return
            unpacked += len(line)
            if stream is not packed and is_bomb(unpacked, packed.tell()):
                what = f"here the file has unpacked to {unpacked >> 20} MiB, more than texts do; the rest is left out"
                yield OversizedFile(place, what, "unpack it if it is none")
                return
            if len(line) == LARGEST:
                yield OversizedFile(place, "a line longer than 100 MiB; the rest is left out", "give a record a line")
                return
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield _json_row(line, place)


def _json_row(line: bytes, place: str) -> dict[str, Any] | ReadingError:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return DamagedFile(place, "no JSON", "give one JSON object a line")
    if not isinstance(row, dict):
        return DamagedFile(place, "no JSON object", 'give records like {"id": "…", "text": "…"}')
    return row


def _packed_file(source: Path | bytes) -> IO[bytes]:
    return BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _unpacked(name: str, file: IO[bytes]) -> IO[bytes] | gzip.GzipFile:
    if name.lower().endswith(".gz"):
        return gzip.open(file)
    if name.lower().endswith(".zst"):
        return _zstd().open(file)  # type: ignore[no-any-return]
    return file


def _zstd() -> Any:
    """Python's own reader of .zst, or the same for a Python before 3.14."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def _zstd_error() -> type[Exception]:
    error: type[Exception] = _zstd().ZstdError
    return error


def _parquet_rows(name: str, source: Path | bytes) -> Iterator[dict[str, Any] | ReadingError]:
    if isinstance(source, bytes):
        yield ForeignFormat(name, "a Parquet file in an archive", "unpack it and give the folder")
        return
    try:
        import duckdb
    except ModuleNotFoundError:
        advice = "install it (pip install duckdb), or give the records as .jsonl"
        yield MissingPackage(name, "reading Parquet takes the package duckdb", advice)
        return
    try:
        with closing(duckdb.connect(config={"autoinstall_known_extensions": "false"})) as connection:
            # The path is a pattern to duckdb; escaped, it is itself.
            table = [escape(str(source))]
            described = connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", table).description or []
            wanted = [column[0] for column in described if column[0] in _COLUMNS]
            rows = connection.execute(f"SELECT {', '.join(wanted) or 'NULL'} FROM read_parquet(?)", table)
            while some := rows.fetchmany(_ROWS_AT_ONCE):
                yield from (dict(zip(wanted, row, strict=False)) for row in some)
    except duckdb.Error:
        yield DamagedFile(name, "a Parquet file that cannot be read", "write it anew")
