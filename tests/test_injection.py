"""Nothing that a reader or a report says becomes markup, a header or a path; pages keep to their policy in a browser."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
from lxml import html
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from starlette.routing import Route

from extract.records import Observation, Plan, Report, Section
from graph.explorer.app import _routes
from ontology.namespace import key
from tests.browsing import log, resize
from tests.factories import TEXT, adoption, cause, deficiency, evidence, observation, practice, report
from tests.serving import write_graph

PLACE, OTHER = "330324006", "430406"
MARKUP = '</script></textarea><zl-probe onprobe=1>\'" onprobe="2"{{ 7*191 }}<!--'
NASTY: dict[str, str | bytes] = {
    "markup": MARKUP,
    "attribute": "\"' autofocus onprobe=1 x=",
    "script": "javascript:probe()//",
    "host": "//evil.example/%2f..",
    "header": "a\r\nSet-Cookie: probe=1\r\n\r\n<zl-probe>",
    "path": "../../../../../../etc/passwd",
    "encoded path": "..%2f..%2f..%2fetc%2fpasswd%00.css",
    "nul": "a\x00b",
    "bytes": b"\xff\xfe\xed\xa0\x80",
    "sparql": "> } } SELECT * { SERVICE <http://evil.example/> {} } #",
    "fts": "\" OR 1 NEAR( * ' --",
    "iri": 'https://w3id.org/zhili/mechanism/"><zl-probe>',
    "number": "9" * 40,
    "digits": "²٣-1",
    "bidi": "\u202e\u2066\ufeff\U000e0041",
    "long": "治" * 200,
}
# What addresses ask for by name; forms add theirs.
NAMES = [
    *(
        "q",
        "kind",
        "page",
        "of",
        "format",
        "table",
        "place",
        "by",
        "year",
        "level",
        "province",
        "mechanism",
        "practice",
    ),
    *("weakness", "status", "confidence", "area", "around", "steps", "overview", "name", "thing", "query", "version"),
]


def hostile() -> Report:
    """A report whose every field that a file can fill is markup."""
    text = f"{TEXT}\n{MARKUP}。"
    here = evidence(MARKUP, text)
    return report(
        OTHER,
        source=f"{MARKUP}.txt",
        text=text,
        title=MARKUP,
        department=MARKUP,
        issuer=MARKUP,
        published=None,
        sections=(Section("achievements", MARKUP, here),),
        adoptions=(adoption("contract-review", evidence=(here,)), adoption("legality-review", evidence=(here,))),
        practices=(practice(MARKUP, evidence=(here,)), practice(f"“{MARKUP}”2", broader=None, evidence=(here,))),
        observations=(
            observation(name=MARKUP, unit=MARKUP, evidence=here),
            Observation(MARKUP, Decimal(1), "%", "exact", None, None, here),
        ),
        deficiencies=(
            deficiency("enforcement-capacity", statement=MARKUP, causes=(cause("staffing-shortage"),), evidence=here),
        ),
        plans=(Plan(MARKUP, ("enforcement-training",), here),),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of a report and of a hostile one."""
    path: Path = tmp_path_factory.mktemp("graph")
    write_graph(path, [report(PLACE), hostile()])
    return path


def told(answer: httpx.Response) -> list[str]:
    """What is wrong with an answer: of its status, its headers, or its markup."""
    wrong = [f"status {answer.status_code}"] if answer.status_code >= 500 else []
    wrong += [f"header {name}" for name in ("set-cookie", "probe") if name in answer.headers]
    wrong += ["nosniff"] if answer.headers.get("x-content-type-options") != "nosniff" else []
    location = urlsplit(answer.headers.get("location", ""))
    if location.netloc not in ("", answer.url.netloc.decode()) or location.path.startswith("//"):
        wrong.append(f"leads to {answer.headers['location']}")
    if "root:x:" in answer.text:
        wrong.append("a file")
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind == "text/html" and answer.text and "vis-network" not in answer.text:
        wrong += list(_in_page(answer.text))
    elif kind not in ("text/html", "") and "html" in kind:
        wrong.append(kind)
    return wrong


