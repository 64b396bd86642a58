"""The explorer's pages on promises, groups and what others did, over places with two years and planted groups."""

import csv
import io
from collections.abc import Iterator
from importlib.resources import files
from itertools import islice
from pathlib import Path
from random import Random
from threading import Event

import httpx
import pytest
from selenium import webdriver

from extract.records import Evidence, Jurisdiction, Plan, Report
from graph.analysis.similarity import similar
from graph.explorer.apart import Later
from graph.explorer.views import following
from graph.opening import open_any
from ontology.divisions import divisions
from ontology.vocabulary import load_vocabulary
from tests.browsing import resize
from tests.factories import adoption, deficiency, evidence, report
from tests.serving import write_graph

MANY, GROUPED = 70, 36
FIRST = next(islice(divisions(), 1, None)).code
PAGES = ["promises", f"promises?place={FIRST}", f"responses?place={FIRST}", "groups", f"similar?place={FIRST}"]


def told() -> Iterator[Report]:
    """Of seventy places the first half in three groups that share four weaknesses, each with reports on two years."""
    random, names = Random(7), [name for name in load_vocabulary().weaknesses if name != "other"]
    shared = [names[at : at + 4] for at in (4, 14, 24)]
    for number, place in enumerate(islice(divisions(), 1, MANY + 1)):
        jurisdiction = Jurisdiction(place.code, place.path, place.level)
        group = shared[number % 3] if number < GROUPED else random.sample(names, 3)
        both = tuple(deficiency(each, mechanisms=("enforcement-training",)) for each in (*group, random.choice(names)))
        plans = (Plan("加强执法培训", ("enforcement-training",), evidence("明年将加强执法培训")),)
        about = {"jurisdiction": jurisdiction, "plans": plans}
        yield report("430406", **about, year=2022, deficiencies=both)
        later = tuple(random.sample(both, 3))
        done = (adoption("enforcement-training", evidence=(Evidence(5, 16),)),) if number % 2 else ()
        yield report("430406", **about, year=2023, deficiencies=later, adoptions=done)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their graph."""
    path: Path = tmp_path_factory.mktemp("graph")
    write_graph(path, told())
    return path


def test_who_asks_while_places_are_followed_is_told(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with a word of when to ask again as long as it takes; one place can be read meanwhile."""
    over = Event()
    never: Later[bool] = Later(over.wait, 0)
    monkeypatch.setattr(following, "_overview", lambda known: never)
    answer = client.get("/en/promises")
    assert answer.status_code == 503 and answer.headers["retry-after"] == "60"
    assert "The page of a single place can be read now" in answer.text
    assert client.get(f"/en/promises?place={FIRST}").status_code == 200
    over.set()


def test_promises_of_all_places_and_of_one(client: httpx.Client) -> None:
    """A row for each place leads to its page, where both sentences lead to their reports."""
    every = client.get("/en/promises?format=json").json()
    assert every["offices"] == MANY and every["alone"] == 0
    rows = every["tables"]["promises"]
    assert len(rows) == MANY and rows[0]["place"]["iri"] == f"/promises?place={FIRST}"
    one = client.get(f"/en/promises?place={FIRST}&format=json").json()
    assert [(step["year"], step["next"], step["gap"]) for step in one["steps"]] == [(2022, 2023, 1)]
    assert {each["kind"] for each in one["items"]} == {"weakness", "plan"}
    page = client.get(f"/zh/promises?place={FIRST}").text
    for item in one["items"]:
        for said in (item["said"], item["then"]):
            if said:
                start, end = said["to"].rpartition("=")[2].split(",")
                assert f"#char={start},{end}" in page and said["quote"] in page
    rows = list(csv.reader(io.StringIO(client.get(f"/en/promises?place={FIRST}&format=csv").text)))
    assert len(rows) == 1 + len(one["items"])


def test_a_place_leads_to_what_became_of_it(client: httpx.Client) -> None:
    """A place's page links to its promises and to what others did; a weakness's page to the latter."""
    page = client.get(f"/zh/division/{FIRST}").text
    assert f'href="/zh/promises?place={FIRST}"' in page and f'href="/zh/responses?place={FIRST}"' in page
    weakness = client.get(f"/zh/responses?place={FIRST}&format=json").json()["weaknesses"][0]["iri"].rpartition("/")[2]
    assert f'href="/zh/responses?weakness={weakness}"' in client.get(f"/zh/weakness/{weakness}").text


