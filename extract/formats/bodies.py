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
# Of the page's running text it must hold so much, and of what the largest such element holds so much.
_SHARES = ((_EDITED, 0.6, 0.97), (_NAMED, 0.8, 0.99))


@dataclass(slots=True)
class Weight:
    """What is under an element: signs between clauses and sentences, those in links apart; all signs; tables."""

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
            weight.prose *= not is_link(node)
    return weights


def is_link(node: html.HtmlElement) -> bool:
    """Whether it leads elsewhere; an anchor that names a place does not."""
    return bool(node.tag == "a" and node.get("href") is not None)


def find_body(root: html.HtmlElement, weights: Weights) -> html.HtmlElement | None:
    """The smallest element of a known name that holds the page's running text; None if there is none."""
    whole = weights[root].prose
    fit = [
        (element, weight.prose, of_most)
        for element, weight in weights.items()
        if (of_most := _fits(element, weight, whole))
    ]
    most = max((prose for _, prose, _ in fit), default=0)
    # Elements come from the innermost out.
    return next((element for element, prose, of_most in fit if prose >= of_most * most), None)


def _fits(element: html.HtmlElement, weight: Weight, whole: int) -> float | None:
    """The share of the largest such element's text that this one must hold; None if it is none itself."""
    if element.tag in ("html", "body") or not weight.prose:
        return None
    names = [*(element.get("class") or "").split(), element.get("id") or ""]
    for pattern, of_whole, of_most in _SHARES:
        if weight.prose >= of_whole * whole and (any(map(pattern.fullmatch, names)) or element.tag in _TAGS):
            return of_most
    return None


def _add(weight: Weight, text: str | None) -> None:
    if text:
        weight.prose += sum(map(text.count, "，。；,;"))
        weight.length += len(text) if text.strip() else 0
