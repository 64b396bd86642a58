"""Reports of thirty and more offices in ten provinces that have nothing in common, to plant copies into."""

from collections.abc import Iterable
from pathlib import Path

from extract.documents import Document
from extract.mending import mend
from extract.reading import decode
from graph.analysis.corpus import Corpus, Written, corpus
from graph.naming import Place

HERE = Path(__file__).parent


def place(code: str) -> Place:
    """A place of a code of 2, 4, 6 or 9 digits, under places that are called by theirs."""
    lengths = [length for length in (2, 4, 6, 9) if length <= len(code)]
    level = ("province", "prefecture", "county", "township")[len(lengths) - 1]
    return Place(f"division:{code}", code, level, tuple(f"{code[:length]}地" for length in lengths))


def written(code: str, year: int, department: str = "") -> Written:
    """A report of a place on a year."""
    return Written(f"{code}{department}/{year}", place(code), department, year)


def texts() -> list[str]:
    """Reports by many hands, none of which copied from another."""
    found = sorted((HERE / "reports").glob("*.txt"))
    return [mend(decode(Document(each.name, each.read_bytes()))) for each in found]


def around(planted: Iterable[tuple[Written, str]]) -> Corpus:
    """A corpus of some reports among 40 of other counties, four in each of ten provinces, on 2019."""
    others = [
        (written(f"{30 + number % 10}{1 + number // 20:02}{90 + number // 10}", 2019), text)
        for number, text in enumerate(texts()[:40])
    ]
    every = [*others, *planted]
    return corpus((report for report, _ in every), ((report.iri, text) for report, text in every))
