"""HTML → the lines that its reader sees."""

import pytest

from extract.formats.pages import page_text

FIRST = "2023年，石桥镇深入推进法治政府建设，规范行政执法，办理案件12件，成效明显。"
SECOND = "下一步，石桥镇将加强学法，完善机制，补齐短板，强化监督，提升效能。"
MORE = [
    f"{ordinal}是健全制度，明确责任，加强监督，推进石桥镇法治政府建设，取得成效。" for ordinal in "一二三四五六七八九十"
]
TEASER = "近日，邻镇召开会议，部署防汛工作，压实责任，要求各村各单位抓好落实。"


def _page(container: str, end: str = "div", head: str = "") -> str:
    return f"""<!DOCTYPE html><html><head><title>石桥镇法治政府建设报告_临江区人民政府</title>{head}</head><body>
<ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul>
<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/szz">石桥镇</a></div>
<table><tr><td>发布机构：</td><td>石桥镇</td><td>发布日期：</td><td>2024-01-08</td></tr></table>
<p>内容概述：{FIRST}</p><h1>石桥镇2023年法治政府建设年度报告</h1>
<{container}><p>{FIRST}</p><p>{"</p><p>".join(MORE)}</p><p>相同的段落。</p><p>相同的段落。</p></{end}>
<p>石桥镇人民政府</p><ul><li><a href="/a">邻镇法治政府建设年度报告</a></li></ul><p>{TEASER}</p></body></html>"""


@pytest.mark.parametrize(
    ("container", "end"),
    [
        ('div class="TRS_Editor"', "div"),
        ('div class="view TRS_UEDITOR trs_paper_default"', "div"),
        ('div id="zoom"', "div"),
        ('div id="UCAP-CONTENT"', "div"),
        ('div class="Custom_UnionStyle"', "div"),
        ('td class="bt_content"', "td"),
        ('div class="article-content"', "div"),
        ('div id="content"', "div"),
        ('div class="news_content_con"', "div"),
        ('div id="vsb_content_2"', "div"),
        ("article", "article"),
    ],
)
def test_around_a_known_body_only_what_tells_of_it_stays(container: str, end: str) -> None:
    """The body is whole; menus, related links and teasers go; title, labels, path and sign-off stay."""
    page = _page(container, end)
    if end == "td":
        page = page.replace(f"<{container}>", f"<table><tr><{container}>").replace(
            "</td>\n<p>石", "</td></tr></table>\n<p>石"
        )
    assert page_text(page).split("\n") == [
        "石桥镇法治政府建设报告_临江区人民政府",
        "当前位置：首页 > 石桥镇",
        "发布机构： 石桥镇 发布日期： 2024-01-08",
        "石桥镇2023年法治政府建设年度报告",
        FIRST,
        *MORE,
        "相同的段落。",
        "相同的段落。",
        "石桥镇人民政府",
    ]


def test_a_page_without_a_known_body_is_read_whole() -> None:
    """Nothing is left out where it is not known what the text is."""
    lines = page_text(_page('div class="c1283"')).split("\n")
    assert {"首页", "邻镇法治政府建设年度报告", TEASER, f"内容概述：{FIRST}"} <= set(lines)


def test_a_name_counts_only_with_the_text() -> None:
    """A menu of the class `content` is not the body, nor is a part of the text."""
    page = f'<body><div class="content"><a>首页</a></div><div id="a"><div class="con">{FIRST}</div><p>{SECOND}{SECOND}</p></div></body>'
    assert page_text(page).split("\n") == ["首页", FIRST, SECOND + SECOND]


def test_the_smallest_body_that_holds_all_counts() -> None:
    """Around the edited text a wider element holds teasers; a text in two edited elements is not cut."""
    one = f'<div class="content"><div class="TRS_Editor">{FIRST}{SECOND}</div><p><a href="/b">{FIRST}</a></p></div>'
    two = f'<div class="content"><div class="TRS_Editor">{FIRST}</div><div class="TRS_Editor">{SECOND}</div></div>'
    assert page_text(f"<body>{one}</body>") == FIRST + SECOND
    assert page_text(f"<body>{two}</body>").split("\n") == [FIRST, SECOND]


def test_what_the_head_says_stands_before_the_text() -> None:
    """Day and source from the page's head are given as pages print them, unless the page prints them."""
    head = '<meta name="PubDate" content="2024-01-08 09:30"><meta name="ContentSource" content="区司法局"><meta name="ArticleTitle" content="石桥镇2023年法治政府建设年度报告">'
    lines = page_text(_page('div id="zoom"', head=head)).split("\n")
    assert lines[:3] == ["发布时间：2024-01-08 09:30", "来源：区司法局", "石桥镇法治政府建设报告_临江区人民政府"]


PAGE = """<!DOCTYPE html><html><head><meta charset="gbk"><title>报告</title><style>p{}</style></head><body>
<script>var a = "不是正文";</script><p>&nbsp;&nbsp;全年<span>立案</span><b>1</b><b>2</b>件。</p><!-- 注 -->
<table><tr><th>项目</th><th>件数</th></tr><tr><td><p>复议</p><p>案件</p></td><td><p>5</p></td></tr></table>
<table><tr><td>菜单</td><td><p>第一段。</p><p>%s</p></td></tr></table>
<p>相同的段落。</p><p>相同的段落。</p><p style="display: none">看不见</p><p hidden>看不见</p>尾<br>行\0</body></html>"""


def test_html_gives_its_visible_text_line_by_line() -> None:
    """Blocks are lines, and so are rows of data; spans join; scripts, comments, hidden parts go; nothing is folded."""
    long = "很长的一段" * 30
    assert page_text(PAGE % long).split("\n") == [
        "报告",
        "\xa0\xa0全年立案12件。",
        "项目 件数",
        "复议 案件 5",
        "菜单",
        "第一段。",
        long,
        "相同的段落。",
        "相同的段落。",
        "尾",
        "行",
    ]


def test_the_lines_of_the_source() -> None:
    """They are lines of the text only in `pre`; in a known body they do not come between two Chinese signs."""
    assert page_text(f'<div id="zoom"><p>{FIRST[:12]}\n  {FIRST[12:]}</p></div>') == FIRST
    assert page_text("<p>来源：区司法局\n发布时间：2024-01-08</p>") == "来源：区司法局 发布时间：2024-01-08"
    assert page_text(f"<pre>{FIRST}\n\n  {SECOND}\n</pre>").split("\n") == [FIRST, SECOND]


def test_a_text_that_a_script_shows_is_read() -> None:
    """A body that is hidden until a script runs is no hidden part."""
    assert (
        page_text(f'<body><a href="/">首页</a><div id="zoom" style="display:none">{FIRST}{SECOND}</div></body>')
        == FIRST + SECOND
    )


@pytest.mark.parametrize("nested", ["<div>" * 10_000, "<table><tr><td>" * 2_000, "<span>" * 10_000])
def test_deep_nesting_does_not_overflow(nested: str) -> None:
    """Thousands of nested elements are read."""
    assert "法治政府" in page_text(f"<html><body>{nested}法治政府")
