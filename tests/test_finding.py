"""Files, folders, patterns → documents."""

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from extract.errors import MissingFile, OversizedFile, ReadingError
from extract.finding import find_documents
from extract.reading import Document

TEXT = "全年办理行政执法案件12件。\n"


def _write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT, encoding="utf-8")


def _found(*paths: Path, below: Path) -> list[str]:
    return [
        Path(item.name).relative_to(below).as_posix() for item in find_documents(paths) if isinstance(item, Document)
    ]


def test_folders_give_their_files_in_order(tmp_path: Path) -> None:
    """Files below a folder are found in the order of their names; what may be a document is among them."""
    _write(tmp_path, "b.txt", "a/z.html", "a/a.TXT", "报告.wps", "no suffix", "c.md")
    assert _found(tmp_path, below=tmp_path) == ["a/a.TXT", "a/z.html", "b.txt", "c.md", "no suffix", "报告.wps"]


@pytest.mark.parametrize(
    "name",
    [
        "c.png",
        "page_files/site.css",
        "x.JS",
        "SOURCES.tsv",
        "truth/a.json",
        ".DS_Store",
        ".git/config",
        "~$报告.docx",
        "README.md",
        "Thumbs.db",
    ],
)
def test_what_is_no_document_is_passed_over_in_folders(tmp_path: Path, name: str) -> None:
    """A saved page's pictures and scripts, tables of sources and hidden files are not spoken of."""
    _write(tmp_path, "a.txt", name)
    assert [str(item.name) for item in find_documents([tmp_path])] == [str(tmp_path / "a.txt")]


def test_a_hidden_folder_that_is_named_is_read(tmp_path: Path) -> None:
    """Only what is hidden below the named folder is passed over."""
    _write(tmp_path, ".work/a.txt")
    assert _found(tmp_path / ".work", below=tmp_path) == [".work/a.txt"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt"]),
        ("**", ["a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt"]),
        ("[ab].txt", ["a.txt", "b.txt"]),
        ("sub/?.txt", ["sub/c.txt"]),
        ("[1].txt", ["[1].txt"]),
    ],
)
def test_patterns_name_files(tmp_path: Path, pattern: str, found: list[str]) -> None:
    """A quoted pattern is expanded, ** over folders; a file that is really called so comes first."""
    _write(tmp_path, "a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt", "sub/e.png")
    if pattern == "[1].txt":
        _write(tmp_path, pattern)
    assert _found(tmp_path / pattern, below=tmp_path) == found


def test_what_is_missing_does_not_stop_the_others(tmp_path: Path) -> None:
    """A path that is not there, an empty folder, a pattern without matches give an error in their place."""
    _write(tmp_path, "a.txt")
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / "none.txt", tmp_path / "empty", tmp_path / "*.pdf", tmp_path / "a.txt"]
    *missing, found = find_documents(paths)
    assert isinstance(found, Document)
    assert [type(error) for error in missing] == [MissingFile] * 3
    assert [str(error) for error in missing] == [
        f"{paths[0]}: no such file or folder; check the path",
        f"{paths[1]}: no report in this folder; name a folder that holds reports",
        f"{paths[2]}: no report fits this pattern; check it; ** stands for any folders",
    ]


def test_a_file_larger_than_any_report_is_not_loaded(tmp_path: Path) -> None:
    """One line instead of memory: here 101 MiB that take no room on the disk."""
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(101 * 2**20)
    (error,) = find_documents([tmp_path])
    assert isinstance(error, OversizedFile)
    assert str(error).endswith("a.txt: larger than 100 MiB, more than any report; leave it out")


def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    """A path through a file is no path: the system's own words are given."""
    _write(tmp_path, "a.txt")
    (error,) = find_documents([tmp_path / "a.txt" / "b.txt"])
    assert isinstance(error, ReadingError)
    assert "cannot be opened (" in str(error)


def _sources(*paths: Path | str) -> list[str]:
    return [item.source for item in find_documents(map(Path, paths)) if isinstance(item, Document)]


def test_a_file_that_may_not_be_looked_at_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not passed over in silence: a build would take its report for withdrawn."""
    (tmp_path / "a.txt").write_text("法治", encoding="utf-8")
    look = os.stat

    def refuse(path: Any, **options: Any) -> os.stat_result:
        if str(path).endswith("a.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, **options)

    monkeypatch.setattr(os, "stat", refuse)
    (found,) = find_documents([tmp_path])
    assert isinstance(found, ReadingError) and "Permission denied" in str(found)


@pytest.mark.parametrize("given", ["", "**/*.txt", "*/*.txt"])
def test_a_folder_that_cannot_be_listed_is_told(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it lies it is not passed over in silence: a build would take its reports for withdrawn."""
    _write(tmp_path, "a/a.txt", "sub/b.txt")

    def refusing(list_: Any) -> Any:
        def listed(path: Any = ".") -> Any:
            if str(path).endswith("sub"):
                raise PermissionError(13, "Permission denied", str(path))
            return list_(path)

        return listed

    monkeypatch.setattr(os, "scandir", refusing(os.scandir))
    monkeypatch.setattr(os, "listdir", refusing(os.listdir))
    error, found = find_documents([tmp_path / given])
    assert str(error) == f"{tmp_path}/sub: cannot be opened (Permission denied); check the path and its permissions"
    assert isinstance(found, Document) and found.name == str(tmp_path / "a/a.txt")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
