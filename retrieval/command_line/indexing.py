"""The command `index`: folder -> its index, brought up to date, and what became of the files."""

import sys
from argparse import Namespace
from time import monotonic

from retrieval.command_line.progress import Meter
from retrieval.library import Library, refresh_library

DESCRIPTION = """\
Read the documents of the folder and keep their index, so that the bot and the other commands need not. Only
what is new or changed is read and cut. The bot does the same when it starts.
"""


def index(options: Namespace) -> None:
    """Print what became of the files, how many there are, and how long it took. Raises FolderError."""
    start = monotonic()
    with Meter(sys.stderr) as meter:
        library, changes = refresh_library(options.documents, options.index, meter.show, options.limits)
    for problem in library.problems:
        print(problem.said, file=sys.stderr)
    found = ", ".join(
        f"{count} {what}"
        for what, count in (
            ("added", changes.added),
            ("changed", changes.changed),
            ("renamed", changes.renamed),
            ("removed", changes.removed),
            ("skipped", changes.skipped),
        )
    )
    print(f"{found}: {_size(library)} in {monotonic() - start:.1f} s")


def _size(library: Library) -> str:
    return f"{len(library.index.documents):,} documents in {len(library.index.passages):,} passages"
