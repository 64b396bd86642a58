"""Scope and period of a number, by the words around it."""

import pytest

from graph.figures.circumstances import Period, Scope, Where, period, scope

COUNTY = Where("430406", "雁峰区", "county")
CITY = Where("330782", "义乌市", "county")
TOWN = Where("330324006", "三江街道", "township")
OFFICE = Where("3604", "九江市", "prefecture", "水利局")


@pytest.mark.parametrize(
    ("before", "where", "kind"),
    [
        ("全区各级调解组织受理纠纷3402件,调解成功", COUNTY, "whole"),
        ("全市受理行政复议案件", CITY, "whole"),
        ("辖区现有企业", TOWN, "whole"),
        ("全县受理", Where("330324", "永嘉县", "county"), "whole"),
        ("县乡两级配备", COUNTY, "whole"),
        ("全街道排查", TOWN, "whole"),
        ("全区人民调解委员会受理", COUNTY, "whole"),
        ("区政府及部门办理行政诉讼案件", COUNTY, "own"),
        ("区本级收到行政复议申请", COUNTY, "own"),
        ("市政府聘请", CITY, "own"),
        ("县本级公布事项", COUNTY, "own"),
        ("区政府常务会议听取汇报4次,开展会前学法", COUNTY, "own"),
        ("我市市本级公布", CITY, "own"),
        ("全市受理行政复议案件", COUNTY, "beyond"),
        ("全省公务人员", OFFICE, "beyond"),
        ("市政府办理", COUNTY, "beyond"),
        ("全国共有", COUNTY, "beyond"),
        ("全县受理", TOWN, "beyond"),
        ("省本级公布", COUNTY, "beyond"),
        ("我局办理", OFFICE, "office"),
        ("市水利局开展检查", OFFICE, "office"),
        ("全局持证人员", OFFICE, "office"),
        ("局机关述法", OFFICE, "office"),
        ("全市水利系统设点", OFFICE, "system"),
        ("全系统持证", OFFICE, "system"),
        ("黄茶岭街道受理纠纷", COUNTY, "part"),
        ("区公安局办理案件", COUNTY, "part"),
        ("雁峰区受理,黄茶岭街道办理", COUNTY, "part"),
        ("区人民检察院发出", COUNTY, "part"),
        ("区市场监督管理局检查", COUNTY, "part"),
        ("街道综合执法大队查处", COUNTY, "part"),
        ("受理行政复议案件", COUNTY, "unsaid"),
        ("考核居全市第一,办理", COUNTY, "unsaid"),
        ("组织62名在编人员参加全省国家工作人员网上学法考试,得分", TOWN, "unsaid"),
        ("办理全国人大代表建议", COUNTY, "unsaid"),
        ("市政府网站公开", CITY, "unsaid"),
        ("按时向区政府报备", COUNTY, "unsaid"),
        ("各街道受理", COUNTY, "whole"),
        ("在全省法治建设群众满意度测评中,得分", COUNTY, "unsaid"),
        ("围绕全国土地日开展宣传", COUNTY, "unsaid"),
        ("联合公安局检查", COUNTY, "unsaid"),
        ("县政府法律顾问增加到9人,审查", Where("330324", "永嘉县", "county"), "unsaid"),
        ("统筹全局性工作", COUNTY, "unsaid"),
    ],
)
def test_scope(before: str, where: Where, kind: str) -> None:
    """The words nearest before the number say what it is about; a city's is the whole only in the city's own report."""
    assert scope(before, where).kind == kind


def test_the_nearest_words_count() -> None:
    """组织全镇62名在编人员: the town is meant, whatever was said before it."""
    assert scope("对照全省清单,全街道", TOWN) == Scope("whole", "全街道")


