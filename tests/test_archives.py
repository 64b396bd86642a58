"""ZIP archives → the documents in them."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extract.documents import Document
from extract.finding import find_documents
from extract.formats import archives

TEXT = "全年办理行政执法案件12件。"


def _packed(**members: bytes | str) -> bytes:
    return _zip(members)


def _zip(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _found(folder: Path, data: bytes) -> list[str]:
    """The names of the documents in an archive, and the messages in place of those that cannot be had."""
    (folder / "a.zip").write_bytes(data)
    items = list(find_documents([folder / "a.zip"]))
    return [(item.name if isinstance(item, Document) else str(item)).removeprefix(f"{folder}/") for item in items]


def test_members_are_named_like_files_in_a_folder(tmp_path: Path) -> None:
    """Nested folders and archives are read in the order of names; what is no document is passed over."""
    word = _zip({"[Content_Types].xml": "", "word/document.xml": "<w/>"})
    inner = _zip({"内.txt": TEXT})
    members: dict[str, bytes | str] = {
        "b/c.txt": TEXT,
        "a.txt": TEXT,
        "d.docx": word,
        "e.zip": inner,
        "x.png": "",
        "__MACOSX/._a.txt": "",
        "f.jsonl": '{"id": "甲", "text": "乙"}',
    }
    assert _found(tmp_path, _zip(members)) == [
        "a.zip/a.txt",
        "a.zip/b/c.txt",
        "a.zip/d.docx",
        "a.zip/e.zip/内.txt",
        "甲",
    ]


def test_members_have_their_bytes(tmp_path: Path) -> None:
    """A member's document holds what was packed."""
    (tmp_path / "a.zip").write_bytes(_packed(a=TEXT))
    (document,) = find_documents([tmp_path / "a.zip"])
    assert isinstance(document, Document)
    assert document.data.decode() == TEXT


def test_an_archive_may_have_any_name(tmp_path: Path) -> None:
    """The bytes tell an archive, in a folder as well."""
    (tmp_path / "报告").write_bytes(_packed(a=TEXT))
    assert [item.name for item in find_documents([tmp_path])] == [f"{tmp_path}/报告/a"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_a_declared_encoding_are_told(tmp_path: Path, encoding: str) -> None:
    """Windows in China writes GBK and does not say so."""
    name = "石桥镇2023年报告.txt"
    placeholder = "x" * len(name.encode(encoding))
    data = _zip({placeholder: TEXT}).replace(placeholder.encode(), name.encode(encoding))
    assert _found(tmp_path, data) == [f"a.zip/{name}"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("../../etc/报告.txt", "etc/报告.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\a.txt", "a.txt"),
        ("./a/../b.txt", "a/b.txt"),
        ("..", "unnamed"),
    ],
)
def test_a_path_out_of_the_archive_is_only_a_name(tmp_path: Path, path: str, name: str) -> None:
    """Nothing is unpacked to disk, so the document is read under what is harmless of its path; no file is written."""
    before = sorted(tmp_path.parent.rglob("*"))
    assert _found(tmp_path, _zip({path: TEXT})) == [f"a.zip/{name}"]
    assert sorted(tmp_path.parent.rglob("*")) == sorted([*before, tmp_path / "a.zip"])


def _encrypted() -> bytes:
    data = bytearray(_packed(a=TEXT))
    data[6] |= 1  # the flag of the member's own header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and of the archive's directory
    return bytes(data)


def _spoiled() -> bytes:
    data = bytearray(_zip({"a.txt": TEXT}, zipfile.ZIP_STORED))
    data[data.index("案".encode())] ^= 1
    return bytes(data)


def _lying() -> bytes:
    """A member whose directory says 4 GiB less one."""
    data = bytearray(_packed(a=TEXT))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 2**32 - 2)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (_encrypted(), "a.zip/a: encrypted with a password; unpack the archive and give the folder"),
        (
            _spoiled(),
            "a.zip/a.txt: cannot be unpacked (Bad CRC-32 for file 'a.txt'); fetch the archive again, or unpack it",
        ),
        (_packed(a=TEXT)[:-30], "a.zip: a damaged ZIP archive; fetch it again"),
        (_zip({"x.png": ""}), "a.zip: no document in this archive; leave it out"),
        (
            _packed(a=b"0" * (11 * 2**20)),
            "a.zip/a: unpacks to 11 MiB, more than any report; leave it out, or unpack it",
        ),
        (_lying(), "a.zip/a: unpacks to 4095 MiB, more than any report; leave it out, or unpack it"),
        (
            _packed(a=_packed(b=_packed(c=_packed(d=TEXT)))),
            "a.zip/a/b/c: an archive in an archive in an archive; unpack it and give the folder",
        ),
    ],
    ids=["encrypted", "spoiled", "cut off", "no document", "bomb", "lying size", "nested"],
)
def test_what_cannot_be_had_is_named(tmp_path: Path, data: bytes, message: str) -> None:
    """Each gives one line in its place, with what to do."""
    assert _found(tmp_path, data) == [message]


def test_one_bad_member_does_not_stop_the_others(tmp_path: Path) -> None:
    """The members before and behind it are read."""
    members: dict[str, bytes | str] = {"a.txt": TEXT, "b.txt": b"0" * (11 * 2**20), "c.txt": TEXT}
    assert [name.partition(":")[0] for name in _found(tmp_path, _zip(members))] == [
        "a.zip/a.txt",
        "a.zip/b.txt",
        "a.zip/c.txt",
    ]


def test_an_archive_unpacks_only_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many members, none too large, may add up to more than is reasonable, archives in it included."""
    monkeypatch.setattr(archives, "_LARGEST_WHOLE", 1000)
    found = _found(
        tmp_path, _zip({"a.zip": _zip({"a": b"0" * 300, "b": b"0" * 300}), "b": b"0" * 300, "c": b"0" * 300})
    )
    assert found[:2] == ["a.zip/a.zip/a", "a.zip/a.zip/b"]
    assert len(found) == 3
    assert "the rest is left out" in found[2]
