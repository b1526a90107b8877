"""Folder -> its index, brought up to date by a process of its own.

python -m retrieval.indexing.apart FOLDER DERIVED loads what it needs, waits for a byte on its standard input,
and looks at the folder then; at the end of its input, when whoever started it is gone, it just ends. On its
standard error it says what others should know. Whoever answers questions meanwhile shares neither memory nor
Python's lock with it.
"""

import logging
import sys
from functools import cache, partial
from pathlib import Path

from retrieval.indexing.refreshing import Refresher
from retrieval.reading import FolderError
from retrieval.tokens import Tokenizer

ROOT = Path(__file__).parent.parent.parent
"""Where the process is to be started, so that it finds this code."""

GO = b"\n"
"""What the process waits for."""


def command(folder: Path, derived: Path) -> list[str]:
    """What the process is started with."""
    return [sys.executable, "-m", "retrieval.indexing.apart", str(folder.resolve()), str(derived.resolve())]


def main() -> None:
    """Refresh when told. Ends with a line that says why not where the folder or the disk does not permit it:
    then what was kept is as it was.
    """
    logging.basicConfig(format="%(message)s", stream=sys.stderr, level=logging.WARNING)
    folder, derived = map(Path, sys.argv[1:])
    refresher = Refresher(folder, derived, cache(partial(Tokenizer, derived)))
    refresher.prepare()
    if sys.stdin.buffer.read(len(GO)) != GO:
        return
    try:
        refresher.refresh()
    except FolderError as error:
        sys.exit(str(error))
    except OSError as error:  # without the name of a file that is another each time
        sys.exit(f"the index cannot be kept in {derived}: {error.strerror or error}")


if __name__ == "__main__":
    main()
