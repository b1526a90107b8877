"""Folder -> how each of its files is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from retrieval.documents import Content, Encoding
from retrieval.limits import IN_GENERAL, Limits
from retrieval.listing import File, list_folder
from retrieval.names import ending
from retrieval.passages import split
from retrieval.problems import Problem, UnreadableError
from retrieval.reading import Reader, contained, damage_of, document_of, read_lists


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of a file: its title, how many passages answer, and how many lines of it are boilerplate.

    `encoding` is None where the format says how the bytes are to be read.
    """

    title: str
    encoding: Encoding | None
    passages: int
    boilerplate: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A file: its format, what was made of it, unless it could not be read, in how many seconds, and what is
    wrong with it.
    """

    source: str
    format: str
    read: Read | None
    seconds: float
    problem: Problem | None


def check(folder: Path, limits: Limits = IN_GENERAL) -> Iterator[Checked | Problem]:
    """The documents of a folder in the order of their names, each when it was read, then the other problems.

    Raises FolderError.
    """
    listing = list_folder(folder)
    with Reader(limits) as reader:
        for file in listing.documents:
            yield _checked(file, reader)
    yield from listing.problems
    _, of_lists = read_lists(listing.lists, limits)
    yield from of_lists


def _checked(file: File, reader: Reader) -> Checked:
    start = perf_counter()
    read = problem = None
    try:
        with contained():
            content = reader(file)
            read, problem = _read(file.source, content), damage_of(content, file.source)
    except UnreadableError as error:
        problem = error.of(file.source)
    form = ending(file.source).removeprefix(".")
    return Checked(file.source, form, read, perf_counter() - start, problem)


def _read(source: str, content: Content) -> Read:
    document = document_of(content, source)
    passages = split(document)
    return Read(
        document.title,
        content.encoding,
        sum(not passage.boilerplate for passage in passages),
        sum(paragraph.boilerplate for paragraph in content.paragraphs),
    )
