"""Folder -> how each of its files is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeAlias

import numpy as np

from retrieval.documents import Content, Encoding
from retrieval.limits import IN_GENERAL, Limits
from retrieval.listing import File, Listing
from retrieval.names import ending
from retrieval.passages import split
from retrieval.plausibility import BAD
from retrieval.problems import Problem, UnreadableError
from retrieval.reading import Reader, contained, damage_of, document_of, read_lists, timed
from retrieval.recurring import edge_lines, shared, with_recurring

EXCERPT = 120
"""Characters that are shown of a line, which may be as long as its file."""

BEFORE = 20
"""Characters before what is damaged."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that is to be looked at, by its number, counted from one, and an excerpt of it."""

    paragraph: int
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of a file: its title, how many passages it has, which lines of them answer nothing as
    boilerplate, and in which lines characters are damaged.

    `encoding` is None where the format says how the bytes are to be read; `edges` tell the lines at its head
    and foot apart that may recur in others.
    """

    title: str
    encoding: Encoding | None
    passages: int
    boilerplate: tuple[Line, ...]
    damaged: tuple[Line, ...]
    edges: frozenset[int]

    @property
    def replaced(self) -> int:
        """How many characters stand for what could not be decoded."""
        return self.encoding.replaced if self.encoding else 0


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


@dataclass(frozen=True, slots=True)
class Recurring:
    """An excerpt of a line that so many documents have at their head or foot that it is boilerplate too."""

    text: str
    documents: int


Found: TypeAlias = Checked | Problem | Recurring


def check(listing: Listing, limits: Limits = IN_GENERAL) -> Iterator[Found]:
    """The documents of a folder in their order, each when it was read; then the lines that recur, and the
    other problems: of what is no document, and of lists of words.
    """
    edges: list[tuple[File, frozenset[int]]] = []
    with Reader(limits) as reader:
        for file in listing.documents:
            checked = _checked(file, reader)
            if checked.read:
                edges.append((file, checked.read.edges))
            yield checked
        yield from _recurring(edges, reader)
    yield from listing.problems
    _, of_lists = read_lists(listing.lists, limits)
    yield from of_lists


def _checked(file: File, reader: Reader) -> Checked:
    start = perf_counter()
    read = problem = None
    try:
        with contained(), timed(file, reader.limits):
            content = reader(file)
            read, problem = _read(file.source, content), damage_of(content, file.source)
    except UnreadableError as error:
        problem = error.of(file.source)
    form = ending(file.source).removeprefix(".")
    return Checked(file.source, form, read, perf_counter() - start, problem)


def _read(source: str, content: Content) -> Read:
    document = document_of(content, source)
    return Read(
        document.title,
        content.encoding,
        len(split(document)),
        tuple(_boilerplate(content)),
        tuple(_damaged(content)),
        edge_lines(content),
    )


def _recurring(edges: Sequence[tuple[File, frozenset[int]]], reader: Reader) -> Iterator[Recurring]:
    """The lines that recur, each looked up in a document that has it: of all others nothing was kept."""
    lines = np.array([line for _, of_one in edges for line in of_one], np.uint32)
    for line in sorted(shared(lines, len(edges))):
        having = [file for file, of_one in edges if line in of_one]
        if text := next(filter(None, (_looked_up(line, file, reader) for file in having)), None):
            yield Recurring(text, len(having))


def _looked_up(line: int, file: File, reader: Reader) -> str | None:
    """An excerpt of a line of a file, None where the file can no longer be read, or has nothing else."""
    try:
        with contained(), timed(file, reader.limits):
            content = reader(file)
    except UnreadableError:
        return None
    marked = with_recurring(content, {line}).paragraphs
    for before, after in zip(content.paragraphs, marked, strict=True):
        if after.boilerplate and not before.boilerplate:
            return _excerpt(content.text, after.span.start, after.span.end)
    return None


def _boilerplate(content: Content) -> Iterator[Line]:
    for number, paragraph in enumerate(content.paragraphs, 1):
        if paragraph.boilerplate:
            yield Line(number, _excerpt(content.text, paragraph.span.start, paragraph.span.end))


def _damaged(content: Content) -> Iterator[Line]:
    if not content.encoding or not content.encoding.replaced:
        return
    for number, paragraph in enumerate(content.paragraphs, 1):
        start, end = paragraph.span.start, paragraph.span.end
        found = content.text.find(BAD, start, end)
        if found >= 0:
            yield Line(number, _excerpt(content.text, max(start, found - BEFORE), end))


def _excerpt(text: str, start: int, end: int) -> str:
    return text[start : min(end, start + EXCERPT)]
