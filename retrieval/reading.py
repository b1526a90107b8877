"""File -> what it says."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from retrieval.boilerplate import with_boilerplate
from retrieval.deadline import OvertimeError, within
from retrieval.documents import Content, Document, Span
from retrieval.limits import IN_GENERAL, Limits
from retrieval.listing import File, list_folder
from retrieval.names import ending, title_of
from retrieval.opening import digest, opened
from retrieval.problems import Flaw, Problem, Reason, UnreadableError, on_one_line
from retrieval.readers import FOREIGN, OURS
from retrieval.readers.texts import text_of
from retrieval.recognizing import recognized
from retrieval.recurring import shared_by, with_recurring
from retrieval.sandbox import Sandbox
from retrieval.vocabulary import NO_WORDS, Vocabulary, read_vocabulary

OLDER = {
    **dict.fromkeys((".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".pages", ".uot"), Reason.DOCUMENT),
    **dict.fromkeys((".docm", ".dotx", ".dotm"), Reason.DOCUMENT),
    **dict.fromkeys((".xls", ".xlt", ".xlsb", ".et", ".ett", ".ods", ".numbers"), Reason.SHEET),
    **dict.fromkeys((".xlsm", ".xltx", ".xltm"), Reason.SHEET),
    **dict.fromkeys((".ppt", ".pps", ".dps", ".dpt", ".odp", ".key"), Reason.SLIDES),
    **dict.fromkeys((".pptm", ".ppsx", ".ppsm", ".potx", ".potm"), Reason.SLIDES),
}
"""Endings of formats that their own programs can save as one that is read, if the file is not in one."""

SMALL = 1 << 17
"""Bytes of a file that is not worth a timer, unless others' code reads it, which has one of its own."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder held when it was read: documents in the order of their names, and problems, those of
    whole files before those of lines.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    vocabulary: Vocabulary = NO_WORDS


class Reader:
    """Reads files. What others' code reads is read in a process of its own, which ends with the reader."""

    def __init__(self, limits: Limits = IN_GENERAL) -> None:
        self.limits = limits
        self._sandbox = Sandbox(limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sandbox.close()

    def __call__(self, file: File) -> Content:
        """What a file says, read as the ending of its name tells, or its bytes where they know better.

        Raises UnreadableError.
        """
        form = _form_of(file, self.limits)
        if form in FOREIGN:
            content = self._sandbox.read(file.path, form)
        else:
            decoded = text_of(file.path, self.limits.text)
            self._check(decoded.text.count("\n") // 2)  # at least, in texts with an empty line after each
            content = replace(OURS[form](decoded.text), encoding=decoded.encoding)
        if not content.paragraphs:
            raise UnreadableError(Reason.EMPTY)
        self._check(len(content.paragraphs))
        return with_boilerplate(content)

    def _check(self, paragraphs: int) -> None:
        if paragraphs > self.limits.paragraphs:
            raise UnreadableError(
                Reason.SIZE, f"{paragraphs:,} paragraphs, at most {self.limits.paragraphs:,}"
            )

    def document(self, file: File) -> Document:
        """The same under its name. Raises UnreadableError."""
        return document_of(self(file), file.source)


def document_of(content: Content, source: str) -> Document:
    """What a file says under the name that it has."""
    spans = (paragraph.span for paragraph in content.paragraphs if not paragraph.boilerplate)
    first = next(spans, Span(0, 0))
    title = title_of(content.title, source, content.text[first.start : first.end])
    return Document(source, title, content.text, content.paragraphs)


def damage_of(content: Content, source: str) -> Problem | None:
    """What is to be said of a file that is read but for a few characters, or for another flaw."""
    replaced = content.encoding.replaced if content.encoding else 0
    flaw = Flaw(Reason.REPLACED, str(replaced)) if replaced else content.flaw
    return Problem(source, flaw.reason, on_one_line(flaw.detail)) if flaw else None


@contextmanager
def contained() -> Iterator[None]:
    """Where a document is worked on. Whatever breaks down over it is logged, and raised as UnreadableError: a
    document never ends the worker, and the others are served.
    """
    try:
        yield
    except UnreadableError:
        raise
    except Exception as error:
        log.exception("Reading a document failed")
        raise UnreadableError(Reason.CRASH) from error


@contextmanager
def timed(file: File, limits: Limits) -> Iterator[None]:
    """Where a document is read and cut. Raises UnreadableError when that takes too long."""
    try:
        with nullcontext() if _is_small(file) else within(limits.seconds):
            yield
    except OvertimeError as error:
        raise UnreadableError(Reason.TIME, f"{limits.seconds:g} s") from error


def _is_small(file: File) -> bool:
    try:
        return file.path.stat().st_size < SMALL
    except OSError:
        return True


def read_folder(folder: Path) -> Folder:
    """Read the documents of a folder as `list_folder` finds them, and the owner's words.

    A file that cannot be read becomes a problem and stops nothing; so does a line of the owner's words.

    Raises FolderError when the folder itself cannot be read.
    """
    listing = list_folder(folder)
    contents: list[tuple[str, Content]] = []
    problems = [*listing.problems]
    with Reader() as read:
        for file in listing.documents:
            try:
                contents.append((file.source, read(file)))
            except UnreadableError as error:
                problems.append(error.of(file.source))
    lines = shared_by(content for _, content in contents)
    documents = tuple(document_of(with_recurring(content, lines), source) for source, content in contents)
    vocabulary, of_lists = read_lists(listing.lists)
    return Folder(documents, in_order([*problems, *of_lists]), vocabulary)


def read_lists(lists: Iterable[File], limits: Limits = IN_GENERAL) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """The owner's words, and the files and lines that say nothing."""
    words: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for file in lists:
        try:
            words.append((file.source, text_of(file.path, limits.text).text))
        except UnreadableError as error:
            problems.append(error.of(file.source))
    vocabulary, bad_lines = read_vocabulary(words)
    return vocabulary, (*problems, *bad_lines)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Problems of whole files by their names, before those of lines as they are."""
    whole = sorted((problem for problem in problems if problem.line is None), key=attrgetter("source"))
    return (*whole, *(problem for problem in problems if problem.line is not None))


def digest_of(file: File, limits: Limits) -> str:
    """What tells a file's bytes apart. Raises UnreadableError where its name, its size or the disk says
    already that it is not read.
    """
    is_text = _form_of(file, limits) in OURS
    return digest(file.path, limits.text if is_text else limits.memory)


def known_ending(source: str) -> str:
    """How a file's name ends. Raises UnreadableError where that is no format that is read."""
    form = ending(source)
    if form in OURS or form in FOREIGN:
        return form
    raise UnreadableError(OLDER.get(form, Reason.FORMAT))


def _form_of(file: File, limits: Limits) -> str:
    """The ending by which a file is read. Raises UnreadableError where it is in no format that is read."""
    form = ending(file.source)
    if form in FOREIGN or form in OLDER:
        with opened(file.path, limits.memory) as opening:
            form = recognized(opening, form) or form
    return known_ending(f"*{form}")
