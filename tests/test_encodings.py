"""Bytes → text, in the encodings of Chinese pages."""

import pytest

from extract.formats.encodings import decode_bytes, likeness

SIMPLIFIED = "二〇二三年，镇党委、镇政府认真推进法治政府建设，全年办理行政执法案件12件。\n"
TRADITIONAL = "法治政府建設年度報告，行政執法案件的辦理情況。"


@pytest.mark.parametrize("times", [1, 50])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        *(
            (name, SIMPLIFIED)
            for name in ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
        ),
        *((name, TRADITIONAL) for name in ("big5", "big5hkscs", "gb18030", "utf-8")),
        ("gb18030", "法治政府建设情况报告"),
        ("gb18030", "石桥镇司法所"),
        ("big5", "法治政府建設報告"),
    ],
)
def test_every_usual_encoding_is_read(encoding: str, text: str, times: int) -> None:
    """A text is read in each encoding, with and without a byte order mark, long or a single line."""
    assert decode_bytes((text * times).encode(encoding)) == text * times


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(SIMPLIFIED.encode()[:-2], SIMPLIFIED[:-2] + "�", id="UTF-8 cut off inside a character"),
        pytest.param(SIMPLIFIED.encode("gb18030") + b"\xd0", SIMPLIFIED + "�", id="GB18030 cut off"),
        pytest.param(
            SIMPLIFIED.encode() + SIMPLIFIED.encode("gb18030"),
            SIMPLIFIED * 2,
            id="a page joined from UTF-8 and GB18030",
        ),
        pytest.param(
            b"\xef\xbb\xbf" + (SIMPLIFIED * 9).encode("gb18030"),
            SIMPLIFIED * 9,
            id="a mark of UTF-8 on a text in GB18030",
        ),
        pytest.param(
            SIMPLIFIED.encode() + b"\xff\n" + SIMPLIFIED.encode(), SIMPLIFIED + "�\n" + SIMPLIFIED, id="a stray byte"
        ),
    ],
)
def test_damaged_bytes_cost_only_themselves(data: bytes, text: str) -> None:
    """A wrong byte or a second encoding spoils its place, not the text."""
    assert decode_bytes(data) == text


@pytest.mark.parametrize(
    "declared", ['<meta charset="gb2312">', '<meta content="text/html; charset=GBK">', '<?xml encoding="gb2312"?>']
)
def test_a_declared_encoding_is_believed_if_it_fits(declared: str) -> None:
    """Few signs may fit another encoding better; and characters that the declared set lacks are read (镕, €)."""
    assert decode_bytes(f"{declared}朱镕某".encode("gb18030")) == f"{declared}朱镕某"
    assert decode_bytes(f"{declared}{SIMPLIFIED}".encode()) == f"{declared}{SIMPLIFIED}"


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 50, b"\xff" * 500])
def test_what_is_no_text_is_none(data: bytes) -> None:
    """Bytes that no encoding makes sense of are not forced into one."""
    assert decode_bytes(data) is None


def test_a_wrong_decoding_looks_unlike_chinese() -> None:
    """The measure tells a text from its own bytes read in another encoding."""
    assert likeness(SIMPLIFIED) > 0.4
    assert likeness(SIMPLIFIED.encode().decode("gb18030", "replace")) < 0.2
    assert likeness(SIMPLIFIED.encode("gb18030").decode("big5", "replace")) < 0.2
