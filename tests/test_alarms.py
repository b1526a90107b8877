"""What admins are told of trouble, and how often."""

import asyncio
from collections.abc import Callable

import pytest
from clock import Clock
from standin import Chat, Person, StandIn, StandInRequest
from telegram import Bot

from bot.alarms import AGAIN, DAY, HOUR, MOST_AN_HOUR, Alarms


@pytest.fixture
def clock() -> Clock:
    return Clock(1000.0)


Say = Callable[..., list[str]]


@pytest.fixture
def bot(standin: StandIn) -> Bot:
    request = StandInRequest(standin)
    return Bot(standin.token, request=request, get_updates_request=request)


@pytest.fixture
def say(standin: StandIn, chat: Chat, alice: Person, clock: Clock, bot: Bot) -> Say:
    """Tell Alice of trouble; returns what reached her."""
    alarms = Alarms([alice.id], clock)

    def said(key: str, text: str = "trouble", *again: float) -> list[str]:
        before = len(standin.replies(chat))
        asyncio.run(alarms.say(bot, key, text, *again))
        return [message.text for message in standin.replies(chat)[before:]]

    return said


def test_an_admin_is_told(say: Say) -> None:
    assert say("disk", "The disk is full") == ["The disk is full"]


def test_the_same_trouble_is_told_again_after_ten_minutes(say: Say, clock: Clock) -> None:
    assert say("disk")
    clock.now += AGAIN - 1
    assert not say("disk")
    assert say("other", "other trouble") == ["other trouble\n（这之前另有 1 次没有报告，都在日志里。）"]
    clock.now += 1
    assert say("disk") == ["trouble"]


def test_trouble_that_lasts_is_told_once_a_day(say: Say, clock: Clock) -> None:
    assert say("disk", "full", DAY)
    for _ in range(23):
        clock.now += HOUR
        assert not say("disk", "full", DAY)
    clock.now += HOUR
    assert say("disk", "full", DAY) == ["full\n（这之前另有 23 次没有报告，都在日志里。）"]


def test_six_are_told_in_an_hour_and_the_next_says_how_many_were_left_out(say: Say, clock: Clock) -> None:
    for number in range(MOST_AN_HOUR):
        clock.now += 60
        assert say(f"trouble {number}")
    assert not say("one more")
    assert not say("two more")
    clock.now += HOUR - 60 * (MOST_AN_HOUR - 1) - 1
    assert not say("three more")
    clock.now += 1  # the first is an hour old
    assert say("two more", "again") == ["again\n（这之前另有 3 次没有报告，都在日志里。）"]
    assert not say("four more")  # the second is not


def test_an_admin_who_has_blocked_the_bot_stops_nothing(
    standin: StandIn, chat: Chat, alice: Person, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = standin.person("Bob")  # has never written to the bot
    alarms = Alarms([stranger.id, alice.id])
    asyncio.run(alarms.say(bot, "disk", "full"))
    assert [message.text for message in standin.replies(chat)] == ["full"]
    [line] = caplog.messages
    assert line.startswith("An admin was not told: ")


def test_without_admins_nobody_is_told(standin: StandIn, bot: Bot) -> None:
    asyncio.run(Alarms([]).say(bot, "disk", "full"))
    assert not standin.calls


def test_nobody_waits_until_an_admin_is_told(standin: StandIn, chat: Chat, alice: Person, bot: Bot) -> None:
    async def session() -> None:
        alarms = Alarms([alice.id])
        alarms.sound(bot, "disk", "full")
        assert not standin.replies(chat)
        await alarms.sounding.settled()
        assert [message.text for message in standin.replies(chat)] == ["full"]

    asyncio.run(session())


def test_an_admin_who_would_be_told_too_late_keeps_no_worker_from_ending(
    standin: StandIn, chat: Chat, alice: Person, bot: Bot
) -> None:
    async def session() -> None:
        alarms = Alarms([alice.id])
        alarms.sound(bot, "disk", "full")
        await alarms.sounding.end()

    asyncio.run(session())
    assert not standin.replies(chat)


def test_what_is_heard_before_there_is_a_bot_is_told_once(
    standin: StandIn, chat: Chat, alice: Person, clock: Clock, bot: Bot
) -> None:
    alarms = Alarms([alice.id], clock)
    alarms.hear("The disk is full")

    async def session() -> None:
        alarms.begin(bot)
        await asyncio.sleep(0)
        await alarms.sounding.settled()

    asyncio.run(session())
    assert len(standin.replies(chat)) == 1
    clock.now += DAY
    asyncio.run(session())
    assert len(standin.replies(chat)) == 1
