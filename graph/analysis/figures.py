"""The figures of reports, read from any store: each with what it holds for, by the words around it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from graph.figures.figure import REACH, Observed, Source, Worded, figure, in_text
from graph.naming import Place
from graph.sparql import Query, in_graphs
from graph.store import Queryable

_AT_ONCE = 200

_REPORTS = """SELECT ?report ?place ?year ?department WHERE {
    ?report a zl:Report ; zl:jurisdiction ?place ; zl:year ?year OPTIONAL { ?report zl:department ?department } }"""
_VALUED = """?statement sosa:observedProperty ?indicator ; sosa:hasSimpleResult ?value ; zl:unit ?unit ;
    zl:qualifier ?qualifier ; prov:wasDerivedFrom ?slice"""
_COLUMNS = "?statement ?indicator ?value ?unit ?qualifier ?slice"
# Of a whole report what is told of few numbers is asked for by itself, and the words come out of its text.
_NUMBERS = Query(_COLUMNS, _VALUED)
_CHANGES = Query("?statement ?change", "?statement zl:change ?change")
_DOUBTS = Query("?statement ?doubt", "?statement a zl:Observation ; zl:confidence ?doubt")
_TEXTS = Query("?text", "?itself nif:isString ?text")
# Of one indicator in many reports only the words around each number, so that no whole text is read.
_AROUND = f"""SELECT ?report {_COLUMNS} ?change ?doubt ?before ?quote ?after WHERE {{
    {_VALUED} . ?slice nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end .
    ?statement zl:statedIn ?report . ?report nif:isString ?text
    OPTIONAL {{ ?statement zl:change ?change }} OPTIONAL {{ ?statement zl:confidence ?doubt }}
    BIND (IF(?start > {REACH}, ?start - {REACH}, 0) AS ?from)
    BIND (SUBSTR(?text, ?from + 1, ?start - ?from) AS ?before) BIND (SUBSTR(?text, ?end + 1, {REACH}) AS ?after) }}"""
_SLICE = re.compile(r"#char=(\d+),(\d+)$")


def read_sources(store: Queryable, known: Mapping[str, Place]) -> dict[str, Source]:
    """The reports of which place and year are known, by IRI, sorted by place, department and year."""
    found = [
        Source(row["report"], known[row["place"]], int(row["year"]), row["department"])
        for row in store.select(_REPORTS)
        if row["place"] in known
    ]
    found.sort(key=lambda each: (each.place.code, each.department, each.year, each.report))
    return {each.report: each for each in found}


def read_indicator(
    store: Queryable, indicator: str, sources: Mapping[str, Source], confidence: float = 0.0
) -> list[Worded]:
    """The figures of one indicator (its IRI) in all reports, in the order of the sources."""
    order = {report: number for number, report in enumerate(sources)}
    found = [
        figure(sources[row["report"]], _observed(row), row["before"], row["quote"], row["after"])
        for row in store.select(_AROUND, indicator=indicator)
        if row["report"] in sources and float(row["doubt"] or 1) >= confidence
    ]
    return sorted(found, key=lambda each: (order[each.source.report], each.ordinal))


def read_reports(store: Queryable, sources: Iterable[Source], confidence: float = 0.0) -> Iterator[list[Worded]]:
    """The figures of each report, in the order of the text, report by report in the order that is asked for."""
    waiting = iter(sources)
    while some := list(islice(waiting, _AT_ONCE)):
        graphs = [source.report for source in some]
        texts = {row["report"]: row["text"] for row in _asked(store, _TEXTS, graphs)}
        more: defaultdict[str, dict[str, str]] = defaultdict(lambda: {"change": "", "doubt": ""})
        for query in (_CHANGES, _DOUBTS):
            for row in _asked(store, query, graphs):
                more[row["statement"]] |= row
        found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        for row in _asked(store, _NUMBERS, graphs):
            found[row["report"]].append(more[row["statement"]] | row)
        for source in some:
            text = texts.get(source.report, "")
            figures = (in_text(source, _observed(row), text) for row in found[source.report])
            yield sorted((f for f in figures if f.confidence >= confidence), key=lambda each: each.ordinal)


def _asked(store: Queryable, query: Query, graphs: list[str]) -> Iterator[dict[str, str]]:
    for each in in_graphs(query, graphs):
        yield from store.select(each)


def _observed(row: Mapping[str, str]) -> Observed:
    return Observed(
        row["statement"],
        row["indicator"],
        row["value"],
        row["unit"],
        row["qualifier"],
        row["change"],
        float(row["doubt"] or 1),
        *_where(row["slice"]),
    )


def _where(slice_: str) -> tuple[int, int]:
    """Where a slice of a text begins and ends, by its IRI."""
    found = _SLICE.search(slice_)
    if found is None:
        raise ValueError(f"no slice of a text: {slice_}")
    return int(found[1]), int(found[2])