def _in_page(text: str) -> Iterator[str]:
    page = html.document_fromstring(text)
    for element in page.iter("*"):
        if element.tag == "zl-probe":
            yield "an element"
        if element.tag == "script" and not element.get("src") and element.get("type") != "application/json":
            yield "a script"
        for name, value in element.items():
            if name.startswith("on") or name == "autofocus":
                yield f"attribute {name}"
            if name in ("href", "src", "action") and not value.startswith(("/", "#", "data:,", "?")):
                yield f"{name} {value[:40]}"
            if name in ("href", "src", "action") and value.startswith("//"):
                yield f"{name} {value[:40]}"
    if "1337" in text.replace("1337px", ""):
        yield "a template"


def addresses() -> list[str]:
    """Every address that the explorer knows, its gaps filled with what is there."""
    whole = {"{language}": "zh", "{name}": "explorer.css", "{rest:path}": "", "{kind}": ""}
    entities = {
        "/{language}/{kind}/{rest:path}": [
            f"/zh/division/{OTHER}",
            "/en/mechanism/contract-review",
            "/zh/weakness/enforcement-capacity",
            f"/en/practice/{quote(MARKUP, safe='')}",
        ],
        "/{kind}/{rest:path}": ["/mechanism/contract-review", f"/division/{OTHER}"],
    }
    found: list[str] = []
    for route in _routes():
        assert isinstance(route, Route)
        path = route.path
        for gap, value in whole.items():
            path = path.replace(gap, value)
        found += entities.get(route.path, [path])
    return found


def report_page(client: httpx.Client) -> str:
    """Where the hostile report is read."""
    (row,) = client.get(f"/zh/division/{OTHER}?format=json").json()["tables"]["reports"]
    return "/zh" + urlsplit(str(row["report"]["iri"])).path.removeprefix("/zhili")


@pytest.mark.parametrize("nasty", NASTY)
def test_no_parameter_becomes_markup_or_header(client: httpx.Client, nasty: str) -> None:
    """Each address is asked with something nasty in all of its parameters at once, and with markup in each alone."""
    value = quote(NASTY[nasty])
    wrong = []
    for path in addresses():
        everything = "&".join(f"{name}={value}" for name in NAMES if name not in ("format", "query"))
        asked = [everything, *(f"{name}={value}" for name in NAMES if nasty == "markup")]
        for query in asked:
            if found := told(client.get(f"{path}?{query}")):
                wrong.append((path, query[:80], found))
    assert wrong == []


@pytest.mark.parametrize("nasty", NASTY)
def test_no_part_of_a_path_becomes_markup_or_file(client: httpx.Client, nasty: str) -> None:
    """Each part of each address is something nasty in turn, with its slashes encoded and as they are."""
    wrong = []
    for path in addresses():
        parts = path.split("/")
        for place in range(1, len(parts)):
            for safe in ("", "/"):
                tried = "/".join([*parts[:place], quote(NASTY[nasty], safe=safe), *parts[place + 1 :]])
                if len(tried) < 60_000 and (found := told(client.get(tried))):
                    wrong.append((tried[:80], found))
    assert wrong == []


@pytest.mark.parametrize(
    "header",
    [
        "accept",
        "accept-language",
        "content-type",
        "referer",
        "user-agent",
        "x-forwarded-proto",
        "x-forwarded-host",
        "forwarded",
    ],
)
def test_no_header_becomes_markup(client: httpx.Client, header: str) -> None:
    """What a browser says of itself is nowhere repeated."""
    for path in addresses():
        answer = client.get(path, headers={header: "javascript:probe() <zl-header>"})
        assert told(answer) == [] and "zl-header" not in answer.text, path


def test_static_files_are_those_that_are_named(client: httpx.Client) -> None:
    """Neither dots nor encodings lead out of the folder, nor to its other files."""
    for folder in ("static", "yasgui"):
        for name in (
            "..%2fapp.py",
            "%2e%2e/app.py",
            "..%5capp.py",
            "....//app.py",
            "app.py",
            "%00explorer.css",
            ".",
            "explorer.css%00",
            "/etc/passwd",
            "explorer.css/../../app.py",
        ):
            answer = client.get(f"/{folder}/{name}")
            assert answer.status_code in (307, 404) and "import" not in answer.text, name


