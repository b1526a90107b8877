"""Values <-> a file of JSON, one value a line, out of which each is read when it is asked for."""

import json
import mmap
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, overload
from zlib import crc32

import numpy as np
import numpy.typing as npt

Bounds = npt.NDArray[np.uint64]

Value = TypeVar("Value")

CHECKSUM = 9
"""Bytes in front of each value: eight hexadecimal digits and a blank."""


class DamagedRecordError(Exception):
    """A file, or a line of it, that is not as it was written."""


class Records(Sequence[Value]):
    """The values of a file, by their numbers. Its pages are read when they are looked at."""

    def __init__(self, path: Path, bounds: Bounds, value: Callable[[int, Any], Value]) -> None:
        """Map the file; `bounds` says where each line begins, and where the last one ends.

        `value` makes a value of its number and of what JSON holds.
        Raises OSError, and DamagedRecordError when the size of the file is another.
        """
        self._bounds, self._made = bounds, value
        size = int(bounds[-1])
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != size:
                raise DamagedRecordError(f"{path}: its size is not what it was")
            # What is empty cannot be mapped.
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""

    def __len__(self) -> int:
        return len(self._bounds) - 1

    @overload
    def __getitem__(self, number: int) -> Value: ...
    @overload
    def __getitem__(self, number: slice) -> list[Value]: ...
    def __getitem__(self, number: int | slice) -> Value | list[Value]:
        numbers = range(len(self))[number]
        return [self._value(n) for n in numbers] if isinstance(numbers, range) else self._value(numbers)

    def __iter__(self) -> Iterator[Value]:
        return map(self._value, range(len(self)))

    def lines(self, first: int, end: int) -> tuple[bytes, Bounds]:
        """The lines of the values from `first` to before `end`, as in the file, and the size of each."""
        bounds = self._bounds[first : end + 1]
        return self._lines[int(bounds[0]) : int(bounds[-1])], np.diff(bounds)

    def _value(self, number: int) -> Value:
        start, end = self._bounds[number : number + 2].tolist()
        line = self._lines[start:end]
        if line[:CHECKSUM] != _checksum(line[CHECKSUM:]):
            raise DamagedRecordError(f"value {number} is not as it was written")
        return self._made(number, json.loads(line[CHECKSUM:].decode("utf-8", "surrogatepass")))


class RecordWriter:
    """Writes values to a file, one after the other."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._sizes: list[Bounds] = []

    def close(self) -> None:
        """Wait until everything is on the disk; to close twice is no error."""
        if not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def write(self, lines: bytes, sizes: Bounds) -> None:
        """Write lines as `lines_of` and `Records.lines` give them."""
        self._file.write(lines)
        self._sizes.append(sizes)

    @property
    def bounds(self) -> Bounds:
        """Where each line begins, and where the last one ends."""
        sizes = np.concatenate([np.zeros(1, np.uint64), *self._sizes])
        return np.cumsum(sizes, dtype=np.uint64)


def lines_of(values: Sequence[Any]) -> tuple[bytes, Bounds]:
    """Values as the lines of a file, and the size of each."""
    lines = [_line(value) for value in values]
    return b"".join(lines), np.fromiter(map(len, lines), np.uint64, len(lines))


def _line(value: Any) -> bytes:  # noqa: ANN401
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    written = text.encode("utf-8", "surrogatepass")
    return _checksum(written) + written


def _checksum(written: bytes) -> bytes:
    return b"%08x " % crc32(written)
