"""The commands that compare what many reports say."""

import click

from graph.commands.options import confidence_option, graph_option
from graph.console import as_json, example


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
@example("zhili spread", "zhili spread 合法性审查", "zhili spread legality-review --json")
@graph_option
@click.option("--limit", type=click.IntRange(0), default=30, show_default=True, help="How many to list; 0 for all.")
@confidence_option
@click.option("--json", "json_", is_flag=True, help="As JSON, with all adopters.")
@click.argument("mechanism", required=False)
def spread(graph: str, limit: int, confidence: float, json_: bool, mechanism: str | None) -> None:
    """Show what is reported by whom.

    Mechanisms and practices: since when, at which level, in which province. MECHANISM is a label or an id of a
    mechanism or practice; with it, the places that report it are listed, each with the sentence.
    """
    from graph.analysis.spread import spread as find_spread
    from graph.opening import open_any
    from graph.telling.spread import tell_reach, tell_spread

    result = find_spread(open_any(graph), mechanism, confidence)
    told = tell_reach(result, limit) if mechanism else tell_spread(result, limit)
    click.echo(as_json(result) if json_ else told, nl=False)
