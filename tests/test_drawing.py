"""The page: one file, no requests, nothing of a report's text ever markup, and everything within a reader's reach."""

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from graph.drawing import draw
from graph.errors import UnknownThing
from graph.network import KINDS, Network, read_network
from tests.browsing import log, resize
from tests.factories import TEXT, adoption, deficiency, evidence, graph_from, practice, report

HOSTILE = "</script><img src=x onerror=alert(1)><!--"
Open = Callable[..., webdriver.Chrome]


def example() -> Network:
    """Two jurisdictions: the first practises two mechanisms and a practice, the second plans one of them."""
    text = TEXT + HOSTILE
    hostile = adoption("legal-aid", evidence=(evidence(HOSTILE, text),))
    first = report(text=text, title=HOSTILE, adoptions=(adoption("contract-review"), hostile))
    first_again = report(year=2025, adoptions=(), practices=(practice(HOSTILE),), deficiencies=())
    second = report("430406", adoptions=(adoption("contract-review", status="planned"),), practices=())
    return read_network(graph_from(first, first_again, second))


def content(page: str) -> dict[str, Any]:
    """The data in a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.fixture
def opened(browser: webdriver.Chrome, tmp_path: Path) -> Open:
    """Opens a page from disk in a window of some size."""

    def show(page: str, width: int = 1440, height: int = 900, dark: bool = False) -> webdriver.Chrome:
        path = tmp_path / "page.html"
        path.write_text(page, encoding="utf-8")
        resize(browser, width, height, dark)
        log(browser, "performance")
        browser.get(path.as_uri())
        return browser

    return show


def texts(browser: webdriver.Chrome, selector: str) -> list[str]:
    """The visible texts of what a CSS selector finds."""
    found = (each.text for each in browser.find_elements(By.CSS_SELECTOR, selector))
    return [text for text in found if text]


def point(browser: webdriver.Chrome, code: str) -> None:
    """Clicks where the picture shows the node with this code."""
    script = """
        const id = [...places.keys()].find((node) => about[node].code === arguments[0]);
        const at = picture.canvasToDOM(places.get(id));
        const box = stage.getBoundingClientRect();
        return [at.x - box.width / 2, at.y - box.height / 2];"""
    x, y = browser.execute_script(script, code)
    stage = browser.find_element(By.ID, "picture")
    webdriver.ActionChains(browser).move_to_element_with_offset(stage, round(x), round(y)).click().perform()
    # vis-network waits a moment for the second half of a double tap.
    WebDriverWait(browser, 3).until(lambda _: texts(browser, "#detail h2"))


def test_no_requests(opened: Open) -> None:
    """The page asks no host for anything, and nothing in it fails."""
    browser = opened(draw(example(), title="图"))
    browser.find_element(By.ID, "fit").click()
    messages = [json.loads(entry["message"])["message"] for entry in log(browser, "performance")]
    asked = [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]
    assert asked, "the log is kept"
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert log(browser, "browser") == []


def test_policy_forbids_what_we_did_not_write(opened: Open) -> None:
    """Even a script that got into the page would not run, nor load anything."""
    browser = opened(draw(example(), title="图"))
    browser.execute_script("""
        const script = document.createElement("script");
        script.textContent = "document.title = 'broken in'";
        document.body.append(script);""")
    assert browser.title == "图"


def test_text_stays_text(opened: Open) -> None:
    """A quote, a title or a name that looks like markup is shown as it is written."""
    page = draw(example(), title=HOSTILE)
    browser = opened(page)
    assert page.count("</script>") == 3
    assert browser.find_elements(By.TAG_NAME, "img") == []
    assert browser.find_element(By.TAG_NAME, "h1").text == HOSTILE
    point(browser, "legal-aid")
    assert texts(browser, "#detail blockquote") == [HOSTILE]
    assert HOSTILE in browser.find_element(By.CSS_SELECTOR, "#detail figcaption").text


def test_same_bytes() -> None:
    """The same network gives the same page."""
    assert draw(example(), title="图") == draw(example(), title="图")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_click_shows_the_sentences(opened: Open, language: str) -> None:
    """A node in the picture answers with its sentences: status, year, report and place in the text."""
    browser = opened(draw(example(), title="图"))
    if language == "en":
        browser.find_element(By.ID, "language").click()
    point(browser, "430406")
    assert texts(browser, "#detail h2") == ["雁峰区"]
    assert "全年审查合同32件" in texts(browser, "#detail blockquote")
    caption = " ".join(texts(browser, "#detail figcaption"))
    words = {"zh": ("计划推行", "自认短板", "2024 年度"), "en": ("Planned", "Admitted", "2024")}[language]
    assert all(word in caption for word in (*words, "2024年法治政府建设年度报告"))


def test_a_click_on_a_line(opened: Open) -> None:
    """A line answers with its two ends and the sentences that connect them."""
    browser = opened(draw(example(), title="图", around="430406"))
    script = """
        const line = [...lines.values()].find((each) => each.relation === "plans");
        const [a, b] = [places.get(line.from), places.get(line.to)];
        const at = picture.canvasToDOM({ x: (a.x + 2 * b.x) / 3, y: (a.y + 2 * b.y) / 3 });
        choose(thingAt(at, false), false);"""
    browser.execute_script(script)
    assert texts(browser, "#detail .ends .name") == ["雁峰区", "contract-review"]
    assert texts(browser, "#detail blockquote") == ["全年审查合同32件"]


def test_keyboard(opened: Open) -> None:
    """Everything in the picture can be reached and read without a pointer, and left again."""
    browser = opened(draw(example(), title="图"))
    search = browser.find_element(By.ID, "search")
    search.send_keys(Keys.ARROW_DOWN)
    for _ in range(len(content(draw(example(), title="图"))["nodes"]) - 1):
        browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    last = browser.switch_to.active_element
    assert last.text == browser.find_elements(By.CSS_SELECTOR, "#list .item")[-1].text
    name = last.find_element(By.CLASS_NAME, "name").text
    last.send_keys(Keys.ENTER)
    assert texts(browser, "#detail h2") == [name]
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert browser.switch_to.active_element.find_element(By.CLASS_NAME, "name").text == name


@pytest.mark.parametrize(
    ("words", "expected"),
    [("小院", ["解纷小院"]), ("contract", ["contract-review"]), ("CONTRACT", ["contract-review"]), ("三体", [])],
)
def test_search(opened: Open, words: str, expected: list[str]) -> None:
    """Any part of a name finds it, Enter shows it; where nothing is found the page says so."""
    browser = opened(draw(example(), title="图"))
    search = browser.find_element(By.ID, "search")
    search.send_keys(words)
    assert texts(browser, "#list .name") == expected
    search.send_keys(Keys.ENTER)
    assert texts(browser, "#detail h2") == expected
    assert bool(texts(browser, "#list .blank")) == (not expected)


def drawn(browser: webdriver.Chrome) -> set[str]:
    """The names of what the picture shows at the moment."""
    return set(browser.execute_script("return [...view.nodes].map((node) => about[node].zh)"))


@pytest.mark.parametrize(
    ("pressed", "gone"),
    [
        ("[name=kind][value=practice]", {"解纷小院", HOSTILE}),
        ("[name=relation][value=plans]", set()),
        ("[name=relation][value=practises]", {"解纷小院", HOSTILE, "legal-aid", "diversified-resolution"}),
        ("#place optgroup:last-of-type option", {"三江街道"}),
    ],
    ids=["kind", "a status that others share", "status", "jurisdiction"],
)
def test_filters(opened: Open, pressed: str, gone: set[str]) -> None:
    """A filter takes away what it should and no more, and one press brings all of it back."""
    browser = opened(draw(example(), title="图"))
    whole = drawn(browser)
    browser.execute_script(
        """const each = document.querySelector(arguments[0]);
        if (each.tagName === "INPUT") return each.click();
        each.closest("select").value = each.value;
        each.closest("select").dispatchEvent(new Event("change"));""",
        pressed,
    )
    left = drawn(browser)
    assert gone <= whole - left
    assert "contract-review" in left
    browser.find_element(By.ID, "reset").click()
    assert drawn(browser) == whole


def test_two_languages(opened: Open) -> None:
    """Both languages have every word, and a switched page has none of the other's left."""
    words = json.loads((files("graph") / "page" / "words.json").read_text(encoding="utf-8"))
    assert words["zh"].keys() == words["en"].keys()
    browser = opened(draw(example(), title="Graph", limit=5))
    browser.find_element(By.ID, "language").click()
    interface = (
        "return [...document.querySelectorAll('[data-word], [data-label], #state, #notes, #sum, #list h2, option')]"
    )
    shown = browser.execute_script(
        interface + ".filter((each) => each.id !== 'language' && !each.closest('#place optgroup'))"
        ".map((each) => each.textContent + (each.getAttribute('aria-label') ?? ''))"
    )
    chinese = [text for text in shown if re.search("[\u4e00-\u9fff]", text) and "三江街道" not in text]
    assert chinese == []


