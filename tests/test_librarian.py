"""The library behind the bot: opened while it serves already, and again whenever its folder changes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from inspect import isawaitable
from pathlib import Path
from threading import Event

import pytest

from bot.librarian import Librarian
from bot.watching import changes
from retrieval.indexing.refreshing import Progress, Tell
from retrieval.library import Library, open_library
from retrieval.reading import FolderError

pytestmark = pytest.mark.usefixtures("jieba_loaded")
LONG = 30  # seconds, after which something hangs


def never() -> None:
    raise AssertionError


def run(session: Callable[[], object]) -> None:
    asyncio.run(asyncio.wait_for(session(), LONG))  # type: ignore[arg-type]


async def until(holds: Callable[[], bool | Awaitable[bool]]) -> None:
    while not (await held if isawaitable(held := holds()) else held):  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.02)


async def finds(librarian: Librarian, question: str) -> bool:
    _, answer = await librarian.answer(question, 1)
    return bool(answer.hits)


async def misses(librarian: Librarian, question: str) -> bool:
    return not await finds(librarian, question)


def test_a_question_asked_before_the_library_is_open_is_answered_then(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.librarian.MOMENT", 0.01)
    told, go = Event(), Event()

    def opening(tell: Tell) -> Library:
        tell(Progress(2, 5, 40, 0.4))
        told.set()
        go.wait(LONG)
        return sample_library

    async def session() -> None:
        librarian = Librarian(opening)
        librarian.start(never)
        asked = asyncio.create_task(librarian.answer("集市几点收市", 1))
        await until(told.is_set)
        assert await librarian.soon() is None
        assert librarian.share == 0.4
        assert not asked.done()
        go.set()
        library, answer = await asked
        assert await librarian.soon() is library is sample_library
        assert answer.hits
        await librarian.stop()

    run(session)


def test_a_library_that_cannot_be_opened_is_said_to_whoever_started_it() -> None:
    error = FolderError("The folder is not there.")

    def opening(_: Tell) -> Library:
        raise error

    async def session() -> None:
        librarian, failed = Librarian(opening), asyncio.Event()
        librarian.start(failed.set)
        await failed.wait()
        assert librarian.failure is error
        await librarian.stop()

    run(session)


def test_what_fails_later_leaves_the_last_library(
    sample_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    outcomes: list[Library | Exception] = [sample_library, OSError("the disk is full")]

    def opening(_: Tell) -> Library:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def one_change() -> AsyncIterator[object]:
        yield None

    async def session() -> None:
        librarian = Librarian(opening, one_change)
        librarian.start(never)
        await until(lambda: not outcomes)
        await until(lambda: "the last index goes on" in caplog.text)
        assert await librarian.opened() is sample_library
        await librarian.stop()

    run(session)


def test_a_change_of_the_folder_is_answered_from_without_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "渡口.txt").write_text("渡船从八点开到六点。", encoding="utf-8")
    derived = folder / ".index"  # hidden, so that to write it is no change

    async def session() -> None:
        opened = 0

        def opening(tell: Tell) -> Library:
            nonlocal opened
            opened += 1
            return open_library(folder, derived, tell)

        librarian = Librarian(opening, lambda: changes(folder))
        librarian.start(never)
        await librarian.opened()
        await asyncio.sleep(0.3)  # until the folder is watched
        (folder / "茶.md").write_text("# 泡茶\n\n茶海要先用滚水烫过。", encoding="utf-8")
        await until(lambda: finds(librarian, "茶海用滚水"))
        (folder / "渡口.txt").unlink()
        await until(lambda: misses(librarian, "渡船几点开"))
        seen = opened
        await asyncio.sleep(1)
        assert opened == seen
        await librarian.stop()

    run(session)
