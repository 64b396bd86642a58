"""A document → its report: the rules, run in order."""

from functools import partial

from extract.deficiencies import find_deficiencies
from extract.errors import NotAReport
from extract.genre import Verdict, judge
from extract.mechanisms import find_adoptions, find_mentions, name_mechanism
from extract.mending import mend
from extract.numbers.indicators import find_observations
from extract.office.dates import find_published, find_year
from extract.office.jurisdictions import find_office
from extract.outline import Outline, read_outline
from extract.plans import find_plans
from extract.practices import find_practices
from extract.reading import Document, decode
from extract.records import Evidence, Report
from extract.unread import find_unread
from extract.weaknesses import classify
from ontology.divisions import divisions
from ontology.vocabulary import Vocabulary, load_vocabulary


def read_report(document: Document, *, force: bool = False) -> Report:
    """The report that a document holds.

    Raises ReadingError (extract.errors): the document is empty, no text or, unless `force`, no such report.
    """
    outline = read_outline(mend(decode(document)))
    if not force and (verdict := judge(outline)).kind != "report":
        instead = f": {verdict.reason}" if verdict.kind == "none" else f" but {verdict}"
        raise NotAReport(document.name, f"not an annual rule-of-law report{instead}", "leave it out, or use --force")
    return _report(document, outline, load_vocabulary())


def read_verdict(document: Document) -> Verdict:
    """What a document is: a report, of a neighbouring genre, or none; raises ReadingError where it cannot be read."""
    return judge(read_outline(mend(decode(document))))


def _report(document: Document, outline: Outline, vocabulary: Vocabulary) -> Report:
    text = outline.text

    def mechanisms_of(slice_: Evidence) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(found.concept for found in find_mentions(text, slice_.start, slice_.end, vocabulary))
        )

    def mechanism_of(start: int, end: int) -> str | None:
        return name_mechanism(text, start, end, vocabulary)

    observations = tuple(find_observations(outline, mechanism_of))
    deficiencies = tuple(find_deficiencies(outline, partial(classify, vocabulary=vocabulary), mechanisms_of))
    office = find_office(outline, divisions(), document.hints)
    return Report(
        source=document.source or document.name,
        sha256=document.sha256,
        text=text,
        title=outline.title.of(text).replace("\n", "") if outline.title else None,
        jurisdiction=office.jurisdiction,
        department=office.department,
        issuer=office.issuer,
        year=find_year(outline),
        published=find_published(outline),
        sections=outline.sections,
        adoptions=tuple(find_adoptions(outline, vocabulary)),
        practices=tuple(find_practices(outline, vocabulary, mechanism_of)),
        observations=observations,
        deficiencies=deficiencies,
        plans=tuple(find_plans(outline, mechanisms_of)),
        unread=tuple(find_unread(outline, observations, deficiencies)),
    )
