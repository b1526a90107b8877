"""What an index that was saved takes: time to open it, memory and disk.

A process of its own opens it, since memory that was used before would be used again.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.speed.corpora import SHORT, Corpus, Query
from benchmarks.speed.table import Figure, megabytes, milliseconds
from retrieval.bm25 import BM25

MARKED = 1_000_000  # passages
OPEN, MEMORY, DISK = 0.25, 2.5, 8.5  # seconds, bytes a posting


def figures(corpus: Corpus, folder: Path, queries: Sequence[Query]) -> Iterator[Figure]:
    """Yield the seconds until the first answer, and the bytes a posting in memory and on disk."""
    shape, postings = corpus.shape, corpus.postings()
    marked = shape.passages == MARKED and shape.query == SHORT
    _forget(folder)
    command = [sys.executable, "-m", __spec__.name, str(folder)]
    found = json.loads(subprocess.check_output(command, input=json.dumps(queries).encode()))
    seconds, anonymous = found["seconds"], found["RssAnon"]
    yield Figure(
        f"open, {shape}, nothing cached, until the first answer, s",
        seconds,
        milliseconds(seconds),
        mark=OPEN if marked else None,
    )
    yield Figure(
        f"RssAnon, {shape}, after {len(queries)} queries, bytes a posting",
        anonymous / postings,
        megabytes(anonymous),
        f"without an index {megabytes(found['before'])}, mapped pages {megabytes(found['RssFile'])}",
        MEMORY if marked else None,
    )
    size = sum(path.stat().st_size for path in folder.iterdir())
    yield Figure(
        f"disk, {shape}, bytes a posting", size / postings, megabytes(size), mark=DISK if marked else None
    )


def _forget(folder: Path) -> None:
    """Have the system drop what it keeps of files in memory."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def resident(process: int | str = "self") -> dict[str, int]:
    """The memory of a process, this one unless given, in bytes, by kind; nothing of one that has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {kind: int(size) * 1024 for kind, size in re.findall(r"(Rss\w+):\s+(\d+) kB", status)}


def main() -> None:
    """Open the index of a folder, ask the queries of the standard input, and print the figures as JSON."""
    queries: list[Query] = json.load(sys.stdin)
    before = resident()["RssAnon"]
    begin = perf_counter()
    index = BM25.load(Path(sys.argv[1]))
    index.top(queries[0], 10)
    seconds = perf_counter() - begin
    for query in queries:
        index.top(query, 10)
    print(json.dumps({"seconds": seconds, "before": before, **resident()}))


if __name__ == "__main__":
    main()
