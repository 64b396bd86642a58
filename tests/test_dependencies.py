"""What Zhili is built on: every licence is known and agrees with Apache-2.0, every version is pinned and can be audited."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from graph.cli import LIBRARIES, _rules
from tools.audit import audit, told
from tools.licences import licences

ROOT = Path(__file__).parent.parent
# What may be used beside code under Apache-2.0 without putting terms on it: permissive ones, and the Mozilla licence,
# whose terms end at the package's own files.
COMPATIBLE = re.compile(
    r"Apache(?:[ -]2\.0| License 2\.0| Software License)|MIT(?: License|-CMU)?|BSD(?:-[23]-Clause| License)?|0BSD"
    r"|ISC license|ISC License \(ISCL\)|PSF-2\.0|Python Software Foundation License|MPL-2\.0|W3C-20150513|Zlib|CC0-1\.0|dependency licenses"
)


def agrees(licence: str) -> bool:
    """Whether a licence is known to agree: of a choice one of them, of several that hold together each."""
    return any(
        all(COMPATIBLE.fullmatch(part.strip()) for part in re.split(r" AND |, ", choice))
        for choice in licence.split(" OR ")
    )


@pytest.mark.parametrize("package", licences(), ids=lambda package: package.name)
def test_licences_agree_with_ours(package: tuple[str, str, str]) -> None:
    """Of each package that Zhili runs with, those that its dependencies bring included."""
    assert agrees(package[2]), package


@pytest.mark.parametrize("licence", ["", "GPL-3.0-only", "MIT AND GPL-2.0-only", "AGPL-3.0", "Proprietary", "SSPL-1.0"])
def test_other_licences_do_not(licence: str) -> None:
    """Nor does silence."""
    assert not agrees(licence)
    assert agrees(f"{licence} OR MIT")


def test_every_version_is_pinned() -> None:
    """Of all that Zhili runs with or is developed with, to the version that is installed."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if not line.startswith("#"))
    known = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pinned.items()}
    used = [each for each in licences(("dev", "parquet", "dask", "remote")) if each.name != "zhili"]
    assert len(used) > 60
    assert [each for each in used if known.get(each.name) != each.version] == []


FLAW = {"id": "PYSEC-1", "fix_versions": ["1.1"], "aliases": [], "description": ""}


@pytest.mark.parametrize(
    ("packages", "code", "says"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], 0, "1 packages, nothing known"),
        ([{"name": "a", "version": "1", "vulns": [FLAW]}], 1, "a 1: PYSEC-1; mended in 1.1"),
        ([{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}], 2, "not known to the advisory database: b"),
        ([{"name": "b", "skip_reason": "not found"}], 2, "could not be asked"),
    ],
)  # fmt: skip
def test_an_audit_is_told(packages: list[dict[str, object]], code: int, says: str) -> None:
    """What was passed over is never told as safe."""
    found, lines = told({"dependencies": packages})
    assert found == code and says in lines[0]


def test_an_audit_that_cannot_be_made_is_told_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no network, or no pip-audit."""
    failed = subprocess.CompletedProcess((), 1, "", "Traceback …\nConnectionError: no route\n")
    monkeypatch.setattr(subprocess, "run", lambda *given, **options: failed)
    assert audit(tmp_path) == (2, ["the advisory database could not be asked: ConnectionError: no route"])


def test_rules_of_another_library_are_other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed of anything that a document is read with stands in the version of the rules.

    Where it lies (fsspec) and how it is packed (zstd, Parquet) says nothing of what is read in it.
    """
    imported = set()
    for path in (path for package in ("extract", "ontology") for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
    apart = {"fsspec", "compression", "backports", "duckdb"}
    imported -= {*sys.stdlib_module_names, *apart, "extract", "ontology"}
    names = packages_distributions()
    assert {names[each][0].lower().replace("_", "-") for each in imported} == {*LIBRARIES}
    before = _rules.__wrapped__(False)
    assert before == _rules.__wrapped__(False) != _rules.__wrapped__(True)
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.0.0")
    assert _rules.__wrapped__(False) != before
