"""The library behind the bot: opened while it serves already, and again whenever its folder changes."""

import asyncio
import logging
import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from inspect import isawaitable
from pathlib import Path
from threading import Event

import pytest
from conversation import LONG, FakeShelf, HeldShelf, library_of, run

from bot.librarian import Librarian
from bot.watching import Told, changes
from retrieval.dictionary import place
from retrieval.indexing.refreshing import Tell
from retrieval.library import Library, Shelf
from retrieval.listing import FolderError
from retrieval.search import Answer, search

pytestmark = pytest.mark.usefixtures("jieba_loaded")


def never() -> None:
    raise AssertionError


async def until(holds: Callable[[], bool | Awaitable[bool]]) -> None:
    while not (await held if isawaitable(held := holds()) else held):  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.02)


async def answered(librarian: Librarian, question: str) -> Answer:
    return await librarian.ask(lambda library: search(library.index, question, 1))


async def finds(librarian: Librarian, question: str) -> bool:
    return bool((await answered(librarian, question)).hits)


async def misses(librarian: Librarian, question: str) -> bool:
    return not await finds(librarian, question)


async def one_change() -> AsyncIterator[Told]:
    yield Told.BEGUN
    yield Told.AT_REST


def test_a_question_asked_before_the_library_is_open_is_answered_then(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.librarian.MOMENT", 0.01)
    go = Event()
    shelf = HeldShelf(sample_library, go)

    async def session() -> None:
        librarian = Librarian(shelf)
        librarian.start(never)
        asked = asyncio.create_task(answered(librarian, "集市几点收市"))
        await until(shelf.told.is_set)
        assert await librarian.soon() is None
        assert librarian.share == 0.4
        assert not asked.done()
        go.set()
        assert (await asked).hits
        assert await librarian.soon() is sample_library
        await librarian.stop()

    run(session)


def test_a_library_that_cannot_be_opened_is_said_to_whoever_started_it() -> None:
    error = FolderError("The folder is not there.")

    class Failing(FakeShelf):
        def open(self, tell: Tell) -> Library:  # noqa: ARG002 - it does not come to that
            raise error

    async def session() -> None:
        librarian, failed = Librarian(Failing()), asyncio.Event()
        librarian.start(failed.set)
        await failed.wait()
        assert librarian.failure is error
        await librarian.stop()

    run(session)


def test_what_fails_later_leaves_the_last_library(
    sample_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = FakeShelf("-c", "raise OSError('the disk is full')")
    shelf.library = sample_library

    async def session() -> None:
        librarian = Librarian(shelf, one_change)
        librarian.start(never)
        await until(lambda: "the last index goes on" in caplog.text)
        assert "the disk is full" in caplog.text
        assert await librarian.opened() is sample_library
        await librarian.stop()

    run(session)


def test_who_waits_for_the_library_is_let_go_when_the_bot_stops() -> None:
    go = Event()

    class Slow(FakeShelf):
        def open(self, tell: Tell) -> Library:  # noqa: ARG002 - nobody hears it
            go.wait(LONG)
            raise FolderError

    async def session() -> None:
        librarian = Librarian(Slow())
        librarian.start(never)
        asked = asyncio.create_task(answered(librarian, "集市几点收市"))
        await asyncio.sleep(0)
        await librarian.stop()
        with pytest.raises(asyncio.CancelledError):
            await asked
        with pytest.raises(asyncio.CancelledError):
            await librarian.soon()

    try:
        run(session)
    finally:
        go.set()


@pytest.mark.parametrize("told", [Told.BEGUN, Told.AT_REST])
def test_a_process_that_reads_the_documents_ends_with_the_librarian(
    sample_library: Library, tmp_path: Path, told: Told
) -> None:
    begun = tmp_path / "begun"
    shelf = FakeShelf(
        "-c", f"import os, time; open({str(begun)!r}, 'w').write(str(os.getpid())); time.sleep({LONG})"
    )
    shelf.library = sample_library

    async def change() -> AsyncIterator[Told]:
        yield told
        await asyncio.sleep(LONG)

    async def session() -> None:
        librarian = Librarian(shelf, change)
        librarian.start(never)
        await until(lambda: begun.exists() and bool(begun.read_text()))
        await librarian.stop()
        with pytest.raises(ProcessLookupError):
            os.kill(int(begun.read_text()), 0)

    run(session)


def test_a_passage_damaged_on_the_disk_is_made_again_once_and_every_question_answered(
    tmp_path: Path, derived: Path
) -> None:
    folder = library_of(tmp_path / "documents", {"渡口.txt": "渡船从八点开到六点。"})
    shelf = Shelf(folder, tmp_path / "index")
    (tmp_path / "index").mkdir()
    shutil.copy(place(derived), tmp_path / "index")

    async def session() -> None:
        librarian = Librarian(shelf)
        librarian.start(never)
        await librarian.opened()
        [passages] = (tmp_path / "index").glob("*/snapshot-*/passages.jsonl")
        with passages.open("r+b") as file:  # below what is mapped
            file.seek(file.readline().index("八".encode()))
            file.write("九".encode())
        both = await asyncio.gather(*(answered(librarian, "渡船几点开") for _ in range(2)))
        for found in both:
            assert found.hits[0].passage.text == "渡船从八点开到六点。"
        await librarian.stop()

    run(session)
    assert [path.name for path in tmp_path.glob("index/*/snapshot-*")] == ["snapshot-000002"]


def test_a_change_of_the_folder_is_answered_from_without_a_restart(tmp_path: Path, dictionary: Path) -> None:
    folder = tmp_path / "documents"
    (folder / ".index").mkdir(parents=True)
    shutil.copy(dictionary, folder / ".index")
    (folder / "渡口.txt").write_text("渡船从八点开到六点。", encoding="utf-8")
    opened = 0

    class Counted(Shelf):
        def newest(self) -> Library:
            nonlocal opened
            opened += 1
            return super().newest()

    async def session() -> None:
        looked = asyncio.Event()

        async def told() -> AsyncIterator[Told]:
            async for each in changes(folder):
                yield each
                looked.set()

        # Hidden, so that to write it is no change.
        librarian = Librarian(Counted(folder, folder / ".index"), told)
        librarian.start(never)
        await librarian.opened()
        await looked.wait()  # or that look and what is told may see the same change
        (folder / "茶.md").write_text("# 泡茶\n\n茶海要先用滚水烫过。", encoding="utf-8")
        await until(lambda: finds(librarian, "茶海用滚水"))
        (folder / "渡口.txt").unlink()
        await until(lambda: misses(librarian, "渡船几点开"))
        seen = opened
        await asyncio.sleep(1)
        assert opened == seen
        await librarian.stop()

    run(session)


def test_a_document_that_is_saved_while_the_library_is_opened_is_answered_from(
    tmp_path: Path, derived: Path
) -> None:
    (tmp_path / "index").mkdir()
    shutil.copy(place(derived), tmp_path / "index")
    folder = library_of(tmp_path / "documents", {"渡口.txt": "渡船从八点开到六点。"})

    class Late(Shelf):
        def open(self, tell: Tell = lambda _: None) -> Library:
            library = super().open(tell)
            library_of(folder, {"茶.md": "# 泡茶\n\n茶海要先用滚水烫过。"})
            return library

    async def session() -> None:
        librarian = Librarian(Late(folder, tmp_path / "index"), lambda: changes(folder))
        librarian.start(never)
        await until(lambda: finds(librarian, "茶海用滚水"))
        await librarian.stop()

    run(session)


def looks(count: int, done: asyncio.Event) -> Callable[[], AsyncIterator[Told]]:
    """So many times that the folder is to be looked at; `done` is set when each was seen to."""

    async def told() -> AsyncIterator[Told]:
        for _ in range(count):
            yield Told.LOOK
        done.set()

    return told


class Scripted(FakeShelf):
    """A library that is out of date until one of the commands has succeeded."""

    def __init__(self, library: Library, *scripts: str) -> None:
        super().__init__()
        self.library = library
        self.scripts = list(scripts)
        self.opened = 0

    def is_current(self) -> bool:
        return not self.scripts

    def command(self) -> list[str]:
        return [sys.executable, "-c", self.scripts.pop(0)]

    def newest(self) -> Library:
        self.opened += 1
        return self.library


def test_a_folder_that_has_not_changed_is_looked_at_without_a_process_or_a_word(
    sample_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = Scripted(sample_library)

    async def session() -> None:
        done = asyncio.Event()
        librarian = Librarian(shelf, looks(3, done))
        librarian.start(never)
        await done.wait()
        assert shelf.opened == 0
        assert not [record for record in caplog.records if record.name != "asyncio"]
        await librarian.stop()

    with caplog.at_level(logging.INFO):
        run(session)


def test_what_fails_is_tried_again_at_the_next_look_and_said_when_it_is_another_failure(
    sample_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    full, killed, well = "raise SystemExit('the disk is full')", "import os; os.kill(os.getpid(), 9)", ""
    shelf = Scripted(sample_library, full, full, killed, well, full)

    async def session() -> None:
        done = asyncio.Event()
        librarian = Librarian(shelf, looks(5, done))
        librarian.start(never)
        await done.wait()
        assert shelf.opened == 1
        await librarian.stop()

    run(session)
    said = [str(record.exc_info[1]) for record in caplog.records if record.exc_info]
    assert said == ["the disk is full", "the process that reads them ended with -9", "the disk is full"]


def test_a_watch_that_ends_with_an_error_is_no_secret(
    sample_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = FakeShelf()
    shelf.library = sample_library

    async def broken() -> AsyncIterator[Told]:
        raise ValueError("a path of another folder")
        yield Told.LOOK

    async def session() -> None:
        librarian = Librarian(shelf, broken)
        librarian.start(never)
        await until(lambda: "a path of another folder" in caplog.text)
        assert await finds(librarian, "集市几点收市")
        await librarian.stop()

    run(session)


@pytest.mark.parametrize("steps", range(8))
def test_stopping_while_a_process_starts_ends_both(sample_library: Library, steps: int) -> None:
    shelf = Scripted(sample_library, f"import time; time.sleep({LONG})")

    async def begun() -> AsyncIterator[Told]:
        yield Told.BEGUN
        await asyncio.Event().wait()

    async def session() -> None:
        librarian = Librarian(shelf, begun)
        librarian.start(never)
        await librarian.opened()
        for _ in range(steps):
            await asyncio.sleep(0)
        await asyncio.wait_for(librarian.stop(), LONG / 2)

    run(session)


def test_stopping_ends_what_a_question_began_that_met_damage(tmp_path: Path, derived: Path) -> None:
    folder, index = (
        library_of(tmp_path / "documents", {"渡口.txt": "渡船从八点开到六点。"}),
        tmp_path / "index",
    )
    index.mkdir()
    shutil.copy(place(derived), index)
    begun = tmp_path / "begun"
    hang = f"import os, time; open({str(begun)!r}, 'w').write(str(os.getpid())); time.sleep({LONG})"

    class Hanging(Shelf):
        def command(self) -> list[str]:
            return [sys.executable, "-c", hang]

    async def session() -> None:
        librarian = Librarian(Hanging(folder, index))
        librarian.start(never)
        await librarian.opened()
        [passages] = index.glob("*/snapshot-*/passages.jsonl")
        with passages.open("r+b") as file:
            file.seek(file.readline().index("八".encode()))
            file.write("九".encode())
        asked = [asyncio.create_task(answered(librarian, "渡船几点开")) for _ in range(2)]
        await until(lambda: begun.exists() and bool(begun.read_text()))
        await librarian.stop()
        with pytest.raises(ProcessLookupError):
            os.kill(int(begun.read_text()), 0)
        for each in asked:
            with pytest.raises(asyncio.CancelledError):
                await each

    run(session)


def test_how_far_the_index_is_is_logged_now_and_then(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("retrieval.command_line.progress.SELDOM", 0)

    async def session() -> None:
        librarian = Librarian(HeldShelf(sample_library))
        librarian.start(never)
        await librarian.opened()
        await librarian.stop()

    with caplog.at_level(logging.INFO):
        run(session)
    assert any(line.startswith("Indexing: 40%, 2 of 5 documents, 40 passages") for line in caplog.messages)
