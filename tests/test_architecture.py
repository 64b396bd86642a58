"""What may import what, and that every module has its place on a ladder."""

import subprocess
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent


def test_the_contracts_hold() -> None:
    """The import contracts in pyproject.toml are kept; a module without a place on its ladder breaks them."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_nothing_names_this_machine() -> None:
    """No tracked text names a path of one machine: what the project needs lies in it."""
    listed = (
        subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    )
    marks = ("/ro" + "ot/", "/wo" + "rk/", ".." + "/shared")
    texts = ((name, (ROOT / name).read_text("utf-8", "ignore")) for name in listed if (ROOT / name).is_file())
    assert [name for name, text in texts if any(mark in text for mark in marks)] == []
