"""What a whole folder takes: cutting on one core and on all, a restart, and questions from text to hits.

Its documents are sentences of other documents in a new order, so that words come as they do in them. Each
thing is done in a process of its own, since what was loaded before would be loaded already.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.speed.opening import resident
from benchmarks.speed.table import Figure, megabytes, milliseconds
from retrieval.indexing.refreshing import Refresher
from retrieval.library import open_library
from retrieval.passages import JOINED
from retrieval.reading import read_folder
from retrieval.search import search
from retrieval.sentences import sentences
from retrieval.tokens import Tokenizer

SEED = 1
PASSAGES = 100
"""Of a document."""

SHORTEST = 4
QUESTION = (8, 30)
"""Characters."""

ASKED = 1000
P50, P99 = 0.010, 0.040
RESTART, SMALL = 2.0, 5.0
CUTTING, INGEST = 1.85, 1.65
MEMORY, HIGHEST = 250e6, 600e6
LARGE, FEW = 100_000, 2_000


def made(folder: Path, documents: Path, passages: int) -> None:
    """Write documents of `passages` passages, about, made of the sentences of others."""
    random = np.random.default_rng(SEED)
    texts = [document.text for document in read_folder(documents).documents]
    pool = [
        sentence
        for text in texts
        for line in text.splitlines()
        for span in sentences(line)
        if len(sentence := line[span.start : span.end].strip()) >= SHORTEST
    ]
    folder.mkdir(parents=True)
    for number in range(max(1, passages // PASSAGES)):
        paragraphs = [_paragraph(pool, random) for _ in range(min(PASSAGES, passages))]
        (folder / f"{number:05}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


def _paragraph(pool: list[str], random: np.random.Generator) -> str:
    """A paragraph that is a passage by itself: it is too long to be put together with the next."""
    paragraph = ""
    while len(paragraph) <= JOINED // 2:
        paragraph += pool[random.integers(len(pool))]
    return paragraph


def questions(folder: Path, count: int) -> list[str]:
    """Stretches of the documents, as people paste or remember them."""
    random = np.random.default_rng(SEED)
    paths = sorted(folder.iterdir())
    found: list[str] = []
    while len(found) < count:
        text = paths[random.integers(len(paths))].read_text(encoding="utf-8")
        start = random.integers(max(1, len(text) - QUESTION[1]))
        stretch = text[start : start + random.integers(*QUESTION)].split("\n")[0].strip()
        found += [stretch] if len(stretch) >= QUESTION[0] else []
    return found


def figures(documents: Path, folder: Path, passages: int) -> Iterator[Figure]:
    """Yield the lines of a folder of `passages` passages."""
    made(folder / "documents", documents, passages)
    size = f"{passages // 1000}k passages"
    (folder / "asked.json").write_text(json.dumps(questions(folder / "documents", ASKED)))
    small = passages <= FEW
    index = folder / "index"
    if not small:
        _apart("dictionary", folder, index)  # jieba's is kept
        one = _apart("ingest", folder, folder / "one", affinity=1)
        yield from _ingest(size, one, _apart("ingest", folder, index))
    cold = _apart("restart", folder, index)
    what = "nothing cached" if small else "unchanged"
    yield Figure(
        f"{size}, {what}, from the start of Python to the first answer, s",
        cold["seconds"],
        milliseconds(cold["seconds"]),
        mark=SMALL if small else RESTART,
    )
    if small:
        return
    asked = _apart("questions", folder, index)
    times = np.array(asked["times"])
    for percentile, mark in ((50, P50), (99, P99)):
        reached = float(np.percentile(times, percentile))
        yield Figure(f"{size}, whole question, p{percentile}, s", reached, milliseconds(reached), mark=mark)
    yield Figure(
        f"{size}, RssAnon after {ASKED} questions, MB",
        asked["RssAnon"] / 1e6,
        megabytes(asked["RssAnon"]),
        f"mapped pages {megabytes(asked['RssFile'])}",
        MEMORY / 1e6,
    )


def _ingest(size: str, one: dict[str, float], several: dict[str, float]) -> Iterator[Figure]:
    """How many times as fast it is on all cores; the marks are the least that it should be."""
    for what, least in (("cutting", CUTTING), ("whole", INGEST)):
        times = one[what] / several[what]
        yield Figure(
            f"{size}, cold ingest, {what}: time on all cores, of that on one",
            1 / times,
            f"{several[what]:.1f} s",
            f"{one[what]:.1f} s on one: {times:.2f} times as fast",
            1 / least,
        )


def _apart(what: str, folder: Path, index: Path, affinity: int | None = None) -> dict[str, float]:
    """Do something in a process of its own, on so many cores; `seconds` counts from its start."""
    cores = ["taskset", "-c", ",".join(map(str, range(affinity)))] if affinity else []
    command = [*cores, sys.executable, "-m", __spec__.name, what, str(folder), str(index)]
    begin = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        seconds = perf_counter() - begin
        rest = process.stdout.read()
    found: dict[str, float] = json.loads(rest or first)
    return found | {"seconds": seconds}


def _dictionary(_: Path, index: Path) -> None:
    Tokenizer(index)
    print("{}")


def _ingested(folder: Path, index: Path) -> None:
    begin = perf_counter()
    cut = begin

    def tell(_: object) -> None:
        nonlocal cut
        cut = perf_counter()

    Refresher(folder / "documents", index, lambda terms: Tokenizer(index, terms)).refresh(tell)
    print(json.dumps({"cutting": cut - begin, "whole": perf_counter() - begin}))


def _restarted(folder: Path, index: Path) -> None:
    library = open_library(folder / "documents", index)
    asked = json.loads((folder / "asked.json").read_text())
    search(library.index, asked[0], 3, distinct=True)
    print("{}", flush=True)


def _questioned(folder: Path, index: Path) -> None:
    library = open_library(folder / "documents", index)
    times = []
    for question in json.loads((folder / "asked.json").read_text()):
        begin = perf_counter()
        search(library.index, question, 3, distinct=True)
        times.append(perf_counter() - begin)
    print(json.dumps({"times": times, **resident()}))


DONE = {"dictionary": _dictionary, "ingest": _ingested, "restart": _restarted, "questions": _questioned}

if __name__ == "__main__":
    DONE[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
