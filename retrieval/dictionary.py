"""jieba's dictionary, kept where half of its loading is spared.

Its own copy is not bound to its version, and altered bytes in it would cut texts otherwise, unnoticed.
"""

import contextlib
import marshal
import os
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

from retrieval.lean_jieba import jieba

Dictionary = tuple[dict[str, int], int]
"""The frequencies of words, with 0 for what only begins one, and their sum."""

CHECKSUM = 4
"""Bytes."""


def dictionary(derived: Path) -> Dictionary:
    """The dictionary, out of the folder where it is kept, or else as jieba reads it; then it is kept."""
    try:
        return _kept(place(derived))
    except (OSError, ValueError, EOFError, TypeError):
        made: Dictionary = jieba.Tokenizer.gen_pfdict(jieba.Tokenizer().get_dict_file())
        with contextlib.suppress(OSError):  # then it is made again the next time
            keep(derived, made)
        return made


def place(derived: Path) -> Path:
    """The file in which a folder keeps the dictionary of this version of jieba."""
    return derived / f"jieba-{version('jieba')}.cache"


def keep(derived: Path, made: Dictionary) -> None:
    """Keep a dictionary; it is there at once or not at all. Raises OSError."""
    derived.mkdir(parents=True, exist_ok=True)
    said = marshal.dumps(made)
    beside = derived / f"jieba-{os.getpid()}.new"
    try:
        beside.write_bytes(crc32(said).to_bytes(CHECKSUM, "big") + said)
        beside.replace(place(derived))
    finally:
        beside.unlink(missing_ok=True)


def _kept(path: Path) -> Dictionary:
    kept = memoryview(path.read_bytes())
    said = kept[CHECKSUM:]
    if crc32(said).to_bytes(CHECKSUM, "big") != kept[:CHECKSUM]:
        raise ValueError(f"{path} is not as it was written")
    made: Dictionary = marshal.loads(said)  # noqa: S302 - it was written here
    return made
