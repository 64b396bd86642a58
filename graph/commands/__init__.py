"""The commands that ask, compare, draw and write out a graph that has been built; they know nothing of extraction."""

from graph.commands.analyses import similar, spread
from graph.commands.graphs import check, draw, export, load, query, serve
from graph.commands.spreading import diffusion

COMMANDS = (query, similar, spread, diffusion, draw, serve, load, check, export)
