"""The log: an event is a line, and the token is in none."""

import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import InvalidToken, NetworkError

from bot.logs import formatter, start_log
from retrieval.verdicts import Verdict

SECRET = "AAExample-Of_a_Secret"  # noqa: S105 - it opens nothing
TOKEN = f"123456789:{SECRET}"

secrets = st.text("ABCXYZabcxyz0189_-", min_size=8, max_size=35)


class Terminal(StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


@contextmanager
def logged(level: str, stream: StringIO | None = None) -> Iterator[StringIO]:
    """Start the log; what it writes. What start_log changes is put back."""
    stream = stream or StringIO()
    root, httpx = logging.getLogger(), logging.getLogger("httpx")
    handlers, levels = root.handlers[:], (root.level, httpx.level)
    root.handlers.clear()  # or those of pytest would be closed
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stderr", stream)
        patch.setattr("sys.excepthook", sys.excepthook)
        patch.setattr("threading.excepthook", threading.excepthook)
        start_log(level, TOKEN)
        yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    httpx.setLevel(levels[1])


def raised(error: Exception) -> Exception:
    """An error with its traceback."""
    try:
        raise error
    except type(error) as caught:
        return caught


def events(stream: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def record(said: str, error: BaseException | None = None, **fields: object) -> logging.LogRecord:
    exc_info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("bot", logging.INFO, "", 1, said, (), exc_info)
    made.__dict__.update(fields)
    return made


def test_an_event_is_a_line_of_json_with_its_fields() -> None:
    with logged("INFO") as stream:
        logging.getLogger("bot.handlers.asking").info(
            "answered", extra={"verdict": Verdict.FOUND, "hits": 3, "ms": 12}
        )
        [event] = events(stream)
        assert event.pop("timestamp").endswith("Z")
        assert event == {
            "event": "answered",
            "level": "info",
            "logger": "bot.handlers.asking",
            "verdict": "found",
            "hits": 3,
            "ms": 12,
        }


def test_on_a_terminal_an_event_is_words() -> None:
    with logged("INFO", Terminal()) as stream:
        logging.getLogger("bot").info("answered", extra={"verdict": Verdict.FOUND, "hits": 3})
        [line] = stream.getvalue().splitlines()
        assert "answered" in line
        assert "verdict=found hits=3" in line
        assert "{" not in line


def test_a_traceback_stands_in_the_line_of_its_event() -> None:
    with logged("INFO") as stream:
        logging.getLogger("bot").error("That failed", exc_info=raised(ValueError("渡船")))
        [event] = events(stream)
        assert event["event"] == "That failed"
        assert event["exception"].endswith("ValueError: 渡船")
        assert "渡船" in stream.getvalue()  # it can be searched for as it is


def test_what_others_warn_of_is_an_event_too() -> None:
    with logged("INFO") as stream:
        warnings.showwarning("this is old", DeprecationWarning, "old.py", 1)
        [event] = events(stream)
        assert "this is old" in event["event"]


@given(secrets, st.data())
def test_the_secret_is_in_no_line_however_its_characters_are_written(
    secret: str, data: st.DataObject
) -> None:
    written = "".join(
        data.draw(st.sampled_from([each, f"%{ord(each):02X}", f"%{ord(each):02x}", f"%25{ord(each):02X}"]))
        for each in secret
    )
    said = f"POST https://api.telegram.org/bot1:{written}/getMe"
    for is_terminal in (True, False):
        line = formatter(secret, is_terminal=is_terminal).format(record(said, OSError(said), url=said))
        assert written not in line
        assert secret not in line
        assert line.count("***") == 3


def test_without_a_secret_nothing_is_blotted_out() -> None:
    line = formatter("", is_terminal=False).format(record("渡口"))
    assert json.loads(line)["event"] == "渡口"


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_an_escaped_address_with_the_token_is_blotted_out_at_every_level(level: str) -> None:
    with logged(level) as stream:
        log = logging.getLogger("telegram.ext")
        log.error("%s", quote(f"/bot{TOKEN}/getMe", safe=""))
        log.error("It failed", exc_info=NetworkError(f"no {TOKEN}"))
        assert "getMe" in stream.getvalue()
        assert SECRET not in stream.getvalue()


@given(st.text(st.characters(), max_size=40))
def test_whatever_is_said_is_one_line_that_says_it(said: str) -> None:
    line = formatter(SECRET, is_terminal=False).format(record(said, field=said))
    assert len(line.splitlines()) == 1
    read = json.loads(line)
    assert read["event"] == read["field"] == said
    line.encode()  # no lone surrogate


@given(st.text(st.characters(), max_size=40))
def test_nothing_commands_the_terminal_that_it_is_written_to(said: str) -> None:
    line = formatter(SECRET, is_terminal=True).format(record(said, field=said))
    assert all(character.isprintable() or character.isspace() for character in line if character < "\u0100")
    assert not {*"\x1b\u202e\u2066\u2028"} & {*line}


def test_a_record_that_no_line_can_be_made_of_does_not_show_what_it_holds() -> None:
    with logged("INFO") as stream:
        logging.getLogger("bot").info("%d questions", TOKEN)
        [event] = events(stream)
        assert event["event"] == "No line of the log can be made here: TypeError"


def test_a_stream_that_takes_nothing_fails_nobody() -> None:
    with logged("INFO") as stream:
        stream.close()
        logging.getLogger("bot").info("answered")


def test_httpx_is_quiet_but_for_debug() -> None:
    with logged("INFO") as stream:
        logging.getLogger("httpx").info("POST https://api.telegram.org")
        assert stream.getvalue() == ""


def test_what_telegram_does_is_one_line_and_what_is_our_fault_keeps_its_trace() -> None:
    with logged("INFO") as stream:
        log = logging.getLogger("telegram.ext.Updater")
        for error in (NetworkError("Bad Gateway"), InvalidToken("refused"), ZeroDivisionError("ours")):
            log.error("Exception happened while polling", exc_info=raised(error))
        away, ours = events(stream)
        assert away["event"] == "Exception happened while polling (Bad Gateway)"
        assert "exception" not in away
        assert "Traceback" in ours["exception"]


@pytest.mark.parametrize("where", ["process", "thread"])
def test_what_ends_all_is_an_event_without_the_token(where: str) -> None:
    fails = f"raise ValueError('{TOKEN}')"
    ends = fails if where == "process" else f"t = threading.Thread(target=exec, args=({fails!r},)); t.start()"
    code = f"import threading; from bot.logs import start_log; start_log('INFO', '{TOKEN}'); {ends}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
        timeout=60,
    )
    [event] = [json.loads(line) for line in done.stderr.splitlines()]
    assert event["event"].endswith("ends because of an error")
    assert "ValueError: 123456789:***" in event["exception"]
    assert done.returncode == (1 if where == "process" else 0)
