"""The explorer's pages of numbers side by side, of contradictions, and of what places like one have."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from extract.records import Evidence
from graph.explorer.words import words_of
from tests.factories import adoption
from tests.numbering import numbered
from tests.serving import write_graph

CODES = ("330324", "430406", "500101", "330302", "330303", "330304", "330326", "330327", "330328", "330329", "330305")
NOW, THEN = "全县受理行政复议申请32件,同比增长60%。", "全县受理行政复议申请28件。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eleven counties that review contracts, all but one with legal advisers, eight with legal aid, and the first one's
    report of the year before."""
    path: Path = tmp_path_factory.mktemp("graph")
    made = []
    for number, code in enumerate(CODES, 1):
        report = numbered(f"受理案件{10 * number}件。" + (NOW if number == 1 else "累计罚款32万元。"), code)
        names = ("contract-review", "legal-adviser", "legal-aid")[: 1 if number == 1 else 3 if number < 10 else 2]
        found = tuple(adoption(name, evidence=(Evidence(0, 6),)) for name in names)
        made.append(replace(report, adoptions=found))
    office = replace(numbered("受理案件7件。", "330110", 2024, "水利局"), adoptions=(adoption("legal-adviser"),))
    write_graph(path, [*made, numbered(THEN, CODES[0], 2023), office])
    return path


def test_an_indicator_page_has_groups_with_ranks(client: httpx.Client) -> None:
    """What can be compared stands in groups by rank; of the other it says why not."""
    twin = client.get("/en/indicator/other/受理案件?format=json").json()
    (group,) = twin["tables"]["groups"]
    assert (group["places"], group["numbers"], group["median"]) == (11, 11, 60)
    assert group["terms"] == "county · government · scope not said · a year · 件"
    first = twin["tables"]["values"][0]
    assert (first["value"], first["rank"], first["sentence"]["text"]) == (110, "1 of 11", "受理案件110件")
    assert 'class="strip"' in client.get("/zh/indicator/other/受理案件").text
    fines = client.get("/en/indicator/other/罚款?format=json").json()["tables"]
    assert fines["values"] == []
    assert {row["why"] for row in fines["apart"]} == {"nobody else gives one on the same terms"}
    asked = client.get("/en/indicator/other/受理行政复议申请?format=json").json()["tables"]["apart"]
    assert {(row["told"], row["change"]) for row in asked} == {("60%", "up")}
    assert client.get("/en/indicator/other/没有").status_code == 404


def test_numbers_are_written_in_one_way() -> None:
    """Commas between thousands, no empty digits, halves upwards; in Chinese 亿 and 万 where they tell the number whole."""
    chinese, english = words_of("zh"), words_of("en")
    assert [english.number(each) for each in (8401, 171.0, 98.84)] == ["8,401", "171", "98.84"]
    assert [english.number(each, 2) for each in (0.815, 2)] == ["0.82", "2.00"]
    assert [english.share(part) for part in (1 / 8, 7 / 8, 0.285)] == ["13%", "88%", "29%"]
    assert [english.told(each) for each in ("230000000元", "5%")] == ["230,000,000元", "5%"]
    told = ("230000000元", "35000人", "19724件", "123456789元", "171.0件")
    assert [chinese.told(each) for each in told] == ["2.3亿元", "3.5万人", "19,724件", "123,456,789元", "171件"]


def test_a_column_that_is_empty_is_not_shown(client: httpx.Client) -> None:
    """On the page, that is: its twins have it."""
    page, (row, *_) = (
        client.get("/en/indicator/other/受理案件").text,
        client.get("/en/indicator/other/受理案件?format=json").json()["tables"]["values"],
    )
    assert row["qualifier"] == "" and ">Qualifier<" not in page and ">Rank<" in page


def test_contradictions_have_a_page_and_stand_on_the_report(client: httpx.Client) -> None:
    """Both sentences are there, each a way to its report."""
    twin = client.get("/en/contradictions?format=json").json()
    (only,) = twin["tables"]["contradictions"]
    assert (only["told"], only["against"], only["would"]) == ("60%", "32件 (2024), 28件 (2023)", "14.29")
    assert only["sentence.other"]["text"] == "全县受理行政复议申请28件"
    report = only["sentence"]["iri"].partition("#")[0].removeprefix("https://w3id.org/zhili")
    assert client.get(f"/en{report}?format=json").json()["tables"]["contradictions"] == [only]
    assert "Numbers that contradict each other" in client.get(f"/en{report}").text
    earlier = only["sentence.other"]["iri"].partition("#")[0].removeprefix("https://w3id.org/zhili")
    assert "Numbers that contradict each other" not in client.get(f"/en{earlier}").text
    assert client.get("/en/contradictions?province=湖南省&format=json").json()["tables"]["contradictions"] == []


def test_a_place_page_says_what_places_like_it_have(client: httpx.Client) -> None:
    """With denominators; what the place does not mention is not called lacking, and what is rarer there is left out."""
    twin = client.get(f"/en/division/{CODES[0]}?format=json").json()
    (row,) = twin["tables"]["lacks"]
    assert (row["mechanism"]["text"], row["status"]) == ("Government legal advisers", "not mentioned")
    assert (row["like"], row["base"], row["lift"]) == ("5 of 5", "10 of 10", 1.0)
    assert '<td class="n">1.00</td>' in "".join(client.get(f"/en/division/{CODES[0]}").text.split("\n"))
    assert "Not mentioned is not lacking" in client.get(f"/en/division/{CODES[0]}").text
    assert client.get(f"/en/division/{CODES[1]}?format=json").json()["tables"]["lacks"] == []


def test_with_enough_places_it_is_told_how_a_thing_spread(client: httpx.Client) -> None:
    """Since when, how far, how fast, where and who first; with fewer the last three are one sentence."""
    told = client.get("/en/mechanism/contract-review?format=json").json()
    assert len(told["answers"]) == 5 and not told["few"]
    assert told["answers"][-1] == "Who first: too few reports over the years to tell."


def test_what_goes_together_is_what_governments_say(client: httpx.Client) -> None:
    """A department's report speaks for the department alone, as `zhili coadoption` has it: its place is not counted."""
    assert client.get("/en/graph?overview=backbone&format=json").json()["places"] == len(CODES)
