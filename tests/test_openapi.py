"""The pages as data, asked as their OpenAPI document says they may be: Schemathesis makes up the requests."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from lxml import html
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.factories import report
from tests.serving import write_graph

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
TRIES = int(os.environ.get("ZHILI_REQUESTS", "10"))  # of each page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports."""
    path: Path = tmp_path_factory.mktemp("graph")
    write_graph(path, [report("330324006"), report("430406")])
    return path


def test_pages_answer_as_they_are_described(client: httpx.Client) -> None:
    """Whatever is asked, the status is one of those that are told, and the answer has the form that goes with it."""
    described = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
    operations: list[Any] = [found.ok() for found in described.get_all_operations()]  # type: ignore[union-attr]
    assert len(operations) > 10
    for operation in operations:

        @settings(max_examples=TRIES, derandomize=True, database=None, suppress_health_check=[*HealthCheck])
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(base_url=str(client.base_url).rstrip("/"), checks=CHECKS)

        ask()


def test_every_page_is_described(client: httpx.Client) -> None:
    """What the menu leads to stands in the document, and what stands there answers."""
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/{language}/", "/{language}/places", "/{language}/search", "/{language}/{kind}/{rest}"} <= paths.keys()
    for path in paths:
        if "{kind}" not in path:
            answer = client.get(path.replace("{language}", "en"), params={"format": "json"})
            assert answer.status_code in (200, 404) and answer.headers["content-type"] == "application/json"


def test_every_field_of_a_form_is_described(client: httpx.Client) -> None:
    """What a reader can fill in on a page a program can ask for: the document names it."""
    paths = client.get("/openapi.json").json()["paths"]
    seen = 0
    for path in (path for path in paths if "{kind}" not in path):
        page = html.fromstring(client.get(path.replace("{language}", "en")).text)
        for form in page.xpath("//form[not(@method) or @method='get']"):
            to = urlsplit(form.get("action") or path).path.replace("/en/", "/{language}/", 1)
            if to in paths:
                described = {each["name"] for each in paths[to]["get"]["parameters"]}
                assert {*form.xpath(".//@name")} <= described, (path, to)
                seen += 1
    assert seen > 10
