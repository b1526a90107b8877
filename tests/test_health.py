"""/healthz, over HTTP."""

import asyncio
import json
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse

import pytest
from clock import Clock

from bot.health import LONGEST, Contact, Health, PortError, answering, figures
from retrieval.library import Library

HOST = "127.0.0.1"


@pytest.fixture
def clock() -> Clock:
    return Clock(1000.0)


@pytest.fixture
def contact(clock: Clock) -> Contact:
    return Contact(clock)


@pytest.fixture
def port(contact: Contact) -> Iterator[int]:
    with answering(0, Health(contact, lambda: {"documents": 9, "queue": 0}), HOST) as port:
        yield port


@contextmanager
def asked(port: int, path: str, method: str = "GET") -> Iterator[HTTPResponse]:
    connection = HTTPConnection(HOST, port, timeout=10)
    connection.request(method, path)
    yield connection.getresponse()
    connection.close()


def test_it_is_ok_while_telegram_answers(port: int, contact: Contact, clock: Clock) -> None:
    clock.now += 500
    contact.touch()
    clock.now += 3.9
    with asked(port, "/healthz") as answer:
        assert answer.status == 200
        assert answer.getheader("Content-Type") == "application/json"
        said = json.loads(answer.read())
    assert said == {"status": "ok", "telegram_seconds": 3, "documents": 9, "queue": 0}


def test_it_is_503_when_telegram_has_been_away_for_two_minutes(
    port: int, contact: Contact, clock: Clock
) -> None:
    clock.now += LONGEST
    with asked(port, "/healthz") as answer:
        assert answer.status == 200
    clock.now += 1
    with asked(port, "/healthz") as answer:
        assert answer.status == 503
        assert json.loads(answer.read())["status"] == "no contact"
    contact.touch()
    with asked(port, "/healthz") as answer:
        assert answer.status == 200


def test_head_is_answered_without_a_body(port: int) -> None:
    with asked(port, "/healthz", "HEAD") as answer:
        assert answer.status == 200
        assert int(answer.getheader("Content-Length") or 0) > 0
        assert answer.read() == b""


def test_a_query_behind_the_path_does_no_harm(port: int) -> None:
    with asked(port, "/healthz?from=platform") as answer:
        assert answer.status == 200


@pytest.mark.parametrize("path", ["/", "/healthz/", "/metrics", "/../healthz"])
def test_nothing_else_is_there(port: int, path: str) -> None:
    with asked(port, path) as answer:
        assert answer.status == 404


def test_nothing_can_be_posted(port: int) -> None:
    with asked(port, "/healthz", "POST") as answer:
        assert answer.status == 501


def test_who_connects_and_says_nothing_holds_up_nobody(port: int) -> None:
    with socket.create_connection((HOST, port)), asked(port, "/healthz") as answer:
        assert answer.status == 200


def test_it_answers_while_the_event_loop_hangs(port: int) -> None:
    async def hang() -> int:
        with asked(port, "/healthz") as answer:
            return answer.status

    assert asyncio.run(hang()) == 200


def test_a_look_that_fails_is_said_in_the_log_and_the_next_is_answered(
    contact: Contact, caplog: pytest.LogCaptureFixture
) -> None:
    looks = iter([lambda: 1 / 0, lambda: 7])
    health = Health(contact, lambda: {"queue": next(looks)()})
    with answering(0, health, HOST) as port:
        with pytest.raises(ConnectionError), asked(port, "/healthz"):
            pass
        with asked(port, "/healthz") as answer:
            assert json.loads(answer.read())["queue"] == 7
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_port_that_is_taken_is_named_in_one_line(port: int, contact: Contact) -> None:
    with pytest.raises(PortError) as error, answering(port, Health(contact, dict), HOST):
        pass
    said = str(error.value)
    assert said.startswith(
        f"HEALTH_PORT is wrong: port {port} cannot be listened on (Address already in use)."
    )
    assert len(said.splitlines()) == 1


def test_the_port_is_free_again_afterwards(contact: Contact) -> None:
    with answering(0, Health(contact, dict), HOST) as port:
        pass
    with answering(port, Health(contact, dict), HOST) as again, asked(again, "/healthz") as answer:
        assert answer.status == 200


def test_what_is_known_of_a_library(sample_library: Library) -> None:
    said = figures(sample_library, 2, sample_library.made + 61.5)
    assert said == {
        "index_seconds": 61,
        "documents": len(sample_library.index.documents),
        "passages": len(sample_library.index.passages),
        "queue": 2,
    }


def test_before_the_library_is_open_nothing_is_known_of_it() -> None:
    assert figures(None, 0, 0) == {"index_seconds": None, "documents": None, "passages": None, "queue": 0}
