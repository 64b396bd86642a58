"""The shipped questions (`queries/*.rq`), each with its sentence in English and Chinese in the first two lines."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from graph.errors import BadQuery

_UPDATES = ("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD")
# A query by its verb behind comments and prologue; names of questions and files go on without a blank.
_BEGINNING = re.compile(
    rf"(?:\s|\#[^\n]*\n|BASE\s*<[^>]*>|PREFIX\s[^<]*<[^>]*>)*+(?P<verb>SELECT|ASK|CONSTRUCT|DESCRIBE|{'|'.join(_UPDATES)})(?=[\s*?<{{])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its SPARQL."""

    name: str
    english: str
    chinese: str
    query: str


def questions() -> dict[str, Question]:
    """The shipped questions by name, in the order of their names."""
    entries = (entry for entry in files("graph").joinpath("queries").iterdir() if entry.name.endswith(".rq"))
    found = (_read(entry.name.removesuffix(".rq"), entry.read_text(encoding="utf-8")) for entry in entries)
    return {question.name: question for question in sorted(found, key=lambda question: question.name)}


def find_question(name: str) -> Question:
    """The shipped question of that name; BadQuery with the nearest names where there is none."""
    shipped = questions()
    if name not in shipped:
        near = get_close_matches(name, shipped, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`zhili query --list` shows them"
        raise BadQuery(f"{name}: no SPARQL query, no file and no shipped question; {hint}")
    return shipped[name]


def query_text(words: str) -> str:
    """The query that is meant: SPARQL itself, a file's, or a shipped question's; BadQuery for an update."""
    text = words if "{" in words or _BEGINNING.match(words) and not Path(words).is_file() else _stored(words)
    if (found := _BEGINNING.match(text)) and found["verb"].upper() in _UPDATES:
        verb = found["verb"].upper()
        raise BadQuery(f"{verb}: the graph is read-only; only SELECT, ASK, CONSTRUCT and DESCRIBE are answered")
    return text


def _stored(words: str) -> str:
    """The text of a file, or of the shipped question of that name."""
    path = Path(words)
    if path.is_file():
        try:
            return path.read_text(encoding="utf-8-sig")  # Windows' editors begin a file with a sign of its encoding
        except (OSError, UnicodeDecodeError) as error:
            raise BadQuery(f"{path}: cannot be read as UTF-8 text ({error}); save the query as UTF-8") from error
    if path.suffix == ".rq":
        raise BadQuery(f"{path}: no such file; `zhili query --list` shows the shipped questions")
    return find_question(words).query


def _read(name: str, text: str) -> Question:
    english, chinese, _ = text.split("\n", 2)
    return Question(name, english.removeprefix("# "), chinese.removeprefix("# "), text)
