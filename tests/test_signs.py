"""Signs are folded as `str.translate` would fold them."""

from hypothesis import given
from hypothesis import strategies as st

from extract.signs import Folding

SIGNS = {"（": "(", "）": ")", "，": ",", "]": ")"}


@given(st.text("甲（），]^-\\", max_size=30))
def test_every_sign_is_replaced(text: str) -> None:
    """All of its places, and nothing else; the text keeps its length."""
    assert Folding(SIGNS)(text) == text.translate(str.maketrans("".join(SIGNS), "".join(SIGNS.values())))
