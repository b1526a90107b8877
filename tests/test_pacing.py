"""What is asked of Telegram: how much at once, in which order, and again where that helps."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from conversation import LONG, UNLIMITED
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.pacing import MINUTE, MOST_LINES, PARTS, Pacing, Window
from bot.patience import patiently

ALICE, BOB, GROUP = 1, 2, -7


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Telegram:
    """What requests come to: failures first, for those that have any; then True, when `go` is set."""

    def __init__(self, **failures: list[Exception]) -> None:
        self.failures = failures
        self.asked: list[tuple[str, int]] = []
        self.go = asyncio.Event()
        self.go.set()

    async def __call__(self, endpoint: str, data: dict[str, Any]) -> bool:
        self.asked.append((endpoint, data.get("chat_id", 0)))
        await self.go.wait()
        if failures := self.failures.get(endpoint):
            raise failures.pop(0)
        return True

    async def through(self, pacing: Pacing, endpoint: str, **data: object) -> object:
        """What a request comes to that is made by the pacing."""
        return await pacing.process_request(self, (endpoint, data), {}, endpoint, data, None)


@asynccontextmanager
async def given_away() -> AsyncIterator[None]:
    yield


def paced(within: float = LONG, most: int = UNLIMITED) -> Pacing:
    return Pacing(within, given_away, most)


def run(session: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(session(), LONG))


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.patience.FIRST_PAUSE", 0.0)


@given(st.integers(1, 4), st.floats(0.5, 3), st.lists(st.floats(0, 2), max_size=30))
def test_no_span_has_more_than_so_many_and_none_waits_longer_than_it_must(
    most: int, seconds: float, steps: list[float]
) -> None:
    clock, taken = Clock(), list[float]()
    window = Window(most, seconds, clock)
    for step in steps:
        clock.now += step
        waited = window.wait
        clock.now += waited
        window.count()
        taken.append(clock.now)
        before = [at for at in taken[:-1] if clock.now - seconds - waited < at]
        assert waited == 0 or len(before) >= most
    for at in taken:
        assert sum(at - seconds + 1e-6 < other <= at for other in taken) <= most


def test_more_than_so_many_requests_in_a_second_wait_whatever_they_are() -> None:
    async def session() -> None:
        telegram, pacing = Telegram(), paced(most=3)
        begun = asyncio.get_running_loop().time()
        requests = [telegram.through(pacing, "sendMessage", chat_id=chat) for chat in range(1, 4)]
        requests += [telegram.through(pacing, "answerCallbackQuery") for _ in range(2)]
        await asyncio.gather(*requests)
        assert asyncio.get_running_loop().time() - begun > 1

    run(session)


def test_the_requests_of_a_second_are_not_made_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pacing.SECOND", LONG * PARTS)

    async def session() -> None:
        telegram, pacing = Telegram(), paced(most=10 * PARTS)
        requests = [
            asyncio.create_task(telegram.through(pacing, "sendMessage", chat_id=chat))
            for chat in range(1, 31)
        ]
        done, waiting = await asyncio.wait(requests, timeout=0.1)
        assert (len(done), len(waiting)) == (10, 20)
        for task in waiting:
            task.cancel()

    run(session)


def test_a_group_gets_no_more_than_its_minute_takes_and_others_do_not_wait_for_it() -> None:
    async def session() -> None:
        telegram, pacing = Telegram(), paced()
        to_group = [
            asyncio.create_task(telegram.through(pacing, "sendMessage", chat_id=GROUP)) for _ in range(22)
        ]
        await telegram.through(pacing, "sendMessage", chat_id=ALICE)
        done, waiting = await asyncio.wait(to_group, timeout=0.1)
        assert (len(done), len(waiting)) == (20, 2)
        for task in waiting:
            task.cancel()

    run(session)


def test_what_is_sent_to_a_group_counts_from_when_it_is_sent_though_it_waited_for_its_turn() -> None:
    async def session() -> None:
        telegram, pacing = Telegram(), paced(most=1)
        await telegram.through(pacing, "sendMessage", chat_id=ALICE)
        sending = asyncio.create_task(telegram.through(pacing, "sendMessage", chat_id=GROUP))
        await asyncio.sleep(0.01)
        line = pacing._lines[GROUP]  # noqa: SLF001 - when it counts shows nowhere else at once
        assert telegram.asked == [("sendMessage", ALICE)]
        assert not line.is_counting
        await sending
        assert line.is_counting

    run(session)


def test_requests_for_a_chat_are_made_one_after_another_and_for_others_meanwhile() -> None:
    async def session() -> None:
        telegram, pacing = Telegram(), paced()
        telegram.go.clear()
        for endpoint in ("sendMessage", "editMessageText"):
            for chat in (ALICE, BOB):
                asyncio.create_task(telegram.through(pacing, endpoint, chat_id=chat))  # noqa: RUF006 - awaited below
        await asyncio.sleep(0.01)
        assert telegram.asked == [("sendMessage", ALICE), ("sendMessage", BOB)]
        telegram.go.set()
        await asyncio.sleep(0.01)
        assert telegram.asked[2:] == [("editMessageText", ALICE), ("editMessageText", BOB)]

    run(session)


def test_where_telegram_asks_to_wait_only_that_chat_waits() -> None:
    async def session() -> None:
        telegram, pacing = Telegram(sendMessage=[RetryAfter(1)]), paced()
        loop = asyncio.get_running_loop()
        begun = loop.time()
        late = asyncio.create_task(telegram.through(pacing, "sendMessage", chat_id=ALICE))
        await asyncio.sleep(0)
        await telegram.through(pacing, "sendMessage", chat_id=BOB)
        assert loop.time() - begun < 1
        await late
        assert loop.time() - begun >= 1

    run(session)


def test_that_something_is_done_is_not_shown_where_that_would_take_the_place_of_an_answer() -> None:
    async def session() -> None:
        telegram, pacing = Telegram(), paced()
        telegram.go.clear()
        sending = asyncio.create_task(telegram.through(pacing, "sendMessage", chat_id=GROUP))
        await asyncio.sleep(0)
        await telegram.through(pacing, "sendChatAction", chat_id=GROUP)
        telegram.go.set()
        await sending
        assert [endpoint for endpoint, _ in telegram.asked] == ["sendMessage"]
        await telegram.through(pacing, "sendChatAction", chat_id=GROUP)
        assert telegram.asked[-1][0] == "sendChatAction"

    run(session)


def test_what_was_sent_to_many_chats_long_ago_is_forgotten() -> None:
    async def session() -> None:
        telegram, pacing = Telegram(), paced()
        for chat in range(1, MOST_LINES + 2):
            await telegram.through(pacing, "sendMessage", chat_id=chat)
        assert len(pacing._lines) < MOST_LINES  # noqa: SLF001 - a leak shows nowhere else

    run(session)


@pytest.mark.parametrize(
    "error",
    [RetryAfter(0.01), NetworkError("Bad Gateway"), TimedOut(), NetworkError("httpx.ReadError")],  # type: ignore[arg-type]
)
def test_what_fails_in_passing_is_asked_again_until_it_works(error: Exception) -> None:
    async def session() -> None:
        telegram, pacing = Telegram(sendMessage=[error] * 6), paced()
        assert await telegram.through(pacing, "sendMessage", chat_id=ALICE)
        assert len(telegram.asked) == 7

    run(session)


@pytest.mark.parametrize(
    "error", [BadRequest("no"), Forbidden("no"), InvalidToken("no"), TelegramError("no")]
)
def test_what_telegram_refuses_is_not_asked_again(error: Exception) -> None:
    async def session() -> None:
        telegram, pacing = Telegram(sendMessage=[error]), paced()
        with pytest.raises(type(error)):
            await telegram.through(pacing, "sendMessage", chat_id=ALICE)
        assert len(telegram.asked) == 1

    run(session)


def test_what_nobody_needs_any_more_is_not_asked_again() -> None:
    async def session() -> None:
        telegram, pacing = Telegram(sendMessage=[RetryAfter(MINUTE)], getMe=[TimedOut()]), paced(within=1)  # type: ignore[arg-type]
        for endpoint, chat in (("sendMessage", ALICE), ("getMe", None)):
            with pytest.raises((RetryAfter, TimedOut)):
                await telegram.through(pacing, endpoint, chat_id=chat)
        assert len(telegram.asked) == 2

    run(session)


@given(st.lists(st.booleans(), max_size=12))
def test_however_often_it_fails_the_outcome_is_the_first_that_is_none(fails: list[bool]) -> None:
    calls = iter([*fails, False])

    async def call() -> int:
        if next(calls):
            raise NetworkError("no")
        return sum(1 for _ in calls)

    async def session() -> None:
        left = len(fails) - [*fails, False].index(False)
        assert await patiently(call, LONG) == left

    run(session)
