"""Collections of records → documents."""

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.documents import Document
from extract.finding import find_documents
from extract.reading import decode

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ROWS: list[dict[str, Any]] = [
    {
        "id": "330324-2023",
        "text": "全年办理行政执法案件12件。",
        "url": "https://www.yongjia.gov.cn/a.html",
        "title": "三江街道报告",
    },
    {"id": 7, "html": "<p>全年办理行政复议案件5件。</p>", "url": None},
]


def _lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _write_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    duckdb = pytest.importorskip("duckdb")
    columns = ("id", "text", "html", "url", "title")
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE rows (id VARCHAR, text VARCHAR, html VARCHAR, url VARCHAR, title VARCHAR, other INTEGER)"
        )
        for row in rows:
            connection.execute("INSERT INTO rows VALUES (?, ?, ?, ?, ?, 1)", [row.get(column) for column in columns])
        connection.execute(f"COPY rows TO '{path}' (FORMAT parquet)")


WRITERS: dict[str, Callable[[Path, list[dict[str, Any]]], object]] = {
    "a.jsonl": lambda path, rows: path.write_bytes(_lines(rows)),
    "a.NDJSON": lambda path, rows: path.write_bytes(b"\xef\xbb\xbf" + _lines(rows) + b"\n\n"),
    "a.jsonl.gz": lambda path, rows: path.write_bytes(gzip.compress(_lines(rows))),
    "a.jsonl.zst": lambda path, rows: path.write_bytes(zstd.compress(_lines(rows))),
    "a[1].parquet": _write_parquet,
}


@pytest.mark.parametrize("name", WRITERS)
def test_records_are_documents(tmp_path: Path, name: str) -> None:
    """A record is named by its id; its address and title are hints; its page is read as one."""
    WRITERS[name](tmp_path / name, ROWS)
    first, second = find_documents([tmp_path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.name, first.hints) == ("330324-2023", ("https://www.yongjia.gov.cn/a.html", "三江街道报告"))
    assert (second.name, second.hints) == ("7", ())
    assert [decode(first), decode(second)] == ["全年办理行政执法案件12件。", "全年办理行政复议案件5件。"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '{"id": "a", "body": "x"}',
            "record 1: no text (its fields: id, body); give the text in the field text, or the page in html",
        ),
        (
            '{"id": "a", "text": ""}',
            "record 1: no text (its fields: id, text); give the text in the field text, or the page in html",
        ),
        ("[1, 2]", 'line 1: no JSON object; give records like {"id": "…", "text": "…"}'),
        ("全年", "line 1: no JSON; give one JSON object a line"),
        ("[" * 100_000, "line 1: no JSON; give one JSON object a line"),
    ],
)
def test_a_bad_record_does_not_stop_the_others(tmp_path: Path, line: str, message: str) -> None:
    """One line says which record it is and what to do; the next is read."""
    path = tmp_path / "a.jsonl"
    path.write_text(f'{line}\n{{"text": "全年"}}\n', encoding="utf-8")
    error, document = find_documents([path])
    assert str(error) == f"{path}: {message}"
    assert isinstance(document, Document)
    assert document.name == f"{path}: record 2"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.jsonl", b"", "no record in this collection; leave it out"),
        (
            "a.jsonl.gz",
            b"no gzip",
            "the file cannot be unpacked from here (Not a gzipped file (b'no')); fetch it again",
        ),
        ("a.jsonl.zst", b"no zstandard", "fetch it again"),
        ("a.parquet", b"no parquet", "a Parquet file that cannot be read; write it anew"),
    ],
)
def test_a_broken_collection_says_so(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    """One line, whatever the library says."""
    (tmp_path / name).write_bytes(data)
    (error,) = find_documents([tmp_path / name])
    assert str(error).startswith(f"{tmp_path / name}: ")
    assert str(error).endswith(message)


def test_a_collection_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    """The records before the damage are documents, then one line says that more was there."""
    packed = gzip.compress(b'{"id": "a", "text": "\xe5\x85\xa8"}\n' + _lines(ROWS * 2000), compresslevel=0)
    (tmp_path / "a.jsonl.gz").write_bytes(packed[:100_000])
    *documents, error = find_documents([tmp_path])
    assert len(documents) > 100
    assert all(isinstance(document, Document) for document in documents)
    assert f"a.jsonl.gz: line {len(documents) + 1}: the file cannot be unpacked from here" in str(error)


def test_without_duckdb_parquet_is_refused_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is an extra; its absence is one line."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    (error,) = find_documents([tmp_path])
    assert str(error).endswith(
        "a.parquet: reading Parquet takes the package duckdb; install it (pip install duckdb), or give the records as .jsonl"
    )


def test_records_are_read_one_by_one(tmp_path: Path) -> None:
    """The first document comes before the rest is looked at: a broken end does not keep it back."""
    (tmp_path / "a.jsonl").write_bytes(_lines(ROWS[:1]) + b"{" * 1000)
    assert isinstance(next(iter(find_documents([tmp_path]))), Document)
