"""The page of the SPARQL editor, with the shipped questions to begin from."""

from typing import Any

from markupsafe import Markup

from graph.drawing import embed
from graph.explorer.endpoint import Limits
from graph.explorer.page import Page, with_query
from graph.explorer.words import Words
from graph.questions import Question, questions
from ontology.namespace import PREFIXES

# What a question is about, in the order of the page; one that no group names stands in the last.
_GROUPS = {
    "who": (
        "mechanisms-by-adopters practices-of-several practices-under-a-mechanism planned-not-practised lacking "
        "co-adoption narrower-mechanisms mechanisms-nobody-mentions"
    ),
    "where": "by-level by-province first-reports coverage-per-area reports departments statuses-by-level",
    "weak": (
        "weaknesses-by-frequency causes-by-frequency causes-of-a-weakness weaknesses-and-mechanisms weaknesses-without-plan shortcomings-with-causes "
        "plans-answering-a-weakness reports-without-deficiencies"
    ),
    "numbers": "indicators-side-by-side rates-at-100 numbers-that-changed money",
    "quality": "evidence-of-a-claim sentences-with-a-word low-confidence unresolved-reports",
}


def query(words: Words, limits: Limits, asked: str) -> Page:
    """The editor's page; `asked` is the query that it opens with, else the first question's."""
    shipped = questions()
    groups = [
        {"group": words(f"group.{name}"), "questions": [_told(words, each) for each in _of_group(name, shipped)]}
        for name in _GROUPS
    ]
    first = _of_group("who", shipped)[0]
    data = {
        "groups": groups,
        "limits": {"seconds": limits.seconds, "rows": limits.rows},
        "_prefixes": "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()),
        "_asked": asked or first.query,
        "_told": Markup(embed(_told_of(words, limits))),
    }
    return Page("query.html", words("query"), data)


def _told_of(words: Words, limits: Limits) -> dict[str, Any]:
    """What the page says of answers that are not whole, by status, for its script."""
    given = {"seconds": f"{limits.seconds:g}", "rows": "{rows}"}
    statuses = {
        status: [words(f"told.{status}", **given), words(f"told.{status}.hint")]
        for status in ("400", "403", "413", "502", "503", "504", "other", "offline")
    }
    more = {
        "run": words("query.run"),
        "stop": words("query.stop"),
        "cutHint": words("told.cut.hint"),
        "unexpected": words("told.unexpected"),
        "expected": words("told.expected", what="{what}"),
        "prefix": words("told.prefix", known="{known}"),
    }
    return {
        **statuses,
        **more,
        "cut": words("told.cut", **given),
        "where": words("told.where", line="{line}", column="{column}"),
    }


def _of_group(name: str, shipped: dict[str, Question]) -> list[Question]:
    grouped = {each for names in _GROUPS.values() for each in names.split()}
    others = [each for each in shipped if each not in grouped] if name == list(_GROUPS)[-1] else []
    return [shipped[each] for each in (*_GROUPS[name].split(), *others) if each in shipped]


def _told(words: Words, question: Question) -> dict[str, str]:
    """A question in the reader's language, with its query and where its answer is."""
    sentence = question.chinese if words.language == "zh" else question.english
    answer = with_query("/sparql", query=question.query, format="csv")
    return {"name": question.name, "sentence": sentence, "query": question.query, "answer": answer}
