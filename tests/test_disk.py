"""Fewer open files for a while: for who opens as many as it may."""

import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from graph.disk import few_files
from graph.store import open_store, write_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count them")


def _opened(folder: Path, held: ExitStack, number: int) -> int:
    """How many files of so many could be opened; they stay so."""
    (folder / "file").touch()
    for count in range(number):
        try:
            held.enter_context((folder / "file").open())
        except OSError:
            return count
    return number


def test_few_files_can_be_opened_while_it_lasts(tmp_path: Path) -> None:
    """However many are open before; afterwards as many can be as could before."""
    with ExitStack() as held:
        assert _opened(tmp_path, held, 60) == 60
        with few_files(10), ExitStack() as meanwhile:
            assert _opened(tmp_path, meanwhile, 60) <= 10
        assert _opened(tmp_path, held, 60) == 60


def test_a_store_is_written_among_many_open_files(tmp_path: Path) -> None:
    """A server that has hundreds of files open writes one as well."""
    with ExitStack() as held:
        assert _opened(tmp_path, held, 300) == 300
        write_store(tmp_path / "store", [])
    assert open_store(tmp_path / "store").graphs() == []
