"""Files and folders → documents → text: the only module of this half that opens a file.

Read are plain text (UTF-8, UTF-16, GB18030, Big5, with or without BOM) and HTML. Anything else is refused by
name, with what to do about it.
"""

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import EmptyFile, MissingFile, NotText, ReadingError

SUFFIXES = frozenset({".txt", ".text", ".html", ".htm", ".shtml"})

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Formats that carry reports but are not text: how they begin, what they are, what to do.
_FOREIGN = (
    (b"%PDF", "a PDF file", "save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)", "save it as .txt or .html"),
    (b"PK\x03\x04", "a ZIP archive or a .docx file", "unpack it, or save the document as .txt or .html"),
)
# The hundred signs that a Chinese official text is full of, in both scripts; a wrong decoding has few of them.
_FREQUENT = frozenset("的和法政治行工作执建设法度依年人全大会不在重要实进推强化加民理制机部中府為为執設機與与，。、；：《》（）")
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|table|p|meta|br)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's name, as the user would recognise it, and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def find_documents(paths: Iterable[Path]) -> Iterator[Document | ReadingError]:
    """The documents under files and folders, folders in the order of their names.

    A path that is missing or cannot be opened gives a ReadingError in its place; the others go on.
    """
    for path in paths:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in SUFFIXES)
            if not files:
                yield MissingFile(str(path), "no report in this folder", f"name a folder with files of {_suffixes()}")
            for file in files:
                yield _open(file)
        else:
            yield _open(path)


def _open(path: Path) -> Document | ReadingError:
    try:
        return Document(str(path), path.read_bytes())
    except FileNotFoundError:
        return MissingFile(str(path), "no such file or folder", "check the path")
    except OSError as error:
        return ReadingError(str(path), f"cannot be opened ({error.strerror})", "check the file's permissions")


def _suffixes() -> str:
    return ", ".join(sorted(SUFFIXES))


def decode(document: Document) -> str:
    """The document's text: for HTML the visible text, a line a block.

    Raises EmptyFile and NotText.
    """
    if not document.data.strip():
        raise EmptyFile(document.name, "the file is empty", "leave it out, or fetch the page again")
    for magic, what, advice in _FOREIGN:
        if document.data.startswith(magic):
            raise NotText(document.name, f"{what}, which is not read", advice)
    text = _decode_bytes(document)
    if not text.strip():
        raise EmptyFile(document.name, "nothing but white space in the file", "leave it out, or fetch the page again")
    if _MARKUP.search(text[:4000]):
        from extract.pages import page_text  # lxml is loaded for HTML only

        return page_text(text)
    return text


def _decode_bytes(document: Document) -> str:
    """A BOM decides, then strict UTF-8, then whichever Chinese encoding gives the most everyday characters."""
    data = document.data
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    candidates = [text for encoding in ("utf-16-le", "utf-16-be") if (text := _strictly(data, encoding))]
    if b"\0" not in data:
        if (text := _strictly(data, "utf-8")) is not None:
            return text
        candidates = [data.decode(encoding, "replace") for encoding in ("gb18030", "big5")]
    best = max(candidates, key=_everyday_share, default="")
    if _everyday_share(best) < 0.05:
        raise NotText(document.name, "not a text file in any known encoding", "give a report as .txt or .html")
    return best


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _everyday_share(text: str) -> float:
    """Share of a text's non-ASCII characters that are frequent ones, 0 to 1."""
    signs = [char for char in text[:20_000] if char > "\x7f"]
    return sum(char in _FREQUENT for char in signs) / len(signs) if signs else 0.0
