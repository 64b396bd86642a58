"""The tables for analysts as Parquet, typed: written as CSV and turned into Parquet by DuckDB, both bit by bit."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from graph.disk import in_one_step
from graph.errors import GraphError
from graph.sheets import sheets, write_csv
from graph.store import Queryable

_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "decimal": "DOUBLE", "date": "DATE"}


def write_parquet(store: Queryable, folder: Path) -> list[Path]:
    """Writes the tables of `graph.sheets`, a file each; an empty cell is a null.

    GraphError where DuckDB is not installed, or a file cannot be written.
    """
    try:
        import duckdb
    except ModuleNotFoundError as error:
        advice = "install it (pip install duckdb), or export csv"
        raise GraphError(f"{folder}: writing Parquet takes the package duckdb; {advice}") from error
    paths = [folder / f"{sheet.name}.parquet" for sheet in sheets()]
    scratch = folder / "csv.part"
    try:
        with in_one_step(paths) as parts, _cleared(scratch):
            write_csv(store, scratch)
            with closing(duckdb.connect(config={"autoinstall_known_extensions": "false"})) as connection:
                connection.execute("SET threads = 1")  # the same tables are the same bytes
                connection.execute(f"SET temp_directory = {_quoted(scratch)}")
                for sheet, part in zip(sheets(), parts, strict=True):
                    connection.execute(_conversion(sheet.columns, scratch / f"{sheet.name}.csv", part))
    except duckdb.Error as error:
        raise GraphError(f"{folder}: cannot be written ({str(error).splitlines()[0]}); make room") from error
    return paths


@contextmanager
def _cleared(folder: Path) -> Iterator[None]:
    """A folder that is not there at the end, nor at the beginning, whatever a killed process left in it."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _conversion(columns: Mapping[str, str], given: Path, made: Path) -> str:
    """SQL that reads a table's CSV and writes its Parquet."""
    types = ", ".join(f"'{name}': '{_TYPES[kind]}'" for name, kind in columns.items())
    options = f"columns = {{{types}}}, header = true, auto_detect = false, nullstr = '', delim = ',', quote = '\"', escape = '\"'"
    table = f"read_csv({_quoted(given)}, {options}, new_line = '\\n', parallel = false)"
    return f"COPY (SELECT * FROM {table}) TO {_quoted(made)} (FORMAT parquet, COMPRESSION zstd)"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
