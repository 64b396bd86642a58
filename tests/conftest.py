"""What several tests share: the one browser, and the explorer over a module's graph."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import settings
from selenium import webdriver

from tests.browsing import FLAGS
from tests.serving import serving

# A machine may be busy with something else; what is slow is seen in the benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# Who runs the tests in the background of a shell has SIGINT ignored, and so would the commands that get Ctrl-C here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A browser without a head that keeps a log of everything it asks a network for."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": "zh-CN"})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield found
    found.quit()


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """The address of the explorer over the graph in a module's `folder`."""
    yield from serving(str(folder))


@pytest.fixture(scope="module")
def client(site: str) -> Iterator[httpx.Client]:
    """Asks the explorer."""
    with httpx.Client(base_url=site, timeout=30, trust_env=False) as found:
        yield found
