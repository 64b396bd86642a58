"""The check speaks in sentences of the report's reader."""

from extract.triples import to_quads
from graph.check import check
from graph.store import graph_of
from tests.factories import deficiency, report, vocabulary


def test_a_good_report_draws_nothing() -> None:
    """What extraction makes of a whole report keeps to every shape."""
    assert list(check(graph_of(to_quads(report()), vocabulary()))) == []


def test_a_wrong_quote_is_found() -> None:
    """A quote that is not what stands in the text is named with its file, sentence and both languages."""
    quads = to_quads(report()).replace('anchorOf> "执法力量仍显不足'.encode(), 'anchorOf> "执法力量充足'.encode())
    (found,) = check(graph_of(quads, vocabulary()))
    assert found.file == "330324006.txt"
    assert found.quote == "执法力量充足"
    assert found.thing.startswith("char=")
    assert "The quote is not what stands there" in str(found)
    assert "引文与报告该处的原文不符" in str(found)


def test_each_report_is_checked_by_itself() -> None:
    """An unknown weakness and a missing year are told of the report that has them, and of no other."""
    wrong = report("430406", year=None, deficiencies=(deficiency("no-such-weakness"),))
    found = list(check(graph_of(to_quads(report()), to_quads(wrong), vocabulary())))
    assert {violation.file for violation in found} == {"430406.txt"}
    assert sorted(violation.english for violation in found) == [
        "A weakness must be a concept of the weakness scheme.",
        "It is not known which year the report is about.",
    ]


def test_candidates_are_no_finding() -> None:
    """A report whose place stays open between two is as it should be."""
    assert list(check(graph_of(to_quads(report("")), vocabulary()))) == []
