"""A Word file (.docx) → its text, a line a paragraph and a line a table's row.

Read are paragraphs with their automatic numbers, tables in their place, text boxes (the red head and the title of an
official paper often are some), insertions that are tracked; left out are headers, footers, comments, notes, hidden
text and deletions that are tracked.
"""

import re
import zipfile

from lxml import etree

from extract.documents import Document
from extract.errors import DamagedFile, EmptyFile, NotText
from extract.formats.archives import read_member
from extract.formats.kinds import open_zip
from extract.formats.numbering import Numbering, read_numbering
from extract.formats.ooxml import child, local_name, value
from extract.formats.tables import row_lines

# Deleted or moved away; a field's code; a drawing's second form for old programs; the text of rubies above it.
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "rt", "pPr", "rPr", "sdtPr", "tblPr"})
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_MAIN = re.compile(r"word/document\d*\.xml")


def word_text(document: Document) -> str:
    """The text of a .docx. Raises DamagedFile, OversizedFile, LockedFile, or NotText if it holds only pictures."""
    try:
        with open_zip(document.data) as archive:
            main = _part(archive, _main_name(archive), document.name)
            numbering = _part(archive, "word/numbering.xml", document.name)
            styles = _part(archive, "word/styles.xml", document.name)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, ValueError) as error:
        raise _damaged(document) from error
    body = child(main, "body") if main is not None else None
    if body is None:
        raise _damaged(document)
    try:
        lines = _Body(read_numbering(numbering, styles)).lines(body)
    except RecursionError as error:
        raise _damaged(document) from error
    text = "\n".join(line for line in lines if line.strip())
    if text:
        return text
    if any(local_name(each) in ("drawing", "pict", "object") for each in body.iter()):
        raise NotText(document.name, "a Word file of pictures without text", "recognise its text (OCR) and give that")
    raise EmptyFile(document.name, "a Word file without text", "leave it out, or fetch it again")


def _damaged(document: Document) -> DamagedFile:
    return DamagedFile(
        document.name, "a damaged Word file (.docx)", "open it in Word and save it anew, or fetch it again"
    )


def _main_name(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    return next((name for name in names if _MAIN.fullmatch(name)), "word/document.xml")


def _part(archive: zipfile.ZipFile, part: str, name: str) -> etree._Element | None:
    if part not in archive.namelist():
        return None
    # Nothing outside the file is fetched, no entity is expanded in a text, and only so far in an attribute.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(read_member(archive, archive.getinfo(part), name), parser)


class _Body:
    """A walk through a document's blocks in order, with the numbers counted on."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._unended = ""

    def lines(self, parent: etree._Element) -> list[str]:
        """The lines of the paragraphs and tables under an element."""
        lines: list[str] = []
        for each in parent:
            match local_name(each):
                case "p":
                    lines += self._paragraph(each)
                case "tbl":
                    for row in _rows(each):
                        lines += row_lines([self.lines(cell) for cell in _cells(row)])
                case name if name not in _UNSEEN:
                    # Content controls, insertions and custom XML wrap whole paragraphs and tables.
                    lines += self.lines(each)
        return lines

    def _paragraph(self, paragraph: etree._Element) -> list[str]:
        properties = child(paragraph, "pPr")
        words, above, below = _Words(), list[str](), list[str]()
        words.collect(paragraph)
        text = "".join(words.pieces)
        for begun, box in words.boxes:
            (below if begun else above).extend(self.lines(box))
        if _is_end_deleted(properties):
            self._unended += text
            return [*above, *below]
        label = self._numbering.label(properties) if text.strip() else ""
        text, self._unended = self._unended + label + text, ""
        return [*above, *text.split("\n"), *below]


class _Words:
    """The text of one paragraph, and the text boxes that hang on it: (whether behind some text, its content)."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[tuple[bool, etree._Element]] = []

    def collect(self, parent: etree._Element) -> None:
        """Append what is under an element, in order."""
        for each in parent:
            name = local_name(each)
            if name in _UNSEEN or (name == "r" and _is_hidden(each)):
                continue
            if name == "t":
                self.pieces.append(re.sub(r"\s*\n\s*", "", each.text or ""))
            elif name == "txbxContent":
                self.boxes.append((bool("".join(self.pieces).strip()), each))
            elif name in _SIGNS:
                self.pieces.append(_SIGNS[name])
            else:
                self.collect(each)


def _is_hidden(run: etree._Element) -> bool:
    properties = child(run, "rPr")
    hidden = child(properties, "vanish") if properties is not None else None
    return hidden is not None and value(hidden) not in ("0", "false", "off")


def _is_end_deleted(properties: etree._Element | None) -> bool:
    """Whether the paragraph's end is a tracked deletion: the next one goes on in its line."""
    mark = child(properties, "rPr") if properties is not None else None
    return mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None)


def _rows(table: etree._Element) -> list[etree._Element]:
    """A table's rows, also those in content controls; without those whose deletion is tracked."""
    rows = []
    for each in table:
        if local_name(each) == "tr":
            properties = child(each, "trPr")
            if properties is None or child(properties, "del") is None:
                rows.append(each)
        elif local_name(each) in ("sdt", "sdtContent", "ins", "customXml"):
            rows += _rows(each)
    return rows


def _cells(row: etree._Element) -> list[etree._Element]:
    """A row's cells; one that continues a cell above it is empty by nature."""
    cells = []
    for each in row:
        if local_name(each) == "tc":
            cells.append(each)
        elif local_name(each) in ("sdt", "sdtContent", "customXml"):
            cells += _cells(each)
    return cells
