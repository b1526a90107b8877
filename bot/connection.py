"""Requests -> Telegram, over the network, whatever comes back."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.clock import Clock
from bot.proxies import wrong_certificates, wrong_key_log, wrong_proxy
from bot.tracing import trace

NO_UPDATES = b'{"ok": true, "result": []}'
GET_UPDATES = "/getUpdates"

CONNECTING, READING, WRITING, WAITING = 10.0, 10.0, 20.0, 60.0
"""Seconds in which Telegram is reached, answers, takes what is sent, and has a connection free."""

LEAVING = 2.0
"""Seconds for the last request, which tells Telegram what was taken."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
"""Seconds after a poll that failed, and after many of them; each pause is twice the one before."""

TO_FETCH_FILES = "GET"
"""How python-telegram-bot asks for a file, which may hold anything; all else it posts."""

log = logging.getLogger(__name__)


class StrangerError(NetworkError):
    """Something between here and Telegram has answered, such as a gateway or the login page of a network.

    Whatever its status is, it tells nothing of the token, nor of what was sent.
    """

    def __init__(self) -> None:
        super().__init__("What came back is nothing that Telegram says")


class Connection(HTTPXRequest):
    """What the Application sends, or polls, by.

    python-telegram-bot tries again without a word while it starts, and stops polling without a word when
    the token is revoked: `on_refused` is called then. It also takes what stands between it and Telegram for
    Telegram, whose 401 or 404 would end the worker, and it logs what it cannot parse, which may be
    somebody's words: here that is a StrangerError. After polls that failed it sleeps for up to half a minute,
    though Telegram is back, or the worker was told to stop. So a poll never fails here: it brings nothing,
    after a pause.
    """

    def __init__(
        self,
        connections: int,
        clock: Clock,
        on_contact: Callable[[], None],
        on_refused: Callable[[], None],
        is_leaving: Callable[[], bool],
    ) -> None:
        """`clock` is told Telegram's time, and `on_contact` is called whenever Telegram has answered, and not
        with an error of its own, or that another worker polls; `is_leaving` tells whether a poll is the last.
        Raises WrongVariableError where the environment names a proxy, or certificates, that cannot be
        used.
        """
        try:
            super().__init__(
                connection_pool_size=connections,
                connect_timeout=CONNECTING,
                read_timeout=READING,
                write_timeout=WRITING,
                pool_timeout=WAITING,
                httpx_kwargs={"event_hooks": {"response": [self._heard]}},
            )
        except Exception as error:
            if wrong := wrong_proxy() or wrong_key_log() or wrong_certificates():
                raise wrong from error
            raise
        self._clock, self._on_contact, self._on_refused = clock, on_contact, on_refused
        self._is_leaving = is_leaving
        self._pause, self._is_refused = FIRST_PAUSE, False

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - the parent's
        """Send a request, as the parent does."""
        if not url.endswith(GET_UPDATES):
            return await self._sent(url, *args, **kwargs)
        if self._is_leaving():
            return await self._left(url, *args, **kwargs)
        try:
            status, payload = await self._sent(url, *args, **kwargs)
        except NetworkError:  # the log says so
            return await self._nothing()
        said = self.parse_json_payload(payload)
        updates = said.get("result")
        if status == HTTPStatus.OK and isinstance(updates, list):
            self._pause = FIRST_PAUSE
            return status, _readable(updates, payload)
        log.warning("A poll was refused, trying again: %s", said.get("description"))
        return await self._nothing(_asked(said))

    async def _left(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - the parent's
        """Tell Telegram what was taken; where it does not hear, it sends that again, and the inbox knows."""
        with suppress(NetworkError):  # the log says so
            kwargs |= {"read_timeout": LEAVING, "connect_timeout": LEAVING}
            await self._sent(url, *args, **kwargs)
        return HTTPStatus.OK, NO_UPDATES

    async def _nothing(self, wait: float = 0.0) -> tuple[int, bytes]:
        """No updates, after a pause, which is as long as Telegram asks to wait at least."""
        if not self._is_refused:
            await asyncio.sleep(max(wait, self._pause))
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        return HTTPStatus.OK, NO_UPDATES

    async def _sent(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - the parent's
        try:
            return await super().do_request(url, *args, **kwargs)
        except NetworkError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - as of a proxy that speaks another protocol
            failure = NetworkError(f"{type(error).__name__}: {error}")
        log.warning("Telegram is out of reach, trying again: %s", failure)
        raise failure

    async def _heard(self, response: Any) -> None:  # noqa: ANN401 - httpx is not ours to import
        """Learn from an answer of Telegram's. Raises StrangerError where it is somebody else's."""
        if response.is_success and response.request.method == TO_FETCH_FILES:
            return
        said = self.parse_json_payload(await response.aread())
        if said["ok"] is not response.is_success:
            raise StrangerError
        code = said.get("error_code", HTTPStatus.OK)
        if code == HTTPStatus.UNAUTHORIZED:
            self._is_refused = True
            self._on_refused()
        if code < HTTPStatus.INTERNAL_SERVER_ERROR and code != HTTPStatus.CONFLICT:
            self._on_contact()
        if date := response.headers.get("Date"):
            self._clock.hear(date)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What Telegram says. Raises StrangerError where it is nothing that Telegram would say."""
        try:
            said = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise StrangerError from None
        if not isinstance(said, dict) or not (_is_result(said) or _is_error(said)):
            raise StrangerError
        return said


def _is_result(said: Mapping[str, Any]) -> bool:
    return said.get("ok") is True and "result" in said


def _is_error(said: Mapping[str, Any]) -> bool:
    return said.get("ok") is False and isinstance(said.get("error_code"), int)


def _readable(updates: list[Any], payload: bytes) -> bytes:
    """Updates, those that cannot be read emptied: python-telegram-bot would ask for them for ever."""
    read = [_emptied(update) for update in updates if isinstance(update, Mapping) and "update_id" in update]
    return payload if read == updates else json.dumps({"ok": True, "result": read}).encode()


def _asked(said: Mapping[str, Any]) -> float:
    """The seconds that Telegram asks to wait, if it does."""
    parameters = said.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, Mapping) else None
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def _emptied(update: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        Update.de_json(dict(update), None)
    except Exception as error:  # noqa: BLE001 - whatever it is, it would hold up what comes with this one
        # Not the error itself, which may hold somebody's words.
        log.warning("An update cannot be read and is passed over", extra={"exception": trace(error)})
        return {"update_id": update["update_id"]}
    return update
