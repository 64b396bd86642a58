"""What takes minutes to find: in a process of its own, while pages say that it is not found yet."""

import threading
from pathlib import Path

import numpy as np
import pytest

from graph.analysis.corpus import Corpus, read_corpus
from graph.explorer.apart import Apart, Later
from graph.opening import open_any
from tests.numbering import numbered
from tests.serving import write_graph


def test_what_another_process_finds_is_what_this_one_would(tmp_path: Path) -> None:
    """Arrays of several lengths and types come back as they are, and so does all else."""
    write_graph(tmp_path, [numbered("全县受理行政复议申请32件。"), numbered("全县受理行政复议申请28件。", year=2023)])
    (tmp_path / "scratch").mkdir()
    found: Corpus = Apart(str(tmp_path), tmp_path / "scratch").find(read_corpus, "corpus")
    own = read_corpus(open_any(str(tmp_path)))
    assert found.reports == own.reports
    assert len(own.texts.codes) > 0
    assert np.array_equal(found.texts.codes, own.texts.codes)
    assert np.array_equal(found.texts.starts, own.texts.starts)


def test_nobody_waits_for_what_is_not_found_yet() -> None:
    """It is begun once; a fault is told to who asked, and who asks next has it tried anew."""
    go, calls = threading.Event(), []

    def find() -> int:
        go.wait(10)
        calls.append(1)
        return 7

    found = Later(find, 0.0)
    assert found.get() is None
    go.set()
    assert found.begin().result(10) == found.get() == 7
    assert calls == [1]
    said = ["x", "8"]
    wrong = Later(lambda: int(said.pop(0)), 10.0)
    with pytest.raises(ValueError, match="invalid literal"):
        wrong.get()
    assert wrong.get() == wrong.get() == 8, "tried anew, once"
