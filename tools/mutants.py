"""Files that no office would send: real reports in every format, cut, spliced, flipped and stuffed, from a Random.

The same Random gives the same file. Texts are spoiled before they are packed and files behind that, so that what is
spoiled lies at every depth: in the words, in the markup, in the container, in its bytes.
"""

import gzip
import json
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from extract.formats.encodings import decode_bytes

_HOME = Path(__file__).parent.parent
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What stands in the way of a text: marks of direction and width, controls, what is no character, what is two.
SIGNS = "\u200b\u200e\u202e\u2066\u2069\ufeff\u00ad\u0000\u0001\u0085\u2028\u2029\ufffe\uffff\ufffd\U000e0041e\u0301𠀀\ud800\udfff\x1b\x7f\r\t\x0b\v"
# What rules look for, in any order.
_SAID = """
一、 （一） 1. （1） ① 一是 首先 第一， —— 是 的 、 ， 。 ； ： “ ” 《 》 （ ） 【 】 ? ?。 | 件 个 3个100% 100% 百分之 9 1,234 5至10 5至1.2.3 2 万 亿 余
同比增长 较上年 其中 分别为 率 打造“ 模式 不足 问题 存在的主要问题 原因是 究其原因 由于 下一步 将 明年 法治政府 年度报告 2023年 二〇二三年 12月31日
某县 永嘉县 三江街道 人民政府 司法局 合法性审查 行政复议 行政执法 零败诉 翻番 序号 单位：件 上一篇 扫一扫 首页> &nbsp; &#0; &#x1F600; &lt;
區(qū) ?，F ?。ㄋ 99999999999999999999999999999 ٣٤ ³² Ⅷ ㈠
"""
_MARKUP = """
<div> </div> <p> </p> <b> </b> <table> <tr> <td> </td> </tr> </table> <script> </script> <script/ <style> </style> <!-- --> <!--[if/IE]> <![endif]-->
<iframe/src=x> <form/action=x> <input/value=x> <select><option> <base/href=http://127.0.0.1:9/> <meta/http-equiv=refresh/content=0> <meta/charset=gbk>
<meta/name=ArticleTitle/content=法治> <title> </title> <pre> </pre> <svg> <template> <ruby> <rt> <br/> <a/href=x> </a> <body> </body> <html> </html>
<![CDATA[ ]]> <?xml/version='1.0'/encoding='big5'?> <!DOCTYPE <!ENTITY/e/SYSTEM/'file:///etc/hosts'> &e; <div/class=content/id=zoom> <div/hidden>
<div/style=display:none> < > " '
"""
_PARTS = """
<w:p> </w:p> <w:r> </w:r> <w:t> </w:t> <w:tbl> </w:tbl> <w:tr> </w:tr> <w:tc> </w:tc> <w:sdt> </w:sdt> <w:txbxContent> </w:txbxContent> <w:br/> <w:tab/>
<w:del> </w:del> <w:ins> </w:ins> <w:pPr><w:numPr><w:numId><w:ilvl/></w:numId></w:numPr></w:pPr> <!-- --> <![CDATA[ ]]> &e; &#0; <?x?> <w:body> </w:body>
"""
WORDS, TAGS, PARTS = ["\n", "\u3000", *_SAID.split()], _MARKUP.split(), _PARTS.split()
_MAGIC = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"%PDF-", b"\xff", b"\xed\xa0\x80", b"\x81", b"\n", b"<html>", b"\xff\xff\xff\xff")  # fmt: skip
_NAMES = ("../../x.txt", "/etc/passwd", "C:\\x.txt", "..", "", "a\nb.txt", "\u202etxt.exe", "con", "a/" * 60 + "b", "甲.docx", "a.jsonl", "b.zip")  # fmt: skip
_SUFFIXES = ("txt", "html", "docx", "pdf", "zip", "jsonl", "jsonl.gz", "jsonl.zst", "parquet", "doc", "wps", "")

Piece = tuple[str, bytes]  # a suffix, and what a file with it holds


