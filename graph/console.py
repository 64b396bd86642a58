"""How commands speak: data to stdout, progress and complaints to stderr, errors of the project as one line."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Any, TypeVar

import click

from graph.disk import replace
from graph.errors import GraphError, cannot_write
from graph.manifest import read_manifest
from graph.progress import Progress
from graph.tables import counted

# Overwrites the counter of documents, which stands on a line of its own on a terminal.
LINE_START = "\r\033[K" if sys.stderr.isatty() else ""
STDOUT = Path("-")

T = TypeVar("T")


class Commands(click.Group):
    """Turns what a user can mend into one line and exit code 2; with --debug errors show where they come from."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        # What a terminal's encoding lacks is told by its code; in a file that would be another text.
        if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.isatty() and sys.stdout.errors == "strict":
            sys.stdout.reconfigure(errors="backslashreplace")
        with _misuse_told():
            return super().make_context(info_name, args, parent, **extra)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant, and its arguments, of which none is empty.

        An empty one mostly is a variable of the shell that is not set; as a path it would be the current folder, as a
        host all of them.
        """
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None and not ctx.resilient_parsing:
            own = click.Context(command, info_name=name, parent=ctx)
            given, _, order = command.make_parser(own).parse_args(list(rest))
            for param in order:
                value = given.get(param.name or "")
                if value == "" or (isinstance(value, list | tuple) and "" in value):
                    raise click.BadParameter("empty", own, param)
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _misuse_told():
                return super().invoke(ctx)
        except BrokenPipeError:
            # The reader of our output has gone (`zhili query … | head`): nothing is wrong.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except UnicodeEncodeError as error:
            if ctx.params["debug"]:
                raise
            sign = error.object[error.start]
            complain(f"{sign!a} cannot be written in {error.encoding}, the encoding of the output; set PYTHONUTF8=1")
            ctx.exit(2)
        except (GraphError, OSError) as error:
            if ctx.params["debug"]:
                raise
            complain(_say(error) if isinstance(error, OSError) else str(error))
            ctx.exit(2)
        except KeyboardInterrupt:
            if ctx.params["debug"]:
                raise
            again = "; run the same command again to go on" if ctx.invoked_subcommand in ("build", "load") else ""
            complain(f"stopped{again}")
            ctx.exit(130)


@contextmanager
def _misuse_told() -> Iterator[None]:
    """A wrong option or argument is told in one line, like everything else that a user can mend."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        command = " ".join(["zhili", *(error.ctx.command_path.split()[1:] if error.ctx else [])])
        complain(f"{error.format_message().rstrip('.')}; `{command} --help` tells more")
        raise click.exceptions.Exit(2) from error


def _say(error: OSError) -> str:
    where = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
    return f"{where}{error.strerror or error}; check the path, its permissions and the room on the disk"


