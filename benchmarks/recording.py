"""What was measured as a page, with the machine that it was measured on."""

import os
import platform
from collections.abc import Collection, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.measuring import Figure, told

_PACKAGES = ("pyoxigraph", "rdflib", "jieba", "ahocorasick-rs", "lxml", "starlette")
BENCHMARKS = """# Benchmarks

Every figure can be had again on your machine, by the command that stands with it. Ratios compare two pieces of work
that took turns within one run. Reports are generated (`python -m benchmarks.generator`): real places, made-up facts, as
long and as dense as real ones; `--scale` says how many.

{machine}
"""


def record(
    page: Path,
    command: str,
    groups: Sequence[tuple[str, Sequence[Figure]]],
    about: str = BENCHMARKS,
    others: Collection[str] = (),
) -> None:
    """Writes the page with all figures, group by group with the command that gave them, below what it is `about`.

    Groups among `others` that were not measured stay as the page has them; all are in the order that `others` has.
    """
    sections = {name: _section(name, command, figures) for name, figures in groups}
    for name in others:
        if name not in sections and (kept := _kept(page, name)):
            sections[name] = kept
    order = [*others, *sections]
    page.parent.mkdir(parents=True, exist_ok=True)
    head = about.format(machine=_machine())
    page.write_text("\n".join([head, *(sections[name] for name in sorted(sections, key=order.index))]), "utf-8")


def _kept(page: Path, name: str) -> str:
    """The section on a group that a page has already; "" where it has none."""
    text = page.read_text("utf-8") if page.exists() else ""
    head = f"## {name.capitalize()}\n"
    _, there, rest = text.partition(head)
    return f"{head}{rest.partition('## ')[0].rstrip()}\n" if there else ""


def _section(name: str, command: str, figures: Sequence[Figure]) -> str:
    rows = [
        f"| {figure.what} | {told(figure.value, figure.unit)} | {figure.wanted} | {_sign(figure)} | {figure.how} |"
        for figure in figures
    ]
    return "\n".join(
        [
            f"## {name.capitalize()}\n",
            f"`{command}`, {date.today().isoformat()}\n",
            "| what | measured | bound | | how |",
            "| --- | ---: | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _sign(figure: Figure) -> str:
    return "" if figure.bound is None else "kept" if figure.holds else "**missed**"


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    memory = psutil.virtual_memory().total / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    rows = {
        "processor": f"{_processor()}, {cores} cores",
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "packages": packages,
    }
    return "\n".join(["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows.items())])


def _processor() -> str:
    """The processor's name, where the system tells it."""
    told_in = Path("/proc/cpuinfo")
    lines = told_in.read_text().splitlines() if told_in.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
