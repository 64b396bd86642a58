"""Word files → the lines of their text, in the order in which they stand."""

import zipfile
from io import BytesIO

import docx
import pytest

from extract.errors import DamagedFile, EmptyFile, LockedFile, NotText, OversizedFile, ReadingError
from extract.reading import Document, decode

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def _file(body: str, *, namespace: str = WORD, **parts: str) -> bytes:
    """A .docx with this body, and with further parts (numbering, styles) of this content."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in {"document": f"<w:body>{body}</w:body>", **parts}.items():
            root = f"<w:{name} xmlns:w='{namespace}' {OTHERS}>{content}</w:{name}>"
            archive.writestr(f"word/{name}.xml", f"<?xml version='1.0' encoding='UTF-8'?>{root}")
    return packed.getvalue()


def _lines(body: str, **parts: str) -> list[str]:
    return decode(Document("a.docx", _file(body, **parts))).split("\n")


def _paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _box(text: str) -> str:
    """A text box as Word writes it, once for itself and once for old programs."""
    shape = f"<v:textbox><w:txbxContent>{_paragraph(text)}</w:txbxContent></v:textbox>"
    return f"<w:r><mc:AlternateContent><mc:Choice>{shape}</mc:Choice><mc:Fallback><w:pict>{shape}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


SHOWN = "<w:vanish w:val='0'/>"
DELETED = "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
TABLE = "<w:tbl>{}</w:tbl>"
ROW = "<w:tr>{}</w:tr>"
CELL = "<w:tc>{}</w:tc>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(_paragraph("甲") + "<w:p/>" + _paragraph("乙"), ["甲", "乙"], id="paragraphs"),
        pytest.param(
            f"<w:p>{_run('全年')}{_run('立案', '<w:b/>')}{_run('12')}{_run('件')}</w:p>",
            ["全年立案12件"],
            id="runs join",
        ),
        pytest.param(
            "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>",
            ["甲", "乙 丙"],
            id="breaks and tabs",
        ),
        pytest.param(
            f"<w:p>{_run('甲')}<w:ins>{_run('增')}</w:ins>{DELETED}{_run('乙')}</w:p>", ["甲增乙"], id="tracked changes"
        ),
        pytest.param(
            f"<w:p><w:moveFrom>{_run('移')}</w:moveFrom>{_run('甲')}<w:moveTo>{_run('移')}</w:moveTo></w:p>",
            ["甲移"],
            id="a tracked move",
        ),
        pytest.param(
            _paragraph("甲", "<w:rPr><w:del/></w:rPr>") + _paragraph("乙"), ["甲乙"], id="a deleted end of a paragraph"
        ),
        pytest.param(
            f"<w:p>{_run('甲')}{_run('隐', '<w:vanish/>')}{_run('显', SHOWN)}</w:p>", ["甲显"], id="hidden text"
        ),
        pytest.param(
            f"<w:p><w:hyperlink>{_run('链接')}</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
            ["链接"],
            id="fields",
        ),
        pytest.param(f"<w:sdt><w:sdtContent>{_paragraph('甲')}</w:sdtContent></w:sdt>", ["甲"], id="content controls"),
        pytest.param(
            f"<w:p>{_box('红头')}{_run('正文')}</w:p>", ["红头", "正文"], id="a text box before the text, once"
        ),
        pytest.param(f"<w:p>{_run('正文')}{_box('旁注')}</w:p>", ["正文", "旁注"], id="a text box behind it"),
        pytest.param(
            _paragraph("前")
            + TABLE.format(
                ROW.format(CELL.format(_paragraph("项目")) + CELL.format(_paragraph("件数")))
                + ROW.format(CELL.format(_paragraph("行政") + _paragraph("复议")) + CELL.format(_paragraph("5")))
                + ROW.format(CELL.format("<w:p/>") + CELL.format(_paragraph("合计")))
            )
            + _paragraph("后"),
            ["前", "项目 件数", "行政 复议 5", "合计", "后"],
            id="a table in its place",
        ),
        pytest.param(
            TABLE.format(
                "<w:tr><w:trPr><w:del/></w:trPr><w:tc/></w:tr>"
                + ROW.format(CELL.format(_paragraph("甲") + _paragraph("乙")))
            ),
            ["甲", "乙"],
            id="a table for the layout, a deleted row",
        ),
        pytest.param(
            TABLE.format(
                ROW.format(
                    CELL.format(TABLE.format(ROW.format(CELL.format(_paragraph("内")) + CELL.format(_paragraph("里")))))
                )
            ),
            ["内 里"],
            id="a table in a table",
        ),
    ],
)
def test_text_is_read_in_order(body: str, lines: list[str]) -> None:
    """What a reader of the file sees comes in its order, and only that."""
    assert _lines(body) == lines


def test_the_strict_variant_is_read() -> None:
    """Its elements are in another namespace."""
    assert decode(Document("a.docx", _file(_paragraph("甲"), namespace=STRICT))) == "甲"


def test_a_file_of_another_writer_is_read() -> None:
    """What python-docx makes from Word's own template: heading, lists, table; header and footer are left out."""
    document = docx.Document()
    document.add_heading("石桥镇2023年法治政府建设年度报告", 0)
    document.add_paragraph("规范执法。", style="List Number")
    document.add_paragraph("加强普法。", style="List Number")
    document.add_paragraph("要点", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "复议", "5件"
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    packed = BytesIO()
    document.save(packed)
    assert decode(Document("a.docx", packed.getvalue())).split("\n") == [
        "石桥镇2023年法治政府建设年度报告",
        "1.规范执法。",
        "2.加强普法。",
        "•要点",
        "复议 5件",
    ]


def _encrypted() -> bytes:
    data = bytearray(_file(_paragraph("甲")))
    for at in (i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"):
        data[at + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (
            _file(_paragraph("甲"))[:-40],
            DamagedFile,
            "a damaged Word file (.docx); open it in Word and save it anew, or fetch it again",
        ),
        (
            _file("<w:p>"),
            DamagedFile,
            "a damaged Word file (.docx); open it in Word and save it anew, or fetch it again",
        ),
        (_file("<w:p/>"), EmptyFile, "a Word file without text; leave it out, or fetch it again"),
        (
            _file("<w:p><w:r><w:drawing/></w:r></w:p>"),
            NotText,
            "a Word file of pictures without text; recognise its text (OCR) and give that",
        ),
        (_encrypted(), LockedFile, "encrypted with a password"),
        (_file(_paragraph("甲" * (4 * 2**20))), OversizedFile, "unpacks to 12 MiB, more than any report"),
    ],
    ids=["cut off", "broken", "empty", "pictures", "encrypted", "bomb"],
)
def test_what_cannot_be_read_is_refused(data: bytes, error: type[ReadingError], message: str) -> None:
    """One line each, with what to do."""
    with pytest.raises(error) as caught:
        decode(Document("a.docx", data))
    assert str(caught.value).startswith(f"a.docx: {message}")


def test_no_entity_is_expanded() -> None:
    """A file that would read another one, or grow without end, does neither."""
    document = _file(_paragraph("甲&e;"))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive, zipfile.ZipFile(BytesIO(document)) as source:
        archive.writestr("[Content_Types].xml", "<Types/>")
        content = source.read("word/document.xml").decode()
        archive.writestr(
            "word/document.xml", content.replace("?>", "?><!DOCTYPE w [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", 1)
        )
    assert decode(Document("a.docx", packed.getvalue())) == "甲"
