"""Files, folders, patterns, archives and collections, here or at an address → documents: where this half opens files."""

import fnmatch
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from glob import has_magic
from pathlib import Path
from stat import S_ISREG

from extract.documents import LARGEST, Document
from extract.errors import MissingFile, OversizedFile, ReadingError, one_line
from extract.formats.archives import members
from extract.formats.corpora import is_collection, records
from extract.formats.kinds import is_archive, is_graph, is_passed_over, is_zip
from extract.remote import fetch, is_address

# So many bytes tell a ZIP file.
_SIGNATURE = 4

# Folders that are not looked into, by name, and why: what is in them is not there to be read, and is not gone either.
_Closed = dict[str, ReadingError]


def find_documents(paths: Iterable[Path | str]) -> Iterator[Document | ReadingError]:
    """The documents that paths name: files, folders with all below them, patterns (`reports/**/*.txt`), and addresses of
    such (`s3://bucket/reports`).

    ZIP archives and collections (.jsonl, .parquet) give what is in them. In a folder, files come in the order of
    their names; what is obviously no document is passed over, and so is a folder that holds a graph. What is missing
    or cannot be opened gives a ReadingError in its place; the others go on. So does a folder in a folder that cannot be
    listed, or is a link, which might lead round in a circle; a pattern's `**` follows no such link either.

    A document's `source` names it below the folder that was given, and for a pattern below its part without
    wildcards: `reports/2024/a.txt` for /home/li/reports; of a file's absolute path it is the last part.
    """
    for place in paths:
        if is_address(place):
            yield from _documents_at(str(place))
            continue
        path, closed = Path(place), _Closed()
        try:
            files = _files(path, closed)
        except (ReadingError, OSError) as error:
            yield error if isinstance(error, ReadingError) else _unopened(path, error)
            continue
        yield from closed.values()
        for file, source in files:
            yield from _documents(file, str(file), source)


def count_documents(paths: Iterable[Path | str]) -> int | None:
    """How many documents `find_documents` will give; None where addresses, archives and collections show it only
    when they are read."""
    places, names = list(paths), list[str]()
    if any(is_address(place) for place in places):
        return None
    for path in map(Path, places):
        with suppress(ReadingError, OSError):
            files = (name for _, below in _below(path, {}) for name in below)
            names += files if path.is_dir() else (file.name for file, _ in _files(path, {}))
    several = any(is_collection(name) or name.lower().endswith(".zip") for name in names)
    return None if several else len(names)


def _files(path: Path, closed: _Closed) -> Iterable[tuple[Path, str]]:
    """The files that a path names, each with its name for the graph; `closed` is filled."""
    if path.is_dir():
        # Of a folder with all reports of a country only the names are held.
        names = [os.path.join(place, name) for place, below in _below(path, closed) for name in below]
        if not names and not closed:
            raise MissingFile(str(path), "no report in this folder", "name a folder that holds reports")
        names.sort(key=lambda name: name.split(os.sep))
        return ((file, _named(path, file)) for file in map(Path, names))
    if has_magic(str(path)) and not path.exists():
        number = next(number for number, part in enumerate(path.parts) if has_magic(part))
        base = Path(*path.parts[:number])
        fitting = set(_fitting(str(base), path.parts[number:], closed)) if base.is_dir() else ()
        matches = [Path(match) for match in sorted(fitting) if not os.path.isdir(match)]
        found = [(each, _named(base, each)) for each in matches if not is_passed_over(each.name)]
        if not found and not closed:
            raise MissingFile(str(path), "no report fits this pattern", "check it; ** stands for any folders")
    else:
        found = [(path, path.name if path.is_absolute() else path.as_posix())]
    return found


