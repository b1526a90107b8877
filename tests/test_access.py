"""Who may ask, in messages, by buttons, inline, by links and for files; and how often."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clock import Clock
from conversation import Conversation, conversation
from hypothesis import given
from hypothesis import strategies as st

from bot.access import MINUTE, MOST_REMEMBERED, Access, Pace, Rates
from bot.handlers.admitting import PRESSED
from retrieval.library import Library

REFUSED = "这个机器人只为指定的人和群服务。如果你是从群里来的，请在群里问。"


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


def test_what_comes_behind_a_later_one_is_counted_with_it() -> None:
    rates = Rates(2)
    assert [rates.pace(1, at) for at in (100.0, 10.0, 90.0, 130.0)] == [
        Pace.FINE,
        Pace.FINE,
        Pace.TOO_FAST,
        Pace.FINE,
    ]


def test_only_so_many_people_are_remembered() -> None:
    clock: Callable[[], float] = Clock()
    rates = Rates(1, clock)
    for user in range(MOST_REMEMBERED + 1):
        rates.pace(user)
    assert rates.pace(1) is not Pace.FINE
    assert rates.pace(0) is Pace.FINE  # the oldest was forgotten


def test_who_asks_too_fast_gets_a_friendly_word_once(sample_library: Library) -> None:
    with conversation(sample_library, most_a_minute=3) as talk:
        for _ in range(3):
            assert talk.ask("集市几点收市").text.startswith("1. ")
        assert "喝口水" in talk.ask("集市几点收市").text
        assert talk.say("集市几点收市") == []
        bob = talk.standin.person("Bob")
        assert talk.ask("集市几点收市", chat=talk.standin.private(bob)).text.startswith("1. ")


def test_questions_that_waited_while_nobody_was_there_are_counted_by_when_they_were_asked(
    sample_library: Library,
) -> None:
    with conversation(sample_library, most_a_minute=2) as talk:
        for _ in range(6):
            talk.standin.say(talk.chat, talk.alice, "集市几点收市")
            talk.standin.let_pass(MINUTE)
        talk.settle()
        assert [reply.text[:3] for reply in talk.standin.replies(talk.chat)] == ["1. "] * 6
        burst = [talk.say("集市几点收市") for _ in range(4)]
        assert [len(replies) for replies in burst] == [1, 1, 1, 0]


def test_pressed_buttons_are_counted_by_themselves_and_no_question_is_lost_for_them(
    sample_library: Library,
) -> None:
    with conversation(sample_library, most_a_minute=2) as talk:
        answer = talk.ask("集市几点收市")
        for _ in range(PRESSED):
            opened = talk.press(answer, "1")
            assert opened.text != answer.text
            answer = talk.press(opened, "← 返回")
        assert talk.press(answer, "1").text == answer.text
        assert "喝口水" in (talk.standin.callback_answers[-1].text or "")
        assert talk.ask("集市几点收市").text.startswith("1. ")


def test_what_is_not_meant_for_us_is_not_counted(sample_library: Library) -> None:
    with conversation(sample_library, privacy=False, most_a_minute=2) as talk:
        group = talk.standin.group("读书会")
        for text in ("大家好", "/roll@dice_bot", "/roll", "/asking 集市", "/list@dice_bot"):
            assert talk.say(text, chat=group) == []
        talk.standin.edit(talk.standin.messages(group)[0], "大家好啊")
        talk.settle()
        assert talk.ask("/ask@chuchu_bot 集市几点收市", chat=group).text.startswith("1. ")


def test_admins_are_told_when_a_group_that_is_named_gets_another_id(sample_library: Library) -> None:
    access = Access(chats=frozenset({-7001}), admins=frozenset({5001}))
    with conversation(sample_library, access=access) as talk:
        named, other = (talk.standin.group(title, "group") for title in ("读书会", "茶会"))
        assert named.id == -7001
        moved = [talk.standin.migrate(group, talk.alice) for group in (named, other)]
        talk.settle()
        [told] = [message.text for message in talk.standin.replies(talk.chat)]
        assert "“读书会”" in told
        assert "-7001" in told
        assert f"{moved[0].id}" in told
        assert "ALLOWED_CHATS" in told


def test_who_may_not_ask_is_told_so_once_however_much_he_writes(talk: Conversation) -> None:
    chat = talk.standin.private(talk.standin.person("Bob"))
    assert len(talk.say("集市几点收市", chat=chat)) == 1
    assert [talk.say("集市几点收市", chat=chat) for _ in range(5)] == [[]] * 5


def test_who_writes_in_the_name_of_a_group_presses_his_buttons_himself(sample_library: Library) -> None:
    with conversation(sample_library) as talk:
        group = talk.standin.group("读书会")
        bob = talk.standin.person("Bob")
        talk.standin.appoint(group, bob, anonymous=True)
        [answer] = talk.after(
            lambda: talk.standin.say(group, bob, "/ask@chuchu_bot 集市几点收市", speaks_as=group), group
        )
        assert talk.press(answer, "1", by=bob).text != answer.text


def test_each_chat_that_somebody_writes_in_the_name_of_is_counted_by_itself(sample_library: Library) -> None:
    with conversation(sample_library, most_a_minute=1) as talk:
        for name in ("读书会", "办公室", "居委会"):
            group, bob = talk.standin.group(name), talk.standin.person("Bob")
            talk.standin.appoint(group, bob, anonymous=True)
            [answer] = talk.after(
                lambda group=group, bob=bob: talk.standin.say(  # type: ignore[misc]
                    group, bob, "/ask@chuchu_bot 集市几点收市", speaks_as=group
                ),
                group,
            )
            assert answer.text.startswith("1. ")


@pytest.mark.parametrize("text", ["/missed", "/stats", "/reload", "/remove 集市"])
def test_where_no_admins_are_named_nobody_is_one(sample_library: Library, text: str) -> None:
    with conversation(sample_library) as talk:
        assert "管理员" in talk.ask(text).text


def test_where_no_admins_are_named_nobody_adds_documents(sample_library: Library, tmp_path: Path) -> None:
    with conversation(sample_library, folder=tmp_path) as talk:
        talk.send_document("集市.txt", "集市逢五开市。".encode())
        assert list(tmp_path.iterdir()) == []
