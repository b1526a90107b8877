"""What a stream can show."""

import fcntl
import io
import os
import pty
import struct
import termios
from collections.abc import Iterator
from typing import TextIO

import pytest

from retrieval.command_line.screens import columns, is_terminal


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    """Return a terminal to write to."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "wb"), os.fdopen(theirs, "w", encoding="utf-8") as stream:
        yield stream


@pytest.mark.parametrize(("wide", "expected"), [(60, 60), (100, 100), (240, 100), (0, 80)])
def test_lines_are_as_wide_as_the_terminal_and_never_too_wide_to_read(
    terminal: TextIO, wide: int, expected: int
) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, wide, 0, 0))
    assert is_terminal(terminal)
    assert columns(terminal) == expected


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_where_nobody_watches_lines_are_as_wide_as_usual(stream: TextIO | None) -> None:
    assert not is_terminal(stream)
    assert columns(stream) == 80
