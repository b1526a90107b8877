"""Folder -> library: the index over its documents, and what could not be read."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from errno import EACCES
from functools import cached_property, lru_cache, partial
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize

from retrieval.addresses import Addresses
from retrieval.index import Index
from retrieval.indexing.apart import command
from retrieval.indexing.files import DamagedSnapshotError, Kept
from retrieval.indexing.refreshing import Changes, Refresher, Tell
from retrieval.limits import IN_GENERAL, Limits
from retrieval.problems import Problem
from retrieval.tokens import Tokenizer

log = logging.getLogger(__name__)


@dataclass(frozen=True)  # without slots, as what is known of it is kept with it
class Library:
    """A folder as it was when it was opened; `example` is a question that it answers, `made` when its index
    was made, in seconds since 1970.
    """

    index: Index
    problems: tuple[Problem, ...]
    example: str | None
    made: float = 0.0

    @cached_property
    def addresses(self) -> Addresses:
        """Where in it passages and documents are."""
        return Addresses(self.index)


class Shelf:
    """Opens the library of a folder, each time as it is then; its dictionary is loaded once."""

    def __init__(self, folder: Path, derived: Path, limits: Limits = IN_GENERAL) -> None:
        """`derived` keeps the index and what else can be made again; `limits` are what reading a file may
        cost.
        """
        self._folder, self._derived, self._limits = folder, derived, limits
        self._tokenizer = _tokenizers(derived)
        self._opener: tuple[object, Refresher] | None = None
        """Of what place the last refresher is, and that refresher."""
        self._last: tuple[object, Library] | None = None
        """What the library that was opened last was made of, and that library."""

    def open(self, tell: Tell = lambda _: None) -> Library:
        """The library, whose index is brought up to date here.

        A file that cannot be read is named in the log and among the problems. Where nothing can be kept, the
        index is made for this time only; where that fails too, the last one is opened. Raises FolderError
        when there is no such folder.
        """
        refresher = self._refresher
        kept = refresher.current()
        if kept is None:
            try:
                kept, _ = refresher.refresh(tell)
            except OSError as error:
                kept = refresher.unchanged() or self._kept_elsewhere(error, tell)
        return self._said(kept)

    def is_current(self) -> bool:
        """Whether what was kept last is what would be made now; says nothing, and reads only what seems new.

        Raises FolderError.
        """
        return (self._refresher.current() or self._refresher.unchanged()) is not None

    def newest(self) -> Library:
        """The library as it was kept last, by whatever process, though the folder may have changed since.

        It is the same as before when nothing was made since. Raises DamagedSnapshotError.
        """
        kept = self._refresher.newest()
        if self._last and self._last[0] == self._made_of(kept):
            return self._last[1]
        return self._said(kept)

    def command(self) -> list[str]:
        """What brings the index up to date in a process of its own, for `newest` to find."""
        try:
            self._derived.mkdir(parents=True, exist_ok=True)  # it may have been deleted
            if not os.access(self._derived, os.W_OK):
                raise PermissionError(EACCES, os.strerror(EACCES))
        except OSError as error:
            self._derived = self._elsewhere(error)
        return command(self._folder, self._derived, self._limits)

    def _kept_elsewhere(self, error: OSError, tell: Tell) -> Kept:
        """The index, made in another place, or the last one though the documents have changed since."""
        try:
            elsewhere = self._elsewhere(error)
            kept, _ = Refresher(self._folder, elsewhere, self._tokenizer, self._limits).refresh(tell)
        except OSError as worse:
            try:
                kept = self._refresher.newest()
            except DamagedSnapshotError:
                raise worse from error
            log.warning("Nor elsewhere, so the last one answers, of older documents: %s", worse)
        else:
            self._derived = elsewhere
        return kept

    def _elsewhere(self, error: OSError) -> Path:
        """A folder for as long as this lasts. Raises OSError."""
        log.warning("The index cannot be kept in %s, so every start makes it anew: %s", self._derived, error)
        folder = Path(mkdtemp())
        finalize(self, rmtree, folder, ignore_errors=True)  # what is open stays so
        return folder

    @property
    def _refresher(self) -> Refresher:
        """The same while the folder's name leads to the same place, so that it knows what it has verified."""
        place = self._derived, self._folder.resolve()
        if self._opener is None or self._opener[0] != place:
            self._opener = place, Refresher(self._folder, self._derived, self._tokenizer, self._limits)
        return self._opener[1]

    def _made_of(self, kept: Kept) -> object:
        manifest = kept.manifest
        return self._refresher.opened, manifest.seal, manifest.vocabulary, manifest.problems

    def _said(self, kept: Kept) -> Library:
        library = _library(kept, self._tokenizer)
        known = self._last[1].problems if self._last else ()
        for problem in library.problems:
            if problem not in known:
                log.warning("%s", problem.said)
        index = library.index
        log.info("Indexed %d documents in %d passages", len(index.documents), len(index.passages))
        self._last = self._made_of(kept), library
        return library


def open_library(
    folder: Path, derived: Path, tell: Tell = lambda _: None, limits: Limits = IN_GENERAL
) -> Library:
    """The library of a folder, opened once."""
    return Shelf(folder, derived, limits).open(tell)


def refresh_library(
    folder: Path, derived: Path, tell: Tell, limits: Limits = IN_GENERAL
) -> tuple[Library, Changes]:
    """The same, and what became of the files. Raises OSError too, where the index cannot be kept."""
    tokenizer = _tokenizers(derived)
    kept, changes = Refresher(folder, derived, tokenizer, limits).refresh(tell)
    return _library(kept, tokenizer), changes


def _tokenizers(derived: Path) -> Callable[[tuple[str, ...]], Tokenizer]:
    """What makes a tokenizer for some terms and keeps the last: it loads a dictionary."""
    return lru_cache(maxsize=1)(partial(Tokenizer, derived))


def _library(kept: Kept, tokenizer: Callable[[tuple[str, ...]], Tokenizer]) -> Library:
    manifest = kept.manifest
    index = Index(kept.snapshot, tokenizer(manifest.vocabulary.terms), manifest.vocabulary)
    return Library(index, manifest.problems, manifest.example, manifest.made)
