"""The words by which a report tells its rank and its superiors' without a name: 我镇, 全州, 县委、县政府."""

import re
from collections import Counter

from ontology.divisions import Division, Divisions

# Ranks from the township up. 区 is also a province's (全区 in 广西), told apart by 自治区 in the text.
RANKS = ("街道", "镇", "乡", "县", "区", "旗", "市", "州", "盟", "省")
_OF_TOWNSHIPS = ("街道", "镇", "乡")
_OF_COUNTIES = ("县", "区", "旗")
_RANK = "街道|[镇乡县区旗市州盟省]"
# 我镇, 我街; weighs most, nobody says it of another.
_OURS = re.compile(rf"(?:我|本)({_RANK}|街)(?![级直内外区])")
_WHOLE = re.compile(rf"全({_RANK}|街)(?!级|民|场|域)")
# (What must not stand before a character is said behind it: a search for a pattern that begins with one is quicker.)
_LED = re.compile(r"(街道|镇(?<![乡村城]镇)|乡)(?:党委|党工委|政府|人民政府|办事处|人大|党政|综治|司法所)")
_SUPERIOR = re.compile(r"([县区旗市州盟省])(?<![自治社园辖县市、(（校灾].)(?:委(?![员托])|政府|人民政府)")
_DEPARTMENT = re.compile(r"我(?:局|厅|委|办|中心|队|支队)|局(?<!公安局)(?:党组|党委|机关|主要负责)|委党组|厅党组")
_AUTONOMOUS = re.compile(r"自治区(?:党委|人民政府|政府|司法厅|主席)")


def speaks_as_department(text: str) -> bool:
    """Whether the report is a department's: 我局, 局党组."""
    return len(_DEPARTMENT.findall(text)) > 1 or "我局" in text


def own_rank(text: str) -> str | None:
    """The rank that the report speaks of as its own; 街道 for 我街. None where it never does."""
    if speaks_as_department(text):
        return _lowest_superior(text)
    votes: Counter[str] = Counter()
    for pattern, weight in ((_OURS, 4), (_LED, 1), (_WHOLE, 1)):
        for match in pattern.finditer(text):
            votes["街道" if match[1] == "街" else match[1]] += weight
    if not votes:
        return _lowest_superior(text)
    best = max(RANKS, key=lambda rank: votes[rank])
    if votes["省"] == 0 and best == "区" and len(_AUTONOMOUS.findall(text)) > 2 and not re.search("区委|区政府", text):
        return "自治区"
    return best


def _lowest_superior(text: str) -> str | None:
    found = Counter(match[1] for match in _SUPERIOR.finditer(text))
    low = [rank for rank in _OF_COUNTIES if found[rank]]
    if low:
        return max(low, key=lambda rank: found[rank])
    return next((rank for rank in ("州", "盟", "市", "省") if found[rank]), None)


def superior_rank(text: str) -> str | None:
    """The rank of the county above a township: 县 for 县委、县政府; 市 where only 市委 is named; None if unclear."""
    found = Counter(match[1] for match in _SUPERIOR.finditer(text))
    low = sorted((rank for rank in _OF_COUNTIES if found[rank]), key=lambda rank: -found[rank])
    if len(low) > 1 and found[low[0]] < 3 * found[low[1]]:
        return None
    return low[0] if low else "市" if found["市"] else None


def has_rank(division: Division, rank: str) -> bool:
    """Whether a division is of a rank as people speak of it: 长阳土家族自治县 is a 县, 昆山市 a 市."""
    if rank in _OF_TOWNSHIPS:
        return division.level == "township" and division.name.endswith(rank)
    return division.level != "township" and (division.name.endswith(rank) or (rank == "区" and division.is_zone))


def under_rank(division: Division, rank: str, divisions: Divisions) -> bool:
    """Whether a township lies in a county, district, banner or city as the report says."""
    above = divisions.parent(division)
    return above is not None and above.name.endswith(rank)
