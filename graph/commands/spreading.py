"""The command that infers who takes up mechanisms after whom."""

from pathlib import Path

import click

from graph.commands.options import confidence_option, graph_option, outputs
from graph.console import deliver, example

LEVELS = ("province", "prefecture", "county", "township")


@click.command()
@example(
    "zhili diffusion",
    "zhili diffusion --level county --province 浙江省 --plot lines.svg",
    "zhili diffusion --csv > lines.csv",
)
@graph_option
@click.option("--level", type=click.Choice(LEVELS), default=None, help="Among places of this level alone.")
@click.option("--province", default="", help="Among places of this province alone: its name or code of two digits.")
@click.option("--with-mandates", is_flag=True, help="Also what a document asked for and all took up at once.")
@click.option(
    "--samples", type=click.IntRange(19), default=None, help="Chance tables of each kind.  [default: by size]"
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed draws other chance tables.")
@click.option("--limit", type=click.IntRange(0), default=30, show_default=True, help="How many to list; 0 for all.")
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
    json_: bool,
    csv_: bool,
    plot: Path | None,
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
    from graph.analysis.spreading import read_mechanisms, spreading
    from graph.opening import open_any
    from graph.plots.spreading import draw_spreading
    from graph.telling.spreading import rows_of_spreading, tell_spreading

    store = open_any(graph)
    result = spreading(
        read_adoptions(store, confidence),
        read_mechanisms(store),
        read_asked(store),
        level or "",
        province,
        with_mandates,
        samples or 0,
        seed,
    )
    deliver(
        result,
        lambda: tell_spreading(result, limit),
        lambda: rows_of_spreading(result),
        lambda: draw_spreading(result),
        json_,
        csv_,
        plot,
    )
