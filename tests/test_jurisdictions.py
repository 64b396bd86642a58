"""Who reports: division, department and issuer, at every level, and when that cannot be told."""

from itertools import islice

import pytest

from extract.office.departments import find_department
from extract.office.jurisdictions import find_office
from extract.office.offices import read_office
from extract.outline import read_outline
from ontology.divisions import Division, divisions

WORK = (
    "一、主要举措和成效\n(一)依法履行职能。{inside}全年审查合同32件,办结率98%,矛盾纠纷得到有效化解,群众满意度持续提升。\n"
    "二、存在的不足\n一是法治意识有待增强,执法人员业务能力还需提高,培训还不够经常和深入。\n"
    "三、下一步打算\n继续加强学习培训,提升依法行政能力,推动法治建设取得新的成效。\n"
)


def page(title: str, opening: str, inside: str = "", closing: str = "", above: str = "") -> str:
    """A report's page: furniture, title, opening, three parts, sign-off."""
    parts = (above, title, opening + "扎实推进法治政府建设,现将有关情况报告如下:", WORK.format(inside=inside), closing)
    return "\n".join(part for part in parts if part)


RESOLVED = {
    "province": (page("浙江省2023年法治政府建设年度报告", "2023年,在党中央、国务院领导下,我省"), "33", None),
    "byline": (page("2021年度法治政府建设工作报告\n海盐县通元镇人民政府", "2021年,我镇"), "330424106", None),
    "byline-with-date": (page("法治政府建设情况报告\n(2021年2月3日　寿县人民政府)", "2020年,我县"), "340422", None),
    "byline-department": (
        page("2021年法治政府建设工作报告\n嘉善县市场监督管理局", "2021年,全局"),
        "330421",
        "市场监督管理局",
    ),
    "first-half-above": (page("2021年法治政府建设工作报告", "2021年,我局", above="寿县水利局"), "340422", "水利局"),
    "within-a-zone": (page("雄安新区容城县2022年法治政府建设报告", "2022年,我县"), "130629", None),
    "managed-district": (page("大通湖区2023年法治政府建设年度报告", "2023年,全区"), "430971", None),
    "renamed-prefecture": (page("襄樊市依法行政工作报告", "全市"), "4206", None),
    "autonomous-region": (page("广西壮族自治区2022年法治政府建设情况报告", "2022年,全区"), "45", None),
    "province-short": (page("宁夏2020年法治政府建设情况报告", "2020年,自治区政府"), "64", None),
    "province-department": (page("江苏省司法厅2023年法治政府建设情况报告", "2023年,我厅"), "32", "司法厅"),
    "municipality": (page("上海市人民政府2021年法治政府建设情况报告", "2021年,全市"), "31", None),
    "municipality-district": (page("重庆市万州区2023年法治政府建设年度报告", "2023年,我区"), "500101", None),
    "prefecture": (page("辽源市人民政府关于2019年度法治政府建设情况的报告", "2019年,我市"), "2204", None),
    "prefecture-short": (page("安庆2023年法治政府建设情况报告", "2023年,在省委、省政府领导下,全市"), "3408", None),
    "autonomous-prefecture": (page("恩施州2023年法治政府建设情况报告", "2023年,全州"), "4228", None),
    "autonomous-prefecture-bare": (
        page("临夏2023年法治政府建设情况报告", "2023年,我州在省委领导下,全州"),
        "6229",
        None,
    ),
    "county-of-the-same-short-name": (
        page("临夏2023年法治政府建设情况报告", "2023年,我县在州委领导下,全县"),
        "622921",
        None,
    ),
    "banner": (page("鄂温克旗2023年法治政府建设工作报告", "2023年,我旗"), "150724", None),
    "league-department": (page("锡林郭勒盟水利局2023年法治政府建设报告", "2023年,我局"), "1525", "水利局"),
    "no-counties": (page("东莞市石碣镇2023年法治政府建设年度报告", "2023年,我镇"), "441900101", None),
    "county-under-province": (page("济源市2022年法治政府建设情况报告", "2022年,我市"), "419001", None),
    "county-city-as-city": (
        page("义乌市人民政府2023年法治政府建设情况报告", "2023年,在金华市委、市政府领导下,我市"),
        "330782",
        None,
    ),
    "county-city-department": (
        page("昆山市市场监管局2023年法治政府建设工作总结", "2023年,我局在市委、市政府领导下,"),
        "320583",
        "市场监督管理局",
    ),
    "city-ending-in-market": (
        page("东方市场监督管理局2023年法治政府建设总结", "2023年,我局"),
        "469007",
        "市场监督管理局",
    ),
    "autonomous-county": (page("长阳县2023年度法治政府建设工作报告", "2023年,我县"), "420528", None),
    "county-without-rank": (
        page("永嘉人民政府三江街道办事处2024年法治政府建设年度报告", "2024年,在县委县政府领导下,"),
        "330324006",
        None,
    ),
    "same-district-name": (page("南京市鼓楼区2023年法治政府建设情况报告", "2023年,我区"), "320106", None),
    "same-district-by-court": (
        page("鼓楼区2023年法治政府建设情况报告", "2023年,我区", "与徐州市中级人民法院、云龙区司法局建立协作机制。"),
        "320302",
        None,
    ),
    "district-city-centre": (page("乐山市市中区2023年法治政府建设情况报告", "2023年,我区"), "511102", None),
    "department-named-like-county": (page("公安县公安局2023年法治政府建设工作总结", "2023年,我局"), "421022", "公安局"),
    "street-named-like-city": (
        page("黄石街道2023年法治政府建设工作总结", "2023年,我街在区委、区政府领导下,", "", "", "首页 > 白云区"),
        "440111006",
        None,
    ),
    "tax-office": (page("国家税务总局霞浦县税务局2023年法治政府建设情况报告", "2023年,我局"), "350921", "税务局"),
    "branch": (page("惠州市公安局惠城区分局2023年法治政府建设情况报告", "2023年,我局"), "441302", "公安分局"),
    "health-commission": (page("温州市卫健委2023年法治政府建设情况报告", "2023年,我委"), "3303", "卫生健康委员会"),
    "enforcement-bureau": (
        page("永嘉县综合行政执法局2023年法治建设工作总结", "2023年,我局"),
        "330324",
        "综合行政执法局",
    ),
    "government-office": (
        page("怀宁县人民政府办公室2023年法治政府建设工作总结", "2023年,我办"),
        "340822",
        "人民政府办公室",
    ),
    "bureau-without-place": (
        page(
            "市司法局2023年度法治政府建设情况报告", "2023年,我局在市委、市政府领导下,", "", "义乌市司法局\n2024年1月3日"
        ),
        "330782",
        "司法局",
    ),
    "county-from-addressee": (
        page("石牌镇2021年法治政府建设工作总结", "怀宁县委依法治县办:\n2021年,镇党委、镇政府在县委、县政府带领下,"),
        "340822101",
        None,
    ),
    "county-from-court": (
        page(
            "城关镇2023年法治政府建设总结",
            "2023年,在县委、县政府领导下,我镇",
            "邀请大通回族土族自治县人民法院法官授课。",
        ),
        "630121101",
        None,
    ),
    "county-from-two-towns": (
        page("太平镇2023年法治政府建设总结", "2023年,我镇", "与沙埔镇、东泉镇、大埔镇开展交叉检查。"),
        "450222102",
        None,
    ),
    "county-from-path": (
        page("太平镇2023年法治政府建设总结", "2023年,我镇", "", "", "首页 > 柳城县 > 太平镇 > 政务公开"),
        "450222102",
        None,
    ),
    "province-from-law-firm": (
        page(
            "石牌镇2023年法治政府建设总结", "2023年,在县委、县政府领导下,我镇", "聘请安徽皖宜律师事务所担任法律顾问。"
        ),
        "340822101",
        None,
    ),
    "rank-of-superior": (
        page("会城街道2024年法治政府建设年度报告", "2024年,在区委、区政府领导下,我街"),
        "440705001",
        None,
    ),
    "sign-off-tells-more": (
        page("2023年度法治政府建设工作总结", "2023年,我镇", "", "怀宁县石牌镇人民政府\n2024年1月3日"),
        "340822101",
        None,
    ),
    "sign-off-runs-on": (
        page("2023年度法治政府建设工作总结", "2023年,我局", "", "特此报告。霞浦县水利局2024年1月3日"),
        "350921",
        "水利局",
    ),
    "card-only": (
        page("2023年法治政府建设报告", "2023年,我局", "局党组专题研究。", "", "发 布 机 构:怀宁县水利局"),
        "340822",
        "水利局",
    ),
    "partners-do-not-count": (
        page(
            "石牌镇2023年法治政府建设总结",
            "2023年,在怀宁县委、县政府领导下,我镇",
            "赴钟祥市考察学习,与永春县结对,借鉴花垣县经验。",
        ),
        "340822101",
        None,
    ),
    "host-is-not-the-issuer": (
        page("石牌镇2023年法治政府建设总结", "2023年,在怀宁县委领导下,我镇", "", "", "怀宁县人民政府 首页 > 信息公开"),
        "340822101",
        None,
    ),
    "raised-county": (page("即墨市2017年法治政府建设情况报告", "2017年,我市"), "370215", None),
    "renamed-county": (page("遵义县司法局2015年依法行政工作总结", "2015年,我局"), "520304", "司法局"),
    "raised-town": (page("怀宁县石牌街道2023年法治政府建设总结", "2023年,我街"), "340822101", None),
    "zone-in-the-code": (page("合肥市高新区管委会2023年法治政府建设情况报告", "2023年,高新区"), "340176", None),
    "zone-in-a-county": (page("永嘉县经济开发区管理委员会2023年法治政府建设情况报告", "2023年,开发区"), "330324", None),
    "corps": (page("第八师石河子市2023年法治政府建设情况报告", "2023年,师市"), "659001", None),
    "no-title-no-sign-off": (
        "2024年,金花街道在区委、区政府的领导下,有序推进我街法治政府建设。\n" + WORK.format(inside=""),
        "440103008",
        None,
    ),
    "words-of-a-hijacked-copy": (
        page("某某体育石牌镇2023年法治政府建设总结", "2023年,在怀宁县委领导下,我镇"),
        "340822101",
        None,
    ),
    "bureau-known-by-its-document": (
        "2023年,我局在县委、县政府的领导下推进法治建设,制定《霞浦县水利局重大行政决策程序规定》。\n"
        + WORK.format(inside=""),
        "350921",
        "水利局",
    ),
    "slogan-only": (
        "2024年,我县在市委领导下推进法治政府建设,取得新的成效。\n"
        + WORK.format(inside="建设“法治怀宁”,怀宁县人民法院到会。"),
        "340822",
        None,
    ),
    "own-county-only-by-organ": (
        "县委依法治县办:\n2024年,我局在县委、县政府的领导下推进法治建设。\n"
        + WORK.format(inside="局党组邀请怀宁县人民法院授课,怀宁县水利局党组专题研究。"),
        "340822",
        "水利局",
    ),
    "site-code-in-the-footer": (
        page(
            "石牌镇2023年法治政府建设总结",
            "2023年,我镇",
            "",
            "石牌镇人民政府\n2024年1月3日\n扫一扫\n皖ICP备05001602号 网站标识码:3408220001",
        ),
        "340822101",
        None,
    ),
}


