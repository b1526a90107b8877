"""Text -> lines of a terminal, where a Han character takes two columns."""

import re
from collections.abc import Iterator

from wcwidth import wcwidth

PIECE = re.compile(r"(?:[!-~]+|.)[，。、；：？！）」』”’》】…]*\s*")
"""What stays on one line: a word of ASCII or one character, with the punctuation behind it."""

CUT = "…"
CUT_WIDTH = 2  # columns, as terminals in East Asia show it


def width(line: str) -> int:
    """The columns that one line takes."""
    return sum(map(wcwidth, line))


def one_line(text: str) -> str:
    """The text without line ends, and without what would steer the terminal."""
    blanks = " ".join(text.split())
    return "".join("\ufffd" if wcwidth(character) < 0 else character for character in blanks)


def shorten(text: str, columns: int) -> str:
    """The text on one line, cut where it would be wider than so many columns, at least four."""
    line = one_line(text)
    return line if width(line) <= columns else next(_parts(line, columns - CUT_WIDTH)) + CUT


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines no wider than so many columns, at least two; no line when it is blank."""
    lines = [""]
    for piece in PIECE.findall(one_line(text)):
        for part in _parts(piece, columns):
            if width((lines[-1] + part).rstrip()) > columns:
                lines.append("")
            lines[-1] += part
    return [line.rstrip() for line in lines if line]


def _parts(text: str, columns: int) -> Iterator[str]:
    """The text in parts as wide as fit, wherever that cuts it."""
    start = taken = 0
    for position, character in enumerate(text):
        taken += wcwidth(character)
        if taken > columns:
            yield text[start:position]
            start, taken = position, wcwidth(character)
    yield text[start:]
