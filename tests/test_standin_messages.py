"""The stand-in shows messages as they stand now: changed, deleted, out of reach."""

from collections.abc import Callable

import pytest
from standin import Chat, Message, Person, StandIn
from standin_asking import Use, button, delivered, markup, refused, refused_raw, send, through
from standin_markup import LONGEST_PLACEHOLDER
from standin_rules import LONGEST_TEXT
from standin_values import ForceReply as Wish
from telegram import (
    Bot,
    CallbackQuery,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram import Message as ReceivedMessage


def pressed(standin: StandIn) -> CallbackQuery:
    query = delivered(standin)[-1].callback_query
    assert query is not None
    return query


def replied_text(query: CallbackQuery) -> str | None:
    assert isinstance(query.message, ReceivedMessage)
    replied = query.message.reply_to_message
    return None if replied is None else replied.text


# What was changed and deleted.


def test_a_callback_shows_message_and_question_as_they_stand_now(
    standin: StandIn, chat: Chat, alice: Person
) -> None:
    question = standin.say(chat, alice, "加班")
    answer = send(
        standin, chat, "一", reply_parameters=ReplyParameters(question.id), reply_markup=markup(button())
    )
    standin.edit(question, "周末加班")
    through(
        standin, lambda bot: bot.edit_message_text("二", chat.id, answer.id, reply_markup=markup(button()))
    )
    standin.press(answer, "下一页")
    query = pressed(standin)
    assert isinstance(query.message, ReceivedMessage)
    assert (query.message.text, replied_text(query)) == ("二", "周末加班")


def test_a_deleted_question_is_not_replied_to_any_more(standin: StandIn, chat: Chat, alice: Person) -> None:
    question = standin.say(chat, alice, "加班")
    answer = send(
        standin, chat, "一", reply_parameters=ReplyParameters(question.id), reply_markup=markup(button())
    )
    standin.delete(question)
    standin.press(answer, "下一页")
    assert replied_text(pressed(standin)) is None
    assert standin.messages(chat) == [answer]


def test_a_deleted_message_is_neither_pressed_edited_nor_answered_by_people(
    standin: StandIn, chat: Chat, alice: Person
) -> None:
    message = send(standin, chat, "一", reply_markup=markup(button()))
    standin.delete(message)
    with pytest.raises(AssertionError, match="was deleted"):
        standin.press(message, "下一页")
    with pytest.raises(AssertionError, match="was deleted"):
        standin.say(chat, alice, "x", reply_to=message)
    with pytest.raises(AssertionError, match="was deleted"):
        standin.delete(message)


@pytest.mark.parametrize("end", [StandIn.delete, StandIn.hide])
@pytest.mark.parametrize(
    ("method", "reason"),
    [
        ("editMessageText", "message to edit not found"),
        ("editMessageReplyMarkup", "message to edit not found"),
        ("deleteMessage", "message to delete not found"),
        ("sendMessage", "message to be replied not found"),
    ],
)
def test_what_the_bot_does_to_a_message_that_is_gone_is_refused(
    standin: StandIn, end: Callable[[StandIn, Message], None], method: str, reason: str
) -> None:
    chat = standin.private(standin.person("Alice"))
    message = send(standin, chat, "一")
    end(standin, message)
    answered = {"message_id": message.id}
    description = refused_raw(
        standin, method, chat_id=chat.id, message_id=message.id, text="x", reply_parameters=answered
    )
    assert description == f"Bad Request: {reason}"


def test_a_message_out_of_reach_is_inaccessible_to_whoever_handles_its_button(
    standin: StandIn, chat: Chat
) -> None:
    message = send(standin, chat, "一", reply_markup=markup(button()))
    standin.hide(message)
    standin.press(message, "下一页")
    query = pressed(standin)
    assert query.message is not None
    assert not query.message.is_accessible
    assert (query.message.message_id, query.message.chat.id, query.data) == (message.id, chat.id, "list:2")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("字" * (LONGEST_TEXT + 1), "MESSAGE_TOO_LONG"), (" ", "text must be non-empty")],
)
def test_an_edited_text_has_its_limits(standin: StandIn, chat: Chat, text: str, reason: str) -> None:
    message = send(standin, chat, "一")
    description = refused(standin, lambda bot: bot.edit_message_text(text, chat.id, message.id))
    assert description == f"Bad Request: {reason}"


def test_the_bot_deletes_its_own_messages_and_those_of_a_private_chat(
    standin: StandIn, chat: Chat, alice: Person
) -> None:
    question, answer = standin.say(chat, alice, "加班"), send(standin, chat, "一")

    async def delete(bot: Bot) -> None:
        await bot.delete_message(chat.id, question.id)
        await bot.delete_message(chat.id, answer.id)

    through(standin, delete)
    assert standin.messages(chat) == []


