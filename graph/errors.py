"""What can be wrong on the graph's side; each message says what, where and what to do.

GraphError
├── NotAGraph       a folder that holds no graph, or a graph that cannot be read
├── BadQuery        a SPARQL query that cannot be understood, or no such shipped query
├── UnknownThing    no jurisdiction, mechanism, … of this name in the graph
└── AmbiguousThing  a name that several have; the message lists them
"""

from pathlib import Path


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


def cannot_write(path: Path, error: OSError) -> GraphError:
    """The complaint about a file that the operating system does not let be written."""
    # A folder cannot be made where a file stands; that it exists is not what the user wants to hear.
    reason = "Not a directory" if isinstance(error, FileExistsError) else error.strerror or error
    return GraphError(f"{path}: cannot be written: {reason}; make room or choose another place")
