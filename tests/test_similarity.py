"""Similar weaknesses: the weights, the likeness, the reasons, and what is said of their worth."""

import pytest

from graph.analysis.profiles import STRENGTH
from graph.analysis.quotes import Quote
from graph.analysis.similarity import all_similar, closest_first, similar
from graph.errors import AmbiguousThing, UnknownThing
from graph.naming import find_place, places
from graph.store import GraphStore
from graph.telling.similarity import tell_all_similar, tell_similar
from tests.factories import cause, deficiency, graph_from, report


def graph() -> GraphStore:
    """Three places: one shares two weaknesses with 三江街道, one a cause only."""
    return graph_from(
        report("330324006", deficiencies=(deficiency("legal-talent", "review-depth"),)),
        report("430406", deficiencies=(deficiency("legal-talent", "review-depth"),)),
        report("500101", deficiencies=(deficiency("team-quality", causes=(cause("legal-talent"),)),)),
        report("330324", deficiencies=()),
    )


def test_the_most_similar_comes_first_with_reasons() -> None:
    """Places are ranked, each with what is shared and the sentences of both sides."""
    result = similar(graph(), "三江街道")
    assert [(each.place.name, each.score) for each in result.likenesses][0] == ("雁峰区", 1.0)
    assert [each.place.name for each in result.likenesses] == ["雁峰区", "万州区"]
    shared = {found.concept.rsplit("/")[-1]: found for found in result.likenesses[0].shared}
    assert shared.keys() == {"legal-talent", "review-depth"}
    assert [quote.text for quote in shared["legal-talent"].mine] == ["执法力量仍显不足"]
    (only,) = result.likenesses[1].shared
    assert [quote.text for quote in only.theirs] == ["编制偏少"]


def test_a_cause_counts_less() -> None:
    """What another place gives only as a cause adds half of what an admitted weakness would."""
    result = similar(graph(), "三江街道")
    whole = next(each.weight for each in result.likenesses[0].shared if each.concept.endswith("legal-talent"))
    assert result.likenesses[1].shared[0].weight == pytest.approx(whole * STRENGTH["cause"], abs=1e-3)


def test_a_share_from_causes_says_so() -> None:
    """Each side says in which role the concept stands there, and the text says `as a cause` where it is only one."""
    result = similar(graph(), "三江街道")
    assert {(each.my_role, each.their_role) for each in result.likenesses[0].shared} == {("weakness", "weakness")}
    (shared,) = result.likenesses[1].shared
    assert (shared.my_role, shared.their_role) == ("weakness", "cause")
    told = tell_similar(result).splitlines()
    assert [line.strip() for line in told if "as a cause" in line] == ["there, as a cause: 编制偏少"]


def test_what_fits_no_category_is_nothing_in_common() -> None:
    """weakness:other, admitted or as a cause, makes no two places alike, and alone is nothing to compare."""
    found = graph_from(
        report("330324006", deficiencies=(deficiency("other", "legal-talent"),)),
        report("430406", deficiencies=(deficiency("other", causes=(cause("other"),)),)),
        report("500101", deficiencies=(deficiency("legal-talent"),)),
    )
    result = similar(found, "三江街道")
    assert [(each.place.name, each.score) for each in result.likenesses] == [("万州区", 1.0)]
    assert result.known == 2
    assert "nothing to compare" in similar(found, "雁峰区").caution


def test_uncertain_findings_count_less() -> None:
    """A doubtful finding makes places less alike than a certain one."""
    sure = report("330324006", deficiencies=(deficiency("legal-talent"), deficiency("review-depth")))

    def score(confidence: float) -> float:
        other = report("430406", deficiencies=(deficiency("legal-talent", confidence=confidence),))
        return similar(graph_from(sure, other), "三江街道").likenesses[0].score

    assert score(0.5) < score(1.0)


def test_it_says_how_little_it_knows() -> None:
    """The result names the number of places that were compared and what few of them mean."""
    result = similar(graph(), "三江街道")
    assert result.known == 3
    assert "Only 3 jurisdictions" in result.caution and "mean little" in result.caution


def test_a_place_without_weaknesses() -> None:
    """Of a place that admits nothing the result says so, and is empty."""
    result = similar(graph(), "永嘉县")
    assert result.likenesses == ()
    assert tell_similar(result).splitlines()[1:] == [result.caution] and "nothing to compare" in result.caution
    alone = tell_similar(similar(graph(), "三江街道", level="province"))
    assert "No other place that was asked for" in alone and "None shares" not in alone


@pytest.mark.parametrize(
    "words",
    [
        "三江街道",
        "永嘉县三江街道",
        "浙江省温州市永嘉县三江街道",
        "330324006",
        "330324006000",
        "division:330324006",
        " 三江街道 ",
    ],
)
def test_places_have_many_names(words: str) -> None:
    """A place is found by its name, with or without superiors, and by its code."""
    assert find_place(places(graph()).values(), words).code == "330324006"


def test_unknown_place_suggests() -> None:
    """A name that no place has is answered with near ones."""
    with pytest.raises(UnknownThing, match="did you mean 三江街道"):
        similar(graph(), "三江")


def test_superiors_without_report_are_no_place() -> None:
    """A province that stands in the chain only has no report to compare."""
    with pytest.raises(UnknownThing, match="重庆市"):
        similar(graph(), "重庆市")


def test_ambiguous_place_lists_the_candidates() -> None:
    """A name that two places have is not guessed."""
    known = places(graph())
    twin = [*known.values(), *known.values()]
    with pytest.raises(AmbiguousThing, match=r"浙江省温州市永嘉县三江街道 \(330324006\)"):
        find_place(twin, "三江街道")


def test_the_sentences_worded_most_alike_stand_first() -> None:
    """Of several sentences on either side, the two that say the same thing lead their sides; none is lost."""
    mine = tuple(Quote("r", "2024", text) for text in ("执法人员专业性欠缺", "普法宣传形式较为单一"))
    theirs = tuple(Quote("s", "2024", text) for text in ("宣传形式相对单一", "执法装备不足"))
    ours, others = closest_first(mine, theirs)
    assert (ours[0], others[0]) == (mine[1], theirs[0])
    assert (set(ours), set(others)) == (set(mine), set(theirs))


def test_every_place_with_those_most_like_it() -> None:
    """The same as for each place by itself, in the order of their codes."""
    store = graph()
    found = [(place.code, other.code, round(score, 4)) for place, other, score in all_similar(store)]
    each = [
        (place.code, like.place.code, like.score)
        for place in places(store).values()
        for like in similar(store, place.code).likenesses
    ]
    assert found == each and len(found) == 6
    assert len({place for place, *_ in found}) == 3
    lines = list(tell_all_similar(all_similar(store, limit=1)))
    assert lines[:2] == [
        "code,place,other_code,other,likeness\n",
        "330324006,浙江省温州市永嘉县三江街道,430406,湖南省衡阳市雁峰区,1.0000\n",
    ]
