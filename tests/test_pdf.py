"""PDFs → the lines of their text, a line a paragraph."""

from itertools import accumulate

import pytest

from extract.errors import DamagedFile, LockedFile, NotText, ReadingError
from extract.reading import Document, decode

# A printed line: where it begins, how high on the page, the size of its type, its text.
Line = tuple[float, float, float, str]
SIZE, LEFT, STEP, SIGNS = 16, 80, 28, 27
INDENT = LEFT + 2 * SIZE


def _pdf(pages: list[list[Line]], *, trailer: str = "", font: str = "/STSong-Light /Encoding /UniGB-UCS2-H") -> bytes:
    """A PDF with these lines, set in a font that every reader brings along and that the file does not hold."""
    contents = [
        "".join(f"BT /F {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, size, text in page)
        for page in pages
    ]
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< /Type /Font /Subtype /Type0 /BaseFont {font} /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93"
        " /ItalicAngle 0 /FontBBox [-25 -254 1000 880] >>",
    ]
    for i, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents {7 + 2 * i} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}endstream")
    written = [f"{number} 0 obj\n{content}\nendobj\n" for number, content in enumerate(objects, 1)]
    offsets = list(accumulate(map(len, written), initial=len("%PDF-1.4\n")))
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets[:-1])
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>"
    return f"%PDF-1.4\n{''.join(written)}{end}\nstartxref\n{offsets[-1]}\n%%EOF\n".encode("latin-1")


def _set(paragraphs: list[str], top: float = 760, *, indent: bool = True) -> list[Line]:
    """Paragraphs set in full lines, the first of each indented by two signs."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        first = SIGNS - 2 if indent else SIGNS
        pieces = [paragraph[:first], *(paragraph[at : at + SIGNS] for at in range(first, len(paragraph), SIGNS))]
        for i, piece in enumerate(pieces):
            lines.append((INDENT if indent and i == 0 else LEFT, top - STEP * len(lines), SIZE, piece))
    return lines


FIRST = "2023年，石桥镇深入学习贯彻习近平法治思想，扎实推进法治政府建设，全年办理行政执法案件1205件，办结率为98.5%，群众满意度进一步提升。"
SECOND = "一是健全制度机制。落实重大行政决策程序，审查合同36份，提出法律意见42条；二是规范行政执法，开展执法培训5场次；三是化解矛盾纠纷。"
HEADING = "二、存在的问题"


def _read(*pages: list[Line]) -> list[str]:
    return decode(Document("a.pdf", _pdf(list(pages)))).split("\n")


@pytest.mark.parametrize("indent", [True, False])
def test_lines_are_joined_into_paragraphs(indent: bool) -> None:
    """A line's end inside a paragraph is none, numbers that it cuts are whole again; headings stay by themselves."""
    assert _read(_set([FIRST, SECOND, HEADING, FIRST], indent=indent)) == [FIRST, SECOND, HEADING, FIRST]


def test_a_paragraph_goes_on_over_the_page() -> None:
    """Page numbers in every form, running heads and feet do not come between."""
    lines = _set([FIRST, SECOND])
    pages = []
    for number, (cut, numbered) in enumerate(
        [(slice(0, 2), "- 1 -"), (slice(2, 4), "第2页 共3页"), (slice(4, None), "— 3 —")]
    ):
        rows = [(x, 740 - STEP * i, size, text) for i, (x, _, size, text) in enumerate(lines[cut])]
        edges: list[Line] = [
            (240, 800, 9, "石桥镇政务公开"),
            (100, 50, 9, f"石桥镇人民政府 2024-0{number + 1}"),
            (260, 30, 9, numbered),
        ]
        pages.append([*edges, *rows])
    assert _read(*pages) == [FIRST, SECOND]


def test_a_title_over_two_lines_is_one() -> None:
    """In larger type and centred; what follows in another type is not part of it, and as a running head it stays once."""
    title: list[Line] = [(120, 780, 22, "石桥镇人民政府关于2023年度"), (160, 748, 22, "法治政府建设情况的报告")]
    body = _set([FIRST, SECOND], 700)
    head: Line = (200, 800, 9, "石桥镇人民政府关于2023年度法治政府建设情况的报告")
    pages = [title + body, [head, *body], [head, *body], [head, *body]]
    assert _read(*pages)[0] == "石桥镇人民政府关于2023年度法治政府建设情况的报告"
    assert sum("关于2023年度" in line for line in _read(*pages)) == 1


def test_the_rows_of_a_table_stay_apart() -> None:
    """Short lines one below the other are not running text."""
    rows: list[Line] = [(INDENT, 500 - STEP * i, SIZE, text) for i, text in enumerate(["行政复议5件", "行政诉讼2件"])]
    assert _read([*_set([FIRST]), *rows]) == [FIRST, "行政复议5件", "行政诉讼2件"]


def test_a_line_spaced_out_to_the_margin_is_closed_up() -> None:
    """综 合 窗 口: the blanks are the setter's; those between numbers and words of a normal line stay."""
    spaced = [(LEFT + 32 * i, 600.0, SIZE, sign) for i, sign in enumerate("全年审查合同三十六份。")]
    assert "全年审查合同三十六份。" in _read([*_set([FIRST, SECOND]), *spaced])


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (
            _pdf([[]] * 3),
            NotText,
            "a PDF of pictures without text (a scan); recognise its text (OCR) and give that as .txt",
        ),
        (
            _pdf([[(100, 30, 9, "- 1 -")], [(100, 30, 9, "扫描全能王")]]),
            NotText,
            "a PDF of pictures without text (a scan); recognise its text (OCR) and give that as .txt",
        ),
        (
            _pdf(
                [_set([FIRST])],
                trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'5a' * 32}> /U <{'a5' * 32}> >> /ID [<00> <00>]",
            ),
            LockedFile,
            "an encrypted PDF; open it with the password and print it to a PDF without one",
        ),
        (_pdf([_set([FIRST])])[:60], DamagedFile, "a damaged PDF; fetch it again, or save its text as .txt"),
        (
            _pdf([[(LEFT, 700 - STEP * i, SIZE, "\ue123\ue456\ue789" * 9) for i in range(9)]]),
            NotText,
            "a PDF whose fonts do not tell their characters; open it and save its text as .txt, or recognise it (OCR)",
        ),
    ],
    ids=["no text", "a stamp only", "encrypted", "cut off", "private characters"],
)
def test_what_cannot_be_read_is_refused(data: bytes, error: type[ReadingError], message: str) -> None:
    """One line each, with what to do."""
    with pytest.raises(error) as caught:
        decode(Document("a.pdf", data))
    assert str(caught.value) == f"a.pdf: {message}"


def test_a_pdf_may_have_something_before_it() -> None:
    """Some servers send a few bytes ahead."""
    assert decode(Document("a", b"\r\n\r\n" + _pdf([_set([FIRST])]))) == FIRST
