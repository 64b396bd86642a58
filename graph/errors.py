"""What can be wrong on the graph's side; each message says what, where and what to do.

GraphError
├── AtWork          a build or another writer is at work in a folder
├── NotAGraph       a folder that holds no graph, or a graph that cannot be read
├── BadGraph        a graph that cannot be a report's
├── Outdated        a graph that is not in the state that its writer takes it to be in
├── BadQuery        a SPARQL query that cannot be understood, or no such shipped query
└── Misnamed
    ├── UnknownThing    no jurisdiction, mechanism, … of this name in the graph
    └── AmbiguousThing  a name that several have; the message lists them
"""

import re
from collections.abc import Mapping
from pathlib import Path

_LOGIN = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^/@\s]*@", re.IGNORECASE)


def without_login(text: str) -> str:
    """A text with names and passwords taken out of the URLs in it: what is told may stand in a log or on a page."""
    return _LOGIN.sub(r"\1", text)


class GraphError(Exception):
    """Something about a graph or a question to it that the user can mend; it tells no password."""

    def __init__(self, message: str = "") -> None:
        super().__init__(without_login(message))


class AtWork(GraphError):
    """A folder in which a build or another writer is at work."""


class NotAGraph(GraphError):
    """A folder that holds no graph, or a graph that cannot be read."""


class BadGraph(GraphError):
    """A graph that cannot be a report's."""


class Outdated(GraphError):
    """A graph that is not in the state that its writer takes it to be in."""


class BadQuery(GraphError):
    """A SPARQL query that cannot be understood, or no such shipped query."""


class Misnamed(GraphError):
    """A name that does not tell which thing is meant; the message is worded for the command line.

    For who words it anew: `what` was looked for (place, province, weakness; "" where nobody does), the name that was
    `asked` for, and what may be `meant`: what to ask for instead, with how it is shown.
    """

    def __init__(
        self, message: str = "", what: str = "", asked: str = "", meant: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.what, self.asked, self.meant = what, asked, dict(meant or {})


class UnknownThing(Misnamed):
    """No jurisdiction, mechanism, practice or weakness of this name in the graph."""


class AmbiguousThing(Misnamed):
    """A name that several things of the graph have; the message lists them."""


def cannot_write(path: Path, error: OSError) -> GraphError:
    """The complaint about a file that the operating system does not let be written."""
    # A folder cannot be made where a file stands; that it exists is not what the user wants to hear.
    reason = "Not a directory" if isinstance(error, FileExistsError) else error.strerror or error
    return GraphError(f"{path}: cannot be written: {reason}; make room or choose another place")