@pytest.mark.parametrize("given", ["", "**/*.txt", "**", "**/**/*.txt"])
def test_links_are_told_where_they_are_not_followed(given: str, tmp_path: Path) -> None:
    """A link to a folder could lead round in a circle, and one to nothing had a report behind it; files are followed."""
    _write(tmp_path, "reports/a.txt", "elsewhere/b.txt")
    for name, target in {"one": ".", "other": ".", "b.txt": "../elsewhere/b.txt", "c.txt": "../gone.txt"}.items():
        (tmp_path / "reports" / name).symlink_to(target)
    items = list(find_documents([tmp_path / "reports" / given]))
    assert sorted(item.source for item in items if isinstance(item, Document)) == ["reports/a.txt", "reports/b.txt"]
    advice = "a link to a folder, which is not followed; put the folder itself there, or remove the link"
    assert sorted(str(item) for item in items if isinstance(item, ReadingError)) == [
        f"{tmp_path}/reports/c.txt: a link to what is not there; mend or remove it",
        f"{tmp_path}/reports/one: {advice}",
        f"{tmp_path}/reports/other: {advice}",
    ]


def test_a_folder_whose_link_leads_nowhere_is_told_by_patterns(tmp_path: Path) -> None:
    """A single `*` follows links, which cannot lead it far; one to nothing may have been a folder of reports."""
    _write(tmp_path, "elsewhere/a.txt", "reports/b.txt")
    (tmp_path / "reports" / "2023").symlink_to("../elsewhere")
    (tmp_path / "reports" / "2024").symlink_to("../gone")
    error, found = find_documents([tmp_path / "reports" / "*" / "*.txt"])
    assert str(error).startswith(f"{tmp_path}/reports/2024: cannot be opened (")
    assert isinstance(found, Document) and found.source == "reports/2023/a.txt"


def test_a_document_has_one_name_from_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes into the graph names a file below the given folder, the same whether the path is absolute or not."""
    _write(tmp_path, "reports/a.txt", "reports/2024/b.txt")
    (tmp_path / "reports" / "c.jsonl").write_text('{"id": "甲", "text": "乙"}\n{"text": "丙"}\n', encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "reports" / "d.zip", "w") as archive:
        archive.writestr("e.txt", TEXT)
    below = ["reports/2024/b.txt", "reports/a.txt", "甲", "reports/c.jsonl: record 2", "reports/d.zip/e.txt"]
    monkeypatch.chdir(tmp_path)
    assert _sources("reports") == _sources(tmp_path / "reports") == _sources("./reports/") == below
    assert _sources("reports/*.txt") == _sources(tmp_path / "reports" / "*.txt") == ["reports/a.txt"]
    assert _sources(tmp_path / "reports" / "a.txt") == ["a.txt"]
    assert _sources("reports/a.txt") == ["reports/a.txt"]
    monkeypatch.chdir(tmp_path / "reports" / "2024")
    assert _sources(".") == ["2024/b.txt"]
    assert _sources("..") == below


@pytest.mark.parametrize(
    ("files", "manifest"),
    [
        (["manifest.json", "shards/3f/3f.nq.gz", "store-1/000.sst"], '{\n "seal": "af47f462",\n "store": "store-1",'),
        (["manifest.json", "shards/3f/3f.nq.gz", "store-1/000.sst"], '{\n "store": "store-1",'),
        (["build.lock", "shards/3f/3f.nq.gz"], ""),
    ],
    ids=["built", "built by an earlier version", "stopped"],
)
def test_graph_folders_are_passed_over(tmp_path: Path, files: list[str], manifest: str) -> None:
    """Where a graph lies among the reports, its parts are not taken for documents; other manifests mean nothing."""
    _write(tmp_path, "a.txt", "site/manifest.json", "site/b.txt", *(f"build/graph/{name}" for name in files))
    if manifest:
        (tmp_path / "build/graph/manifest.json").write_text(manifest, encoding="utf-8")
    assert _found(tmp_path, below=tmp_path) == ["a.txt", "site/b.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    """Only regular files are read: opening a pipe would wait for ever."""
    os.mkfifo(tmp_path / "fifo.txt")
    (error,) = find_documents([tmp_path / "fifo.txt"])
    assert str(error) == f"{tmp_path}/fifo.txt: a pipe or a device, not a regular file; save what it gives as a file"
    _write(tmp_path, "a.txt")
    assert _found(tmp_path, below=tmp_path) == ["a.txt"]
    assert [str(item) for item in find_documents([tmp_path / "*.txt"]) if isinstance(item, ReadingError)] == [
        str(error)
    ]


def test_a_path_that_no_system_takes_is_told(tmp_path: Path) -> None:
    """Whatever the system says of a path is an error in its place; the others go on."""
    _write(tmp_path, "a.txt")
    error, found = find_documents([tmp_path / ("x" * 5000), tmp_path / "a.txt"])
    assert isinstance(error, ReadingError) and isinstance(found, Document)
    assert "cannot be opened (" in str(error)
