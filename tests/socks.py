"""A SOCKS5 proxy for tests (RFC 1928): it connects to whatever it is told to, without a password."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_WR, create_connection, socket
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

NO_PASSWORD, CONNECT, A_NAME = 0, 1, 3
LENGTHS = {1: 4, 4: 16}
"""Bytes of an address, of those kinds that are numbers."""


class _Proxy(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        self.reached: list[tuple[str, int]] = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(StreamRequestHandler):
    server: _Proxy

    def handle(self) -> None:
        version, count = self.rfile.read(2)
        assert version == 5
        assert NO_PASSWORD in self.rfile.read(count)
        self.wfile.write(bytes([5, NO_PASSWORD]))
        _, command, _, kind = self.rfile.read(4)
        assert command == CONNECT
        if kind == A_NAME:
            host = self.rfile.read(self.rfile.read(1)[0]).decode()
        else:
            host = ".".join(map(str, self.rfile.read(LENGTHS[kind])))
        [port] = struct.unpack("!H", self.rfile.read(2))
        self.server.reached.append((host, port))
        with suppress(OSError), create_connection((host, port)) as there:
            self.wfile.write(bytes([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
            back = Thread(target=_pass_on, args=(there, self.connection), daemon=True)
            back.start()
            _pass_on(self.connection, there)
            back.join()


def _pass_on(come: socket, go: socket) -> None:
    with suppress(OSError):
        while said := come.recv(65536):
            go.sendall(said)
        go.shutdown(SHUT_WR)


@contextmanager
def proxy() -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The address of a proxy, while the context lasts, and the hosts and ports that it was asked for."""
    with _Proxy() as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"socks5://127.0.0.1:{server.server_address[1]}", server.reached
        server.shutdown()