def test_limit_says_what_it_leaves_out(opened: Open) -> None:
    """Above the limit the page draws the best connected things and says how many of which kind are missing."""
    page = draw(example(), title="图", limit=4)
    assert sorted(about["kind"] for about in content(page)["about"].values()) == sorted(KINDS)
    note = opened(page).find_element(By.ID, "notes").text
    assert "4 个点" in note and "1 个辖区" in note and "2 个机制" in note and "1 个做法" in note


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 300])
def test_the_counts_agree(opened: Open, limit: int) -> None:
    """However few are drawn, the heading, the state, the chips and the list count the same."""
    browser = opened(draw(example(), title="图", limit=limit))
    browser.find_element(By.ID, "language").click()
    kinds = dict(each.rsplit(" ", 1) for each in browser.find_element(By.ID, "sum").text.split("\u3000"))
    assert dict(each.rsplit(" ", 1) for each in texts(browser, "#list h2")) == kinds
    number = len(browser.find_elements(By.CSS_SELECTOR, "#list .item"))
    assert number == sum(map(int, kinds.values())) == min(limit, 8)
    assert texts(browser, "#state")[0].startswith(f"{number} point{'s' * (number > 1)}, ")


def test_one_is_no_plural(opened: Open) -> None:
    """1 step and 1 line, 2 steps and 2 lines."""
    for steps, words in ((1, "within 1 step of"), (2, "within 2 steps of")):
        browser = opened(draw(example(), title="图", around="解纷小院", steps=steps, limit=2))
        browser.find_element(By.ID, "language").click()
        assert words in browser.find_element(By.ID, "notes").text
    assert browser.execute_script("return say('shown', { nodes: 2, edges: 1 })") == "2 points, 1 line"


