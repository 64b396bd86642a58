"""Each shipped question says what it asks, parses, and answers."""

from dataclasses import replace

import pytest

from extract.triples import to_quads
from graph.errors import BadQuery
from graph.questions import Question, find_question, questions
from graph.store import GraphStore, graph_of
from tests.factories import adoption, deficiency, observation, practice, report, vocabulary

QUESTIONS = questions()
TABLES = questions("exports")


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """Reports in which there is something to find for every question."""
    full = report(
        adoptions=(
            adoption("contract-review"),
            adoption("legality-review"),
            adoption("legal-adviser", confidence=0.5),
            adoption("combined-inspection", status="planned"),
            adoption("rule-of-law-culture", status="lacking"),
        ),
        observations=(
            observation(change="increase"),
            observation(name="审查率", unit="%", value=observation().value * 0 + 100, mechanism="legality-review"),
            observation(name="罚没金额", unit="元"),
        ),
        deficiencies=(
            replace(report().deficiencies[0], mechanisms=("enforcement-training",)),
            deficiency("review-depth", mechanisms=("legality-review",)),
        ),
    )
    silent = report("430406", deficiencies=(), practices=(practice(),), adoptions=full.adoptions[:2])
    return graph_of(to_quads(full), to_quads(silent), to_quads(report("")), vocabulary())


@pytest.mark.parametrize("question", [*QUESTIONS.values(), *TABLES.values()], ids=lambda question: question.name)
def test_question_answers(question: Question, store: GraphStore) -> None:
    """The question runs, finds something, names its columns, and gives the same rows in the same order again."""
    rows = list(store.select(question.query))
    assert rows
    assert rows == list(store.select(question.query))


@pytest.mark.parametrize("question", [*QUESTIONS.values(), *TABLES.values()], ids=lambda question: question.name)
def test_question_says_what_it_asks(question: Question) -> None:
    """The first line is an English sentence, the second a Chinese one, and the rows have an order."""
    assert question.english[-1] in "?." and question.english.isprintable() and question.english[0].isascii()
    assert question.chinese[-1] in "？。" and any("\u4e00" <= char <= "\u9fff" for char in question.chinese)
    assert "ORDER BY" in question.query


def test_there_are_enough_questions() -> None:
    """A researcher finds at least eighteen questions."""
    assert len(QUESTIONS) >= 18


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("planned-not-practised", [{"place": "三江街道", "planned": "综合查一次"}]),
        ("reports-without-deficiencies", [{"place": "雁峰区", "year": "2024", "file": "430406.txt"}]),
        (
            "practices-of-several",
            [
                {"practice": "解纷小院", "jurisdictions": "2", "place": "三江街道", "since": "2024"},
                {"practice": "解纷小院", "jurisdictions": "2", "place": "雁峰区", "since": "2024"},
            ],
        ),
        (
            "weaknesses-without-plan",
            [{"place": "三江街道", "year": "2024", "mechanism": "合法性审查", "deficiency": "执法力量仍显不足"}],
        ),
    ],
)
def test_answers_are_right(name: str, rows: list[dict[str, str]], store: GraphStore) -> None:
    """The answer on a small graph is the one that a reader would give."""
    assert [dict(row) for row in store.select(QUESTIONS[name].query)] == rows


def test_unknown_names_suggest_near_ones() -> None:
    """A misspelt name is answered with the nearest ones."""
    assert find_question("co-adoption").name == "co-adoption"
    with pytest.raises(BadQuery, match="did you mean co-adoption"):
        find_question("coadoption")
    with pytest.raises(BadQuery, match="--list"):
        find_question("zzz")