@pytest.mark.parametrize(("text", "code", "department"), RESOLVED.values(), ids=RESOLVED.keys())
def test_resolves_the_office(text: str, code: str, department: str | None) -> None:
    """Whatever the level and wherever it stands, what the text gives leads to the one code and the department."""
    office = find_office(read_outline(text), divisions())
    assert (office.jurisdiction.code, office.department) == (code, department), office
    assert office.jurisdiction.path == divisions()[code].path


AMBIGUOUS = {
    "common-town": (
        page("城关镇2023年法治政府建设总结", "2023年,在县委、县政府领导下,我镇"),
        {"630121101", "620121100"},
    ),
    "four-towns": (
        page("石牌镇人民政府2023年法治政府建设总结", "2023年,我镇"),
        {"340822101", "350425101", "420881108", "433130110"},
    ),
    "rank-narrows": (page("石牌镇2023年法治政府建设总结", "2023年,在市委、市政府领导下,我镇"), set()),
    "same-district": (
        page("鼓楼区2023年法治政府建设情况报告", "2023年,我区"),
        {"320106", "320302", "350102", "410204"},
    ),
    "only-partners": (
        page("石牌镇2023年法治政府建设总结", "2023年,我镇", "赴怀宁县考察学习。"),
        {"340822101", "350425101", "420881108", "433130110"},
    ),
    "two-counties-named": (
        page("石牌镇2023年法治政府建设总结", "2023年,我镇", "怀宁县和大田县均有案例。"),
        {"340822101", "350425101"},
    ),
    "firm-of-the-capital": (
        page("三江街道2023年法治政府建设总结", "2023年,我街", "聘请北京盈科律师事务所担任法律顾问。"),
        {"330324006", "500110003"},
    ),
    "zone-of-a-city": (
        page("安庆市高铁新区管委会2023年法治政府建设情况报告", "2023年,我区"),
        {"340802", "340803", "340822"},
    ),
}


