"""The commands about mechanisms: who has them, how they spread, which go together."""

from functools import partial

import click

from graph.commands.options import confidence_option, graph_option, level_option, limit_option, outputs, province_option
from graph.console import Form, example


@click.command()
@example(
    "zhili adoption",
    "zhili adoption 合法性审查 --level county",
    "zhili adoption --place 永嘉县三江街道",
    "zhili adoption 合法性审查 --csv --plot states.svg",
)
@graph_option
@click.option("--place", help="What one place states, year by year: a name or a division code.")
@level_option
@province_option
@click.option("--year", type=int, help="The year that is counted; unless given, that of the most reports.")
@limit_option
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
    form: Form,
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
        form.deliver(told, partial(tell_stances, limit=limit), stance_rows, draw_stances)
        return
    found = adopted(open_any(graph), mechanism, level or "", province, year, confidence)
    form.deliver(found, partial(tell_adopted, limit=limit), adopted_rows, draw_adopted)


@click.command()
@example(
    "zhili spread",
    "zhili spread 合法性审查",
    "zhili spread legality-review --plot reach.svg",
    "zhili spread --csv > spread.csv",
)
@graph_option
@limit_option
@confidence_option
@outputs
@click.argument("mechanism", required=False)
def spread(graph: str, limit: int, confidence: float, form: Form, mechanism: str | None) -> None:
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
    form.deliver(result, partial(tell, limit=limit), spread_rows, draw_spread)


@click.command()
@example(
    "zhili diffusion",
    "zhili diffusion --level county --province 浙江省 --plot lines.svg",
    "zhili diffusion --csv > lines.csv",
)
@graph_option
@level_option
@province_option
@click.option("--with-mandates", is_flag=True, help="Also what a document asked for and all took up at once.")
@click.option(
    "--samples", type=click.IntRange(19), default=None, help="Chance tables of each kind.  [default: by size]"
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Another seed draws other chance tables."
)
@limit_option
@confidence_option
@outputs
def diffusion(
    graph: str,
    level: str | None,
    province: str,
    with_mandates: bool,
    samples: int | None,
    seed: int,
    limit: int,
    confidence: float,
    form: Form,
) -> None:
    """Infer who takes up mechanisms after whom.

    A network of spread between places, from the order in which all mechanisms are first reported (NetInf,
    Gomez-Rodriguez, Leskovec & Krause 2010). Each line and each figure is tested against chance tables that keep each
    place's pace and each mechanism's years (curveball), also within provinces and within levels. What a document from
    above asked for, and most provinces took up at once, is told apart and left out.

    With too little data it says so, and draws no line.
    """
    from graph.analysis.adoption import read_adoptions
    from graph.analysis.mandates import read_asked
    from graph.analysis.spreading import spreading
    from graph.naming import mechanism_labels
    from graph.opening import open_any
    from graph.plots.spreading import draw_spreading
    from graph.telling.spreading import rows_of_spreading, tell_spreading

    store = open_any(graph)
    result = spreading(
        read_adoptions(store, confidence),
        mechanism_labels(store),
        read_asked(store),
        level or "",
        province,
        with_mandates,
        samples or 0,
        seed,
    )
    form.deliver(result, partial(tell_spreading, limit=limit), rows_of_spreading, draw_spreading)


@click.command()
@example("zhili coadoption --plot groups.svg", "zhili coadoption 雁峰区", "zhili coadoption 430406 --csv > lacks.csv")
@graph_option
@limit_option
@outputs
@click.argument("place", required=False)
def coadoption(graph: str, limit: int, form: Form, place: str | None) -> None:
    """Tell what goes together.

    The pairs of mechanisms that more places practise together than by chance, the groups that these make, and what joins
    the groups. With PLACE, a name or a division code: what the places most like it practise and it does not, told apart
    as admitted as lacking, planned, or not mentioned. Only findings that are sure count, as in the explorer.
    """
    from graph.analysis.adoption import read_adoptions
    from graph.analysis.coadoption import Latest, holders
    from graph.analysis.coadoption import coadoption as find_groups
    from graph.naming import find_place, mechanism_labels
    from graph.opening import open_any
    from graph.plots import coadoption as plots
    from graph.telling import coadoption as telling

    store = open_any(graph)
    names = mechanism_labels(store)
    table = read_adoptions(store, confidence=1.0)
    if place:
        seat = find_place(table.places, place)
        lacks = Latest(table, list(names)).lacks(table.places.index(seat))
        form.deliver(
            lacks,
            partial(telling.tell_lacks, names=names, limit=limit),
            partial(telling.rows_of_lacks, names=names),
            partial(plots.shares, names=names),
        )
        return
    form.deliver(
        find_groups(holders(table, list(names))),
        partial(telling.tell_coadoption, names=names, limit=limit),
        partial(telling.rows_of_pairs, names=names),
        partial(plots.groups, names=names),
    )
