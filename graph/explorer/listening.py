"""How the server meets those who connect: with patience that ends, and no more of them than it can bear.

uvicorn waits for ever for a request that has begun, and for a reader who does not read. Here a head, a body and each
part of an answer have their time, connections their number; who goes beyond either is answered, where there still is
an answer to give, and let go.
"""

import asyncio
from typing import Any

import h11
from starlette.types import ASGIApp
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS, BODY_SECONDS = 10.0, 30.0
STALLED_SECONDS = 30.0  # in which a reader must have taken something of what waits for it
LARGEST_HEAD = 1 << 16  # bytes, with the address
ANSWERED, CONNECTED = 256, 512  # connections until requests are answered with 503, and until none is taken


def config(app: ASGIApp, **options: Any) -> Config:
    """How uvicorn serves an application of ours; `options` are others of its own."""
    return Config(
        app,
        http=Connection,
        ws="none",
        lifespan="off",
        limit_concurrency=ANSWERED,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        server_header=False,
        access_log=False,
        **options,
    )


class Connection(H11Protocol):
    """One connection; its clock runs while something is owed by the other side."""

    _owed = ""
    _clock: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Takes a connection, or ends it at once where there are too many."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that whatever is not taken is noticed
        if len(self.connections) > CONNECTED:
            transport.abort()
            return
        self._watch("head")

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the clocks."""
        self._watch("")
        self._taken()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes what has come in, and looks at what is still owed."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Goes on to the next request; the rest of a body that nobody wants is let go by, for as long as bodies have."""
        super().on_response_complete()
        self._look()

    def send_400_response(self, msg: str) -> None:
        """Says what is wrong with a request that is none: 431 where it is too large to be looked at."""
        large = len(self.conn.trailing_data[0]) > LARGEST_HEAD
        self._refuse(431 if large else 400, f"the head is larger than {LARGEST_HEAD} bytes" if large else msg)

    def pause_writing(self) -> None:
        """Something has not been taken by the other side."""
        super().pause_writing()
        self._await_reader(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """Everything has been taken."""
        self._taken()
        super().resume_writing()

    def _look(self) -> None:
        if self.transport.is_closing():
            self._watch("")
        elif self.conn.their_state is h11.SEND_BODY:
            self._watch("body")
        elif self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._watch("head")
        else:
            self._watch("")

    def _watch(self, owed: str) -> None:
        """Sets the clock for what is owed; what has been owed before has its clock already."""
        if owed == self._owed:
            return
        if self._clock:
            self._clock.cancel()
        self._owed, self._clock = owed, None
        if owed:
            seconds = HEAD_SECONDS if owed == "head" else BODY_SECONDS
            said = f"the {owed} of the request was not here after {seconds:g} s"
            self._clock = self.loop.call_later(seconds, self._refuse, 408, said)

    def _refuse(self, status: int, said: str) -> None:
        """Answers, unless an answer has begun, and closes."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE) and not self.transport.is_closing():
            headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
            for event in (
                h11.Response(status_code=status, headers=headers),
                h11.Data(data=f"{said}\n".encode()),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _await_reader(self, waiting: int) -> None:
        self._taken()
        self._stall = self.loop.call_later(STALLED_SECONDS, self._look_at_reader, waiting)

    def _look_at_reader(self, before: int) -> None:
        waiting = self.transport.get_write_buffer_size()
        if waiting >= before:
            self.transport.abort()
        else:
            self._await_reader(waiting)

    def _taken(self) -> None:
        if self._stall:
            self._stall.cancel()
            self._stall = None
