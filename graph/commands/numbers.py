"""The command that puts numbers side by side."""

from contextlib import closing
from functools import partial

import click

from graph.commands.options import confidence_option, graph_option, limit_option, outputs
from graph.console import Form, Meter, example


@click.command()
@example(
    "zhili numbers   # which indicators there are, and of how many places the numbers can be compared",
    "zhili numbers 败诉率 --plot numbers.svg",
    "zhili numbers --place 雁峰区",
    "zhili numbers --contradictions --csv > contradictions.csv",
)
@graph_option
@click.option(
    "--place", metavar="PLACE", help="Only the numbers of this place, and where they stand among the others'."
)
@click.option("--contradictions", is_flag=True, help="List the numbers of a report that cannot all be true.")
@limit_option
@confidence_option
@outputs
@click.argument("thing", metavar="INDICATOR|MECHANISM", required=False)
def numbers(
    graph: str,
    place: str | None,
    contradictions: bool,
    limit: int,
    confidence: float,
    form: Form,
    thing: str | None,
) -> None:
    """Put numbers side by side.

    With an indicator: its values over places and years in one unit, those that can be compared in groups, and of the
    others why they cannot: another unit, scope (全市 or 市本级), period (全年, 累计, 五年来), level, or office. With a mechanism:
    its indicators. Without either: all of them.
    """
    from graph.analysis.observations import find_indicator, observations
    from graph.plots import numbers as plots
    from graph.telling import numbers as telling
    from ontology.namespace import PREFIXES

    if contradictions and thing:
        raise click.UsageError("--contradictions is about whole reports; leave out the indicator, or give --place")
    meter = Meter()
    with closing(meter), observations(graph, confidence, meter.advance) as said:
        iri = find_indicator(said.store, thing) if thing else ""
        one = iri.startswith(PREFIXES["indicator"])
        if place and iri and not one:
            raise click.UsageError("--place goes with an indicator or alone, not with a mechanism")
        meter.stage("reading")
        if contradictions:
            deliver = partial(
                form.deliver,
                said.contradictions(place or ""),
                partial(telling.tell_contradictions, limit=limit),
                telling.rows_of_contradictions,
                plots.kinds,
            )
        elif place:
            deliver = partial(
                form.deliver,
                said.place(place, iri),
                partial(telling.tell_place, limit=limit),
                lambda own: telling.rows_of_comparisons(own.comparisons),
                plots.positions,
            )
        elif one:
            deliver = partial(
                form.deliver,
                said.indicator(iri),
                partial(telling.tell_comparison, limit=limit),
                lambda one: telling.rows_of_comparisons([one]),
                lambda one: plots.strips(one, telling.tell_terms),
            )
        else:
            deliver = partial(
                form.deliver,
                said.indicators(iri),
                partial(telling.tell_indicators, limit=limit),
                telling.rows_of_indicators,
                plots.bars,
            )
    deliver()
