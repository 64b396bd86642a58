"""The command that tells what goes together, and what places like one have that it does not."""

from pathlib import Path

import click

from graph.commands.options import graph_option, outputs
from graph.console import deliver, example


@click.command()
@example("zhili coadoption --plot groups.svg", "zhili coadoption 雁峰区", "zhili coadoption 430406 --csv > lacks.csv")
@graph_option
@click.option("--limit", type=click.IntRange(0), default=30, show_default=True, help="How many to list; 0 for all.")
@outputs
@click.argument("place", required=False)
def coadoption(graph: str, limit: int, json_: bool, csv_: bool, plot: Path | None, place: str | None) -> None:
    """Tell what goes together.

    The pairs of mechanisms that more places practise together than by chance, the groups that these make, and what joins
    the groups. With PLACE, a name or a division code: what the places most like it practise and it does not, told apart
    as admitted as lacking, planned, or not mentioned. Only findings that are sure count, as in the explorer.
    """
    from graph.analysis.adoption import read_adoptions
    from graph.analysis.coadoption import Latest, holders
    from graph.analysis.coadoption import coadoption as find_groups
    from graph.naming import find_place
    from graph.opening import open_any
    from graph.overviews import read_mechanisms
    from graph.plots import coadoption as plots
    from graph.telling import coadoption as telling

    store = open_any(graph)
    areas, both = read_mechanisms(store)
    names = {iri: zh for iri, (zh, _) in both.items()}
    table = read_adoptions(store, confidence=1.0)
    if place:
        seat = find_place(table.places, place)
        lacks = Latest(table, list(areas)).lacks(table.places.index(seat))
        deliver(
            lacks,
            lambda: telling.tell_lacks(lacks, names, limit),
            lambda: telling.rows_of_lacks(lacks, names),
            lambda: plots.shares(lacks, names),
            json_,
            csv_,
            plot,
        )
        return
    found = find_groups(holders(table, list(areas)))
    deliver(
        found,
        lambda: telling.tell_coadoption(found, names, limit),
        lambda: telling.rows_of_pairs(found, names),
        lambda: plots.groups(found, names),
        json_,
        csv_,
        plot,
    )
