"""A text → what of it is compared, and the tokens by which it is found.

The search is substring-true: every piece of a text finds it, from one character on, and nothing else does. That is why
an index (SQLite's FTS5) holds pairs of characters, 法律顾问 as 法律 律顾 顾问, and asks for words as a phrase of pairs: the
words of a segmenter such as jieba miss what lies across two of them, and FTS5's own trigrams need three characters
where half of all Chinese words have two. A single character is asked for as the beginning of a pair.

Texts and words are folded first, each character for itself, so that a piece of a text folds to a piece of the folded
text: full-width forms to plain ones (NFKC), traditional characters to simplified (OpenCC), capitals to small letters;
white space and invisible characters go. OpenCC gives a piece of a text other characters than the whole (乾县 becomes
干县, 显著 stays); here 乾 and 干 are one, in texts and words alike. Words are also looked for as OpenCC reads the whole of
them, since 瞭解 and 計畫 are 了解 and 计划 only together.
"""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from unicodedata import category, normalize

from opencc import OpenCC

# The tokenizer `ascii` takes every character beyond ASCII as a part of a token and changes none. Without an index of
# their first characters (`prefix`) the pairs take half the room, and a single character ten times as long.
GRAM = f"""
CREATE VIRTUAL TABLE gram USING fts5(text, content='', columnsize=0, prefix='1', tokenize='ascii');
INSERT INTO gram (gram, rank) VALUES ('automerge', 0), ('hashsize', {1 << 26});
"""
# No folded text holds these, so they can stand for what the tokenizer would split at: full-width forms for ASCII, and
# for where a text begins and ends.
EDGE = "\u3000"
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def fold(text: str) -> str:
    """A text as it is compared: without white space and invisible characters, full width, capitals and tradition."""
    return text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """What each character folds to, found out once for each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if category(char) != "Cs":  # half a character, which no text holds and OpenCC refuses
            char = normalize("NFKC", _converter().convert(normalize("NFKC", char)).casefold())
        self[code] = "".join(each for each in char if not each.isspace() and category(each) not in ("Cc", "Cf", "Cs"))
        return self[code]


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


_FOLDED = _Folded()


def tokens(texts: Iterable[str]) -> str:
    """What `gram` holds of an entry that is found by each of these texts."""
    return _pairs(EDGE.join(["", *map(fold, texts), ""]))


def readings(words: str) -> list[str]:
    """Words folded character by character, and as OpenCC reads them together, where that is something else."""
    together = _converter().convert(words.encode("utf-8", "ignore").decode())
    return list(dict.fromkeys((fold(words), fold(together))))


def holding(words: str) -> str:
    """What `gram` is asked for where all of the words, which blanks set apart, are to be found."""
    return " AND ".join(any_of(readings(word)) for word in dict.fromkeys(words.split()) if fold(word))


def any_of(texts: Iterable[str]) -> str:
    """What `gram` is asked for where one of the folded texts is to be found."""
    return f"({' OR '.join(map(_phrase, texts))})"


def _phrase(text: str) -> str:
    return f'"{_pairs(text)}"' if len(text) > 1 else f'"{text.translate(_WIDE)}" *'


def _pairs(text: str) -> str:
    wide = text.translate(_WIDE)
    return " ".join([first + second for first, second in pairwise(wide)])
