"""Processes that cut documents and die, or never end, without what tests need: that takes long to load."""

import fcntl
import os
import time
from typing import NoReturn

from benchmarks.crashing import Place
from retrieval.indexing import cutters
from retrieval.indexing.cutters import Cutters, Outcome, _cut_there
from retrieval.listing import File, list_folder
from retrieval.tokens import Tokenizer

PATIENCE = 30
"""Seconds; far more than is needed."""


def die(_: File) -> NoReturn:
    """End this process in the middle of any document."""
    os._exit(1)


def die_of_one(file: File) -> Outcome:
    """End this process in the middle of one document."""
    return die(file) if file.source == "1渡口.txt" else _cut_there(file)


def hold(file: File) -> None:
    """Hold a file until this process ends."""
    with (file.path.parent.parent / f"held-{os.getpid()}").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        time.sleep(PATIENCE)


def cut_for_ever(place: Place) -> None:
    """Cut documents in two processes, each of which takes for ever over one."""
    cutters.SEVERAL_FROM = 1
    cutters._cut_there = hold  # type: ignore[assignment] # noqa: SLF001 - it stands for a long document
    os.sched_getaffinity = lambda _: {0, 1}
    [*Cutters(place.derived, lambda: Tokenizer(place.derived), ())(list_folder(place.documents).documents)]
