"""What Telegram does not give back, for a while: which answer is whose, files, vain questions, menus."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.off_loop import OwnThread
from bot.rows import Rows, Trouble, in_silence

NAME = "notebook.sqlite"

DAY = 24 * 60 * 60
"""Seconds."""

KEPT = 30
"""Days for which it is known which answer is whose."""

MISSED_KEPT = 90
"""Days for which a question in vain is kept."""

MOST_MISSED = 500

FORGETTING = 6 * 60 * 60
"""Seconds after which what is too old is forgotten again."""

_TABLES = """
CREATE TABLE IF NOT EXISTS answers (
    chat INTEGER, question INTEGER, answer INTEGER, at REAL, PRIMARY KEY (chat, question)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_answer ON answers (chat, answer);
CREATE TABLE IF NOT EXISTS files (content TEXT PRIMARY KEY, file TEXT, at REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS missed (question TEXT PRIMARY KEY, at REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS menus (bot INTEGER, admin INTEGER, PRIMARY KEY (bot, admin)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS days (day TEXT PRIMARY KEY, asked INTEGER, unanswered INTEGER) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that nothing answered, and the day it was asked."""

    question: str
    day: date


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions were asked on a day, and how many of them nothing answered."""

    asked: int = 0
    unanswered: int = 0


class Notebook:
    """Rows of ids, and questions in vain without who asked them, in a file that only its owner can read.

    Any thread may use it. Nothing is worth failing for: what cannot be written or read is not kept, or not
    known, and the log says so once for each reason.
    """

    def __init__(
        self,
        path: Path | None,
        clock: Callable[[], float] = time.time,
        on_trouble: Trouble = in_silence,
    ) -> None:
        """Without a path, all is forgotten with the process. `clock` tells the seconds since 1970."""
        self._clock = clock
        self._forgot = 0.0
        self._rows = Rows(path, _TABLES, on_trouble)
        self.thread = OwnThread("notebook")
        """Where it is written and read while others wait for nothing."""
        self.forget()

    def close(self) -> None:
        """Let go of the file."""
        self.thread.end()
        self._rows.close()

    def note_answer(self, chat: int, question: int, answer: int) -> None:
        """The message of an answer, and that of its question, by their ids. Old ones are forgotten."""
        if self._clock() - self._forgot > FORGETTING:
            self.forget()
        self._rows.write(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", chat, question, answer, self._clock()
        )

    def answer_to(self, chat: int, question: int) -> int | None:
        """The message that answers a question."""
        found: int | None = self._rows.one(
            "SELECT answer FROM answers WHERE chat = ? AND question = ?", chat, question
        )
        return found

    def question_of(self, chat: int, answer: int) -> int | None:
        """The message of the question that an answer answers."""
        found: int | None = self._rows.one(
            "SELECT question FROM answers WHERE chat = ? AND answer = ?", chat, answer
        )
        return found

    def forget_chat(self, chat: int) -> None:
        """A chat is no more, as a group that has become a supergroup."""
        self._rows.write("DELETE FROM answers WHERE chat = ?", chat)

    def note_file(self, content: str, file: str) -> None:
        """What Telegram knows a file by that it was sent; `content` tells its bytes apart."""
        self._rows.write("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", content, file, self._clock())

    def file_of(self, content: str) -> str | None:
        """What Telegram knows a file by, None where it does not know it."""
        found: str | None = self._rows.one("SELECT file FROM files WHERE content = ?", content)
        return found

    def forget_file(self, content: str) -> None:
        """Telegram does not know a file any more."""
        self._rows.write("DELETE FROM files WHERE content = ?", content)

    def note_menu(self, bot: int, admin: int) -> None:
        """Somebody has the admins' menu of a bot, for as long as that is not taken away."""
        self._rows.write("INSERT OR REPLACE INTO menus VALUES (?, ?)", bot, admin)

    def menus(self, bot: int) -> frozenset[int]:
        """Who has the admins' menu of a bot."""
        return frozenset(admin for (admin,) in self._rows.all("SELECT admin FROM menus WHERE bot = ?", bot))

    def forget_menu(self, bot: int, admin: int) -> None:
        """Somebody has it no more."""
        self._rows.write("DELETE FROM menus WHERE bot = ? AND admin = ?", bot, admin)

    def count(self, *, is_answered: bool) -> None:
        """Somebody has asked."""
        self._rows.write(
            "INSERT INTO days VALUES (?, 1, ?) ON CONFLICT (day) DO UPDATE"
            " SET asked = asked + 1, unanswered = unanswered + excluded.unanswered",
            self._today(),
            int(not is_answered),
        )

    def today(self) -> Day:
        """What was asked today, by the time of this machine."""
        found = self._rows.all("SELECT asked, unanswered FROM days WHERE day = ?", self._today())
        return Day(*found[0]) if found else Day()

    def note_missed(self, question: str) -> None:
        """A question that nothing answered."""
        self._rows.write("INSERT OR REPLACE INTO missed VALUES (?, ?)", question, self._clock())
        self._rows.write(
            "DELETE FROM missed WHERE question NOT IN (SELECT question FROM missed ORDER BY at DESC LIMIT ?)",
            MOST_MISSED,
        )

    def missed(self) -> list[Missed]:
        """The questions that nothing answered, the newest first."""
        rows = self._rows.all(
            "SELECT question, at FROM missed WHERE at >= ? ORDER BY at DESC, question",
            self._clock() - MISSED_KEPT * DAY,
        )
        return [
            Missed(question, datetime.fromtimestamp(at, UTC).astimezone().date()) for question, at in rows
        ]

    def forget_missed(self) -> None:
        """No question in vain is kept any more."""
        self._rows.write("DELETE FROM missed")
        self._rows.tidy()

    def forget(self) -> None:
        """What is older than it may be."""
        now = self._forgot = self._clock()
        self._rows.write("DELETE FROM answers WHERE at < ?", now - KEPT * DAY)
        self._rows.write("DELETE FROM files WHERE at < ?", now - KEPT * DAY)
        self._rows.write("DELETE FROM missed WHERE at < ?", now - MISSED_KEPT * DAY)
        self._rows.write("DELETE FROM days WHERE day < ?", self._day(now - MISSED_KEPT * DAY))
        self._rows.tidy()

    def _today(self) -> str:
        return self._day(self._clock())

    @staticmethod
    def _day(at: float) -> str:
        return datetime.fromtimestamp(at, UTC).astimezone().date().isoformat()
