"""The commands that ask, compare, draw and write out a graph that has been built; they know nothing of extraction."""

from graph.commands.analyses import adoption, similar, spread
from graph.commands.coadoption import coadoption
from graph.commands.graphs import check, draw, export, load, query, serve
from graph.commands.numbers import numbers
from graph.commands.passages import passages
from graph.commands.spreading import diffusion

COMMANDS = (
    query,
    similar,
    adoption,
    spread,
    diffusion,
    numbers,
    coadoption,
    passages,
    draw,
    serve,
    load,
    check,
    export,
)
