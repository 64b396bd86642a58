"""Bytes → text: which of the encodings of Chinese pages it is, told by what it gives.

A byte order mark decides, then strict UTF-8, then what the page declares, then whichever Chinese encoding gives the
text that most looks like one. Where no encoding fits the whole, as in a page put together from two, each line is
decoded for itself.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from operator import itemgetter

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# <meta charset="gbk">, <meta http-equiv="Content-Type" content="text/html; charset=gb2312">, <?xml encoding="big5"?>
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
# GB18030 holds all that is declared as one of the older sets, and pages hold what their declared set does not.
_READ_AS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_CHINESE = ("gb18030", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be")
# The hundred signs that a Chinese official text is full of, in both scripts; a wrong decoding has few of them.
_FREQUENT = frozenset(
    "的和法政治行工作执建设法度依年人全大会不在重要实进推强化加民理制机部中府为為执設機與与，。、；：《》（）"
)
_SAMPLE = 20_000
# Real texts have 0.4 and more, their wrong decodings 0.2 at most; a very short one may fall below.
_LEAST_LIKENESS = 0.1
_USUAL_LIKENESS = 0.25
_SURE_LIKENESS = 0.4
_LIKENESS = itemgetter(0)  # of a reading: (likeness, text)
# Reading line by line is slow, and a report that needs it is no larger.
_LARGEST_MIXED = 10 * 2**20


def decode_bytes(data: bytes) -> str | None:
    """The text that the bytes hold; None if they hold none in any known encoding."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, "replace")
            # A page joined from two may carry the mark of the first and the encoding of the second.
            return text if text.count("�") <= len(text) // 1000 else _best(data[len(bom) :])
    return _best(data)


def likeness(text: str) -> float:
    """How much a text's signs beyond ASCII look like Chinese official prose: below 0.1 it is something else.

    A frequent sign counts 1, an ordinary character a third, what no text holds (U+FFFD, private use) minus 1.
    """
    signs = {char: count for char, count in Counter(text[:_SAMPLE]).items() if char > "\x7f"}
    return sum(_weight(char) * count for char, count in signs.items()) / sum(signs.values()) if signs else 0.0


def _best(data: bytes) -> str | None:
    text = _strictly(data, "utf-8")
    if text is not None and (b"\0" not in data or likeness(text) >= _LEAST_LIKENESS):
        return text
    declared = _DECLARED.search(data[:4096])
    encoding = _READ_AS.get(declared[1].decode("ascii").lower()) if declared else None
    if encoding and (text := _strictly(data, encoding)) is not None and likeness(text) >= _LEAST_LIKENESS:
        return text
    likely, best = max(_readings(data, _CHINESE) if b"\0" not in data else (), key=_LIKENESS, default=(0.0, ""))
    # A wrong decoding as UTF-16 is slow to weigh: it holds thousands of different signs.
    if likely < _SURE_LIKENESS:
        likely, best = max(*_readings(data, _WIDE), (likely, best), (0.0, ""), key=_LIKENESS)
    if likely < _USUAL_LIKENESS and b"\0" not in data and len(data) <= _LARGEST_MIXED:
        mixed = "".join(map(_line, data.splitlines(keepends=True)))
        likely, best = max((likely, best), (likeness(mixed), mixed), key=_LIKENESS)
    return best if likely >= _LEAST_LIKENESS else None


def _readings(data: bytes, encodings: Iterable[str]) -> Iterator[tuple[float, str]]:
    """What the bytes give in those of the encodings that they fit, each with its likeness."""
    for encoding in encodings:
        if text := _strictly(data, encoding):
            yield likeness(text), text


def _line(line: bytes) -> str:
    """A line of a file that no encoding fits as a whole: cut off inside a character, or joined from two."""
    readings = [line.decode(encoding, "replace") for encoding in ("utf-8", *_CHINESE)]
    return next((text for text in readings if text.isascii()), None) or max(readings, key=likeness)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


@cache
def _weight(char: str) -> float:
    if char in _FREQUENT:
        return 1.0
    if char == "�" or "\ue000" <= char <= "\uf8ff" or "\x80" <= char < "\xa0":
        return -1.0
    return 0.3 if _is_ordinary(char) else 0.0


def _is_ordinary(char: str) -> bool:
    """Among the 3,755 characters of GB 2312's first level or the 5,401 of Big5's, or their punctuation."""
    return any(low <= char.encode(encoding, "ignore")[:1] <= high for encoding, low, high in _ORDINARY)


_ORDINARY = (("gb2312", b"\xa1", b"\xa3"), ("gb2312", b"\xb0", b"\xd7"), ("big5", b"\xa4", b"\xc6"))