def mutant(random: Random) -> tuple[str, bytes]:
    """A file's name and bytes."""
    suffix, data = random.choice(_DRAWN)(random)
    if random.random() < 0.5:
        data = spoil_bytes(data, random)
    if random.random() < 0.05:
        suffix = random.choice(_SUFFIXES)
    return f"mutant.{suffix}".rstrip("."), data


def text(random: Random) -> str:
    """A stretch of one or two reports, spoiled or not."""
    found = "\n".join(_stretch(random) for _ in range(random.choice((1, 1, 2))))
    return spoil_text(found, random, WORDS) if random.random() < 0.8 else found


def spoil_text(whole: str, random: Random, words: Sequence[str] = SIGNS) -> str:
    """The text with a few of its stretches lost, come twice, moved or full of what does not belong there."""
    for _ in range(random.choice((1, 2, 4, 8))):
        at, length = random.randint(0, len(whole)), random.choice((1, 2, 5, 20, 100))
        cut, rest = whole[at : at + length], whole[at + length :]
        stuffed = "".join(random.choice(words) for _ in range(random.choice((1, 3, 30))))
        change = random.randrange(7)
        put = ("", cut + cut, cut[::-1], cut + stuffed, random.choice(SIGNS), stuffed[:1] * 50 + cut, cut)[change]
        whole = whole[:at] + put + rest if change < 6 else rest + cut + whole[:at]
    return whole


def spoil_bytes(data: bytes, random: Random) -> bytes:
    """The bytes cut, flipped, spliced, or with the beginnings of other formats among them."""
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        at, length = random.randint(0, len(data)), random.choice((1, 2, 4, 16, 256))
        cut, rest = data[at : at + length], data[at + length :]
        change = random.randrange(8)
        if change == 0:
            data = data[:at]
        elif change == 1:
            data = data[at:]
        else:
            noise = random.randbytes(min(length, 16))
            flipped = bytes([cut[0] ^ 1 << random.randrange(8)]) + cut[1:] if cut else b""
            data = (
                data[:at] + (b"", cut + cut, noise, flipped, random.choice(_MAGIC) + cut, cut[::-1])[change - 2] + rest
            )
    return data


@cache
def _reports() -> tuple[str, ...]:
    files = [*(_HOME / "seeds").glob("*.txt"), *(_HOME / "tests" / "reports").iterdir()]
    return tuple(decode_bytes(file.read_bytes()) or "" for file in sorted(files))


def _stretch(random: Random) -> str:
    """Part of a report; its end tells of shortcomings and plans."""
    whole = random.choice(_reports())
    length = random.choice((0, 40, 40, 150, 150, 300, 300, 1200))
    start = random.choice((0, max(0, len(whole) - length), random.randint(0, len(whole))))
    return whole[start : start + length]


def _plain(random: Random) -> Piece:
    encoding = random.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "utf-32"))  # fmt: skip
    return "txt", text(random).encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def _noise(random: Random) -> Piece:
    return "txt", random.choice(_MAGIC) + random.randbytes(random.choice((0, 1, 40, 400)))


def _page(random: Random) -> Piece:
    lines = "".join(f"<p>{line}</p>\n" for line in escape(text(random)).split("\n"))
    source = f"<html><head><title>页</title></head><body><div class=content>{lines}</div></body></html>"
    if random.random() < 0.8:
        source = spoil_text(source, random, TAGS)
    return "html", source.encode(random.choice(("utf-8", "gb18030")), "replace")


def _document(random: Random) -> Piece:
    words = escape(text(random))
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in words.split("\n"))
    if random.random() < 0.7:
        body = spoil_text(body, random, PARTS)
    level = "<w:lvl w:ilvl='0'><w:start w:val='{}'/><w:numFmt w:val='{}'/><w:lvlText w:val='{}'/></w:lvl>".format(
        random.choice(("1", "0", "-1", "9" * 5000, "x")),
        random.choice(("decimal", "upperRoman", "chineseCounting", "lowerLetter", "bullet", "ideographTraditional")),
        random.choice(("%1、", "（%1）", "%1" * 100, "%9", "")),
    )
    numbering = f"<w:abstractNum w:abstractNumId='1'>{level}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    return "docx", word_file(f"<w:body>{body}</w:body>", numbering, random.choice(("", "", "<!DOCTYPE w>")))


