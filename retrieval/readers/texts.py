"""Bytes -> text, in lines as Python knows them."""

from dataclasses import dataclass
from pathlib import Path

from retrieval.decoding import NotTextError, decode
from retrieval.documents import Encoding
from retrieval.opening import opened
from retrieval.problems import Reason, UnreadableError

MOST_LINES = 2_000_000
"""Each line takes some hundred bytes of memory, if there is nothing in it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and how its bytes were read."""

    text: str
    encoding: Encoding


def text_of(path: Path, most: int) -> Text:
    """What a file says that is a text of at most so many bytes. Raises UnreadableError."""
    with opened(path, most) as file:
        return decoded(file.read())


def decoded(written: bytes) -> Text:
    """What some bytes say. Raises UnreadableError where they are no text, or one of too many lines."""
    lines = max(written.count(b"\n"), written.count(b"\r"))
    if lines > MOST_LINES:
        raise UnreadableError(Reason.SIZE, f"{lines:,} lines, at most {MOST_LINES:,}")
    try:
        found = decode(written)
    except NotTextError as error:
        raise UnreadableError(Reason.BINARY) from error
    encoding = Encoding(found.encoding, found.confidence, found.replaced)
    return Text("\n".join(found.text.splitlines()), encoding)
