"""What comes of requests over HTTP, whoever answers them."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from clock import Clock as Local
from telegram.error import Conflict, InvalidToken, NetworkError

from bot.clock import Clock
from bot.connection import NO_UPDATES, Connection, StrangerError

UPDATES = b'{"ok": true, "result": [{"update_id": 1}]}'
PAGE = b"<html>Please log in</html>"
THEN, NOW = "Tue, 14 Nov 2023 23:13:20 GMT", 1_700_003_600.0


def error(code: int, description: str = "No", **parameters: object) -> tuple[int, bytes]:
    """An answer of Telegram's."""
    said = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return code, json.dumps(said).encode()


CONFLICT, UNAUTHORIZED, NOT_FOUND = error(409, "Conflict"), error(401), error(404, "Not Found")
STRANGERS = [
    *[(status, PAGE) for status in (200, 302, 400, 401, 403, 404, 409, 413, 429, 502, 511)],
    (200, b""),
    (200, b'{"ok": tr'),
    (200, b"[" * 100_000),
    (200, b"7"),
    (200, b'{"ok": true}'),
    (200, UNAUTHORIZED[1]),
    (200, b'{"status": "login required"}'),
    (401, b'{"error": "unauthorized"}'),
    (401, b'{"ok": false}'),
    (404, b'{"ok": true, "result": true}'),
]


class Gateway(HTTPServer):
    """Answers every request in the same way."""

    status, body, date = 200, b"", THEN


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response_only(self.server.status)
        self.send_header("Date", self.server.date)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST  # noqa: N815 - the parent's

    def log_message(self, *_: object) -> None:
        """Say nothing of it."""


@contextmanager
def between(status: int, body: bytes, date: str = THEN) -> Iterator[str]:
    """The address of what answers in this way."""
    with Gateway(("127.0.0.1", 0), _Handler) as gateway:
        gateway.status, gateway.body, gateway.date = status, body, date
        Thread(target=gateway.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{gateway.server_port}/bot0:token/"
        gateway.shutdown()


@dataclass(slots=True)
class Wire:
    """A connection, and what it made known."""

    is_leaving: bool = False
    contacts: int = 0
    refusals: int = 0
    clock: Clock = field(default_factory=lambda: Clock(Local(1.0)))

    def touch(self) -> None:
        self.contacts += 1

    def refuse(self) -> None:
        self.refusals += 1

    def asked(self, address: str, http: str = "POST") -> tuple[int, bytes]:
        """What a request comes to."""

        async def ask() -> tuple[int, bytes]:
            connection = Connection(1, self.clock, self.touch, self.refuse, lambda: self.is_leaving)
            try:
                return await connection.do_request(address, http)
            finally:
                await connection.shutdown()

        return asyncio.run(ask())

    def posted(self, address: str) -> object:
        """What python-telegram-bot makes of a request."""

        async def post() -> object:
            connection = Connection(1, self.clock, self.touch, self.refuse, lambda: self.is_leaving)
            try:
                return await connection.post(address)
            finally:
                await connection.shutdown()

        return asyncio.run(post())


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    monkeypatch.setattr("bot.connection.FIRST_PAUSE", 0.0)
    monkeypatch.setenv("no_proxy", "*")
    return Wire()


@pytest.mark.parametrize(
    ("status", "body"),
    [*STRANGERS, CONFLICT, NOT_FOUND, error(429, retry_after=0), (200, b'{"ok": true, "result": 7}')],
)
def test_a_poll_that_fails_brings_nothing_so_that_nobody_sleeps_who_cannot_be_woken(
    wire: Wire, caplog: pytest.LogCaptureFixture, status: int, body: bytes
) -> None:
    with between(status, body) as address:
        assert wire.asked(address + "getUpdates") == (200, NO_UPDATES)
    assert "trying again" in caplog.text
    assert not wire.refusals


def test_a_poll_that_nobody_answers_brings_nothing(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    with between(200, UPDATES) as address:
        pass
    assert wire.asked(address + "getUpdates") == (200, NO_UPDATES)
    assert "trying again" in caplog.text


def test_a_poll_that_works_brings_what_came(wire: Wire) -> None:
    with between(200, UPDATES) as address:
        assert wire.asked(address + "getUpdates") == (200, UPDATES)


@pytest.mark.parametrize(("status", "body"), [(502, PAGE), UNAUTHORIZED, (200, UPDATES)])
def test_the_last_poll_brings_nothing_whatever_comes_of_it(wire: Wire, status: int, body: bytes) -> None:
    wire.is_leaving = True
    with between(status, body) as address:
        assert wire.asked(address + "getUpdates") == (200, NO_UPDATES)


def test_any_other_request_fails_as_it_does(wire: Wire) -> None:
    with between(*CONFLICT) as address:
        assert wire.asked(address + "getMe") == CONFLICT
        with pytest.raises(Conflict):
            wire.posted(address + "getMe")
    with pytest.raises(NetworkError):
        wire.asked(address + "getMe")


@pytest.mark.parametrize(("status", "body"), STRANGERS)
def test_what_telegram_does_not_say_is_asked_again_and_tells_nothing_of_telegram(
    wire: Wire, status: int, body: bytes
) -> None:
    before = wire.clock()
    with between(status, body) as address, pytest.raises(StrangerError):
        wire.posted(address + "sendMessage")
    assert (wire.refusals, wire.contacts, wire.clock()) == (0, 0, before)


def test_telegram_itself_refuses_a_token(wire: Wire) -> None:
    with between(*UNAUTHORIZED) as address, pytest.raises(InvalidToken):
        wire.posted(address + "getMe")
    assert wire.refusals == 1
    with between(*NOT_FOUND) as address, pytest.raises(InvalidToken):  # it was never one
        wire.posted(address + "getMe")


@pytest.mark.parametrize(
    ("status", "body", "contacts"),
    [(200, UPDATES, 1), (*error(400), 1), (*error(429, retry_after=0), 1), (*CONFLICT, 0), (*error(500), 0)],
)
def test_contact_is_an_answer_of_telegram_s_by_which_it_can_be_worked(
    wire: Wire, status: int, body: bytes, contacts: int
) -> None:
    with between(status, body) as address:
        wire.asked(address + "getMe")
    assert wire.contacts == contacts


def test_the_time_is_telegram_s_unless_that_cannot_be_read(wire: Wire) -> None:
    with between(200, UPDATES) as address:
        wire.asked(address + "getUpdates")
    assert wire.clock() == NOW
    with between(200, UPDATES, "2023-11-15 23:13:20") as address:
        assert wire.asked(address + "getUpdates") == (200, UPDATES)
    assert wire.clock() == NOW


def test_a_file_is_what_it_is(wire: Wire) -> None:
    with between(200, PAGE) as address:
        assert wire.asked(address + "documents/file_1.html", "GET") == (200, PAGE)
    assert not wire.contacts
    with between(404, PAGE) as address, pytest.raises(StrangerError):
        wire.asked(address + "documents/file_1.html", "GET")
