"""The commands that compare what many reports say."""

from pathlib import Path

import click

from graph.commands.options import confidence_option, graph_option, outputs
from graph.console import as_json, deliver, example
from ontology.divisions import LEVELS


@click.command()
@example(
    "zhili similar 永嘉县三江街道",
    "zhili similar 330324006 --json",
    "zhili similar --all > pairs.csv   # for every place those most like it",
)
@graph_option
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many to show.")
@confidence_option
@click.option("--json", "json_", is_flag=True, help="As JSON, with all sentences.")
@click.option("--all", "all_", is_flag=True, help="For every place, as CSV: who is most like it, and how much.")
@click.argument("place", required=False)
def similar(graph: str, limit: int, confidence: float, json_: bool, all_: bool, place: str | None) -> None:
    """Find places with similar weaknesses.

    Says which weaknesses they share, how telling each is, and quotes both. PLACE is a name, with or without those
    of its superiors, or a division code.

    A weakness that a place admits counts 1, one that it gives only as a cause of a shortcoming 0.5, a mechanism that
    a shortcoming concerns 0.25, each times the confidence of the finding; what is classed as "other" does not count.
    Each weighs as many bits as it is rare among the places that admit anything. The number behind a place is the
    weighted share that the two have in common: 1 where all is the same, 0 where nothing is.
    """
    from graph.analysis.similarity import all_similar
    from graph.analysis.similarity import similar as find_similar
    from graph.opening import open_any
    from graph.telling.similarity import tell_all_similar, tell_similar

    if not all_ and place is None:
        raise click.UsageError("Missing argument 'PLACE'; or give --all")
    if all_ and (place is not None or json_):
        raise click.UsageError("--all is for every place, and writes CSV; leave out PLACE and --json")
    if place is None:
        for line in tell_all_similar(all_similar(open_any(graph), limit, confidence)):
            click.echo(line, nl=False)
        return
    result = find_similar(open_any(graph), place, limit, confidence)
    click.echo(as_json(result) if json_ else tell_similar(result), nl=False)


@click.command()
@example(
    "zhili spread",
    "zhili spread 合法性审查",
    "zhili spread legality-review --plot reach.svg",
    "zhili spread --csv > spread.csv",
)
@graph_option
@click.option("--limit", type=click.IntRange(0), default=30, show_default=True, help="How many to list; 0 for all.")
@confidence_option
@outputs
@click.argument("mechanism", required=False)
def spread(
    graph: str, limit: int, confidence: float, json_: bool, csv_: bool, plot: Path | None, mechanism: str | None
) -> None:
    """Show since when, how far and how fast things spread.

    Mechanisms and practices, those of most places first. MECHANISM is a label or an id of a mechanism or practice;
    with it: since when, how far, how fast, whether its places stand together in the tree of divisions, whether
    superiors or inferiors report it first; then the years, and each place that reports it, with the sentence.

    Only governments' own reports count, not those of their departments. What is said to be so beyond chance is so at
    a false discovery rate of 5 % over all things tested. A first report is no first use, an order in time no cause.
    """
    from graph.analysis.spread import spread as find_spread
    from graph.opening import open_any
    from graph.plots.spread import draw_spread
    from graph.telling.spread import spread_rows, tell_reach, tell_spread

    result = find_spread(open_any(graph), mechanism, confidence)
    tell = tell_reach if mechanism else tell_spread
    deliver(
        result, lambda: tell(result, limit), lambda: spread_rows(result), lambda: draw_spread(result), json_, csv_, plot
    )


@click.command()
@example(
    "zhili adoption",
    "zhili adoption 合法性审查 --level county",
    "zhili adoption --place 永嘉县三江街道",
    "zhili adoption 合法性审查 --csv --plot states.svg",
)
@graph_option
@click.option("--place", help="What one place states, year by year: a name or a division code.")
@click.option("--level", type=click.Choice([*LEVELS.values()]), help="Places of one level alone.")
@click.option("--province", default="", help="Places of one province alone.")
@click.option("--year", type=int, help="The year that is counted; unless given, that of the most reports.")
@click.option("--limit", type=click.IntRange(0), default=30, show_default=True, help="How many to list; 0 for all.")
@confidence_option
@outputs
@click.argument("mechanism", required=False)
def adoption(
    graph: str,
    place: str | None,
    level: str | None,
    province: str,
    year: int | None,
    limit: int,
    confidence: float,
    json_: bool,
    csv_: bool,
    plot: Path | None,
    mechanism: str | None,
) -> None:
    """Count who practises, plans, lacks or is silent on what.

    Mechanisms and practices, in one year: how many places state it in which way, of how many with a report, and how
    many have none. With MECHANISM, also by year, level, province and length of report. A longer report mentions more:
    so the share is also given as it would be if the reports had the lengths of all reports in the graph. A place that
    says several things of one counts with the firmest: practised, then planned, then lacking.
    """
    from graph.analysis.rates import adopted, stances
    from graph.opening import open_any
    from graph.plots.adoption import draw_adopted, draw_stances
    from graph.telling.adoption import adopted_rows, stance_rows, tell_adopted, tell_stances

    if place is not None:
        if level or province or year:
            raise click.UsageError("--place is of all years of one place; leave out --level, --province and --year")
        told = stances(open_any(graph), place, mechanism, confidence)
        deliver(
            told,
            lambda: tell_stances(told, limit),
            lambda: stance_rows(told),
            lambda: draw_stances(told),
            json_,
            csv_,
            plot,
        )
        return
    found = adopted(open_any(graph), mechanism, level or "", province, year, confidence)
    deliver(
        found,
        lambda: tell_adopted(found, limit),
        lambda: adopted_rows(found),
        lambda: draw_adopted(found),
        json_,
        csv_,
        plot,
    )
