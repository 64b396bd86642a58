"""Whether a text is an annual rule-of-law report, and if not, what it is instead."""

import re

from extract.outline import Outline

# Close to the genre, told by their titles.
_NEIGHBOURS = (
    (re.compile(r"信息公开工作(?:年度)?报告|信息公开年报"), "a disclosure report (政府信息公开工作年度报告)"),
    (re.compile(r"政府工作报告(?!.*法治)"), "a government work report (政府工作报告)"),
    (re.compile(r"实施方案|实施意见|工作方案|工作要点|实施纲要"), "a plan or an opinion, not a report on a year"),
    (re.compile(r"解读"), "a policy interpretation (政策解读)"),
    (re.compile(r"预算|决算"), "a budget"),
)
_OWN_TITLE = re.compile(r"法治|依法行政|依法治")
_SUBJECT = re.compile(r"法治政府|依法行政|法治建设|依法治[国省市县区镇乡街]|法治思想|法治工作")
_MATTERS = re.compile(r"行政执法|合法性审[查核]|重大行政决策|规范性文件|行政复议|行政诉讼|出庭应诉|普法|法律顾问|人民调解|矛盾纠纷|政务公开|信息公开|学法|法治")
_SHORTEST = 200


def other_genre(outline: Outline) -> str | None:
    """What the text is if it is no annual rule-of-law report; None if it is one.

    A report speaks of rule-of-law government as its subject and of several of its usual matters; a title of a
    neighbouring genre decides against it.
    """
    title = outline.title.of(outline.text) if outline.title else ""
    head = title or outline.text[: outline.body.start][-200:]
    body = outline.body.of(outline.text)
    for pattern, genre in _NEIGHBOURS:
        if pattern.search(head) and not (title and _OWN_TITLE.search(title)):
            return genre
    if len(body) < _SHORTEST:
        return "too short for a report"
    if not _SUBJECT.search(title + body) or len(set(_MATTERS.findall(body))) < 4:
        return "a text on another subject"
    return None
