"""What a division is called for short: 永嘉 for 永嘉县, 临夏州 for 临夏回族自治州, 合肥高新区 for its long name."""

import re
from collections.abc import Iterator, Sequence

PEOPLES = (
    "乌孜别克|柯尔克孜|塔吉克|哈萨克|维吾尔|俄罗斯|鄂温克|塔塔尔|鄂伦春|达斡尔|"
    "蒙古|布依|朝鲜|土家|哈尼|傈僳|高山|拉祜|东乡|纳西|景颇|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|德昂|保安|裕固|独龙|赫哲|门巴|珞巴|基诺|"
    "回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|京|各"
)
# Peoples whose name stands without 族 in some division's name: 博尔塔拉蒙古自治州, 查巴奇鄂温克民族乡.
_BARE_PEOPLE = "蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|达斡尔|鄂温克|鄂伦春|维吾尔|俄罗斯|朝鲜"
# 恩施|土家族苗族|自治州, 莪山|畲族|乡, 鄂温克||自治旗 (no place but the people: the people is the place).
_OF_PEOPLES = re.compile(rf"(.+?)(?:(?:{PEOPLES})族|{_BARE_PEOPLE})+(?:少数民族|民族)?(?:自治)?(州|县|旗|乡|镇)")
_AUTONOMOUS = re.compile(r"(.+?)族?自治(县|旗)")
_COUNTRYWIDE = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
# Nobody says 巴音郭楞州.
_USUAL = {
    "巴音郭楞蒙古自治州": "巴州",
    "博尔塔拉蒙古自治州": "博州",
    "克孜勒苏柯尔克孜自治州": "克州",
    "锡林郭勒盟": "锡盟",
    "积石山保安族东乡族撒拉族自治县": "积石山县",
    "双江拉祜族佤族布朗族傣族自治县": "双江县",
}
_KINDS = frozenset("省市盟县区旗镇乡木")
_LONG_KINDS = frozenset(("地区", "苏木", "林区", "特区"))
_ZONES = (
    ("高新技术产业开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("高技术产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("城乡一体化示范区", "示范区"),
    ("管理区", "区"),
)
_ZONE_OFFICE = re.compile(r"(?:管理委员会|管委会|行政委员会|社区管理办公室)$")


def short_names(name: str) -> Iterator[str]:
    """The shorter names of one division; one character alone (义 for 义县) is none.

    A township's short name (三江) and a county's (永嘉) are both given: what they mean is for the reader to tell.
    """
    if name in _COUNTRYWIDE:
        yield _COUNTRYWIDE[name]
    elif "族" in name or "自治" in name:
        yield from _short_of_peoples(name)
    elif name.endswith("街道"):
        yield from (name[:-2], name[:-1]) if len(name) > 3 else (name[:-1],)
    elif name[-1] in _KINDS:
        # 神农架|林区, but 万柏林|区
        long = name[-2:] in _LONG_KINDS and not (name.endswith("林区") and len(name) < 5)
        stem = name[:-2] if long else name[:-1]
        if len(stem) > 1:
            yield stem


def _short_of_peoples(name: str) -> Iterator[str]:
    """恩施 and 恩施州 for 恩施土家族苗族自治州; 巴州 where nobody says 巴音郭楞州."""
    if name in _USUAL:
        yield _USUAL[name]
    if match := _OF_PEOPLES.fullmatch(name) or _AUTONOMOUS.fullmatch(name):
        stem, kind = match.groups()
        # 湘西州, 湘西自治州
        forms = (stem, stem + kind) if kind in "乡镇" else (stem, stem + kind, f"{stem}自治{kind}")
        yield from (short for short in forms if len(short) > 1)


def zone_names(name: str, ancestors: Sequence[str]) -> Iterator[str]:
    """The shorter names of a development zone: 合肥高新区, 合肥市高新区, 高新区, 高新技术产业开发区."""
    stems = [stem for ancestor in ancestors for stem in (ancestor, *short_names(ancestor))]
    rest = _ZONE_OFFICE.sub("", name)
    for stem in sorted(stems, key=len, reverse=True):
        rest = rest.removeprefix(stem)
    if len(rest) < 3:
        return
    brief = rest
    for long, short in _ZONES:
        brief = brief.replace(long, short)
    for form in {rest, brief}:
        yield form
        yield from (stem + form for stem in stems if stem + form != name)
