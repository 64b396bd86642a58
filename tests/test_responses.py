"""What others did about a weakness: who counts, planted associations, and what is said where there is too little."""

from pathlib import Path

import numpy as np
import pytest

from extract.records import Plan, Report
from extract.triples import to_quads
from graph.analysis.responses import (
    PLANNED,
    SINCE,
    Histories,
    Year,
    answer,
    count,
    find_cases,
    newcombe,
    read_histories,
    read_histories_of,
    responses,
)
from graph.errors import UnknownThing
from graph.naming import places
from graph.opening import open_any
from graph.plots.responses import plot_responses
from graph.store import GraphStore, graph_of
from graph.telling.responses import responses_rows, tell_responses
from ontology.namespace import mechanism, weakness
from tests.factories import adoption, deficiency, evidence, graph_from, report, vocabulary
from tests.servers import cutting


def world(seed: int, many: int, effect: float) -> Histories:
    """Governments that admit w, a half of which plan m and a tenth each of ten others; `effect` more let it go with m."""
    random = np.random.default_rng(seed)
    found = {}
    for place in range(many):
        plans = {f"o{at}" for at in range(10) if random.random() < 0.3} | ({"m"} if random.random() < 0.5 else set())
        gone = random.random() < 0.3 + effect * ("m" in plans)
        later = Year(set() if gone else {"w"}, set(), {"m"} if random.random() < 0.5 else set(), True, {"r"})
        found[f"p{place:04}"] = {2020: Year({"w"}, plans, set(), True, {"q"}), 2022: later}
    return found


def test_a_planted_association_is_found() -> None:
    """What goes with letting go is first, with a difference near the planted one; the others are not."""
    (first, *rest) = count(find_cases(world(1, 400, 0.4), "w"), {})
    assert (first.mechanism, first.how) == ("m", PLANNED)
    assert first.fdr is not None and first.fdr < 1e-6 and first.difference is not None
    assert first.low is not None and first.high is not None and first.low < 0.4 < first.high
    assert all(each.fdr is None or each.fdr > 0.05 for each in rest)


def test_chance_gives_hardly_a_find() -> None:
    """Where nothing is planted, 5 % of the tests fire at 5 %, and hardly any after the rate of false discovery."""
    found = [each for seed in range(60) for each in count(find_cases(world(seed, 120, 0.0), "w"), {})]
    p = np.array([each.p for each in found if each.p is not None])
    assert len(p) > 500 and np.mean(p <= 0.05) <= 0.05 + 2 * (0.05 * 0.95 / len(p)) ** 0.5
    assert np.mean(p <= 0.5) > 0.25, "else the test could not fail for being too cautious"
    assert sum(each.fdr is not None and each.fdr <= 0.05 for each in found) <= 8


def test_who_counts() -> None:
    """A later report without anything on shortcomings tells nothing; each government counts once, at its first chance."""
    silent = {2020: Year({"w"}), 2021: Year(speaks=False)}
    skipped = {2020: Year({"w"}), 2021: Year(), 2022: Year(speaks=True)}
    twice = {2020: Year({"w"}, speaks=True), 2021: Year({"w"}, speaks=True), 2022: Year(speaks=True)}
    never = {2020: Year({"x"}), 2021: Year(speaks=True)}
    cases = find_cases({"a": silent, "b": skipped, "c": twice, "d": never}, "w")
    assert [(case.place, case.year, case.later_year, case.gone) for case in cases] == [
        ("a", 2020, None, None),
        ("b", 2020, 2022, True),
        ("c", 2020, 2021, False),
    ]
    assert [case.place for case in find_cases({"a": silent, "b": skipped}, "w", without="a")] == ["b"]


def test_what_is_practised_since_is_new() -> None:
    """Who practised it before is neither among those who do so since nor among the others."""

    def case(before: set[str], after: set[str], gone: bool) -> dict[int, Year]:
        return {
            2020: Year({"w"}, practises=before),
            2021: Year(set() if gone else {"w"}, practises=after, speaks=True),
        }

    histories = {"a": case(set(), {"m"}, True), "b": case({"m"}, {"m"}, True), "c": case(set(), set(), False)}
    (found,) = count(find_cases(histories, "w"), {"m": "某机制"})
    assert (found.label, found.how, found.doing, found.doing_gone) == ("某机制", SINCE, 1, 1)
    assert (found.others, found.others_gone) == (1, 0)
    assert found.difference is None and found.p is None


