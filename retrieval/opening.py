"""Path -> a file that is open, and what tells its bytes apart."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from retrieval.problems import Reason, UnreadableError

BLOCK = 1 << 20
"""Bytes that are hashed at once."""


@contextmanager
def opened(path: Path, most: int) -> Iterator[BinaryIO]:
    """A file to read from. Raises UnreadableError where there is none, or one of more than `most` bytes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # to open a pipe would wait for a writer
    except OSError as error:
        raise UnreadableError(Reason.ACCESS, error.strerror or "") from error
    status = os.fstat(descriptor)
    if not S_ISREG(status.st_mode):
        os.close(descriptor)
        raise UnreadableError(Reason.ACCESS, "not a regular file")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > most:
            raise UnreadableError(Reason.SIZE, f"{megabytes(status.st_size)}, at most {megabytes(most)}")
        try:
            yield file
        except OSError as error:
            raise UnreadableError(Reason.ACCESS, error.strerror or "") from error


def digest(path: Path, most: int) -> str:
    """What tells a file's bytes from others. Raises UnreadableError as `opened` does."""
    found = blake2b(digest_size=16)
    with opened(path, most) as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def megabytes(size: int) -> str:
    """A size as people read it."""
    return f"{size / (1 << 20):,.0f} MB"
