"""Write ontology/data/pinyin.tsv.xz: how the names of provinces, prefectures and counties are spelt in host names.

    python tools/make_pinyin.py [OUTPUT]

Needs the package pypinyin (0.55), which the project itself does not. A line is `code<TAB>syllables`, the short name's
syllables set apart by blanks: `330324<TAB>yong jia`. Same input, same bytes.
"""

import lzma
import sys
from pathlib import Path

from pypinyin import lazy_pinyin  # type: ignore[import-not-found]

from ontology.divisions import divisions
from ontology.placenames import short_names

OUTPUT = Path(__file__).parent.parent / "ontology" / "data" / "pinyin.tsv.xz"
# What the characters are read as in names of places, and names that are read like no other.
READ = {"长": "chang", "都": "du", "朝": "chao", "圩": "xu"}
WHOLE = {
    "陕西": "shaan xi",
    "长子": "zhang zi",
    "闵行": "min hang",
    "马尾": "ma wei",
    "曾都": "zeng du",
    "洪洞": "hong tong",
    "南乐": "nan le",
    "民乐": "min le",
    "单县": "shan xian",
    "六合": "lu he",
    "广饶": "guang rao",
}


def spelling(name: str) -> str:
    """The syllables of a short name as its own people spell it."""
    if name in WHOLE:
        return WHOLE[name]
    return " ".join(READ.get(char, each) for char, each in zip(name, lazy_pinyin(name), strict=True))


def main(output: Path = OUTPUT) -> None:
    """Write the data file and say how much is in it."""
    lines = []
    for division in divisions():
        if division.level != "township" and not division.is_zone:
            name = min(short_names(division.name), key=len, default=division.name)
            lines.append(f"{division.code}\t{spelling(name)}\n")
    data = lzma.compress("".join(lines).encode("ascii"), format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)
    output.write_bytes(data)
    print(f"{len(lines)} names, {len(data)} bytes: {output}", file=sys.stderr)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
