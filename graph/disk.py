"""What comes to the disk: in one step, to last, and by one process at a time.

What is promised, as SQLite promises it of a transaction:

- A file is written under another name (`….part`), and has its own name only when it is whole: whoever looks sees the
  old file or the new one, however the process that writes it ends.
- What has its name lasts: its bytes have reached the disk before it is named, and its name when the call returns. The
  thousands of files of a build are not waited for one by one; `settle` waits for all of them before a manifest names
  them. So a machine that loses its power has what its manifest names.
- A part that a killed process left is overwritten by the next that writes the same file.

Of several files that are written together (a folder of tables) none has its name before all are whole. They are named
one after the other: who is killed in that moment leaves new files beside old ones, each whole, and the parts of the rest.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import count, filterfalse, islice
from pathlib import Path

from graph.errors import cannot_write


@contextmanager
def in_one_step(paths: Sequence[Path], in_build: bool = False) -> Iterator[list[Path]]:
    """Where to write files that are all in one folder, which is made if need be; they get their names at the end.

    After an error nothing is left of them. GraphError where they cannot be written. Another process that is writing
    into the folder is waited for; a build (`in_build`) has a lock of its own, and settles what it has written at its end.
    """
    parts = [path.with_name(f"{path.name}.part") for path in paths]
    path = paths[0]
    with ExitStack() as held:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not in_build:
                held.enter_context(closing(FolderLock(path.parent)))
            try:
                yield parts
                if not in_build:
                    settle(parts)
                for path, part in zip(paths, parts, strict=True):
                    part.replace(path)
                if not in_build:
                    settle([path.parent])
            finally:
                for part in parts:
                    with suppress(OSError):
                        part.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(path, error) from error


def replace(path: Path, data: bytes, in_build: bool = False) -> None:
    """Writes a file in one step, so that no reader and no interrupted run ever sees a part of it."""
    with in_one_step([path], in_build) as (part,):
        part.write_bytes(data)


def settle(paths: Iterable[Path]) -> None:
    """Waits until files, and the names in folders, have reached the disk."""
    for path in paths:
        folder = path.is_dir()
        if folder and sys.platform == "win32":
            continue  # it opens no folders, and sees to names by itself
        descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class FolderLock:
    """The system's lock on a folder, alone or with others. It leaves no file, and goes with this object or its process.

    Where there is none (on Windows, which removes no file that is open, and on some networks' disks) all get it.
    BlockingIOError where it would have to wait and shall not.
    """

    def __init__(self, folder: Path, alone: bool = True, wait: bool = True) -> None:
        self._descriptor = -1
        if sys.platform != "win32":
            import fcntl

            how = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB)
            self._descriptor = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(self._descriptor, how)
            except BlockingIOError:
                raise
            except OSError:
                pass

    def close(self) -> None:
        """Lets go of it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    __del__ = close


def is_locked(folder: Path) -> bool:
    """Whether somebody has a lock on a folder."""
    try:
        FolderLock(folder, wait=False).close()
    except BlockingIOError:
        return True
    return False


@contextmanager
def few_files(number: int) -> Iterator[None]:
    """While it lasts, this process may open so many files beside those that it has open, where the system counts them."""
    if sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # It is their numbers that are limited, and each new one gets the lowest that is free.
    least = next(islice(filterfalse(_is_open, count()), number, None))
    resource.setrlimit(resource.RLIMIT_NOFILE, (least if soft == resource.RLIM_INFINITY else min(soft, least), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True
