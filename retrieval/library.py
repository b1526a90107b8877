"""Folder -> library: the index over its documents, and what could not be read."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize

from retrieval.index import Index
from retrieval.indexing.apart import command
from retrieval.indexing.files import Kept
from retrieval.indexing.refreshing import Changes, Refresher, Tell
from retrieval.problems import Problem
from retrieval.tokens import Tokenizer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Library:
    """A folder as it was when it was opened; `example` is a question that it answers."""

    index: Index
    problems: tuple[Problem, ...]
    example: str | None


class Shelf:
    """Opens the library of a folder, each time as it is then; its dictionary is loaded once."""

    def __init__(self, folder: Path, derived: Path) -> None:
        """`derived` keeps the index and what else can be made again."""
        self._folder, self._derived = folder, derived
        self._tokenizer = _tokenizers(derived)

    def open(self, tell: Tell = lambda _: None) -> Library:
        """The library, whose index is brought up to date here.

        A file that cannot be read is named in the log and among the problems. Where nothing can be kept, the
        index is made for this time only. Raises FolderError when there is no such folder.
        """
        refresher = self._refresher
        kept = refresher.current()
        if kept is None:
            try:
                kept, _ = refresher.refresh(tell)
            except OSError as error:
                kept = refresher.unchanged() or self._kept_elsewhere(error, tell)
        return self._said(kept)

    def newest(self) -> Library:
        """The library as it was kept last, by whatever process, though the folder may have changed since.

        Raises DamagedSnapshotError.
        """
        return self._said(self._refresher.newest())

    def command(self) -> list[str]:
        """What brings the index up to date in a process of its own, for `newest` to find."""
        if not os.access(self._derived, os.W_OK):
            self._go_elsewhere()
        return command(self._folder, self._derived)

    def _kept_elsewhere(self, error: OSError, tell: Tell) -> Kept:
        log.warning("The index cannot be kept in %s, so every start makes it anew: %s", self._derived, error)
        self._go_elsewhere()
        kept, _ = self._refresher.refresh(tell)
        return kept

    def _go_elsewhere(self) -> None:
        self._derived = Path(mkdtemp())
        finalize(self, rmtree, self._derived, ignore_errors=True)  # what is open stays so

    @property
    def _refresher(self) -> Refresher:
        return Refresher(self._folder, self._derived, self._tokenizer)

    def _said(self, kept: Kept) -> Library:
        library = _library(kept, self._tokenizer)
        for problem in library.problems:
            log.warning("Skipped %s", problem)
        index = library.index
        log.info("Indexed %d documents in %d passages", len(index.documents), len(index.passages))
        return library


def open_library(folder: Path, derived: Path, tell: Tell = lambda _: None) -> Library:
    """The library of a folder, opened once."""
    return Shelf(folder, derived).open(tell)


def refresh_library(folder: Path, derived: Path, tell: Tell) -> tuple[Library, Changes]:
    """The same, and what became of the files. Raises OSError too, where the index cannot be kept."""
    tokenizer = _tokenizers(derived)
    kept, changes = Refresher(folder, derived, tokenizer).refresh(tell)
    return _library(kept, tokenizer), changes


def _tokenizers(derived: Path) -> Callable[[tuple[str, ...]], Tokenizer]:
    """What makes a tokenizer for some terms and keeps the last: it loads a dictionary."""
    return lru_cache(maxsize=1)(partial(Tokenizer, derived))


def _library(kept: Kept, tokenizer: Callable[[tuple[str, ...]], Tokenizer]) -> Library:
    manifest = kept.manifest
    index = Index(kept.snapshot, tokenizer(manifest.vocabulary.terms), manifest.vocabulary)
    return Library(index, manifest.problems, manifest.example)
