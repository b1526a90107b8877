"""The command `check`: folder -> how each of its files is read, and what is wrong with it."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from retrieval.checking import Checked, Found, Recurring, check
from retrieval.command_line.checks import as_json, as_text, counted, recurring, summary
from retrieval.command_line.columns import shorten
from retrieval.command_line.screens import ERASED, columns, is_terminal
from retrieval.listing import File, Listing, list_folder
from retrieval.problems import Problem
from retrieval.readers import FOREIGN, OURS

DESCRIPTION = """\
Read every file of the folder and say what was made of it: its title, its format, in which encoding it was
read and how sure that is, its passages, how many lines are left out of the answers as boilerplate, how many
characters could not be decoded, how long it took, and what is wrong with it. Nothing is kept.

The exit status is 0 when everything was read, 1 when something could not be read, and 2 when the folder is
not there or a setting is wrong.
"""

ADVICE = (
    "There is nothing to answer from yet: put documents into this folder, or into folders in it.\n"
    f"These are read: {' '.join(sorted([*OURS, *FOREIGN]))}"
)


def add_arguments(parser: ArgumentParser) -> None:
    """What the command understands beside the folder."""
    parser.add_argument(
        "--lines",
        action="store_true",
        help="show which lines are left out as boilerplate, and where characters are damaged",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a file, a line each")


@dataclass(slots=True)
class Total:
    """What was found so far; `lines` are those that --lines shows."""

    read: int = 0
    passages: int = 0
    lines: int = 0
    problems: list[Problem] = field(default_factory=list)
    recurring: list[Recurring] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """Count what was found, and keep what is told at the end."""
        if isinstance(found, Recurring):
            self.recurring.append(found)
        elif isinstance(found, Problem):
            self.problems.append(found)
        elif found.problem:
            self.problems.append(found.problem)
        if isinstance(found, Checked) and found.read:
            self.read += 1
            self.passages += found.read.passages
            self.lines += len(found.read.boilerplate) + len(found.read.damaged)

    @property
    def unread(self) -> int:
        """How many could not be read."""
        return sum(not problem.is_served for problem in self.problems)


def check_folder(options: Namespace) -> int:
    """Print what was made of each file as soon as it is read, then what is wrong. Raises FolderError."""
    listing = list_folder(options.documents)
    wide, total = columns(sys.stdout), Total()
    if not options.json:
        print("\n".join(_heading(options.documents, listing)), flush=True)
    for found in _watched(listing.documents, check(listing, options.limits)):
        total.add(found)
        if not isinstance(found, Recurring):
            show = as_json if options.json else partial(as_text, columns=wide)
            print(show(found, lines=options.lines), flush=True)
    if not options.json:
        print("\n".join(_ending(listing, total, wide, lines=options.lines)), flush=True)
    return int(total.unread > 0)


def _heading(folder: Path, listing: Listing) -> Iterator[str]:
    yield f"Checking {folder.absolute()}: {counted(len(listing.documents), 'file', 'files')}"
    if listing.lists:
        yield f"Lists of words, which are no documents: {', '.join(file.source for file in listing.lists)}"
    yield ""


def _watched(files: Sequence[File], found: Iterator[Found]) -> Iterator[Found]:
    """What is found; whoever waits at a terminal sees which of the files is being read."""
    terminal = sys.stderr if is_terminal(sys.stderr) else None
    for number, file in enumerate(files, 1):
        if terminal:
            line = shorten(f"{number} of {len(files)}: {file.source}", columns(terminal) - 1)
            print(ERASED + line, end="", file=terminal, flush=True)
        try:
            read = next(found)
        finally:
            if terminal:
                print(ERASED, end="", file=terminal, flush=True)
        yield read
    yield from found


def _ending(listing: Listing, total: Total, columns: int, *, lines: bool) -> Iterator[str]:
    if total.recurring:
        yield from recurring(total.recurring, columns)
        yield ""
    if total.problems:
        yield "What is wrong"
        yield from summary(total.problems, columns)
        yield ""
    if total.lines and not lines:
        yield "To see which lines are left out, and where characters are damaged, add --lines"
    if not listing.documents:
        yield ADVICE
    yield (
        f"{counted(total.read, 'file', 'files')} read, in {counted(total.passages, 'passage', 'passages')}; "
        f"{total.unread or 'none'} could not be read"
    )
