"""Which element of a page holds the text itself, told by the names that content systems give it.

A name counts only for an element that holds most of the page's running text; where none does, the page is read as a
whole.
"""

import re

from lxml import html

# As ids or classes: the systems' own names for the edited text, then words that sites use for it.
_EDITED = re.compile(
    r"trs[_-]?(?:u?editor|editor_view|web)|ucap-?content|custom_unionstyle|zoom(?:con|content)?|vsb_content\w*|v_news_content"
    r"|js_content|ueditor|j-content|easysite-?\w*|info-?content|bt-?content|wzcontent|ivs_content|infotext|fontzoom",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:[a-z]+[-_]?)?(?:article|content|contents?box|detail|details|text|txt|nr|zw|zhengwen|neirong|con|main|view|body|body-?con)"
    r"(?:[-_]?(?:article|content|con|text|txt|nr|zw|box|body|main|detail|info|inner|wrap(?:per)?|\d{1,3}))?",
    re.IGNORECASE,
)
_TAGS = frozenset({"article", "main"})
_LEAST_SHARE = 0.6
_WHOLE = 0.97
_STOP = re.compile(r"[^。；\n]{12,}[。；]")


def find_body(root: html.HtmlElement) -> html.HtmlElement | None:
    """The smallest named element that holds the page's running text; None where no such element is known."""
    whole = _prose(root)
    if not whole:
        return None
    named = [(element, _prose(element)) for element in root.iter("div", "td", "section", "article", "main", "span", "form")]
    fit = [(element, prose) for element, prose in named if prose >= _LEAST_SHARE * whole and _is_named(element)]
    most = max((prose for _, prose in fit), default=0)
    # In document order an element comes before those in it: the last one that still holds all is the smallest.
    return next((element for element, prose in reversed(fit) if prose >= _WHOLE * most), None)


def _is_named(element: html.HtmlElement) -> bool:
    names = [*(element.get("class") or "").split(), element.get("id") or ""]
    return element.tag in _TAGS or any(_EDITED.fullmatch(name) or _NAMED.fullmatch(name) for name in names)


def _prose(element: html.HtmlElement) -> int:
    """How many signs of running text are in an element: of clauses that end with a stop."""
    return sum(map(len, _STOP.findall("".join(element.itertext()))))
