"""The files of an index: how one is written in one step, opened, and complained of."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from graph.disk import in_one_step
from graph.errors import GraphError

FORMAT = 6  # stands in the files' names, so that those of an earlier version are no part of an index


@contextmanager
def writing(path: Path, schema: str) -> Iterator[sqlite3.Connection]:
    """A new file to be filled, which has its name only when it is whole; GraphError where it cannot be written."""
    try:
        with in_one_step([path], in_build=True) as (part,):
            part.unlink(missing_ok=True)  # which a killed process left
            with closing(sqlite3.connect(part)) as connection:
                pragmas = f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA user_version = {FORMAT};"
                connection.executescript(pragmas + schema)
                yield connection
                connection.execute("INSERT INTO gram (gram) VALUES ('optimize')")
                connection.commit()
    except sqlite3.Error as error:
        raise GraphError(f"{path}: cannot be written: {error}; make room or choose another place") from error


def reading(path: Path) -> sqlite3.Connection:
    """A connection to a file; GraphError where the file is none, or one of another version of this package."""
    try:
        # Never changed once it has its name: nothing needs to be locked, nothing read twice.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        try:
            ((version,),) = connection.execute("PRAGMA user_version")
            if version != FORMAT:
                raise sqlite3.DatabaseError(f"format {version} and not {FORMAT}")
            # There are hundreds of files, of which the system keeps most. They are read and not mapped: each page of a
            # map that is new to the process costs more than reading it.
            connection.execute("PRAGMA cache_size = -256")
        except sqlite3.Error:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise unreadable(path, error) from error
    return connection


def unreadable(path: Path, error: sqlite3.Error) -> GraphError:
    """The complaint about a file that cannot be read."""
    return GraphError(f"{path}: no index that can be read ({error}); delete it and build again")
