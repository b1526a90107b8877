"""What is told of a folder of documents, whatever becomes of the folder and of what watches it."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest
from conversation import LONG
from watchfiles import awatch

from bot.watching import Told, changes

OFTEN = 0.05


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.watching.AT_REST", 100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "documents"
    path.mkdir()
    return path


def run(session: Callable[[], Awaitable[None]]) -> None:
    async def patiently() -> None:
        await asyncio.wait_for(session(), LONG)  # type: ignore[arg-type]

    asyncio.run(patiently())


async def until(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.01)


@asynccontextmanager
async def watching(folder: Path, index: Path | None = None, look: float = LONG) -> AsyncIterator[list[Told]]:
    """What is told from the beginning, which is waited for."""
    told: list[Told] = []

    async def listen() -> None:
        async for each in changes(folder, index, look):
            told.append(each)  # noqa: PERF401 - each is to be seen at once

    task = asyncio.create_task(listen())
    await until(lambda: bool(told))
    yield told
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_a_folder_is_to_be_looked_at_when_it_is_watched_and_then_its_changes_are_told(folder: Path) -> None:
    async def session() -> None:
        async with watching(folder) as told:
            assert told == [Told.LOOK]
            (folder / "渡口.txt").write_text("渡船从八点开到六点。")
            await until(lambda: len(told) == 3)
            assert told == [Told.LOOK, Told.BEGUN, Told.AT_REST]

    run(session)


def test_a_folder_is_to_be_looked_at_again_and_again_though_nothing_is_told_of_it(folder: Path) -> None:
    async def session() -> None:
        async with watching(folder, look=OFTEN) as told:
            await until(lambda: len(told) == 3)
            assert set(told) == {Told.LOOK}

    run(session)


def move(old: Path, new: Path) -> None:
    old.rename(new)


def remove_and_make(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def swap(folder: Path) -> None:
    other = folder.with_name("other")
    other.mkdir()
    folder.rename(folder.with_name("old"))
    other.rename(folder)


def point_elsewhere(folder: Path) -> None:
    other, link = folder.with_name("other"), folder.with_name("link")
    other.mkdir()
    link.symlink_to(other)
    link.rename(folder)


@pytest.mark.parametrize("replace", [remove_and_make, swap, point_elsewhere])
def test_a_folder_put_in_place_of_another_is_looked_at_and_watched(
    folder: Path, replace: Callable[[Path], None]
) -> None:
    if replace is point_elsewhere:
        folder = folder.with_name("current")
        folder.symlink_to("documents")

    async def session() -> None:
        async with watching(folder) as told:
            replace(folder)
            await until(lambda: Told.LOOK in told[1:])
            del told[:]
            (folder / "渡口.txt").write_text("渡船从八点开到六点。")
            await until(lambda: told[-2:] == [Told.BEGUN, Told.AT_REST])

    run(session)


def test_a_folder_that_is_away_for_a_while_is_watched_when_it_is_back(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    away = folder.with_name("away")

    async def session() -> None:
        async with watching(folder) as told:
            move(folder, away)
            await until(lambda: len(told) == 2)
            assert "cannot be watched" in caplog.text
            move(away, folder)
            await until(lambda: len(told) == 3)
            assert set(told) == {Told.LOOK}
            del told[:]
            (folder / "渡口.txt").write_text("渡船从八点开到六点。")
            await until(lambda: told[-2:] == [Told.BEGUN, Told.AT_REST])

    run(session)


def test_what_is_no_document_is_no_change(folder: Path, tmp_path: Path) -> None:
    index, outside = folder / "index", tmp_path / "outside"
    for path in (index, outside, folder / ".hidden"):
        path.mkdir()
    (folder / "link").symlink_to(outside)

    async def session() -> None:
        async with watching(folder, index, look=OFTEN) as told:
            for path in (
                index / "lock",
                outside / "log",
                folder / ".hidden" / "a.txt",
                folder / ".a.txt.swp",
            ):
                path.write_text("x")
            seen = len(told)
            await until(lambda: len(told) > seen + 3)  # it is looked at only when nothing changes
            assert set(told) == {Told.LOOK}

    run(session)


def test_a_folder_that_cannot_be_watched_is_looked_at_and_that_is_said_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = 0

    async def failing(*_: object, **__: object) -> AsyncIterator[set[object]]:
        nonlocal tries
        tries += 1
        error = RuntimeError("no more watches")
        raise error if tries % 2 else ExceptionGroup("group", [error])
        yield set()

    monkeypatch.setattr("bot.watching.awatch", failing)

    async def session() -> None:
        async with watching(folder, look=OFTEN) as told:
            await until(lambda: len(told) >= 4)
            assert set(told) == {Told.LOOK}
            assert tries >= 4
            [record] = caplog.records
            assert record.levelno == logging.WARNING
            assert record.getMessage().endswith("now and then: no more watches")
            monkeypatch.setattr("bot.watching.awatch", awatch)
            seen = len(told)
            await until(lambda: len(told) > seen + 1)
            (folder / "渡口.txt").write_text("渡船从八点开到六点。")
            await until(lambda: Told.AT_REST in told)

    run(session)


def test_files_that_are_written_without_rest_are_told_of_in_the_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.watching.LONGEST", 0.3)

    async def session() -> None:
        async with watching(folder) as told:
            with (folder / "日志.txt").open("w") as file:
                while Told.AT_REST not in told:
                    file.write("渡船开了。\n")
                    file.flush()
                    await asyncio.sleep(0.02)

    run(session)


@pytest.mark.parametrize("again", [False, True])
def test_what_is_put_into_a_new_folder_is_told(tmp_path: Path, again: bool) -> None:  # noqa: FBT001 - a case
    if again:
        (tmp_path / "新").mkdir()

    async def session() -> None:
        async with aclosing(changes(tmp_path)) as told:
            assert await anext(told) is Told.LOOK
            if again:
                (tmp_path / "新").rmdir()
            (tmp_path / "新" / "里").mkdir(parents=True)
            while await anext(told) is not Told.LOOK:
                pass
            (tmp_path / "新" / "里" / "渡口.txt").write_text("渡船从八点开到六点。", encoding="utf-8")
            while await anext(told) is not Told.AT_REST:
                pass

    asyncio.run(asyncio.wait_for(session(), LONG))


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    outside, inside = tmp_path / "外", tmp_path / "内"
    outside.mkdir()
    inside.mkdir()
    (inside / "链").symlink_to(outside)

    async def session() -> None:
        async with aclosing(changes(inside, look=1)) as told:
            assert await anext(told) is Told.LOOK
            (outside / "渡口.txt").write_text("渡船从八点开到六点。", encoding="utf-8")
            assert await anext(told) is Told.LOOK  # after a second, and nothing before

    asyncio.run(asyncio.wait_for(session(), LONG))
