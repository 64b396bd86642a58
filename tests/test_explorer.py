"""The explorer: every page in both languages, its twins, its errors, and a browser that uses it as a reader would."""

import csv
import io
import re
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import httpx
import numpy as np
import pyoxigraph as ox
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from extract.reading import Document
from extract.report import read_report
from graph.analysis.adoption import read_adoptions
from graph.explorer.catalogue import read_catalogue
from graph.explorer.words import words_of
from graph.index.search import Index, write_index
from graph.store import open_graph
from tests.browsing import faults, log, requested, resize
from tests.factories import TEXT, adoption, evidence, practice, report
from tests.serving import serving, write_graph

ROOT = Path(__file__).parent.parent
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{ 7*7 }}'
PLACE, OTHER = "330324006", "430406"
PAGES = [
    "",
    "places",
    "places?level=township&year=2024",
    "mechanisms",
    "practices",
    "weaknesses",
    "indicators",
    f"division/{PLACE}",
    "mechanism/legality-review",
    "mechanism/administrative-reconsideration?status=practised",
    "weakness/enforcement-capacity",
    "search?q=合同",
    f"compare?place={PLACE}&place={OTHER}",
    f"similar?place={PLACE}",
    f"similar?place={PLACE}&by=mechanism",
    f"similar?place={PLACE}&level=township&province=重庆市",
    "promises",
    f"promises?place={PLACE}",
    "responses",
    "responses?weakness=enforcement-capacity",
    f"responses?place={PLACE}",
    "groups",
    "indicators?province=浙江省",
    "practices?weakness=https%3A%2F%2Fw3id.org%2Fzhili%2Fweakness%2Fenforcement-capacity",
    "spread",
    "spread?kind=mechanism",
    "contradictions",
    "indicator/law-exam/参考率",
    "spread/network",
    f"graph?around=/division/{PLACE}&steps=2&year=2024",
    f"graph?around=/division/{PLACE}&around=/mechanism/legality-review&kind=place&kind=practice&status=practised",
    "graph",
    "graph?overview=provinces&by=depth&year=2024",
    "graph?overview=backbone",
    "mechanisms?province=浙江省&area=/mechanism/disputes",
    "passages",
    "passages?words=法治政府建设",
    "query",
    "about",
]
# What no reader would wait for is what these two hold: an editor, and a picture.
HEAVY = ("query", "graph")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the seeds, and of a report whose every word wants to be markup."""
    path: Path = tmp_path_factory.mktemp("graph")
    seeds = [
        read_report(Document(f"seeds/{each.name}", each.read_bytes()))
        for each in sorted((ROOT / "seeds").glob("*.txt"))
    ]
    text = TEXT + HOSTILE
    found = adoption("contract-review", evidence=(evidence(HOSTILE, text),))
    hostile = report(
        "500101", text=text, title=HOSTILE, issuer=HOSTILE, adoptions=(found,), practices=(practice(HOSTILE),)
    )
    write_graph(path, (*seeds, hostile))
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_both_languages(client: httpx.Client, path: str, language: str) -> None:
    """Each page is whole, says its language, keeps within its size, and carries the headers that keep it safe."""
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in answer.text
    assert answer.text.rstrip().endswith("</html>")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe-eval" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(answer.content) < 300_000 or path.startswith(HEAVY)


@pytest.mark.parametrize("path", [path for path in PAGES if path not in ("",)])
def test_english_pages_speak_english(client: httpx.Client, path: str) -> None:
    """No phrase of the interface is left in Chinese: what is Chinese on an English page is a report's or a place's."""
    page = re.sub(r"<script.*?</script>|<[^>]*>", " ", client.get(f"/en/{path}").text, flags=re.DOTALL)
    chinese, english = words_of("zh").phrases, words_of("en").phrases
    own = [text for key, text in chinese.items() if len(text) > 5 and text != english[key] and "{" not in text]
    assert [text for text in own if text in page] == []


def test_phrases_are_used_and_whole() -> None:
    """Every phrase has both languages and a use, and every use a phrase with the same gaps in both."""
    chinese, english = words_of("zh").phrases, words_of("en").phrases
    assert chinese.keys() == english.keys()
    gaps = re.compile(r"\{(\w+)\}")
    assert all(sorted(set(gaps.findall(chinese[key]))) == sorted(set(gaps.findall(english[key]))) for key in chinese)
    home = files("graph") / "explorer"
    sources = [
        each.read_text(encoding="utf-8")
        for part in ("templates", "views")
        for each in (home / part).iterdir()
        if each.is_file()
    ]
    code = "\n".join(
        [*sources, (home / "app.py").read_text(encoding="utf-8"), (home / "words.py").read_text(encoding="utf-8")]
    )
    used = set(re.findall(r"""["']([\w.-]+)["']""", code))
    stems = (
        set(re.findall(r"""["']([\w.]+\.)["'] ?[~+]""", code))
        | set(re.findall(r"""f"(\w+\.)\{""", code))
        | {"column.", "kind.", "reports.", "places.", "rows."}
    )
    stems |= {f".{end}" for end in re.findall(r"""\{\w+\}\.(\w+)["']""", code)} | {".many", ".one"}
    unused = [
        key
        for key in chinese
        if key not in used and not any(key.startswith(stem) or key.endswith(stem) for stem in stems)
    ]
    assert unused == []


def test_a_year_of_any_length_is_passed_over(client: httpx.Client) -> None:
    """A number that is none of a year's does no harm, however long it is."""
    assert client.get(f"/zh/mechanism/legality-review?year={'9' * 5000}").status_code == 200


def test_every_link_leads_somewhere(client: httpx.Client) -> None:
    """From the start pages on, what a page links to in the explorer is there; downloads and anchors, too."""
    waiting, seen = ["/zh/", "/en/"], {"/zh/", "/en/"}
    broken = []
    for path in waiting:
        answer = client.get(path)
        if answer.status_code not in (200, 303):
            broken.append((path, answer.status_code))
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for target in re.findall(r'(?:href|src|action)="([^"#]+)', answer.text):
            link = urljoin(path, target.replace("&amp;", "&").replace("&#34;", '"'))
            assert urlsplit(link).netloc == "" or link.startswith("data:"), link
            plain = urlsplit(link).path
            kind = "/".join(plain.split("/")[:3])
            if link not in seen and link.startswith("/") and len([each for each in seen if each.startswith(kind)]) < 12:
                seen.add(link)
                waiting.append(link)
    assert broken == []
    assert len(seen) > 100


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_twin_as_data(client: httpx.Client, path: str) -> None:
    """As JSON a page says what it shows, and each of its tables is there as CSV with the same number of rows."""
    joint = "&" if "?" in path else "?"
    twin = client.get(f"/zh/{path}{joint}format=json").json()
    assert twin["title"]
    for name, rows in twin["tables"].items():
        answer = client.get(f"/zh/{path}{joint}format=csv&table={name}")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert len(list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))) == len(rows) + 1


