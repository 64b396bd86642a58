"""What `mend` undoes, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.mending import mend

DAMAGES = [
    pytest.param(
        "在區(qū)委、區(qū)政府領(lǐng)導(dǎo)下", "在区委、区政府领导下", id="glosses of a double conversion"
    ),
    pytest.param("執(zhí)法為(wèi)民，我們(men)", "执法为民，我们", id="a toneless gloss among toned ones"),
    pytest.param("檢（jiǎn）察官", "检察官", id="a gloss in full-width brackets"),
    pytest.param("重約20公斤(kg)", "重约20公斤(kg)", id="a unit in brackets is no gloss"),
    pytest.param("使用(app)辦理", "使用(app)办理", id="a Latin word in brackets is no gloss"),
    pytest.param(
        "邁上新臺階?,F(xiàn)將情況報告如下", "迈上新台阶。现将情况报告如下", id="a full stop read one byte off"
    ),
    pytest.param("?。ㄋ模┩七M普法", "　（四）推进普法", id="an indent and a numeral read one byte off"),
    pytest.param("?。ǘ┳⒅貙嵺`運用", "（二）注重实践运用", id="a numeral whose second byte is lost"),
    pytest.param("?。ㄒ唬┘訌娊M織", "　（一）加强组织", id="the first numeral comes back whole"),
    pytest.param("是否合法?請先審查", "是否合法?请先审查", id="a question mark that is one"),
    pytest.param("案件４２件，合格率９４．７％", "案件42件，合格率94.7%", id="full-width digits, point and per cent"),
    pytest.param(
        "共受理 103 件，辦結 99 件。滿意率達 100 %，按期辦結。",
        "共受理103件，办结99件。满意率达100%，按期办结。",
        id="spaces around numbers",
    ),
    pytest.param(
        "罚没款 万元 318.5 21,460.2 21,778.7 增长3.9%",
        "罚没款 万元 318.5 21,460.2 21,778.7 增长3.9%",
        id="a table's row whose numbers have commas",
    ),
    pytest.param("某市人民政府\n2024 年 3 月 15 日", "某市人民政府\n2024年3月15日", id="a spaced date in a sign-off"),
    pytest.param("发布日期 2025-03-24 公开方式", "发布日期 2025-03-24 公开方式", id="an index card keeps its spaces"),
    pytest.param("法治&nbsp;&nbsp;政府", "法治  政府", id="an entity left in the text"),
    pytest.param("法\u200b治\ufeff政府\r\n建设\r", "法治政府\n建设\n", id="invisible characters and line ends"),
    pytest.param("合法性審查", "合法性审查", id="traditional characters"),
    pytest.param("乾县人民政府关于法治政府建设的报告", "乾县人民政府关于法治政府建设的报告", id="a name, 乾"),
    pytest.param("於潜镇、濛阳街道推进依法行政", "於潜镇、濛阳街道推进依法行政", id="names, 於 and 濛"),
    pytest.param(
        "乾安县在全县范围内开展行政执法监督检查、合法性審查",
        "乾安县在全县范围内开展行政执法监督检查、合法性审查",
        id="a name and a slip",
    ),
    pytest.param(
        "執法隊伍對於法律瞭解不夠",
        "执法队伍对于法律了解不够",
        id="no names where all is traditional",
    ),
]


@pytest.mark.parametrize(("damaged", "mended"), DAMAGES)
def test_damage_is_undone(damaged: str, mended: str) -> None:
    """Each damage seen on real pages is undone; what only looks like one stays."""
    assert mended == mend(damaged)


def _read_one_byte_off(text: str) -> str:
    """What a page shows of a line that lost its first byte: the lost lead byte becomes a question mark."""
    return "?" + text.encode("gb18030")[1:].decode("gb18030", "ignore")


@given(
    st.sampled_from("一四五七八九"),
    st.text(alphabet="推進強化優化調解糾紛組織領導執法監督審查宣傳", min_size=3, max_size=12),
)
def test_numerals_read_one_byte_off_come_back(numeral: str, heading: str) -> None:
    """`　（四）` comes back for every numeral whose bytes survived, whatever heading follows."""
    damaged = _read_one_byte_off(f"　（{numeral}）{heading},")
    assert f"（{numeral}）" in mend(damaged)


@given(st.text(alphabet="法治政府建设，。1234（）《》“”abc \n", max_size=200))
def test_mending_twice_changes_nothing(text: str) -> None:
    """A mended text is final."""
    assert mend(mend(text)) == mend(text)


@given(st.text(max_size=300))
def test_any_text_can_be_mended(text: str) -> None:
    """No text makes the mending fail, and no carriage return or byte order mark is left."""
    assert not set(mend(text)) & {"\r", "\ufeff", "\u200b"}


def test_a_question_before_a_number_is_left_alone() -> None:
    """`满意吗?100%` is a question and a number, not a byte lost."""
    assert mend("满意吗?100%，合格?18岁") == "满意吗?100%，合格?18岁"
