"""What pages do to a text, and how it is undone: str → the report's text.

Each mending is one function from text to text; `mend` runs them in order. After that the text is final: all
offsets count in it. Nothing is guessed: where damage has lost what stood there, the text stays as it is.
"""

import html
import re
from functools import lru_cache
from itertools import compress, count
from operator import ne

from opencc import OpenCC

from extract.guarded import begun
from extract.signs import Folding
from ontology.divisions import divisions

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# 區(qū), 執(zhí): a character's reading in brackets behind it. The tone mark tells it from 公斤(kg).
_GLOSS = re.compile(rf"[(（](?=[a-zü]*[{_TONED}])[a-zü{_TONED}]{{1,6}}[)）]")
# The same without a tone mark, 了(le), 們(men): only believed in a text that has toned ones.
_TONELESS_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])[(（](?:de|le|me|men|ma|ne|ba|zhe|zi|tou)[)）]")

# Marks of width, order and direction, tags, controls, and what is no character at all.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    "\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANK = re.compile("[\u00a0\u2002-\u200a\u202f\t\x0b\x0c]")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6});", re.IGNORECASE)
_FULL_WIDTH = Folding(
    {
        chr(code): chr(code - 0xFEE0)
        for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)
    }
)
_FULL_WIDTH_POINT = re.compile(r"(?<=\d)．(?=\d)")

# 受理 103 件, 2024 年: a page that sets a space around every number.
_SPACED_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff，、；：（）%]) +(?=\d)|(?<=[\d%]) +(?=[\u4e00-\u9fff，、；：（）%])")
# 2024 年 3 月 15 日, wherever it stands.
_SPACED_DATE = begun(r"(?<=\d) +(?=[年月日])|(?<=[年月]) +(?=\d{1,2} ?[月日])")
_RUNNING_TEXT = re.compile(r"(?:[，。；;]|,(?!\d{3})).{8,}(?:[，。；;]|,(?!\d{3}))")  # 21,460.2 has no comma of its own

# Section numerals by the GB lead byte that is left of them: （二） is A3A8 B6FE A3A9, of which FEA3 is no character.
_NUMERAL_LEADS = dict(zip(b"\xd2\xb6\xc8\xcb\xce\xc1\xc6\xb0\xbe\xca", "一二三四五六七八九十", strict=True))
# A page in traditional characters has a third that simplified ones write otherwise, one in simplified characters none
# but those of names and slips.
_TRADITIONAL = 0.05
_UNFOLDED = str.maketrans({",": "，", ":": "：", ";": "；", "!": "！", "(": "（", ")": "）"})
_LONGEST_SHIFT = 120


def mend(raw: str) -> str:
    """The text as its office wrote it, in simplified characters, lines ended by LF, without invisible characters."""
    text = _LINE_END.sub("\n", _drop_entities(raw))
    for mending in (
        _drop_invisible,
        _narrow_digits,
        _drop_glosses,
        _realign,
        _simplify,
        _close_up_numbers,
    ):
        text = mending(text)
    return text


