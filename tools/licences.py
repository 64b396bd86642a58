"""The licence of every package that Zhili runs with, or with `--all` is developed with too, as a table.

    python -m tools.licences [--all]

Each is the package's own word, from its metadata: the expression (PEP 639), else the field, else the classifier.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import NamedTuple

from packaging.requirements import Requirement

_LONGEST = 60  # a longer licence field is the licence's text


class Licence(NamedTuple):
    """A package, its version and what it says its licence is, "" where it says nothing."""

    name: str
    version: str
    licence: str


def licences(extras: tuple[str, ...] = ()) -> list[Licence]:
    """Zhili's dependencies, those of dependencies too, with these of its extras, by name; what is not installed is not asked."""
    found: dict[str, Licence] = {}
    waiting = list(_required("zhili", ("", *extras)))
    for name in waiting:  # which grows meanwhile
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        found[key] = Licence(key, package.version, _licence(package))
        waiting += _required(name, ("",))
    return sorted(found.values())


def _required(name: str, extras: tuple[str, ...]) -> Iterator[str]:
    for line in distribution(name).requires or []:
        required = Requirement(line)
        if required.marker is None or any(required.marker.evaluate({"extra": extra}) for extra in extras):
            yield required.name


def _licence(package: Distribution) -> str:
    about = package.metadata
    named = [str(each) for each in about.get_all("Classifier") or () if str(each).startswith("License ::")]
    expression, field = (next(iter(about.get_all(name) or [""])) for name in ("License-Expression", "License"))
    short = field if field not in ("UNKNOWN", "Dual License") and len(field) <= _LONGEST and "\n" not in field else ""
    return str(expression or short or " OR ".join(each.split(" :: ")[-1] for each in named))


if __name__ == "__main__":
    for each in licences(("dev", "parquet", "dask", "remote") if "--all" in sys.argv[1:] else ()):
        print("\t".join(each))