@pytest.mark.parametrize(
    ("path", "entry", "state"),
    [
        ("places", "places", "page"),
        (f"division/{PLACE}", "places", "true"),
        ("weakness/enforcement-capacity", "weaknesses", "true"),
        ("mechanism/legality-review?status=practised", "mechanisms", "true"),
        ("indicator/law-exam/参考率", "indicators", "true"),
        ("contradictions", "indicators", "true"),
        ("spread?kind=mechanism", "spread", "page"),
        ("spread/network", "spread", "true"),
        ("groups", "similar", "true"),
        ("promises", "similar", "true"),
        ("responses", "similar", "true"),
        ("search?q=合同", None, None),
        ("division/000000", None, None),
    ],
)
def test_the_menu_shows_where_a_page_is(client: httpx.Client, path: str, entry: str | None, state: str | None) -> None:
    """Also on the page of one place or one indicator, and on what belongs to an entry of the menu."""
    menu = client.get(f"/zh/{path}").text.partition("<nav")[2].partition("</nav>")[0]
    marked = re.findall(r'href="/zh/(\w*)" aria-current="(\w+)"', menu)
    assert marked == ([(entry, state)] if entry else [])


def test_a_mechanism_tells_of_how_many(client: httpx.Client) -> None:
    """On its page stand the five states by year, level, province and length, and its reach, each with its denominator."""
    page = client.get("/zh/mechanism/legality-review?format=json").json()
    tables = page["tables"]
    for row in tables["states"]:
        assert (
            sum(row[f"status.{each}"] for each in ("practised", "planned", "lacking")) + row["silent"]
            == row["reporting"]
        )
    assert (
        sum(row["no_report"] + row["reporting"] for row in tables["by_province"])
        == tables["states"][0]["reporting"] + tables["states"][0]["no_report"]
    )
    assert {row["length"] for row in tables["by_length"]} and tables["by_level"]
    assert tables["reach"][-1]["reached"] <= tables["reach"][-1]["reporting"] and tables["reach_in"]
    assert page["few"] and page["answers"][-1].endswith("历年报告太少，看不出来。") and page["rated"]
    only = client.get("/zh/mechanism/legality-review?level=township&format=json").json()["tables"]["by_level"]
    assert [row["level"] for row in only] == ["乡级"]
    shown = client.get("/en/mechanism/legality-review").text
    assert (
        shown.index("count departments’ reports, too") < shown.index('class="facets"')
        and "No report of the government" in shown
    )
    assert "states" not in client.get("/zh/weakness/legal-talent?format=json").json()["tables"]


