"""What happens when a handler fails: who is told, and what of it stands in the log."""

import json
import logging
from collections.abc import Iterator

import pytest
from clock import Clock
from conversation import Conversation, conversation
from standin import Chat

from bot.access import Access
from bot.alarms import DAY, HOUR, MOST_AN_HOUR, Alarms
from retrieval.library import Library

ALICE = 5001
QUESTION = "集市几点开市"


@pytest.fixture
def talk(sample_library: Library) -> Iterator[Conversation]:
    """A conversation with two people, the first of whom is an admin."""
    with conversation(sample_library, admins=frozenset({ALICE})) as talk:
        assert talk.alice.id == ALICE
        yield talk


@pytest.fixture
def bob(talk: Conversation) -> Chat:
    """The private chat with another, who is no admin."""
    return talk.standin.private(talk.standin.person("Bob"))


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def search(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("bot.answering.search", search)


def told(talk: Conversation) -> list[str]:
    """What the admin was told, who asked nothing."""
    return [message.text for message in talk.standin.replies(talk.chat)]


def test_who_asked_gets_an_apology_and_admins_the_code_the_name_and_the_place(
    talk: Conversation, bob: Chat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fail_with(monkeypatch, ValueError(f"what about {QUESTION}?"))
    [code] = talk.ask(QUESTION, chat=bob).marked("code")
    [alarm] = told(talk)
    assert f"编号 {code}。" in alarm
    assert "ValueError" in alarm
    assert "bot.answering:" in alarm
    assert f"[{code}]" in caplog.text
    assert QUESTION not in alarm


def test_the_log_has_the_trace_but_no_ones_words(
    talk: Conversation, bob: Chat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fail_with(monkeypatch, ValueError(f"what about {QUESTION}?"))
    with caplog.at_level(logging.INFO):
        talk.ask(QUESTION, chat=bob)
    said = [{**record.__dict__, "said": record.getMessage()} for record in caplog.records]
    assert QUESTION not in json.dumps(said, default=repr, ensure_ascii=False)
    [failed] = [each for each in said if each["said"].startswith("Failed")]
    assert (failed["error"], failed["place"].partition(":")[0]) == ("ValueError", "bot.answering")
    assert "in answered" in failed["exception"]


def test_the_log_has_everything_when_it_shows_everything(
    talk: Conversation, bob: Chat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fail_with(monkeypatch, ValueError(f"what about {QUESTION}?"))
    with caplog.at_level(logging.DEBUG):
        talk.ask(QUESTION, chat=bob)
    assert f"ValueError: what about {QUESTION}?" in caplog.text


def test_the_same_failure_is_told_once_in_a_while(
    talk: Conversation, bob: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(monkeypatch, ValueError())
    for _ in range(3):
        talk.ask(QUESTION, chat=bob)
    fail_with(monkeypatch, KeyError())
    talk.ask(QUESTION, chat=bob)
    first, second = told(talk)
    assert "ValueError" in first
    assert "KeyError" in second
    assert "另有 2 次" in second


def test_what_telegram_refuses_is_an_alarm_that_does_not_repeat_it(
    talk: Conversation, bob: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):  # it is refused as plain text too
        talk.standin.fail_next("sendMessage", 400, "Bad Request: message is too long")
    talk.ask(QUESTION, chat=bob)
    [alarm] = told(talk)
    assert "BadRequest" in alarm
    assert "too long" not in alarm
    assert "too long" in caplog.text


def test_telegram_away_is_no_alarm(talk: Conversation, bob: Chat) -> None:
    talk.standin.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    assert talk.say(QUESTION, chat=bob) == []
    assert told(talk) == []


NO_RIGHTS = (400, "Bad Request: not enough rights to send text messages to the chat")


@pytest.mark.parametrize("refusal", [NO_RIGHTS, (403, "Forbidden: not enough rights to send text messages")])
def test_a_group_in_which_the_bot_may_not_write_is_told_once_a_day_and_logged_each_time(
    talk: Conversation, caplog: pytest.LogCaptureFixture, refusal: tuple[int, str]
) -> None:
    group, other = talk.standin.group("读书会"), talk.standin.group("茶会")
    for chat in (group, group, other):
        talk.standin.fail_next("sendMessage", *refusal)
        assert talk.say(f"/ask@chuchu_bot {QUESTION}", chat=chat) == []
    first, second = told(talk)
    assert "“读书会”" in first
    assert "“茶会”" in second
    assert "另有 1 次没有报告" in second
    lines = [line for line in caplog.messages if "may not write" in line]
    assert len(lines) == 3
    assert "ERROR" not in [record.levelname for record in caplog.records]
    assert talk.ask(f"/ask@chuchu_bot {QUESTION}", chat=group).text.startswith("1. ")


def test_each_group_in_which_the_bot_may_not_write_is_told_though_it_be_later(
    sample_library: Library,
) -> None:
    clock = Clock(1000.0)
    alarms = Alarms({ALICE}, clock)
    access = Access(admins=frozenset({ALICE}))
    with conversation(sample_library, access=access, alarms=alarms, most_a_minute=100) as talk:
        groups = [talk.standin.group(f"{number}号群") for number in range(MOST_AN_HOUR + 3)]

        def asked_in_vain() -> list[str]:
            before = len(told(talk))
            for group in groups:
                talk.standin.fail_next("sendMessage", *NO_RIGHTS)
                assert talk.say(f"/ask@chuchu_bot {QUESTION}", chat=group) == []
            return told(talk)[before:]

        assert len(asked_in_vain()) == MOST_AN_HOUR
        clock.now += HOUR
        later = asked_in_vain()
        assert [f"“{number}号群”" in said for number, said in enumerate(later, MOST_AN_HOUR)] == [True] * 3
        clock.now += HOUR
        assert asked_in_vain() == []
        clock.now += DAY
        assert len(asked_in_vain()) == MOST_AN_HOUR


@pytest.mark.parametrize("refusal", ["TOPIC_CLOSED", "TOPIC_DELETED", "message thread not found"])
def test_a_topic_that_is_closed_or_deleted_is_told_once_a_day(talk: Conversation, refusal: str) -> None:
    group = talk.standin.group("读书会", "supergroup", forum=True)
    topics = [talk.standin.topic(group, name, talk.alice) for name in ("甲", "乙")]
    for topic in (*topics, *topics):
        talk.standin.fail_next("sendMessage", 400, f"Bad Request: {refusal}")
        assert talk.say(f"/ask@chuchu_bot {QUESTION}", chat=group, topic=topic) == []
    first, second = told(talk)
    for said in (first, second):
        assert "“读书会”里有个话题关闭了" in said


def test_a_chat_that_is_no_more_is_told_if_it_was_a_group(talk: Conversation, bob: Chat) -> None:
    group = talk.standin.group("读书会")
    for chat in (bob, group):
        talk.standin.fail_next("sendMessage", 400, "Bad Request: chat not found")
        assert talk.say(f"/ask@chuchu_bot {QUESTION}", chat=chat) == []
    [said] = told(talk)
    assert "“读书会”里不让我发消息" in said
