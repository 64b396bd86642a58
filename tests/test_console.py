"""How commands tell of their progress, on a terminal and in a log."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from extract.finding import count_documents, find_documents
from graph.console import Meter

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
METERED = "from graph.console import Meter; m = Meter(); m.stage('reading', 4); m.advance(3); m.wait('merging'); m.close(); print('done')"


def test_a_log_has_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Elsewhere than on a terminal, each stage tells in lines how much is done and, with a total, how much is left."""
    meter = Meter(interval=0)
    meter.stage("reading", 40)
    meter.advance(10)
    meter.stage("store")
    meter.advance(7)
    meter.close()
    lines = capsys.readouterr().err.splitlines()
    assert any(line.startswith("reading:  25% 10/40 [00:00<") and line.endswith("/s]") for line in lines)
    assert any(line.startswith("store: 7 [00:00") for line in lines)
    assert not any("\r" in line for line in lines)


def test_what_is_done_at_once_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A short job leaves a log as it is."""
    meter = Meter()
    meter.stage("reading", 40)
    meter.advance(40)
    meter.close()
    assert capsys.readouterr().err == ""


def test_what_has_no_steps_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Merging a large store takes minutes; in a short job it is not worth a line."""
    for interval in (0, 30):
        meter = Meter(interval)
        meter.wait("merging")
        meter.close()
    assert capsys.readouterr().err == "merging …\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals to test with")
def test_a_terminal_has_a_bar() -> None:
    """On a terminal, also on one that does not know its size, a bar shows the stage; it goes when that ends."""
    ours, theirs = os.openpty()
    words = [sys.executable, "-c", METERED]
    with subprocess.Popen(words, cwd=ROOT, stderr=theirs, stdout=subprocess.PIPE, text=True) as process:
        assert process.communicate(timeout=30)[0] == "done\n"
    os.close(theirs)
    shown = os.read(ours, 10000).decode()
    os.close(ours)
    assert "reading:   0%|" in shown and "| 0/4 [" in shown and "merging …" in shown
    assert shown.endswith("\r") and "\n" not in shown


def test_documents_are_counted_where_that_is_cheap(tmp_path: Path) -> None:
    """Files are counted, also below folders and by patterns; what an archive or a collection holds is not known."""
    for paths in ([SEEDS, SEEDS / "000_42f8056f5c2f4482.txt"], [SEEDS / "*.txt"]):
        assert count_documents(paths) == len(list(find_documents(paths)))
    assert count_documents([tmp_path / "missing.txt", tmp_path / "none*"]) == 1
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as archive:
        archive.writestr("a.txt", "一")
    assert count_documents([SEEDS, tmp_path]) is None
    assert count_documents([SEEDS, tmp_path / "reports.JSONL"]) is None
