"""Arrays and figures <-> a folder, out of which the arrays are memory-mapped.

Each array is a file of its bare items. `contents`, written last, says what there is, so a folder whose
writing was cut short is known for what it is: a line with its own CRC-32, then JSON.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

CONTENTS = "contents"


class DamagedError(Exception):
    """A folder that does not hold what was saved there; the message names it and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Arrays and figures by their names. Arrays that were read stay in their files until they are used."""

    arrays: Mapping[str, Array]
    figures: Mapping[str, float]


def write(folder: Path, stored: Stored, form: str) -> None:
    """Write arrays and figures, and wait until they are on the disk.

    `form` says what they are, and the version.
    The folder is made. Files that it has are taken out and not written over, so who has them open keeps them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONTENTS).unlink(missing_ok=True)
    arrays = {name: _entry(array, _write(folder / name, array)) for name, array in stored.arrays.items()}
    said = json.dumps({"form": form, "arrays": arrays, "figures": dict(stored.figures)}).encode()
    _write(folder / CONTENTS, np.frombuffer(b"%d\n%b" % (crc32(said), said), np.uint8))


def read(folder: Path, form: str) -> Stored:
    """What was written in a form; raises DamagedError where that is not there, or not whole.

    That the contents are as written is checked, and the size of every array, but nothing that would cost more
    the larger the arrays are: see `verify`.
    """
    with _damage_named(folder):
        contents = _contents(folder)
        if contents["form"] != form:
            raise ValueError(f"it is of the form {contents['form']}, not {form}")
        arrays = {name: _mapped(folder / name, entry) for name, entry in contents["arrays"].items()}
        return Stored(arrays, contents["figures"])


def verify(folder: Path) -> None:
    """Read everything; raises DamagedError where a byte is not as it was written."""
    with _damage_named(folder):
        for name, entry in _contents(folder)["arrays"].items():
            if crc32(_mapped(folder / name, entry).data) != entry["crc32"]:
                raise ValueError(f"{name} is damaged")


@contextmanager
def _damage_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise DamagedError(f"{folder}: {error}") from error


def _write(path: Path, array: Array) -> int:
    """Write the items of an array to a new file; returns their CRC-32."""
    path.unlink(missing_ok=True)
    items = np.ascontiguousarray(array)
    with path.open("xb") as file:
        file.write(items.data)
        file.flush()
        os.fsync(file.fileno())
    return crc32(items.data)


def _entry(array: Array, checksum: int) -> dict[str, Any]:
    return {"dtype": array.dtype.str, "shape": array.shape, "crc32": checksum}


def _contents(folder: Path) -> dict[str, Any]:
    checksum, _, said = (folder / CONTENTS).read_bytes().partition(b"\n")
    if checksum != b"%d" % crc32(said):
        raise ValueError(f"{CONTENTS} is damaged")
    contents: dict[str, Any] = json.loads(said)
    return contents


def _mapped(path: Path, entry: Mapping[str, Any]) -> Array:
    dtype, shape = np.dtype(entry["dtype"]), entry["shape"]
    size = dtype.itemsize * int(np.prod(shape))
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size != size:
            raise ValueError(f"{path.name} is damaged")
        # What is empty cannot be mapped.
        items = mmap(file.fileno(), size, access=ACCESS_READ) if size else b""
    return np.frombuffer(items, dtype).reshape(shape)
