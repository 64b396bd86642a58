"""The commands about weaknesses: who shares them, what was done about them, what was promised."""

from functools import partial

import click

from graph.commands.options import confidence_option, graph_option, level_option, limit_option, outputs, province_option
from graph.console import Form, example


@click.command()
@example(
    "zhili similar 永嘉县三江街道",
    "zhili similar 330324006 --level township --province 浙江省 --csv",
    "zhili similar --all > pairs.csv   # for every place those most like it",
)
@graph_option
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many to show.")
@confidence_option
@level_option
@province_option
@outputs
@click.option("--all", "all_", is_flag=True, help="For every place, as CSV: who is most like it, and how much.")
@click.argument("place", required=False)
def similar(
    graph: str,
    limit: int,
    confidence: float,
    level: str | None,
    province: str,
    form: Form,
    all_: bool,
    place: str | None,
) -> None:
    """Find places with similar weaknesses.

    Says which weaknesses they share, how telling each is, and quotes both. PLACE is a name, with or without those
    of its superiors, or a division code.

    A weakness that a place admits counts 1, one that it gives only as a cause of a shortcoming 0.5, a mechanism that
    a shortcoming concerns 0.25, each times the confidence of the finding; what is classed as "other" does not count.
    Each weighs as many bits as it is rare among the places that admit anything. The number behind a place is the
    weighted share that the two have in common: 1 where all is the same, 0 where nothing is. p tells how likely so
    much likeness is by chance alone, with as many weaknesses in each place and as many places to each weakness.
    """
    from graph.analysis.similarity import all_similar
    from graph.analysis.similarity import similar as find_similar
    from graph.opening import open_any
    from graph.plots.similarity import plot_similar
    from graph.telling.similarity import similar_rows, tell_all_similar, tell_similar

    if not all_ and place is None:
        raise click.UsageError("Missing argument 'PLACE'; or give --all")
    if all_ and (place is not None or form.whole or form.plot or level or province):
        raise click.UsageError(
            "--all is for every place, and writes CSV; leave out PLACE and the other forms and filters"
        )
    if place is None:
        for line in tell_all_similar(all_similar(open_any(graph), limit, confidence)):
            click.echo(line, nl=False)
        return
    found = find_similar(open_any(graph), place, limit, confidence, level=level or "", province=province)
    form.deliver(found, tell_similar, similar_rows, plot_similar)


@click.command()
@example("zhili groups", "zhili groups --csv > groups.csv", "zhili groups --plot groups.svg")
@graph_option
@limit_option
@confidence_option
@outputs
def groups(graph: str, limit: int, confidence: float, form: Form) -> None:
    """Find groups of places that admit alike.

    Places are joined to those most like them (as by `zhili similar`) where that is beyond chance; groups are
    communities of that network (Louvain) that come out again with other seeds. Each is told by the weaknesses that
    set it apart.
    """
    from graph.analysis.groups import groups
    from graph.opening import open_any
    from graph.plots.groups import plot_groups
    from graph.telling.groups import groups_rows, tell_groups

    form.deliver(groups(open_any(graph), confidence), partial(tell_groups, limit=limit), groups_rows, plot_groups)


@click.command()
@example("zhili responses 普法形式单一", "zhili responses legal-talent --csv", "zhili responses 永嘉县三江街道")
@graph_option
@click.option("--limit", type=click.IntRange(0), default=5, show_default=True, help="How many to list; 0 for all.")
@confidence_option
@outputs
@click.argument("thing", metavar="WEAKNESS|PLACE")
def responses(graph: str, limit: int, confidence: float, form: Form, thing: str) -> None:
    """Show what others did about a weakness.

    Among governments that admit it: what they planned, what they practise since, and how many admit it no longer in
    the next report that has anything on shortcomings, against those that did not do so. An association, no cause. With
    a PLACE, for each weakness that its last report admits.
    """
    from graph.analysis.responses import responses
    from graph.opening import open_any
    from graph.plots.responses import plot_responses
    from graph.telling.responses import responses_rows, tell_responses

    found = responses(open_any(graph), thing, confidence)
    form.deliver(found, partial(tell_responses, limit=limit), responses_rows, plot_responses)


@click.command()
@example("zhili promises 永嘉县三江街道", "zhili promises 330324006 --csv", "zhili promises --plot promises.svg")
@graph_option
@limit_option
@confidence_option
@outputs
@click.argument("place", required=False)
def promises(graph: str, limit: int, confidence: float, form: Form, place: str | None) -> None:
    """Follow shortcomings and plans into the next report.

    PLACE is a name or a division code: what its reports admit and plan, one by one, and what the next report says of
    it, with both sentences. Without PLACE, counts for every place with reports on several years.

    A shortcoming is repeated, reworded, addressed (no longer admitted, and something that answers it is told of),
    dropped (no word of it) or silent (the next report has nothing on shortcomings). A plan is done, repeated, reworded,
    ongoing (told of before and after), dropped or silent. graph/analysis/promises.py defines each.
    """
    from graph.analysis.promises import overview_in, promises
    from graph.opening import open_any
    from graph.plots.promises import plot_overview, plot_promises
    from graph.telling.promises import overview_rows, promises_rows, tell_overview, tell_promises

    if place is None:
        every = overview_in(graph, confidence)
        form.deliver(every, partial(tell_overview, limit=limit), overview_rows, plot_overview)
    else:
        form.deliver(promises(open_any(graph), place, confidence), tell_promises, promises_rows, plot_promises)
