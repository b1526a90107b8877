"""`python -m bot`: a process that serves the stand-in, what it logs, and what it holds."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import IO

from standin import StandIn

from benchmarks.speed.opening import resident
from bot.inbox import NAME as INBOX
from retrieval.indexing.apart import GO, command

ROOT = Path(__file__).parent.parent.parent
PASSED = ("PATH", "HOME", "LANG")
ANSWERED = "Answered"
GRAVE = {"error", "critical"}
SLOWEST_END = 30.0
"""Seconds after which a worker that does not end has to say where it is, and is killed by that."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of a worker, below one."""

    folder: Path

    @property
    def documents(self) -> Path:
        """What is asked about."""
        return self.folder / "documents"

    @property
    def index(self) -> Path:
        """What is derived, and what is noted."""
        return self.folder / "index"

    @property
    def temporary(self) -> Path:
        """Where files go that nobody keeps."""
        return self.folder / "temporary"

    def make(self) -> None:
        """Make those that are not there."""
        for folder in (self.documents, self.index, self.temporary):
            folder.mkdir(parents=True, exist_ok=True)

    def build(self) -> None:
        """Make the index, so that a worker need not."""
        subprocess.run(command(self.documents, self.index), input=GO, cwd=ROOT, check=True)

    def waiting(self) -> int:
        """How many updates a worker has taken that are not done, whether or not it lives."""
        with closing(sqlite3.connect(f"file:{self.index / INBOX}?mode=ro", uri=True)) as rows:
            [(found,)] = rows.execute("SELECT COUNT(*) FROM updates WHERE said IS NOT NULL")
            return int(found)

    def files(self) -> list[str]:
        """What lies below the folder beside the documents that can be seen, by their paths."""
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        inner = (path.relative_to(self.folder) for path in paths)
        return sorted(
            str(path) for path in inner if path.parts[0] != "documents" or path.name.startswith(".")
        )


class Log:
    """What a worker has logged: when each update was answered, in seconds since 1970, and how often what else
    was said; `grave` are the lines of errors.
    """

    def __init__(self) -> None:
        self.answered: dict[int, float] = {}
        self.said: Counter[str] = Counter()
        self.grave: list[str] = []

    def read(self, stream: IO[str]) -> None:
        """Read to the end of a stream."""
        for line in stream:
            try:
                event = json.loads(line)
            except ValueError:
                self.grave.append(line)  # nothing should be written past the log
                continue
            self.said[str(event["event"])] += 1
            if event["event"] == ANSWERED:
                at = datetime.fromisoformat(event["timestamp"]).timestamp()
                self.answered.setdefault(event["update"], at)
            if event["level"] in GRAVE:
                self.grave.append(line)


class Worker:
    """A worker that was started, and is to be ended by whoever did."""

    def __init__(self, home: Home, standin: StandIn, api: str, log: Log, **settings: object) -> None:
        passed = {name: os.environ[name] for name in PASSED if name in os.environ}
        own = {
            "PYTHONPATH": str(ROOT),
            "PYTHONFAULTHANDLER": "1",
            "DOCUMENTS_DIR": str(home.documents),
            "INDEX_DIR": str(home.index),
            "TMPDIR": str(home.temporary),
            "BOT_TOKEN": standin.token,
            "BOT_API_URL": api,
            "QUESTIONS_A_MINUTE": "1000",
        }
        set_too = {name.upper(): str(value) for name, value in settings.items()}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot"],
            cwd=home.folder,  # so that no `.env` is read
            env=passed | own | set_too,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self._process.stderr is not None
        self._reading = Thread(target=log.read, args=(self._process.stderr,))
        self._reading.start()

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @property
    def memory(self) -> int:
        """Bytes that it has for itself."""
        return resident(self._process.pid).get("RssAnon", 0)

    @property
    def descriptors(self) -> int:
        """How many files and connections it has open."""
        return len([*Path(f"/proc/{self._process.pid}/fd").iterdir()])

    def kill(self) -> None:
        """Kill it, at once."""
        self._process.kill()
        self._ended()

    def end(self) -> tuple[float, int]:
        """Ask it to end: the seconds that takes, and its exit status."""
        begin = monotonic()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(SLOWEST_END)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGABRT)
        self._ended()
        return monotonic() - begin, self._process.returncode

    def _ended(self) -> None:
        self._process.wait()
        self._reading.join()
        assert self._process.stderr is not None
        self._process.stderr.close()
