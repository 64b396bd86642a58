"""Whether a text is an annual rule-of-law report, and if not, what it is instead.

A Chinese title ends with the word for what it heads: 《…实施方案》解读 is an interpretation, …意见落实情况的报告 a report.
So the title's end decides first; half the pages have no title, and then the fixed phrases of the neighbouring genres
do (各位代表, 收到和处理政府信息公开申请情况, 制定本方案). A text that announces itself as a report on rule-of-law
government is one, whatever it mentions.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from extract.guarded import Guarded
from extract.outline import Outline

Kind = Literal[
    "report",
    "interpretation",
    "government-work-report",
    "disclosure-report",
    "directive",
    "news",
    "template",
    "budget",
    "none",
]

NAMES: dict[Kind, str] = {
    "report": "an annual rule-of-law report (法治政府建设年度报告)",
    "interpretation": "a policy interpretation (政策解读)",
    "government-work-report": "a government work report (政府工作报告)",
    "disclosure-report": "a disclosure report (政府信息公开工作年度报告)",
    "directive": "a plan, an opinion or a notice, not a report on a year (方案、要点、意见、通知)",
    "news": "news (新闻报道)",
    "template": "a template without a place (范文)",
    "budget": "a budget (预算、决算)",
    "none": "no such report",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text is, and the words that show it."""

    kind: Kind
    reason: str

    def __str__(self) -> str:
        return f"{NAMES[self.kind]}: {self.reason}"


_OWN = re.compile(r"法治|依法行政|依法治|依法履职")
_ANNOUNCED = re.compile(
    r"(?:现|特)(?:将|就|把)[^。]{0,80}(?:报告|汇报|总结|公布|公开|小结|通报)如下|(?:法治|依法)[^。]{0,40}(?:报告|汇报|总结)如下"
)
_REPORT_NOUN = r"报告|总结|汇报|情况|回顾|小结|述职|年报"
# Genres by the end of their titles; the first that fits.
_TITLES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("template", re.compile(r"范文|模板|(?:[\d一二三四五六七八九十]{1,3}|多)篇[)）]?$")),
    (
        "interpretation",
        re.compile(
            r"解读(?:材料|稿|之[一二三四五]|[一二三四五])?$|^[【\[]?(?:政策|图文|文字|视频|专家|图片|部门)?解读|一图读懂|^图解|答记者问$"
        ),
    ),
    (
        "directive",
        re.compile(
            rf"^(?!.*(?:印发|转发|报送|呈报|上报).*(?:{_REPORT_NOUN})).*(?:{_REPORT_NOUN})(?:工作)?的[^的]{{0,8}}(?:通知|意见|决定|批复|方案|办法|公告)$"
        ),
    ),
    (
        "directive",
        re.compile(rf"^(?!.*(?:{_REPORT_NOUN})).*(?:方案|要点|计划|规划|纲要|意见|办法|细则|通知)(?:的通知)?$"),
    ),
    (
        "news",
        re.compile(
            r"^(?!.*关于)[^《]*(?:(?:召开|举行|举办).*(?:会议?|活动|培训班?)|(?:听取|审议)(?!意见).*(?:报告|汇报)|(?:发布|公布|亮出|晒出)[^》]*(?:报告|成绩单)》?)$"
        ),
    ),
    ("disclosure-report", re.compile(r"^(?!.*(?:法治|依法)).*信息公开.*(?:报告|年报|总结|情况)$")),
    ("government-work-report", re.compile(r"(?<!法治)政府工作报告$|^政府工作报告")),
    ("budget", re.compile(r"(?:预算|决算)(?:公开|编制|草案|信息)?的?(?:报告|说明|情况)?$")),
)
_TITLE_LABEL = re.compile(r"^(?:标\s*题|名\s*称|信息名称|文件名称|信息标题)\s*[:：|]*\s*")
_SITE = re.compile(r"\s*[_|\-—–]+\s*[^_|\-—–]*(?:网|网站|政府|平台|局|门户|公开)$")
_BRACKETS = re.compile(r"[(（【\[][^)）】\]篇]{0,12}[)）】\]]$")
# What only a title has; menus say 政策解读, 规划计划, 政府信息公开年报.
_TITLE_LIKE = re.compile(
    r"(?:20\d\d|二[〇○零O0]..)年|关于|《|^.{2,}(?:省|市|县|区|州|旗|镇|乡|街道|局|委|厅|政府).{6,}"
)
_NOT_A_TITLE = re.compile(r"[。；>|＞]|^[^:：]{1,8}[:：]|[:：，,]$|^[(（]?[一二三四五六七八九十\d]+[)）、.．]")

