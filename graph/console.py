"""How commands speak: data to stdout, progress and complaints to stderr, errors of the project as one line."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from inspect import cleandoc
from typing import Any

import click

from graph.errors import GraphError

# Overwrites the counter of documents, which stands on a line of its own on a terminal.
LINE_START = "\r\033[K" if sys.stderr.isatty() else ""


class Commands(click.Group):
    """Turns the project's errors into one line and exit code 2; with --debug they show where they come from."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GraphError as error:
            if ctx.params["debug"]:
                raise
            complain(str(error))
            ctx.exit(2)
        except BrokenPipeError:
            # The reader of our output has gone (`zhili query … | head`): nothing is wrong.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def example(*lines: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Puts examples at the end of a command's help."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__doc__ = "\n\n".join(
            [cleandoc(function.__doc__ or ""), "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)]
        )
        return function

    return add


def as_json(result: Any) -> str:
    """A result of an analysis, with all that it holds."""
    return json.dumps(asdict(result), ensure_ascii=False, indent=1) + "\n"


def progress(done: int) -> None:
    """Counts documents: in place on a terminal, a line a thousand elsewhere."""
    if LINE_START:
        click.echo(f"{LINE_START}{done} documents", nl=False, err=True)
    elif done % 1000 == 0:
        click.echo(f"{done} documents", err=True)


def complain(message: str) -> None:
    """One line about something that the user can mend."""
    click.echo(f"{LINE_START}zhili: {message}", err=True)
