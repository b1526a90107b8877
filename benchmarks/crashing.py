"""Kills of the process that keeps an index, at many moments, and what is left of the index after each.

python -m benchmarks.crashing [--kills 100] [--seed 0]

A process changes documents and indexes them, again and again. Half of the kills come at any time, half at an
operation on the disk: when a file is opened, written by half, synced or removed, when a folder is made, or
when either is renamed. After each, the index must hold just what the documents said in one turn, no older
than the last that was known to be done; the next refresh must end with what an index made from nothing says,
and leave nothing lying about. Prints a line for each kill. The exit status is 1 when anything was lost.
"""

import argparse
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from io import BufferedWriter, FileIO
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Self
from unittest.mock import patch

from retrieval.dictionary import keep
from retrieval.index import Index
from retrieval.indexing.files import DamagedSnapshotError, Kept, open_kept
from retrieval.indexing.memory import indexed
from retrieval.indexing.records import DamagedRecordError
from retrieval.indexing.refreshing import Refresher
from retrieval.indexing.versions import newest
from retrieval.reading import read_folder
from retrieval.search import search
from retrieval.tokens import Tokenizer

OPERATIONS = ("fsync", "mkdir", "rename", "replace", "rmdir", "unlink")
"""Functions of `os` that are counted, beside files opened for writing, and written."""

OPERATIONS_OF_A_TURN = 250
"""About, rather more."""

LONGEST = 0.5
"""Seconds after which a process is killed at the latest, if it is killed at any time: some turns."""

QUESTIONS = ("渡船几点开", "盘点", "有几个壶", "鲁2号", "借渡船")

Texts = dict[str, str]


class LostError(Exception):
    """An index that is not what it should be after a kill."""


