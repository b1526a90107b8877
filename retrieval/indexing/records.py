"""Values <-> a file of JSON, one value a line, out of which each is read when it is asked for.

Where the lines begin, and the CRC-32 of each, is kept elsewhere, so that no line of another file is taken for
one of this.
"""

import json
import mmap
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeVar, overload
from zlib import crc32

import numpy as np
import numpy.typing as npt

Bounds = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]

Value = TypeVar("Value")


class DamagedRecordError(Exception):
    """A file, or a line of it, that is not as it was written."""


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Values as lines of a file: their bytes, and of each line its size and CRC-32."""

    written: bytes
    sizes: Numbers
    checksums: Numbers

    @classmethod
    def of(cls, values: Sequence[Any]) -> Self:
        """Values, as JSON has them, written down."""
        lines = [_line(value) for value in values]
        sizes, checksums = (np.fromiter(map(each, lines), np.uint32, len(lines)) for each in (len, crc32))
        return cls(b"".join(lines), sizes, checksums)

    def __len__(self) -> int:
        return len(self.sizes)

    def __iter__(self) -> Iterator[Any]:
        """The values, read as they are asked for."""
        start = 0
        for size in self.sizes.tolist():
            yield _value(self.written[start : start + size])
            start += size


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where each line of a file begins, and where the last one ends; and the CRC-32 of each."""

    bounds: Bounds
    checksums: Numbers


class Records(Sequence[Value]):
    """The values of a file, by their numbers. Its pages are read when they are looked at.

    A value that is not as it was written is never given: whoever asks for it gets DamagedRecordError.
    """

    def __init__(
        self, path: Path, layout: Layout, value: Callable[[int, Any], Value], damaged: Callable[[], None]
    ) -> None:
        """Map the file. `value` makes a value of its number and of what JSON holds; `damaged` hears of it.

        Raises OSError, and DamagedRecordError when the size of the file is another.
        """
        self._path, self._layout, self._made, self._damaged = path, layout, value, damaged
        size = int(layout.bounds[-1])
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != size:
                raise DamagedRecordError(f"{path}: its size is not what it was")
            # What is empty cannot be mapped.
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""

    def __len__(self) -> int:
        return len(self._layout.checksums)

    @overload
    def __getitem__(self, number: int) -> Value: ...
    @overload
    def __getitem__(self, number: slice) -> list[Value]: ...
    def __getitem__(self, number: int | slice) -> Value | list[Value]:
        numbers = range(len(self))[number]
        return [self._value(n) for n in numbers] if isinstance(numbers, range) else self._value(numbers)

    def __iter__(self) -> Iterator[Value]:
        return map(self._value, range(len(self)))

    def lines(self, first: int, end: int) -> Lines:
        """The lines of the values from `first` to before `end`, as they are in the file, unchecked."""
        bounds = self._layout.bounds[first : end + 1]
        written = self._lines[int(bounds[0]) : int(bounds[-1])]
        return Lines(written, np.diff(bounds).astype(np.uint32), self._layout.checksums[first:end])

    def _value(self, number: int) -> Value:
        start, end = self._layout.bounds[number : number + 2].tolist()
        line = self._lines[start:end]
        if crc32(line) != self._layout.checksums[number]:
            self._damaged()
            raise DamagedRecordError(f"{self._path}: line {number + 1} is not as it was written")
        return self._made(number, _value(line))


class RecordWriter:
    """Writes values to a file, one after the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sizes: list[Numbers] = []
        self._checksums: list[Numbers] = []

    def write(self, lines: Lines) -> None:
        """Put lines behind the others."""
        self._file.write(lines.written)
        self._sizes.append(lines.sizes)
        self._checksums.append(lines.checksums)

    @property
    def layout(self) -> Layout:
        """Where the lines are."""
        sizes = np.concatenate([np.zeros(1, np.uint32), *self._sizes])
        checksums = np.concatenate([np.empty(0, np.uint32), *self._checksums])
        return Layout(np.cumsum(sizes, dtype=np.uint64), checksums)


@contextmanager
def closed_whole(path: Path) -> Iterator[BinaryIO]:
    """A new file to write to, which is closed when everything is on the disk."""
    with path.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _value(line: bytes) -> Any:  # noqa: ANN401 - what JSON can hold
    return json.loads(line.decode("utf-8", "surrogatepass"))


def _line(value: Any) -> bytes:  # noqa: ANN401 - what JSON can hold
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    return text.encode("utf-8", "surrogatepass")
