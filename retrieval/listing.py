"""Folder -> its files."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from errno import ELOOP, ENOENT, ENOTDIR
from operator import attrgetter
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple, TypeAlias

from retrieval.problems import Problem, Reason, on_one_line
from retrieval.vocabulary import is_vocabulary, meant_vocabulary

TEST_QUESTIONS = re.compile(r"_.*\.jsonl", re.IGNORECASE)
"""The owner's questions with known answers, kept beside the documents."""

OF_THE_SYSTEM = {"thumbs.db", "desktop.ini", "icon\r"}
"""What systems put into folders, in lower case."""

OF_A_PAGE = re.compile(r"(?P<page>.+)[_.]files", re.IGNORECASE | re.DOTALL)
"""The folder that a browser puts beside a page that it saves, for what belongs to its looks."""

PAGES = (".html", ".htm")

CACHE_TAG = "CACHEDIR.TAG"
"""What programs put into folders of what can be made again, as this one does where its index is."""

Refuse: TypeAlias = "Callable[[Path, Reason, str], None]"
"""Hears what is wrong with what stands at a path, and what the system says of it."""


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

    Hidden files are passed over, the system's own, folders that are tagged as caches or belong to a saved web
    page, and `_*.jsonl` at its top: test questions. An inner folder that cannot be read becomes a problem and
    stops nothing; so does a link that leads out of the folder or nowhere, a file at the top whose name is
    nearly that of a list of words, and a list elsewhere.

    Raises FolderError when the folder itself cannot be read.
    """
    documents: list[File] = []
    lists: list[File] = []
    problems: list[Problem] = []

    def refuse(path: Path, reason: Reason, detail: str) -> None:
        problems.append(Problem(_source(path, folder), reason, detail))

    check_folder(folder)
    root = Path(os.path.realpath(folder))
    found = sorted((_source(path, folder), path, is_link) for path, is_link in _files(folder, refuse))
    for source, path, is_link in found:
        if TEST_QUESTIONS.fullmatch(source) or (is_link and not _leads_to_a_file(path, root, refuse)):
            continue
        if is_vocabulary(source):
            lists.append(File(source, path))
        elif is_vocabulary(path.name):
            refuse(path, Reason.MISPLACED, "")
        elif path.name == source and (meant := meant_vocabulary(source)):
            refuse(path, Reason.MISNAMED, meant)
        else:
            documents.append(File(source, path))
    # The system lists a folder in any order.
    return Listing(tuple(documents), tuple(lists), tuple(sorted(problems, key=attrgetter("source"))))


def _source(path: Path, folder: Path) -> str:
    raw = os.fsencode(path.relative_to(folder).as_posix())
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("gb18030", "replace")  # as archives made on Windows leave it
    return on_one_line(name)


def _files(folder: Path, refuse: Refuse) -> Iterator[tuple[Path, bool]]:
    """The files of a folder and of those in it, and whether each is a link: none is followed."""
    folders = [folder]
    while folders:
        inner = folders.pop()
        try:
            entries = list(os.scandir(inner))
        except OSError as error:
            refuse(inner, Reason.ACCESS, error.strerror or "")
            continue
        names = {entry.name for entry in entries}
        if inner != folder and CACHE_TAG in names:
            continue
        for entry in entries:
            if _is_passed_over(entry.name, names):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            else:
                yield Path(entry.path), entry.is_symlink()


def _is_passed_over(name: str, beside: set[str]) -> bool:
    page = OF_A_PAGE.fullmatch(name)
    return (
        name.startswith((".", "~$"))
        or name == CACHE_TAG
        or name.lower() in OF_THE_SYSTEM
        or (page is not None and not beside.isdisjoint(f"{page['page']}{ending}" for ending in PAGES))
    )


def _leads_to_a_file(link: Path, root: Path, refuse: Refuse) -> bool:
    """Whether a link leads to a file below a folder; the files of a folder there are read without it."""
    # Path.resolve raises an error of its own for a link to itself.
    if not Path(os.path.realpath(link)).is_relative_to(root):
        refuse(link, Reason.OUTSIDE, "")
        return False
    try:
        return not S_ISDIR(link.stat().st_mode)
    except OSError as error:
        nowhere = error.errno in (ENOENT, ENOTDIR, ELOOP)
        refuse(link, Reason.NOWHERE if nowhere else Reason.ACCESS, error.strerror or "")
        return False
