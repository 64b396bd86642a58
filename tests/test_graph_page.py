"""Neighbourhoods and overviews in the explorer, and lists in parts, over a graph of many places."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from click.testing import CliRunner
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from extract.records import Jurisdiction, Report
from graph.cli import main
from graph.explorer.catalogue import Catalogue, read_catalogue
from graph.explorer.nearby import LINES, NODES, Choice, Links, Near, chosen, drawn, held, links, nearest, network
from graph.index.search import Index, write_index
from graph.manifest import read_manifest
from graph.network import read_network, select
from graph.overviews import read_stated
from graph.store import open_graph
from ontology.divisions import divisions
from ontology.namespace import division, mechanism
from ontology.vocabulary import load_vocabulary
from tests.browsing import resize
from tests.factories import TEXT, adoption, deficiency, evidence, practice, report
from tests.serving import write_graph

PLACES = 130
MECHANISMS = [*load_vocabulary().mechanisms][:20]
COMMON, RARE, PLANTED, WITH_IT, PLAN = MECHANISMS[0], MECHANISMS[1], MECHANISMS[4], MECHANISMS[5], MECHANISMS[6]
FIRST = "110101"


def reports() -> list[Report]:
    """A report a county: all practise one mechanism, the others are chance, but one stands wherever another does."""
    chance = np.random.default_rng(11)
    counties = [each for each in divisions() if each.level == "county" and not each.is_zone]
    found = []
    for number, county in enumerate(counties[: PLACES * 9 : 9]):
        stated = chance.random(len(MECHANISMS)) < chance.uniform(0.15, 0.75)
        stated[0], stated[1], stated[5], stated[6] = True, number == 7, stated[4], number % 10 == 0
        found.append(
            report(
                jurisdiction=Jurisdiction(county.code, county.path, "county"),
                text=f"{TEXT}\n{number}",
                year=2023 + number % 2,
                adoptions=tuple(
                    adoption(name, status="planned" if name == PLAN else "practised")
                    for name, has in zip(MECHANISMS, stated, strict=True)
                    if has
                ),
                practices=(practice(f"做法{number % 30}号"),),
                observations=(),
                deficiencies=(deficiency("enforcement-capacity" if number % 2 else "legal-talent"),),
                plans=(),
            )
        )
    # A second year of the first place, in which it only plans what it practised.
    again = adoption(COMMON, status="planned", evidence=(evidence("明年将加强执法培训"),))
    return [
        *found,
        report(jurisdiction=found[0].jurisdiction, year=2020, adoptions=(again,), practices=(), deficiencies=()),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of these reports."""
    path: Path = tmp_path_factory.mktemp("graph")
    write_graph(path, reports())
    return path


