"""Pieces of a text that are looked up around or before a place are those that going through the text gives."""

from hypothesis import given
from hypothesis import strategies as st

from extract.records import Evidence
from extract.sentences import clause_around, clauses, clauses_before, statement_around, statements

TEXTS = st.text("甲乙 　，。:；!\n\t", max_size=24)
PLACES = st.integers(0, 24)


@given(TEXTS, PLACES, PLACES)
def test_clauses_before_a_place_are_the_clauses_from_the_last_back(text: str, start: int, place: int) -> None:
    """The one that the place cuts is the first of them."""
    assert list(clauses_before(text, start, min(place, len(text)))) == list(clauses(text, start, place))[::-1]


@given(TEXTS, PLACES, PLACES)
def test_the_pieces_around_a_word_hold_it(text: str, start: int, end: int) -> None:
    """For every word of a stretch of text, the piece around it is the one of its pieces that it lies in."""
    for around, pieces in ((clause_around, clauses), (statement_around, statements)):
        found = list(pieces(text, start, end))
        for place in range(start, min(end, len(text))):
            if text[place] in "甲乙":
                piece = Evidence(place, place + 1)
                holding = [each for each in found if each.start <= piece.start and piece.end <= each.end]
                assert [around(text, start, place, min(end, len(text)))] == holding
