"""The words by which an office calls itself, its superiors and its parts."""

from benchmarks.places import Office, place_name
from ontology.divisions import Division, divisions
from ontology.placenames import short_names

_TOWNSHIPS = ("街道", "苏木", "镇", "乡")
_HIGHER = ("自治区", "省", "市", "州", "盟", "县", "区", "旗")


def words_of(office: Office, year: int) -> dict[str, str]:
    """What the grammar's blanks `{self}`, `{party}`, `{above}`, `{office}` and so on stand for in an office's report."""
    division = office.division
    rank = _rank(division)
    parent = divisions().parent(division)
    over = _rank(parent) if parent else "国家"
    words = {"year": str(year), "next": str(year + 1), "office": body_of(office), "above_rank": over[-1]}
    if office.department:
        unit = office.department[-1]
        return words | {
            "self": f"我{unit}",
            "all": f"全{unit}",
            "party": f"{unit}党组",
            "government": f"{unit}机关",
            "head": f"{unit}党组书记、{unit}长",
            "below": "基层单位",
            "above": _leaders(rank),
            "above_rank": rank[-1],
        }
    words |= {"self": f"我{rank}", "all": f"全{rank}", "above": _leaders(over)}
    parts: tuple[str, ...]
    if rank == "街道":
        parts = ("街道党工委", "街道办事处", "街道党政主要负责人", "社区")
    elif division.level == "township":
        parts = (f"{rank}党委", f"{rank}政府", f"{rank}党委书记、{rank}长", "村（社区）")
    else:
        parts = (*_leaders(rank).split("、"), "党政主要负责人", "镇街" if division.level == "county" else "县区")
    return words | dict(zip(("party", "government", "head", "below"), parts, strict=True))


def body_of(office: Office) -> str:
    """The office's full name: 永嘉县三江街道办事处, 雁峰区人民政府, 永定区司法局."""
    place = place_name(office.division)
    if office.department:
        return place + office.department
    return place + {"街道": "办事处", "盟": "行政公署"}.get(_rank(office.division), "人民政府")


def local_name(division: Division) -> str:
    """What a place's own practices are named after: 三江 for 三江街道."""
    return next(iter(short_names(division.name)), division.name)


def _rank(division: Division) -> str:
    ranks = _TOWNSHIPS if division.level == "township" else _HIGHER
    # 大柴旦行政委员会 stands over two towns as a county does.
    return next((rank for rank in ranks if division.name.endswith(rank)), "县")


def _leaders(rank: str) -> str:
    """The party and the government of a rank."""
    special = {"国家": "党中央、国务院", "自治区": "自治区党委、自治区政府", "盟": "盟委、盟行署"}
    return special.get(rank, f"{rank}委、{rank}政府")
