"""The table of divisions: codes, names, parents, short names."""

import lzma
from itertools import islice
from pathlib import Path

import pytest

from ontology.divisions import LEVELS, Division, Divisions, bare_code, divisions, read_rows
from ontology.placenames import short_names, zone_names
from tools.make_divisions import main

PATHS = {
    "33": ("浙江省",),
    "4228": ("湖北省", "恩施土家族苗族自治州"),
    "330324": ("浙江省", "温州市", "永嘉县"),
    "330324006": ("浙江省", "温州市", "永嘉县", "三江街道"),
    "500101001": ("重庆市", "万州区", "高笋塘街道"),
    "500229": ("重庆市", "城口县"),
    "110105": ("北京市", "朝阳区"),
    "419001": ("河南省", "济源市"),
    "429021": ("湖北省", "神农架林区"),
    "659001": ("新疆维吾尔自治区", "石河子市"),
    "469021": ("海南省", "定安县"),
    "441900101": ("广东省", "东莞市", "石碣镇"),
    "442000001": ("广东省", "中山市", "石岐街道"),
    "460400100": ("海南省", "儋州市", "那大镇"),
    "441900": None,
    "460400": None,
    "620201": None,
    "1101": None,
    "5002": None,
    "4190": None,
}


@pytest.mark.parametrize(("code", "path"), PATHS.items())
def test_paths(code: str, path: tuple[str, ...] | None) -> None:
    """A path holds real names only: no 市辖区, no prefecture in a centrally governed city, no 东莞市 twice."""
    assert (code in divisions()) == (path is not None)
    if path:
        assert divisions()[code].path == path
        assert divisions()[code].name == path[-1]


CALLED = {
    "永嘉县": {"330324"},
    "永嘉": {"330324"},
    "临夏": {"6229", "622901", "622921"},
    "临夏州": {"6229"},
    "恩施": {"4228", "422801"},
    "恩施州": {"4228"},
    "湘西自治州": {"4331"},
    "雁峰": {"430406"},
    "新会": {"440705"},
    "三江": {"330324006", "500110003"},
    "黄石街": {"440111006"},
    "长阳县": {"420528"},
    "东乡县": {"622926"},
    "鄂温克旗": {"150724"},
    "巴州": {"6528"},
    "广西": {"45"},
    "合肥高新区": {"340176"},
    "江东区": {"330212"},
    "第八师": {"659001"},
    "湾里区": {"360112"},
}


@pytest.mark.parametrize(("name", "codes"), CALLED.items())
def test_called(name: str, codes: set[str]) -> None:
    """A division is found by its full, short, former or zone's name, with all the others that are called so."""
    assert codes <= set(divisions().called(name))


@pytest.mark.parametrize("name", ["义", "市辖区", "省直辖县级行政区划", "县", "", "不是地名"])
def test_not_called(name: str) -> None:
    """A single character and the pseudo-levels of the code are nobody's name."""
    assert divisions().called(name) == ()


SHORT = {
    "永嘉县": {"永嘉"},
    "三江街道": {"三江", "三江街"},
    "义县": set(),
    "恩施土家族苗族自治州": {"恩施", "恩施州", "恩施自治州"},
    "博尔塔拉蒙古自治州": {"博尔塔拉", "博尔塔拉州", "博尔塔拉自治州", "博州"},
    "东乡族自治县": {"东乡", "东乡县", "东乡自治县"},
    "隆林各族自治县": {"隆林", "隆林县", "隆林自治县"},
    "莪山畲族乡": {"莪山", "莪山乡"},
    "神农架林区": {"神农架"},
    "阿里地区": {"阿里"},
    "内蒙古自治区": {"内蒙古"},
}


@pytest.mark.parametrize(("name", "short"), SHORT.items())
def test_short_names(name: str, short: set[str]) -> None:
    """A short name drops the rank and the peoples; one character is none."""
    assert set(short_names(name)) == short


def test_zone_names() -> None:
    """A zone is called by its kind, with and without the place that it lies in."""
    names = set(zone_names("合肥高新技术产业开发区", ("安徽省", "合肥市")))
    assert {"高新区", "合肥高新区", "合肥市高新区"} <= names


