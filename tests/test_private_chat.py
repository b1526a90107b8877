from typing import Any

import pytest

from bot.terminal.private_chat import PrivateChat, RefusedError


@pytest.fixture
def chat() -> PrivateChat:
    return PrivateChat(language="zh-hans")


def message(text: str = "答", **parameters: object) -> dict[str, Any]:
    return {"chat_id": 1, "text": text, **parameters}


def keyboard(*data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "按", "callback_data": item} for item in data]]}


@pytest.mark.parametrize(
    ("text", "length"),
    [("/list", 5), ("/ask 问题", 4), ("/ask@chuchu_bot 问题", 15), ("/ask\n问题", 4)],
)
def test_a_command_is_marked_as_one(chat: PrivateChat, text: str, length: int) -> None:
    assert chat.say(text)["entities"] == [{"type": "bot_command", "offset": 0, "length": length}]


@pytest.mark.parametrize("text", ["问题", "/ask问题", "/", "// 注释", "/usr/bin", "见 /list"])
def test_what_telegram_does_not_take_for_a_command_at_the_start_is_none(chat: PrivateChat, text: str) -> None:
    assert "entities" not in chat.say(text)


def test_a_person_speaks_the_language_given() -> None:
    assert PrivateChat(language="en").say("hello")["from"]["language_code"] == "en"


def test_a_reply_holds_the_question_but_not_what_that_replied_to(chat: PrivateChat) -> None:
    question = chat.say("问")
    first, _ = chat.send(message("一", reply_parameters={"message_id": question["message_id"]}))
    second, _ = chat.send(message("二", reply_parameters={"message_id": first["message_id"]}))
    assert first["reply_to_message"]["text"] == "问"
    assert second["reply_to_message"]["text"] == "一"
    assert "reply_to_message" not in second["reply_to_message"]


def test_entities_count_utf16_units(chat: PrivateChat) -> None:
    sent, _ = chat.send(message("<i>𠮷</i><b>野家</b>", parse_mode="HTML"))
    assert sent["text"] == "𠮷野家"
    assert sent["entities"] == [
        {"type": "italic", "offset": 0, "length": 2},
        {"type": "bold", "offset": 2, "length": 2},
    ]


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        (message("<b>字", parse_mode="HTML"), "can't parse entities"),
        (message("<b> </b>", parse_mode="HTML"), "message text is empty"),
        (message("字" * 4097), "message is too long"),
        (message("𠮷" * 2049), "message is too long"),
        (message("*字*", parse_mode="MarkdownV2"), "unsupported parse_mode"),
        (message(chat_id=7), "chat not found"),
        (message(reply_parameters={"message_id": 99}), "message to be replied not found"),
        (message(reply_markup=keyboard("字" * 22)), "BUTTON_DATA_INVALID"),
        (message(reply_markup=keyboard("")), "BUTTON_DATA_INVALID"),
    ],
)
def test_what_telegram_refuses_is_refused(chat: PrivateChat, parameters: dict[str, Any], reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        chat.send(parameters)


def test_the_limits_themselves_are_allowed(chat: PrivateChat) -> None:
    sent, _ = chat.send(message("字" * 4096, reply_markup=keyboard("a" * 64)))
    assert sent["reply_markup"] == keyboard("a" * 64)


def test_a_reply_to_a_lost_message_may_go_without(chat: PrivateChat) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in chat.send(message(reply_parameters=reply))[0]


def test_an_edit_replaces_text_and_buttons_and_keeps_the_rest(chat: PrivateChat) -> None:
    question = chat.say("问")
    reply = {"message_id": question["message_id"]}
    sent, _ = chat.send(
        message("<b>一</b>", parse_mode="HTML", reply_markup=keyboard("a"), reply_parameters=reply)
    )
    edited, _ = chat.edit({"message_id": sent["message_id"], "text": "二"})
    assert edited["text"] == "二"
    assert "reply_markup" not in edited
    assert "entities" not in edited
    assert edited["reply_to_message"] == sent["reply_to_message"]


def test_an_edit_that_changes_nothing_is_refused(chat: PrivateChat) -> None:
    sent, _ = chat.send(message("一", reply_markup=keyboard("a")))
    same = {"message_id": sent["message_id"], "text": "一", "reply_markup": keyboard("a")}
    with pytest.raises(RefusedError, match="message is not modified"):
        chat.edit(same)
    chat.edit(same | {"reply_markup": keyboard("b")})
    with pytest.raises(RefusedError, match="message is not modified"):
        chat.edit_buttons({"message_id": sent["message_id"], "reply_markup": keyboard("b")})


def test_only_messages_of_the_bot_can_be_edited(chat: PrivateChat) -> None:
    question = chat.say("问")
    with pytest.raises(RefusedError, match="can't be edited"):
        chat.edit({"message_id": question["message_id"], "text": "二"})
    with pytest.raises(RefusedError, match="message to edit not found"):
        chat.edit({"message_id": 99, "text": "二"})


def test_numbers_count_the_buttons_that_tell_the_bot(chat: PrivateChat) -> None:
    rows = [
        [{"text": "甲", "callback_data": "a"}, {"text": "网", "url": "http://a.b"}],
        [{"text": "乙", "callback_data": "b"}],
    ]
    sent, _ = chat.send(message(reply_markup={"inline_keyboard": rows}))
    assert chat.button(1) == (sent, "a")
    assert chat.button(2) == (sent, "b")
    assert chat.button(0) is None
    assert chat.button(3) is None


def test_the_message_shown_last_has_the_numbers(chat: PrivateChat) -> None:
    first, _ = chat.send(message("一", reply_markup=keyboard("a")))
    second, _ = chat.send(message("二", reply_markup=keyboard("b")))
    chat.send(message("没有按钮"))
    assert chat.button(1) == (second, "b")
    first, _ = chat.edit({"message_id": first["message_id"], "text": "改", "reply_markup": keyboard("c")})
    assert chat.button(1) == (first, "c")
    chat.edit_buttons({"message_id": first["message_id"]})
    assert chat.button(1) == (second, "b")


def test_a_file_that_the_bot_sends_is_a_message_of_the_chat(chat: PrivateChat) -> None:
    question = chat.say("问")
    reply = {"message_id": question["message_id"]}
    sent = chat.send_file({"reply_parameters": reply}, "渡口.txt")
    assert sent["document"]["file_name"] == "渡口.txt"
    assert sent["reply_to_message"]["text"] == "问"
