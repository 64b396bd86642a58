"""A graph folder → a SPARQL server of any make, one named graph after the other (SPARQL 1.1 Graph Store Protocol).

A graph is put as a whole in the place of what the server had of it, so a load may be broken off and begun again. What
has been put where is noted in the graph folder, a line a graph as soon as it is there: the next load of that folder to
that server sends what is new or other than it was, and removes what the folder has no more.
"""

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from graph.disk import replace
from graph.errors import GraphError, cannot_write
from graph.manifest import key_of
from graph.progress import Progress
from graph.store import open_current
from ontology.namespace import VOCABULARY_GRAPH

_TRIPLES = "application/n-triples"
_PATIENCE = 300.0  # seconds for a server to take a graph, or to come up with one
_AGAIN = "run the same command again to go on"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many graphs were sent, how many had been there already, and how many were removed."""

    sent: int
    kept: int
    removed: int


def load(
    folder: Path,
    url: str,
    login: tuple[str, str] | None = None,
    again: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Puts a folder's named graphs on the server whose Graph Store has this URL; `login` is a name and a password.

    With `again` everything is sent, whatever has been noted; `progress` hears of each graph. NotAGraph where the folder holds no graph, GraphError
    where the server does not take one; what has been put until then stays.
    """
    manifest, store = open_current(folder)
    wanted = {each.graph: key_of(*map(str.encode, (key, *each.mirrors))) for key, each in manifest.kept.items()}
    notes = _Notes(folder / f"loaded-{key_of(url.encode())[:12]}.tsv")
    server = _Server(url, login)
    known = notes.read()
    gone = [graph for graph in known if graph not in wanted]
    for graph in gone:
        server.remove(graph)
        notes.add(graph, "")
    # The vocabulary goes first: a server that has none is new, or was emptied.
    anew = again or not server.has(VOCABULARY_GRAPH)
    kept = {} if anew else {graph: key for graph, key in known.items() if wanted.get(graph) == key}
    notes.write(kept)
    fresh = wanted.keys() - kept.keys()
    progress = progress or Progress()
    progress.stage("loading", len(fresh))
    for graph in progress.over(sorted(fresh, key=lambda graph: (graph != VOCABULARY_GRAPH, graph))):
        triples = (line.rsplit(" ", 2)[0] + " .\n" for line in store.quads(graph))
        server.put(graph, "".join(triples).encode())
        notes.add(graph, wanted[graph])
    return Loaded(len(fresh), len(kept), len(gone))


class _Notes:
    """A file with a line for each graph that a server has been sent: its IRI and the key of what was sent."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, str]:
        """Key by graph. The last line of a graph counts, and none that has no end."""
        known: dict[str, str] = {}
        with suppress(FileNotFoundError):
            for line in self._path.read_text(encoding="utf-8").splitlines(keepends=True):
                graph, _, key = line.partition("\t")
                if key.endswith("\n"):
                    known[graph] = key.rstrip("\n")
        return {graph: key for graph, key in known.items() if key}

    def write(self, known: Mapping[str, str]) -> None:
        """Notes these graphs, and no others."""
        replace(self._path, "".join(f"{graph}\t{key}\n" for graph, key in sorted(known.items())).encode())

    def add(self, graph: str, key: str) -> None:
        """Notes one graph more; that it is gone, with an empty key."""
        try:
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(f"{graph}\t{key}\n")
        except OSError as error:
            raise cannot_write(self._path, error) from error


class _Server:
    """A Graph Store, asked by HTTP at its own URL alone: no proxy, no redirect."""

    def __init__(self, url: str, login: tuple[str, str] | None) -> None:
        self._url = url
        auth = _Login(*login) if login else None
        self._client = httpx.Client(timeout=_PATIENCE, trust_env=False, follow_redirects=False, auth=auth)

    def has(self, graph: str) -> bool:
        """Whether the server has a graph with anything in it."""
        with self._answer("GET", graph) as response:
            return response.status_code != httpx.codes.NOT_FOUND and any(map(bytes.strip, response.iter_bytes()))

    def put(self, graph: str, triples: bytes) -> None:
        """Puts triples in the place of what the server has of a graph."""
        with self._answer("PUT", graph, triples) as response:
            if response.status_code == httpx.codes.NOT_FOUND:
                raise self._refused(response)

    def remove(self, graph: str) -> None:
        """Removes a graph, if the server has it."""
        with self._answer("DELETE", graph):
            pass

    @contextmanager
    def _answer(self, method: str, graph: str, content: bytes | None = None) -> Iterator[httpx.Response]:
        """What the server says, where that is that it has done so, or that there is no such graph."""
        headers = {"Accept": _TRIPLES} if content is None else {"Content-Type": _TRIPLES}
        try:
            url = httpx.URL(self._url).copy_merge_params({"graph": graph})
            with self._client.stream(method, url, content=content, headers=headers) as response:
                if not response.is_success and response.status_code != httpx.codes.NOT_FOUND:
                    raise self._refused(response)
                yield response
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise GraphError(f"{self._url}: no server answers there ({error}); check the URL, or start it") from error
        except httpx.TimeoutException as error:
            raise GraphError(f"{self._url}: says nothing for {_PATIENCE:g} s; {_AGAIN}") from error
        except httpx.HTTPError as error:
            raise GraphError(f"{self._url}: the connection broke off ({error}); {_AGAIN}") from error

    def _refused(self, response: httpx.Response) -> GraphError:
        said = next(filter(None, map(str.strip, response.read().decode(errors="replace").splitlines())), "")[:200]
        reason = response.reason_phrase if not said or said.startswith("<") else said  # which is a page's beginning
        status = f"status {response.status_code}: {reason}"
        if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            advice = "give --user, and the password when asked or in ZHILI_PASSWORD, of one who may write"
        elif response.is_server_error and response.status_code != httpx.codes.NOT_IMPLEMENTED:
            advice = f"see the server's log; {_AGAIN}"
        else:
            advice = "check that this is the URL of its Graph Store (docs/servers.md lists some)"
        return GraphError(f"{self._url}: answers with {status}; {advice}")


class _Login(httpx.Auth):
    """A name and a password, given as the server asks for them when first it does."""

    def __init__(self, name: str, password: str) -> None:
        self._login = name, password
        self._scheme: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The requests that it takes to have one answered."""
        if self._scheme is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            asked = response.headers.get("www-authenticate", "").lower()
            self._scheme = (httpx.DigestAuth if "digest" in asked else httpx.BasicAuth)(*self._login)
        yield from self._scheme.auth_flow(request)
