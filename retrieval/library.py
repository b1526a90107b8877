"""Folder -> library: the index over its documents, and what could not be read."""

import logging
from dataclasses import dataclass
from pathlib import Path

from retrieval.examples import example
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.problems import Problem
from retrieval.reading import read_folder
from retrieval.tokens import Tokenizer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Library:
    """A folder as it was when it was opened; `example` is a question that it answers."""

    index: Index
    problems: tuple[Problem, ...]
    example: str | None


def open_library(folder: Path, derived: Path) -> Library:
    """Read and index the documents of a folder; `derived` keeps what can be made again.

    A file that cannot be read is named in the log and among the problems. Raises FolderError when
    there is no such folder.
    """
    read = read_folder(folder)
    for problem in read.problems:
        log.warning("Skipped %s", problem)
    index = indexed(read.documents, Tokenizer(derived, read.vocabulary.terms), read.vocabulary)
    log.info("Indexed %d documents in %d passages", len(index.documents), len(index.passages))
    return Library(index, read.problems, example(index))
