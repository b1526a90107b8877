"""Folder -> documents, and the files that could not be read."""

import errno
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from pathlib import Path, PurePosixPath

from retrieval.decoding import NotTextError, decode
from retrieval.documents import Document
from retrieval.readers import READERS

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Reason(StrEnum):
    """Why a file could not be read."""

    FORMAT = "its format is not read; save it as .txt or .md"
    BINARY = "it is no text, whatever its name; open it with its program and save it as plain text"
    EMPTY = "it is empty"
    ACCESS = "it cannot be opened"


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read; `detail` is what the system said of it, if anything."""

    source: str
    reason: Reason
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}" + (f" ({self.detail})" if self.detail else "")


class UnreadableError(Exception):
    """A file that is no document we can read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class FolderError(Exception):
    """A documents folder that is not there or cannot be listed."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder held when it was read, both in the order of their names."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def check_folder(folder: Path) -> None:
    """Raise FolderError, which says what to do, when a folder cannot be listed."""
    try:
        os.scandir(folder).close()
    except FileNotFoundError as error:
        raise FolderError(f"The folder {folder} is not there: create it, or name another.") from error
    except NotADirectoryError as error:
        raise FolderError(f"{folder} is no folder: name the one that holds the documents.") from error
    except OSError as error:
        raise FolderError(f"The folder {folder} cannot be read: {error.strerror}.") from error


def read_folder(folder: Path) -> Folder:
    """Read the documents of a folder and of the folders in it.

    Hidden files are passed over, and links that lead out of the folder. A file or an inner folder that
    cannot be read becomes a problem and stops nothing.

    Raises FolderError when the folder itself cannot be read.
    """
    documents: list[Document] = []
    problems: list[Problem] = []

    def refuse(error: OSError) -> None:
        source = _source(Path(error.filename), folder)
        problems.append(Problem(source, Reason.ACCESS, error.strerror or ""))

    check_folder(folder)
    for source, path in sorted((_source(path, folder), path) for path in _files(folder, refuse)):
        try:
            documents.append(read_file(path, source))
        except UnreadableError as error:
            problems.append(error.problem)
    return Folder(tuple(documents), tuple(sorted(problems, key=attrgetter("source"))))


def read_file(path: Path, source: str) -> Document:
    """Read one document, to be known as `source`. Raises UnreadableError, which says why not."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableError(Problem(source, Reason.FORMAT))
    try:
        content = reader(_text(path))
    except OSError as error:
        raise UnreadableError(Problem(source, Reason.ACCESS, error.strerror or "")) from error
    except NotTextError as error:
        raise UnreadableError(Problem(source, Reason.BINARY)) from error
    if not content.paragraphs:
        raise UnreadableError(Problem(source, Reason.EMPTY))
    return Document(source, content.title or PurePosixPath(source).stem, content.text, content.paragraphs)


def _text(path: Path) -> str:
    if not path.is_file():  # to open a pipe would wait for ever
        raise OSError(errno.EINVAL, "not a regular file")
    return "\n".join(decode(path.read_bytes()).text.splitlines())


def _source(path: Path, folder: Path) -> str:
    raw = os.fsencode(path.relative_to(folder).as_posix())
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("gb18030", "replace")  # as archives made on Windows leave it
    return CONTROL.sub("\ufffd", name)  # a line break in it would forge lines of the log


def _files(folder: Path, refuse: Callable[[OSError], None]) -> Iterator[Path]:
    """The files of a folder and of those in it, to any depth; links are followed only to files inside."""
    root = Path(os.path.realpath(folder))
    folders = [folder]
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError as error:
            refuse(error)
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith((".", "~$")):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            # Path.resolve raises an error of its own for a link to itself.
            elif not path.is_dir() and Path(os.path.realpath(path)).is_relative_to(root):
                yield path
