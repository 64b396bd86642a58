"""How the pages look, where it decides whether they can be used: on a phone, on paper, by keyboard, in light and dark."""

from pathlib import Path

import pytest
from selenium import webdriver

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