def test_who_states_what_is_read_alike_from_index_and_store(folder: Path) -> None:
    """The catalogue's table is the store's: the same places, years, lengths and statements."""
    store, contents = open_graph(folder), {name: name for name in open_graph(folder).graphs()}
    write_index(store, folder / "another", contents)
    with closing(Index(store, folder / "another", contents)) as index:
        catalogue = read_catalogue(store, index)
    for sure in (False, True):
        one, other = catalogue.adoptions(sure), read_adoptions(store, 1.0 if sure else 0.0)
        assert (one.places, one.things, one.years) == (other.places, other.things, other.years)
        assert np.array_equal(one.lengths, other.lengths) and np.array_equal(one.said, other.said)
    assert catalogue.stated("made up") is catalogue.stated("by a reader"), "or words that nothing has would be kept"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ],
)
@pytest.mark.parametrize(
    "path", [f"/division/{PLACE}", "/mechanism/legality-review", "/weakness/legal-talent", "/ontology"]
)
def test_names_can_be_looked_up(client: httpx.Client, path: str, accept: str, form: ox.RdfFormat) -> None:
    """A thing's own address gives its triples to who asks for RDF, and its page to who does not."""
    answer = client.get(path, headers={"accept": accept}, follow_redirects=True)
    subjects = {str(triple.subject) for triple in ox.parse(answer.content, format=form)}
    assert f"<https://w3id.org/zhili{path}>" in subjects
    assert client.get(path, headers={"accept-language": "en-GB"}).headers["location"] == f"/en{path}"
    assert client.get(path).headers["location"] == f"/zh{path}"


