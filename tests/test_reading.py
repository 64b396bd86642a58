"""Files and folders → documents → text."""

from pathlib import Path

import pytest

from extract.errors import EmptyFile, MissingFile, NotText, ReadingError
from extract.reading import Document, decode, find_documents

TEXT = "二〇二三年，镇党委、镇政府认真推进法治政府建设，全年办理行政执法案件12件。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    """A report is read in each encoding that government pages come in, with and without a byte order mark."""
    text = "法治政府建設年度報告，行政執法案件的辦理情況。" * 3 if encoding == "big5" else TEXT
    assert decode(Document("a.txt", text.encode(encoding))) == text


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        pytest.param(b"", EmptyFile, "empty", id="nothing"),
        pytest.param(b" \n\t ", EmptyFile, "empty", id="white space"),
        pytest.param(b"%PDF-1.7 ...", NotText, "PDF", id="PDF"),
        pytest.param(b"PK\x03\x04....", NotText, "docx", id="docx"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1", NotText, "Word", id="old Word"),
        pytest.param(bytes(range(256)) * 20, NotText, "encoding", id="binary"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 50, NotText, "encoding", id="image"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, error: type[ReadingError], words: str) -> None:
    """The message names the file, what is wrong with it and what to do."""
    with pytest.raises(error) as caught:
        decode(Document("报告.bin", data))
    assert str(caught.value).startswith("报告.bin: ")
    assert words in str(caught.value)
    assert caught.value.advice in str(caught.value)


def test_folders_give_their_files_in_order(tmp_path: Path) -> None:
    """Files below a folder are found in the order of their names; other kinds of file are passed over."""
    for name in ("b.txt", "a/z.html", "c.png", "a/a.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    found = [Path(item.name).name for item in find_documents([tmp_path]) if isinstance(item, Document)]
    assert found == ["a.TXT", "z.html", "b.txt"]


def test_a_missing_path_does_not_stop_the_others(tmp_path: Path) -> None:
    """A path that is not there gives an error in its place."""
    (tmp_path / "a.txt").write_text(TEXT)
    missing, found = find_documents([tmp_path / "none.txt", tmp_path / "a.txt"])
    assert isinstance(missing, MissingFile)
    assert isinstance(found, Document)


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    """A folder without reports is an error that names it."""
    (only,) = find_documents([tmp_path])
    assert isinstance(only, MissingFile)
    assert str(tmp_path) in str(only)


PAGE = """<!DOCTYPE html><html><head><meta charset="gbk"><title>报告</title><style>p{}</style></head><body>
<script>var a = "不是正文";</script><p>&nbsp;&nbsp;全年<span>立案</span><b>1</b><b>2</b>件。</p><!-- 注 -->
<table><tr><th>项目</th><th>件数</th></tr><tr><td>复议</td><td>5</td></tr></table>
<p>相同的段落。</p><p>相同的段落。</p><p style="display: none">看不见</p>尾<br>行</body></html>"""


def test_html_gives_its_visible_text_line_by_line() -> None:
    """Blocks and rows are lines; spans join; scripts, comments and hidden parts go; nothing is folded together."""
    lines = decode(Document("a.html", PAGE.encode("utf-8"))).split("\n")
    assert lines == [
        "报告",
        "\xa0\xa0全年立案12件。",
        "项目 件数",
        "复议 5",
        "相同的段落。",
        "相同的段落。",
        "尾",
        "行",
    ]


def test_deep_nesting_does_not_overflow() -> None:
    """Ten thousand nested elements are read."""
    page = "<html><body>" + "<div>" * 10_000 + "法治政府" + "</div>" * 10_000
    assert "法治政府" in decode(Document("a.html", page.encode()))
