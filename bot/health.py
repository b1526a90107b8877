"""The bot as it is -> what a platform is told that asks whether it is alive."""

import json
import logging
import socketserver
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic
from typing import Any

from retrieval.library import Library

PATH = "/healthz"

LONGEST = 120.0
"""Seconds without contact after which something is wrong: a poll takes ten at most."""

PATIENCE = 5.0
"""Seconds for which who has connected may say nothing."""

EVERYWHERE = "0.0.0.0"  # noqa: S104 - platforms ask from outside of the container

log = logging.getLogger(__name__)


class PortError(Exception):
    """A port that cannot be listened on; the message says what to do, in both languages."""


class Contact:
    """When Telegram has answered last. Any thread may touch it and look at it."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Counts from now. `clock` tells seconds."""
        self._clock, self._at = clock, clock()

    def touch(self) -> None:
        """Telegram has answered just now."""
        self._at = self._clock()  # one assignment, which threads see whole or not yet

    @property
    def seconds(self) -> float:
        """Seconds since it has answered, or since the start."""
        return max(0.0, self._clock() - self._at)


class Health:
    """What is said of the bot, whichever thread asks."""

    def __init__(self, contact: Contact, look: Callable[[], Mapping[str, object]]) -> None:
        """`look` says what else there is to know, as JSON takes it."""
        self._contact, self._look = contact, look

    def state(self) -> tuple[HTTPStatus, dict[str, object]]:
        """How it is: OK, or SERVICE_UNAVAILABLE when Telegram has not answered for long."""
        seconds = self._contact.seconds
        is_well = seconds <= LONGEST
        status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
        said = "ok" if is_well else "no contact"
        return status, {"status": said, "telegram_seconds": int(seconds), **self._look()}


def figures(library: Library | None, queue: int, now: float) -> dict[str, object]:
    """What is known of the library, None while it is being read, and of the queue.

    `queue` is how many updates wait, `now` the time in seconds since 1970.
    """
    index = library and library.index
    return {
        "index_seconds": max(0, int(now - library.made)) if library else None,
        "documents": len(index.documents) if index else None,
        "passages": len(index.passages) if index else None,
        "queue": queue,
    }


@contextmanager
def answering(port: int, health: Health, host: str = EVERYWHERE) -> Iterator[int]:
    """Answer /healthz while the context lasts, in threads of its own: also when the event loop hangs.

    Gives the port. Raises PortError where that is taken, or not ours to take.
    """
    try:
        server = _Server((host, port), health)
    except OSError as error:
        raise PortError(
            f"HEALTH_PORT is wrong: port {port} cannot be listened on ({error.strerror}). "
            "Choose another, or leave it empty. 这个端口用不了，请换一个，或者留空。"
        ) from error
    with server:
        Thread(target=server.serve_forever, args=(0.1,), name="health", daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


class _Server(ThreadingHTTPServer):
    """Answers each who asks in a thread that does not keep the process from ending."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_port = False  # or two workers would share it

    def __init__(self, address: tuple[str, int], health: Health) -> None:
        self.health = health
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind, without asking the network for a name, which takes long where there is none."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "chuchu", self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002 - the parent's
        """Say in the log what went wrong; who has asked gets no answer."""
        error = sys.exception()
        if not isinstance(error, ConnectionError):  # who has asked is gone
            log.warning("A question at the health port was not answered", exc_info=error)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version, sys_version = "chuchu", ""
    timeout = PATIENCE

    def do_GET(self) -> None:
        self.wfile.write(self._head())

    def do_HEAD(self) -> None:
        self._head()

    def log_message(self, *_: object) -> None:
        """Say nothing of it: a platform asks every few seconds."""

    def _head(self) -> bytes:
        """Answer, but for the body, which is returned."""
        status, said = self._answer()
        body = json.dumps(said).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", f"{len(body)}")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        return body

    def _answer(self) -> tuple[HTTPStatus, Mapping[str, object]]:
        if self.path.partition("?")[0] == PATH:
            return self.server.health.state()
        return HTTPStatus.NOT_FOUND, {"status": "not found"}