def test_the_start_page_is_in_the_readers_language(client: httpx.Client) -> None:
    """Chinese, unless the browser asks for English first."""
    assert client.get("/").headers["location"] == "/zh/"
    assert client.get("/", headers={"accept-language": "en-US,zh;q=0.8"}).headers["location"] == "/en/"


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/zh/nothing", 404, "没有这个页面"),
        ("/en/division/999999", 404, "There is no such page"),
        ("/en/place?name=" + quote("三江街"), 404, "三江街道"),
        ("/zh/similar?place=" + quote("雁峰"), 404, "雁峰区"),
        ("/en/compare?place=nowhere", 200, "code “nowhere”"),
        ("/zh/search?q=" + quote("没有人写过这一句"), 200, "换一个更短的词"),
        ("/zh/search", 200, "写下要找的词"),
        ("/zh/mechanisms?province=" + quote("火星"), 200, "减少一个筛选条件"),
        ("/en/contradictions", 200, "None found in 6 reports."),
        ("/zh/graph?around=/mechanism/nothing", 404, "没有找到这个名称"),
    ],
)
def test_what_is_not_there_is_told(client: httpx.Client, path: str, status: int, says: str) -> None:
    """A wrong address or name is answered with what to do, in the page's language, never with a trace."""
    answer = client.get(path)
    assert answer.status_code == status
    assert says in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("page", ["similar?by=mechanism&place=", "responses?place=", f"compare?place={OTHER}&place="])
def test_a_wrong_name_is_mended_where_it_was_written(client: httpx.Client, page: str) -> None:
    """In the page's language the field still holds it, and what may be meant is a press away, the rest as it was."""
    answer = client.get(f"/zh/{page}三江街").text
    assert 'name="place" list="known" value="三江街"' in answer and "没有名称或代码是“三江街”" in answer
    assert "zhili query" not in answer and "jurisdiction" not in answer
    meant = f'href="/zh/{page}三江街道"'.replace("三江街道", quote("三江街道")).replace("&", "&amp;")
    assert meant in answer and 'href="/zh/places"' in answer


def test_a_compared_status_leads_to_its_sentence(client: httpx.Client) -> None:
    """In the colour of its status; with one place alone the page says what is missing."""
    page = f"/en/compare?place={PLACE}&place={OTHER}"
    rows = client.get(f"{page}&format=json").json()["tables"]["mechanism"]
    told = [cell for row in rows for column, cell in row.items() if column.startswith("place:") and cell != "–"]
    assert told and all(cell["text"] in ("practised", "planned", "lacking") for cell in told)
    assert all("/report/" in cell["iri"] and "#char=" in cell["iri"] for cell in told)
    assert '<a class="status practised" href="/en/report/' in client.get(page).text
    assert "Choose at least one more place." in client.get(f"/en/compare?place={PLACE}").text


def test_what_others_did_shows_what_is_chosen(client: httpx.Client) -> None:
    """The list has the weakness that is shown, or asks for one; of others is spoken where a place is one of them."""
    first = client.get(f"/en/responses?place={PLACE}&format=json").json()["weaknesses"][0]
    page = client.get(f"/en/responses?place={PLACE}").text
    assert f'value="{first["iri"].rpartition("/")[2]}" selected' in page and "Other governments that admit it" in page
    page = client.get("/en/responses").text
    assert "selected" not in page and "Choose a weakness" in page
    page = client.get("/en/responses?weakness=enforcement-capacity").text
    assert "Governments that admit it" in page and "Other governments" not in page


def test_search_names_things_in_the_readers_language(client: httpx.Client) -> None:
    """The name of the page's language stands first, the other one beside it, and what is above in that language, too."""
    for language, names in (
        ("en", ["Legality review", "合法性审查", "Administrative decision-making"]),
        ("zh", ["合法性审查", "Legality review", "行政决策"]),
    ):
        rows = client.get(f"/{language}/search?q=合法性审查&kind=mechanism&format=json").json()["tables"]["found"]
        found = [[row["name"]["text"], row["name.other"], row["note"]] for row in rows]
        assert names in found


def test_nothing_in_a_report_becomes_markup(client: httpx.Client) -> None:
    """A report whose title, text, office and practice are markup is shown as it is printed."""
    (row,) = client.get("/zh/division/500101?format=json").json()["tables"]["reports"]
    paths = [
        "/zh/division/500101",
        "/zh/practices",
        "/zh/search?q=script",
        "/zh" + urlsplit(row["report"]["iri"]).path.removeprefix("/zhili"),
    ]
    for path in paths:
        page = client.get(path).text
        assert "alert(1)" in page, path
        assert "<script>alert" not in page and "<img src=x" not in page, path
        assert "49" not in re.findall(r"onerror=alert\(2\)&gt;(.{0,12})", page), path


