"""Messages as Telegram gives them, and the questions in them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standin_entities import telegram_text
from telegram import Chat, Message, MessageEntity, User

from bot.asked import document_of, is_for, is_named_question, text_of
from bot.links import link_to_document, link_to_passage, linked, linked_document
from retrieval.addresses import Address, hash_of

BOT = User(1, "出处", is_bot=True, username="chuchu_bot")
ALICE = User(2, "Alice", is_bot=False)
THEN = datetime(2024, 3, 5, tzinfo=UTC)


def message(text: str, *, kind: str = Chat.PRIVATE, reply_to: Message | None = None) -> Message:
    formatted = telegram_text(text)
    entities = [MessageEntity(each.type, each.offset, each.length) for each in formatted.entities]
    return Message(
        1,
        THEN,
        Chat(-1 if kind != Chat.PRIVATE else 2, kind),
        from_user=ALICE,
        text=formatted.text,
        entities=entities,
        reply_to_message=reply_to,
    )


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("集市几点收市", "集市几点收市"),
        ("/ask 集市几点收市", "集市几点收市"),
        ("/ask@chuchu_bot 集市几点收市", "集市几点收市"),
        ("/ask集市几点收市", "集市几点收市"),
        ("/why 集市", "集市"),
        ("/in 渡口 几点开", "渡口 几点开"),
        ("@chuchu_bot 集市几点收市", "集市几点收市"),
        ("集市几点收市 @chuchu_bot", "集市几点收市"),
        ("@Chuchu_Bot", ""),
        ("/ask", ""),
        ("/asking 集市", "/asking 集市"),
        ("问 /ask 怎么用", "问 /ask 怎么用"),
    ],
)
def test_the_question_stands_without_the_command_and_without_our_name(text: str, question: str) -> None:
    assert text_of(message(text), BOT) == question


@given(st.text(min_size=1, max_size=60))
def test_any_message_asks_something_or_nothing(text: str) -> None:
    asked = text_of(Message(1, THEN, Chat(2, Chat.PRIVATE), text=text), BOT)
    assert asked in text


@pytest.mark.parametrize(
    ("text", "ours"),
    [("大家好", False), ("/ask 集市", True), ("@chuchu_bot 集市", True), ("@other 集市", False)],
)
def test_in_a_group_commands_and_mentions_are_for_us(text: str, ours: bool) -> None:  # noqa: FBT001 - expected
    assert is_for(message(text, kind=Chat.SUPERGROUP), BOT) is ours
    assert is_for(message(text), BOT)


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("/in 渡口 几点开", True),
        ("/in@chuchu_bot 渡口 几点开", True),
        ("@chuchu_bot /in 渡口 几点开", True),
        ("/index", False),
        ("/ask /in", False),
        ("@other /in 渡口 几点开", False),
    ],
)
def test_a_question_by_in_begins_with_a_name(text: str, is_named: bool) -> None:  # noqa: FBT001 - expected
    assert is_named_question(message(text), BOT) is is_named


def test_a_reply_to_a_card_asks_its_document_and_one_to_an_answer_asks_all() -> None:
    scope = hash_of("渡口.txt")
    card = link_to_document("chuchu_bot", scope)
    passage = link_to_passage("chuchu_bot", Address(scope, 3, scope))
    for url, offset, author, expected in (
        (card, 0, BOT, scope),
        (card, 2, BOT, None),  # what an answer quotes may hold anything
        (card, 0, ALICE, None),
        (passage, 0, BOT, None),
        ("https://example.org/", 0, BOT, None),
    ):
        entity = MessageEntity(MessageEntity.TEXT_LINK, offset, 2, url=url)
        replied = Message(
            1, THEN, Chat(2, Chat.PRIVATE), from_user=author, text="渡口渡口", entities=[entity]
        )
        assert document_of(message("几点开", reply_to=replied), BOT) == expected


@given(st.text(), st.integers(0, 10**8 - 1))
def test_a_link_leads_to_what_it_was_made_of(text: str, place: int) -> None:
    document = hash_of(text)
    address = Address(document, place, hash_of(text[::-1]))
    payload = link_to_passage("chuchu_bot", address).partition("?start=")[2]
    assert linked(payload) == address
    assert len(payload) <= 64
    url = link_to_document("chuchu_bot", document)
    assert linked(url.partition("?start=")[2]) == document
    assert linked_document(url) == document


@given(st.text(max_size=64))
def test_any_other_parameter_leads_nowhere(payload: str) -> None:
    found = linked(payload)
    assert found is None or payload[:2] in {"p_", "d_"}
