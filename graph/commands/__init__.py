"""The commands that ask, compare, draw and write out a graph that has been built; they know nothing of extraction."""

from graph.commands.analyses import similar, spread
from graph.commands.graphs import check, draw, export, load, query, serve

COMMANDS = (query, similar, spread, draw, serve, load, check, export)