def test_the_interval_is_newcombes() -> None:
    """The example of the paper: 56/70 against 48/80 gives 0.2 with 0.0524 to 0.3339 (table II, method 10)."""
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)


def stated(code: str, year: int, *admits: str, does: str = "contract-review") -> Report:
    """A report that admits these, plans training, and practises something."""
    plans = (Plan("加强执法培训", ("enforcement-training",), evidence("明年将加强执法培训")),)
    return report(
        code,
        year=year,
        deficiencies=tuple(deficiency(each) for each in admits),
        adoptions=(adoption(does),),
        plans=plans,
    )


def store() -> GraphStore:
    """Two counties that admit a weakness, one no longer in a later report that admits another; a third place."""
    return graph_of(
        vocabulary(),
        *map(
            to_quads,
            (
                stated("430406", 2022, "legal-talent"),
                stated("430406", 2023, "review-depth", does="enforcement-training"),
                stated("500101", 2022, "legal-talent"),
                stated("500101", 2024, "legal-talent"),
                stated("330324", 2023, "legal-talent"),
                report("330324", year=2023, department="财政局", deficiencies=(deficiency("other"),)),
            ),
        ),
    )


def test_a_weakness_is_answered_with_sentences() -> None:
    """By name or id: who admits it, who admits it no longer, what they planned and do since, quoted; no figure on chance."""
    graph = store()
    answers = responses(graph, "legal-talent")
    (found,) = answers.weaknesses
    assert (found.admitting, found.followed, found.gone) == (3, 2, 1)
    of = {(each.mechanism, each.how): each for each in found.responses}
    planned = of[mechanism("enforcement-training"), PLANNED]
    assert (planned.planning, planned.doing, planned.doing_gone, planned.p) == (3, 2, 1, None)
    assert [(said.place.code, said.quote.text, said.gone) for said in planned.said[:2]] == [
        ("430406", "明年将加强执法培训", True),
        ("330324", "明年将加强执法培训", None),
    ]
    since = of[mechanism("enforcement-training"), SINCE]
    assert (since.doing, since.doing_gone, since.others) == (1, 1, 1)
    assert [said.quote.year for said in since.said] == ["2023"]
    assert "nothing can be told from chance" in found.caution
    text = tell_responses(answers, 5)
    assert "1 of the 2 admit it no longer (50%)" in text and "later no longer admitted" in text
    assert len(list(responses_rows(answers))) == 1 + len(found.responses)
    assert found.label.encode() in plot_responses(answers)


@pytest.mark.parametrize("confidence", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("about", ["legal-talent", "review-depth", "other"])
def test_what_does_not_count_need_not_be_read(about: str, confidence: float) -> None:
    """Of one weakness the years that count are as those of all weaknesses, and of the others nothing done is read."""
    graph, asked = store(), weakness(about)
    whole, some = read_histories(graph, confidence), read_histories_of(graph, confidence, lambda _: [asked])
    assert find_cases(whole, asked) == find_cases(some, asked)
    assert sum(bool(year.practises) for own in whole.values() for year in own.values()) == 5
    read = sum(bool(year.practises) for own in some.values() for year in own.values())
    assert read == {"legal-talent": 5, "review-depth": 1, "other": 0}[about]


def test_a_place_learns_from_others() -> None:
    """With a place, each weakness of its last report that has any, and only what others did."""
    graph = store()
    answers = responses(graph, "永嘉县")
    assert [each.weakness for each in answers.weaknesses] == [weakness("legal-talent")]
    assert answers.weaknesses[0].admitting == 2
    assert answers.weaknesses[0].caution.startswith("2 other governments admit it")
    assert responses(graph, "legal-talent").weaknesses[0].caution.startswith("3 governments admit it")
    assert responses(graph_from(report("330324", deficiencies=()), report("430406")), "永嘉县").weaknesses == ()
    with pytest.raises(UnknownThing, match="no weakness of this name.*nor a place"):
        responses(graph, "火星")


def test_a_server_says_the_same(tmp_path: Path) -> None:
    """Over an endpoint as over a folder."""
    graph = store()
    with cutting(graph, 100_000) as url:
        assert responses(open_any(url), "legal-talent") == responses(graph, "legal-talent")
    assert answer(graph, read_histories(graph, 0.5), places(graph), {}, weakness("legal-talent")).admitting == 3