def test_around(opened: Open) -> None:
    """A neighbourhood is drawn alone and the page says so; a name that nothing has is an error that says so."""
    page = draw(example(), title="图", around="雁峰区")
    assert {about["zh"] for about in content(page)["about"].values()} >= {"雁峰区", "contract-review"}
    assert "三江街道" not in {about["zh"] for about in content(page)["about"].values()}
    assert "雁峰区" in opened(page).find_element(By.ID, "notes").text
    with pytest.raises(UnknownThing, match="雁峰镇.*did you mean 雁峰区"):
        draw(example(), title="图", around="雁峰镇")


def test_empty(opened: Open) -> None:
    """A graph without reports gives a page that says what to do."""
    assert "zhili build" in texts(opened(draw(Network(), title="图")), "#list .blank")[0]


def test_phone(opened: Open) -> None:
    """On a phone nothing is wider than the screen and a finger can hit everything that can be pressed."""
    browser = opened(draw(example(), title="图"), 360, 740)
    assert browser.execute_script("return document.documentElement.scrollWidth") == 360
    for selector in ("button", "input[type=search]", "select", ".chip", ".item"):
        shown = [each for each in browser.find_elements(By.CSS_SELECTOR, selector) if each.is_displayed()]
        assert shown
        assert all(each.size["height"] >= 44 and each.size["width"] >= 44 for each in shown), selector


def test_whole_names_stay_on_a_small_screen(opened: Open) -> None:
    """The card with a long name folds and moves, so that all of it stands in the picture, at any edge."""
    name = "村级事务一站式法律服务与矛盾纠纷联动化解及普法宣传教育实践创新工作站(legal service station)"
    network = read_network(graph_from(report(practices=(practice(name),)), report("430406")))
    browser = opened(draw(network, title="图"), 360, 740)
    script = """
        const id = [...places.keys()].find((node) => about[node].zh === arguments[0]);
        picture.moveTo({ position: { x: places.get(id).x + arguments[1], y: places.get(id).y + arguments[2] }, scale: 1 });
        choose(id, false);
        picture.redraw();
        const [[x, y, wide, high]] = cards;
        const [from, to] = [picture.canvasToDOM({ x, y }), picture.canvasToDOM({ x: x + wide, y: y + high })];
        return [from.x, from.y, stage.clientWidth - to.x, stage.clientHeight - to.y];"""
    for x, y in ((0, 0), (170, 0), (-170, 0), (0, 150), (0, -150)):
        assert min(browser.execute_script(script, name, x, y)) >= 0


def test_dark(opened: Open) -> None:
    """Where the reader's system is dark, so are the page and the picture's ink light."""
    page = draw(example(), title="图")
    script = "return [getComputedStyle(document.body).backgroundColor, colours.ink]"
    light, dark = (opened(page, dark=dark).execute_script(script) for dark in (False, True))
    assert light[0] != dark[0] and light[1] != dark[1]


def test_a_later_year_gives_a_line_its_look() -> None:
    """A thing planned one year and practised the next is drawn as practised, with both years' sentences."""
    earlier = report(
        year=2023, adoptions=(adoption("contract-review", status="planned"),), deficiencies=(deficiency(),)
    )
    data = content(draw(read_network(graph_from(earlier, report())), title="图"))
    named = {node: about["code"] for node, about in data["about"].items()}
    (line,) = (edge for edge in data["edges"] if named[edge["to"]] == "contract-review")
    assert line["relation"] == "practises"
    assert [relation for relation, *_ in data["stated"][line["id"]]] == ["practises", "plans"]
