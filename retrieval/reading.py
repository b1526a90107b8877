"""Folder -> documents, and the files that could not be read."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from retrieval.decoding import NotTextError, decode
from retrieval.documents import Content, Document
from retrieval.problems import Problem, Reason, on_one_line
from retrieval.readers import READERS
from retrieval.vocabulary import NO_WORDS, Vocabulary, is_vocabulary, meant_vocabulary, read_vocabulary

TEST_QUESTIONS = re.compile(r"_.*\.jsonl", re.IGNORECASE)
"""The owner's questions with known answers, kept beside the documents."""

CACHE_TAG = "CACHEDIR.TAG"
"""What programs put into folders of what can be made again, as this one does where its index is."""


class UnreadableError(Exception):
    """A file that is no document we can read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class FolderError(Exception):
    """A documents folder that is not there or cannot be listed."""


class File(NamedTuple):
    """A file of the folder: what it is known as, which is not always unique, and where it is."""

    source: str
    path: Path


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder, in the order of their sources: `documents`, and the owner's `lists` of words.

    `problems` are those that are neither, and the inner folders that cannot be listed.
    """

    documents: tuple[File, ...]
    lists: tuple[File, ...]
    problems: tuple[Problem, ...]


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


def list_folder(folder: Path) -> Listing:
    """The files of a folder and of the folders in it, and the owner's words at its top.

    Hidden files are passed over, folders that are tagged as caches, links that lead out of the folder, and
    `_*.jsonl` at its top: test questions. An inner folder that cannot be read becomes a problem and stops
    nothing; so does a file at the top whose name is nearly that of a list of words, and a list elsewhere.

    Raises FolderError when the folder itself cannot be read.
    """
    documents: list[File] = []
    lists: list[File] = []
    problems: list[Problem] = []

    def refuse(error: OSError) -> None:
        source = _source(Path(error.filename), folder)
        problems.append(Problem(source, Reason.ACCESS, error.strerror or ""))

    check_folder(folder)
    for source, path in sorted((_source(path, folder), path) for path in _files(folder, refuse)):
        if is_vocabulary(source):
            lists.append(File(source, path))
        elif is_vocabulary(path.name):
            problems.append(Problem(source, Reason.MISPLACED))
        elif TEST_QUESTIONS.fullmatch(source):
            continue
        elif path.name == source and (meant := meant_vocabulary(source)):
            problems.append(Problem(source, Reason.MISNAMED, meant))
        else:
            documents.append(File(source, path))
    return Listing(tuple(documents), tuple(lists), tuple(problems))


def read_folder(folder: Path) -> Folder:
    """Read the documents of a folder as `list_folder` finds them, and the owner's words.

    A file that cannot be read becomes a problem and stops nothing; so does a line of the owner's words.

    Raises FolderError when the folder itself cannot be read.
    """
    listing = list_folder(folder)
    documents: list[Document] = []
    problems = [*listing.problems]
    for file in listing.documents:
        try:
            documents.append(read_file(file))
        except UnreadableError as error:
            problems.append(error.problem)
    vocabulary, of_lists = read_lists(listing.lists)
    return Folder(tuple(documents), in_order([*problems, *of_lists]), vocabulary)


def read_lists(lists: Iterable[File]) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """The owner's words, and the files and lines that say nothing."""
    words: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for file in lists:
        try:
            words.append((file.source, _text(bytes_of(file), file.source)))
        except UnreadableError as error:
            problems.append(error.problem)
    vocabulary, bad_lines = read_vocabulary(words)
    return vocabulary, (*problems, *bad_lines)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Problems of whole files by their names, before those of lines as they are."""
    whole = sorted((problem for problem in problems if problem.line is None), key=attrgetter("source"))
    return (*whole, *(problem for problem in problems if problem.line is not None))


def read_file(file: File) -> Document:
    """Read one document. Raises UnreadableError, which says why not."""
    check_format(file.source)
    content = content_of(bytes_of(file), file.source)
    return Document(file.source, title_of(content, file.source), content.text, content.paragraphs)


def check_format(source: str) -> None:
    """Raise UnreadableError for a file whose format is not read."""
    if PurePosixPath(source).suffix.lower() not in READERS:
        raise UnreadableError(Problem(source, Reason.FORMAT))


def bytes_of(file: File) -> bytes:
    """What a file holds. Raises UnreadableError when it cannot be opened."""
    try:
        if file.path.is_file():  # to open a pipe would wait for ever
            return file.path.read_bytes()
        why = "not a regular file"
    except OSError as error:
        why = error.strerror or ""
    raise UnreadableError(Problem(file.source, Reason.ACCESS, why))


def content_of(written: bytes, source: str) -> Content:
    """What a file's bytes say, read as the ending of its name tells. Raises UnreadableError."""
    content = READERS[PurePosixPath(source).suffix.lower()](_text(written, source))
    if not content.paragraphs:
        raise UnreadableError(Problem(source, Reason.EMPTY))
    return content


def title_of(content: Content, source: str) -> str:
    """The title that a document names, or else the name of its file."""
    return content.title or name_without_ending(source)


def name_without_ending(source: str) -> str:
    """The name of a file as a title."""
    return PurePosixPath(source).stem


def _text(written: bytes, source: str) -> str:
    try:
        return "\n".join(decode(written).text.splitlines())
    except NotTextError as error:
        raise UnreadableError(Problem(source, Reason.BINARY)) from error


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
        inner = folders.pop()
        try:
            entries = list(os.scandir(inner))
        except OSError as error:
            refuse(error)
            continue
        if inner != folder and any(entry.name == CACHE_TAG for entry in entries):
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith((".", "~$")) or entry.name == CACHE_TAG:
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif not entry.is_symlink() or _leads_to_a_file_below(path, root):
                yield path


def _leads_to_a_file_below(link: Path, root: Path) -> bool:
    # Path.resolve raises an error of its own for a link to itself.
    return not link.is_dir() and Path(os.path.realpath(link)).is_relative_to(root)
