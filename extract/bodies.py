"""Which element of a page holds the text itself, told by the names that content systems give it.

A name counts only for an element that holds most of the page's running text; where none does, the page is read as a
whole.
"""

import re
from dataclasses import dataclass

from lxml import etree, html

UNSEEN = frozenset(
    ["script", "style", "noscript", "template", "iframe", "object", "svg", "select", "button", "textarea", "rt", "rp"]
)
# The systems' own names for the element with the edited text, as ids or classes.
_EDITED = re.compile(
    r"trs[_-]?(?:u?editor|editor_view|web|preserve\w*)|ucap-?content|custom_unionstyle|zoom(?:con|content|box)?|fontzoom"
    r"|vsb_content\w*|v_news_content|js_content|ueditor\w*|easysite-?\w*|wzcontent|ivs_content|j-fontcontent|pages_content",
    re.IGNORECASE,
)
# Words that sites use for it, and for much else: article, content, news_content, detail-con, main-text, xxgk_nr.
_NAMED = re.compile(
    r"(?:[a-z]+[-_]?)?(?:article|contents?|details?|text|txt|nr|zw|zhengwen|neirong|con|main|view|body)"
    r"(?:[-_]?(?:article|content|con|text|txt|nr|zw|box|body|main|details?|info|inner|wrap(?:per)?|\d{1,3}))?",
    re.IGNORECASE,
)
_TAGS = frozenset({"article", "main"})
_LEAST_SHARE = {_EDITED: 0.6, _NAMED: 0.8}
_WHOLE = 0.99


@dataclass(slots=True)
class Weight:
    """What is under an element: signs between clauses and sentences, which links have few of; signs; tables."""

    prose: int = 0
    length: int = 0
    tables: int = 0


Weights = dict[html.HtmlElement, Weight]


def weigh(root: html.HtmlElement) -> Weights:
    """The weight of every element that may be seen, from the innermost out; without recursion, pages nest deep."""
    weights: Weights = {}
    for _, node in etree.iterwalk(root, events=("end", "comment", "pi")):
        if isinstance(node.tag, str) and node.tag not in UNSEEN:
            weight = weights[node] = Weight(tables=int(node.tag == "table"))
            _add(weight, node.text)
            for each in node:
                below = weights.get(each, Weight())
                weight.prose += below.prose
                weight.length += below.length
                weight.tables += below.tables
                _add(weight, each.tail)
    return weights


def find_body(root: html.HtmlElement, weights: Weights) -> html.HtmlElement | None:
    """The smallest element of a known name that holds the page's running text; None if there is none."""
    whole = weights[root].prose
    fit = [(element, weight.prose) for element, weight in weights.items() if _is_body(element, weight, whole)]
    most = max((prose for _, prose in fit), default=0)
    # Elements come from the innermost out.
    return next((element for element, prose in fit if prose >= _WHOLE * most), None)


def _is_body(element: html.HtmlElement, weight: Weight, whole: int) -> bool:
    if element.tag in ("html", "body") or not weight.prose:
        return False
    names = [*(element.get("class") or "").split(), element.get("id") or ""]
    return any(
        weight.prose >= least * whole and (any(map(pattern.fullmatch, names)) or element.tag in _TAGS)
        for pattern, least in _LEAST_SHARE.items()
    )


def _add(weight: Weight, text: str | None) -> None:
    if text:
        weight.prose += sum(map(text.count, "，。；,;"))
        weight.length += len(text) if text.strip() else 0
