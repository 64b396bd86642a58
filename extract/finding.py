"""Files, folders, patterns, archives and collections → documents: where this half opens files."""

from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path

from extract.documents import LARGEST, Document
from extract.errors import MissingFile, OversizedFile, ReadingError
from extract.formats.archives import members
from extract.formats.corpora import is_collection, records
from extract.formats.kinds import is_archive, is_passed_over, is_zip


def find_documents(paths: Iterable[Path]) -> Iterator[Document | ReadingError]:
    """The documents that paths name: files, folders with all below them, patterns (`reports/**/*.txt`).

    ZIP archives and collections (.jsonl, .parquet) give what is in them. In a folder, files come in the order of
    their names and what is obviously no document is passed over. What is missing or cannot be opened gives a
    ReadingError in its place; the others go on.
    """
    for path in paths:
        if path.is_dir():
            files = _below(path)
            if not files:
                yield MissingFile(str(path), "no report in this folder", "name a folder that holds reports")
        elif has_magic(str(path)) and not path.exists():
            matches = [Path(match) for match in sorted(glob(str(path), recursive=True))]
            files = [match for match in matches if match.is_file() and not is_passed_over(match.name)]
            if not files:
                yield MissingFile(str(path), "no report fits this pattern", "check it; ** stands for any folders")
        else:
            files = [path]
        for file in files:
            yield from _documents(file)


def _below(folder: Path) -> list[Path]:
    """The files below a folder that may be documents, a folder's own before and between its folders' by name."""
    return sorted(
        file for file in folder.rglob("*") if not is_passed_over(file.relative_to(folder).as_posix()) and file.is_file()
    )


def _documents(path: Path) -> Iterator[Document | ReadingError]:
    name = str(path)
    try:
        if is_collection(name):
            yield from records(name, path)
        elif _begins_as_zip(path) and is_archive(path, name):
            yield from members(name, path)
        elif path.stat().st_size > LARGEST:
            yield OversizedFile(name, "larger than 100 MiB, more than any report", "leave it out")
        else:
            yield Document(name, path.read_bytes())
    except FileNotFoundError:
        yield MissingFile(name, "no such file or folder", "check the path")
    except OSError as error:
        yield ReadingError(name, f"cannot be opened ({error.strerror or error})", "check the file and its permissions")


def _begins_as_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return is_zip(file.read(4))
