"""What the JSON twins of the pages are, and what they may be asked, in the terms of OpenAPI: for programs and tests."""

from collections.abc import Iterable
from typing import Any

from graph.explorer.facets import FACETS
from graph.explorer.page import LANGUAGES

_LANGUAGE, _GAPS = "/{language}/", ("language", "kind", "rest")
_KINDS = ("division", "report", "mechanism", "practice", "weakness", "indicator")
# What a page may be asked beside the facets and the page of a table; any other name is passed over.
_ASKED = {
    "mechanisms": ("area",),
    "practices": ("area",),
    "weaknesses": ("area",),
    "search": ("q", "kind"),
    "compare": ("place",),
    "similar": ("place", "by"),
    "promises": ("place",),
    "responses": ("place",),
    "spread": ("kind",),
    "spread/network": ("relation",),
    "passages": ("by", "least", "most", "report", "words"),
    "graph": ("around", "steps", "kind", "status", "area", "overview", "by"),
    "query": ("query",),
    "{kind}/{rest:path}": ("at",),
}
_ERROR = {"type": "object", "required": ["error", "detail"], "properties": {"error": {"type": "string"}}}
_PAGE = {
    "type": "object",
    "required": ["title", "tables"],
    "properties": {
        "title": {"type": "string"},
        "tables": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "object"}},
        },
    },
}


def document(routes: Iterable[str]) -> dict[str, Any]:
    """The document for the pages among an application's routes: those that begin with a language and lead no further."""
    pages = [path for path in routes if path.startswith(_LANGUAGE) and path != "/{language}/place"]
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Zhili 治理",
            "version": "1",
            "description": "Each page as data. Its tables also come as CSV, one at a time: format=csv&table=NAME.",
        },
        "paths": {path.replace("{rest:path}", "{rest}"): {"get": _operation(path)} for path in pages},
    }


def _operation(path: str) -> dict[str, Any]:
    name = path.removeprefix(_LANGUAGE)
    gaps = [gap for gap in _GAPS if f"{{{gap}" in path]
    asked = dict.fromkeys((*_ASKED.get(name, ()), *FACETS, "page", "of"))
    return {
        "summary": name if "{" not in name else "a thing of the graph, by its kind and the rest of its name",
        "parameters": [
            *(_parameter(gap, "path", {"language": LANGUAGES, "kind": _KINDS}.get(gap)) for gap in gaps),
            _parameter("format", "query", ("json",)),
            *(_parameter(each, "query") for each in asked),
        ],
        "responses": {
            "200": _said("The page as data.", _PAGE),
            "404": _said("Nothing has this name, or several things have.", _ERROR),
            "502": _said("The graph could not be asked.", _ERROR),
            "503": _said("What the page tells is being worked out; ask again in a while.", _ERROR),
        },
    }


def _parameter(name: str, where: str, values: Iterable[str] | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"} if values is None else {"type": "string", "enum": [*values]}
    return {"name": name, "in": where, "required": where == "path" or name == "format", "schema": schema}


def _said(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
