"""Stream -> what it can show."""

import os
from typing import TextIO

ERASED = "\r\033[K"
"""What leaves a line of a terminal as if nothing had been written."""

USUAL = 80
MOST = 100
"""Columns; a longer line is hard to read."""


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person watches; the stream is None where it was closed before the start."""
    return stream is not None and stream.isatty()


def columns(stream: TextIO | None) -> int:
    """How wide lines may be."""
    if stream is None or not stream.isatty():
        return USUAL
    return min(os.get_terminal_size(stream.fileno()).columns or USUAL, MOST)
