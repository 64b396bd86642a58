"""A generated report's blocks → a file: numbered in several ways or not at all, as plain text, Markdown or a page."""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Literal, NamedTuple

from benchmarks.composing import Block
from benchmarks.grammar import Writer

_NUMERALS = "一二三四五六七八九十"


class Line(NamedTuple):
    """A line of a report; `lead` is a heading that runs in before the paragraph's text."""

    kind: Literal["title", "part", "section", "text"]
    text: str
    lead: str = ""


class Style(NamedTuple):
    """How headings look: what numbers them (`%s` stands for 一, `%d` for 1), and whether sections' run in."""

    part: str | None
    section: str
    runs_in: bool = False


# A part's heading that is None is left out; the headings of its sections then begin their paragraphs.
_STYLES = (
    Style("%s、", "（%s）"),
    Style("%s、", "（%s）"),
    Style("%s、", "%d．"),
    Style("%s、", "（%s）", runs_in=True),
    Style("", "", runs_in=True),
    Style("", ""),
    Style(None, "", runs_in=True),
)


def lay_out(writer: Writer, blocks: Iterable[Block]) -> tuple[str, bytes]:
    """A report's file: the ending of its name, and what is in it."""
    style = _STYLES[writer.number(0, len(_STYLES) - 1)]
    lines = (Line("title", writer.write("title")), *_lines(style, blocks))
    ending, encoding, write = _FILES[writer.number(0, len(_FILES) - 1)]
    return ending, write(writer, lines).encode(encoding)


def _lines(style: Style, blocks: Iterable[Block]) -> Iterator[Line]:
    parts = sections = 0
    for block in blocks:
        if block.level == "part":
            parts, sections = parts + 1, 0
            if style.part is not None:
                yield Line("part", _number(style.part, parts) + block.heading)
        elif block.level == "section":
            sections += 1
            heading = _number(style.section, sections) + block.heading
            if style.runs_in:
                yield Line("text", block.text, f"{heading}。")
                continue
            yield Line("section", heading)
        if block.text:
            yield Line("text", block.text)


def _number(pattern: str, number: int) -> str:
    return pattern.replace("%s", _NUMERALS[number - 1]).replace("%d", str(number))


def _plain(writer: Writer, lines: Iterable[Line]) -> str:
    """Plain text: a line a paragraph, indented and set apart by empty lines as on the page that it was copied from."""
    indent, gap = ("　　", "")[writer.number(0, 1)], ("\n", "\n\n")[writer.number(0, 1)]
    text = gap.join(line.text if line.kind == "title" else indent + line.lead + line.text for line in lines)
    return f"{text}\n\n{writer.write('signature')}\n"


def _markdown(writer: Writer, lines: Iterable[Line]) -> str:
    marks = {"title": "# ", "part": "## ", "section": "### ", "text": ""}
    bold = (f"**{line.lead}**" if line.lead else "" for line in lines)
    text = "\n\n".join(marks[line.kind] + lead + line.text for line, lead in zip(lines, bold, strict=True))
    return f"{text}\n\n{writer.write('signature')}\n"


def _page(writer: Writer, lines: Iterable[Line]) -> str:
    """A government's page: navigation above, links and addresses below, paragraphs with `&nbsp;` before them."""
    title, *rest = lines
    body = "\n".join(
        f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{_strong(line.lead or (line.text if line.kind != 'text' else ''))}"
        f"{escape(line.text) if line.kind == 'text' else ''}</p>"
        for line in rest
    )
    above, date, below = (writer.write(f"page.{name}") for name in ("above", "date", "below"))
    name = escape(title.text)
    head = f"<!DOCTYPE html>\n<html><head><title>{name}</title></head><body>\n{above}\n<h1>{name}</h1>\n{date}"
    return f'{head}\n<div class="content">\n{body}\n</div>\n{below}\n</body></html>\n'


def _strong(text: str) -> str:
    return f"<strong>{escape(text)}</strong>" if text else ""


_Write = Callable[[Writer, Iterable[Line]], str]
_FILES: tuple[tuple[str, str, _Write], ...] = (
    ("txt", "utf-8", _plain),
    ("txt", "utf-8", _plain),
    ("md", "utf-8", _markdown),
    ("html", "utf-8", _page),
    ("html", "gb18030", _page),
)
