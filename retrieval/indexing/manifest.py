"""Manifest: what the files of a folder were when they were indexed."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self
from zlib import crc32

from retrieval.listing import File
from retrieval.problems import Problem, Reason
from retrieval.reading import in_order
from retrieval.vocabulary import Vocabulary

COARSE, FINE = 2_000_000_000, 100_000_000
"""Nanoseconds within which a file may be written twice without a new time, on a disk that counts in seconds
and on others."""

SECOND = 1_000_000_000

ASKEW = 60 * SECOND
"""How far the clock of a disk elsewhere may be ahead."""


class DamagedManifestError(Exception):
    """A manifest that is not as it was written."""


@dataclass(frozen=True, slots=True)
class State:
    """What tells a changed file without reading it: bytes, and nanoseconds since 1970."""

    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> Self | None:
        """The state of a file, None when it cannot be told."""
        try:
            found = path.stat()
        except OSError:
            return None
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns)

    def is_settled(self, now: int) -> bool:
        """Whether a change after the time `now` would show."""
        window = COARSE if self.modified % SECOND == 0 else FINE
        # A file out of an archive from another time zone keeps a time to come until it is written.
        modified = self.modified if self.modified < now + ASKEW else self.changed
        return now - max(modified, self.changed) > window


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was indexed.

    `state` is None when the file has to be read again. It is the document of a number, or one of the owner's
    lists of words, or has a problem; or is a document and has one. `content` tells its bytes apart, as far as
    they were looked at.
    """

    state: State | None
    content: str
    document: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """Files by their paths below the folder, and what else an index says of it.

    `made_by` tells the code and the words that cut the documents. Problems are those `listed` with the folder
    and those `of_lists` of words, beside those of files; `example` is a question that the documents answer.
    `seal` tells the other files of the snapshot that it is the manifest of. Documents were `cut_with` the
    lines that recurred in most then; these are `recurring` now that they all are there. It was `made` so many
    seconds after 1970 began.
    """

    made_by: str
    files: Mapping[str, Entry]
    listed: tuple[Problem, ...]
    of_lists: tuple[Problem, ...]
    vocabulary: Vocabulary
    example: str | None = None
    seal: int = 0
    cut_with: tuple[int, ...] = ()
    recurring: tuple[int, ...] = ()
    made: float = 0.0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems: of whole files by their names, then of lines."""
        of_files = (entry.problem for entry in self.files.values() if entry.problem)
        return in_order([*self.listed, *of_files, *self.of_lists])


def name_of(file: File, folder: Path) -> str:
    """What a file is called in a manifest; unlike its source, no other file has it."""
    return file.path.relative_to(folder).as_posix()


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest to a file, which changes at once or not at all."""
    said = json.dumps(manifest, default=_plain).encode()
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(b"%08x\n%b" % (crc32(said), said))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _plain(value: Any) -> object:  # noqa: ANN401 - what JSON does not know
    if isinstance(value, frozenset):
        return sorted(value)  # it has no order
    return {field.name: getattr(value, field.name) for field in fields(value)}


def read_manifest(path: Path) -> Manifest:
    """Raises DamagedManifestError, and OSError."""
    checksum, _, said = path.read_bytes().partition(b"\n")
    if checksum != b"%08x" % crc32(said):
        raise DamagedManifestError(f"{path} is not as it was written")
    try:
        return _manifest(json.loads(said))
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedManifestError(f"{path} is of another version") from error


def _manifest(stored: dict[str, Any]) -> Manifest:
    return Manifest(
        stored["made_by"],
        {name: _entry(**entry) for name, entry in stored["files"].items()},
        _problems(stored["listed"]),
        _problems(stored["of_lists"]),
        _vocabulary(**stored["vocabulary"]),
        stored["example"],
        stored["seal"],
        tuple(stored["cut_with"]),
        tuple(stored["recurring"]),
        stored["made"],
    )


def _entry(
    state: dict[str, int] | None, content: str, document: int | None, problem: dict[str, Any] | None
) -> Entry:
    return Entry(
        State(**state) if state else None, content, document, _problem(**problem) if problem else None
    )


def _problems(stored: Iterable[dict[str, Any]]) -> tuple[Problem, ...]:
    return tuple(_problem(**problem) for problem in stored)


def _problem(source: str, reason: str, detail: str, line: int | None) -> Problem:
    return Problem(source, Reason(reason), detail, line)


def _vocabulary(terms: list[str], stopwords: list[str], synonyms: list[list[str]]) -> Vocabulary:
    return Vocabulary(tuple(terms), frozenset(stopwords), tuple(tuple(group) for group in synonyms))
