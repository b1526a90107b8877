"""Updates that are kept until they are handled, and by whom."""

import asyncio
import errno
import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from clock import Clock
from conversation import LONG, run
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, CallbackQuery, Chat, InlineQuery, Message, Update, User
from test_asked import THEN

from bot.inbox import MOST_ALONE, MOST_TRIES, REMEMBERED, Inbox

ALICE = User(1, "Alice", is_bot=False)


class NamedBot(Bot):
    """A bot that has not asked Telegram who it is."""

    @property
    def id(self) -> int:
        return int(self.token.partition(":")[0])


BOT = NamedBot("7:token")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index" / "inbox.sqlite"


@pytest.fixture
def clock() -> Clock:
    return Clock(1_000_000.0)


def wrote(number: int, text: str = "集市几点收市") -> Update:
    message = Message(number, THEN, Chat(1, Chat.PRIVATE), from_user=ALICE, text=text)
    return Update(number, message=message)


async def opened(path: Path | None, clock: Clock | None = None, bot: Bot = BOT) -> Inbox:
    inbox = Inbox(path, clock or Clock(1_000_000.0))
    await inbox.open(bot)
    return inbox


def taken(inbox: Inbox) -> list[int]:
    """The numbers of the updates that are to be handled."""
    numbers = []
    while not inbox.empty():
        update = inbox.get_nowait()
        assert isinstance(update, Update)
        numbers.append(update.update_id)
    return numbers


def test_what_was_not_done_is_handled_by_the_next_worker_in_its_order(path: Path) -> None:
    async def session() -> None:
        first = await opened(path)
        for number in (3, 4, 5):
            await first.put(wrote(number))
        assert taken(first) == [3, 4, 5]
        await first.done(wrote(4))
        assert first.waiting == 2
        first.close()
        second = await opened(path)
        assert second.waiting == 2
        assert taken(second) == [3, 5]
        second.close()

    run(session)


def test_what_is_left_over_is_as_it_was(path: Path) -> None:
    async def session() -> None:
        pressed = CallbackQuery("9", ALICE, "c", message=wrote(1).message, data="a::::")
        updates = [wrote(3, "<b>𠮷\n\u202e"), Update(4, callback_query=pressed)]
        first = await opened(path)
        for update in updates:
            await first.put(update)
        first.close()
        second = await opened(path)
        assert [second.get_nowait() for _ in updates] == updates
        second.close()

    run(session)


@given(st.text())
def test_any_text_is_kept(text: str) -> None:
    update = Update.de_json(json.loads(wrote(3, text).to_json()), None)
    assert update.message is not None
    assert (update.message.text or "") == text


def test_what_was_done_is_not_done_again_though_telegram_sends_it_again(path: Path) -> None:
    async def session() -> None:
        first = await opened(path)
        await first.put(wrote(3))
        await first.done(wrote(3))
        await first.put(wrote(3))
        assert taken(first) == [3]
        first.close()
        second = await opened(path)
        await second.put(wrote(3))
        assert taken(second) == []
        second.close()

    run(session)


def test_what_is_done_leaves_no_words_in_the_file(path: Path) -> None:
    async def session() -> None:
        inbox = await opened(path)
        await inbox.put(wrote(3, "confidential words"))
        assert any(b"confidential" in file.read_bytes() for file in path.parent.iterdir())
        assert all(stat.S_IMODE(file.stat().st_mode) & 0o077 == 0 for file in path.parent.iterdir())
        await inbox.done(wrote(3))
        inbox.close()
        assert not any(b"confidential" in file.read_bytes() for file in path.parent.iterdir())

    run(session)


def test_the_updates_of_another_bot_are_others(path: Path) -> None:
    async def session() -> None:
        first = await opened(path)
        await first.put(wrote(3))
        first.close()
        second = await opened(path, bot=NamedBot("8:token"))
        await second.put(wrote(3))
        assert taken(second) == [3]
        second.close()

    run(session)


def test_what_is_typed_inline_is_not_kept(path: Path) -> None:
    async def session() -> None:
        first = await opened(path)
        update = Update(3, inline_query=InlineQuery("1", ALICE, "集市", ""))
        await first.put(update)
        assert taken(first) == [3]
        assert first.waiting == 0
        await first.done(update)
        first.close()
        second = await opened(path)
        assert taken(second) == []
        second.close()

    run(session)


def test_what_waited_for_long_is_handled_too_so_that_whoever_asked_hears_of_it(
    path: Path, clock: Clock
) -> None:
    async def session() -> None:
        first = await opened(path, clock)
        await first.put(wrote(3))
        first.close()
        clock.now += 24 * 60 * 60
        second = await opened(path, clock)
        assert taken(second) == [3]
        second.close()

    run(session)


GONE = {"chat": {"id": 1, "type": "group"}, "message_id": 1, "date": 0}