def test_every_word_of_a_report_is_shown_as_it_is_printed(client: httpx.Client) -> None:
    """From the start on, each page that is linked to, and its twins: the hostile words are there, and are text."""
    waiting = [
        "/zh/",
        "/en/",
        "/zh/practices",
        "/en/indicators",
        "/zh/spread",
        f"/en/graph?around=/division/{OTHER}",
        f"/zh/compare?place={PLACE}&place={OTHER}",
        f"/zh/similar?place={PLACE}",
        "/zh/search?q=probe",
        "/en/graph?overview=provinces",
    ]
    waiting.append(report_page(client))
    seen, showing = set(waiting), set()
    for path in waiting:
        answer = client.get(path)
        assert told(answer) == [], path
        if "zl-probe" in answer.text:
            showing.add(path.split("?")[0].split("/")[2])
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for link in html.document_fromstring(answer.text).xpath("//a/@href | //form/@action"):
            target = str(link).partition("#")[0]
            if target.startswith("/") and target not in seen and len(seen) < 120 and not target.startswith("/sparql"):
                seen.add(target)
                waiting.append(target)
    assert {
        "division",
        "report",
        "practices",
        "practice",
        "indicators",
        "indicator",
        "search",
        "mechanism",
        "graph",
        "compare",
    } <= showing


@pytest.mark.parametrize(
    "path",
    [
        "/zh/",
        "/zh/places",
        "/zh/query",
        "/zh/graph",
        "/picture",
        "/sparql?query=ASK{}",
        "/static/explorer.js",
        "/yasgui/yasgui.min.js",
        "/zh/nothing",
        "/zh/practices?format=json",
        "/zh/practices?format=csv",
        "/mechanism/contract-review",
    ],
)
def test_every_answer_has_the_headers_that_keep_it_safe(client: httpx.Client, path: str) -> None:
    """Policy, type, referrer, and apart from other sites' windows and pages; no inline script or style on any page."""
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy and "unsafe" not in policy
    assert path == "/picture" or "default-src 'none'" in policy and "base-uri 'none'" in policy


def test_the_picture_brings_its_own_policy(client: httpx.Client) -> None:
    """Its two scripts and its style are known by their digests; nothing else runs."""
    (policy,) = html.document_fromstring(client.get("/picture").text).xpath("//meta[@http-equiv]/@content")
    assert "default-src 'none'" in policy and "unsafe" not in policy and policy.count("'sha256-") == 3


WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.sample}`));
"""


def test_no_page_breaks_its_policy(browser: webdriver.Chrome, site: str, client: httpx.Client) -> None:
    """On every kind of page, hostile words included, a browser notes no violation; nor while one asks and looks."""
    resize(browser, 1280)
    log(browser, "browser")
    paths = [path for path in addresses() if path.startswith(("/zh/", "/en/")) and path != "/zh/place"]
    paths += [report_page(client), f"/zh/graph?around=/division/{OTHER}"]
    watching = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    try:
        for path in paths:
            browser.get(site + path)
            if path == "/zh/query":
                WebDriverWait(browser, 10).until(lambda found: found.find_element(By.CSS_SELECTOR, "#run")).click()
                WebDriverWait(browser, 15).until(lambda found: found.find_elements(By.CSS_SELECTOR, ".yasr tbody td"))
            for frame in browser.find_elements(By.CSS_SELECTOR, "iframe.picture"):
                browser.switch_to.frame(frame)
                WebDriverWait(browser, 20).until(lambda found: found.find_elements(By.CSS_SELECTOR, "canvas"))
                assert browser.execute_script("return violations") == [], path
                browser.switch_to.default_content()
            assert browser.execute_script("return violations") == [], path
            assert browser.find_elements(By.TAG_NAME, "zl-probe") == [], path
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", watching)
    noted = [each["message"] for each in log(browser, "browser") if "Content Security Policy" in each["message"]]
    assert noted == []
    browser.get(f"{site}/zh/")
    browser.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)"
    )
    assert browser.execute_script("return window.ran") is None
    assert any("Content Security Policy" in each["message"] for each in log(browser, "browser"))


def test_what_readers_make_up_is_not_kept(client: httpx.Client) -> None:
    """What the server keeps for quick answers does not grow with words that nothing has."""
    before = key.cache_info().currsize
    for number in range(20):
        client.get(f"/zh/weakness/{number}" + "a" * 3000)
        client.get(f"/zh/graph?around=/weakness/{number}" + "a" * 3000)
    assert key.cache_info().currsize == before
