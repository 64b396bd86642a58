"""The year that a report is on, and the day on which it was published."""

import pytest

from extract.office.dates import find_published, find_year
from extract.outline import read_outline

OPENING = "我镇在县委、县政府的坚强领导下,扎实推进依法行政,各项工作取得新的成效,现将有关情况报告如下:"
PARTS = (
    "{first}\n(一)依法履行职能。全年审查合同32件,办结率98%,矛盾纠纷得到有效化解,群众满意度持续提升。\n"
    "二、存在的不足\n一是法治意识有待增强,执法人员业务能力还需提高,培训还不够经常和深入。\n"
    "{plans}\n继续加强学习培训,提升依法行政能力,推动法治建设取得新的成效,不断前进。\n"
)


def page(
    title: str = "",
    opening: str = OPENING,
    closing: str = "",
    above: str = "",
    first: str = "一、主要举措和成效",
    plans: str = "三、下一步打算",
) -> str:
    """A report's page: furniture, title, opening, three parts, sign-off and what stands below."""
    parts = (above, title, opening, PARTS.format(first=first, plans=plans), closing)
    return "\n".join(part for part in parts if part)


YEARS = {
    "title": (page("石牌镇2021年法治政府建设工作总结"), 2021),
    "year-first": (page("2024年度石牌镇法治政府建设工作报告"), 2024),
    "numerals": (page("石牌镇二〇二一年法治政府建设工作总结"), 2021),
    "numerals-circle": (page("石牌镇二○一九年依法行政工作报告"), 2019),
    "numerals-letter": (page("石牌镇二O二〇年度法治政府建设工作总结"), 2020),
    "lost-year-sign": (page("衡阳市雁峰2024法治政府建设情况报告"), 2024),
    "in-brackets": (page("石牌镇法治政府建设工作报告(2023年)"), 2023),
    "bare-in-brackets": (page("石牌镇法治政府建设年度报告(2022)"), 2022),
    "with-a-plan": (page("石牌镇2023年法治政府建设工作总结和2024年工作计划"), 2023),
    "with-arrangements": (page("关于2023年度法治政府建设情况及2024年主要安排的报告"), 2023),
    "plan-first": (page("石牌镇2024年工作打算暨2023年法治政府建设工作总结"), 2023),
    "plan-only": (page("石牌镇法治政府建设情况和2024年工作计划的报告"), 2023),
    "span": (page("石牌镇2016—2020年法治政府建设情况报告"), 2020),
    "span-in-words": (page("石牌镇2016年至2020年法治政府建设总结"), 2020),
    "five-year-plan": (page("石牌镇“十三五”时期法治政府建设工作总结"), 2020),
    "programme-in-title": (page("石牌镇贯彻《法治政府建设实施纲要(2021-2025年)》2023年法治政府建设情况报告"), 2023),
    "number-in-title": (page("石府〔2024〕3号 石牌镇2023年法治政府建设情况报告"), 2023),
    "opening": (page(opening="2024年," + OPENING), 2024),
    "opening-full": (page(opening="2022年度,在县委领导下," + OPENING), 2022),
    "opening-since": (page(opening="2023年以来," + OPENING), 2023),
    "after-a-programme": (page(opening="对照《法治政府建设实施纲要(2021—2025年)》要求,2023年," + OPENING), 2023),
    "announced": (
        page(opening="我镇扎实推进依法行政,取得新的成效,现将街道2024年度法治政府建设工作情况报告如下:"),
        2024,
    ),
    "announced-span": (
        page(opening="我镇扎实推进依法行政,取得新的成效,现将2016—2020年法治政府建设情况报告如下:"),
        2020,
    ),
    "lost-dash": (page(opening="对照20212025年规划,我镇扎实推进依法行政。2023年," + OPENING), 2023),
    "in-a-heading": (page(first="一、2023年法治政府建设主要举措和成效"), 2023),
    "in-the-plans-heading": (page(plans="三、2025年工作计划"), 2024),
    "notice-asks-for-it": (page(opening="根据《关于报送2023年度法治政府建设情况的通知》要求," + OPENING), 2023),
    "from-january": (page(closing="石牌镇人民政府\n2024年1月16日"), 2023),
    "from-december": (page(closing="石牌镇人民政府\n二〇二一年十二月二十八日"), 2021),
    "published-year-in-title": (
        page("石牌镇2023年法治政府建设年度报告", "2022年," + OPENING, "石牌镇人民政府\n2023年1月16日"),
        2022,
    ),
    "nothing": (page(), None),
    "july-tells-nothing": (page(closing="石牌镇人民政府\n2024年7月16日"), None),
}


@pytest.mark.parametrize(("text", "year"), YEARS.values(), ids=YEARS.keys())
def test_year(text: str, year: int | None) -> None:
    """The year is the one reported on: not the plan's, the programme's, the document number's or the publication's."""
    assert find_year(read_outline(text)) == year


