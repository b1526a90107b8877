"""Updates in their order: one person's, several people's, and at the end of the worker."""

import asyncio

import pytest
from conversation import run
from telegram import Chat, InlineQuery, Message, Update, User
from telegram.constants import ChatType
from test_asked import THEN

from bot.order import InOrder
from bot.turns import Turns

ALICE, BOB = User(1, "Alice", is_bot=False), User(2, "Bob", is_bot=False)


def wrote(user: User, number: int = 0) -> Update:
    chat = Chat(user.id, ChatType.PRIVATE)
    return Update(number, message=Message(1, THEN, chat, from_user=user, text="集市"))


def typed(user: User) -> Update:
    return Update(0, inline_query=InlineQuery("1", user, "集市", ""))


class Work:
    """Handlers that begin, and end when `go` is set; and what was done."""

    def __init__(self) -> None:
        self.begun: list[object] = []
        self.done: list[object] = []
        self.go = asyncio.Event()
        self.order = InOrder(Turns(8), self._done)

    async def _done(self, update: object) -> None:
        self.done.append(update)

    def begin(self, update: object) -> "asyncio.Task[None]":
        return asyncio.create_task(self.order.process_update(update, self._handle(update)))

    async def _handle(self, update: object) -> None:
        self.begun.append(update)
        await self.go.wait()


async def a_moment() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_a_persons_updates_are_handled_one_after_another_and_other_peoples_meanwhile() -> None:
    async def session() -> None:
        work = Work()
        first, second, other = wrote(ALICE, 1), wrote(ALICE, 2), wrote(BOB, 3)
        tasks = [work.begin(update) for update in (first, second, other)]
        await a_moment()
        assert work.begun == [first, other]
        work.go.set()
        await asyncio.gather(*tasks)
        assert work.begun == [first, other, second]
        assert {id(update) for update in work.done} == {id(update) for update in (first, second, other)}

    run(session)


def test_those_who_write_in_the_name_of_their_groups_do_not_wait_for_each_other() -> None:
    anonymous = User(1087968824, "Group", is_bot=True)

    def wrote_in(group: int) -> Update:
        chat = Chat(group, ChatType.SUPERGROUP)
        return Update(0, message=Message(1, THEN, chat, from_user=anonymous, sender_chat=chat, text="集市"))

    async def session() -> None:
        work = Work()
        first, second, again = wrote_in(-1), wrote_in(-2), wrote_in(-1)
        tasks = [work.begin(update) for update in (first, second, again)]
        await a_moment()
        assert work.begun == [first, second]
        work.go.set()
        await asyncio.gather(*tasks)

    run(session)


def test_what_is_typed_inline_waits_for_nothing() -> None:
    async def session() -> None:
        work = Work()
        tasks = [work.begin(update) for update in (wrote(ALICE), typed(ALICE), typed(ALICE))]
        await a_moment()
        assert len(work.begun) == 3
        work.go.set()
        await asyncio.gather(*tasks)

    run(session)


def test_at_the_end_what_is_under_way_is_finished_and_the_rest_is_left() -> None:
    async def session() -> None:
        work = Work()
        first, second = wrote(ALICE, 1), wrote(ALICE, 2)
        tasks = [work.begin(update) for update in (first, second)]
        await a_moment()
        end = asyncio.create_task(work.order.end())
        await a_moment()
        tasks.append(work.begin(wrote(BOB, 3)))
        work.go.set()
        await end
        await asyncio.gather(*tasks, return_exceptions=True)
        assert work.done == [first]

    run(session)


def test_at_the_end_what_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.order.GRACE", 0.01)

    async def session() -> None:
        work = Work()
        task = work.begin(wrote(ALICE))
        await a_moment()
        await work.order.end()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
        assert work.begun
        assert not work.done

    run(session)


def test_what_fails_unexpectedly_is_not_done_and_the_next_is_handled() -> None:
    async def fail() -> None:
        raise OSError

    async def session() -> None:
        work = Work()
        work.go.set()
        with pytest.raises(OSError):  # noqa: PT011 - it has no words
            await work.order.process_update(wrote(ALICE, 1), fail())
        assert not work.done
        await work.begin(wrote(ALICE, 2))
        assert len(work.done) == 1

    run(session)
