"""ZIP archives → their members, in memory: nothing is unpacked to disk, so no member's path can do harm.

An archive is only as large as it says until it is unpacked. Members that unpack to far more than any report are
refused, and so is all that goes beyond what a whole archive, with the archives in it, may hold.
"""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.documents import LARGEST, Document, is_bomb
from extract.errors import DamagedFile, EmptyFile, LockedFile, OversizedFile, ReadingError
from extract.formats.corpora import is_collection, records
from extract.formats.kinds import Overcrowded, is_archive, is_passed_over, is_zip, open_zip

_DEEPEST = 3
_LARGEST_WHOLE = 8 * 2**30
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(RuntimeError, EOFError, OSError, ValueError, OverflowError),
)


@dataclass(slots=True)
class _Unpacked:
    """How many bytes an archive of so many has unpacked to, the archives in it included. Its members may share theirs."""

    packed: int
    bytes: int = 0

    def is_too_much(self) -> bool:
        return self.bytes > _LARGEST_WHOLE or is_bomb(self.bytes, self.packed)


def members(name: str, source: Path | bytes) -> Iterator[Document | ReadingError]:
    """The documents in a ZIP archive, files in the order of their names, with a ReadingError for each that cannot be had.

    `name` is the archive's; archives and collections in it give what is in them.
    """
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    yield from _members(name, source, 1, _Unpacked(size))


def _members(name: str, source: Path | bytes, depth: int, unpacked: _Unpacked) -> Iterator[Document | ReadingError]:
    try:
        archive = open_zip(source)
    except Overcrowded:
        yield OversizedFile(name, "an archive of more members than are read", "unpack it and give the folder")
        return
    except zipfile.BadZipFile:
        yield DamagedFile(name, "a damaged ZIP archive", "fetch it again")
        return
    with archive:
        files = [(_path(info), info) for info in archive.infolist() if not info.filename.endswith("/")]
        files = [(path, info) for path, info in files if not is_passed_over(path)]
        files.sort(key=lambda file: (file[0], file[1].header_offset))
        if not files:
            yield EmptyFile(name, "no document in this archive", "leave it out")
        begun: set[int] = set()
        for path, info in files:
            if info.header_offset in begun:
                yield DamagedFile(f"{name}/{path}", "shares its bytes with another member", "fetch the archive again")
                continue
            begun.add(info.header_offset)
            member = _member(archive, info, f"{name}/{path}", unpacked)
            yield from (member,) if isinstance(member, ReadingError) else _inside(member, depth, unpacked)
            if unpacked.is_too_much():
                return


def _inside(member: Document, depth: int, unpacked: _Unpacked) -> Iterator[Document | ReadingError]:
    """The member itself, or what is in it."""
    if is_collection(member.name):
        yield from records(member.name, member.data)
    elif not is_zip(member.data) or not is_archive(member.data, member.name):
        yield member
    elif depth == _DEEPEST:
        yield OversizedFile(member.name, "an archive in an archive in an archive", "unpack it and give the folder")
    else:
        yield from _members(member.name, member.data, depth + 1, unpacked)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, unpacked: _Unpacked) -> Document | ReadingError:
    try:
        data = read_member(archive, info, name)
    except ReadingError as error:
        return error
    unpacked.bytes += len(data)
    if unpacked.is_too_much():
        what = f"here the archive has unpacked to {unpacked.bytes >> 20} MiB, more than texts do; the rest is left out"
        return OversizedFile(name, what, "unpack it and give the folder, or split it")
    return Document(name, data)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """A member's bytes. Raises LockedFile, OversizedFile or DamagedFile, which call it `name`."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):  # Unix keeps a file's kind there
        raise DamagedFile(name, "a link or a device in an archive, not a file", "pack the file itself")
    if info.flag_bits & _ENCRYPTED:
        raise LockedFile(name, "encrypted with a password", "unpack the archive and give the folder")
    if info.file_size > LARGEST or is_bomb(info.file_size, info.compress_size):
        raise OversizedFile(
            name, f"unpacks to {info.file_size >> 20} MiB, more than any report", "leave it out, or unpack it"
        )
    try:
        # Reading stops at the size that the directory gives; a member that holds more fails its checksum.
        return archive.read(info)
    except _UNREADABLE as error:
        raise DamagedFile(name, f"cannot be unpacked ({error})", "fetch the archive again, or unpack it") from error


def _path(info: zipfile.ZipInfo) -> str:
    """The member's path; Windows in China writes GBK without saying so, where Python reads code page 437.

    Of one that leads out of the archive (../../etc/报告.txt) what is harmless stays: it only names the document.
    """
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030", "big5"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")) or "unnamed"