@pytest.mark.parametrize(
    "more",
    [
        {"pinned_message": GONE},
        {"text": "集市", "reply_to_message": {**GONE, "date": 1, "pinned_message": GONE}},
    ],
)
def test_an_update_about_a_message_that_is_gone_is_kept_as_any_other(
    path: Path, more: dict[str, object]
) -> None:
    said = {"update_id": 3, "message": {**GONE, "date": 1_000_000, **more}}

    async def session() -> None:
        first = await opened(path)
        await first.put(Update.de_json(said, BOT))
        assert taken(first) == [3]
        first.close()
        second = await opened(path)
        left = second.get_nowait()
        assert isinstance(left, Update)
        assert left.to_dict() == Update.de_json(said, BOT).to_dict()
        second.close()

    run(session)


def test_an_update_that_cannot_be_kept_is_handled_and_so_are_those_after_it(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def session() -> None:
        inbox = await opened(path)
        await inbox.put(wrote(2**63))  # more than SQLite can count
        await inbox.put(wrote(4))
        assert taken(inbox) == [2**63, 4]
        await inbox.done(wrote(4))
        inbox.close()

    run(session)
    assert "cannot be kept" in caplog.text
    assert "集市" not in caplog.text


@pytest.mark.parametrize("said", ['{"update_id": 3, "mess', '{"message": {}}', "[]", "3"])
def test_what_was_left_over_and_cannot_be_read_keeps_no_worker_from_starting(
    path: Path, caplog: pytest.LogCaptureFixture, said: str
) -> None:
    async def session() -> None:
        first = await opened(path)
        await first.put(wrote(3))
        await first.put(wrote(4))
        first._rows.write("UPDATE updates SET said = ? WHERE number = 3", said)  # noqa: SLF001
        first.close()
        second = await opened(path)
        assert taken(second) == [4]
        second.close()
        third = await opened(path)
        assert taken(third) == [4]
        third.close()

    run(session)
    assert caplog.text.count("cannot be read") == 1


def test_what_was_done_while_the_disk_took_nothing_is_known_to_be_done_later(path: Path) -> None:
    async def session() -> None:
        first = await opened(path)
        for number in (3, 4, 5):
            await first.put(wrote(number))
        with closing(sqlite3.connect(path)) as other:
            other.execute("BEGIN IMMEDIATE")
            first._rows.write("PRAGMA busy_timeout = 1")  # noqa: SLF001 - or it would take long
            await first.done(wrote(3))
            await first.done(wrote(4))
            other.rollback()
        if first.waiting:
            await first.done(wrote(5))
        first.close()
        second = await opened(path)
        assert taken(second) == []
        second.close()

    run(session)


def test_what_was_done_at_the_very_end_is_struck_out_when_it_can_be(path: Path) -> None:
    async def session() -> None:
        first = await opened(path)
        await first.put(wrote(3))
        first._rows.write("PRAGMA query_only = ON")  # noqa: SLF001 - as a disk that takes nothing
        await first.done(wrote(3))
        first._rows.write("PRAGMA query_only = OFF")  # noqa: SLF001
        first.close()
        second = await opened(path)
        assert taken(second) == []
        second.close()

    run(session)


def test_what_cannot_be_taken_over_at_the_start_is_taken_over_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.ANOTHER_LOOK", 0.01)

    async def session() -> None:
        first = await opened(path)
        await first.put(wrote(3))
        first.close()
        second = Inbox(path, Clock(1_000_000.0))
        second._rows.write("PRAGMA query_only = ON")  # noqa: SLF001
        await second.open(BOT)
        assert taken(second) == []
        second._rows.write("PRAGMA query_only = OFF")  # noqa: SLF001
        left = await asyncio.wait_for(second.get(), LONG)
        assert isinstance(left, Update)
        assert left.update_id == 3
        second.close()

    run(session)


def test_what_is_done_leaves_no_words_while_the_worker_goes_on(path: Path) -> None:
    async def session() -> None:
        inbox = await opened(path)
        await inbox.put(wrote(3, "confidential words"))
        await inbox.done(wrote(3))
        assert not any(b"confidential" in file.read_bytes() for file in path.parent.iterdir())
        inbox.close()

    run(session)


def test_what_is_done_soon_after_leaves_no_words_either_though_nothing_else_comes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.TIDYING", 0.2)

    async def session() -> None:
        inbox = await opened(path)
        for number in (3, 4):
            await inbox.put(wrote(number, "confidential words"))
            await inbox.done(wrote(number))
        await asyncio.sleep(0.3)
        await inbox._thread.do(lambda: None)  # noqa: SLF001 - whatever it does is done then
        assert not any(b"confidential" in file.read_bytes() for file in path.parent.iterdir())
        inbox.close()

    run(session)


def test_where_the_disk_knows_no_locks_what_was_left_is_taken_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lock(_: int, __: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    async def session() -> None:
        first = await opened(path)
        await first.put(wrote(3))
        first.close()
        monkeypatch.setattr("fcntl.flock", lock)
        second = await opened(path)
        assert taken(second) == [3]
        second.close()

    run(session)


def test_a_jump_of_the_clock_forgets_nothing_that_is_to_be_done(path: Path, clock: Clock) -> None:
    async def session() -> None:
        first = await opened(path, clock)
        await first.put(wrote(3))
        clock.now += 1e9
        await first.put(wrote(4))
        first.close()
        second = await opened(path, clock)
        assert taken(second) == [3, 4]
        second.close()

    run(session)


def test_what_waits_already_is_not_queued_again_though_it_could_not_be_written(path: Path) -> None:
    async def session() -> None:
        inbox = await opened(path)
        inbox._rows.write("DROP TABLE updates")  # noqa: SLF001
        for _ in range(2):
            await inbox.put(wrote(3))
        assert taken(inbox) == [3]
        inbox.close()

    run(session)


def test_a_suspect_stays_one_when_a_worker_ends_in_order(path: Path) -> None:
    async def session() -> None:
        first = await opened(path)
        for number in (3, 4, 5):
            await first.put(wrote(number))
        first.close()
        for _ in range(MOST_TRIES):
            kill(await opened(path))
        for _ in range(2):
            graceful = await opened(path)
            assert taken(graceful) == [3]  # those that several have not done come one by one
            graceful.close()

    run(session)


def test_workers_that_end_in_order_make_nothing_a_suspect(path: Path) -> None:
    async def session() -> None:
        first = await opened(path)
        await first.put(wrote(3))
        await first.put(wrote(4))
        first.close()
        for _ in range(2 * MOST_TRIES):
            again = await opened(path)
            assert taken(again) == [3, 4]
            again.close()

    run(session)


def test_what_was_done_long_ago_is_forgotten(path: Path, clock: Clock) -> None:
    async def session() -> None:
        inbox = await opened(path, clock)
        await inbox.put(wrote(3))
        await inbox.done(wrote(3))
        clock.now += REMEMBERED + 1
        await inbox.put(wrote(4))
        await inbox.put(wrote(3))
        assert taken(inbox) == [3, 4, 3]
        inbox.close()

    run(session)


def kill(inbox: Inbox) -> None:
    """Let go of what a process holds that is killed."""
    assert inbox._lock is not None  # noqa: SLF001
    os.close(inbox._lock)  # noqa: SLF001
    inbox._rows.close()  # noqa: SLF001


async def suspected(path: Path, *numbers: int) -> None:
    """Let updates be there when worker after worker is killed."""
    first = await opened(path)
    for number in numbers:
        await first.put(wrote(number))
    kill(first)
    for _ in range(MOST_TRIES):
        again = await opened(path)
        assert taken(again) == [*numbers]
        kill(again)


def test_of_those_that_several_workers_have_not_done_only_the_one_is_given_up_that_kills_alone(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def session() -> None:
        await suspected(path, 3, 4)
        tried = []
        for _ in range(2 * MOST_ALONE - 1):
            again = await opened(path)
            tried += taken(again)
            kill(again)
        assert tried == [3, 4] * (MOST_ALONE - 1) + [3]
        last = await opened(path)
        assert taken(last) == [4]
        last.close()

    run(session)
    assert "Given up" in caplog.text


def test_those_that_several_workers_have_not_done_come_one_by_one_beside_new_ones(path: Path) -> None:
    async def session() -> None:
        await suspected(path, 3, 4)
        inbox = await opened(path)
        await inbox.put(wrote(5))
        assert taken(inbox) == [3, 5]
        await inbox.done(wrote(5))
        assert taken(inbox) == []
        await inbox.done(wrote(3))
        assert taken(inbox) == [4]
        await inbox.done(wrote(4))
        assert inbox.waiting == 0
        inbox.close()

    run(session)


def test_a_worker_that_ends_in_order_is_no_sign_of_an_update_that_kills(path: Path) -> None:
    async def session() -> None:
        await suspected(path, 3)
        for _ in range(2 * MOST_ALONE):
            again = await opened(path)
            assert taken(again) == [3]
            again.close()

    run(session)


def test_a_worker_may_end_before_the_other_that_it_waits_for(path: Path) -> None:
    loop = asyncio.new_event_loop()
    first = loop.run_until_complete(opened(path))
    second = loop.run_until_complete(opened(path))
    loop.close()
    second.close()
    first.close()


def test_a_worker_beside_another_takes_what_that_leaves_when_it_has_ended(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.ANOTHER_LOOK", 0.01)

    async def session() -> None:
        first = await opened(path)
        await first.put(wrote(3))
        second = await opened(path)
        await second.put(wrote(3))
        await second.put(wrote(4))
        assert taken(second) == [4]
        first.close()
        left = await asyncio.wait_for(second.get(), LONG)
        assert isinstance(left, Update)
        assert left.update_id == 3
        second.close()

    run(session)


def test_where_nothing_can_be_kept_updates_are_handled_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "index").touch()

    async def session() -> None:
        inbox = await opened(tmp_path / "index" / "inbox.sqlite")
        await inbox.put(wrote(3))
        assert taken(inbox) == [3]
        await inbox.done(wrote(3))
        inbox.close()

    run(session)


def test_anything_else_goes_through_it(path: Path) -> None:
    async def session() -> None:
        inbox, sign = await opened(path), object()
        await inbox.put(sign)
        assert await inbox.get() is sign
        await inbox.done(sign)
        inbox.close()

    run(session)
