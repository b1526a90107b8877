"""Folder -> documents, and the files that could not be read."""

import errno
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path, PurePosixPath

from retrieval.decoding import NotTextError, decode
from retrieval.documents import Document
from retrieval.problems import Problem, Reason, on_one_line
from retrieval.readers import READERS
from retrieval.vocabulary import NO_WORDS, Vocabulary, is_vocabulary, meant_vocabulary, read_vocabulary

TEST_QUESTIONS = re.compile(r"_.*\.jsonl", re.IGNORECASE)
"""The owner's questions with known answers, kept beside the documents."""


class UnreadableError(Exception):
    """A file that is no document we can read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class FolderError(Exception):
    """A documents folder that is not there or cannot be listed."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder held when it was read: documents in the order of their names, and problems, those of
    whole files before those of lines.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    vocabulary: Vocabulary = NO_WORDS


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
    """Read the documents of a folder and of the folders in it, and the owner's words at its top.

    Hidden files are passed over, and links that lead out of the folder, and `_*.jsonl` at its top: test
    questions. A file or an inner folder that cannot be read becomes a problem and stops nothing; so does a
    line of the owner's words, and a file at the top whose name is nearly that of a list of words.

    Raises FolderError when the folder itself cannot be read.
    """
    documents: list[Document] = []
    words: list[tuple[str, str]] = []
    problems: list[Problem] = []

    def refuse(error: OSError) -> None:
        source = _source(Path(error.filename), folder)
        problems.append(Problem(source, Reason.ACCESS, error.strerror or ""))

    check_folder(folder)
    for source, path in sorted((_source(path, folder), path) for path in _files(folder, refuse)):
        try:
            if is_vocabulary(source):
                words.append((source, _text(path, source)))
            elif is_vocabulary(path.name):
                problems.append(Problem(source, Reason.MISPLACED))
            elif TEST_QUESTIONS.fullmatch(source):
                continue
            elif path.name == source and (meant := meant_vocabulary(source)):
                problems.append(Problem(source, Reason.MISNAMED, meant))
            else:
                documents.append(read_file(path, source))
        except UnreadableError as error:
            problems.append(error.problem)
    vocabulary, bad_lines = read_vocabulary(words)
    problems.sort(key=attrgetter("source"))
    return Folder(tuple(documents), (*problems, *bad_lines), vocabulary)


def read_file(path: Path, source: str) -> Document:
    """Read one document, to be known as `source`. Raises UnreadableError, which says why not."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableError(Problem(source, Reason.FORMAT))
    content = reader(_text(path, source))
    if not content.paragraphs:
        raise UnreadableError(Problem(source, Reason.EMPTY))
    return Document(source, content.title or PurePosixPath(source).stem, content.text, content.paragraphs)


def _text(path: Path, source: str) -> str:
    try:
        return "\n".join(decode(_bytes(path)).text.splitlines())
    except OSError as error:
        raise UnreadableError(Problem(source, Reason.ACCESS, error.strerror or "")) from error
    except NotTextError as error:
        raise UnreadableError(Problem(source, Reason.BINARY)) from error


def _bytes(path: Path) -> bytes:
    if not path.is_file():  # to open a pipe would wait for ever
        raise OSError(errno.EINVAL, "not a regular file")
    return path.read_bytes()


def _source(path: Path, folder: Path) -> str:
    raw = os.fsencode(path.relative_to(folder).as_posix())
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("gb18030", "replace")  # as archives made on Windows leave it
    return on_one_line(name)


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