def test_choosing_a_facet_leaves_what_it_said(client: httpx.Client) -> None:
    """The number beside a value is how many reports choosing it leaves, also beside another choice."""
    before = client.get("/zh/places?format=json&level=township").json()["facets"]
    for facet, values in before.items():
        for value, count in values[:3]:
            after = client.get("/zh/places", params={"format": "json", "level": "township", facet: value}).json()
            if facet not in ("level", "confidence"):
                assert sum(row["reports"] for row in after["tables"]["places"]) == count, (facet, value)


def test_places_that_practise_the_same(client: httpx.Client) -> None:
    """By mechanism the rarest that two places share stands first, and a place is not like itself."""
    twin = client.get(f"/en/similar?format=json&by=mechanism&place={PLACE}").json()
    first = twin["likenesses"][0]
    assert 0 < first["score"] <= 1
    assert [each["bits"] for each in first["shared"]] == sorted(
        (each["bits"] for each in first["shared"]), reverse=True
    )
    assert PLACE not in [like["place"]["code"] for like in twin["likenesses"]]
    near = client.get(f"/en/similar?by=mechanism&place={PLACE}&province=重庆市")
    assert "the weaknesses they admit" not in near.text and "<option selected>重庆市" in near.text
    codes = [like["place"]["code"] for like in client.get(f"{near.url}&format=json").json()["likenesses"]]
    assert codes and all(code.startswith("50") for code in codes)


def test_figures_are_told_in_words(client: httpx.Client) -> None:
    """What a reader need not know stands under the method; what two places share says how either speaks of it."""
    page = client.get(f"/en/similar?place={PLACE}").text
    assert "both admit it" in page and "likeness 0." in page
    assert " bits</span>" not in page and "weakness / weakness" not in page and "<details><summary>Method" in page


def test_the_graph_of_a_year_is_part_of_the_whole(client: httpx.Client) -> None:
    """A year leaves out what other years' reports say; a year without reports leaves nothing."""
    counts = [
        client.get(f"/zh/graph?format=json&around=/division/{PLACE}&steps=2{year}").json().get("nodes", 0)
        for year in ("", "&year=2024", "&year=1999")
    ]
    assert counts[0] > counts[1] > counts[2] == 0


def test_the_graph_describes_itself(client: httpx.Client) -> None:
    """VoID and DCAT say how much there is, and where to ask."""
    answer = client.get("/.well-known/void")
    said = {
        (triple.predicate.value, getattr(triple.object, "value", ""))
        for triple in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)
    }
    (counted,) = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()["results"][
        "bindings"
    ]
    assert ("http://rdfs.org/ns/void#triples", counted["n"]["value"]) in said
    assert ("http://rdfs.org/ns/void#sparqlEndpoint", f"{str(client.base_url).rstrip('/')}/sparql") in said


def test_a_query_of_the_page_is_answered(client: httpx.Client) -> None:
    """Each example of the query page has an answer at the endpoint."""
    groups = client.get("/en/query?format=json").json()["groups"]
    examples = [question for group in groups for question in group["questions"]]
    assert len(examples) >= 30
    for each in examples:
        answer = client.post("/sparql", data={"query": each["query"]}, headers={"accept": "text/csv"})
        assert answer.status_code == 200, each["name"]


def test_the_same_over_an_endpoint(folder: Path, client: httpx.Client) -> None:
    """Over a server's endpoint instead of a folder the pages are the same."""
    server = serving(str(client.base_url).rstrip("/") + "/sparql")
    try:
        address = next(server)
        for path in (f"/zh/division/{PLACE}", "/en/mechanism/legality-review", "/zh/weaknesses"):
            here, there = (
                httpx.get(base + path, timeout=30, trust_env=False).text
                for base in (str(client.base_url).rstrip("/"), address)
            )
            assert here == there
    finally:
        next(server, None)


