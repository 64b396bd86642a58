"""A PDF with text → its text, a line a paragraph.

A PDF knows only where signs stand, so paragraphs are told by their lines: a line that reaches the right margin goes
on in the next one, unless that is indented or numbered. Chinese is joined without a blank. Page numbers and running
heads, told by their place and by coming again on other pages, are left out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from statistics import median

import pypdfium2

from extract.documents import Document
from extract.errors import DamagedFile, LockedFile, NotText
from extract.formats.encodings import likeness

_PASSWORD, _SECURITY = 4, 5
# -1-, — 2 —, 第3页, 第 3 页 共 9 页, 3/9, 3.
_PAGE_NUMBER = re.compile(r"[-—－–―·•~\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:[\s，,/]*共?\s*\d{1,4}\s*页?)?[-—－–―·•~\s]*")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节、，]|\d{1,2}[.．、](?!\d)|[①-⑳■●◆]"
)
# A page of a scan may carry a stamp or a number; a page of text has hundreds of signs.
_LEAST_SIGNS_A_PAGE = 20
_GAP = re.compile(r"(?<=[^\x00-\x7f]) +(?=\S)|(?<=\S) +(?=[^\x00-\x7f])")
_WORD = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: its text, where it begins and ends, how high its signs are, and where it stands on the page."""

    text: str
    left: float
    right: float
    height: float
    bottom: float


def pdf_text(document: Document) -> str:
    """The text of a PDF. Raises LockedFile, DamagedFile, or NotText if its pages are pictures."""
    try:
        with closing(pypdfium2.PdfDocument(document.data)) as pdf:
            pages = [_lines(pdf[number]) for number in range(len(pdf))]
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
            advice = "open it with the password and print it to a PDF without one"
            raise LockedFile(document.name, "an encrypted PDF", advice) from error
        raise DamagedFile(document.name, "a damaged PDF", "fetch it again, or save its text as .txt") from error
    text = "\n".join(_paragraphs(_without_edges(pages)))
    if len(text) < _LEAST_SIGNS_A_PAGE * len(pages):
        advice = "recognise its text (OCR) and give that as .txt"
        raise NotText(document.name, "a PDF of pictures without text (a scan)", advice)
    if likeness(text) < 0:
        advice = "open it and save its text as .txt, or recognise it (OCR)"
        raise NotText(document.name, "a PDF whose fonts do not tell their characters", advice)
    return text


def _lines(page: pypdfium2.PdfPage) -> list[_Line]:
    """The lines of a page, from its top."""
    with closing(page), closing(page.get_textpage()) as textpage:
        signs = [textpage.get_text_range(i, 1) for i in range(textpage.count_chars())]
        lines, start = [], 0
        for end in [i for i, sign in enumerate(signs) if sign in "\r\n"] + [len(signs)]:
            seen = [i for i in range(start, end) if signs[i].strip()]
            if seen:
                left, bottom, _, top = textpage.get_charbox(seen[0], loose=True)
                right = textpage.get_charbox(seen[-1], loose=True)[2]
                text = _closed_up("".join(signs[seen[0] : seen[-1] + 1]))
                lines.append(_Line(text, left, right, top - bottom, bottom))
            start = end + 1
        return lines


def _closed_up(text: str) -> str:
    """A line that was spaced out to reach the margin, 全 年 收 件, without the blanks between its signs."""
    gaps = len(_GAP.findall(text))
    return _GAP.sub("", text) if gaps >= 3 and gaps > len(text.replace(" ", "")) / 4 else text


def _without_edges(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without page numbers, running heads and feet.

    What heads the first page stays if it is printed as large as the text: it may be the title, come again as a head.
    """
    size = _type_size([line for page in pages for line in page])
    edges = [_edges(page) for page in pages]
    heads = Counter(_alike(line) for head, _ in edges for line in head)
    feet = Counter(_alike(line) for _, foot in edges for line in foot)
    least = max(3, len(pages) // 3)
    kept = []
    for number, (page, (head, foot)) in enumerate(zip(pages, edges, strict=True)):
        dropped = [line for line in (*head, *foot) if _PAGE_NUMBER.fullmatch(line.text)]
        dropped += [line for line in head if heads[_alike(line)] >= least and (number or line.height < 0.95 * size)]
        dropped += [line for line in foot if feet[_alike(line)] >= least]
        kept.append([line for line in page if line not in dropped])
    return kept


def _edges(page: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """The two highest lines of a page and the two lowest ones; a file may hold them in any order."""
    descending = sorted(page, key=lambda line: -line.bottom)
    return descending[:2], descending[2:][-2:]


def _alike(line: _Line) -> str:
    """What a running head has in common on all pages: all but its numbers."""
    return re.sub(r"[\d\s]+", "#", line.text)


def _paragraphs(pages: list[list[_Line]]) -> Iterator[str]:
    lines = [line for page in pages for line in page]
    if not lines:
        return
    em = _type_size(lines)
    margins = _margins([line for line in lines if len(line.text) >= 20] or lines)
    indents = sum(margins[0] + em < line.left < margins[0] + 4 * em for line in lines) > len(lines) / 20
    paragraph = lines[0].text
    for line, below in zip(lines, lines[1:], strict=False):
        reaches_margin = line.right > margins[1] - 2 * em and line.left < margins[0] + 4 * em
        # Where paragraphs are indented, a number at the margin stands within one: （2）… behind a semicolon.
        begins_anew = below.left > margins[0] + em or (not indents and _NUMBERED.match(below.text))
        wide_gap = line.bottom - below.bottom > 3 * em
        if _is_one_title(line, below, em) or (reaches_margin and not begins_anew and not wide_gap):
            paragraph += _joint(paragraph, below.text) + below.text
        else:
            yield paragraph
            paragraph = below.text
    yield paragraph


def _is_one_title(line: _Line, below: _Line, em: float) -> bool:
    """Two lines in the same type, larger than the text's: …人民政府 / 关于2023年度法治政府建设情况的报告."""
    alike = abs(line.height - below.height) < 0.1 * line.height and 0 < line.bottom - below.bottom < 2.5 * line.height
    return line.height > 1.15 * em and alike


def _type_size(lines: list[_Line]) -> float:
    """The height of the type that most of the text is set in."""
    return median([line.height for line in lines for _ in line.text] or [0])


def _margins(lines: list[_Line]) -> tuple[float, float]:
    """Where full lines begin and end, whatever a few others do."""
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    return lefts[len(lines) // 5], rights[-1 - len(lines) // 5]


def _joint(before: str, behind: str) -> str:
    """What stands between two lines of a paragraph: a blank between words of letters, nothing in Chinese."""
    return " " if _WORD.match(before[-1:]) and _WORD.match(behind) else ""
