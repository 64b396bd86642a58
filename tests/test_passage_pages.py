"""The explorer's pages of shared words: the list with its filters, a report's passages side by side, words traced."""

import csv
import io
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from extract.triples import report_iri
from tests.browsing import faults, resize
from tests.serving import write_graph
from tests.test_borrowed import SENTENCE, reports

TOWNSHIP = report_iri(reports()[-3])
PATHS = ["passages", "passages?by=stock&most=50", f"passages?report={TOWNSHIP}", "passages?words=船头议事点"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph in which a township has a sentence of its county's, and a district far away something like it."""
    path: Path = tmp_path_factory.mktemp("graph")
    write_graph(path, reports())
    return path


def _reports(client: httpx.Client, choice: str) -> list[str]:
    twin = client.get(f"/en/passages?format=json&{choice}").json()
    return [row["report"]["text"] for row in twin["tables"]["passages"]]


def test_reports_are_listed_by_a_share(client: httpx.Client) -> None:
    """By the share of any source, between two bounds, with the facets of other lists; the highest comes first."""
    assert len(_reports(client, "")) == len(reports()) - 1
    assert _reports(client, "by=superior&least=1") == ["浙江省温州市永嘉县三江街道"]
    assert _reports(client, "by=own&most=50&level=township") == ["浙江省温州市永嘉县三江街道"]
    assert _reports(client, "by=own&most=50&level=county") == []
    assert len(_reports(client, "by=own&least=nan&most=x")) == len(reports()) - 1
    rows = client.get("/zh/passages?format=json&by=own").json()["tables"]["passages"]
    assert [row["source.own"] for row in rows] == sorted((row["source.own"] for row in rows), reverse=True)
    shares = [name for name in rows[0] if name.startswith("source.")]
    assert all(sum(row[name] for name in shares) == pytest.approx(100, abs=0.3) for row in rows)
    answer = client.get("/en/passages?format=csv").content.decode("utf-8-sig")
    assert len([*csv.reader(io.StringIO(answer))]) == len(rows) + 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_beside_its_sources(client: httpx.Client, language: str) -> None:
    """Its shares, with whom it shares, and both sides of each passage, each a link to where it stands in its report."""
    page = client.get(f"/{language}/passages?report={quote(TOWNSHIP)}").text
    links = [unescape(link) for link in re.findall(r'<blockquote><a href="([^"]+)"', page)]
    assert len(links) == 2
    for link in links:
        whole = client.get(link).text
        assert 'id="char=' + link.split("#char=")[1] + '"' in whole
        marked = "".join(re.findall(r"<mark>(.*?)</mark>", whole, re.DOTALL))
        assert "反复出现的问题写成小册子发到每条船上" in re.sub("<[^>]*>", "", marked)
    twin = client.get(f"/{language}/passages?format=json&report={quote(TOWNSHIP)}").json()
    assert [row["report"]["text"] for row in twin["tables"]["partners"]] == ["浙江省温州市永嘉县"]
    assert twin["tables"]["passages"][0]["there"]["text"] == SENTENCE.rstrip("。")


def test_words_are_traced(client: httpx.Client) -> None:
    """A name is traced through all reports; so are the words of a passage, by the link beside it."""
    rows = client.get("/en/passages?format=json&words=船头议事点").json()["tables"]["travel"]
    assert [row["year"] for row in rows] == ["2021", "2022", "2023"]
    assert [row["wording"] for row in rows][:2] == ["first", "100% as in 浙江省温州市永嘉县 2021"]
    beyond = client.get("/en/passages?words=船头议事点&page=3").text
    assert beyond.count("船头议事点") == client.get("/en/passages?words=船头议事点").text.count("船头议事点") > 3
    page = client.get(f"/en/passages?report={quote(TOWNSHIP)}").text
    (link,) = re.findall(r'href="(/en/passages\?words=[^"]+)"', page)
    rows = client.get(unescape(link) + "&format=json").json()["tables"]["travel"]
    assert [row["year"] for row in rows] == ["2021", "2022"]


def test_what_is_not_there(client: httpx.Client) -> None:
    """Words that nobody has are told, and so is a report that is none."""
    answer = client.get("/zh/passages?words=没有人写过")
    assert (answer.status_code, "没有报告有这段文字" in answer.text) == (200, True)
    answer = client.get("/zh/passages?report=/report/none")
    assert (answer.status_code, "/report/none" in answer.text) == (404, True)


def test_a_report_that_cannot_be_placed_says_so(client: httpx.Client) -> None:
    """Without a year nothing can be said of who had words first."""
    answer = client.get(f"/en/passages?report={quote(report_iri(reports()[-1]))}").text
    assert "is not known, so it cannot be compared" in answer


def test_report_and_place_lead_there(client: httpx.Client) -> None:
    """The pages of a report and of a place link to whose words they are."""
    for path in (TOWNSHIP.removeprefix("https://w3id.org/zhili"), "/division/330324006"):
        assert f"passages?report={quote(TOWNSHIP)}" in client.get(f"/zh{path}").text


@pytest.mark.parametrize("at", ["1,2", "x", "9,3", "0,999999999", "٣,٤"])
def test_any_stretch_may_be_asked_for(client: httpx.Client, at: str) -> None:
    """What is no stretch of the text marks nothing, and harms nothing."""
    answer = client.get(f"/zh{TOWNSHIP.removeprefix('https://w3id.org/zhili')}", params={"at": at})
    assert answer.status_code == 200
    assert ("<mark>" in answer.text) == (at in ("1,2", "0,999999999"))


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_accessible(browser: webdriver.Chrome, site: str, path: str) -> None:
    """axe finds nothing, on a phone or a desktop, light or dark, and nothing is wider than the screen."""
    for width, dark, language in ((1280, False, "zh"), (360, True, "en")):
        resize(browser, width, dark=dark)
        browser.get(f"{site}/{language}/{path}")
        assert faults(browser) == []
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_a_marked_stretch_is_shown(browser: webdriver.Chrome, site: str) -> None:
    """Who follows a passage to its report sees it marked, on the screen."""
    resize(browser, 1280)
    browser.get(f"{site}/zh/passages?report={TOWNSHIP}")
    browser.find_element(By.CSS_SELECTOR, "blockquote a").click()
    mark = browser.find_element(By.CSS_SELECTOR, ".text mark")
    assert 0 <= browser.execute_script("return arguments[0].getBoundingClientRect().top", mark) < 900
