"""How the pages look, where it decides whether they can be used: on a phone, on paper, by keyboard, in light and dark."""

from pathlib import Path

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.wait import WebDriverWait

from extract.reading import Document
from extract.report import read_report
from tests.browsing import resize
from tests.serving import write_graph

SEEDS = Path(__file__).parent.parent / "seeds"
PHONE, DESK = 390, 1440


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the seeds."""
    path: Path = tmp_path_factory.mktemp("graph")
    write_graph(
        path, tuple(read_report(Document(each.name, each.read_bytes())) for each in sorted(SEEDS.glob("*.txt")))
    )
    return path


@pytest.mark.parametrize("dark", [False, True])
def test_the_map_can_be_read(browser: webdriver.Chrome, site: str, dark: bool) -> None:
    """Signs and numbers stand out from every shade by 4.5 to 1 (WCAG 1.4.3), a key tells what a shade counts, and a tile
    in focus hides no other one."""
    resize(browser, DESK, dark=dark)
    browser.get(f"{site}/zh/")
    assert [each.text for each in browser.find_elements(By.CSS_SELECTOR, ".scale span")] == ["1", "2"]
    contrasts = browser.execute_script("""
        const brightness = (colour) => {
            const [red, green, blue] = colour.match(/\\d+/g).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
        };
        return [1, 2, 3, 4].map((shade) => {
            const tile = document.querySelector(".map a g");
            tile.setAttribute("class", `shade${shade}`);
            const [low, high] = ["rect", "text"].map((part) => brightness(getComputedStyle(tile.querySelector(part)).fill)).sort((a, b) => a - b);
            return high / low;
        });""")
    assert min(contrasts) >= 4.5
    outline = "const tile = document.querySelector('.map a'); tile.focus({ focusVisible: true }); return getComputedStyle(tile).outlineStyle"
    assert browser.execute_script(outline) == "none"


def test_a_table_can_be_read_on_a_phone(browser: webdriver.Chrome, site: str) -> None:
    """Its words do not fall into a letter a line, its names stay while it scrolls, and shadows say that it does."""
    resize(browser, PHONE)
    browser.get(f"{site}/zh/spread")
    narrowest, moved, shadows = browser.execute_script("""
        const left = (cell) => cell.getBoundingClientRect().left;
        const [table, cells] = [document.querySelector(".wide"), [...document.querySelectorAll("td.words")]];
        const before = left(cells[0]);
        table.scrollLeft = 120;
        return [Math.min(...cells.map((each) => each.clientWidth)), left(cells[0]) - before, getComputedStyle(table).backgroundAttachment];""")
    assert narrowest >= 100 and moved == 0 and "local" in shadows


def test_places_stand_side_by_side_on_a_phone(browser: webdriver.Chrome, site: str, client: httpx.Client) -> None:
    """What they have in one area stands under it; in the CSV each row still names its area."""
    resize(browser, PHONE)
    path = "/zh/compare?place=330324006&place=430406&place=500101"
    browser.get(site + path)
    assert (
        browser.execute_script("const all = document.querySelector('.wide'); return all.scrollWidth - all.clientWidth")
        == 0
    )
    areas = [each.text for each in browser.find_elements(By.CSS_SELECTOR, "#t-mechanism .group")]
    assert len(areas) > 3 and len(areas) == len(set(areas))
    assert "领域" in client.get(f"{path}&format=csv&table=mechanism").text.partition("\n")[0]


def test_paper_has_everything(browser: webdriver.Chrome, site: str) -> None:
    """What is folded on the screen is printed, columns to the last and shades as well; what only a screen can do is not."""
    resize(browser, 700, dark=True)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        browser.get(f"{site}/zh/division/330324006")
        folded = browser.execute_script(
            "return document.querySelector('details:not([open]) > :not(summary)').checkVisibility()"
        )
        assert folded and not any(
            each.is_displayed() for each in browser.find_elements(By.CSS_SELECTOR, ".under:has(a)")
        )
        browser.get(f"{site}/zh/graph")
        assert browser.execute_script(
            "return ['.wide', '.matrix td.shade4'].map((each) => getComputedStyle(document.querySelector(each)))"
            ".map((style) => [style.overflowX, style.printColorAdjust])"
        ) == [["visible", "exact"], ["visible", "exact"]]
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_the_menu_of_a_phone_shows_where_the_reader_is(browser: webdriver.Chrome, site: str) -> None:
    """The entry of the page is in sight, though the menu is wider than the screen."""
    resize(browser, PHONE)
    browser.get(f"{site}/zh/about")
    place = browser.execute_script("return document.querySelector('.top [aria-current]').getBoundingClientRect()")
    assert place["left"] >= 0 and place["right"] <= PHONE


def test_a_phone_leads_back_from_a_finding_to_its_sentence(browser: webdriver.Chrome, site: str) -> None:
    """The list of findings stands far below the text there; beside the text, on a wide screen, no way back is needed."""
    resize(browser, PHONE)
    browser.get(f"{site}/zh/division/330324006")
    browser.get(browser.find_element(By.CSS_SELECTOR, "a[href^='/zh/report/']").get_attribute("href") or "")
    mark = browser.find_elements(By.CSS_SELECTOR, ".text a.mark")[5]
    mark.click()
    (back,) = [each for each in browser.find_elements(By.CSS_SELECTOR, ".back") if each.is_displayed()]
    back.click()
    assert 0 < browser.execute_script("return arguments[0].getBoundingClientRect().top", mark) < 844
    resize(browser, DESK)
    assert not any(each.is_displayed() for each in browser.find_elements(By.CSS_SELECTOR, ".back"))


def test_a_finger_finds_the_downloads(browser: webdriver.Chrome, site: str) -> None:
    """Each is at least 24 pixels high, and 8 from the next one (WCAG 2.5.8)."""
    resize(browser, PHONE)
    browser.get(f"{site}/en/spread")
    csv, json = (each.rect for each in browser.find_elements(By.CSS_SELECTOR, ".under a"))
    assert min(csv["height"], json["height"]) >= 24 and json["x"] - csv["x"] - csv["width"] >= 8


def test_a_bar_stands_in_the_line_of_its_year(browser: webdriver.Chrome, site: str) -> None:
    """Their middles are at one height."""
    resize(browser, DESK)
    browser.get(f"{site}/en/")
    year, bar = (browser.find_element(By.CSS_SELECTOR, f".years {part}").rect for part in ("th a", "rect"))
    assert abs(year["y"] + year["height"] / 2 - bar["y"] - bar["height"] / 2) < 2


def test_a_query_is_run_on_a_phone(browser: webdriver.Chrome, site: str) -> None:
    """By a button with a word on it, beside the query and not on it; its rows are plain, and no wider than the page."""
    resize(browser, PHONE)
    browser.get(f"{site}/zh/query")
    run = WebDriverWait(browser, 10).until(expected.element_to_be_clickable((By.ID, "run")))
    assert run.text == "运行"
    run.click()
    cells = WebDriverWait(browser, 15).until(
        lambda found: found.find_elements(By.CSS_SELECTOR, ".yasr tbody tr:first-child td")
    )
    assert cells[-1].text.isdecimal()
    assert browser.execute_script("return document.documentElement.scrollWidth") == PHONE
    editor = browser.find_element(By.CLASS_NAME, "CodeMirror").rect
    assert run.rect["y"] + run.rect["height"] <= editor["y"]


def test_the_wheel_scrolls_past_a_picture(browser: webdriver.Chrome, site: str) -> None:
    """It zooms with Ctrl alone: else a page whose window the picture fills could not be left."""
    resize(browser, DESK)
    browser.get(f"{site}/zh/graph?around=/division/330324006")
    browser.switch_to.frame(browser.find_element(By.CSS_SELECTOR, "iframe.picture"))
    WebDriverWait(browser, 20).until(lambda found: found.find_elements(By.CSS_SELECTOR, "canvas"))
    turned = """
        const [before, canvas] = [picture.getScale(), document.querySelector("canvas")];
        canvas.dispatchEvent(new WheelEvent("wheel", { deltaY: -100, bubbles: true, cancelable: true, ctrlKey: arguments[0] }));
        return picture.getScale() !== before;"""
    assert [browser.execute_script(turned, with_ctrl) for with_ctrl in (False, True)] == [False, True]
    assert "Ctrl" in browser.find_element(By.ID, "zoom-hint").text
    browser.switch_to.default_content()


def test_areas_of_a_small_picture_are_told_apart(browser: webdriver.Chrome, site: str) -> None:
    """Names too long for the rim go on in a second row: two of them begin alike, and were cut alike."""
    resize(browser, PHONE)
    browser.get(f"{site}/en/graph?around=/division/330324006")
    browser.switch_to.frame(browser.find_element(By.CSS_SELECTOR, "iframe.picture"))
    WebDriverWait(browser, 20).until(lambda found: found.find_elements(By.CSS_SELECTOR, "canvas"))
    written = browser.execute_script("""
        const [plain, texts] = [write, []];
        write = (context, text, ...at) => texts.push(text) && plain(context, text, ...at);
        picture.redraw();
        return texts;""")
    browser.switch_to.default_content()
    assert written.count("Administrative") == 2 and "enforcement" in written
