"""The sums of a store's files, written with it: whether they are as they were, without reading what is in them.

A query reads the few blocks that it needs, and a check that asks for everything still reads one of ten orders of the
quads; of the others RocksDB's own checksums say something only when they are read. Files of a store never change once
it is written, so a digest of each shows every change.
"""

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

_SUMS = "sums.tsv"
# RocksDB's diary and its lock, which hold nothing of the graph.
_OTHERS = ("LOG", "LOCK", _SUMS)


def write_sums(store: Path, base: Path | None = None) -> None:
    """Writes the sums of a store; of files that it shares with the store at `base`, those that stand there are taken."""
    known = _read(base) if base else {}
    lines = [
        f"{name}\t{known[name] if base and name in known and file.samefile(base / name) else _digest(file)}\n"
        for name, file in sorted(_files(store).items())
    ]
    (store / _SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def changed_files(store: Path) -> Iterator[str]:
    """The names of a store's files that are not as they were written; those of a store without sums are not known."""
    known, files = _read(store), _files(store)
    for name in sorted(known.keys() | (files.keys() if known else ())):
        if name not in known or name not in files or known[name] != _digest(files[name]):
            yield name


def _files(store: Path) -> dict[str, Path]:
    return {file.name: file for file in store.iterdir() if not file.name.startswith(_OTHERS)}


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _read(store: Path) -> dict[str, str]:
    try:
        lines = (store / _SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    return {name: digest for name, _, digest in (line.partition("\t") for line in lines)}
