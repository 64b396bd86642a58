"""Are any of the pinned versions known to be unsafe? Asks the advisory database by way of pip-audit.

    python -m tools.audit

Ends with 0 where nothing is known, 1 where something is, 2 where the database could not be asked about all of them.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_PINNED = Path(__file__).parent.parent / "constraints.txt"
_COMMAND = ("-m", "pip_audit", "--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json")


def audit(pinned: Path) -> tuple[int, list[str]]:
    """What is known of the versions in a file: the exit code, and lines to print."""
    done = subprocess.run([sys.executable, *_COMMAND, "-r", str(pinned)], capture_output=True, text=True, check=False)
    try:
        return told(json.loads(done.stdout))
    except ValueError:
        reason = next((line.strip() for line in reversed(done.stderr.splitlines()) if line.strip()), "no reason given")
        return 2, [f"the advisory database could not be asked: {reason[:200]}"]


def told(found: dict[str, Any]) -> tuple[int, list[str]]:
    """pip-audit's JSON as an exit code and lines; that a package was passed over is no finding that it is safe."""
    packages = found["dependencies"]
    unsafe = [
        f"{each['name']} {each['version']}: {flaw['id']}; mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for each in packages
        for flaw in each.get("vulns", ())
    ]
    unknown = [each["name"] for each in packages if "skip_reason" in each]
    if unknown and len(unknown) == len(packages):
        return 2, ["the advisory database could not be asked: it knows none of the packages; is there a network?"]
    lines = [*unsafe, *([f"not known to the advisory database: {', '.join(unknown)}"] if unknown else [])]
    return 1 if unsafe else 2 if unknown else 0, lines or [f"{len(packages)} packages, nothing known against them"]


if __name__ == "__main__":
    code, lines = audit(_PINNED)
    print("\n".join(lines))
    sys.exit(code)