@pytest.fixture(scope="module")
def catalogue(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """What lists are made of."""
    store, contents, home = open_graph(folder), read_manifest(folder).contents, tmp_path_factory.mktemp("index")
    write_index(store, home, contents)
    return read_catalogue(store, Index(store, home, contents))


def near(catalogue: Catalogue, *middle: str, **choice: Any) -> dict[str, int]:
    """What is near some things, in order, with the number of connections."""
    wanted = Choice(**choice)
    left = links(catalogue.things, held(catalogue, wanted.lines, wanted.year), frozenset(middle), wanted)
    return {each.node: each.links for each in nearest(left, frozenset(middle), wanted.steps)}


def rows(answer: httpx.Response) -> list[list[str]]:
    """The rows of a CSV answer without its heads."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]


def test_a_choice_and_its_address_are_one() -> None:
    """What an address says is chosen, what is chosen is said in the address, and nonsense is dropped."""
    wanted = Choice(2, "2024", mechanism("disputes"), ("place", "practice"), ("planned",))
    asked = wanted.query()
    again = chosen({"steps": str(asked["steps"]), "year": asked["year"]}, asked["kind"], asked["status"], wanted.area)
    assert again == wanted
    assert chosen({"steps": "9"}, ["nothing"], ["caused"], "") == Choice(1, "", "", NODES, LINES)
    assert not any(Choice().query().values())


def test_steps_lead_from_places_to_things_and_back(catalogue: Catalogue) -> None:
    """One step from a place are its things, two the places that share them, and the middle stands first."""
    place = division(FIRST)
    one, two = near(catalogue, place), near(catalogue, place, steps=2)
    assert next(iter(one)) == place
    assert not set(one) & set(catalogue.places) - {place}
    assert set(one) < set(two)
    assert set(catalogue.places) <= set(two), "all practise the common one"
    assert near(catalogue, mechanism(RARE), nodes=("place",)).keys() == {
        mechanism(RARE),
        *catalogue.places_of(catalogue.stating(mechanism(RARE))),
    }


@pytest.mark.parametrize(
    "choice",
    [
        {"nodes": ("place", "weakness")},
        {"lines": ("planned",)},
        {"year": "2023"},
        {"area": mechanism("disputes")},
        {"nodes": ("mechanism",), "lines": ("practised", "lacking"), "year": "2024"},
    ],
)
def test_a_choice_leaves_out_what_it_says(catalogue: Catalogue, choice: dict[str, Any]) -> None:
    """Of two steps around a place, each node left is of a chosen kind, and linked by a line that is left."""
    place = division(FIRST)
    found = near(catalogue, place, steps=2, **choice)
    whole = near(catalogue, place, steps=2)
    assert set(found) < set(whole)
    for node in found.keys() - {place}:
        if node in catalogue.places:
            assert "place" in choice.get("nodes", NODES)
            continue
        thing = catalogue.things[node]
        assert thing.kind in choice.get("nodes", NODES)
        assert choice.get("area", "") in ("", thing.area)
        if any(catalogue.things[each].broader == node for each in found.keys() & catalogue.things.keys()):
            continue  # it may be there for its practices alone
        stated = frozenset[int]().union(*(catalogue.stating(node, line) for line in choice.get("lines", LINES)))
        assert any(catalogue.reports[each].year == choice.get("year", catalogue.reports[each].year) for each in stated)


def test_the_best_connected_of_each_kind_come_first(catalogue: Catalogue) -> None:
    """Within a step the kinds take turns, each by how many of the others it is linked to."""
    found = [pair for pair in near(catalogue, division(FIRST), steps=2).items() if pair[0] in catalogue.places][1:]
    assert [count for _, count in found] == sorted((count for _, count in found), reverse=True)
    first = [*near(catalogue, division(FIRST))][1:4]
    assert {node.rsplit("/", 2)[-2] for node in first} == {"mechanism", "weakness", "practice"}


def test_a_picture_has_room_for_every_step() -> None:
    """Of more nodes than it holds each step has as many, and what one does not need is the others'."""
    found = [
        Near("middle", 9, 0),
        *(Near(f"a{n}", 1, 1) for n in range(90)),
        *(Near(f"b{n}", 1, 2) for n in range(500)),
    ]
    some = drawn(Links({}, {}), [*found, *(Near(f"c{n}", 1, 3) for n in range(4))], 50, 100)
    assert Counter(node[0] for node in some) == {"m": 1, "a": 22, "b": 23, "c": 4}
    assert some[1:4] == ["a0", "a1", "a2"]
    assert drawn(Links({}, {}), found, 1000, 100) == [each.node for each in found]
    assert drawn(Links({}, {}), [], 10, 100) == []


def test_a_picture_is_no_blot() -> None:
    """Where everything is linked with everything, fewer nodes are drawn, and so not more lines than there is room for."""
    things, places = [f"a{n}" for n in range(100)], [f"b{n}" for n in range(100)]
    everything = Links({thing: frozenset(places) for thing in things}, {})
    found = [Near("middle", 9, 0), *(Near(each, 100, 1) for each in things), *(Near(each, 100, 2) for each in places)]
    some = drawn(everything, found, 150, 700)
    assert sum(a in things for a in some) * sum(b in places for b in some) <= 700
    assert 45 <= len(some) < 60


def test_several_things_may_stand_in_the_middle(catalogue: Catalogue) -> None:
    """Around two things is what is around either, and both come first."""
    both = near(catalogue, division(FIRST), mechanism(RARE))
    assert set(both) == {*near(catalogue, division(FIRST)), *near(catalogue, mechanism(RARE))}
    assert set([*both][:2]) == {division(FIRST), mechanism(RARE)}


@pytest.mark.parametrize("choice", [Choice(2), Choice(2, year="2023"), Choice(2, lines=("planned", "admitted"))])
def test_the_picture_has_the_lines_that_reports_draw(folder: Path, catalogue: Catalogue, choice: Choice) -> None:
    """From the catalogue come the same lines as from the sentences themselves, for the nodes that are drawn."""
    around = frozenset({division(FIRST)})
    left = links(catalogue.things, held(catalogue, choice.lines, choice.year), around, choice)
    nodes = [each.node for each in nearest(left, around, choice.steps)]
    read = select(read_network(open_graph(folder)), set(nodes))
    wanted = {
        (*edge[:3], edge[3]["year"])
        for edge in read.edges(keys=True, data=True)
        if edge[3]["relation"] == "broader"
        or ((edge[3]["status"] or "admitted") in choice.lines and choice.year in ("", str(edge[3]["year"])))
    }
    drawn = network(catalogue, nodes, choice)
    assert {(*edge[:3], edge[3]["year"]) for edge in drawn.edges(keys=True, data=True)} == wanted
    for node, about in drawn.nodes(data=True):
        assert {key: about[key] for key in read.nodes[node]} == read.nodes[node]


def test_filters_stand_in_the_address(client: httpx.Client) -> None:
    """Page, JSON and CSV show the same under the same address, and the form shows what is chosen."""
    address = f"/zh/graph?around=/division/{FIRST}&steps=2&kind=place&kind=mechanism&status=planned&year=2023"
    twin = client.get(address + "&format=json").json()
    told = client.get(address).text
    assert twin["nodes"] == len(twin["tables"]["nodes"]) == len(rows(client.get(address + "&format=csv")))
    assert set(twin["kinds"]) == {"place", "mechanism"}
    assert {row["status"] for row in twin["tables"]["lines"]} == {"计划推行"}
    assert {row["year"] for row in twin["tables"]["lines"]} == {2023}
    assert len(re.findall(r'type="checkbox"[^>]*checked', told)) == 3
    assert '<option value="2023" selected>' in told
    assert len(json.loads(re.findall(r'id="picture-data">(.*?)</script>', told)[0])["nodes"]) == twin["drawn"]


def test_more_than_a_picture_holds_is_said(client: httpx.Client) -> None:
    """Of more points than are drawn the page says how many there are, and the table goes on over pages."""
    address = f"/en/graph?around=/mechanism/{COMMON}&steps=2"
    page, twin = client.get(address).text, client.get(address + "&format=json").json()
    assert twin["nodes"] > 150 >= twin["drawn"] > 30
    assert f"Of {twin['nodes']} points the picture shows the {twin['drawn']} best connected of each step" in page
    second = client.get(address + "&page=2").text
    assert len(re.findall("<tr>", page)) == len(re.findall("<tr>", second)) + 200 - twin["nodes"] == 101
    assert "picture shows" not in client.get(f"/en/graph?around=/mechanism/{RARE}").text


def test_a_neighbourhood_asks_no_sentence(client: httpx.Client) -> None:
    """A page brings its picture's points and lines without sentences; those of a line come with one request."""
    page = client.get(f"/zh/graph?around=/division/{FIRST}").text
    data = json.loads(re.findall(r'id="picture-data">(.*?)</script>', page)[0])
    assert TEXT[7:20] not in json.dumps(data, ensure_ascii=False)
    found = client.get("/sentences", params={"place": f"/division/{FIRST}", "thing": f"/mechanism/{COMMON}"}).json()
    assert [(relation, year) for relation, _, year in found["stated"]] == [("practises", 2023), ("plans", 2020)]
    assert [said[0][3] for _, said, _ in found["stated"]] == ["全年审查合同32件", "明年将加强执法培训"]
    for _, said, _ in found["stated"]:
        for report_number, start, end, quote, _ in said:
            path = found["reports"][report_number]["path"]
            assert TEXT[start:end] == quote
            assert client.get(f"/zh{path}").status_code == 200


@pytest.mark.parametrize(
    ("place", "thing", "more", "status"),
    [
        (f"/division/{FIRST}", f"/mechanism/{COMMON}", "&year=2020", 200),
        (f"/division/{FIRST}", "/weakness/legal-talent", "&status=admitted", 200),
        (f"/division/{FIRST}", "/weakness/legal-talent", "&status=planned", 404),
        (f"/division/{FIRST}", f"/mechanism/{RARE}", "", 404),
        ("/division/999999", f"/mechanism/{COMMON}", "", 404),
        ("", "", "", 404),
    ],
)
def test_sentences_keep_to_the_choice(client: httpx.Client, place: str, thing: str, more: str, status: int) -> None:
    """Where the choice leaves no sentence there is none to be had."""
    assert client.get(f"/sentences?place={place}&thing={thing}{more}").status_code == status


def test_a_node_is_expanded_with_one_address(client: httpx.Client) -> None:
    """The table's links lead to the picture around one more thing, and with the choice kept."""
    start = f"/zh/graph?around=/division/{FIRST}&kind=place&kind=mechanism"
    row = next(
        row for row in client.get(start + "&format=json").json()["tables"]["nodes"] if COMMON in row["name"]["iri"]
    )
    more = client.get("/zh" + row["expand"]["iri"] + "&format=json").json()
    assert [each["iri"] for each in more["around"]] == [division(FIRST), mechanism(COMMON)]
    assert set(more["kinds"]) == {"place", "mechanism"}
    page = client.get("/zh" + row["expand"]["iri"]).text
    without = re.findall(r'<ul class="chips".*?</ul>', page, re.DOTALL)[0]
    assert re.findall(r'href="([^"]+)"', without)[1].count("around=") == 1


def test_provinces_by_areas_count_what_reports_say(client: httpx.Client) -> None:
    """A cell counts a province's places that practise any mechanism of the area, over all that have a report."""
    made, table = reports(), client.get("/zh/graph?format=json").json()["tables"]["coverage"]
    listed = client.get("/zh/mechanisms?format=json").json()["tables"]["mechanism"]
    areas = {row["mechanism"]["iri"]: row["area"] for row in listed}
    for row in table:
        province, name = row["province"]["text"], row["area"]["text"]
        own = [each for each in made if each.jurisdiction.path[0] == province]
        places = {each.jurisdiction.code for each in own}
        stating = {
            each.jurisdiction.code
            for each in own
            for found in each.adoptions
            if found.status == "practised" and areas[mechanism(found.mechanism)] == name
        }
        assert (row["stating.places"], row["places"], row["reports"]) == (len(stating), len(places), len(own))
    assert {row["province"]["text"] for row in table} == {each.jurisdiction.path[0] for each in made}
    page = client.get("/zh/graph").text
    cell = re.findall(r'<td class="shade\d"><a href="([^"]+)">', page)[0].replace("&amp;", "&")
    listed = client.get(cell + "&format=json").json()["tables"]["mechanism"]
    assert listed and {row["area"] for row in listed} == {table[0]["area"]["text"]}
    assert client.get("/en/graph?year=2023&format=json").json()["reports"] == sum(each.year == 2023 for each in made)


def test_the_backbone_finds_what_was_planted(client: httpx.Client, folder: Path, tmp_path: Path) -> None:
    """The pair that always goes together stands first, on the page and in the file, with the method beside it."""
    twin = client.get("/en/graph?overview=backbone&format=json").json()
    best = twin["tables"]["pairs"][0]
    assert {best["mechanism"]["iri"], best["other"]["iri"]} == {mechanism(PLANTED), mechanism(WITH_IT)}
    assert best["together"] > 1.3 * best["expected"]
    assert twin["found"] <= 3, "the rest is chance"
    page = client.get("/en/graph?overview=backbone").text
    assert "Neal 2014" in page and 'id="picture-data"' in page
    file = tmp_path / "backbone.html"
    done = CliRunner().invoke(main, ["draw", "-g", str(folder), "--overview", "backbone", "-o", str(file)])
    assert done.exit_code == 0, done.output
    data = json.loads(re.findall(r'id="data">(.*?)</script>', file.read_text(encoding="utf-8"))[0])
    assert len(data["edges"]) == data["backbone"]["shown"] == twin["shown"]
    assert {"Neal 2014" in data["words"][language]["backbone"] for language in ("zh", "en")} == {True}


def test_what_goes_together_is_told_by_the_governments_own_reports(tmp_path: Path) -> None:
    """A department's report counts for its province's areas, but joins no mechanisms, in the file as on the page."""
    own, other = reports()[:2]
    write_graph(tmp_path, [own, replace(other, department="司法局")])
    store = open_graph(tmp_path)
    iris = [division(str(each.jurisdiction.code)) for each in (own, other)]
    assert read_stated(store).holders[mechanism(COMMON)] == {*iris}
    assert read_stated(store, own=True).holders[mechanism(COMMON)] == {iris[0]}


def test_too_little_data_is_said(client: httpx.Client, tmp_path: Path) -> None:
    """With few places the backbone draws nothing and says why; --overview and --around are one or the other."""
    answer = client.get("/en/graph?overview=backbone&year=2020").text
    assert "There are 0 places. With fewer than 30" in answer and "picture-data" not in answer
    write_graph(tmp_path, reports()[:5])
    for overview, says in (("backbone", "fewer than {fewest}"), ("provinces", "Provinces by area")):
        file = tmp_path / f"{overview}.html"
        arguments = ["draw", "-g", str(tmp_path), "--overview", overview, "-o", str(file)]
        assert CliRunner().invoke(main, arguments).exit_code == 0
        assert says in file.read_text(encoding="utf-8")
    assert '"edges":[]' in (tmp_path / "backbone.html").read_text(encoding="utf-8")
    wrong = CliRunner().invoke(main, [*arguments, "--around", "x"])
    assert wrong.exit_code == 2 and "--around" in wrong.output


@pytest.mark.parametrize(
    ("path", "table", "all_"),
    [
        ("places", "places", PLACES),
        (f"mechanism/{COMMON}", "stated", PLACES + 1),
        ("graph?overview=backbone&page=7", "pairs", None),
        (f"mechanism/{COMMON}?year=2023", "stated", PLACES // 2),
    ],
)
def test_lists_come_in_parts(client: httpx.Client, path: str, table: str, all_: int | None) -> None:
    """A hundred rows a page, the next one a press away with the choice kept; the twins hold all."""
    address = f"/zh/{path}{'&' if '?' in path else '?'}"
    twin = client.get(address + "format=json").json()["tables"][table]
    assert len(twin) == len(rows(client.get(address + f"format=csv&table={table}")))
    if all_ is None:
        return
    assert len(twin) == all_
    seen, pages = 0, 0
    following = address.rstrip("?&")
    while following:
        page = client.get(following).text
        body = re.findall(rf'id="t-{table}".*?</table>', page, re.DOTALL)[0]
        seen, pages = seen + body.count("<tr") - 1, pages + 1
        found = re.findall(r'rel="next" href="([^"#]+)', page)
        following = found[0].replace("&amp;", "&") if found else ""
        assert not following or set(address.partition("?")[2].split("&")) <= {
            "",
            *following.partition("?")[2].split("&"),
        }
    assert (seen, pages) == (all_, -(-all_ // 100))


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "²"])
def test_a_page_that_is_not_there_is_the_nearest(client: httpx.Client, number: str) -> None:
    """Nonsense is the first page, and more than there are the last."""
    answer = client.get("/zh/places", params={"page": number})
    assert answer.status_code == 200
    last = number == "99999"
    assert f"第 {'101–130' if last else '1–100'} 行，共 130 行" in answer.text
    for path, many in (
        (f"mechanism/{COMMON}", PLACES + 1),
        (f"graph?around=/mechanism/{COMMON}&kind=place", PLACES + 1),
    ):
        told = client.get(f"/zh/{path}", params={**httpx.QueryParams(path.partition("?")[2]), "page": number}).text
        assert f"第 {f'101–{many}' if last else '1–100'} 行，共 {many} 行" in told


def test_each_table_of_a_page_turns_by_itself(client: httpx.Client) -> None:
    """Turning one table leaves the other at its beginning."""
    page = client.get(f"/en/mechanism/{COMMON}?page=2").text
    assert f"Rows 101–{PLACES + 1} of {PLACES + 1}" in page
    other = client.get(f"/en/mechanism/{COMMON}?page=2&of=below").text
    assert f"Rows 1–100 of {PLACES + 1}" in other


AXE = """
    const done = arguments[arguments.length - 1];
    axe.run({ exclude: [["iframe"]] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
        .then((found) => done(found.violations.map((each) => [each.id, each.nodes.slice(0, 3).map((node) => node.html)])));"""


@pytest.mark.parametrize(
    "path",
    [
        "graph",
        "graph?by=depth",
        "graph?overview=backbone",
        f"graph?around=/division/{FIRST}&around=/mechanism/{COMMON}",
        f"graph?around=/mechanism/{COMMON}&steps=2&page=2",
        f"graph?around=/division/{FIRST}&year=1999",
        "places?page=2",
    ],
)
def test_every_state_is_accessible(browser: webdriver.Chrome, site: str, path: str) -> None:
    """axe finds nothing on the page or in the picture, wide or narrow, light or dark, and nothing is too wide."""
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    for width, dark, language in ((1280, True, "zh"), (360, False, "en"), (360, True, "zh")):
        resize(browser, width, dark=dark)
        browser.get(f"{site}/{language}/{path}")
        browser.execute_script(axe)
        assert browser.execute_async_script(AXE) == []
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        for frame in browser.find_elements(By.CSS_SELECTOR, "iframe.picture"):
            browser.switch_to.frame(frame)
            WebDriverWait(browser, 20).until(lambda found: found.find_elements(By.CSS_SELECTOR, "#list .item"))
            # The policy lets no script in but the picture's own: this one comes from the driver.
            browser.execute_script(axe)
            assert browser.execute_async_script(AXE) == []
            browser.switch_to.default_content()


def see(browser: webdriver.Chrome, selector: str) -> str:
    """The text of the first thing that a selector finds, once it is there and says something."""
    found = WebDriverWait(browser, 20).until(
        lambda each: next((one.text for one in each.find_elements(By.CSS_SELECTOR, selector) if one.text), "")
    )
    return str(found)


def test_a_reader_goes_from_point_to_sentence_and_on(browser: webdriver.Chrome, site: str) -> None:
    """By keyboard: a point of the list, its connection, the sentence that comes, and the picture with its neighbours."""
    resize(browser, 1280)
    browser.get(f"{site}/zh/graph?around=/division/{FIRST}")
    browser.switch_to.frame(browser.find_element(By.CSS_SELECTOR, "iframe.picture"))
    see(browser, "#list .item")
    item = next(
        each
        for each in browser.find_elements(By.CSS_SELECTOR, "#list .item")
        if browser.execute_script("return about[arguments[0].dataset.node].code", each) == COMMON
    )
    item.send_keys(Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "detail"
    assert see(browser, "#detail blockquote") == "全年审查合同32件"
    shown = see(browser, "#detail")
    assert "2023 年度" in shown and "2020" in shown
    assert browser.find_elements(By.CSS_SELECTOR, ".chip input") == []
    expand = next(each for each in browser.find_elements(By.CSS_SELECTOR, ".ways a") if each.text == "展开邻近")
    expand.send_keys(Keys.ENTER)
    browser.switch_to.default_content()
    WebDriverWait(browser, 10).until(lambda found: found.current_url.count("around=") == 2)
    assert len(browser.find_elements(By.CSS_SELECTOR, ".chips a")) == 2


def test_a_reader_filters_and_turns_pages(browser: webdriver.Chrome, site: str) -> None:
    """What is ticked off is gone after a press, from the picture, too; the next page of the table keeps the filter."""
    resize(browser, 1280)
    browser.get(f"{site}/en/graph?around=/mechanism/{COMMON}&steps=2")
    browser.find_element(By.CSS_SELECTOR, "input[value=practice]").send_keys(Keys.SPACE)
    browser.find_element(By.CSS_SELECTOR, ".filters button").send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda found: "kind=place" in found.current_url)
    browser.switch_to.frame(browser.find_element(By.CSS_SELECTOR, "iframe.picture"))
    assert "Practices 0" in see(browser, ".filters").replace("\n", " ")
    browser.switch_to.default_content()
    browser.find_element(By.CSS_SELECTOR, "a[rel=next]").send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda found: "page=2" in found.current_url)
    assert "kind=practice" not in browser.current_url and "kind=place" in browser.current_url


def test_a_reader_sees_why_two_go_together(browser: webdriver.Chrome, site: str) -> None:
    """Choosing a mechanism of the backbone tells in how many places it stands with another, and how many by chance."""
    browser.get(f"{site}/en/graph?overview=backbone")
    browser.switch_to.frame(browser.find_element(By.CSS_SELECTOR, "iframe.picture"))
    see(browser, "#list .item")
    browser.find_element(By.CSS_SELECTOR, "#list .item").send_keys(Keys.ENTER)
    assert "by chance" in see(browser, "#detail details")
