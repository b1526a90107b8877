"""Who may ask, in messages, by buttons, inline, by links and for files; and how often."""

from collections.abc import Callable, Iterator

import pytest
from conversation import Conversation, conversation
from hypothesis import given
from hypothesis import strategies as st

from bot.access import MINUTE, MOST_REMEMBERED, Access, Pace, Rates
from retrieval.library import Library

REFUSED = "这个机器人只为指定的人和群服务。"


@pytest.fixture
def talk(sample_library: Library) -> Iterator[Conversation]:
    """A conversation in which Alice may ask, and everybody in a group that is named."""
    access = Access(users=frozenset({5001}), chats=frozenset({-1001000000001}), admins=frozenset({5003}))
    with conversation(sample_library, inline=True, access=access) as talk:
        talk.standin.refusals.clear()  # of the menu of an admin who has never written to the bot
        yield talk


ids = st.frozensets(st.integers(-5, 5))


@given(ids, ids, ids, st.none() | st.integers(-5, 5), st.none() | st.integers(-5, 5))
def test_who_is_named_may_ask_and_in_chats_that_are_named_everybody(
    users: frozenset[int], chats: frozenset[int], admins: frozenset[int], user: int | None, chat: int | None
) -> None:
    access = Access(users, chats, admins)
    assert access.is_restricted == bool(users or chats)
    assert access.allows(user, chat) == (
        not (users or chats) or user in users or user in admins or chat in chats
    )


@pytest.mark.parametrize(
    "text", ["集市几点收市", "/ask 集市几点收市", "/start", "/list", "/start p_x", "/why 集市"]
)
def test_others_get_one_sentence_in_private_whatever_they_write(talk: Conversation, text: str) -> None:
    bob = talk.standin.person("Bob")
    assert [reply.text for reply in talk.say(text, chat=talk.standin.private(bob))] == [REFUSED]


def test_who_is_named_and_admins_are_answered(talk: Conversation) -> None:
    assert talk.ask("集市几点收市").text.startswith("1. ")
    talk.standin.person("Bob")
    carol = talk.standin.person("Carol")
    assert carol.id == 5003
    assert talk.ask("集市几点收市", chat=talk.standin.private(carol)).text.startswith("1. ")


def test_in_a_group_that_is_named_everybody_is_answered_and_elsewhere_there_is_silence(
    talk: Conversation,
) -> None:
    bob = talk.standin.person("Bob")
    named, other = talk.standin.group("办公室"), talk.standin.group("别处")
    assert named.id == -1001000000001
    assert talk.ask("/ask@chuchu_bot 集市几点收市", chat=named, by=bob).text.startswith("1. ")
    assert talk.say("/ask@chuchu_bot 集市几点收市", chat=other, by=bob) == []
    assert talk.ask("/ask@chuchu_bot 集市几点收市", chat=other, by=talk.alice).text.startswith("1. ")


def test_buttons_links_and_files_are_for_the_same_people(talk: Conversation) -> None:
    other, bob = talk.standin.group("别处"), talk.standin.person("Bob")
    card = talk.press(talk.ask("/list@chuchu_bot", chat=other), "1", by=talk.alice)
    before = len(talk.standin.replies(other))
    for label in ("📄 原文件", "1", "🔍 只问这份"):
        assert talk.press(card, label, by=bob).text == card.text
    assert len(talk.standin.replies(other)) == before
    assert not talk.standin.unanswered_callbacks
    link = next(iter(card.links.values()))
    assert [each.text for each in talk.follow(link, by=bob)] == [REFUSED]


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_a_minute_are_taken_and_that_is_said_once_until_one_is_taken_again() -> None:
    clock = Clock()
    rates = Rates(3, clock)
    assert [rates.pace(1) for _ in range(5)] == [Pace.FINE] * 3 + [Pace.TOO_FAST, Pace.STILL_TOO_FAST]
    assert rates.pace(2) is Pace.FINE
    clock.now = MINUTE / 3
    assert [rates.pace(1) for _ in range(2)] == [Pace.FINE, Pace.TOO_FAST]
    clock.now = 3 * MINUTE
    assert [rates.pace(1) for _ in range(4)] == [Pace.FINE] * 3 + [Pace.TOO_FAST]


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(1, 3)), max_size=60), st.integers(1, 5))
def test_no_minute_has_more_than_twice_as_many(steps: list[tuple[float, int]], most: int) -> None:
    clock = Clock()
    rates = Rates(most, clock)
    taken: list[tuple[float, int]] = []
    for seconds, user in steps:
        clock.now += seconds
        if rates.pace(user) is Pace.FINE:
            taken.append((clock.now, user))
    for at, user in taken:
        assert sum(1 for when, who in taken if who == user and at <= when < at + MINUTE) <= 2 * most


def test_only_so_many_people_are_remembered() -> None:
    clock: Callable[[], float] = Clock()
    rates = Rates(1, clock)
    for user in range(MOST_REMEMBERED + 1):
        rates.pace(user)
    assert rates.pace(1) is not Pace.FINE
    assert rates.pace(0) is Pace.FINE  # the oldest was forgotten


def test_who_asks_too_fast_gets_a_friendly_word_once(sample_library: Library) -> None:
    with conversation(sample_library, most_a_minute=3) as talk:
        answer, *_ = [talk.ask("集市几点收市") for _ in range(3)]
        assert "喝口水" in talk.ask("集市几点收市").text
        assert talk.say("集市几点收市") == []
        assert talk.press(answer, "1").text == answer.text
        assert "最多 3 条" in (talk.standin.callback_answers[-1].text or "")
        bob = talk.standin.person("Bob")
        assert talk.ask("集市几点收市", chat=talk.standin.private(bob)).text.startswith("1. ")


def test_what_is_not_meant_for_us_is_not_counted(sample_library: Library) -> None:
    with conversation(sample_library, privacy=False, most_a_minute=2) as talk:
        group = talk.standin.group("读书会")
        for _ in range(5):
            assert talk.say("大家好", chat=group) == []
        assert talk.ask("/ask@chuchu_bot 集市几点收市", chat=group).text.startswith("1. ")
