"""Requests over HTTP -> the stand-in's answers."""

import json
import struct
from concurrent.futures import wait
from contextlib import suppress
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from selectors import EVENT_READ, DefaultSelector
from socket import SHUT_RD, SHUT_RDWR, SO_LINGER, SO_REUSEADDR, SOL_SOCKET, socket
from threading import Event, Thread
from urllib.parse import parse_qsl, urlsplit

from standin_answers import Answer, Ending
from standin_parameters import Upload
from standin_updates import Poll
from standin_values import Message
from standin_wire import Server, token_and_file, token_and_method

HOST = "127.0.0.1"
CLIENT_SILENCE_SECONDS = 75.0  # longer than clients keep connections, or one would close beneath a request
SHUTDOWN_POLL_SECONDS = 0.02
MOST_WAITING_TO_CONNECT = 512
RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # struct linger: on, and no time for what is not sent yet


class Front:
    """A port of this machine where the stand-in answers whenever it is open.

    The port stays its own while it is shut, by a socket that is bound and does not listen: then
    connections are refused, and nobody else gets it.
    """

    def __init__(self, server: Server, port: int = 0) -> None:
        self._server = server
        self._held = socket()
        self._held.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        self._held.bind((HOST, port))
        self._http: _HttpServer | None = None
        self._thread = Thread()

    @property
    def port(self) -> int:
        return int(self._held.getsockname()[1])

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def open(self) -> None:
        self._http = _HttpServer(self._server, self.port)
        self._thread = Thread(target=self._http.serve_forever, args=(SHUTDOWN_POLL_SECONDS,), name="stand-in")
        self._thread.start()

    def shut(self, *, abruptly: bool = False) -> None:
        """Ends waiting polls and every thread. Requests that are being answered get their answers,
        unless it is abruptly."""
        if self._http is None:
            return
        self._http.shutdown()
        self._http.closing.set()
        self._server.wake()
        self._http.hang_up(SHUT_RDWR if abruptly else SHUT_RD)
        self._http.server_close()
        self._thread.join()
        self._http = None

    def close(self) -> None:
        """Shuts it, and gives the port away."""
        self.shut()
        self._held.close()


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for them
    request_queue_size = MOST_WAITING_TO_CONNECT

    def __init__(self, server: Server, port: int) -> None:
        self.stand_in = server
        self.closing = Event()
        self._connections: set[socket] = set()
        super().__init__((HOST, port), _Handler)

    def get_request(self) -> tuple[socket, tuple[str, int]]:
        connection, address = super().get_request()
        self._connections.add(connection)
        return connection, address

    def close_request(self, request: object) -> None:
        assert isinstance(request, socket)
        self._connections.discard(request)
        super().close_request(request)

    def hang_up(self, how: int) -> None:
        """Lets the threads that wait for another request find that none comes."""
        for connection in list(self._connections):
            with suppress(OSError):  # it has just been closed
                connection.shutdown(how)


class _Handler(BaseHTTPRequestHandler):
    """One connection: request by request, until either side closes it."""

    server: _HttpServer
    protocol_version = "HTTP/1.1"
    timeout = CLIENT_SILENCE_SECONDS
    disable_nagle_algorithm = True  # an answer is written in two pieces
    _made: Message | None = None  # by the last request

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            # A connection is reset where the other side closed it before it had read the last answer.
            if self._made is not None:
                self.server.stand_in.unheard(self._made)

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """A test's output is no place for an access log."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(self.server.stand_in.time() if timestamp is None else timestamp)

    def _answer(self) -> None:
        self._made = None
        answer = self._asked()
        if isinstance(answer, Poll):
            answer = self._wait(answer)
        self._made = answer.made
        self.close_connection |= answer.ending is not None
        match answer.ending:
            case None:
                self._write(answer, len(answer.payload))
            case Ending.CUT:
                self._write(answer, len(answer.payload) // 2)
            case Ending.SILENCE:
                self._be_silent(answer.silence)
            case Ending.RESET | Ending.REFUSED:
                self._reset()
            case Ending.CLOSED:
                pass  # what comes next anyhow
        self.close_connection |= self.server.closing.is_set()

    def _write(self, answer: Answer, length: int) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.payload)))
        self.end_headers()
        self.wfile.write(answer.payload[:length])

    def _reset(self) -> None:
        self.connection.setsockopt(SOL_SOCKET, SO_LINGER, RESET_ON_CLOSE)
        self.rfile.close()  # it holds the socket open
        self.connection.close()

    def _be_silent(self, seconds: float) -> None:
        # Either side's closing the connection ends the silence.
        with DefaultSelector() as selector:
            selector.register(self.connection, EVENT_READ)
            selector.select(seconds)

    def _asked(self) -> Answer | Poll:
        address, body = urlsplit(self.path), self._body()
        if file := token_and_file(address.path):
            return self.server.stand_in.download(*file)
        token, method = token_and_method(address.path)
        return self.server.stand_in.answer(token, method, dict(parse_qsl(address.query)) | body)

    def _wait(self, poll: Poll) -> Answer:
        # The server may have begun to close between the question and now; then nobody wakes us.
        if not self.server.closing.is_set():
            wait([poll.woken], timeout=poll.seconds)
        return self.server.stand_in.after(poll)

    def _body(self) -> dict[str, object]:
        length = int(self.headers.get("Content-Length", 0))
        content = self.rfile.read(length)
        if len(content) < length:
            raise ConnectionAbortedError("half a request is none")
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
