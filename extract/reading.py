"""A document → its text, whichever format it comes in: plain text, HTML, .docx, PDF.

The format is told by the bytes, not by the name: pages are saved as .doc, Word files as .wps. What is not read is
refused by name, with what to do about it. Libraries that only one format needs are loaded when it comes.
"""

import re

from extract.documents import Document
from extract.errors import EmptyFile, NotText, OversizedFile
from extract.finding import find_documents
from extract.formats.encodings import decode_bytes
from extract.formats.kinds import is_pdf, is_word, is_zip, members_of, refuse_foreign

__all__ = ["Document", "decode", "find_documents"]

# The longest reports have a hundred thousand signs.
_LONGEST = 1_000_000
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|table|p|meta|br|span|font)\b", re.IGNORECASE)


def decode(document: Document) -> str:
    """The document's text: for HTML the visible text, a line a block; for .docx and PDF a line a paragraph.

    Raises ReadingError: EmptyFile, ForeignFormat, LockedFile, DamagedFile, OversizedFile or NotText.
    """
    if not document.data.strip():
        raise EmptyFile(document.name, "the file is empty", "leave it out, or fetch it again")
    text = _text(document)
    if not text.strip():
        raise EmptyFile(document.name, "nothing but white space in the file", "leave it out, or fetch it again")
    if len(text) > _LONGEST:
        what = f"a text of {len(text):,} signs, ten times as long as the longest reports"
        raise OversizedFile(document.name, what, "leave it out, or give its reports one by one")
    return text


def _text(document: Document) -> str:
    if is_pdf(document.data):
        from extract.formats.pdf import pdf_text

        return pdf_text(document)
    if is_zip(document.data) and is_word(members_of(document.data), document.name):
        from extract.formats.word import word_text

        return word_text(document)
    refuse_foreign(document)
    text = decode_bytes(document.data)
    if text is None:
        raise NotText(document.name, "not a text in any known encoding", "give a report as .txt, .html, .docx or .pdf")
    if _MARKUP.search(text[:4000]):
        from extract.formats.pages import page_text

        return page_text(text)
    return text