def _drop_entities(text: str) -> str:
    """`&nbsp;` and its kind, left in a text that was cut from a page's source."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def _drop_invisible(text: str) -> str:
    return _BLANK.sub(" ", _INVISIBLE.sub("", text))


def _narrow_digits(text: str) -> str:
    """Full-width digits, letters and per cent signs: `９４．７％` is 94.7%."""
    return _FULL_WIDTH(_FULL_WIDTH_POINT.sub(".", text) if "．" in text else text)


def _drop_glosses(text: str) -> str:
    """Readings that a double conversion set behind characters: `執(zhí)法`, `我們(men)`."""
    mended, found = _GLOSS.subn("", text)
    return _TONELESS_GLOSS.sub("", mended) if found else text


def _simplify(text: str) -> str:
    """Traditional characters as simplified ones; a page in simplified ones keeps those of names: 乾县 is not 干县."""
    simplified: str = _converter().convert(text)
    if simplified == text or len(simplified) != len(text):
        return simplified
    changed = list(compress(count(), map(ne, text, simplified)))
    kept = [place for place in changed if text[place] in _of_names()]
    if len(changed) - len(kept) > _TRADITIONAL * len(text):
        return simplified
    chars = list(simplified)
    for place in kept:
        chars[place] = text[place]
    return "".join(chars)


def _close_up_numbers(text: str) -> str:
    """Spaces around numbers in running text; lines of a table or an index card keep theirs."""
    if " " not in text:
        return text
    lines = _SPACED_DATE.sub("", text).split("\n")
    return "\n".join(
        _SPACED_NUMBER.sub("", line) if " " in line and _RUNNING_TEXT.search(line) else line for line in lines
    )


def _realign(text: str) -> str:
    """GBK text that lost the lead byte A1 and was read one byte off: `?。ㄋ模┩七M` is `　（四）推進`.

    Behind a question mark, the characters are put back to GB18030 bytes with A1 before them and decoded again, up
    to the first place where both readings end together: from there on the page was read aright again.
    """
    return "\n".join(_realign_line(line) if "?" in line else line for line in text.split("\n"))


def _realign_line(line: str) -> str:
    done, rest = "", line
    while "?" in rest:
        before, _, rest = rest.partition("?")
        mended = _realigned(rest)
        if mended is None:
            done += before + "?"
        else:
            done += before + mended[0]
            rest = rest[mended[1] :]
    return done + rest


def _realigned(rest: str) -> tuple[str, int] | None:
    """The mended beginning of `rest` and how many of its characters it replaces; None where nothing is misaligned."""
    shifted = b"\xa1"
    for length, char in enumerate(rest[:_LONGEST_SHIFT], 1):
        # Only the first sign can have been folded to ASCII: `?,F將` stands for `。現將`, A1A3 AC46.
        shifted += (char.translate(_UNFOLDED) if length == 1 else char).encode("gb18030", "ignore")
        try:
            text = shifted.decode("gb18030")
        except UnicodeDecodeError:
            if not char.isascii() or length == 1:
                continue
            # Bytes are missing: the readings never meet again, but an ASCII sign starts afresh.
            text = shifted.decode("gb18030", "ignore")
        return (_restore_numeral(text), length) if _is_plausible(text) else None
    return None


def _is_plausible(text: str) -> bool:
    """Whether realigned bytes give Chinese: a sign of row A1 (。, a blank, a quote), then characters."""
    return (
        bool(text)
        and text[0] in "　、。·—～…‘’“”〔〕〈〉《》「」『』【】"
        and all(
            "\u4e00" <= char <= "\u9fff" or char in "　、。“”《》，；：！？（）" or char.isascii() for char in text[1:]
        )
    )


def _restore_numeral(text: str) -> str:
    """`（订注重` is `（二）注重`: FE A3 between the brackets was no character and is lost, B6 names the two.

    Where `）` is lost as well (no trailing A9), bytes are missing and what follows can only be dropped.
    """
    match = re.match(r"　*（([\u4e00-\u9fff])", text)
    if match is None:
        return text
    if match[1] in "一二三四五六七八九十":
        return text if text.startswith("）", match.end()) else f"{text[: match.end()]}）{text[match.end() :]}"
    lead, trail = match[1].encode("gb18030")[:2]
    if lead not in _NUMERAL_LEADS:
        return text
    return f"（{_NUMERAL_LEADS[lead]}）" + (text[match.end() :] if trail == 0xA9 else "")


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _of_names() -> frozenset[str]:
    """The characters that are traditional elsewhere and stand in names of divisions: 乾 in 乾县, 於 in 於潜镇."""
    names = "\n".join(division.name for division in divisions())
    return frozenset(one for one, other in zip(names, _converter().convert(names), strict=True) if one != other)