@contextmanager
def counted(happens: Callable[[int], None]) -> Iterator[None]:
    """Call `happens` with the number of each operation on the disk, from 1, before it is done.

    Of what is written to a file, half has been written then.
    """
    numbers = count(1)
    opened = Path.open

    class Written(FileIO):
        def write(self, items: Any) -> int:  # noqa: ANN401 - whatever has bytes
            whole = memoryview(items)
            half = super().write(whole[: len(whole) // 2]) or 0
            happens(next(numbers))
            return half + (super().write(whole[half:]) or 0)

    def opening(path: Path, mode: str = "r", *others: Any, **more: Any) -> Any:  # noqa: ANN401 - as open does
        if mode in {"r", "rb"}:
            return opened(path, mode, *others, **more)
        happens(next(numbers))
        return BufferedWriter(Written(path, mode)) if "b" in mode else opened(path, mode, *others, **more)

    def before(operation: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the operation does
            happens(next(numbers))
            return operation(*arguments, **named)

        return counting

    with ExitStack() as patched:
        patched.enter_context(patch.object(Path, "open", opening))
        for name in OPERATIONS:
            patched.enter_context(patch.object(os, name, before(getattr(os, name))))
        yield


def small_dictionary(derived: Path) -> None:
    """Let jieba have a small dictionary, which takes no time to load."""
    words = {"渡船": 9, "开水": 8, "点心": 7, "盘点": 6}
    frequencies = {word[:size]: 0 for word in words for size in range(1, len(word))} | words
    keep(derived, (frequencies, sum(words.values())))


def texts_of(turn: int) -> Texts:
    """What the documents say in a turn: one stays, one changes, one has a new name, one is another."""
    return {
        "渡口.txt": "渡船从八点开到六点。\n\n下雨不开。",
        "台账.md": f"# 台账\n\n## 第{turn}次盘点\n\n开水房有{turn}个壶，点心有{turn * 7}份。",
        f"借条{turn}.txt": "今借到渡船一条。",
        f"第{turn}号.txt": f"编号鲁{turn}号。",
    }


def write_texts(folder: Path, texts: Texts) -> None:
    """Make a folder hold just these documents."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Place:
    """Where documents are, and their index."""

    documents: Path
    derived: Path

    @property
    def refresher(self) -> Refresher:
        """What keeps the index."""
        return Refresher(self.documents, self.derived, lambda terms: Tokenizer(self.derived, terms))

    @property
    def home(self) -> Path:
        """The folder of the snapshots."""
        (home,) = self.derived.glob("index-*")
        return home


def keep_indexing(place: Place, first: int, fatal: int | None, done: Connection) -> None:
    """Go through turns until killed, and say of each when it is indexed.

    With `fatal`, the process kills itself at that operation on the disk, or when the turn ends before it.
    """

    def happens(number: int) -> None:
        if number == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    refresher = place.refresher
    for turn in count(first):
        write_texts(place.documents, texts_of(turn))
        with counted(happens):
            refresher.refresh()
        if fatal:
            happens(fatal)
        done.send(turn)


@dataclass(frozen=True, slots=True)
class Kill:
    """When a process is killed: some seconds after it began, or at an operation on the disk."""

    after: float | None
    operation: int | None

    @classmethod
    def by_chance(cls, random: Random) -> Self:
        """Some moment of the first turn, or any."""
        if random.random() < 1 / 2:
            return cls(None, random.randint(1, OPERATIONS_OF_A_TURN))
        return cls(random.uniform(0, LONGEST), None)

    def __str__(self) -> str:
        return f"at operation {self.operation}" if self.after is None else f"after {self.after * 1000:.0f} ms"


def killed(place: Place, first: int, kill: Kill) -> int:
    """Let a process go through turns and be killed; returns the last turn that was known to be done."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["retrieval.indexing.refreshing"])
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=keep_indexing, args=(place, first, kill.operation, sending))
    process.start()
    sending.close()
    with receiving:
        process.join(kill.after)
        process.kill()
        process.join()
        done = first - 1
        with suppress(EOFError):
            while True:
                done = receiving.recv()
    assert process.exitcode == -signal.SIGKILL, "it was not the kill that ended it"
    return done


def texts_in(kept: Kept) -> Texts:
    """What an index says its documents hold. Raises an error where a byte is not as it was written."""
    documents, passages = kept.snapshot.documents, iter(kept.snapshot.passages)
    pieces = [kept.piece(number) for number in range(len(documents))]
    return {piece.origin.source: "".join(next(passages).text for _ in piece.lines.sizes) for piece in pieces}


def kept_turn(place: Place, done: int) -> int:
    """The turn that is in the index: the last that was known to be done, or the next. Raises LostError."""
    folder = newest(place.home)
    if folder is None and done:
        raise LostError("there is no index any more")
    try:
        found = texts_in(open_kept(folder)) if folder else {}
    except (DamagedSnapshotError, DamagedRecordError) as error:
        raise LostError(f"damaged: {error}") from error
    for turn in (done, done + 1):
        if found == (texts_of(turn) if turn else {}):
            return turn
    raise LostError(f"the index holds neither turn {done} nor the next: {found}")


def check_refreshed(place: Place) -> None:
    """Refresh. Raises LostError when the index then says anything else than one that is made from nothing."""
    kept, _ = place.refresher.refresh()
    expected = indexed(read_folder(place.documents).documents, Tokenizer(place.derived))
    index = Index(kept.snapshot, expected.tokenizer)
    if any(search(index, asked, 9) != search(expected, asked, 9) for asked in QUESTIONS):
        raise LostError("the refreshed index answers otherwise than one made from nothing")
    left = sorted(path.name for path in place.home.iterdir())
    if len(left) != len(["lock", "snapshot", "tag"]):
        raise LostError(f"there is more than a lock, a tag and a snapshot: {left}")


def survive(place: Place, kills: Iterable[Kill]) -> Iterator[tuple[Kill, int, str]]:
    """Kill process after process on the same index: each kill, the turn that was left, and what was lost.

    Raises LostError when a refresh does not mend it.
    """
    done = 0
    for kill in kills:
        turn = killed(place, done + 1, kill)
        wrong = ""
        try:
            turn = kept_turn(place, turn)
        except LostError as error:
            wrong = str(error)
        yield kill, turn, wrong
        done = turn + 1
        write_texts(place.documents, texts_of(done))
        check_refreshed(place)


def main() -> None:
    """Kill, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    random = Random(arguments.seed)  # noqa: S311 - moments, not secrets
    kills = [Kill.by_chance(random) for _ in range(arguments.kills)]
    outcomes = Counter[bool]()
    with TemporaryDirectory() as folder:
        place = Place(Path(folder, "documents"), Path(folder, "index"))
        small_dictionary(place.derived)
        for kill, turn, wrong in survive(place, kills):
            print(
                f"killed {kill!s:18} turn {turn:4} is whole" if not wrong else f"killed {kill}: {wrong}",
                flush=True,
            )
            outcomes[bool(wrong)] += 1
    print(f"{outcomes.total()} kills, {outcomes[True]} of which lost anything")
    sys.exit(bool(outcomes[True]))


if __name__ == "__main__":
    main()
