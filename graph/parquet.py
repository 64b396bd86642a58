"""The tables for analysts as Parquet, typed: written as CSV and turned into Parquet by DuckDB, both bit by bit."""

import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from graph.errors import GraphError, cannot_write
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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".zhili-", dir=folder) as scratch:
            write_csv(store, Path(scratch))
            with closing(duckdb.connect(config={"autoinstall_known_extensions": "false"})) as connection:
                connection.execute("SET threads = 1")  # the same tables are the same bytes
                connection.execute(f"SET temp_directory = {_quoted(Path(scratch))}")
                for sheet in sheets():
                    connection.execute(_conversion(sheet.columns, Path(scratch) / sheet.name))
            written = [folder / f"{sheet.name}.parquet" for sheet in sheets()]
            for path in written:
                (Path(scratch) / path.name).replace(path)
    except OSError as error:
        raise cannot_write(folder, error) from error
    except duckdb.Error as error:
        raise GraphError(f"{folder}: cannot be written ({str(error).splitlines()[0]}); make room") from error
    return written


def _conversion(columns: Mapping[str, str], path: Path) -> str:
    """SQL that reads a table's CSV beside the path and writes its Parquet there."""
    types = ", ".join(f"'{name}': '{_TYPES[kind]}'" for name, kind in columns.items())
    given, made = (_quoted(path.with_suffix(suffix)) for suffix in (".csv", ".parquet"))
    options = f"columns = {{{types}}}, header = true, auto_detect = false, nullstr = '', delim = ',', quote = '\"', escape = '\"'"
    table = f"read_csv({given}, {options}, new_line = '\\n', parallel = false)"
    return f"COPY (SELECT * FROM {table}) TO {made} (FORMAT parquet, COMPRESSION zstd)"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
