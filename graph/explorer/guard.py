"""Who may ask the server what: the door before all pages, and the headers on every answer.

A server on this machine alone is no secret to a browser on it: any page of the web can send it requests, and, by a
name of its own that it lets mean 127.0.0.1 (DNS rebinding), could read the answers. So a request must name the server
by a name that it is known by, and one that another site's page makes is refused unless a reader follows a link.
"""

import hmac
import ipaddress
import os
import re
import stat
import sys
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import GraphError

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[\w-]+(?:\.[\w-]+)*)\.?(?::\d{0,5})?", re.ASCII)
_LARGEST = 1 << 16  # bytes of an address, and of all headers
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{32,}=*")  # as RFC 6750 writes it
_LARGEST_TOKEN = 1 << 12
_VARIABLE = "ZHILI_TOKEN"
_HERE = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Access:
    """By which `hosts` the server may be called, any where that is None, and whether pages of other sites may ask
    /sparql (`shared`)."""

    hosts: frozenset[str] | None = frozenset(_HERE)
    shared: bool = False


def access_at(host: str, names: Iterable[str] = (), shared: bool = False) -> Access:
    """The access to a server that listens at a host and is called by these names, too.

    Where it listens for others and no name is given, it cannot know what it is called.
    """
    written = f"[{host}]" if ":" in host else host
    known = [name.lower() for name in names]
    if not known and not _is_here(host):
        return Access(None, shared)
    return Access(frozenset([*_HERE, written.lower(), *known]), shared)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Token:
    """The secret of who may write; it is shown nowhere."""

    def __init__(self, secret: str) -> None:
        """GraphError where it is too short to be one, or could not be sent."""
        if len(secret) > _LARGEST_TOKEN or not _TOKEN.fullmatch(secret):
            raise GraphError(
                "the token is none: 32 or more of letters, digits and ._~+/- in one line; `openssl rand -hex 32` makes one"
            )
        self._secret = secret.encode()

    def is_in(self, headers: Headers) -> bool:
        """Whether a request brings it, in a time that does not tell how much of it was right."""
        given = headers.getlist("authorization")
        scheme, _, secret = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        return hmac.compare_digest(secret.strip().encode(), self._secret) and scheme.lower() == "bearer"


def read_token(file: Path | None, environment: MutableMapping[str, str]) -> Token | None:
    """The token in a file that nobody else can read, or in ZHILI_TOKEN, which no process that is started inherits.

    None where neither is given. GraphError where both are, or where it is none.
    """
    given = environment.pop(_VARIABLE, "")
    if file and given:
        raise GraphError(f"the token comes from {file} and from {_VARIABLE}; give one of them")
    if not file:
        return Token(given) if given else None
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            if not stat.S_ISREG(mode) or (sys.platform != "win32" and mode & 0o077):
                raise GraphError(f"{file}: others can read the token; chmod 600 {file}")
            return Token(opened.read(2 * _LARGEST_TOKEN).decode(errors="replace").strip())
    except OSError as error:
        raise GraphError(f"{file}: cannot be read: {error.strerror}") from error


class Guard:
    """The door before an application: refuses who may not ask, and adds the headers that an answer has not itself."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                more = [
                    (name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in given
                ]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send_with)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if len(scope["raw_path"]) + len(scope["query_string"]) > _LARGEST:
            return PlainTextResponse(f"414: the address is longer than {_LARGEST} bytes; send a query by POST\n", 414)
        if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > _LARGEST:
            return PlainTextResponse(f"431: the headers are larger than {_LARGEST} bytes\n", 431)
        hosts = headers.getlist("host")
        found = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if not found:
            return PlainTextResponse("400: the request must name one host\n", 400)
        if self._access.hosts is not None and found["name"].lower() not in self._access.hosts:
            return PlainTextResponse(f"421: {found['name']} is no name of this server; --allow-host lets it be\n", 421)
        if _of_another_site(headers, scope["method"]) and not (self._access.shared and scope["path"] == "/sparql"):
            return PlainTextResponse("403: a page of another site may lead here, but not ask\n", 403)
        return None


def _of_another_site(headers: Headers, method: str) -> bool:
    """Whether a page of another site makes the request, other than by a link that is followed.

    Browsers say so (Fetch Metadata); those of before 2023 say where a POST comes from alone.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        led = headers.get("sec-fetch-mode") == "navigate" and method in ("GET", "HEAD")
        return site not in ("same-origin", "none") and not led
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")
