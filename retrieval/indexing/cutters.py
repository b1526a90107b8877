"""Files -> cuts, one after the other or over all cores."""

import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Thread

from retrieval.documents import Content
from retrieval.indexing.cutting import cut
from retrieval.indexing.files import lines_of_passages
from retrieval.indexing.forward import Body
from retrieval.indexing.records import Lines
from retrieval.limits import IN_GENERAL, Limits
from retrieval.listing import File
from retrieval.names import named
from retrieval.problems import Problem, UnreadableError
from retrieval.reading import Reader, contained, damage_of, digest_of, document_of, known_ending, timed
from retrieval.recurring import edge_lines, with_recurring
from retrieval.tokens import Tokenizer

SEVERAL_FROM = 6_000_000
"""Bytes of documents from which on several processes are worth their start, which takes a second each."""

AHEAD = 4
"""Files for each process that are cut before they are asked for."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CutFile:
    """A file that was read and cut. Numbers are places in `tokens`.

    `digest` tells its bytes apart, `titled` whether it names its title itself; `damage` is what is to be said
    of it all the same, and `edges` are the lines at its head and foot that may recur in others.
    """

    digest: str
    titled: bool
    title: str
    damage: Problem | None
    edges: frozenset[int]
    lines: Lines
    title_tokens: tuple[str, ...]
    tokens: tuple[str, ...]
    body: Body


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read; `digest` tells its bytes apart where they were looked at."""

    digest: str
    problem: Problem


Outcome = CutFile | Refused


def cut_file(file: File, read: Reader, tokenizer: Tokenizer, recurring: Container[int]) -> Outcome:
    """Read a file and cut it, the recurring lines as boilerplate, or say why not."""
    digest = ""
    try:
        with contained(), timed(file, read.limits):
            digest = digest_of(file, read.limits)
            return _cut(file, digest, read(file), tokenizer, recurring)
    except UnreadableError as error:
        return Refused(digest, error.of(file.source))


def _cut(
    file: File, digest: str, content: Content, tokenizer: Tokenizer, recurring: Container[int]
) -> CutFile:
    document = document_of(with_recurring(content, recurring), file.source)
    done = cut(document, tokenizer)
    return CutFile(
        digest,
        content.title is not None,
        document.title,
        damage_of(content, file.source),
        edge_lines(content),
        lines_of_passages(done.passages),
        tuple(tokenizer(named(document.title, file.source))),
        done.tokens,
        done.body,
    )


class Cutters:
    """Cuts files, in this process or, where they are many, in several."""

    def __init__(
        self,
        derived: Path,
        tokenizer: Callable[[], Tokenizer],
        terms: tuple[str, ...],
        limits: Limits = IN_GENERAL,
        recurring: frozenset[int] = frozenset(),
    ) -> None:
        """`tokenizer` gives one that keeps its dictionary in `derived` and knows the terms; `limits` are what
        reading a file may cost, and `recurring` the lines that are boilerplate at the edges of documents.
        """
        self._derived, self._tokenizer, self._terms, self._limits = derived, tokenizer, terms, limits
        self._recurring = recurring

    def __call__(self, files: Sequence[File]) -> Iterator[Outcome]:
        """The outcome of each file, in order."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        if cores > 1 and sum(map(_size, files)) >= SEVERAL_FROM:
            return self._over(files, min(cores, len(files)))
        return self._here(files)

    def _here(self, files: Iterable[File]) -> Iterator[Outcome]:
        with Reader(self._limits) as read:
            yield from (cut_file(file, read, self._tokenizer(), self._recurring) for file in files)

    def _over(self, files: Iterable[File], processes: int) -> Iterator[Outcome]:
        # Forking is unsafe where threads run; a process that is spawned begins afresh.
        context = multiprocessing.get_context("spawn")
        arguments = (self._derived, self._terms, self._limits, self._recurring)
        with ProcessPoolExecutor(processes, context, _start, arguments) as pool:
            taken: deque[File] = deque()
            waiting: deque[Future[Outcome]] = deque()
            following = iter(files)
            try:
                while True:
                    for file in islice(following, AHEAD * processes - len(waiting)):
                        taken.append(file)
                        waiting.append(pool.submit(_cut_there, file))
                    if not waiting:
                        return
                    yield waiting.popleft().result()
                    taken.popleft()
            except BrokenProcessPool:
                log.warning("A process that cut documents was ended from outside; the rest is cut in one")
        yield from self._here([*taken, *following])


def _size(file: File) -> int:
    """The bytes of a file that are to be cut; none where it cannot be, as whoever reads it will say."""
    try:
        known_ending(file.source)
        return file.path.stat().st_size
    except (UnreadableError, OSError):
        return 0


_there: list[tuple[Reader, Tokenizer, frozenset[int]]] = []
"""What a process of several reads and cuts with."""


def _start(derived: Path, terms: tuple[str, ...], limits: Limits, recurring: frozenset[int]) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    _there.append((Reader(limits), Tokenizer(derived, terms), recurring))


def _end_with_parent() -> None:
    """End a process of several when the one that started it was killed, which nothing else would tell it."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _cut_there(file: File) -> Outcome:
    return cut_file(file, *_there[0])