def _fitting(folder: str, parts: Sequence[str], closed: _Closed) -> Iterator[str]:
    """What below a folder fits the parts of a pattern, perhaps more than once; `closed` is filled.

    As the standard library's `glob` has it, which says nothing of what it cannot list, and follows links in circles.
    """
    first, *rest = parts
    if first == "**":
        for place, _ in _below(folder, closed):
            yield from _fitting(place, rest or ["*"], closed)
        return
    try:
        if has_magic(first):
            hidden = first.startswith(".")
            names = [name for name in fnmatch.filter(os.listdir(folder), first) if name.startswith(".") == hidden]
        else:
            os.lstat(os.path.join(folder, first))
            names = [first]
    except OSError as error:
        # It may be a file, or have nothing of that name. What is not there at all is a link whose folder has gone.
        if not isinstance(error, FileNotFoundError | NotADirectoryError) or not os.path.exists(folder):
            closed.setdefault(folder, _unopened(folder, error))
        return
    for path in (os.path.join(folder, name) for name in names):
        if rest:
            yield from _fitting(path, rest, closed)
        else:
            yield path


def _named(folder: Path, file: Path) -> str:
    """A file's name as seen from beside the folder; `.` and `..` have the names that they are called by there."""
    name = folder.name if folder.name != ".." else ""
    return "/".join((*filter(None, [name or folder.resolve().name]), *file.parts[len(folder.parts) :]))


def _below(folder: Path | str, closed: _Closed) -> Iterator[tuple[str, list[str]]]:
    """Each folder from this one down, with the names of the files in it that may be documents, in no order; `closed` is
    filled."""

    def close(error: OSError) -> None:
        if not isinstance(error, NotADirectoryError):  # as of a file that fits a pattern's `*` before its `**`
            closed.setdefault(error.filename, _unopened(error.filename, error))

    for place, folders, names in os.walk(folder, onerror=close):
        try:
            graph = is_graph(Path(place))
        except OSError as error:  # names can be listed, but nothing of that name opened
            closed.setdefault(place, _unopened(place, error))
            graph = True
        if graph:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not is_passed_over(f"{name}/file")]
        for link in filter(os.path.islink, (os.path.join(place, name) for name in folders)):
            advice = "put the folder itself there, or remove the link"
            closed.setdefault(link, ReadingError(link, "a link to a folder, which is not followed", advice))
        yield place, [name for name in names if not is_passed_over(name)]


def _documents_at(address: str) -> Iterator[Document | ReadingError]:
    for file in fetch(address):
        if isinstance(file, ReadingError):
            yield file
        else:
            name, source, copy = file
            yield from _documents(copy, name, source)


def _documents(path: Path, name: str, source: str) -> Iterator[Document | ReadingError]:
    """The documents of a file that the user calls `name` and the graph `source`."""
    name = one_line(name)
    try:
        for item in _opened(path, name):
            # What is in an archive has the archive's name before its own; a record of a collection only its id.
            inside = item.name.removeprefix(name) if item.name.startswith(name) else None
            named = item.name if inside is None else source + inside
            yield replace(item, source=named) if isinstance(item, Document) else item
    except FileNotFoundError:
        if path.is_symlink():
            yield MissingFile(name, "a link to what is not there", "mend or remove it")
        else:
            yield MissingFile(name, "no such file or folder", "check the path")
    except OSError as error:
        yield _unopened(name, error)


def _opened(path: Path, name: str) -> Iterator[Document | ReadingError]:
    status = path.stat()
    # Opening a pipe waits for somebody to write into it, perhaps for ever.
    if not S_ISREG(status.st_mode):
        yield ReadingError(name, "a pipe or a device, not a regular file", "save what it gives as a file")
        return
    if is_collection(name):
        yield from records(name, path)
        return
    with path.open("rb") as file:
        begin = file.read(_SIGNATURE)
        if is_zip(begin) and is_archive(path, name):
            yield from members(name, path)
        elif status.st_size > LARGEST:
            yield OversizedFile(name, "larger than 100 MiB, more than any report", "leave it out")
        else:
            yield Document(name, begin + file.read())


def _unopened(name: str | Path, error: OSError) -> ReadingError:
    reason = error.strerror or error
    return ReadingError(str(name), f"cannot be opened ({reason})", "check the path and its permissions")