def see(browser: webdriver.Chrome, selector: str) -> str:
    """The text of the first thing that a selector finds, once it is there."""
    return str(WebDriverWait(browser, 10).until(lambda found: found.find_element(By.CSS_SELECTOR, selector)).text)


def press(browser: webdriver.Chrome, selector: str) -> None:
    """Presses the first thing that a selector finds, once it is there."""
    WebDriverWait(browser, 10).until(lambda found: found.find_element(By.CSS_SELECTOR, selector)).click()


def test_a_reader_finds_a_place_and_its_evidence(browser: webdriver.Chrome, site: str) -> None:
    """Search, place, sentence in its report, record, mechanism, another place: each a press away."""
    resize(browser, 1280)
    browser.get(f"{site}/zh/")
    field = browser.find_element(By.ID, "q")
    field.send_keys("三江街道", Keys.ENTER)
    press(browser, ".found a")
    assert see(browser, "h1") == "三江街道"
    press(browser, "#mechanisms blockquote a")
    assert "#char=" in browser.current_url
    lit = WebDriverWait(browser, 10).until(lambda found: found.find_elements(By.CSS_SELECTOR, ".text .mark.lit"))
    lit[0].click()
    record = browser.find_element(By.CSS_SELECTOR, ".findings li:target")
    assert record.is_displayed()
    record.find_element(By.CSS_SELECTOR, "a:not(.where)").click()
    assert see(browser, "section h2") == "在哪里"
    places = [each.get_attribute("href") for each in browser.find_elements(By.CSS_SELECTOR, "td a[href*='/division/']")]
    assert any(place and PLACE not in place for place in places)


def test_a_reader_narrows_compares_and_switches(browser: webdriver.Chrome, site: str) -> None:
    """A facet is applied when it is chosen, two places stand side by side, and the language changes the page alone."""
    browser.get(f"{site}/zh/places")
    before = len(browser.find_elements(By.CSS_SELECTOR, "tbody tr"))
    browser.find_element(By.CSS_SELECTOR, "select[name=level] option[value=township]").click()
    WebDriverWait(browser, 10).until(lambda found: "level=township" in found.current_url)
    assert 0 < len(browser.find_elements(By.CSS_SELECTOR, "tbody tr")) < before
    browser.get(f"{site}/zh/compare?place={PLACE}&place={OTHER}")
    assert {"三江街道", "雁峰区"} <= {each.text for each in browser.find_elements(By.CSS_SELECTOR, "th")}
    press(browser, ".other")
    assert f"/en/compare?place={PLACE}&place={OTHER}" in browser.current_url
    assert see(browser, "h1") == "Compare"


def test_a_reader_runs_a_query(browser: webdriver.Chrome, site: str) -> None:
    """The editor opens with a question; run, it shows rows."""
    browser.get(f"{site}/en/query")
    press(browser, "#run")
    WebDriverWait(browser, 15).until(lambda found: found.find_elements(By.CSS_SELECTOR, ".yasr tbody td"))
    press(browser, "details[open] .example:nth-of-type(1)")
    assert "SELECT" in browser.execute_script("return document.querySelector('.CodeMirror').CodeMirror.getValue()")


