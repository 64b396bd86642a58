"""A browser without a head for the tests of pages, and what it has noted."""

import json
from importlib.resources import files
from typing import Any

from selenium import webdriver

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def log(browser: webdriver.Chrome, kind: str) -> list[dict[str, str]]:
    """What the browser has noted since it was last asked."""
    found: list[dict[str, str]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    return found


def requested(browser: webdriver.Chrome) -> list[str]:
    """The addresses that the browser has asked for since it was last asked for its log."""
    messages: list[dict[str, Any]] = [json.loads(entry["message"])["message"] for entry in log(browser, "performance")]
    return [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]


def resize(browser: webdriver.Chrome, width: int, height: int = 900, dark: bool = False) -> None:
    """A window of some size, in light or dark."""
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def faults(browser: webdriver.Chrome) -> list[tuple[str, list[str]]]:
    """What axe finds against WCAG 2.2 AA on the page that is open: the rule, and some elements that break it."""
    browser.execute_script(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: list[tuple[str, list[str]]] = browser.execute_async_script("""
        const done = arguments[arguments.length - 1];
        axe.run({ exclude: [["#yasgui"], ["iframe"]] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
            .then((found) => done(found.violations.map((each) => [each.id, each.nodes.slice(0, 3).map((node) => node.html)])));""")
    return found
