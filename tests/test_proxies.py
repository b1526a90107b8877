"""Proxies and certificates that the environment names, as they are in use, and as they are written wrong."""

import socket
from pathlib import Path
from threading import Thread

import pytest
from process import QUESTION, TIMEOUT, Environment, ended, running
from socks import proxy
from standin import StandIn

from bot.clock import Clock
from bot.connection import Connection
from bot.proxies import WrongVariableError

EVERY_NAME = [
    name
    for upper in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
    for name in (upper, upper.lower())
]


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in EVERY_NAME:
        monkeypatch.delenv(name, raising=False)


def connection() -> Connection:
    return Connection(1, Clock(), lambda: None, lambda: None, lambda: False)


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize(
    "address",
    [
        "socks4://127.0.0.1:1080",
        "socks://127.0.0.1:1080",
        "socks5://127.0.0.1:1o8o",
        "http://u:secret@h:port",
        "ftp://h",
        "://",
    ],
)
def test_a_proxy_that_is_not_understood_is_named_without_its_address(
    monkeypatch: pytest.MonkeyPatch, name: str, address: str
) -> None:
    monkeypatch.setenv("NO_PROXY", "localhost")
    monkeypatch.setenv(name, address)
    with pytest.raises(WrongVariableError) as error:
        connection()
    said = str(error.value)
    assert said.startswith(f"{name} is wrong: expected the address of a proxy, such as http://")
    assert said.isprintable()
    assert "secret" not in said


def test_hosts_that_are_not_understood_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:7890")
    monkeypatch.setenv("no_proxy", "[::1]")
    with pytest.raises(WrongVariableError, match=r"^NO_PROXY is wrong: expected hosts"):
        connection()


@pytest.mark.parametrize(
    "address",
    ["", "127.0.0.1:7890", "http://u:p@127.0.0.1:7890", "socks5://127.0.0.1:1", "socks5h://127.0.0.1:1"],
)
def test_what_is_usual_is_understood(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    for name in ("http_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, address)
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.0/8,::1,.example.org")
    connection()


@pytest.mark.parametrize("place", ["nowhere.pem", "no certificate.pem", "."])
def test_certificates_that_cannot_be_read_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
) -> None:
    (tmp_path / "no certificate.pem").write_text("this is none\n")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:7890")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / place))
    with pytest.raises(WrongVariableError, match=r"^SSL_CERT_FILE is wrong: expected the path") as error:
        connection()
    assert str(error.value).isprintable()


def test_a_file_for_keys_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "nowhere" / "keys"))
    with pytest.raises(WrongVariableError, match=r"^SSLKEYLOGFILE is wrong: expected the path"):
        connection()
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    connection()


def test_what_is_wrong_with_something_else_is_not_said_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:7890")
    monkeypatch.setenv("NO_PROXY", "localhost")
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("certifi.where", lambda: str(tmp_path / "nowhere.pem"))
    with pytest.raises(OSError, match="No such file"):
        connection()


# As a process.


def test_questions_are_answered_over_a_socks_proxy(environment: Environment, tmp_path: Path) -> None:
    standin = StandIn()
    alice = standin.person("Alice")
    chat = standin.private(alice)
    with standin.serve() as api, proxy() as (address, reached):
        told = {"BOT_TOKEN": standin.token, "BOT_API_URL": api, "ALL_PROXY": address}
        with running(environment | told, tmp_path):
            standin.say(chat, alice, QUESTION)
            [reply] = standin.wait_for(lambda: standin.replies(chat), TIMEOUT)
        assert "渡船每天早上六点开" in reply.text
        assert {f"http://{host}:{port}" for host, port in reached} == {api}


def test_a_proxy_that_is_not_understood_is_one_line_and_exit_status_2(
    environment: Environment, tmp_path: Path
) -> None:
    told = environment | {"BOT_TOKEN": "123456:TEST", "ALL_PROXY": "socks5://127.0.0.1:1o8o"}
    done = ended(told, tmp_path)
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith("ALL_PROXY is wrong: ")
    checked = ended(told, tmp_path, "--check")
    assert (checked.returncode, checked.stderr) == (2, "")
    assert checked.stdout.splitlines()[-1] == f"✗ {line}"


def test_certificates_that_cannot_be_read_are_one_line_and_exit_status_2(
    environment: Environment, tmp_path: Path
) -> None:
    told = environment | {"BOT_TOKEN": "123456:TEST", "SSL_CERT_FILE": str(tmp_path / "nowhere.pem")}
    done = ended(told, tmp_path)
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith("SSL_CERT_FILE is wrong: ")
    checked = ended(told, tmp_path, "--check")
    assert (checked.returncode, checked.stderr) == (2, "")
    assert checked.stdout.splitlines()[-1] == f"✗ {line}"


def test_a_proxy_that_speaks_another_protocol_is_out_of_reach(
    environment: Environment, tmp_path: Path
) -> None:
    def refuse(listening: socket.socket) -> None:
        with listening.accept()[0] as come:
            come.recv(100)
            come.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=refuse, args=(listening,), daemon=True).start()
        address = f"socks5://127.0.0.1:{listening.getsockname()[1]}"
        told = {"BOT_TOKEN": "123456:TEST", "BOT_API_URL": "http://telegram.invalid", "ALL_PROXY": address}
        done = ended(environment | told, tmp_path, "--check")
    assert (done.returncode, done.stderr) == (2, "")
    assert "✗ Telegram is out of reach at telegram.invalid (ProtocolError: Malformed reply)" in done.stdout