_DISCLOSURE = re.compile(
    r"主动公开政府信息情况|收到和处理政府信息公开申请|因政府信息公开工作被申请行政复议|政府信息公开工作存在的(?:主要)?问题|予以公开.{0,12}不予公开"
)
_CONGRESS = re.compile(r"(?:向|请)(?:大会|各位代表)[^。]{0,12}(?:报告|审议)")
_ISSUED = re.compile(
    r"(?:制定|提出|形成|特制订?定?)(?:本|如下|以下)[^。，]{0,6}(?:方案|要点|意见|计划|办法|安排)|现将《?[^。《》]{0,40}(?:方案|要点|意见|计划|办法)》?(?:印发|下发)"
)
_EXPLAINED = re.compile(
    r"^[ 　]*(?:[一二三四五六七八九十]{1,2}、|[(（][一二三四五六七八九十]{1,2}[)）]|\d[.、．])? ?((?:起草|制定|出台|编制|修订|政策|文件)的?(?:背景|过程|依据|目的|意义)"
    r"|解读(?:机关|单位|人)|适用范围|关键词(?:诠释|解释)|新旧政策差异|主要(?:内容|特点|亮点))",
    re.MULTILINE,
)
_DATELINE = re.compile(
    r"^[^。]{0,12}(?:讯|日前|近日|日前|今日|今天|昨日|\d{1,2}月\d{1,2}日)[^。]{0,100}(?:召开|举行|举办|听取|审议|主持|发布)"
)
_MEETING = re.compile(r"会议(?:指出|强调|要求|认为|听取|决定|传达|明确|审议)")
# 某县, ××市, XX街道; not 某公司, 某区域, 1+X县, nor a party to a case: 李某诉某镇政府.
_MASKED = Guarded(
    re.compile(
        r"(?<![A-Za-z0-9+“诉])(?:某某?|[×✕╳xXＸ]{2,}|[○◯]{2,}|×)(?:省|市|县|区|州|旗|乡|镇|街道)(?![场域间块级外内面]|民政[^府]|[^，。]{0,8}(?:案|纠纷|诉))"
    )
)
_SUBJECT = re.compile(
    r"法治政府|依法行政|法治建设|依法治[国省市县区镇乡街州]|法治思想|法治工作|法治(?:[\u4e00-\u9fff]{1,4})建设"
)
_MATTERS = re.compile(
    r"行政执法|合法性审[查核]|重大行政决策|规范性文件|行政复议|行政诉讼|出庭应诉|普法|法律顾问|人民调解|矛盾纠纷|政务公开|信息公开|学法|法治"
)
_SHORTEST = 200
_OPENING = 800
_LONGEST_LINE = 200  # of one that can be a title with its site's name


def judge(outline: Outline) -> Verdict:
    """What the text is. In doubt it is a report: a report refused is lost, another text taken is seen."""
    body = outline.body.of(outline.text)
    if len(body) < _SHORTEST:
        return Verdict("none", f"too short for a report, {len(body)} characters")
    titles = list(_titles(outline))
    own = next((title for title in titles if _OWN.search(title)), None)
    announced = _ANNOUNCED.search(body[:_OPENING])
    for title in [own] if own else [] if announced and _OWN.search(body[:_OPENING]) else titles:
        for kind, pattern in _TITLES:
            if match := pattern.search(title):
                return Verdict(kind, f"its title says {_quoted(match[0])}")
    if masked := _masked(own, body):
        return Verdict("template", f"it names its place {_quoted(masked)}")
    if not own and not announced:
        for kind, find in _BODIES:
            if words := find(body):
                return Verdict(kind, f"it says {_quoted(words)}")
    if own and re.search(_REPORT_NOUN, own):
        return Verdict("report", f"its title says {_quoted(own)}")
    return _by_subject(body)


