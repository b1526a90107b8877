import asyncio
from threading import Event

import pytest
from conversation import LONG, HeldShelf

from bot.librarian import CONCURRENT, Librarian
from bot.order import InOrder
from bot.turns import Turns
from retrieval.library import Library
from retrieval.search import search


def test_no_more_than_so_many_work_at_once_and_each_in_its_turn() -> None:
    begun: list[int] = []
    working: list[int] = []

    async def work(turns: Turns, number: int) -> None:
        async with turns.taken():
            begun.append(number)
            working.append(number)
            assert len(working) <= 2
            await asyncio.sleep(0)
            working.remove(number)

    async def session() -> None:
        turns = Turns(2)
        await asyncio.gather(*(work(turns, number) for number in range(9)))

    asyncio.run(asyncio.wait_for(session(), LONG))
    assert begun == [*range(9)]


def test_who_waits_lets_another_work_and_goes_on_in_its_turn() -> None:
    said: list[str] = []

    async def session() -> None:
        turns, it_comes = Turns(1), asyncio.Event()

        async def wait(name: str) -> None:
            async with turns.taken():
                async with turns.given():
                    await it_comes.wait()
                said.append(name)
                await asyncio.sleep(0)
                said.append(name)

        async def bring() -> None:
            async with turns.taken():
                it_comes.set()

        await asyncio.gather(wait("first"), wait("second"), bring())

    asyncio.run(asyncio.wait_for(session(), LONG))
    assert said == ["first", "first", "second", "second"]


def test_who_has_no_turn_gives_none_and_who_is_cancelled_keeps_none() -> None:
    async def session() -> None:
        turns = Turns(1)
        async with turns.given():
            pass

        async def wait() -> None:
            async with turns.taken(), turns.given():
                await asyncio.Event().wait()

        task = asyncio.create_task(wait())
        await asyncio.sleep(0)
        async with turns.taken():
            task.cancel()
            await asyncio.sleep(0)  # it wants its turn again
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            second = asyncio.create_task(turns.taken().__aenter__())
            await asyncio.sleep(0)
            assert not second.done()
        await second

    asyncio.run(asyncio.wait_for(session(), LONG))


@pytest.mark.usefixtures("jieba_loaded")
def test_however_many_questions_wait_for_the_library_another_update_is_handled(
    sample_library: Library,
) -> None:
    go = Event()

    async def done(_: object) -> None:
        pass

    async def session() -> None:
        librarian = Librarian(HeldShelf(sample_library, go))
        librarian.start(on_failure=lambda: None)
        in_turn, hits = InOrder(librarian.turns, done), []

        async def ask() -> None:
            answer = await librarian.ask(lambda library: search(library.index, "集市几点收市", 1))
            hits.append(answer.hits)

        asked = [asyncio.create_task(in_turn.process_update(object(), ask())) for _ in range(CONCURRENT + 1)]
        await asyncio.sleep(0)
        await in_turn.process_update(object(), asyncio.sleep(0))
        assert not any(task.done() for task in asked)
        go.set()
        await asyncio.gather(*asked)
        assert len(hits) == CONCURRENT + 1
        assert all(hits)
        await librarian.stop()

    try:
        asyncio.run(asyncio.wait_for(session(), LONG))
    finally:
        go.set()


def test_who_waits_a_moment_for_the_library_lets_others_work(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.librarian.MOMENT", LONG)
    go = Event()

    async def session() -> None:
        librarian = Librarian(HeldShelf(sample_library, go))
        librarian.start(lambda: None)
        found: list[Library | None] = []

        async def look() -> None:
            async with librarian.turns.taken():
                found.append(await librarian.soon())

        looking = [asyncio.create_task(look()) for _ in range(CONCURRENT)]
        await asyncio.sleep(0)
        async with librarian.turns.taken():
            assert found == []
        go.set()
        await asyncio.gather(*looking)
        assert found == [sample_library] * CONCURRENT
        await librarian.stop()

    try:
        asyncio.run(asyncio.wait_for(session(), LONG / 2))
    finally:
        go.set()


def test_who_leaves_lets_another_work_and_goes_on_without_waiting() -> None:
    said: list[str] = []

    async def session() -> None:
        turns, sent = Turns(1), asyncio.Event()

        async def answer(name: str) -> None:
            async with turns.taken():
                said.append(name)
                turns.leave()
                turns.leave()  # it has none any more
                await sent.wait()

        async def work() -> None:
            async with turns.taken():
                sent.set()

        await asyncio.gather(answer("first"), answer("second"), work())
        async with turns.taken():
            assert turns._free.locked()  # noqa: SLF001 - a turn given twice would let two work

    asyncio.run(asyncio.wait_for(session(), LONG))
    assert said == ["first", "second"]
