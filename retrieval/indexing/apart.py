"""Folder -> its index, brought up to date by a process of its own.

python -m retrieval.indexing.apart FOLDER DERIVED SECONDS MEMORY loads what it needs, waits for a byte on its
standard input, and looks at the folder then; at the end of its input, when whoever started it is gone, it
just ends. On its standard error it says what others should know. Whoever answers questions meanwhile shares
neither memory nor Python's lock with it.
"""

import logging
import sys
from functools import cache, partial
from pathlib import Path

from retrieval.indexing.refreshing import Refresher
from retrieval.limits import IN_GENERAL, Limits
from retrieval.listing import FolderError
from retrieval.tokens import Tokenizer

GO = b"\n"
"""What the process waits for."""


def command(folder: Path, derived: Path, limits: Limits = IN_GENERAL) -> list[str]:
    """What the process is started with; `limits` are what reading a file may cost."""
    told = [folder.resolve(), derived.resolve(), limits.seconds, limits.memory]
    return [sys.executable, "-m", "retrieval.indexing.apart", *map(str, told)]


def main() -> None:
    """Refresh when told. Ends with a line that says why not where the folder or the disk does not permit it:
    then what was kept is as it was.
    """
    logging.basicConfig(format="%(message)s", stream=sys.stderr, level=logging.WARNING)
    folder, derived, limits = (
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        Limits(float(sys.argv[3]), int(sys.argv[4])),
    )
    refresher = Refresher(folder, derived, cache(partial(Tokenizer, derived)), limits)
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
