"""What kind of file it is, told by its first bytes or its name; and what to do with the kinds that are not read."""

import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath

from extract.documents import Document
from extract.errors import ForeignFormat, LockedFile

_AS_TEXT = "save it as .docx, .txt or a PDF with text"
_UNPACK = "unpack it and give the folder"
_OCR = "recognise its text (OCR) and give that as .txt"
# How formats begin that carry reports but are not read, what they are, what to do.
_FOREIGN = (
    (b"{\\rtf", "an RTF file", _AS_TEXT),
    (b"\x89PNG", "an image", _OCR),
    (b"\xff\xd8\xff", "an image", _OCR),
    (b"GIF8", "an image", _OCR),
    (b"BM", "an image", _OCR),
    (b"II*\0", "an image", _OCR),
    (b"MM\0*", "an image", _OCR),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"\x1f\x8b", "a gzip file", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", _UNPACK),
    (b"BZh", "a bzip2 file", _UNPACK),
    (b"\xfd7zXZ", "an xz file", _UNPACK),
    (b"%!PS", "a PostScript file", _AS_TEXT),
    (b"ITSF", "a compiled help file (.chm)", _AS_TEXT),
    (b"From: <Saved by", "a web archive (.mhtml)", "save the page as .html"),
    (b"MIME-Version:", "a web archive (.mhtml)", "save the page as .html"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"SQLite format 3", "a database", "export its texts as .jsonl"),
)
_WORD = frozenset({".docx", ".docm", ".dotx", ".wps"})
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# What a saved page brings along, what a folder holds beside its texts, what no report comes as.
_NO_DOCUMENTS = re.compile(
    r"\.(?:png|jpe?g|gif|bmp|svg|webp|ico|tiff?|css|js|map|json|xml|woff2?|ttf|otf|eot|swf|mp[34]|wav|avi|mov|flv|m4a|csv|tsv"
    r"|toml|ya?ml|ini|cfg|lock|log|py|pyc|ipynb|r|sh|bat|ps1|exe|dll|so|url|lnk|webloc|db|sqlite|tmp|bak|part|crdownload)",
    re.IGNORECASE,
)
_NO_DOCUMENT_NAMES = re.compile(
    r"Thumbs\.db|desktop\.ini|Makefile|__MACOSX|(?:README|LICEN[CS]E|NOTICE|CHANGELOG)(?:\..*)?"
)
# How the list of what a graph folder holds begins, sealed or not; other programs have files of this name, too.
_MANIFEST = re.compile(rb'\{\s*(?:"seal":\s*"[0-9a-f]+",\s*)?"store":\s*"store-')
# Bytes of an archive's list of members. Read whole, it takes thirty times as much: a gigabyte for a million members.
_LARGEST_DIRECTORY = 16 * 2**20
_DIRECTORY_SIZE = 5
# A member that only this kind of ZIP file has, and what it is.
_PACKED = (
    ("OFD.xml", "an OFD file (.ofd)"),
    ("xl/workbook.xml", "an Excel table (.xlsx)"),
    ("ppt/presentation.xml", "a PowerPoint file (.pptx)"),
    ("META-INF/container.xml", "an e-book (.epub)"),
    ("content.xml", "an OpenDocument file (.odt)"),
)


def is_pdf(data: bytes) -> bool:
    """Whether a PDF begins here; some have a few bytes of something else before it."""
    return b"%PDF-" in data[:1024]


def is_zip(data: bytes) -> bool:
    """Whether it is a ZIP file: an archive, a .docx, or another format that is packed so."""
    return data.startswith(_ZIP)


def is_archive(source: Path | bytes, name: str) -> bool:
    """Whether it is a ZIP archive of files, not a document that is packed as one.

    Of one whose directory cannot be read the name decides: a broken .docx is no archive.
    """
    members = members_of(source)
    if not members:
        return PurePosixPath(name).suffix.lower() not in _WORD
    return not is_word(members, name) and not any(member in members for member, _ in _PACKED)


def is_word(members: frozenset[str], name: str) -> bool:
    """Whether a ZIP file with these members and this name is a .docx, perhaps a broken one."""
    if not members:
        return PurePosixPath(name).suffix.lower() in _WORD
    return "[Content_Types].xml" in members and any(member.startswith("word/") for member in members)


def is_passed_over(path: str) -> bool:
    """Whether a file in a folder or archive is obviously no document; `path` is relative to what was named.

    So are hidden files (.DS_Store), those in hidden folders (.git), and Word's lock files (~$报告.docx).
    """
    parts = PurePosixPath(path).parts
    if any(part.startswith((".", "~$")) or _NO_DOCUMENT_NAMES.fullmatch(part) for part in parts):
        return True
    return bool(_NO_DOCUMENTS.fullmatch(PurePosixPath(path).suffix))


def is_graph(folder: Path) -> bool:
    """Whether `zhili build` wrote this folder, to its end or not: its shards are no reports."""
    if (folder / "build.lock").is_file() and (folder / "shards").is_dir():
        return True
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return False
    with manifest.open("rb") as file:
        return bool(_MANIFEST.match(file.read(100)))


class Overcrowded(zipfile.BadZipFile):
    """A ZIP file with more members than a folder of reports has."""


def open_zip(source: Path | bytes) -> zipfile.ZipFile:
    """A ZIP file with its directory read. Raises Overcrowded, or BadZipFile where it cannot be read."""
    try:
        with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
            # What `ZipFile` itself finds the directory with; it has no public name.
            end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
        if end and end[_DIRECTORY_SIZE] > _LARGEST_DIRECTORY:
            raise Overcrowded("too many members")
        return zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source)
    except (NotImplementedError, ValueError, OSError, OverflowError, struct.error) as error:
        raise zipfile.BadZipFile(str(error)) from error


def members_of(source: Path | bytes) -> frozenset[str]:
    """The names of a ZIP file's members; none if its directory cannot be read."""
    try:
        with open_zip(source) as archive:
            return frozenset(archive.namelist())
    except zipfile.BadZipFile:
        return frozenset()


def refuse_foreign(document: Document) -> None:
    """Raises ForeignFormat or LockedFile for a document in a format that is known and not read."""
    data, name = document.data, document.name
    if data.startswith(_OLE):
        # The directory of a compound file spells the names of its streams in UTF-16.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise LockedFile(name, "encrypted with a password", "open it with the password and save it without one")
        what = "a WPS document (.wps)" if name.lower().endswith(".wps") else "an old Word or Office file (.doc)"
        raise ForeignFormat(name, f"{what}, which is not read", _AS_TEXT)
    members = members_of(data) if is_zip(data) else frozenset()
    for member, what in _PACKED:
        if member in members:
            raise ForeignFormat(name, f"{what}, which is not read", _AS_TEXT)
    if is_zip(data):
        raise ForeignFormat(name, "a ZIP archive, not one document", _UNPACK)
    for magic, what, advice in _FOREIGN:
        if data.startswith(magic) and (len(magic) > 2 or b"\0" in data[:64]):
            raise ForeignFormat(name, f"{what}, which is not read", advice)
