"""The laws of `tools.laws` hold of whatever Hypothesis makes of real reports; `python -m tools.fuzz` tries more."""

import json
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.documents import Document
from extract.mending import mend
from tools.fuzz import fuzz
from tools.laws import verdict, verdicts
from tools.mutants import FORMATS, SIGNS, TAGS, WORDS, Format, spoil_bytes, word_file

quick = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
randoms = st.randoms(use_true_random=False)


@pytest.mark.parametrize("make", FORMATS, ids=lambda make: make.__name__.strip("_"))
@quick
@given(random=randoms, spoilt=st.booleans())
def test_every_file_has_a_verdict(make: Format, random: Random, spoilt: bool) -> None:
    """A file of a format, its text, markup and container spoiled, and its bytes or not."""
    suffix, data = make(random)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"a.{suffix}"
        file.write_bytes(spoil_bytes(data, random) if spoilt else data)
        assert list(verdicts(file))


@quick
@given(st.binary(max_size=400))
def test_any_bytes_have_a_verdict(data: bytes) -> None:
    """Most are no text."""
    assert verdict(Document("a.txt", data))


# What rules look for, what breaks a text, and whatever else there is.
pieces = st.one_of(st.sampled_from(WORDS), st.sampled_from(SIGNS), st.text(max_size=8))
texts = st.lists(pieces, max_size=60).map("".join)


@settings(quick, max_examples=60)
@given(texts, st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-32-le"]))
def test_any_text_has_a_verdict(text: str, encoding: str) -> None:
    """A report made of the rules' own words in no order, in any encoding, keeps every law."""
    data = f"法治政府建设报告\n一、成效\n{text}。\n二、存在的不足\n{text}".encode(encoding, "ignore")
    assert verdict(Document("a.txt", data))


@settings(quick, max_examples=60)
@given(st.text())
def test_a_mended_text_needs_no_more_of_it(text: str) -> None:
    """What mending leaves can be written, and has no sign that mending takes out."""
    mended = mend(text)
    assert mended.encode().decode() == mended
    assert not set(mended) & set("\r\0\ufeff\u200b\u202e\u2028")


@quick
@given(st.lists(st.one_of(st.sampled_from(TAGS), texts), max_size=40).map("".join))
def test_any_markup_has_a_verdict(inside: str) -> None:
    """Tags in no order, in a page and in a part of a Word file."""
    assert verdict(Document("a.html", f"<html><body>{inside}".encode("utf-8", "replace")))
    assert verdict(Document("a.docx", word_file(f"<w:body>{inside}</w:body>")))


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=5,
)


@quick
@given(
    st.lists(
        st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "text", "html", "url", "title"), json_values)),
        min_size=1,
        max_size=3,
    )
)
def test_any_record_has_a_verdict(rows: list[dict[str, object]]) -> None:
    """Each record of a collection, whatever its fields hold, gives one."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.jsonl"
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        assert len(list(verdicts(file))) == len(rows)


def test_the_big_run_finds_nothing_here() -> None:
    """The first of the inputs that the tool reads break no law."""
    *_, tally = fuzz(seed=1, number=200, jobs=2)
    assert tally.inputs == 200 and not tally.broken
