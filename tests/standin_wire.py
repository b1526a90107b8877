"""Requests in process or over HTTP -> the stand-in's answers."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import IO, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from standin_parameters import Upload
from standin_updates import Poll
from telegram.request import BaseRequest, RequestData

CLIENT_SILENCE_SECONDS = 10.0
SHUTDOWN_POLL_SECONDS = 0.02
FILE_ADDRESS = re.compile(r"/file/bot([^/]+)/(.+)$")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the Bot API: HTTP status and JSON, or a file."""

    status: int
    payload: bytes
    kind: str = "application/json"

    @classmethod
    def to(cls, result: object) -> "Answer":
        return cls(HTTPStatus.OK, json.dumps({"ok": True, "result": result}).encode())

    @classmethod
    def error(cls, code: int, description: str, **parameters: object) -> "Answer":
        body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            body["parameters"] = parameters
        return cls(code, json.dumps(body).encode())

    @classmethod
    def file(cls, content: bytes) -> "Answer":
        return cls(HTTPStatus.OK, content, "application/octet-stream")


class Server(Protocol):
    """What answers requests; the stand-in, seen from the wire."""

    def answer(self, token: str, method: str, raw: Mapping[str, object]) -> Answer | Poll: ...

    def after(self, poll: Poll) -> Answer: ...

    def download(self, token: str, path: str) -> Answer: ...

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
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        del method  # GET or POST are the same to the Bot API
        path = urlsplit(url).path
        if file := _token_and_file(path):
            downloaded = self._server.download(*file)
            return downloaded.status, downloaded.payload
        token, name = _token_and_method(path)
        raw: dict[str, object] = {}
        if request_data is not None:
            raw |= request_data.json_parameters
            raw |= {part: _upload(*file) for part, file in request_data.multipart_data.items()}
        answer = self._server.answer(token, name, raw)
        if isinstance(answer, Poll):
            answer = await self._wait(answer)
        return answer.status, answer.payload

    async def _wait(self, poll: Poll) -> Answer:
        woken = asyncio.wrap_future(poll.woken)
        try:
            await asyncio.wait({woken}, timeout=poll.seconds)
        finally:
            woken.cancel()  # or a late update would wake a loop that is closed
        return self._server.after(poll)


def _upload(name: str, content: bytes | IO[bytes], mime_type: str) -> Upload:
    return Upload(name, content if isinstance(content, bytes) else content.read(), mime_type)


def _token_and_method(path: str) -> tuple[str, str]:
    """From `/bot<token>/<method>`, whatever stands before it; empty where it is something else."""
    *_, bot, method = ["", "", *unquote(path).split("/")]
    return (bot.removeprefix("bot"), method) if bot.startswith("bot") else ("", "")


def _token_and_file(path: str) -> tuple[str, str] | None:
    """From `/file/bot<token>/<path>`, whatever stands before it; None where it is something else."""
    found = FILE_ADDRESS.search(unquote(path))
    return (found[1], found[2]) if found else None


@contextmanager
def serving(server: Server) -> Iterator[str]:
    """Answers over HTTP on a free port of this machine, and gives the address. Leaving the context
    ends waiting polls and every thread."""
    http = _HttpServer(server)
    thread = Thread(target=http.serve_forever, args=(SHUTDOWN_POLL_SECONDS,), name="stand-in")
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}"
    finally:
        http.shutdown()
        http.closing.set()
        server.wake()
        http.server_close()
        thread.join()


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for them

    def __init__(self, server: Server) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stand_in = server
        self.closing = Event()


class _Handler(BaseHTTPRequestHandler):
    server: _HttpServer
    timeout = CLIENT_SILENCE_SECONDS

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """A test's output is no place for an access log."""

    def _answer(self) -> None:
        answer = self._asked()
        if isinstance(answer, Poll):
            answer = self._wait(answer)
        with suppress(ConnectionError):  # the bot may have gone while it waited
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.payload)))
            self.end_headers()
            self.wfile.write(answer.payload)

    def _asked(self) -> Answer | Poll:
        address = urlsplit(self.path)
        if file := _token_and_file(address.path):
            return self.server.stand_in.download(*file)
        token, method = _token_and_method(address.path)
        return self.server.stand_in.answer(token, method, dict(parse_qsl(address.query)) | self._body())

    def _wait(self, poll: Poll) -> Answer:
        # The server may have begun to close between the question and now; then nobody wakes us.
        if not self.server.closing.is_set():
            wait([poll.woken], timeout=poll.seconds)
        return self.server.stand_in.after(poll)

    def _body(self) -> dict[str, object]:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind = self.headers.get_content_type()
        if kind == "multipart/form-data":
            return _multipart(self.headers["Content-Type"], content)
        if kind == "application/json":
            return dict(json.loads(content or b"{}"))
        return dict(parse_qsl(content.decode()))


def _multipart(content_type: str, content: bytes) -> dict[str, object]:
    header = f"Content-Type: {content_type}\r\n\r\n".encode()
    parts: dict[str, object] = {}
    for part in message_from_bytes(header + content, policy=policy.HTTP).iter_parts():
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        file = part.get_filename()
        name = str(part.get_param("name", header="content-disposition"))
        parts[name] = payload.decode() if file is None else Upload(file, payload, part.get_content_type())
    return parts
