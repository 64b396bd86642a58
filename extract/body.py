"""Lines of a page → the report's own lines: where its title, its running text and its sign-off stand.

Body and page furniture are told apart by their lines: a report is running text between its title and its sign-off;
a page around it is short lines, paths, labels and links.
"""

import re

from extract.records import Evidence

_TITLE = re.compile(
    r"(?:法治政府|法治建设|依法行政|依法治[省市州县区镇乡街]|法治[\u4e00-\u9fff]{0,8})[^。；>]{0,24}(?:报告|总结|汇报|情况|回顾)"
)
NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}[、．.]|[壹贰叁肆伍陆柒捌玖拾] ?[、·．]|[(（][一二三四五六七八九十]{1,3}[)）]"
)
_ADDRESSEE = re.compile(r"[\u4e00-\u9fff、，,]{2,40}[:：]")
_LABELLED = re.compile(r"^[\u4e00-\u9fff 　]{2,8}[:：|]|[:：] ?\||\|.*\||>|20\d\d-\d\d-\d\d")
# What a page sets behind a report; nothing of the report follows.
_TAIL = re.compile(
    r"^[【\[（(]?(?:上一篇|下一篇|上一条|下一条|相关(?:文章|阅读|链接|信息|新闻|报道|附件|稿件)|扫一扫|打印|关闭|分享|责任编辑|编辑[:：]"
    r"|(?:主办|承办)(?:单位)?\s*[:：|]|版权|返回|网站地图|附件下载|推荐阅读|来源[:：]|信息来源|浏览次数|【(?:打印|关闭|字体))"
)
_FURNITURE = re.compile(
    r"位置[:：]|首页.{0,3}>|字体|字号|浏览(?:量|次数)|点击(?:数|率|次数)|打印本页|加入收藏|ICP备|公网安备|标识码|无障碍|版权所有|分辨率"
    r"|索\s*引\s*号|文\s*号\s*[:：]|(?:发\s*布|制\s*发|发\s*文|生\s*成)\s*(?:机\s*构|机\s*关|单\s*位|日\s*期)\s*[:：]|主题(?:分类|词)\s*[:：]|有\s*效\s*性\s*[:：]"
)
_SIGN_OFF = re.compile(
    r"^[^。；]{2,50}(?:政府|办事处|委员会|局|厅|处|中心|办公室|领导小组|办|所|队|管委会|公署|行署|园区(?:[(（][^。]{0,10}[)）])?|公章|盖章|代章)[)）]?$"
    r"|^[^。；]{0,10}第[一二三四五六七八九十]{1,3}师(?:[\u4e00-\u9fff]{2,5}市)?$"
    r"|^[(（]?(?:\d{4}|二[〇○零O0]..).{0,20}[日号\d)）]$|^\d{4}[-./]\d|^此件|^[(（](?:此件|联系人|公开)"
)


def _is_prose(line: str) -> bool:
    """Running text: long enough and with a full stop or a colon; not a path, a label or a footer."""
    if _FURNITURE.search(line) and len(line) < 120:
        return False
    return len(line) >= 25 and ("。" in line or line[-1] in "：:；;")


def is_heading(line: str) -> bool:
    """A short line without a stop at its end: a heading without a number, or a sign-off."""
    return 4 <= len(line) <= 40 and line[-1] not in "。；：，,;:.、!！?？" and not _LABELLED.search(line)


def body_lines(lines: list[str]) -> tuple[int, int, int]:
    """Indexes of the report's first line, the last one of its running text, and the last one of its sign-off."""
    first = next((i for i, line in enumerate(lines) if _is_prose(line) or re.match(r"一[、．.]|壹 ?[、·．]", line)), 0)
    stop = next((i for i in range(first + 1, len(lines)) if _TAIL.match(lines[i]) and lines[i][-1] != "。"), len(lines))
    closing = next((i for i in range(stop - 1, first, -1) if _closes(lines[i])), first)
    last = closing
    while last + 1 < stop and _SIGN_OFF.search(lines[last + 1]) and not _FURNITURE.search(lines[last + 1]):
        last += 1
    while first > 0 and not _is_title(lines[first - 1]) and _opens(lines[first - 1]):
        first -= 1
    return first, closing, last


def _is_title(line: str) -> bool:
    """Whether a line can be a title: `现将法治政府建设情况报告如下：` is none."""
    return bool(_TITLE.search(line)) and line[-1] not in "：:。；;，,"


def _closes(line: str) -> bool:
    """Whether a line can be the last one of the running text."""
    return _is_prose(line) or bool(NUMBERED.match(line)) or (line[-1] in "。；" and not _FURNITURE.search(line))


def _opens(line: str) -> bool:
    """Whether a short line above the first running text belongs to the report: `州人民政府：`, a first heading."""
    return bool(_ADDRESSEE.fullmatch(line)) or (is_heading(line) and not _SIGN_OFF.search(line) and "关于" not in line)


def find_title(text: str, above: list[Evidence]) -> Evidence | None:
    """The title nearest to the body; one that begins with 关于 has its issuer on the line above."""
    for i in range(len(above) - 1, -1, -1):
        line = above[i].of(text)
        if not _is_title(line) or ">" in line or len(line) > 80:
            continue
        if line.startswith("关于") and i > 0 and _SIGN_OFF.search(above[i - 1].of(text)):
            return Evidence(above[i - 1].start, above[i].end)
        return above[i]
    return None
