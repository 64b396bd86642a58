"""Files that were made to do harm, or came to it: each gets its verdict alone, within the limits of a document."""

import gzip
import json
import os
import socket
import stat
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from extract.documents import Document
from extract.errors import ReadingError
from extract.finding import find_documents
from extract.reading import decode
from extract.report import read_report
from extract.triples import to_quads
from graph.cli import main
from graph.store import open_store
from graph.workers import Limits, call, stop_workers
from tools.laws import verdicts
from tools.mutants import pdf_file, word_file, zip_file

SEED = Path(__file__).parent.parent / "seeds" / "000_42f8056f5c2f4482.txt"
REPORT = "2023年法治政府建设报告\n现将有关情况报告如下：\n一、成效\n全年办理行政复议案件12件，打造“解纷小院”。\n二、不足\n执法力量不足。\n"
PLAIN = REPORT.encode()
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = "<w:body>{}<w:p><w:r><w:t>全年办理行政复议案件12件。</w:t></w:r></w:p></w:body>"
DOCX = word_file(BODY.format(""))
PDF = pdf_file([REPORT.split("\n")])
ARCHIVE = zip_file({"a.txt": PLAIN, "b.txt": PLAIN})
LINES = "".join(f"{json.dumps({'id': str(number), 'text': REPORT})}\n" for number in range(2)).encode()


def _page(inside: str) -> bytes:
    return (
        f"<html><head><meta charset=utf-8></head><body>{inside}<p>全年办理行政复议案件12件。</p></body></html>".encode()
    )


def _laughs(times: int) -> str:
    """Entities each of which is ten of the one before it."""
    names = "abcdefghij"[: times + 1]
    more = "".join(f"<!ENTITY {name} '{f'&{below};' * 10}'>" for below, name in zip(names, names[1:], strict=False))
    return f"<!DOCTYPE w [<!ENTITY a '哈哈'>{more}]>"


def _link(target: str, kind: int) -> bytes:
    """An archive with a member that is no file."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = (kind | 0o777) << 16
        archive.writestr(info, target)
        archive.writestr("b.txt", PLAIN)
    return packed.getvalue()


def _crowd(members: int) -> bytes:
    """An archive that lists so many members and holds none of them."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, *[0] * 7, 8, *[0] * 6)
    directory = b"".join(entry + b"%08d" % number for number in range(members))
    return b"PK\3\4" + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, len(directory), 4, 0)


def _shared(times: int) -> bytes:
    """An archive whose members are all the same bytes (Fifield, A better zip bomb, 2019, in its simplest form)."""
    plain = zip_file({"a.txt": b"0" * (9 * 2**20)})
    begin = plain.index(b"PK\1\2")
    entry, end = plain[begin : plain.index(b"PK\5\6")], plain[plain.index(b"PK\5\6") :]
    entries = entry * times
    return plain[:begin] + entries + end[:8] + struct.pack("<2H2L", times, times, len(entries), begin) + b"\0\0"


def _nameless() -> bytes:
    data = zip_file({"a": PLAIN})
    return data.replace(b"\x01\x00\x00\x00a", b"\x00\x00\x00\x00a").replace(
        struct.pack("<H", 1) + b"\0" * 16 + b"a", struct.pack("<H", 0) + b"\0" * 16
    )