@pytest.mark.parametrize(
    ("before", "clause", "kind", "span", "year"),
    [
        ("", "全年受理行政复议案件32件", "year", "", 2024),
        ("", "受理行政复议案件32件", "year", "", 2024),
        ("全年开展检查", "累计检查企业300户", "year", "", 2024),
        ("今年以来", "辖区发生案件90件", "year", "", 2024),
        ("", "1-12月受理案件32件", "year", "", 2024),
        ("一年来", "开展巡查217次", "year", "", 2024),
        ("", "新聘请法律顾问3名", "year", "", 2024),
        ("去年", "全市共出具意见书325份", "year", "", 2023),
        ("", "2023年办理案件32件", "year", "", 2023),
        ("", "上年度受理32件", "year", "", 2023),
        ("", "案件较去年增加5件", "year", "", 2024),
        ("落实《2021年法治建设规划》", "办理32件", "year", "", 2024),
        ("", "对2012年以来街道制发的217份文件进行梳理", "year", "", 2024),
        ("聘请法律顾问3名", "审查合同50件", "year", "", 2024),
        ("", "近三年流失执法骨干31人", "since", "3", 2024),
        ("五年来", "办理案件320件", "since", "5", 2024),
        ("自2021年以来", "办理案件320件", "since", "4", 2024),
        ("改革以来", "办理案件32件", "since", "以来", 2024),
        ("“八五”普法以来", "培训320人次", "since", "以来", 2024),
        ("2022年7月以来", "检查459户次", "since", "3", 2024),
        ("", "累计培育法律明白人833名", "to-date", "", 2024),
        ("", "迄今创成示范村18个", "to-date", "", 2024),
        ("", "历年创成示范村18个", "to-date", "", 2024),
        ("", "已累计创成示范村18个", "to-date", "", 2024),
        ("发放宣传册3万份", "播放量累计突破52万次", "to-date", "", 2024),
        ("", "至今化解积案18件", "to-date", "", 2024),
        ("", "上半年办理案件32件", "part", "上半年", 2024),
        ("", "五月份组织36名干部旁听", "part", "五月份", 2024),
        ("", "1-10月受理案件32件", "part", "1-10月", 2024),
        ("12月4日开展宣传", "发放资料500份", "part", "12月4日", 2024),
        ("", "三季度办理案件32件", "part", "三季度", 2024),
        ("", "6月以来检查459户次", "part", "6月以来", 2024),
        ("2024年6月", "检查企业32户", "part", "6月", 2024),
        ("", "现有公职律师25名", "point", "", 2024),
        ("截至12月底", "全市有公职律师25名", "point", "", 2024),
        ("目前", "全镇有调解组织16个", "point", "", 2024),
        ("", "聘请法律顾问3名", "point", "", 2024),
        ("年末", "持证人员32名", "point", "", 2024),
        ("", "全市共有公职律师25名", "point", "", 2024),
        ("", "月均受理诉求9600件", "mean", "月均", 2024),
        ("", "平均每村12名", "mean", "平均每", 2024),
        ("", "人均学时41.2学时", "mean", "人均", 2024),
        ("", "每月接访3次", "mean", "每月", 2024),
        ("", "日均办件120件", "mean", "日均", 2024),
        ("", "户均检查2次", "mean", "户均", 2024),
        ("", "力争办结率达98%", "target", "", 2024),
        ("", "明年培训300人次", "target", "", 2024),
        ("", "目标是培训300人次", "target", "", 2024),
        ("", "争取达到98%", "target", "", 2024),
        ("", "下一年培训300人次", "target", "", 2024),
        ("", "明年力争化解32件", "target", "", 2024),
    ],
)
def test_period(before: str, clause: str, kind: str, span: str, year: int) -> None:
    """A report's numbers are its year's, unless the sentence says another time; years of things are not theirs."""
    found = period(before, clause, 2024)
    assert (found.kind, found.span, found.year) == (kind, span, year)


def test_what_the_genre_says_has_no_words() -> None:
    """It can be told whether a period was read or taken from the genre."""
    assert period("", "受理32件", 2024) == Period("year", "", 2024, "")
    assert period("", "全年受理32件", 2024).words == "全年"
