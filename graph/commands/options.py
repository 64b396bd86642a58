"""The options that commands share."""

from collections.abc import Callable
from functools import wraps
from math import isnan
from pathlib import Path
from typing import Any

import click

from graph.console import STDOUT, Form
from ontology.divisions import LEVELS

HOME = Path("build/graph")


class Within(click.FloatRange):
    """A number within bounds; nan is not, though it is neither below the one nor above the other."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number that is given; click.BadParameter where it is none, or beyond the bounds."""
        number: float = super().convert(value, param, ctx)
        if isnan(number):
            self.fail(f"{number} is not in the range {self._describe_range()}.", param, ctx)
        return number


graph_option = click.option(
    "-g",
    "--graph",
    type=click.Path(),
    default=str(HOME),
    envvar="ZHILI_GRAPH",
    show_default=True,
    help="The graph folder, or the URL of a SPARQL 1.1 endpoint; also from ZHILI_GRAPH.",
)
confidence_option = click.option(
    "--confidence",
    type=Within(0, 1),
    default=0.0,
    help="Leave out findings of which the rules are less sure than this (0 to 1; most are sure, 1).",
)
level_option = click.option(
    "--level",
    type=click.Choice([*LEVELS.values()]),
    help="Only places of this level.",
)
province_option = click.option("--province", default="", help="Only places in this province, by name or code.")

limit_option = click.option(
    "--limit", type=click.IntRange(0), default=30, show_default=True, help="How many to list; 0 for all."
)


def _svg(ctx: click.Context, param: click.Parameter, path: Path | None) -> Path | None:
    """Where a picture goes: a name that tells SVG, stdout, or a pipe or device, which has no say in what comes."""
    if path is None or path == STDOUT or path.suffix.lower() == ".svg" or (path.exists() and not path.is_file()):
        return path
    raise click.BadParameter(f"{path}: pictures are SVG; give a name that ends in .svg", ctx, param)


_OUTPUTS = (
    click.option("--json", "json_", is_flag=True, help="As JSON, with all that was found."),
    click.option("--csv", "csv_", is_flag=True, help="As CSV, a row each."),
    click.option(
        "--plot",
        type=click.Path(path_type=Path, dir_okay=False),
        callback=_svg,
        help="Also draw it, as SVG, into this file.",
    ),
)


def outputs(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of an analysis's command that say in which form its result comes: together they are its `form`."""

    @wraps(function)
    def command(*, json_: bool, csv_: bool, plot: Path | None, **rest: Any) -> Any:
        return function(form=Form(json_, csv_, plot), **rest)

    for option in reversed(_OUTPUTS):
        command = option(command)
    return command
