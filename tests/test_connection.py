"""What comes of requests that go wrong on the wire."""

import asyncio

import pytest
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.clock import Clock
from bot.connection import NO_UPDATES, Connection

BEFORE = "https://telegram/bot/"
CONFLICT = b'{"ok": false, "error_code": 409, "description": "Conflict"}'
UPDATES = b'{"ok": true, "result": [{"update_id": 1}]}'

Came = tuple[int, bytes] | NetworkError


def asked(
    monkeypatch: pytest.MonkeyPatch, method: str, came: Came, *, is_leaving: bool = False
) -> tuple[int, bytes]:
    """What a request comes to that brings something."""

    async def do_request(*_: object, **__: object) -> tuple[int, bytes]:
        if isinstance(came, NetworkError):
            raise came
        return came

    monkeypatch.setattr(HTTPXRequest, "do_request", do_request)
    monkeypatch.setattr("bot.connection.FIRST_PAUSE", 0.0)
    connection = Connection(1, Clock(), lambda: None, lambda: None, lambda: is_leaving)
    return asyncio.run(connection.do_request(BEFORE + method, "POST"))


@pytest.mark.parametrize(
    "came",
    [
        NetworkError("reset"),
        (502, b"<html>Bad Gateway</html>"),
        (404, b"Not Found"),
        (409, CONFLICT),
        (200, b'{"ok": tr'),
        (200, b'{"ok": true, "result": 7}'),
        (429, b'{"ok": false, "description": "Too Many", "parameters": {"retry_after": 0}}'),
    ],
)
def test_a_poll_that_fails_brings_nothing_so_that_nobody_sleeps_who_cannot_be_woken(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, came: Came
) -> None:
    assert asked(monkeypatch, "getUpdates", came) == (200, NO_UPDATES)
    assert "trying again" in caplog.text


def test_a_poll_that_works_brings_what_came(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, "getUpdates", (200, UPDATES)) == (200, UPDATES)


def test_any_other_request_fails_as_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NetworkError):
        asked(monkeypatch, "getMe", NetworkError("reset"))
    assert asked(monkeypatch, "getMe", (409, CONFLICT)) == (409, CONFLICT)


@pytest.mark.parametrize("came", [NetworkError("reset"), (502, b"<html>Bad Gateway</html>"), (200, UPDATES)])
def test_the_last_poll_brings_nothing_whatever_comes_of_it(
    monkeypatch: pytest.MonkeyPatch, came: Came
) -> None:
    assert asked(monkeypatch, "getUpdates", came, is_leaving=True) == (200, NO_UPDATES)
