"""HTML → its visible text, one line a block. Which lines are the report is for the outline to say.

Where the page has an element that is known to hold the text itself, all of that is kept, and of what stands around
it the lines that tell of the text: titles, labels with their values, paths. Menus and lists of links are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree, html

from extract.formats.bodies import UNSEEN, Weights, find_body, is_link, weigh
from extract.formats.tables import LONGEST_CELL

_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|br|caption|center|d[dlt]|div|fieldset|figure|footer|form|h[1-6r]|header|li|main"
    r"|nav|[ou]l|p|pre|section|table|tbody|tfoot|thead|title|tr"
)
_CELLS = frozenset({"td", "th"})
_TAG = re.compile(r"<[^<>]*>")
_CODE = re.compile(r"<(/?)(?:script|style)\b[^<>]*>?", re.IGNORECASE)
# The source's own line end inside a sentence is no blank in Chinese.
_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r]*\n[ \t\r\n]*(?=[\u4e00-\u9fff\uff00-\uffef])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# What every government page has to say of its text in its head (国务院办公厅's rules for them), as pages print it.
_META = {"articletitle": "", "pubdate": "发布时间：", "contentsource": "来源："}
# 首页 > 政务公开 > 法治政府建设: links, but they name the place.
_PATH = re.compile(r"[>＞»›→]|位置")
_LINKED = 0.6

_Place = Literal["before", "body", "after"]


@dataclass(slots=True)
class _Line:
    """A line of a page, how many of its signs are links, and where it stands to the body."""

    place: _Place
    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    @property
    def text(self) -> str:
        """What stands in it."""
        return "".join(self.pieces)


def page_text(source: str) -> str:
    """The text that a reader of the page sees: blocks and table rows become lines, cells are set apart by a blank.

    Every character of the body is kept, in order; only white space of the source is folded.
    """
    # Bytes, because lxml refuses a str that carries an encoding declaration.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    lines: list[str] = []
    try:
        root = html.document_fromstring(source.replace("\0", "").encode("utf-8", "replace"), parser=parser)
        lines = list(_lines_of(root))
    except (ValueError, etree.ParserError):
        pass
    if not any(map(str.strip, lines)):  # nested beyond what the parser follows
        lines = _TAG.sub("\n", _without_code(source)).split("\n")
    tidied = (re.sub(" {2,}", " ", line.strip(" ")) for line in lines)
    return "\n".join(line for line in tidied if line)


def _without_code(source: str) -> str:
    """The source without its scripts and styles, which a reader does not see."""
    text, *rest = _CODE.split(source)
    return "\n".join((text, *(behind for slash, behind in zip(rest[::2], rest[1::2], strict=True) if slash)))


def _lines_of(root: html.HtmlElement) -> Iterator[str]:
    weights = weigh(root)
    body = find_body(root, weights)
    walk = _Walk(weights, body, root)
    walk.run(root)
    kept = [line.text for line in walk.lines if body is None or _is_kept(line)]
    text = "\n".join(kept)
    yield from (label + value for label, value in _metadata(root) if value not in text)
    yield from kept


def _metadata(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Label and value of what the page's head says of the text."""
    for meta in root.iter("meta"):
        label = _META.get((meta.get("name") or "").lower())
        value = _BLANKS.sub(" ", meta.get("content") or "").strip()
        if label is not None and value:
            yield label, value


def _is_kept(line: _Line) -> bool:
    """All of the body; around it what is neither a list of links nor running text (a summary, a teaser)."""
    if line.place == "body":
        return True
    is_links = line.linked >= _LINKED * len(line.text.strip()) and not _PATH.search(line.text)
    return not is_links and "。" not in line.text


class _Walk:
    """Goes through a page in document order and makes lines, without recursion, since pages nest deep."""

    def __init__(self, weights: Weights, body: html.HtmlElement | None, root: html.HtmlElement) -> None:
        self.lines = [_Line("before")]
        self._weights, self._body, self._whole = weights, body, weights[root].prose
        self._skipped = self._links = self._rows = self._kept = 0

    def run(self, root: html.HtmlElement) -> None:
        """Make the lines of all under `root`."""
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._enter(node)
            else:
                if event == "end":
                    self._leave(node)
                self._add(node.tail)

    def _enter(self, node: html.HtmlElement) -> None:
        self._skipped += self._is_unseen(node)
        self._separate(node)
        if node is self._body:
            self.lines.append(_Line("body"))
        self._links += is_link(node)
        self._rows += self._is_row(node)
        self._kept += node.tag == "pre"
        self._add(node.text)

    def _leave(self, node: html.HtmlElement) -> None:
        self._kept -= node.tag == "pre"
        self._rows -= self._is_row(node)
        self._links -= is_link(node)
        if node is self._body:
            self.lines.append(_Line("after"))
        self._separate(node)
        self._skipped -= self._is_unseen(node)

    def _separate(self, node: html.HtmlElement) -> None:
        """A block begins a line; in a row of a table it is set apart by a blank, and so is a cell anywhere."""
        is_block = _BLOCK.fullmatch(node.tag) is not None
        if is_block and not self._rows:
            self.lines.append(_Line(self.lines[-1].place))
        elif is_block or node.tag in _CELLS:
            self.lines[-1].pieces.append(" ")

    def _add(self, text: str | None) -> None:
        if not text or self._skipped:
            return
        if self.lines[-1].place == "body" and not self._kept:
            text = _WRAPPED.sub("", text)
        for number, piece in enumerate(text.split("\n") if self._kept else [text]):
            if number:
                self.lines.append(_Line(self.lines[-1].place))
            folded = _BLANKS.sub(" ", piece)
            self.lines[-1].pieces.append(folded)
            self.lines[-1].linked += len(folded.strip()) if self._links else 0

    def _is_unseen(self, node: html.HtmlElement) -> bool:
        """Whether an element is hidden; one with most of the text is only until a script shows it."""
        if node.tag in UNSEEN:
            return True
        hidden = "display:none" in (node.get("style") or "").replace(" ", "").lower() or node.get("hidden") is not None
        return hidden and 2 * self._weights[node].prose <= self._whole

    def _is_row(self, node: html.HtmlElement) -> bool:
        """Whether it is a row of a table of data, not one that is there for the layout."""
        if node.tag != "tr" or self._weights[node].tables:
            return False
        cells = [self._weights[cell].length for cell in node if cell.tag in _CELLS and cell in self._weights]
        return sum(map(bool, cells)) > 1 and max(cells) <= LONGEST_CELL
