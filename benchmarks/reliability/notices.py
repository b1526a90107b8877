"""Documents that change all the time, and what each said when: an answer may tell what is said now only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Lock
from time import monotonic

CODE = re.compile(r"[A-Z]{3}\d{5}")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
PLACES = ("东门", "西门", "南门", "北门", "鱼市", "米铺", "书院", "戏台", "茶楼", "染坊", "驿站", "水井")


@dataclass(slots=True)
class Said:
    """What a document said of a place: from when until when, in seconds."""

    place: str
    begin: float
    end: float | None = None


@dataclass(slots=True)
class _Notice:
    path: Path
    code: str


class Notices:
    """A notice about each of some places, in a document of its own. Any thread may ask and change."""

    def __init__(self, folder: Path, random: Random) -> None:
        self._folder, self._random, self._lock = folder, random, Lock()
        self.said: dict[str, Said] = {}
        """What was said, by the code in it."""
        self._notices: dict[str, _Notice] = {}
        self.changes = 0
        for place in PLACES:
            self._add(place)

    def change(self) -> None:
        """Add, change, remove or rename a document."""
        with self._lock:
            self.changes += 1
            place = self._random.choice(PLACES)
            notice = self._notices.get(place)
            if notice is None:
                self._add(place)
                return
            match self._random.randrange(4):
                case 0:
                    self._end(notice)
                    notice.path.unlink()
                    del self._notices[place]
                case 1:
                    path = self._path(place)
                    notice.path.rename(path)
                    notice.path = path
                case _:
                    self._end(notice)
                    notice.code = self._written(place, notice.path)

    def question(self) -> str:
        """What somebody asks."""
        return f"{self._random.choice(PLACES)}今天的口令是什么？"

    def stale(self, text: str, asked: float) -> float:
        """For how many seconds what an answer quotes had not been said any more when it was asked."""
        ends = [self.said[code].end for code in CODE.findall(text) if code in self.said]
        return max((asked - end for end in ends if end is not None), default=0.0)

    def due(self, question: str, since: float, until: float) -> Iterator[str]:
        """What must be in an answer to a question: what was said all the time."""
        for code, said in list(self.said.items()):
            is_said = said.begin < since and (said.end is None or said.end > until)
            if is_said and question.startswith(said.place):
                yield code

    def _add(self, place: str) -> None:
        path = self._path(place)
        self._notices[place] = _Notice(path, self._written(place, path))

    def _written(self, place: str, path: Path) -> str:
        code = "".join(self._random.choices(LETTERS, k=3)) + f"{self._random.randrange(100_000):05}"
        path.write_text(f"{place}告示\n\n{place}今天的口令是{code}，过期作废。\n", encoding="utf-8")
        self.said[code] = Said(place, monotonic())
        return code

    def _end(self, notice: _Notice) -> None:
        self.said[notice.code].end = monotonic()

    def _path(self, place: str) -> Path:
        return self._folder / f"{place}{self._random.randrange(10**6)}.txt"