@pytest.mark.parametrize("admin", [True, False])
def test_in_a_group_only_an_administrator_deletes_messages_of_others(
    standin: StandIn, alice: Person, *, admin: bool
) -> None:
    group = standin.group("读书会", bot_is_admin=admin)
    message = standin.say(group, alice, "加班")
    use: Use[object] = lambda bot: bot.delete_message(group.id, message.id)  # noqa: E731
    if admin:
        through(standin, use)
        assert standin.messages(group) == []
    else:
        assert refused(standin, use) == "Bad Request: message can't be deleted"


def test_after_two_days_the_bot_deletes_nothing_any_more(standin: StandIn, chat: Chat) -> None:
    message = send(standin, chat, "一")
    standin.let_pass(48 * 3600 + 1)
    description = refused(standin, lambda bot: bot.delete_message(chat.id, message.id))
    assert description == "Bad Request: message can't be deleted for everyone"


# What a message brings along.


def test_a_copying_button_gives_what_can_be_pasted(standin: StandIn, chat: Chat) -> None:
    copying = InlineKeyboardButton("复制", copy_text=CopyTextButton("三倍（章程）"))
    message = send(standin, chat, "x", reply_markup=markup(copying, button()))
    assert standin.copy(message, "复制") == "三倍（章程）"
    with pytest.raises(AssertionError, match="copies nothing"):
        standin.copy(message, "下一页")
    with pytest.raises(AssertionError, match="tells no bot"):
        standin.press(message, "复制")


def test_in_a_private_chat_only_its_person_presses(standin: StandIn, chat: Chat) -> None:
    message = send(standin, chat, "x", reply_markup=markup(button()))
    with pytest.raises(AssertionError, match="Bob is not in this private chat"):
        standin.press(message, "下一页", standin.person("Bob"))


def test_a_button_does_one_thing(standin: StandIn, chat: Chat) -> None:
    both = InlineKeyboardButton("x", callback_data="a", url="example.org")
    use: Use[object] = lambda bot: bot.send_message(chat.id, "x", reply_markup=markup(both))  # noqa: E731
    assert refused(standin, use) == "Bad Request: BUTTON_TYPE_INVALID"


def test_a_message_can_ask_to_be_answered_and_put_keyboards_away(standin: StandIn, chat: Chat) -> None:
    wish = ForceReply(selective=True, input_field_placeholder="字" * LONGEST_PLACEHOLDER)
    asking = send(standin, chat, "叫什么？", reply_markup=wish)
    assert asking.markup.force_reply == Wish("字" * LONGEST_PLACEHOLDER, selective=True)
    assert asking.buttons == ()
    assert send(standin, chat, "好", reply_markup=ReplyKeyboardRemove()).markup.removes_keyboard
    assert send(standin, chat, "x").markup.force_reply is None


def test_what_stands_in_the_empty_field_is_short(standin: StandIn, chat: Chat) -> None:
    wish = ForceReply(input_field_placeholder="字" * (LONGEST_PLACEHOLDER + 1))
    description = refused(standin, lambda bot: bot.send_message(chat.id, "x", reply_markup=wish))
    assert description == "Bad Request: REPLY_MARKUP_INVALID"


def test_an_edit_takes_buttons_only(standin: StandIn, chat: Chat) -> None:
    message = send(standin, chat, "x")
    wish = {"force_reply": True}
    description = refused_raw(
        standin, "editMessageText", chat_id=chat.id, message_id=message.id, text="y", reply_markup=wish
    )
    assert description == "Bad Request: inline keyboard expected"


# Links that start the bot.


def test_a_link_opens_the_private_chat_and_starts_the_bot(standin: StandIn) -> None:
    bob = standin.person("Bob")
    message = standin.follow(bob, "https://t.me/Chuchu_bot?start=p_1-2_x")
    (update,) = delivered(standin)
    assert update.message is not None
    assert (update.message.text, update.message.chat.id) == ("/start p_1-2_x", bob.id)
    assert send(standin, message.chat, "好").text == "好"


def test_a_link_in_a_text_can_be_followed(standin: StandIn, chat: Chat, alice: Person) -> None:
    html = '😀 见<a href="https://t.me/chuchu_bot?start=p_1">第三章</a>'
    message = send(standin, chat, html, parse_mode="HTML")
    assert standin.follow(alice, message.links["第三章"]).text == "/start p_1"


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("https://example.org/chuchu_bot?start=x", "no link to Telegram"),
        ("tg://resolve?domain=chuchu_bot", "no link to Telegram"),
        ("https://t.me/other_bot?start=x", "somebody else"),
        ("https://t.me/chuchu_bot", "drops"),
        (f"https://t.me/chuchu_bot?start={'x' * 65}", "drops"),
        ("https://t.me/chuchu_bot?start=%E7%AB%A0", "drops"),
    ],
)
def test_a_link_that_starts_nothing_is_told(standin: StandIn, alice: Person, link: str, reason: str) -> None:
    with pytest.raises(AssertionError, match=reason):
        standin.follow(alice, link)
