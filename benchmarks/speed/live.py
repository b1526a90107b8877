"""What a change of a folder takes until it is answered from, and what it costs those who ask meanwhile.

python -m benchmarks.speed.live FOLDER prints one JSON object: it opens the library of FOLDER/documents, whose
index is FOLDER/index, as the bot does, and changes, adds and deletes documents while one question after the
other is asked. What changes is put back at the end.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import numpy as np

from benchmarks.speed.folders import made, questions
from benchmarks.speed.opening import resident
from benchmarks.speed.table import Figure, megabytes, milliseconds
from bot.librarian import Librarian
from bot.watching import AT_REST, Told, changes
from retrieval.indexing.apart import GO, command
from retrieval.library import Shelf

ASKED = 1000
SHOWN = 3
ROUNDS = 3
"""In each, a document is changed, one is added and one is deleted."""

WHOLE = AT_REST / 1000
"""Seconds without a change after which a file is whole."""

SIZES = (10_000, 100_000)
SECONDS = {10_000: 2.0, 100_000: 4.0, 1_000_000: 15.0}
"""The most that a change may take, by the passages of the folder."""

SLOWER = 0.05
HIGHEST = 600e6
OFTEN = 0.02
"""Seconds between two looks at the memory of the processes."""


def figures(documents: Path, folder: Path, passages: int) -> Iterator[Figure]:
    """Yield the lines of a folder of `passages` passages, made of the sentences of some documents."""
    made(folder / "documents", documents, passages)
    indexing = command(folder / "documents", folder / "index")
    subprocess.run(indexing, input=GO, check=True)
    yield from figures_of(folder, passages)


def figures_of(folder: Path, passages: int) -> Iterator[Figure]:
    """The same of a folder that is there, with its index."""
    size = f"{passages // 1000}k passages"
    found, ours, others = _watched([sys.executable, "-m", __spec__.name, str(folder)])
    for kind, seconds in found["changes"].items():
        yield Figure(
            f"{size}, a document {kind}, from whole until answered from, s",
            max(seconds),
            ", ".join(f"{each:.2f} s" for each in seconds),
            mark=SECONDS.get(passages),
        )
    usual, meanwhile = found["usual"], found["meanwhile"]
    yield Figure(
        f"{size}, p99 of questions meanwhile, more than usual, s",
        meanwhile[1] - usual[1],
        f"p50 {milliseconds(meanwhile[0])}, p99 {milliseconds(meanwhile[1])}",
        f"usual p50 {milliseconds(usual[0])}, p99 {milliseconds(usual[1])}",
        SLOWER,
    )
    yield Figure(
        f"{size}, highest RssAnon of a process meanwhile, MB",
        max(ours, others) / 1e6,
        f"worker {megabytes(ours)}, its children {megabytes(others)}",
        mark=HIGHEST / 1e6,
    )


def _watched(worker: list[str]) -> tuple[dict[str, Any], int, int]:
    """What a process prints, which is short, and the highest RssAnon of it and of any below it, in bytes."""
    ours = others = 0
    with subprocess.Popen(worker, stdout=subprocess.PIPE) as process:
        while process.poll() is None:
            ours = max(ours, _anonymous(process.pid))
            others = max([others, *map(_anonymous, _children(process.pid))])
            sleep(OFTEN)
        assert process.stdout is not None
        return json.loads(process.stdout.read()), ours, others


def _anonymous(process: int) -> int:
    return resident(process).get("RssAnon", 0)


def _children(process: int) -> list[int]:
    """All processes below one."""
    found: list[int] = []
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            own = [*map(int, children.read_text(encoding="ascii").split())]
        except (FileNotFoundError, ProcessLookupError):
            continue
        found += [*own, *(below for child in own for below in _children(child))]
    return found


@dataclass
class Session:
    """A librarian at work: what questions took, usually and while a snapshot was made, and changes."""

    documents: Path
    librarian: Librarian
    asked: Iterator[str]
    usual: list[float] = field(default_factory=list)
    meanwhile: list[float] = field(default_factory=list)
    changes: dict[str, list[float]] = field(default_factory=dict)
    is_making: bool = False

    async def ask(self) -> tuple[float, bool]:
        """Ask the next question; the seconds, and whether a snapshot was being made."""
        making = self.is_making
        begin = perf_counter()
        await self.librarian.answer(next(self.asked), SHOWN)
        return perf_counter() - begin, making

    async def holds(self, sentence: str) -> bool:
        """Whether a sentence is found."""
        _, answer = await self.librarian.answer(sentence, SHOWN)
        return any(sentence in hit.passage.text for hit in answer.hits)

    async def until(self, kind: str, sentence: str, *, held: bool) -> None:
        """Ask until a sentence is found, or no more; the time counts from when what was written is whole."""
        written = perf_counter()
        while await self.holds(sentence) != held:
            seconds, making = await self.ask()
            if making:
                self.meanwhile.append(seconds)
        self.is_making = False
        self.changes.setdefault(kind, []).append(perf_counter() - written - WHOLE)

    async def round(self, number: int) -> None:
        """Change a document, add one and delete it again."""
        changed = sorted(self.documents.iterdir())[number]
        text = changed.read_text(encoding="utf-8")
        added, sentences = self.documents / "added.txt", _sentences()
        changed.write_text(f"{text}\n\n{sentences[0]}", encoding="utf-8")
        await self.until("changed", sentences[0], held=True)
        added.write_text(f"{sentences[1]}\n\n{text}", encoding="utf-8")
        await self.until("added", sentences[1], held=True)
        added.unlink()
        await self.until("deleted", sentences[1], held=False)


def _sentences() -> tuple[str, str]:
    """Two that are in no document, nor were in one that is still indexed after an earlier run."""
    random = np.random.default_rng()
    said = ("".join(map(chr, random.integers(0x4E00, 0x9FA5, 12))) for _ in range(2))
    first, second = (f"暗号是{characters}。" for characters in said)
    return first, second


async def _session(folder: Path) -> Session:
    documents, index = folder / "documents", folder / "index"
    is_watched = asyncio.Event()

    async def noted() -> AsyncIterator[Told]:
        async for told in changes(documents, index):
            session.is_making |= told is not Told.LOOK
            yield told
            is_watched.set()  # what is told first is that it is to be looked at, which is done now

    librarian = Librarian(Shelf(documents, index), noted)
    session = Session(documents, librarian, cycle(questions(documents, ASKED)))
    librarian.start(lambda: sys.exit(str(librarian.failure)))
    await librarian.opened()
    await is_watched.wait()
    session.usual = [(await session.ask())[0] for _ in range(ASKED)]
    for number in range(ROUNDS):
        await session.round(number)
    await librarian.stop()
    return session


def main() -> None:
    """Print what was measured in one folder."""
    folder = Path(sys.argv[1])
    kept = {path: path.read_bytes() for path in sorted((folder / "documents").iterdir())[:ROUNDS]}
    session = asyncio.run(_session(folder))
    for path, written in kept.items():
        path.write_bytes(written)
    usual, meanwhile = (np.percentile(seconds, [50, 99]) for seconds in (session.usual, session.meanwhile))
    print(json.dumps({"usual": [*usual], "meanwhile": [*meanwhile], "changes": session.changes}))


if __name__ == "__main__":
    main()