def _by_subject(body: str) -> Verdict:
    """A report without a title speaks of rule-of-law government as its subject and of several of its usual matters."""
    subject = _SUBJECT.search(body)
    if not subject:
        return Verdict("none", "a text on another subject, it never speaks of 法治政府 or 依法行政")
    matters = sorted(set(_MATTERS.findall(body)))
    if len(matters) < 3:
        return Verdict(
            "none", f"a text on another subject, of a report's matters it speaks only of {'、'.join(matters)}"
        )
    return Verdict("report", f"it speaks of {subject[0]}、{'、'.join(matters[:4])}")


def _titles(outline: Outline) -> Iterator[str]:
    """The title, or the lines next to the body's beginning that may be one; without labels, site names and brackets."""
    if outline.title:
        yield _bare(outline.title.of(outline.text).replace("\n", ""))
    above = outline.text[: outline.body.start].strip().split("\n")[-3:]
    # A heading without a number is no title: 科学制定法治政府建设工作计划.
    first = min((section.evidence.start for section in outline.sections), default=outline.body.end)
    below = outline.text[outline.body.start : max(first, outline.body.start)].split("\n")[:2]
    for line in (*reversed(below), *reversed(above)):
        if len(line) > _LONGEST_LINE:
            continue
        title = _bare(line)
        if 8 <= len(title) <= 70 and _TITLE_LIKE.search(title) and not _NOT_A_TITLE.search(title):
            yield title


def _bare(line: str) -> str:
    return _BRACKETS.sub("", _SITE.sub("", _TITLE_LABEL.sub("", line.strip(" 　"))).strip(" 　")).strip(" 　")


def _masked(own: str | None, body: str) -> str | None:
    """某县 where the place should stand: in the title, where the text begins or ends, or throughout.

    In the middle, 某街道 may be a party to a case.
    """
    edges = f"{own or ''}\n{body[:120]}\n{body[-60:]}"
    if found := _MASKED.search(edges, 0, len(edges)):
        return found[0]
    everywhere = list(_MASKED.finditer(body, 0, len(body)))
    return everywhere[0][0] if len(everywhere) >= 6 else None


def _disclosure(body: str) -> str | None:
    found = sorted(set(_DISCLOSURE.findall(body)))
    return found[0] if len(found) >= 2 else None


def _congress(body: str) -> str | None:
    found = _CONGRESS.search(body[:_OPENING])
    return found[0] if found and "各位代表" in body[:_OPENING] else "各位代表" if body.count("各位代表") >= 3 else None


def _issued(body: str) -> str | None:
    found = _ISSUED.search(body[:_OPENING])
    return found[0] if found else None


def _explained(body: str) -> str | None:
    found = sorted(set(_EXPLAINED.findall(body)))
    return found[0] if len(found) >= 2 and any(re.search("背景|过程|依据|解读", each) for each in found) else None


def _news(body: str) -> str | None:
    opens, meetings = _DATELINE.search(body.lstrip(" 　")), _MEETING.findall(body)
    return meetings[0] if opens and len(meetings) >= 2 else None


# Genres by the phrases of their texts.
_BODIES: tuple[tuple[Kind, Callable[[str], str | None]], ...] = (
    ("government-work-report", _congress),
    ("disclosure-report", _disclosure),
    ("directive", _issued),
    ("interpretation", _explained),
    ("news", _news),
)


def _quoted(words: str) -> str:
    """The words, shortened to their end, which decides."""
    return f"“{words if len(words) <= 30 else '…' + words[-29:]}”"
