"""Addresses (`s3://bucket/reports`) → files in a temporary folder, a few at a time, through fsspec.

Which kinds of addresses there are depends on what is installed beside fsspec (s3fs, gcsfs, …). Their errors are as
many as they are; here each becomes a ReadingError.
"""

import tempfile
from collections.abc import Iterable, Iterator
from glob import has_magic
from pathlib import Path, PurePosixPath
from typing import Any

from extract.documents import LARGEST
from extract.errors import MissingFile, MissingPackage, OversizedFile, ReadingError
from extract.formats.corpora import is_collection
from extract.formats.kinds import is_passed_over

# Small files are asked for together, as each answer is a while in coming.
_TOGETHER = 64
_SMALL = 2**20


def is_address(place: str | Path) -> bool:
    """Whether this is an address rather than a path."""
    return isinstance(place, str) and "://" in place


def fetch(address: str) -> Iterator[tuple[str, str, Path] | ReadingError]:
    """What an address names: a file, a folder with all below it or a pattern, as `find_documents` takes paths.

    Gives for each file its address, its name as seen from beside the folder, and the copy of it here, which stays
    until the next is asked for.
    """
    try:
        system, found = _list(address)
    except ImportError as error:
        yield MissingPackage(address, f"reading from there takes another package ({error})", "install it")
        return
    except Exception as error:
        yield _closed(address, error)
        return
    if not found:
        yield MissingFile(address, "nothing to read there", "check the address")
    with tempfile.TemporaryDirectory(prefix="zhili-") as scratch:
        copy = Path(scratch) / "copy"
        for group in _groups(found):
            for path, name, answer in _fetch_group(system, group, copy):
                whole = system.unstrip_protocol(path)
                if answer is None:
                    yield whole, name, copy
                else:
                    yield answer if isinstance(answer, ReadingError) else _closed(whole, answer)


def _list(address: str) -> tuple[Any, list[tuple[str, str, int]]]:
    """The file system, and the path, name and size of each file there, by path."""
    from fsspec.core import url_to_fs

    system, root = url_to_fs(address)
    if has_magic(address) and not system.exists(root):
        parts = PurePosixPath(root).parts
        base = str(PurePosixPath(*parts[: next(number for number, part in enumerate(parts) if has_magic(part))]))
        infos = system.glob(root, detail=True)
    else:
        base = root.rstrip("/")
        infos = system.find(root, detail=True)
    found = []
    for path, info in sorted(infos.items()):
        below = PurePosixPath(path).relative_to(base).as_posix()
        if info["type"] == "file" and (below == "." or not is_passed_over(below)):
            name = PurePosixPath(PurePosixPath(base).name) / below
            found.append((path, name.as_posix(), info["size"] or 0))
    return system, found


def _groups(found: Iterable[tuple[str, str, int]]) -> Iterator[list[tuple[str, str, int]]]:
    """The files in order; small ones in groups, every other by itself."""
    group: list[tuple[str, str, int]] = []
    for each in found:
        if each[2] > _SMALL or len(group) == _TOGETHER:
            yield group
            group = []
        group.append(each)
        if each[2] > _SMALL:
            yield group
            group = []
    yield group


def _fetch_group(
    system: Any, group: list[tuple[str, str, int]], copy: Path
) -> Iterator[tuple[str, str, Exception | None]]:
    """Makes each file of a group the copy, one after the other, or says why it cannot be had."""
    small = [path for path, _, size in group if size <= _SMALL]
    data = system.cat(small, on_error="return") if small else {}
    for path, name, size in group:
        try:
            if path in data:
                if isinstance(data[path], Exception):
                    raise data[path]
                copy.write_bytes(data[path])
            elif size > LARGEST and not is_collection(name) and not name.lower().endswith(".zip"):
                raise OversizedFile(system.unstrip_protocol(path), "larger than 100 MiB", "leave it out")
            else:
                system.get_file(path, str(copy))
            yield path, name, None
        except Exception as error:
            yield path, name, error


def _closed(address: str, error: Exception) -> ReadingError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return ReadingError(address, f"cannot be opened ({reason})", "check the address and your rights there")
