"""Write ontology/data/common_pairs.txt.xz: the pairs of Chinese characters that reports have in common.

    python -m tools.make_pairs [OUTPUT]

Of the reports in `seeds/` and `tests/reports/` those pairs are kept that two or more of them have, side by side and in
order, without anything between them. Same reports, same bytes.
"""

import lzma
import re
import sys
from collections import Counter
from pathlib import Path

from extract.documents import Document
from extract.mending import mend
from extract.reading import decode, find_documents
from extract.unquoted import COMMON_PAIRS
from tools.score import REPORTS

FEWEST = 2
_PAIR = re.compile("(?=([\u4e00-\u9fff]{2}))")


def main(output: Path = Path(str(COMMON_PAIRS))) -> None:
    """Write the data file and say how much is in it."""
    counts: Counter[str] = Counter()
    for document in find_documents(REPORTS):
        if isinstance(document, Document):
            counts.update(set(_PAIR.findall(mend(decode(document)))))
    common = sorted(pair for pair, reports in counts.items() if reports >= FEWEST)
    data = lzma.compress("".join(common).encode("utf-8"), format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)
    output.write_bytes(data)
    print(f"{len(common)} pairs, {len(data)} bytes: {output}", file=sys.stderr)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
