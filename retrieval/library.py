"""Folder -> library: the index over its documents, and what could not be read."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.index import Index
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


def open_library(folder: Path, derived: Path, tell: Tell = lambda _: None) -> Library:
    """Open the index of a folder, brought up to date; `derived` keeps it and what else can be made again.

    A file that cannot be read is named in the log and among the problems. Where nothing can be kept, the
    index is made for this time only. Raises FolderError when there is no such folder.
    """
    tokenizer = _tokenizers(derived)
    kept = Refresher(folder, derived, tokenizer).current()
    if kept is None:
        try:
            kept, _ = Refresher(folder, derived, tokenizer).refresh(tell)
        except OSError as error:
            log.warning("The index cannot be kept in %s, so every start makes it anew: %s", derived, error)
            with TemporaryDirectory() as elsewhere:  # what is open stays so when it is removed
                kept, _ = Refresher(folder, Path(elsewhere), tokenizer).refresh(tell)
    library = _library(kept, tokenizer)
    for problem in library.problems:
        log.warning("Skipped %s", problem)
    log.info("Indexed %d documents in %d passages", len(library.index.documents), len(library.index.passages))
    return library


def refresh_library(folder: Path, derived: Path, tell: Tell) -> tuple[Library, Changes]:
    """The same, and what became of the files. Raises OSError too, where the index cannot be kept."""
    tokenizer = _tokenizers(derived)
    kept, changes = Refresher(folder, derived, tokenizer).refresh(tell)
    return _library(kept, tokenizer), changes


def _tokenizers(derived: Path) -> Callable[[tuple[str, ...]], Tokenizer]:
    """What makes a tokenizer for some terms, once: it loads a dictionary."""
    return cache(lambda terms: Tokenizer(derived, terms))


def _library(kept: Kept, tokenizer: Callable[[tuple[str, ...]], Tokenizer]) -> Library:
    manifest = kept.manifest
    index = Index(kept.snapshot, tokenizer(manifest.vocabulary.terms), manifest.vocabulary)
    return Library(index, manifest.problems, manifest.example)
