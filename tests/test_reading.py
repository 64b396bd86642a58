"""A document → its text, whichever format it comes in."""

import subprocess
import sys
import zipfile
from io import BytesIO

import pytest

from extract.errors import DamagedFile, EmptyFile, ForeignFormat, LockedFile, NotText, ReadingError
from extract.reading import Document, decode

TEXT = "二〇二三年，镇党委、镇政府认真推进法治政府建设，全年办理行政执法案件12件。\n"


def _zip(*names: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("报告.txt", TEXT.encode()),
        ("报告.txt", TEXT.encode("gb18030")),
        ("报告", TEXT.encode("utf-16")),
        ("报告.doc", f"<html><body><p>{TEXT.strip()}</p></body></html>".encode("gbk")),
        ("报告.html", f"<p>{TEXT}</p>".encode()),
        ("报告.txt", f"<span>{TEXT}</span>".encode()),
    ],
)
def test_the_bytes_tell_the_format(name: str, data: bytes) -> None:
    """Text and pages are read whatever they are called: pages are saved as .doc, too."""
    assert decode(Document(name, data)).strip() == TEXT.strip()


@pytest.mark.parametrize(
    ("name", "data", "error", "what", "advice"),
    [
        ("a.txt", b"", EmptyFile, "the file is empty", "leave it out, or fetch it again"),
        ("a.txt", b" \n\t ", EmptyFile, "the file is empty", "leave it out, or fetch it again"),
        (
            "a.txt",
            "\u3000\n\u3000".encode(),
            EmptyFile,
            "nothing but white space in the file",
            "leave it out, or fetch it again",
        ),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            ForeignFormat,
            "an old Word or Office file (.doc), which is not read",
            "save it as .docx",
        ),
        (
            "a.wps",
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            ForeignFormat,
            "a WPS document (.wps), which is not read",
            "save it as .docx",
        ),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            LockedFile,
            "encrypted with a password",
            "open it with the password and save it without one",
        ),
        (
            "a.ofd",
            _zip("OFD.xml", "Doc_0/Document.xml"),
            ForeignFormat,
            "an OFD file (.ofd), which is not read",
            "save it as .docx",
        ),
        (
            "a.xlsx",
            _zip("[Content_Types].xml", "xl/workbook.xml"),
            ForeignFormat,
            "an Excel table (.xlsx), which is not read",
            "save",
        ),
        ("a.zip", _zip("a.txt"), ForeignFormat, "a ZIP archive, not one document", "unpack it and give the folder"),
        ("a.rtf", b"{\\rtf1\\ansi}", ForeignFormat, "an RTF file, which is not read", "save it as .docx"),
        ("a.rar", b"Rar!\x1a\x07", ForeignFormat, "a RAR archive, which is not read", "unpack it and give the folder"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", ForeignFormat, "an image, which is not read", "recognise its text (OCR)"),
        (
            "a.jpg",
            b"\xff\xd8\xff\xe0\0\x10JFIF",
            ForeignFormat,
            "an image, which is not read",
            "recognise its text (OCR)",
        ),
        (
            "a.mhtml",
            b"From: <Saved by Blink>\n",
            ForeignFormat,
            "a web archive (.mhtml), which is not read",
            "save the page as .html",
        ),
        ("a.docx", b"PK\x03\x04....", DamagedFile, "a damaged Word file (.docx)", "open it in Word and save it anew"),
        ("a.pdf", b"%PDF-1.7 ...", DamagedFile, "a damaged PDF", "fetch it again"),
        (
            "a.bin",
            bytes(range(256)) * 20,
            NotText,
            "not a text in any known encoding",
            "give a report as .txt, .html, .docx or .pdf",
        ),
    ],
)
def test_what_is_not_read_is_refused_by_name(
    name: str, data: bytes, error: type[ReadingError], what: str, advice: str
) -> None:
    """One line names the file, what is wrong with it and what to do."""
    with pytest.raises(error) as caught:
        decode(Document(name, data))
    assert str(caught.value).startswith(f"{name}: {what}; {advice}")
    assert "\n" not in str(caught.value)


def test_a_text_may_begin_like_another_format() -> None:
    """BM开头 is no bitmap, nor is a text that speaks of PDF one."""
    assert decode(Document("a.txt", f"BM镇{TEXT}".encode())).startswith("BM镇")


def test_libraries_are_loaded_when_their_format_comes() -> None:
    """Reading plain text loads none of the parsers; each process of a build would pay for them."""
    program = """
import sys
from extract.reading import Document, decode
decode(Document("a.txt", "全年办理行政执法案件12件。".encode()))
print(*sorted({"lxml", "pypdfium2", "duckdb", "backports.zstd"} & sys.modules.keys()))
"""
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "\n"
