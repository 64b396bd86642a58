"""Numbers side by side: an indicator's, in groups that can be compared, and those of a report that cannot all be true."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from graph.analysis.contradictions import Contradiction, contradictions, is_year_before
from graph.analysis.figures import Figure, Source, read_indicator, read_reports
from graph.analysis.numbers import FEWEST, Comparison, Group, Reason, Standing, Terms, compare
from graph.explorer.catalogue import Report
from graph.explorer.facets import Facets
from graph.explorer.knowledge import Knowledge, by_place
from graph.explorer.page import Cell, Link, Page, Rows, Table
from graph.explorer.views.charts import line, strip
from graph.explorer.words import Words
from graph.index.told import OBSERVED
from ontology.namespace import PREFIXES
from ontology.units import why_apart

LINES = 24  # of values over the years, on one page
STRIPS = 6  # of groups
_COMMON = 20  # indicators of most reports, which are compared ahead
_AT_ONCE = 200


def number(value: str) -> int | float:
    """A decimal as the store writes it, as an integer where it is one."""
    return float(value) if "." in value else int(value)


def warm(known: Knowledge) -> None:
    """Makes ahead what a reader would else wait for: what many reports give, and at last all contradictions."""
    counts = known.catalogue.stated(OBSERVED).counts
    ids = known.catalogue.ids("indicator")
    for iri in sorted(ids, key=lambda each: -int(counts[ids[each]]))[:_COMMON]:
        _compared(known, iri)
    _search(known).run(known)


def indicator(known: Knowledge, words: Words, iri: str) -> Page | None:
    """The numbers of an indicator, those that can be compared in groups, and why the others cannot; None for an unknown one."""
    if iri not in known.catalogue.indicators:
        return None
    found = _compared(known, iri)
    series = _lines(known, found)
    data = {
        "iri": iri,
        "measures": measures(known, words, iri),
        "lead": words(
            "compared.lead",
            n=f"{found.numbers:,}",
            places=f"{found.places:,}",
            most=f"{found.groups[0].places if found.groups else 0:,}",
        ),
        "fewest": FEWEST,
        "_strips": [_strip(words, group, at) for at, group in enumerate(found.groups[:STRIPS], 1)],
        "_lines": series[:LINES],
        "_more": max(0, len(series) - LINES),
    }
    standings = [(at, each) for at, group in enumerate(found.groups, 1) for each in group.standings]
    columns = ("group", "place", "year", "value", "unit", "told", "qualifier", "change", "scope", "period", "rank")
    tables = {
        "values": Table(
            (*columns, "sentence"),
            Rows(standings, lambda each: _standing(known, words, *each)),
        ),
        "groups": Table(
            ("group", "terms", "places", "year", "numbers", "lower", "median", "upper"),
            [row for at, group in enumerate(found.groups, 1) for row in _group(words, group, at)],
        ),
        "apart": Table(
            ("place", "year", "told", "why", "sentence"),
            Rows(
                found.apart,
                lambda each: (
                    *_about(known, each.figure),
                    each.figure.told,
                    words("and").join(_reason(words, reason) for reason in each.reasons),
                    _quoted(each.figure),
                ),
            ),
        ),
    }
    return Page("indicator.html", known.catalogue.indicators[iri], data, tables)


def contradicting(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """The numbers of reports that cannot all be true, as far as they have been looked for, of the reports of a choice."""
    facets = Facets(known.catalogue, choice)
    search = _search(known)
    left = {known.catalogue.reports[each].iri for each in facets.numbers}
    found = [each for each in search.found[:] if each.figure.source.report in left]
    data = {
        "facets": facets,
        "lead": words("contradictions.lead") + _progress(words, search),
        "read": search.read,
        "of": search.all,
        "_own": "",
    }
    return Page("list.html", words("contradictions"), data, {"contradictions": _table(known, words, found)})


def of_report(known: Knowledge, words: Words, about: Report) -> Table:
    """The numbers of one report that cannot all be true."""
    return _table(known, words, _of_report(known, about.iri))


def measures(known: Knowledge, words: Words, indicator: str) -> Cell:
    """The mechanism that an indicator stands under; "" for none."""
    mechanism = PREFIXES["mechanism"] + indicator.removeprefix(PREFIXES["indicator"]).split("/")[0]
    return Link(known.label(mechanism, words.language), mechanism) if mechanism in known.catalogue.things else ""


class _Search:
    """What has been found of contradictions in the reports read so far."""

    def __init__(self, many: int) -> None:
        self.found: list[Contradiction] = []
        self.read, self.all = 0, many

    def run(self, known: Knowledge) -> None:
        """Looks through all reports, once."""
        before: list[Figure] = []
        sources = [*_sources(known).values()][self.read :]
        for source, figures in zip(sources, read_reports(known.store, sources), strict=True):
            last = before[0].source if before else None
            self.found += contradictions(figures, before if last and is_year_before(last, source) else ())
            self.read, before = self.read + 1, figures


_searches: WeakKeyDictionary[Knowledge, _Search] = WeakKeyDictionary()


def _search(known: Knowledge) -> _Search:
    return _searches.setdefault(known, _Search(len(_sources(known))))


def _progress(words: Words, search: _Search) -> str:
    if search.read == search.all:
        return ""
    return " " + words("contradictions.yet", n=f"{search.read:,}", all=f"{search.all:,}") + " "


@lru_cache(maxsize=2)
def _sources(known: Knowledge) -> dict[str, Source]:
    """The reports of which place and year are known, those of one office together and by year."""
    found = [
        Source(each.iri, each.place, int(each.year), each.department)
        for each in known.catalogue.reports
        if each.place and each.year
    ]
    found.sort(key=lambda each: (each.place.code, each.department, each.year, each.report))
    return {each.report: each for each in found}


@lru_cache(maxsize=64)
def _compared(known: Knowledge, iri: str) -> Comparison:
    return compare(iri, read_indicator(known.store, iri, _sources(known)))


@lru_cache(maxsize=256)
def _of_report(known: Knowledge, iri: str) -> list[Contradiction]:
    source = _sources(known).get(iri)
    if source is None:
        return []
    before = [
        _sources(known)[known.catalogue.reports[each].iri]
        for each in known.catalogue.of_place(source.place.iri)
        if known.catalogue.reports[each].iri in _sources(known)
    ]
    last = [each for each in before if is_year_before(each, source)][-1:]
    read = [*read_reports(known.store, [*last, source])]
    return contradictions(read[-1], read[0] if last else ())


def _table(known: Knowledge, words: Words, found: list[Contradiction]) -> Table:
    def row(each: Contradiction) -> tuple[Cell, ...]:
        others = words("and").join(f"{other.told} ({other.source.year})" for other in each.others)
        return (
            *_about(known, each.figure),
            words(f"contradiction.{each.kind}"),
            each.figure.told,
            others,
            _between(words, each.least, each.most),
            _quoted(each.figure),
            _quoted(each.others[-1]),
        )

    return Table(("place", "year", "kind", "told", "against", "would", "sentence", "sentence.other"), Rows(found, row))


def _between(words: Words, least: float | None, most: float | None) -> str:
    low, high = ("" if each is None else f"{each:,.4g}" for each in (least, most))
    return low if low == high else words("between", low=low or "…", high=high or "…")


def _about(known: Knowledge, figure: Figure) -> tuple[Cell, Cell]:
    return by_place(known.report(figure.source.report)), str(figure.period.year)


def _quoted(figure: Figure) -> Link:
    return Link(" ".join(figure.quote.split()), f"{figure.source.report}#char={figure.start},{figure.end}")


def _standing(known: Knowledge, words: Words, at: int, each: Standing) -> tuple[Cell, ...]:
    figure = each.figure
    rank = f"{each.best}–{each.worst}" if each.best != each.worst else str(each.best)
    return (
        at,
        *_about(known, figure),
        figure.value,
        figure.unit,
        figure.told,
        words(f"qualifier.{figure.qualifier}"),
        words(f"change.{figure.change}") if figure.change else "",
        figure.scope.words,
        figure.period.words,
        words("lacks.of", n=rank, of=each.places) if each.best else "",
        _quoted(figure),
    )


def _group(words: Words, group: Group, at: int) -> Iterable[tuple[Cell, ...]]:
    """A row for each year with quartiles, or one for all years where none has."""
    terms = at, _terms(words, group.terms), group.places
    for year in group.years:
        if year.lower is not None and year.median is not None and year.upper is not None:
            yield *terms, str(year.year), year.places, year.lower, year.median, year.upper
    if all(year.lower is None for year in group.years):
        first, last = group.years[0].year, group.years[-1].year
        yield *terms, str(first) if first == last else f"{first}–{last}", len(group.standings), "", "", ""


def _terms(words: Words, terms: Terms) -> str:
    """On what terms numbers are, in words."""
    parts = [
        words("measure.change") if terms.measure == "change" else "",
        words(f"level.{terms.level}"),
        terms.office or words("office.government"),
        words(f"scope.{terms.scope}") + (f"（{terms.part}）" if terms.part else ""),
        words(f"period.{terms.period}") + (f"（{terms.span}）" if terms.span else ""),
        terms.unit,
    ]
    return " · ".join(filter(None, parts))


def _reason(words: Words, reason: Reason) -> str:
    if reason.what in ("several", "alone"):
        return words(f"reason.{reason.what}")
    mine, theirs = (_named(words, reason.what, each) for each in (reason.mine, reason.theirs))
    why = why_apart(reason.mine, reason.theirs, words.language) if reason.what == "unit" else ""
    told = words("reason.differs", what=words(f"reason.{reason.what}"), mine=mine, theirs=theirs)
    return f"{told}（{why}）" if why else told


def _named(words: Words, what: str, value: str) -> str:
    if what == "office":
        return value or words("office.government")
    if what in ("scope", "period", "level", "measure"):
        return words(f"{what}.{value}")
    return value or "–"


def _strip(words: Words, group: Group, at: int) -> dict[str, Any]:
    """A group's values as points on a line, with the middle one, for the template to draw."""
    values = [float(each.figure.value) for each in group.standings]
    points, middle, skewed = strip(values)
    ends = (min(values), max(values))
    return {
        "at": at,
        "terms": _terms(words, group.terms),
        "places": group.places,
        "points": points,
        "middle": middle,
        "skewed": skewed,
        "ends": [f"{each:,g}" for each in ends],
    }


def _lines(known: Knowledge, found: Comparison) -> list[tuple[str, str, str]]:
    """(place, unit, points) for the places that give comparable values for several years, the most first."""
    series: defaultdict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for group in found.groups:
        for each in group.standings if group.terms.measure == "level" else ():
            by = known.report(each.figure.source.report).by
            series[by, group.terms.unit].append((each.figure.period.year, float(each.figure.value)))
    most = sorted(series.items(), key=lambda each: -len(each[1]))
    return [(by, unit, points) for (by, unit), values in most if (points := line(values))]
