"""Signs that are typed in several ways → one way, keeping the length of the text."""

import re
from collections.abc import Mapping


class Folding:
    """Replaces signs by others, as `str.translate` does; quicker by far, since a text holds few of the signs.

    No sign may stand for another that is itself replaced.
    """

    def __init__(self, signs: Mapping[str, str]) -> None:
        self._signs = dict(signs)
        self._pattern = re.compile(f"[{re.escape(''.join(self._signs))}]")

    def __call__(self, text: str) -> str:
        """The text with every sign replaced."""
        for sign in set(self._pattern.findall(text)):
            text = text.replace(sign, self._signs[sign])
        return text
