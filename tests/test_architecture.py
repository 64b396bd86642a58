"""What may import what, and that every module has its place on a ladder."""

from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent


def test_the_contracts_hold() -> None:
    """The import contracts in pyproject.toml are kept; a module without a place on its ladder breaks them."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_nothing_names_this_machine() -> None:
    """No tracked text names a path of one machine: what the project needs lies in it."""
    texts = [path for suffix in ("py", "ttl", "md", "toml", "txt", "rq") for path in ROOT.glob(f"*/**/*.{suffix}")]
    marks = ("/ro" + "ot/", "/wo" + "rk/", ".." + "/shared")
    named = [
        path
        for path in texts
        if ".venv" not in path.parts and any(mark in path.read_text("utf-8", "ignore") for mark in marks)
    ]
    assert named == []