def test_once_called() -> None:
    """A name of another rank leads to what the place has become, and to nothing where there is no such stem."""
    assert divisions().once_called("即墨市") == ("370215",)
    assert divisions().once_called("不存在县") == ()


def test_every_division_lies_in_its_parent() -> None:
    """Law: the path of a division is its parent's and its own name; its parent has it among its children."""
    table = divisions()
    for division in islice(table, 3, None, 499):
        parent = table.parent(division)
        above = parent.path if parent else ()
        assert division.path == (*above, division.name)
        if parent:
            assert division in table.children(parent)
            assert table.within(division.code, parent.code) and not table.within(parent.code, division.code)


def test_every_name_leads_back() -> None:
    """Law: each division is among those that bear its name."""
    assert all(division.code in divisions().named(division.name) for division in divisions())


def test_levels() -> None:
    """The table has all four levels, each as large as the country's, and the code's length tells the level."""
    counts = dict.fromkeys(LEVELS.values(), 0)
    for division in divisions():
        counts[division.level] += 1
        assert LEVELS[len(division.code)] == division.level
    assert counts["province"] == 31 and counts["prefecture"] == 333
    assert 2900 < counts["county"] < 3000 and 41000 < counts["township"] < 42000


def test_children_and_ancestors() -> None:
    """东莞市 has towns right below it, 河南省 a county-level city; a province has nothing above it."""
    table = divisions()
    assert {child.level for child in table.children(table["4419"])} == {"township"}
    assert "419001" in {child.code for child in table.children(table["41"])}
    assert [above.code for above in table.ancestors(table["330324006"])] == ["33", "3303", "330324"]
    assert table.parent(table["33"]) is None


def test_former_names_lead_to_divisions() -> None:
    """Every row of the hand-kept tables names a code of the table; a former name is nobody's now in that county."""
    for file in ("former_names.tsv", "traces.tsv"):
        for row in read_rows(file):
            assert row[1] in divisions(), row
            assert divisions()[row[1]].name != row[0]


def test_zones_are_told_apart() -> None:
    """A development zone in the code is no county with a government of its own."""
    assert divisions()["340176"].is_zone and not divisions()["340104"].is_zone


def test_make_divisions(tmp_path: Path) -> None:
    """From the package's tables to the data file: no pseudo-levels, no repeated names, the same bytes each time."""
    dist = tmp_path / "dist"
    dist.mkdir()
    tables = {
        "provinces": '44,"广东省"\n50,"重庆市"\n',
        "cities": '4419,"东莞市",44\n5001,"市辖区",50\n',
        "areas": '441900,"东莞市",4419,44\n500101,"万州区",5001,50\n',
        "streets": '441900101,"石碣镇",441900,44,4419\n500101001,"高笋塘街道",500101,50,5001\n',
    }
    for name, rows in tables.items():
        (dist / f"{name}.csv").write_text("code,name,x,y,z\n" + rows, encoding="utf-8")
    outputs = [tmp_path / "a.xz", tmp_path / "b.xz"]
    for output in outputs:
        main(tmp_path, output)
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    names = dict(line.split("\t") for line in lzma.decompress(outputs[0].read_bytes()).decode().splitlines())
    assert list(names) == ["44", "4419", "441900101", "50", "500101", "500101001"]
    assert Divisions(names)["441900101"] == Division("441900101", "石碣镇", "township", ("广东省", "东莞市", "石碣镇"))


@pytest.mark.parametrize(("name", "known"), [("永嘉县", True), ("永嘉", True), ("永嘉乡县", False)])
def test_knows_whatever_a_division_is_called(name: str, known: bool) -> None:
    """Full and short names; what no division is called is unknown."""
    assert divisions().knows(name) is known is bool(divisions().called(name))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("330000", "33"),
        ("330300", "3303"),
        ("330324", "330324"),
        ("330324000", "330324"),
        ("330324006000", "330324006"),
        ("330324000000", "330324"),
        ("419001000000", "419001"),
        ("330324006201", "330324006201"),  # a village's
        ("33", "33"),
        ("330324006", "330324006"),
        ("33030", "33030"),
        ("永嘉县", "永嘉县"),
    ],
)
def test_codes_filled_up_with_zeros(written: str, code: str) -> None:
    """Six digits as in GB/T 2260 and twelve as the statistics bureau prints them mean the same as ours."""
    assert bare_code(written) == code
