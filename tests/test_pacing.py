"""What is asked of Telegram: how much at once, in which order, and again where that helps."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any

import pytest
from conversation import LONG, UNLIMITED, run
from hypothesis import given, settings
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

from bot.pacing import MINUTE, MOST_LINES, Pacing, Slots
from bot.patience import patiently

ALICE, BOB, GROUP = 1, 2, -7


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


def paced(within: float = LONG, most: int = UNLIMITED) -> Pacing:
    return Pacing(within, lambda: None, most)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.patience.FIRST_PAUSE", 0.0)


DELAYS = st.lists(st.tuples(st.floats(0, 0.02), st.floats(0, 0.02)), max_size=12)


@settings(max_examples=12)
@given(st.integers(1, 4), st.floats(0.005, 0.03), DELAYS)
def test_no_span_has_more_arrivals_than_so_many_however_long_each_is_on_its_way(
    most: int, seconds: float, delays: list[tuple[float, float]]
) -> None:
    arrived: list[float] = []

    async def session() -> None:
        slots = Slots(most, seconds)

        async def request(there: float, back: float) -> None:
            await asyncio.sleep(there)
            arrived.append(asyncio.get_running_loop().time())
            await asyncio.sleep(back)

        await asyncio.gather(*(slots.fill(partial(request, *delay)) for delay in delays))
        assert len(arrived) == len(delays)

    run(session)
    for at in arrived:
        # A clock may be a moment early.
        assert sum(at - seconds + 1e-3 < other <= at for other in arrived) <= most


def test_slots_are_free_again_when_their_seconds_are_over() -> None:
    async def session() -> None:
        slots = Slots(1, 0.01)
        assert slots.is_free
        assert slots.are_all_free
        await slots.fill(lambda: asyncio.sleep(0))
        assert not slots.is_free
        await asyncio.sleep(0.05)
        assert slots.is_free
        assert slots.are_all_free

    run(session)


def test_more_than_so_many_requests_in_a_second_wait_whatever_they_are() -> None:
    async def session() -> None:
        telegram, pacing = Telegram(), paced(most=3)
        begun = asyncio.get_running_loop().time()
        requests = [telegram.through(pacing, "sendMessage", chat_id=chat) for chat in range(1, 4)]
        requests += [telegram.through(pacing, "answerCallbackQuery") for _ in range(2)]
        await asyncio.gather(*requests)
        assert asyncio.get_running_loop().time() - begun > 1

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


def test_a_request_that_is_let_go_when_the_worker_has_ended_says_nothing() -> None:
    async def begun() -> Coroutine[Any, Any, Any]:
        filling = Slots(1, 1.0).fill(asyncio.Event().wait)
        filling.send(None)
        return filling

    asyncio.run(begun()).close()
