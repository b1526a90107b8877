"""What is said of voices, stickers and pictures, and what is shown while somebody waits."""

from time import sleep

import pytest
from conversation import Conversation, conversation

from retrieval.library import Library
from retrieval.search import Answer, search

ONLY_TEXT = "我只读得懂文字"


def send_each(talk: Conversation, in_group: bool) -> list[list[str]]:  # noqa: FBT001 - of a test
    """What is said of a voice, a sticker and a picture."""
    standin = talk.standin
    chat = standin.group("读书会") if in_group else talk.chat
    deeds = (standin.send_voice, standin.send_sticker, standin.send_photo)
    said = [talk.after(lambda deed=deed: deed(chat, talk.alice), chat) for deed in deeds]  # type: ignore[misc]
    return [[reply.text for reply in replies] for replies in said]


def test_in_private_what_is_no_text_gets_one_kind_sentence(sample_library: Library) -> None:
    with conversation(sample_library) as talk:
        for said in send_each(talk, in_group=False):
            assert len(said) == 1
            assert said[0].startswith(ONLY_TEXT)


def test_in_a_group_what_is_no_text_gets_no_word(sample_library: Library) -> None:
    with conversation(sample_library, privacy=False) as talk:
        assert send_each(talk, in_group=True) == [[], [], []]


def test_while_an_answer_takes_longer_than_a_blink_it_is_shown_that_it_comes(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(*arguments: object, **more: object) -> Answer:
        sleep(0.2)
        return search(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.desk.BLINK", 0.01)
    monkeypatch.setattr("bot.answering.search", slowly)
    with conversation(sample_library) as talk:
        assert talk.ask("集市几点收市").text.startswith("1. ")
        [shown] = talk.standin.requests("sendChatAction")
        assert shown["action"] == "typing"


def test_an_answer_that_comes_at_once_shows_nothing_before(sample_library: Library) -> None:
    with conversation(sample_library) as talk:
        assert talk.ask("集市几点收市").text.startswith("1. ")
        assert talk.standin.requests("sendChatAction") == []
