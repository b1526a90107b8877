"""Folder -> its index, brought up to date by a process of its own.

python -m retrieval.indexing.apart FOLDER DERIVED loads what it needs, waits for the end of its standard
input, and looks at the folder then. On its standard error it says what others should know. Whoever answers
questions meanwhile shares neither memory nor Python's lock with it.
"""

import logging
import sys
from functools import cache, partial
from pathlib import Path

from retrieval.indexing.refreshing import Refresher
from retrieval.tokens import Tokenizer

ROOT = Path(__file__).parent.parent.parent
"""Where the process is to be started, so that it finds this code."""


def command(folder: Path, derived: Path) -> list[str]:
    """What the process is started with."""
    return [sys.executable, "-m", "retrieval.indexing.apart", str(folder.resolve()), str(derived.resolve())]


def main() -> None:
    """Refresh when told. Ends with a traceback where that cannot be done: then what was kept is as it was."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr, level=logging.WARNING)
    folder, derived = map(Path, sys.argv[1:])
    refresher = Refresher(folder, derived, cache(partial(Tokenizer, derived)))
    refresher.prepare()
    sys.stdin.read()
    refresher.refresh()


if __name__ == "__main__":
    main()
