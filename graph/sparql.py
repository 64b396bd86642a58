"""A query's text: what in it are words, and what only looks like them; nothing is parsed."""

import re

from graph.errors import BadQuery

# In which words are no keywords: escaped characters of names, strings, IRIs and comments. An IRI has exactly the
# characters that the grammar allows, so that nothing between two signs of comparison passes for one.
QUIET = re.compile(
    r"""\\. | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' | <[^<>"{}|^`\\\x00-\x20]*>) | (?P<comment>\#[^\r\n]*)""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)


def refuse_service(query: str) -> None:
    """BadQuery where a query would ask another server, however the word for it is dressed up."""
    # Also with the escapes read that some engines resolve before they parse.
    if _SERVICE.search(mask(query)) or _SERVICE.search(mask(_unescape(query))):
        raise BadQuery("the query asks another server (SERVICE); Zhili makes no request to any host")


def mask(query: str) -> str:
    """The query, character by character, with strings and IRIs as backticks and comments as blanks."""
    return QUIET.sub(lambda found: (" " if found["comment"] else "`") * len(found[0]), query)


def _unescape(query: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code <= 0x10FFFF else ""

    return _ESCAPE.sub(character, query)
