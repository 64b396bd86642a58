"""The commands that ask, compare, draw and write out a graph that has been built; they know nothing of extraction."""

from graph.commands.analyses import groups, promises, responses, similar, spread
from graph.commands.graphs import check, draw, export, load, query, serve

COMMANDS = (query, similar, groups, responses, promises, spread, draw, serve, load, check, export)