def write_output(path: Path, data: bytes) -> None:
    """Writes what a command makes: to stdout for `-`; a regular file in one step, behind a link where it is one.

    What is neither a file nor missing (a pipe, a device) is written to and never replaced. GraphError where it
    cannot be written.
    """
    try:
        if path == STDOUT:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        elif path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:
                file.write(data)
        else:
            replace(Path(os.path.realpath(path)) if path.is_symlink() else path, data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write(path, error) from error


def tell_written(path: Path) -> None:
    """Says that a file is there; of stdout its reader need not be told."""
    if path != STDOUT:
        click.echo(f"{path}: written", err=True)


def as_typed(message: str, typed: Mapping[str, list[str]]) -> str:
    """A complaint about a document with its name as the user gave it; the graph's is another from other folders."""
    ends = [colon.start() for colon in re.finditer(": ", message)]
    end = next((end for end in ends if message[:end] in typed), 0)
    return " or ".join(typed[message[:end]]) + message[end:] if end else message


def tell_unsettled(folder: Path, home: Path) -> None:
    """Says of how many reports the place is not settled, and how to see them; `home` is where a query looks unasked."""
    number = sum("/unresolved/" in kept.graph for kept in read_manifest(folder).kept.values())
    if number:
        where = "" if folder == home else f" -g {shlex.quote(str(folder))}"
        see = f"zhili query{where} unresolved-reports"
        click.echo(f"{folder}: {counted(number, 'report')} with an unsettled place: {see}", err=True)


def example(*lines: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Puts examples at the end of a command's help."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__doc__ = "\n\n".join(
            [cleandoc(function.__doc__ or ""), "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)]
        )
        return function

    return add


@dataclass(frozen=True, slots=True)
class Form:
    """In which form a result is asked for: as text for a reader, as JSON or as CSV, and with a picture into a file."""

    json: bool = False
    csv: bool = False
    plot: Path | None = None

    @property
    def whole(self) -> bool:
        """Whether all of the result is asked for, and not what a reader has room for."""
        return self.json or self.csv

    def deliver(
        self,
        result: T,
        tell: Callable[[T], str],
        rows: Callable[[T], Iterable[Sequence[object]]],
        draw: Callable[[T], bytes],
    ) -> None:
        """Writes a result; the first row names the columns. click.UsageError where two forms are asked for."""
        if self.json and self.csv:
            raise click.UsageError("--json and --csv are two forms of one thing; give one of them")
        if self.csv:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerows(rows(result))
        else:
            click.echo(as_json(result) if self.json else tell(result), nl=False)
        if self.plot is not None:
            write_output(self.plot, draw(result))
            tell_written(self.plot)


def as_json(result: Any) -> str:
    """A result of an analysis, with all that it holds."""
    return json.dumps(asdict(result), ensure_ascii=False, indent=1) + "\n"


class Meter(Progress):
    """Shows a job's stages on stderr: how much is done, how fast and, where the total is known, how long it takes yet.

    On a terminal that is a bar, which goes when the stage ends; elsewhere a line now and then, and none for what is
    done before the first is due. What has no steps is only named.
    """

    def __init__(self, interval: float = 30) -> None:
        """`interval` is seconds between two lines: a log of a night's build stays short enough to read."""
        self._interval, self._began = interval, time.monotonic()
        self._bar: Any = None

    def stage(self, name: str, total: int | None = None) -> None:
        """Another stage has begun, of so many steps where that is known."""
        if sys.stderr.isatty():
            self._show_bar(desc=name, total=total)
        else:
            interval = self._interval
            self._show(desc=name, total=total, ncols=0, file=_Lines(), miniters=1, mininterval=interval, delay=interval)

    def wait(self, what: str) -> None:
        """Something that may take long has begun, and has no steps to count."""
        self.close()
        if sys.stderr.isatty():
            self._show_bar(desc=f"{what} …", bar_format="{desc}")
        elif time.monotonic() - self._began >= self._interval:
            click.echo(f"{what} …", err=True)

    def _show_bar(self, **options: Any) -> None:
        columns, rows = shutil.get_terminal_size()  # which does without where the terminal does not say
        self._show(ncols=columns, nrows=rows, leave=False, **options)

    def _show(self, **options: Any) -> None:
        from tqdm import tqdm

        self.close()
        self._bar = tqdm(unit="", **options)

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the stage are done."""
        if self._bar is not None:
            self._bar.update(steps)

    def close(self) -> None:
        """The last stage has ended."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class _Lines(io.TextIOBase):
    """A file that has lines of what would overwrite itself on a terminal."""

    def write(self, text: str) -> int:
        if shown := text.strip():
            click.echo(shown, err=True)
        return len(text)


def complain(message: str) -> None:
    """Tells of something that the user can mend; of several lines each that is not set in stands for itself."""
    lines = (line if line.startswith(" ") else f"zhili: {line}" for line in message.split("\n"))
    click.echo(LINE_START + "\n".join(lines), err=True)