# What is special: a file's name, its bytes, and the verdicts on what it gives.
CORPUS: list[tuple[str, str, bytes | Callable[[], bytes], list[str]]] = [
    ("nothing", "a.txt", b"", ["EmptyFile"]),
    ("blanks of every width", "a.txt", "\u3000 \u2003\n\t".encode(), ["EmptyFile"]),
    ("a byte order mark alone", "a.txt", b"\xef\xbb\xbf", ["EmptyFile"]),
    ("zeros", "a.txt", bytes(10_000), ["NotText"]),
    ("random bytes", "a.txt", Random(0).randbytes(10_000), ["NotText"]),
    ("random lines", "a.txt", b"\n".join(Random(n).randbytes(40) for n in range(500)), ["NotText"]),
    ("a mark in the middle", "a.txt", PLAIN[:60] + b"\xef\xbb\xbf" + PLAIN[60:], ["report"]),
    ("the mark of one encoding, the bytes of another", "a.txt", b"\xff\xfe" + PLAIN, ["report"]),
    ("UTF-16 with an odd byte", "a.txt", b"\xff\xfe" + (REPORT * 20).encode("utf-16-le")[:-1], ["report"]),
    ("UTF-32", "a.txt", REPORT.encode("utf-32"), ["report"]),
    ("surrogates in UTF-8", "a.txt", PLAIN + b"\xed\xa0\x80\xed\xbf\xbf", ["report"]),
    ("surrogates in UTF-16", "a.txt", b"\xff\xfe" + (REPORT * 20).encode("utf-16-le") + b"\x00\xd8", ["report"]),
    ("too long forms of UTF-8", "a.txt", PLAIN * 20 + b"\xc0\x80\xf8\x88\x80\x80\x80", ["report"]),
    ("cut in a character", "a.txt", (REPORT * 20).encode("gb18030")[:-2], ["report"]),
    ("marks of direction", "a.txt", f"\u202e{REPORT}\u2066法\u2069治\u061c".encode(), ["report"]),
    ("marks without width", "a.txt", "\u200b".join(REPORT).encode(), ["report"]),
    ("controls and what is no character", "a.txt", f"\x00\x1b[31m\x9b{REPORT}\uffff\U000e0041".encode(), ["report"]),
    ("line ends by numbers", "a.txt", f"{REPORT}甲&#13;乙&#133;丙&#8232;丁&#27;".encode(), ["report"]),
    ("line ends of other worlds", "a.txt", REPORT.replace("\n", "\u2028\x85\u2029\r").encode(), ["report"]),
    ("a numeral of 100,000 digits", "a.txt", REPORT.replace("12", "1" * 100_000).encode(), ["report"]),
    ("a numeral of 50,000 characters", "a.txt", REPORT.replace("12", "九亿万" * 17_000).encode(), ["report"]),
    ("a range that ends in no number", "a.txt", REPORT.replace("12", "5至1.2.3").encode(), ["report"]),
    ("a table's cell of 5,000 digits", "a.txt", f"{REPORT}甲 乙 丙\n丁 1 {'9' * 5000}\n结束。\n".encode(), ["report"]),
    ("headings in headings", "a.txt", (REPORT + "（一）存在的主要问题\n" * 1000 + "结束。\n").encode(), ["report"]),
    (
        "lists in lists",
        "a.txt",
        (REPORT + "三、下一步打算\n" + "1.加强执法甲\n2.加强执法乙\n" * 2000).encode(),
        ["report"],
    ),
    ("more than a million signs", "a.txt", lambda: b"1234567890 " * 100_000, ["OversizedFile"]),
    ("a page in .docx", "a.docx", _page(""), ["report"]),
    ("a Word file in .txt", "a.txt", DOCX, ["report"]),
    ("a PDF in .html", "a.html", PDF, ["report"]),
    ("an archive in .docx", "a.docx", ARCHIVE, ["report", "report"]),
    ("a text in .zip", "a.zip", PLAIN, ["report"]),
    ("a text in .jsonl", "a.jsonl", b"1\nx\n", ["DamagedFile", "DamagedFile"]),
    ("a text in .parquet", "a.parquet", PLAIN, ["DamagedFile"]),
    ("a text in .jsonl.gz", "a.jsonl.gz", PLAIN, ["DamagedFile"]),
    ("a text in .jsonl.zst", "a.jsonl.zst", PLAIN, ["DamagedFile"]),
    ("a program", "a.txt", b"\x7fELF\2\1\1" + bytes(100), ["ForeignFormat"]),
    ("10,000 nested tags", "a.html", _page("<div>" * 10_000), ["report"]),
    ("a million nested tags", "a.html", lambda: _page("<b>" * 1_000_000), ["report"]),
    ("20,000 open scripts", "a.html", lambda: _page("<script " * 20_000), ["EmptyFile"]),
    ("20,000 open comments", "a.html", lambda: _page("<!--" * 20_000), ["report"]),
    ("empty cells", "a.html", _page(f"<table><tr><td>1<td>2{'<td> ' * 30_000}</table>"), ["report"]),
    ("a tag of 5,000 attributes", "a.html", _page(f"<p {' '.join(f'a{n}=1' for n in range(5_000))}>"), ["report"]),
    ("characters by numbers", "a.html", _page("&#0;&#xD800;&#x110000;&#xFFFF;&#27;"), ["report"]),
    ("nothing to see", "a.html", b"<html><script>1</script></html>", ["EmptyFile"]),
    ("entities without end", "a.docx", word_file(BODY.format("&j;"), "", _laughs(9)), ["DamagedFile"]),
    (
        "entities without end in an attribute",
        "a.docx",
        word_file(BODY.format("<w:p><w:pPr><w:pStyle w:val='&j;'/></w:pPr></w:p>"), "", _laughs(9)),
        ["DamagedFile"],
    ),
    ("10,000 nested elements", "a.docx", lambda: word_file(BODY.format("<w:x>" * 10_000)), ["DamagedFile"]),
    (
        "200 nested tables",
        "a.docx",
        word_file(BODY.format("<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60)),
        ["report"],
    ),
    ("a part of 11 MiB of blanks", "a.docx", lambda: word_file(BODY.format(" " * 11 * 2**20)), ["OversizedFile"]),
    ("a part that is no XML", "a.docx", word_file("<"), ["DamagedFile"]),
    ("a crowd of parts", "a.docx", lambda: _crowd(400_000), ["DamagedFile"]),
    ("paths that lead out", "a.zip", zip_file({"../../a": PLAIN, "/etc/b": PLAIN, "C:\\c": PLAIN}), ["report"] * 3),
    ("odd names", "a.zip", zip_file({"a\nb": PLAIN, "\u202etxt": PLAIN, "a" * 5000: PLAIN}), ["report"] * 3),
    ("a member without a name", "a.zip", _nameless(), ["DamagedFile"]),
    ("a link in an archive", "a.zip", _link("/etc/passwd", stat.S_IFLNK), ["DamagedFile", "report"]),
    ("a device in an archive", "a.zip", _link("", stat.S_IFCHR), ["DamagedFile", "report"]),
    ("a million members", "a.zip", lambda: _crowd(1_000_000), ["OversizedFile"]),
    ("members that share their bytes", "a.zip", lambda: _shared(30), ["OversizedFile"] + ["DamagedFile"] * 29),
    (
        "archives in archives",
        "a.zip",
        zip_file({"a.zip": zip_file({"b.zip": zip_file({"c.zip": ARCHIVE})})}),
        ["OversizedFile"],
    ),
    ("surrogates in JSON", "a.jsonl", rb'{"id": "\ud800", "text": "\udfff", "title": "\ud83d"}', ["report"]),
    ("deep JSON", "a.jsonl", b"[" * 100_000 + b"\n" + LINES, ["DamagedFile", "report", "report"]),
    ("a number of 5,000 digits in JSON", "a.jsonl", b'{"id": %b}' % (b"1" * 5000), ["DamagedFile"]),
    ("records of nothing", "a.jsonl", b"{}\n" * 5000, ["EmptyFile"] * 1000 + ["ForeignFormat"]),
    ("10 GiB of zeros", "a.jsonl.gz", lambda: gzip.compress(bytes(2**20)) * 10_240, ["OversizedFile"]),
    ("a cut collection", "a.jsonl.gz", gzip.compress(LINES)[:-12], ["report", "DamagedFile"]),
]


@pytest.mark.parametrize(("name", "data", "expected"), [each[1:] for each in CORPUS], ids=[each[0] for each in CORPUS])
def test_a_nasty_file_has_its_verdicts(
    name: str, data: bytes | Callable[[], bytes], expected: list[str], tmp_path: Path
) -> None:
    """Every document is a report that keeps the laws of `tools.laws`, or one line of ours; no file is touched."""
    data = data if isinstance(data, bytes) else data()
    (tmp_path / name).write_bytes(data)
    assert list(verdicts(tmp_path / name)) == expected
    assert list(tmp_path.iterdir()) == [tmp_path / name] and (tmp_path / name).read_bytes() == data


FORMATS = {"txt": PLAIN, "html": _page(""), "docx": DOCX, "pdf": PDF, "zip": ARCHIVE, "jsonl": LINES}
FORMATS["jsonl.gz"] = gzip.compress(LINES, mtime=0)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_may_be_cut_anywhere(kind: str, tmp_path: Path) -> None:
    """Wherever a file of a format ends, there is a verdict, and it is the same again."""
    data, file = FORMATS[kind], tmp_path / f"a.{kind}"
    for end in sorted({*range(0, len(data), max(1, len(data) // 25)), *range(max(0, len(data) - 5), len(data))}):
        file.write_bytes(data[:end])
        assert list(verdicts(file))


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are kept by Linux")
def test_a_member_that_asks_for_memory_has_none(tmp_path: Path) -> None:
    """One whose few bytes say that unpacking them takes 4 GiB is refused, and costs no worker."""
    data = bytearray(zip_file({"a.txt": PLAIN}, zipfile.ZIP_LZMA))
    properties = data.index(b"\x09\x04\x05\x00") + 4
    data[properties + 1 : properties + 5] = b"\xff" * 4
    (tmp_path / "a.zip").write_bytes(data)
    assert call(Limits(memory=1024), _verdicts, tmp_path / "a.zip") == ["DamagedFile"]


def _verdicts(file: Path) -> list[str]:
    return list(verdicts(file))


@pytest.mark.skipif(sys.platform == "win32", reason="names are bytes elsewhere")
def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    """What in a name is no text, or would break the line, is replaced; the report says so in valid N-Quads."""
    (tmp_path / os.fsdecode(b"\xff\n\x1b.txt")).write_bytes(PLAIN)
    (document,) = find_documents([tmp_path])
    assert isinstance(document, Document) and document.name.endswith("/\ufffd\ufffd\ufffd.txt")
    assert document.source == f"{tmp_path.name}/\ufffd\ufffd\ufffd.txt"
    assert document.source.encode() in to_quads(read_report(document, force=True))


def test_a_pipe_among_the_files_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody waits for what comes through it; it is told, be it named itself or found in a folder."""
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(PLAIN)
    pipe, document = find_documents([tmp_path])
    assert isinstance(pipe, ReadingError) and document.name == str(tmp_path / "b.txt")
    assert str(next(find_documents([tmp_path / "a.txt"]))) == str(pipe)


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>{}</script>",
        "<style>p:before{{content:'{}'}}</style>",
        "<!-- {} -->",
        "<!--[if IE]><p>{}</p><![endif]-->",
        "<iframe srcdoc='{}'>{}</iframe>",
        "<form><input value='{}'><textarea>{}</textarea><button>{}</button></form>",
        "<template>{}</template>",
        "<p title='{}' onclick='{}'></p>",
        "<meta name=description content='{}'>",
        "<p style='display: none'>{}</p>",
        "<object>{}</object><noscript>{}</noscript>",
    ],
)
def test_what_a_page_hides_is_not_read(hidden: str) -> None:
    """A report's text is what its reader sees."""
    assert decode(Document("a.html", _page(hidden.replace("{}", "密")))) == "全年办理行政复议案件12件。"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Waits for whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def test_no_document_asks_the_network(listener: socket.socket, tmp_path: Path) -> None:
    """Neither what a page names nor a document type, an entity, a relation or an action of a PDF is fetched or read."""
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    (tmp_path / "x").write_text("密")
    named = f"<!DOCTYPE w SYSTEM '{address}' [<!ENTITY e SYSTEM '{address}'><!ENTITY f SYSTEM 'file://{tmp_path}/x'><!ENTITY % g SYSTEM '{address}'> %g;]>"
    text = "<w:p><w:r><w:t>乙&e;&f;</w:t></w:r></w:p>"
    included = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{address}'/>"
    word = word_file(BODY.format(text + included), "", f"<?xml-stylesheet href='{address}'?>{named}")
    tags = f"<base href='{address}'><meta http-equiv=refresh content='0;url={address}'><link rel=stylesheet href='{address}'><img src='{address}'><iframe src='{address}'></iframe>"
    page = named.encode() + _page(f"{tags}<script src='{address}'></script>&e;&f;")
    opened = f"/OpenAction << /S /URI /URI ({address}) >>".encode()
    pdf = PDF.replace(b"/Type /Catalog", b"/Type /Catalog " + opened)
    for name, data in {"a.docx": word, "b.html": page, "c.pdf": pdf}.items():
        assert "密" not in decode(Document(name, data))
    with pytest.raises(BlockingIOError):
        listener.accept()


def _quads(text: str) -> int:
    return len(to_quads(read_report(Document("a.txt", text.encode()), force=True)))


# Each took minutes, which grew with the square of its length, before a rule was mended; now it takes a second or two.
UNITS = {"\n": 40_000, "合法性审查": 8_000, "上一篇": 9_000, "1": 60_000}
# More of the kind, which together take some minutes: ZHILI_ALL_UNITS=1.
ALL_UNITS = """
（ ） 一 年 、 “ ” ， 。 ； ： 是 的 件 万 ? | 和 及 - + 《 》 【 】 是… １ “甲 1, 百分之 5至 （一） 1. ① 問題 &a < 3个 增长5% 零败诉 （一）\\n ——\\n 1.\\n
"""
if os.environ.get("ZHILI_ALL_UNITS"):
    UNITS |= {unit.replace("\\n", "\n"): 40_000 // len(unit) for unit in ALL_UNITS.split()}


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length(unit: str) -> None:
    """A report whose parts are nothing but one sign, a hundred thousand times, is read within a document's time."""
    parts = ("一、成效\n2023年，", "二、存在的不足\n", "三、下一步打算\n")
    assert call(Limits(), _quads, "".join(f"{part}{unit * UNITS[unit]}。\n" for part in parts))


@pytest.fixture(autouse=True, scope="module")
def no_workers() -> Iterator[None]:
    """None is left to the next module."""
    yield
    stop_workers()


HUGE: dict[str, Callable[[], bytes]] = {
    "line.txt": lambda: b"\xe6\xb3\x95" * (99 * 2**20 // 3),
    "numbers.txt": lambda: "、".join(map(str, range(1_000_000))).encode(),
    "headings.txt": lambda: PLAIN + "一、成效甲乙\n".encode() * 1_000_000,
    "noise.txt": lambda: Random(0).randbytes(30 * 2**20),
    "zeros.docx": lambda: word_file(BODY.format(" " * 11 * 2**20)),
    "members.zip": lambda: _crowd(1_000_000),
}


def test_the_others_are_read(tmp_path: Path) -> None:
    """A build goes on past everything huge, each told in a line, and its graph holds the report among them."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name, make in HUGE.items():
        (folder / name).write_bytes(make())
    (folder / "seed.txt").write_bytes(SEED.read_bytes())
    result = CliRunner().invoke(main, ["build", str(folder), "-o", str(tmp_path / "graph")])
    assert result.exit_code == 2
    told = [line for line in result.stderr.splitlines() if line.startswith("zhili: ")]
    assert sorted(line.split(":")[1].rpartition("/")[2] for line in told) == sorted(HUGE)
    assert not [line for line in told if "fault" in line or "worker" in line]
    assert "1 report, " in result.stderr
    assert len(list(open_store(next((tmp_path / "graph").glob("store-*"))).graphs())) == 2
