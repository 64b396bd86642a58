"""What can be wrong on the graph's side; each message says what, where and what to do.

GraphError
├── NotAGraph       a folder that holds no graph, or a graph that cannot be read
├── BadQuery        a SPARQL query that cannot be understood, or no such shipped query
├── UnknownThing    no jurisdiction, mechanism, … of this name in the graph
└── AmbiguousThing  a name that several have; the message lists them
"""


class GraphError(Exception):
    """Something about a graph or a question to it that the user can mend."""


class NotAGraph(GraphError):
    """A folder that holds no graph, or a graph that cannot be read."""


class BadQuery(GraphError):
    """A SPARQL query that cannot be understood, or no such shipped query."""


class UnknownThing(GraphError):
    """No jurisdiction, mechanism, practice or weakness of this name in the graph."""


class AmbiguousThing(GraphError):
    """A name that several things of the graph have; the message lists them."""
