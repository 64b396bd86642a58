"""HTML → its visible text, one line a block. Which lines are the report is for the outline to say."""

import re

from lxml import etree, html

_UNSEEN = ("script", "style", "noscript", "template", "iframe", "object", "svg", "select", "button", "textarea")
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section table tbody tfoot thead title tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def page_text(source: str) -> str:
    """The text that a reader of the page sees: blocks and table rows become lines, cells are set apart by a blank.

    Every character of the page's text is kept, in order; only white space of the source is folded.
    """
    # Bytes, because lxml refuses a str that carries an encoding declaration.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    pieces: list[str] = []
    try:
        _collect(html.document_fromstring(source.encode("utf-8", "replace"), parser=parser), pieces)
    except (ValueError, etree.ParserError):
        pieces = []
    if not "".join(pieces).strip():  # nested beyond what the parser follows
        pieces = [_TAG.sub("\n", source)]
    lines = (re.sub(" {2,}(?=[^ ])", " ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(root: html.HtmlElement, pieces: list[str]) -> None:
    """Append the text under `root` in document order, line feeds around blocks; without recursion, pages nest deep."""
    skipped = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            _append(pieces, node.tail if not skipped else None)
            continue
        unseen = node.tag in _UNSEEN or "display:none" in (node.get("style") or "").replace(" ", "")
        mark = "\n" if node.tag in _BLOCKS else " " if node.tag in _CELLS else ""
        if event == "start":
            skipped += unseen
            pieces.append(mark)
            _append(pieces, node.text if not skipped else None)
        else:
            skipped -= unseen
            pieces.append(mark)
            _append(pieces, node.tail if not skipped else None)


def _append(pieces: list[str], text: str | None) -> None:
    if text:
        pieces.append(_BLANKS.sub(" ", text))
