"""Clauses that say again what another says, against the same counted one by one."""

from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.clauses import Clauses, Match, Sentences
from graph.analysis.quotes import Quote
from graph.wording import pairs

CLAUSE = st.text(alphabet="执法培训监督制度的仍旧更，,、 ", max_size=12)
SENTENCES = st.lists(CLAUSE, max_size=6)


def sentences(report: str, texts: list[str]) -> Sentences:
    """Sentences one after the other, as a report has them."""
    spans, text = [], ""
    for each in texts:
        spans.append((len(text), len(text) + len(each)))
        text += f"{each}。"
    return Sentences(report, "2022", text, spans)


def one_by_one(parts: list[Sentences], wanted: str, least: float) -> Match | None:
    """The same by the definition."""
    best: Match | None = None
    for report, year, text, spans in parts:
        for start, end in spans:
            for clause in text[start:end].replace(",", "，").split("，"):
                shared, own = pairs(wanted) & pairs(clause), pairs(wanted)
                if shared and len(shared) >= least * len(own) and (best is None or len(shared) / len(own) > best.score):
                    best = Match(Quote(report, year, text[start:end], start, end), len(shared) / len(own))
    return best


@given(SENTENCES, SENTENCES, st.lists(CLAUSE, max_size=4), st.sampled_from([0.1, 0.6, 0.75, 1.0]))
def test_the_first_clause_with_most_of_the_words_is_found(
    first: list[str], second: list[str], wanted: list[str], least: float
) -> None:
    """Over several reports, for several clauses at once, whatever marks, idle words and empty clauses there are."""
    parts = [sentences("a", first), sentences("b", second)]
    assert Clauses(parts).like(wanted, least) == [one_by_one(parts, each, least) for each in wanted]


def test_a_pair_that_is_said_twice_counts_once() -> None:
    """执法执法 has 执法 twice, and no more of 执法监督 for that."""
    assert Clauses([sentences("a", ["执法执法执法"])]).like(["执法监督"], 0.5) == [None]
    (found,) = Clauses([sentences("a", ["开会", "执法监，评查"])]).like(["执法监督"], 0.5)
    assert found is not None and (found.quote.text, found.score) == ("执法监，评查", 2 / 3)
