"""Requests in process -> the stand-in's answers."""

import asyncio
import math
import re
from collections.abc import Mapping
from typing import IO, Protocol
from urllib.parse import unquote, urlsplit

from standin_answers import Answer, Ending
from standin_parameters import Upload
from standin_updates import Poll
from standin_values import Message
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

FILE_ADDRESS = re.compile(r"/file/bot([^/]+)/(.+)$")


class Server(Protocol):
    """What answers requests; the stand-in, seen from the wire."""

    def answer(self, token: str, method: str, raw: Mapping[str, object]) -> Answer | Poll: ...

    def after(self, poll: Poll) -> Answer: ...

    def download(self, token: str, path: str) -> Answer: ...

    def unheard(self, message: Message) -> None: ...

    def time(self) -> float: ...

    def wake(self) -> None: ...


class StandInRequest(BaseRequest):
    """The transport of a `telegram.Bot` that never leaves the process: give one to `request` and one
    to `get_updates_request`, or the same to both."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        del method  # GET or POST are the same to the Bot API
        patience = float(read_timeout) if isinstance(read_timeout, int | float) else math.inf
        path = urlsplit(url).path
        if file := token_and_file(path):
            return await _arrived(self._server.download(*file), patience)
        token, name = token_and_method(path)
        raw: dict[str, object] = {}
        if request_data is not None:
            raw |= request_data.json_parameters
            raw |= {part: _upload(*file) for part, file in request_data.multipart_data.items()}
        answer = self._server.answer(token, name, raw)
        if isinstance(answer, Poll):
            answer = await self._wait(answer)
        return await _arrived(answer, patience)

    async def _wait(self, poll: Poll) -> Answer:
        woken = asyncio.wrap_future(poll.woken)
        try:
            await asyncio.wait({woken}, timeout=poll.seconds)
        finally:
            woken.cancel()  # or a late update would wake a loop that is closed
        return self._server.after(poll)


async def _arrived(answer: Answer, patience: float) -> tuple[int, bytes]:
    """What arrives of an answer within so many seconds. Raises NetworkError or TimedOut, as the library's
    own transport does."""
    if answer.ending is None:
        return answer.status, answer.payload
    if answer.ending is Ending.SILENCE:
        await asyncio.sleep(min(answer.silence, patience))
        raise TimedOut
    raise NetworkError(f"the connection was {answer.ending.name.lower()}")


def _upload(name: str, content: bytes | IO[bytes], mime_type: str) -> Upload:
    return Upload(name, content if isinstance(content, bytes) else content.read(), mime_type)


def token_and_method(path: str) -> tuple[str, str]:
    """From `/bot<token>/<method>`, whatever stands before it; empty where it is something else."""
    *_, bot, method = ["", "", *unquote(path).split("/")]
    return (bot.removeprefix("bot"), method) if bot.startswith("bot") else ("", "")


def token_and_file(path: str) -> tuple[str, str] | None:
    """From `/file/bot<token>/<path>`, whatever stands before it; None where it is something else."""
    found = FILE_ADDRESS.search(unquote(path))
    return (found[1], found[2]) if found else None