@pytest.mark.parametrize(
    ("language", "query", "says"),
    [
        ("zh", "SELECT ?x WHERE {\n  ?x a\n}", ["没有读懂", "第 3 行", "这里"]),
        ("en", "SELECT ?x WHERE { ?x foo:bar ?y }", ["not understood", "Line 1", "prefix is not declared"]),
        ("en", "SELECT ?x WHERE { ?x a ?y } LIMT 3", ["not understood", "Line 1", "should stand here"]),
        ("zh", "SELECT * WHERE { SERVICE <http://example.org/> { ?a ?b ?c } }", ["没有读懂", "SERVICE"]),
        ("zh", "SELECT * WHERE { ?a ?b ?c }", ["只给出前 5,000 行"]),
        ("en", "CONSTRUCT WHERE { ?a ?b ?c }", ["Only the first 5,000 rows"]),
        (
            "zh",
            "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c != ?f) } ORDER BY ?a",
            ["超过 5 秒", "已经停下"],
        ),
        ("en", "ASK { ?a ?b ?c }", []),
    ],
)
def test_the_page_explains_what_a_query_did_not_bring(
    browser: webdriver.Chrome, site: str, language: str, query: str, says: list[str]
) -> None:
    """A query that is stopped, cut or wrong is explained in the page's language, in place of the editor's own words."""
    resize(browser, 1280)
    browser.get(f"{site}/{language}/query")
    see(browser, "#run")
    browser.execute_script("document.querySelector('.CodeMirror').CodeMirror.setValue(arguments[0])", query)
    press(browser, "#run")
    if not says:
        WebDriverWait(browser, 10).until(lambda found: found.find_elements(By.CSS_SELECTOR, ".yasr_results *"))
        assert see(browser, ".told") == ""
        return
    told = WebDriverWait(browser, 20).until(lambda found: see(found, ".told"))
    assert [each for each in says if each not in told] == [], told
    assert not any(each.is_displayed() for each in browser.find_elements(By.CSS_SELECTOR, ".yasr .errorResult"))
    for place in browser.find_elements(By.CSS_SELECTOR, ".told button"):
        place.send_keys(Keys.ENTER)
        line = browser.execute_script("return document.querySelector('.CodeMirror').CodeMirror.getCursor().line")
        assert f"{line + 1}" in place.text
    log(browser, "browser")


def test_a_reader_opens_the_graph(browser: webdriver.Chrome, site: str) -> None:
    """The neighbourhood of a place is drawn, in the page's language, with a table beside it that goes on from a node."""
    browser.get(f"{site}/zh/graph?around=/division/{PLACE}")
    WebDriverWait(browser, 20).until(lambda found: found.find_element(By.CSS_SELECTOR, "iframe.picture"))
    browser.switch_to.frame(browser.find_element(By.CSS_SELECTOR, "iframe.picture"))
    WebDriverWait(browser, 20).until(lambda found: found.find_elements(By.CSS_SELECTOR, "canvas"))
    assert browser.execute_script("return state.language") == "zh"
    browser.switch_to.default_content()
    press(browser, "tbody tr:nth-child(2) td:nth-child(5) a")
    assert "around=" in browser.current_url and PLACE not in browser.current_url


def test_a_page_prints_without_its_menus(browser: webdriver.Chrome, site: str) -> None:
    """On paper a place's page is its text."""
    browser.get(f"{site}/zh/division/{PLACE}")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not browser.find_element(By.CSS_SELECTOR, ".top").is_displayed()
        assert browser.find_element(By.TAG_NAME, "h1").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_the_keyboard_leads_to_the_content(browser: webdriver.Chrome, site: str) -> None:
    """The first thing that the keyboard reaches skips the menu."""
    browser.get(f"{site}/zh/places")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("class") == "skip"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.current_url.endswith("#main")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_stay_at_home(browser: webdriver.Chrome, site: str, path: str) -> None:
    """axe finds nothing against WCAG 2.2 AA, on a phone or a desktop, light or dark; nothing is wider than the screen;
    no request leaves the server, and no script complains."""
    log(browser, "browser")
    requested(browser)
    for width, dark, language in ((1280, False, "zh"), (360, True, "en")):
        resize(browser, width, dark=dark)
        browser.get(f"{site}/{language}/{path}")
        assert faults(browser) == []
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert {urlsplit(url).netloc for url in requested(browser) if url.startswith("http")} == {urlsplit(site).netloc}
    assert [entry for entry in log(browser, "browser") if entry["level"] == "SEVERE"] == []