TITLE = "石牌镇2023年法治政府建设工作总结"
DAYS = {
    "sign-off": (page(TITLE, closing="石牌镇人民政府\n2024年1月26日"), "2024-01-26"),
    "sign-off-numerals": (page(TITLE, closing="石牌镇人民政府\n二〇二四年一月二十六日"), "2024-01-26"),
    "sign-off-nought": (page(TITLE, closing="石牌镇人民政府\n二0二三年十二月十日"), "2023-12-10"),
    "sign-off-first-month": (page(TITLE, closing="石牌镇人民政府\n二○二四年元月三十一日"), "2024-01-31"),
    "sign-off-in-brackets": (page(TITLE, closing="石牌镇人民政府\n(2024年1月26日)"), "2024-01-26"),
    "sign-off-prefectural-office": (page(TITLE, closing="塔城地区行政公署\n2024年1月26日"), "2024-01-26"),
    "sign-off-short-for-it": (page(TITLE, closing="阿拉善盟行署（代章）\n2024年1月26日"), "2024-01-26"),
    "sign-off-division": (page(TITLE, closing="第七师胡杨河市\n2024年1月26日"), "2024-01-26"),
    "sign-off-one-line": (page(TITLE, closing="石牌镇人民政府 2024年1月26日"), "2024-01-26"),
    "run-together": (page(TITLE, closing="石牌镇人民政府\n2024127"), "2024-01-27"),
    "run-together-only-reading": (page(TITLE, closing="石牌镇人民政府\n2024131"), "2024-01-31"),
    "run-together-in-its-own-year": (page(TITLE, closing="石牌镇人民政府\n2023125"), "2023-12-05"),
    "run-together-full": (page(TITLE, closing="石牌镇人民政府\n20240126"), "2024-01-26"),
    "run-together-after-the-name": (page(TITLE, closing="石牌镇人民政府2024127"), "2024-01-27"),
    "card-written": (
        page(TITLE, above="索引号 001/2024-1 主题分类 政务公开\n成文日期 2024-03-24 公开方式 主动公开"),
        "2024-03-24",
    ),
    "card-pipes": (page(TITLE, above="成文日期: | 2024-02-24 | 体裁分类: | 公告 |"), "2024-02-24"),
    "card-published": (page(TITLE, above="发布日期：2024-01-18\n有 效 性：有效"), "2024-01-18"),
    "card-spaced": (page(TITLE, above="发 布 日 期 : 2024年01月18日"), "2024-01-18"),
    "card-next-line": (page(TITLE, above="发布时间\n2024/1/18"), "2024-01-18"),
    "with-the-hour": (page(TITLE, above="来源:石牌镇 发布时间:2024-01-15 10:26 浏览量:318次"), "2024-01-15"),
    "dots": (page(TITLE, above="日期: 2024.1.8"), "2024-01-08"),
    "meta": (page(TITLE, above="PubDate: 2024-01-19 09:32"), "2024-01-19"),
    "stamped": (
        page(TITLE, closing="石牌镇人民政府\n2024年1月26日", above="2024-02-27 17:20 来源：石牌镇 【字体：大 中 小】"),
        "2024-02-27",
    ),
    "stamped-today": (
        page(TITLE, closing="石牌镇人民政府\n2024年1月26日", above="今天是2025-03-06 10:22 访问量：318"),
        "2024-01-26",
    ),
    "bare-in-the-head": (page(TITLE, above="2024-01-19 来源: 石牌镇"), "2024-01-19"),
    "published-before-written": (page(TITLE, above="成文日期:2024-01-18 发布日期:2024-01-20"), "2024-01-20"),
    "repost": (page(TITLE, closing="石牌镇人民政府\n2024年1月26日", above="发布日期:2025-03-20"), "2024-01-26"),
    "stale-banner": (page(TITLE, closing="石牌镇人民政府\n2024年1月26日", above="2019-05-06 欢迎访问"), "2024-01-26"),
    "stale-label": (page(TITLE, closing="石牌镇人民政府\n2024年1月26日", above="发布日期:2019-05-06"), "2024-01-26"),
    "today": (page(TITLE, above="今天是 2025年3月6日"), None),
    "late": (page(TITLE, above="发布日期:2025-10-08"), "2025-10-08"),
    "deadline-in-the-plans": (page(TITLE, closing="力争于2024年6月30日前完成整改任务,推动各项工作落到实处。"), None),
    "related-articles": (page(TITLE, closing="石牌镇人民政府\n相关阅读\n石牌镇2022年总结 2024-02-28"), None),
    "month-only": (page(TITLE, closing="石牌镇人民政府\n2024年1月"), None),
    "blank-form": (page(TITLE, closing="石牌镇人民政府\n2024年 月 日"), None),
    "no-such-day": (page(TITLE, closing="石牌镇人民政府\n2024年2月30日"), None),
    "nothing": (page(TITLE), None),
}


@pytest.mark.parametrize(("text", "day"), DAYS.values(), ids=DAYS.keys())
def test_published(text: str, day: str | None) -> None:
    """The day is the page's or the sign-off's, whatever its form, if it can be right for the year."""
    assert find_published(read_outline(text)) == day