def test_what_others_did(client: httpx.Client) -> None:
    """Counts with denominators and sentences; those of another place, never its own."""
    every = client.get(f"/en/responses?place={FIRST}&format=json").json()
    admitted = [each["iri"] for each in every["admitted"]]
    found = [
        client.get(f"/en/responses?place={FIRST}&weakness={each.rpartition('/')[2]}&format=json").json()["weaknesses"][
            0
        ]
        for each in admitted
    ]
    assert len(found) > 1 and [each["iri"] for each in found] == admitted and every["weaknesses"] == found[:1]
    page = client.get(f"/en/responses?place={FIRST}").text
    assert all(f"weakness={each.rpartition('/')[2]}" in page for each in admitted)
    for each in found:
        assert each["admitting"] >= each["followed"] >= each["gone"]
        for response in each["responses"]:
            assert response["doing_gone"] <= response["doing"] and response["others_gone"] <= response["others"]
            assert all(said["place"]["iri"].rpartition("/")[2] != FIRST for said in response["said"])


def test_planted_groups_have_a_page(client: httpx.Client) -> None:
    """Three groups, each with what tells it apart; the table has their members."""
    found = client.get("/en/groups?format=json").json()
    assert found["groups"] and found["pairs"] > 0
    members = [row["place"]["iri"].rpartition("/")[2] for row in found["tables"]["members"]]
    grouped = {place.code for place in islice(divisions(), 1, GROUPED + 1)}
    assert len(grouped & {*members}) / len(members) >= 0.9
    assert len(members) == sum(group["size"] for group in found["groups"])
    assert {each["kind"] for group in found["groups"] for each in group["telling"]} <= {"weakness", "mechanism"}
    page = client.get("/en/groups").text
    assert "<small>weakness</small>" in page and '<span class="score">stability ' in page
    assert page.index("<summary>Method") < page.index("adjusted Rand index")


def test_similar_places_come_with_the_words_that_the_graph_has(client: httpx.Client, folder: Path) -> None:
    """The page takes sentences from the index, the command from the store: they are the same, on causes and mechanisms too."""
    page = client.get(f"/en/similar?place={FIRST}&format=json").json()
    shown = [
        (each["iri"], said["report"], said["quote"], said["to"])
        for like in page["likenesses"]
        for each in like["shared"]
        for said in (*each["mine"], *each["theirs"])
    ]
    stored = [
        (each.concept, said.report, said.text, said.to)
        for like in similar(open_any(str(folder)), FIRST).likenesses
        for each in like.shared
        for said in (*each.mine, *each.theirs)
    ]
    assert shown == stored and {each.partition("/weakness/")[1] for each, *_ in shown} == {"", "/weakness/"}


def test_similar_places_are_told_from_chance(client: httpx.Client) -> None:
    """Each with p and how many chance would give; filtered to a level, all are of it."""
    found = client.get(f"/en/similar?place={FIRST}&format=json").json()
    assert all(float(like["chance"]["p"]) <= 1 for like in found["likenesses"]) and found["compared"] == MANY - 1
    levels = {place.code: place.level for place in islice(divisions(), 1, MANY + 1)}
    some = client.get(f"/en/similar?place={FIRST}&level=county&format=json").json()
    assert some["likenesses"] and {levels[like["place"]["code"]] for like in some["likenesses"]} == {"county"}
    assert some["compared"] < found["compared"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_when_full(browser: webdriver.Chrome, site: str, path: str) -> None:
    """axe finds nothing against WCAG 2.2 AA, on a phone or a desktop, and nothing is wider than the screen."""
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    run = """
        const done = arguments[arguments.length - 1];
        axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
            .then((found) => done(found.violations.map((each) => [each.id, each.nodes.slice(0, 3).map((node) => node.html)])));"""
    for width, dark, language in ((1280, False, "zh"), (390, True, "en")):
        resize(browser, width, dark=dark)
        browser.get(f"{site}/{language}/{path}")
        browser.execute_script(axe)
        assert browser.execute_async_script(run) == []
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