@pytest.mark.parametrize(("text", "among"), AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_never_guesses(text: str, among: set[str]) -> None:
    """With two candidates left the office stays unresolved, and its candidates are those that are left."""
    found = find_office(read_outline(text), divisions()).jurisdiction
    if among:
        assert found.code is None and not found.path and found.level is None
        assert among <= set(found.candidates)
    else:
        assert found.code == "420881108"


NOWHERE = {
    "nothing": "2023年,我们扎实推进法治政府建设。\n" + WORK.format(inside=""),
    "template": page("XX局2023年法治政府建设工作总结", "2023年,我局在某县委领导下,"),
    "no-such-town": page("怀宁县新城镇2023年法治政府建设总结", "2023年,我镇"),
    "abolished-town": page("怀宁县三桥铺镇2023年法治政府建设总结", "2023年,我镇"),
}


@pytest.mark.parametrize("text", NOWHERE.values(), ids=NOWHERE.keys())
def test_nowhere(text: str) -> None:
    """A text that names no place, or one that the code does not have, has no jurisdiction."""
    assert find_office(read_outline(text), divisions()).jurisdiction.code is None


@pytest.mark.parametrize(
    "hint", ["怀宁县政府信息公开", "https://www.ahhn.gov.cn/content/123.html", "www.huaining.gov.cn"]
)
def test_hints_decide_between_candidates(hint: str) -> None:
    """A record's title or address counts as evidence where the text leaves several candidates."""
    outline = read_outline(AMBIGUOUS["four-towns"][0])
    assert find_office(outline, divisions(), [hint]).jurisdiction.code == "340822101"


def test_a_host_outweighs_no_name() -> None:
    """The host is not the issuer: what the text says of itself stands against it."""
    outline = read_outline(RESOLVED["county-from-addressee"][0])
    assert find_office(outline, divisions(), ["www.huayuan.gov.cn"]).jurisdiction.code == "340822101"


ISSUERS = {
    "sign-off": (
        page("石牌镇2021年法治政府建设工作总结", "2021年,我镇", "", "石牌镇人民政府\n2021年12月28日"),
        "石牌镇人民政府",
    ),
    "title": (
        page(
            "永嘉人民政府三江街道办事处2024年法治政府建设年度报告",
            "2024年,我街",
            "",
            "",
            "发布机构 三江商务区(三江街道)",
        ),
        "永嘉人民政府三江街道办事处",
    ),
    "place": (page("2024年澥浦镇法治政府建设工作报告", "2024年,我镇"), "澥浦镇"),
    "opening": (page("衡阳市雁峰区2024年法治政府建设报告", "2024年,雁峰区人民政府坚持依法行政,"), "雁峰区人民政府"),
    "zone": (page("合肥市高新区管委会2023年法治政府建设情况报告", "2023年,高新区"), "合肥市高新区管委会"),
    "bureau": (
        page("霞浦县水利局2023年法治政府建设情况报告", "2023年,我局", "", "水利局\n2024年1月3日"),
        "霞浦县水利局",
    ),
}


@pytest.mark.parametrize(("text", "issuer"), ISSUERS.values(), ids=ISSUERS.keys())
def test_issuer(text: str, issuer: str) -> None:
    """The issuer is the body as the report prints it: signed, titled, else the bare place."""
    assert find_office(read_outline(text), divisions()).issuer == issuer


DEPARTMENTS = {
    "市监局": (True, "市场监督管理局"),
    "卫健委": (True, "卫生健康委员会"),
    "住建局": (True, "住房和城乡建设局"),
    "文旅局": (True, "文旅局"),
    "人民政府": (True, None),
    "委全面依法治县委员会办公室": (True, None),
    "坚持以人民为中心的工作": (False, None),
    "": (False, None),
}


@pytest.mark.parametrize(("name", "found"), DEPARTMENTS.items())
def test_departments(name: str, found: tuple[bool, str | None]) -> None:
    """An abbreviation is expanded only where it can stand for one statutory name."""
    assert find_department(name) == found


@pytest.mark.parametrize("division", list(islice(divisions(), 7, None, 211)), ids=lambda division: division.code)
def test_full_path_of_any_division(division: Division) -> None:
    """The path of any division, written out, is read as that division alone."""
    name = read_office("".join(division.path), divisions())
    assert name is not None and name.codes == (division.code,)