def word_file(document: str, numbering: str = "", prolog: str = "") -> bytes:
    """A .docx with this in its main part, and this numbering; `prolog` stands before its root."""
    roots = {"document": document, "numbering": numbering}
    parts = {
        f"word/{name}.xml": f"{prolog}<w:{name} xmlns:w='{_WORD}'>{inner}</w:{name}>" for name, inner in roots.items()
    }
    return zip_file(
        {
            "[Content_Types].xml": b"<Types/>",
            **{name: part.encode("utf-8", "surrogatepass") for name, part in parts.items()},
        }
    )


def zip_file(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, method)
    return packed.getvalue()


def _printed(random: Random) -> Piece:
    return "pdf", pdf_file([text(random)[:400].replace("\n", "。\n").split("\n") for _ in range(random.choice((1, 2)))])


def pdf_file(pages: list[list[str]]) -> bytes:
    """A PDF with these lines on its pages, in a font that every reader brings along."""
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    cid = "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>", font, cid]
    for number, lines in enumerate(pages):
        shown = [line.encode("utf-16-be", "replace").hex() for line in lines]
        drawn = "".join(f"BT /F 12 Tf 60 {780 - 20 * row} Td <{each}> Tj ET\n" for row, each in enumerate(shown))
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents {6 + 2 * number} 0 R >>")  # fmt: skip
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream")
    written = [f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, 1)]
    *places, end = accumulate(map(len, written), initial=len("%PDF-1.4\n"))
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>"
    )
    return f"%PDF-1.4\n{''.join(written)}{trailer}\nstartxref\n{end}\n%%EOF\n".encode("latin-1")


def _archive(random: Random) -> Piece:
    members = {}
    for number in range(random.choice((0, 1, 2, 3))):
        suffix, data = random.choice(_DRAWN)(random)
        name = random.choice(_NAMES) if random.random() < 0.5 else f"{number}.{suffix}"
        members[name.replace("\0", "")] = data
    return "zip", zip_file(members, random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA)))


def _collection(random: Random) -> Piece:
    rows = []
    for number in range(random.choice((1, 2, 3))):
        name: object = random.choice((number, f"甲{random.choice(SIGNS)}", "", None, [1]))
        title: object = random.choice((text(random)[:60], 1, None, [[]]))
        row = {"id": name, "text": text(random), "title": title}
        rows.append(json.dumps(row, ensure_ascii=random.random() < 0.5))
    data = "\n".join(rows).encode("utf-8", "surrogatepass")
    if random.random() < 0.3:
        data = spoil_bytes(data, random)
    return ("jsonl.gz", gzip.compress(data, mtime=0)) if random.random() < 0.3 else ("jsonl", data)


def _table(random: Random) -> Piece:
    return "parquet", _parquet()


@cache
def _parquet() -> bytes:
    import duckdb

    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        file = Path(folder) / "a.parquet"
        connection.execute("CREATE TABLE t (id VARCHAR, text VARCHAR, url VARCHAR)")
        connection.executemany(
            "INSERT INTO t VALUES (?, ?, ?)", [(str(n), whole[:500], "x") for n, whole in enumerate(_reports()[:3])]
        )
        connection.execute("COPY t TO ? (FORMAT parquet)", [str(file)])
        return file.read_bytes()


Format = Callable[[Random], Piece]
# The frequent and quick ones more often.
_DRAWN: tuple[Format, ...] = (
    *[_plain] * 10,
    *[_page] * 8,
    *[_document] * 6,
    *[_archive, _collection, _noise] * 3,
    _printed,
    _table,
)
FORMATS = tuple(dict.fromkeys(_DRAWN))
