"""The commands that ask, compare, draw and write out a graph that has been built; they know nothing of extraction."""

from graph.commands.graphs import check, draw, export, load, query, serve
from graph.commands.mechanisms import adoption, coadoption, diffusion, spread
from graph.commands.numbers import numbers
from graph.commands.passages import passages
from graph.commands.weaknesses import groups, promises, responses, similar

_WEAKNESSES = (similar, groups, responses, promises)
_MECHANISMS = (adoption, spread, diffusion, coadoption)
COMMANDS = (query, *_WEAKNESSES, *_MECHANISMS, numbers, passages, draw, serve, load, check, export)
