"""The stand-in refuses what Telegram refuses and delivers what Telegram delivers."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import escape
from itertools import pairwise
from threading import enumerate as running_threads
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standin import Chat, Person, StandIn, StandInRequest
from standin_asking import Use, button, delivered, markup, refused, send, texts, through
from standin_commands import LONGEST_COMMAND, LONGEST_COMMAND_DESCRIPTION, MOST_COMMANDS
from standin_entities import MOST_ENTITIES, Entity, telegram_text, utf16_length, utf16_slice
from standin_html import HtmlError, parse_html
from standin_links import LinkError, checked_link
from standin_markup import LONGEST_CALLBACK_BYTES, LONGEST_COPY, MOST_BUTTONS, WIDEST_ROW
from standin_rules import LONGEST_CAPTION, LONGEST_POPUP, LONGEST_RAW_BYTES, LONGEST_TEXT
from standin_updates import Poll
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram import Message as ReceivedMessage
from telegram.error import Conflict, Forbidden, InvalidToken, TelegramError
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

Context = ContextTypes.DEFAULT_TYPE
PATIENCE = 20  # seconds, less than the polls below would wait


# Telegram's HTML.


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("加班<b>三倍</b>", "加班三倍", [Entity("bold", 2, 2)]),
        ("<strong>a</strong><em>b</em><ins>c</ins>", "abc", "bold italic underline"),
        ("<i>a</i><u>b</u><s>c</s>", "abc", "italic underline strikethrough"),
        ("<strike>a</strike>b<del>c</del>", "abc", "strikethrough strikethrough"),
        ("<tg-spoiler>a</tg-spoiler>b<span class='tg-spoiler'>c</span>", "abc", "spoiler spoiler"),
        ("😀<code>x</code>", "😀x", [Entity("code", 2, 1)]),
        ("<pre><code class='language-py'>x</code></pre>", "x", [Entity("pre", 0, 1, language="py")]),
        ("<code class='language-py'>x</code>", "x", [Entity("code", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "x", "expandable_blockquote"),
        (
            '<a href="HTTP://Example.ORG?q=&quot;a">x</a>',
            "x",
            [Entity("text_link", 0, 1, 'http://example.org/?q="a')],
        ),
        ("<a>example.org</a>", "example.org", [Entity("text_link", 0, 11, "http://example.org/")]),
        ("<a href='nowhere'>x</a>", "x", []),
        ("<tg-emoji emoji-id='5'>😀</tg-emoji>", "😀", [Entity("custom_emoji", 0, 2, custom_emoji_id="5")]),
        ("<B>x</b >", "x", "bold"),
        ("<b>x</>", "x", "bold"),
        ("x<b></b>", "x", []),
        ("&lt;b&gt; &amp; &quot;&#20013;&#x4e2d;&#65", '<b> & "中中A', []),
        ("R&D &nbsp; &copy; &#0; &#x110000; &", "R&D &nbsp; &copy; &#0; &#x110000; &", []),
        ("&#0000065; &#00000065;", "A &#00000065;", []),
    ],
)
def test_html_is_read_as_telegram_reads_it(html: str, text: str, entities: list[Entity] | str) -> None:
    read, found = parse_html(html)
    assert read == text
    assert (found if isinstance(entities, list) else " ".join(entity.type for entity in found)) == entities


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("问<br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a<", "Unclosed start tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<a ='x'>z</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<tg-emoji emoji-id='x'>y</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", 'Nested tag "blockquote" at byte offset 13'),
        (
            "&#xd83d;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_html_that_telegram_does_not_parse_is_refused(
    standin: StandIn, chat: Chat, html: str, reason: str
) -> None:
    with pytest.raises(HtmlError) as error:
        parse_html(html)
    assert str(error.value) == reason
    description = refused(standin, lambda bot: bot.send_message(chat.id, html, parse_mode="HTML"))
    assert description.casefold() == f"Bad Request: can't parse entities: {reason}".casefold()
    assert standin.replies(chat) == []


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_is_read_unchanged(text: str) -> None:
    assert parse_html(escape(text)) == (text, [])


NODES = st.recursive(
    st.text("中😀a \n&<", max_size=5).map(escape),
    lambda inner: st.tuples(
        st.sampled_from(["b", "i", "u", "code", "pre", "a"]), st.lists(inner, max_size=3)
    ).map(lambda node: f'<{node[0]} href="a.b">{"".join(node[1])}</{node[0]}>'),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(NODES)
def test_entities_lie_within_the_text_and_never_half_overlap(html: str) -> None:
    formatted = telegram_text(*parse_html(html))
    length = utf16_length(formatted.text)
    solid = [entity for entity in formatted.entities if entity.type in {"code", "pre", "text_link"}]
    for entity in formatted.entities:
        assert 0 <= entity.offset < entity.end <= length
        assert utf16_slice(formatted.text, entity.offset, entity.length)
        assert not any(code.holds(entity) for code in solid if code.type != "text_link" and code != entity)
    for first, second in pairwise(solid):
        assert first.end <= second.offset


@pytest.mark.parametrize(
    ("html", "entities"),
    [
        ("<b>a</b><b>b</b>", [Entity("bold", 0, 2)]),
        ("<b>a<b>b</b>c</b>", [Entity("bold", 0, 3)]),
        ("<b>a<code>b</code>c</b>", [Entity("bold", 0, 1), Entity("code", 1, 1), Entity("bold", 2, 1)]),
        ("<code>a<b>b</b></code>", [Entity("code", 0, 2)]),
        ("<blockquote>a<b>b</b></blockquote>", [Entity("blockquote", 0, 2), Entity("bold", 1, 1)]),
        ("<a href='a.b'>a<blockquote>b</blockquote></a>", [Entity("blockquote", 1, 1)]),
        ("<b>a</b> \n<b> </b>\n", [Entity("bold", 0, 1)]),
        (" \n <b> a</b>", [Entity("bold", 0, 2)]),
        ("\r\u2028<b>a\rb\tc</b>", [Entity("bold", 0, 4)]),
        ("<blockquote>/list</blockquote>", [Entity("blockquote", 0, 5), Entity("bot_command", 0, 5)]),
        ("<code>/list</code> /list", [Entity("code", 0, 5), Entity("bot_command", 6, 5)]),
    ],
)
def test_entities_are_kept_as_far_as_they_fit_together(html: str, entities: list[Entity]) -> None:
    assert list(telegram_text(*parse_html(html)).entities) == entities


def test_blanks_at_the_ends_and_control_characters_go() -> None:
    assert telegram_text(" \n\ra\tb\u202ec \n").text == "a bc"


def test_only_the_first_hundred_entities_are_kept(standin: StandIn, chat: Chat) -> None:
    message = send(standin, chat, "<b>a</b> " * (MOST_ENTITIES + 5), parse_mode="HTML")
    assert message.marked("bold") == ["a"] * MOST_ENTITIES


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/ask 问题", [Entity("bot_command", 0, 4)]),
        ("/ask@chuchu_bot 问题", [Entity("bot_command", 0, 15)]),
        ("😀 @chuchu_bot /ask", [Entity("mention", 3, 11), Entity("bot_command", 15, 4)]),
        ("/ask问题", []),
        ("问@chuchu_bot", []),
        ("@chuchu_bot，问", [Entity("mention", 0, 11)]),
        ("a/b </c> /d@e", []),
        ("见 https://例.example/a?b=1。 好", [Entity("url", 2, 24)]),
        ("见 章程.md.", [Entity("url", 2, 5)]),
        ("《章程.md》 员工_章程.md 章程.txt 1.2 a@b.com", []),
    ],
)
def test_what_people_type_carries_the_entities_their_clients_make(text: str, entities: list[Entity]) -> None:
    assert list(telegram_text(text).entities) == entities


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("example.org", "http://example.org/"),
        ("https://u:p@Example.org:0443/a b", "https://u:p@example.org:443/a%20b"),
        ("https://出处.example#x", "https://出处.example/#x"),
        ("tg://resolve?domain=chuchu_bot", "tg://resolve?domain=chuchu_bot"),
    ],
)
def test_a_link_is_kept_in_full(link: str, kept: str) -> None:
    assert checked_link(link) == kept


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("", "URL host is empty"),
        ("http://localhost/x", "Wrong HTTP URL"),
        ("ftp://example.org", "Unsupported URL protocol"),
        ("example.org:99999", "Wrong port number specified in the URL"),
        ("two words.org", "Disallowed character in URL host"),
        ("tg://a.b", "Unallowed characters in URL host"),
    ],
)
def test_what_is_no_link_is_told_with_telegrams_reason(link: str, reason: str) -> None:
    with pytest.raises(LinkError, match=f"^{reason}$"):
        checked_link(link)


# What a bot sends.


def test_a_message_arrives_as_people_see_it(standin: StandIn, chat: Chat, alice: Person) -> None:
    question = standin.say(chat, alice, "加班怎么算？")
    sent = through(
        standin,
        lambda bot: bot.send_message(
            chat.id,
            "<b>三倍</b> 😀<i>加班</i>",
            parse_mode="HTML",
            reply_parameters=ReplyParameters(question.id),
            reply_markup=markup(button()),
        ),
    )
    (reply,) = standin.replies(chat)
    assert (reply.text, reply.html) == ("三倍 😀加班", "<b>三倍</b> 😀<i>加班</i>")
    assert (reply.marked("bold"), reply.marked("italic")) == (["三倍"], ["加班"])
    assert (reply.reply_to, reply.labels, reply.button("下一页").data) == (question, [["下一页"]], "list:2")
    assert reply.from_bot
    assert standin.messages(chat) == [question, reply]
    assert (sent.text, sent.message_id, sent.parse_entities(["italic"])) == (
        "三倍 😀加班",
        reply.id,
        {MessageEntity("italic", 5, 2): "加班"},
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "加班怎么算？"
    assert sent.reply_markup == markup(button())
    assert standin.refusals == []


def test_entities_may_be_given_instead_of_html(standin: StandIn, chat: Chat) -> None:
    message = send(standin, chat, "😀三倍", entities=[MessageEntity("bold", 2, 2)])
    assert message.marked("bold") == ["三倍"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n\u3000\u200b", "text must be non-empty"),
        ("字" * (LONGEST_TEXT + 1), "message is too long"),
        ("😀" * (LONGEST_TEXT // 2) + "a", "message is too long"),
        ("<b></b>" + "&#20013;" * (LONGEST_RAW_BYTES // 8), "text is too long"),
    ],
)
def test_a_text_must_not_be_empty_nor_too_long(standin: StandIn, chat: Chat, text: str, reason: str) -> None:
    description = refused(standin, lambda bot: bot.send_message(chat.id, text, parse_mode="HTML"))
    assert description == f"Bad Request: {reason}"


def test_markup_does_not_count_towards_the_length_of_a_text(standin: StandIn, chat: Chat) -> None:
    text = "字" * LONGEST_TEXT
    assert send(standin, chat, f"<b>{text}</b>", parse_mode="HTML").text == text


def test_a_parse_mode_nobody_knows_is_refused(standin: StandIn, chat: Chat) -> None:
    description = refused(standin, lambda bot: bot.send_message(chat.id, "x", parse_mode="BBCode"))
    assert description == "Bad Request: unsupported parse_mode"


def test_entities_must_lie_within_the_text(standin: StandIn, chat: Chat) -> None:
    entities = [MessageEntity("bold", 1, 2)]
    description = refused(standin, lambda bot: bot.send_message(chat.id, "三倍", entities=entities))
    assert description.startswith("Bad Request: entity beginning at UTF-16 offset 1 ends after the end")


def test_a_document_carries_a_caption_of_its_own_limit(standin: StandIn, chat: Chat) -> None:
    content = bytes(range(256)) * 3 + b"\r\n"
    caption = "字" * LONGEST_CAPTION
    use: Use[object] = lambda bot: bot.send_document(chat.id, content, caption, filename="章程.txt")  # noqa: E731
    through(standin, use)
    (message,) = standin.replies(chat)
    assert message.document is not None
    assert (message.document.name, message.document.content) == ("章程.txt", content)
    assert message.text == caption
    assert (
        refused(standin, lambda bot: bot.send_document(chat.id, content, caption + "字"))
        == "Bad Request: message caption is too long"
    )


@pytest.mark.parametrize(
    ("buttons", "reason"),
    [
        ([[button(data="字" * 22)]], "BUTTON_DATA_INVALID"),
        (
            [[InlineKeyboardButton("x")]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ([[button(label=" ")]], "inline keyboard button text must be non-empty"),
        ([[InlineKeyboardButton("x", copy_text=CopyTextButton(""))]], "BUTTON_COPY_TEXT_INVALID"),
        (
            [[InlineKeyboardButton("x", copy_text=CopyTextButton("字" * (LONGEST_COPY + 1)))]],
            "BUTTON_COPY_TEXT_INVALID",
        ),
        (
            [[InlineKeyboardButton("x", url="http://localhost")]],
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        ([[button()]] * (MOST_BUTTONS + 1), "reply markup is too long"),
        ([[button()] * (WIDEST_ROW + 1)], "reply markup is too long"),
        ([[button("字" * 40)]] * (MOST_BUTTONS - 1), "reply markup is too long"),
    ],
)
def test_buttons_are_refused_as_telegram_refuses_them(
    standin: StandIn, chat: Chat, buttons: list[list[InlineKeyboardButton]], reason: str
) -> None:
    reply_markup = InlineKeyboardMarkup(buttons)
    description = refused(standin, lambda bot: bot.send_message(chat.id, "x", reply_markup=reply_markup))
    assert description == f"Bad Request: {reason}"


def test_buttons_within_the_limits_are_shown() -> None:
    standin = StandIn(inline=True)
    chat = standin.private(standin.person("Alice"))
    shown = [
        InlineKeyboardButton("数据", callback_data="x" * LONGEST_CALLBACK_BYTES),
        InlineKeyboardButton("复制", copy_text=CopyTextButton("字" * LONGEST_COPY)),
        InlineKeyboardButton("网页", url="example.org"),
        InlineKeyboardButton("就地查", switch_inline_query_current_chat=""),
    ]
    message = send(standin, chat, "x", reply_markup=InlineKeyboardMarkup([shown, [button()] * WIDEST_ROW]))
    assert message.labels == [["数据", "复制", "网页", "就地查"], ["下一页"] * WIDEST_ROW]
    assert message.button("复制").copied == "字" * LONGEST_COPY
    assert message.button("网页").url == "http://example.org/"


def test_a_chat_the_bot_does_not_know_is_refused(standin: StandIn) -> None:
    assert refused(standin, lambda bot: bot.send_message(404, "x")) == "Bad Request: chat not found"


def test_a_person_must_start_the_bot_before_it_writes(standin: StandIn, alice: Person) -> None:
    chat = standin.private(alice, started=False)
    description = refused(standin, lambda bot: bot.send_message(alice.id, "x"), Forbidden)
    assert description == "Forbidden: bot can't initiate conversation with a user"
    standin.say(chat, alice, "/start")
    assert send(standin, chat, "你好").text == "你好"


def test_a_reply_to_a_missing_message_is_refused_unless_allowed(standin: StandIn, chat: Chat) -> None:
    missing = ReplyParameters(404)
    description = refused(standin, lambda bot: bot.send_message(chat.id, "x", reply_parameters=missing))
    assert description == "Bad Request: message to be replied not found"
    allowed = ReplyParameters(404, allow_sending_without_reply=True)
    assert send(standin, chat, "x", reply_parameters=allowed).reply_to is None


def test_a_chat_action_must_be_one(standin: StandIn, chat: Chat) -> None:
    through(standin, lambda bot: bot.send_chat_action(chat.id, "typing"))
    assert standin.requests("sendChatAction") == [{"chat_id": chat.id, "action": "typing"}]
    description = refused(standin, lambda bot: bot.send_chat_action(chat.id, "dancing"))
    assert description == "Bad Request: wrong parameter action in request"


def test_an_unknown_method_is_refused(standin: StandIn) -> None:
    description = refused(standin, lambda bot: bot.do_api_request("readMinds"), TelegramError)
    assert description == "Not Found: method not found"


def test_a_wrong_token_is_unauthorized_and_recorded_as_a_call_only(standin: StandIn) -> None:
    with pytest.raises(InvalidToken):
        through(standin, lambda bot: bot.get_me(), token="1:wrong")  # noqa: S106 - nobody's token
    assert [(call.method, call.parameters) for call in standin.calls] == [("getMe", {})]
    assert standin.refusals == []


# Editing.


def test_an_edit_changes_the_message(standin: StandIn, chat: Chat) -> None:
    first = send(standin, chat, "一", reply_markup=markup(button()))
    through(standin, lambda bot: bot.edit_message_text("<b>二</b>", chat.id, first.id, parse_mode="HTML"))
    (message,) = standin.replies(chat)
    assert (message.text, message.labels, message.edited is None) == ("二", [], False)
    through(
        standin, lambda bot: bot.edit_message_reply_markup(chat.id, first.id, reply_markup=markup(button()))
    )
    (message,) = standin.replies(chat)
    assert (message.marked("bold"), message.labels) == (["二"], [["下一页"]])


def test_an_edit_of_nothing_is_refused(standin: StandIn, chat: Chat) -> None:
    message = send(standin, chat, "<b>一</b>", parse_mode="HTML", reply_markup=markup(button()))
    description = refused(
        standin,
        lambda bot: bot.edit_message_text(
            "<strong>一</strong>", chat.id, message.id, parse_mode="HTML", reply_markup=markup(button())
        ),
    )
    assert description == (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )


def test_an_edit_of_a_missing_message_is_refused(standin: StandIn, chat: Chat) -> None:
    description = refused(standin, lambda bot: bot.edit_message_text("x", chat.id, 404))
    assert description == "Bad Request: message to edit not found"


def test_an_edit_of_somebody_elses_message_is_refused(standin: StandIn, chat: Chat, alice: Person) -> None:
    question = standin.say(chat, alice, "问题")
    description = refused(standin, lambda bot: bot.edit_message_text("x", chat.id, question.id))
    assert description == "Bad Request: message can't be edited"


def test_the_text_of_a_document_cannot_be_edited(standin: StandIn, chat: Chat) -> None:
    through(standin, lambda bot: bot.send_document(chat.id, b"x"))
    message = standin.replies(chat)[-1]
    description = refused(standin, lambda bot: bot.edit_message_text("x", chat.id, message.id))
    assert description == "Bad Request: there is no text in the message to edit"


# Buttons.


def test_a_pressed_button_asks_and_is_answered(standin: StandIn, chat: Chat, alice: Person) -> None:
    question = standin.say(chat, alice, "问题")
    message = send(
        standin, chat, "x", reply_markup=markup(button()), reply_parameters=ReplyParameters(question.id)
    )
    press = standin.press(message, "下一页")
    query = delivered(standin)[-1].callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.id) == (press.id, "list:2", alice.id)
    assert isinstance(query.message, ReceivedMessage)
    assert query.message.reply_to_message is not None
    assert query.message.reply_to_message.text == "问题"
    assert standin.unanswered_callbacks == [press]
    through(standin, lambda bot: bot.answer_callback_query(press.id, "好", show_alert=True))
    assert standin.unanswered_callbacks == []
    assert standin.callback_answers == [(press.id, "好", True)]


def test_a_button_is_pressed_on_the_message_as_it_stands_now(standin: StandIn, chat: Chat) -> None:
    old = send(standin, chat, "一", reply_markup=markup(button()))
    new = markup(button("上一页", "list:1"))
    through(standin, lambda bot: bot.edit_message_text("二", chat.id, old.id, reply_markup=new))
    assert standin.press(old, "上一页").button.data == "list:1"
    with pytest.raises(AssertionError, match="no button '下一页'"):
        standin.press(old, "下一页")


def test_a_button_that_tells_the_bot_nothing_cannot_be_pressed(standin: StandIn, chat: Chat) -> None:
    link = markup(InlineKeyboardButton("网页", url="example.org"))
    with pytest.raises(AssertionError, match="tells no bot"):
        standin.press(send(standin, chat, "x", reply_markup=link), "网页")


@pytest.mark.parametrize("query", ["1", "gone"])
def test_an_answer_to_no_button_or_too_late_is_refused(standin: StandIn, chat: Chat, query: str) -> None:
    press = standin.press(send(standin, chat, "x", reply_markup=markup(button())), "下一页")
    standin.expire(press)
    asked = press.id if query == "gone" else query
    assert (
        refused(standin, lambda bot: bot.answer_callback_query(asked))
        == "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


def test_an_answer_to_a_button_is_short(standin: StandIn, chat: Chat) -> None:
    press = standin.press(send(standin, chat, "x", reply_markup=markup(button())), "下一页")
    through(standin, lambda bot: bot.answer_callback_query(press.id, "字" * LONGEST_POPUP))
    description = refused(
        standin, lambda bot: bot.answer_callback_query(press.id, "字" * (LONGEST_POPUP + 1))
    )
    assert description == "Bad Request: MESSAGE_TOO_LONG"


# The bot about itself.


@pytest.mark.parametrize("privacy", [True, False])
def test_the_bot_learns_who_it_is(privacy: bool) -> None:  # noqa: FBT001 - a parameter of the case
    me = through(StandIn(privacy=privacy, inline=True), lambda bot: bot.get_me())
    assert (me.id, me.username, me.is_bot) == (123456, "chuchu_bot", True)
    assert (me.can_read_all_group_messages, me.supports_inline_queries) == (not privacy, True)


def test_commands_are_kept_by_scope_and_language(standin: StandIn, chat: Chat, alice: Person) -> None:
    async def register(bot: Bot) -> tuple[BotCommand, ...]:
        await bot.set_my_commands([("help", "Help"), ("list", "Documents")])
        await bot.set_my_commands([("help", "帮助")], language_code="zh")
        await bot.set_my_commands([("help", "私聊")], scope=BotCommandScopeAllPrivateChats())
        await bot.set_my_commands([("help", "此处")], scope=BotCommandScopeChat(chat.id))
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat.id))
        return await bot.get_my_commands(language_code="zh")

    assert through(standin, register) == (BotCommand("help", "帮助"),)
    assert standin.commands["default", ""] == {"help": "Help", "list": "Documents"}
    assert standin.menu(chat, alice) == {"help": "私聊"}
    group = standin.group("读书会")
    assert standin.menu(group, alice) == {"help": "帮助"}
    assert standin.menu(group, standin.person("Bob", "en")) == {"help": "Help", "list": "Documents"}


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([("Help", "x")], "BOT_COMMAND_INVALID"),
        ([("帮助", "x")], "BOT_COMMAND_INVALID"),
        ([("", "x")], "command must be non-empty"),
        ([("h" * (LONGEST_COMMAND + 1), "x")], "command length must not exceed 32"),
        ([("help", " ")], "command description must be non-empty"),
        (
            [("help", "字" * (LONGEST_COMMAND_DESCRIPTION + 1))],
            "command description length must not exceed 256",
        ),
        ([(f"c{number}", "x") for number in range(MOST_COMMANDS + 1)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
def test_commands_are_refused_as_telegram_refuses_them(
    standin: StandIn, commands: list[tuple[str, str]], reason: str
) -> None:
    description = refused(standin, lambda bot: bot.set_my_commands(commands))
    assert description == f"Bad Request: {reason}"
    assert standin.commands == {}


def test_a_language_of_commands_is_two_letters(standin: StandIn) -> None:
    description = refused(standin, lambda bot: bot.set_my_commands([("a", "b")], language_code="zh-hans"))
    assert description == "Bad Request: invalid language code specified"


def test_descriptions_are_kept_by_language_and_limited(standin: StandIn) -> None:
    async def describe(bot: Bot) -> tuple[str, str, str]:
        await bot.set_my_description("Ask the documents")
        await bot.set_my_description("问文档", language_code="zh")
        await bot.set_my_short_description("出处")
        await bot.set_my_name("Chuchu", language_code="en")
        chinese, french = await bot.get_my_description("zh"), await bot.get_my_description("fr")
        return chinese.description, french.description, (await bot.get_my_name()).name

    assert through(standin, describe) == ("问文档", "Ask the documents", "出处")
    description = refused(standin, lambda bot: bot.set_my_short_description("x" * 121))
    assert description == "Bad Request: SHORT_DESCRIPTION_TOO_LONG"


# What is delivered.


def test_a_private_chat_delivers_everything(standin: StandIn, chat: Chat, alice: Person) -> None:
    question = standin.say(chat, alice, "  😀 /ask 加班 ")
    standin.edit(question, "改了")
    message, edited = delivered(standin)
    assert message.message is not None
    assert message.message.text == "😀 /ask 加班"
    assert message.message.parse_entities() == {MessageEntity("bot_command", 3, 4): "/ask"}
    assert message.message.from_user is not None
    assert (message.message.from_user.first_name, message.message.from_user.language_code) == (
        "Alice",
        "zh-hans",
    )
    assert (message.message.chat.type, message.message.chat.id) == ("private", alice.id)
    assert message.edited_message is None
    assert edited.edited_message is not None
    assert (edited.edited_message.text, edited.edited_message.message_id) == ("改了", question.id)
    assert edited.edited_message.edit_date is not None


@pytest.mark.parametrize(
    ("text", "is_delivered"),
    [
        ("大家好", False),
        ("@chuchu_bot 加班怎么算？", False),
        ("/ask@chuchu_bot 加班", True),
        ("/ask@Chuchu_Bot 加班", True),
        ("/ask@other_bot 加班", False),
        ("/ask 加班", False),
        ("请 /ask@chuchu_bot", False),
    ],
)
@pytest.mark.parametrize("kind", ["group", "supergroup"])
def test_privacy_mode_delivers_what_is_meant_for_the_bot(
    standin: StandIn, alice: Person, kind: str, text: str, *, is_delivered: bool
) -> None:
    group = standin.group("读书会", kind)  # type: ignore[arg-type]
    standin.say(group, alice, text)
    assert texts(standin) == ([text] if is_delivered else [])


def test_a_bare_command_goes_to_the_bot_that_wrote_last(standin: StandIn, group: Chat, alice: Person) -> None:
    send(standin, group, "大家好")
    standin.say(group, alice, "/list 一")
    standin.say(group, standin.another_bot("other_bot"), "我也在")
    standin.say(group, alice, "/list 二")
    assert texts(standin) == ["/list 一"]


def test_replies_to_the_bot_are_delivered_with_what_they_answer(
    standin: StandIn, group: Chat, alice: Person
) -> None:
    question = standin.say(group, alice, "/ask@chuchu_bot 加班")
    answer = send(standin, group, "三倍", reply_parameters=ReplyParameters(question.id))
    standin.say(group, alice, "那周末呢？", reply_to=answer)
    standin.say(group, alice, "再说", reply_to=question)
    *_, update = delivered(standin)
    assert update.message is not None
    assert update.message.text == "那周末呢？"
    replied = update.message.reply_to_message
    assert replied is not None
    assert (replied.text, replied.reply_to_message) == ("三倍", None)
    assert replied.from_user is not None
    assert replied.from_user.username == "chuchu_bot"
    assert update.message.message_thread_id == question.id
    assert not update.message.is_topic_message


def test_a_reply_counts_for_more_than_a_command(standin: StandIn, group: Chat, alice: Person) -> None:
    ours = send(standin, group, "三倍")
    others = standin.say(group, standin.another_bot("other_bot"), "四倍")
    standin.say(group, alice, "/list@other_bot", reply_to=ours)
    standin.say(group, alice, "/list@chuchu_bot", reply_to=others)
    assert texts(standin) == ["/list@other_bot"]


def test_service_messages_are_delivered(standin: StandIn, group: Chat, alice: Person) -> None:
    standin.join(group, alice)
    (update,) = delivered(standin)
    assert update.message is not None
    assert [member.first_name for member in update.message.new_chat_members] == ["Alice"]


def test_an_edit_in_a_group_is_delivered_if_the_new_text_would_be(
    standin: StandIn, group: Chat, alice: Person
) -> None:
    message = standin.say(group, alice, "加班")
    standin.edit(message, "/ask@chuchu_bot 加班")
    (update,) = delivered(standin)
    assert update.edited_message is not None


@pytest.mark.parametrize(("privacy", "admin"), [(False, False), (True, True)])
def test_without_privacy_or_as_admin_everything_from_people_is_delivered(
    *, privacy: bool, admin: bool
) -> None:
    standin = StandIn(privacy=privacy)
    alice = standin.person("Alice")
    group = standin.group("读书会", bot_is_admin=admin)
    for text in ("大家好", "/ask@other_bot 加班"):
        standin.say(group, alice, text)
    standin.say(group, standin.another_bot("other_bot"), "四倍")
    assert texts(standin) == ["大家好", "/ask@other_bot 加班"]


def test_a_forum_keeps_to_its_topics(standin: StandIn, alice: Person) -> None:
    forum = standin.group("论坛", forum=True)
    topic = standin.topic(forum, "提问", alice)
    question = standin.say(forum, alice, "/ask@chuchu_bot 加班", topic=topic)
    created, update = delivered(standin)
    assert created.message is not None
    assert created.message.forum_topic_created is not None
    assert update.message is not None
    assert (update.message.message_thread_id, update.message.is_topic_message) == (topic, True)
    # What answers nothing in a topic looks like an answer to the topic's beginning.
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.forum_topic_created is not None
    assert update.message.chat.is_forum
    assert send(standin, forum, "三倍", message_thread_id=topic).topic == topic
    assert send(standin, forum, "三倍", reply_parameters=ReplyParameters(question.id)).topic == topic
    assert send(standin, forum, "三倍").topic is None
    description = refused(standin, lambda bot: bot.send_message(forum.id, "x", message_thread_id=404))
    assert description == "Bad Request: message thread not found"


def test_people_write_only_where_they_are(standin: StandIn, chat: Chat, group: Chat) -> None:
    bob = standin.person("Bob")
    with pytest.raises(AssertionError, match="Bob is not in this private chat"):
        standin.say(chat, bob, "x")
    with pytest.raises(AssertionError, match="there is no topic 404"):
        standin.say(group, bob, "x", topic=404)
    with pytest.raises(AssertionError, match="empty"):
        standin.say(group, bob, " ")
    with pytest.raises(AssertionError, match="in pieces"):
        standin.say(group, bob, "字" * (LONGEST_TEXT + 1))


# getUpdates.


def test_updates_are_given_until_confirmed(standin: StandIn, chat: Chat, alice: Person) -> None:
    for text in "一二三":
        standin.say(chat, alice, text)

    async def read(bot: Bot) -> list[list[str]]:
        first = await bot.get_updates(limit=2)
        again = await bot.get_updates(timeout=0)
        rest = await bot.get_updates(offset=first[0].update_id + 1)
        last = await bot.get_updates(offset=-1)
        return [[str(u.message.text) for u in part if u.message] for part in (first, again, rest, last)]

    assert through(standin, read) == [["一", "二"], ["一", "二", "三"], ["二", "三"], ["三"]]
    assert texts(standin) == ["三"]


def test_kinds_of_updates_not_asked_for_are_not_queued(standin: StandIn, chat: Chat, alice: Person) -> None:
    through(standin, lambda bot: bot.get_updates(allowed_updates=["message"]))
    standin.edit(standin.say(chat, alice, "一"), "二")
    assert texts(standin) == ["一"]
    through(standin, lambda bot: bot.get_updates(allowed_updates=[]))
    standin.edit(standin.say(chat, alice, "三"), "四")
    assert texts(standin) == ["一", "三", "四"]


def test_pending_updates_can_be_dropped(standin: StandIn, chat: Chat, alice: Person) -> None:
    standin.say(chat, alice, "一")
    through(standin, lambda bot: bot.delete_webhook(drop_pending_updates=True))
    assert standin.unconfirmed == []


def test_a_poll_waits_in_process_until_something_comes(standin: StandIn, chat: Chat, alice: Person) -> None:
    async def poll(bot: Bot) -> list[Update]:
        waiting = asyncio.create_task(bot.get_updates(timeout=50))
        await asyncio.to_thread(standin.wait_for, lambda: standin.requests("getUpdates"))
        assert not waiting.done()
        standin.say(chat, alice, "一")
        return list(await waiting)

    assert [update.message.text for update in through(standin, poll) if update.message] == ["一"]


def test_a_poll_in_process_can_be_cancelled(
    standin: StandIn, chat: Chat, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async def cancel(bot: Bot) -> None:
        waiting = asyncio.create_task(bot.get_updates(timeout=50))
        await asyncio.to_thread(standin.wait_for, lambda: standin.requests("getUpdates"))
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    through(standin, cancel)
    standin.say(chat, alice, "一")
    assert texts(standin) == ["一"]
    assert caplog.messages == []


def test_a_second_poll_ends_the_first(standin: StandIn) -> None:
    async def both(bot: Bot) -> None:
        first = asyncio.create_task(bot.get_updates(timeout=50))
        await asyncio.to_thread(standin.wait_for, lambda: standin.requests("getUpdates"))
        second = asyncio.create_task(bot.get_updates(timeout=50))
        with pytest.raises(Conflict):
            await first
        standin.wake()
        assert list(await second) == []

    through(standin, both)
    assert standin.refusals == []


def test_a_poll_waits_as_long_as_asked_but_not_longer_than_telegram_does(standin: StandIn) -> None:
    polls = [standin.answer(standin.token, "getUpdates", {"timeout": timeout}) for timeout in ("7", "999")]
    assert [poll.seconds for poll in polls if isinstance(poll, Poll)] == [7, 50]


# A whole bot.


async def echo(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.reply_html(
        f"<b>{update.message.text}</b>", do_quote=True, reply_markup=markup(button())
    )


async def pressed(update: Update, _: Context) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer()
    await update.callback_query.edit_message_text(str(update.callback_query.data))


async def converse(application: Application, standin: StandIn, chat: Chat, alice: Person) -> None:  # type: ignore[type-arg]
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling()
        question = standin.say(chat, alice, "加班")
        (reply,) = await asyncio.to_thread(standin.wait_for, lambda: standin.replies(chat))
        assert (reply.marked("bold"), reply.reply_to) == (["加班"], question)
        standin.press(reply, "下一页")
        await asyncio.to_thread(standin.wait_for, lambda: standin.replies(chat)[-1].text == "list:2")
        await application.updater.stop()
        await application.stop()
    assert (standin.unanswered_callbacks, standin.refusals) == ([], [])


def test_a_whole_application_runs_in_process(standin: StandIn, chat: Chat, alice: Person) -> None:
    wire = StandInRequest(standin)
    builder = Application.builder().token(standin.token).request(wire).get_updates_request(wire)
    asyncio.run(converse(builder.build(), standin, chat, alice))


def test_a_whole_application_runs_over_http(standin: StandIn, chat: Chat, alice: Person) -> None:
    with standin.serve() as url:
        builder = Application.builder().token(standin.token).base_url(f"{url}/bot")
        asyncio.run(converse(builder.build(), standin, chat, alice))


# HTTP.


@pytest.fixture
def url(standin: StandIn) -> Iterator[str]:
    with standin.serve() as address:
        yield f"{address}/bot{standin.token}"


def ask(address: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded") -> object:
    """The JSON of an answer, whatever its status."""
    request = Request(address, body, {"Content-Type": kind})  # noqa: S310 - our own server
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            return json.load(answer)
    except HTTPError as error:
        with error:
            return json.load(error)


def test_requests_come_as_json_as_a_form_or_in_the_address(url: str, standin: StandIn, chat: Chat) -> None:
    ask(f"{url}/sendMessage?chat_id={chat.id}&text=1")
    ask(f"{url}/SENDMESSAGE".replace(":TEST", "%3ATEST"), f"chat_id={chat.id}&text=%E4%BA%8C".encode())
    ask(f"{url}/sendMessage", json.dumps({"chat_id": chat.id, "text": "三"}).encode(), "application/json")
    assert [message.text for message in standin.replies(chat)] == ["1", "二", "三"]


def test_a_file_sent_over_http_arrives_byte_for_byte(standin: StandIn, chat: Chat) -> None:
    content = bytes(range(256)) * 3 + b"\r\n"

    async def send_file(address: str) -> None:
        async with Bot(standin.token, base_url=f"{address}/bot") as bot:
            await bot.send_document(chat.id, content, "<b>章程</b>", parse_mode="HTML", filename="章程.txt")

    with standin.serve() as address:
        asyncio.run(send_file(address))
    (message,) = standin.replies(chat)
    assert message.document is not None
    assert (message.document.name, message.document.content) == ("章程.txt", content)
    assert message.marked("bold") == ["章程"]


def test_errors_have_telegrams_status_and_body(url: str, standin: StandIn) -> None:
    with pytest.raises(HTTPError) as error, urlopen(f"{url}/sendMessage?chat_id=404&text=x"):  # noqa: S310
        pass
    with error.value as answer:
        assert answer.code == standin.refusals[-1].code
        assert json.load(answer) == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: chat not found",
        }


@pytest.mark.parametrize("path", ["/bot1:wrong/getMe", "/elsewhere"])
def test_a_wrong_token_over_http_is_unauthorized(standin: StandIn, path: str) -> None:
    with standin.serve() as address:
        answer = ask(address + path)
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert standin.refusals == []


def test_a_poll_over_http_wakes_for_an_update(url: str, standin: StandIn, chat: Chat, alice: Person) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ask, f"{url}/getUpdates?timeout=50")
        standin.wait_for(lambda: standin.requests("getUpdates"))
        standin.say(chat, alice, "一")
        answer = waiting.result()
    assert isinstance(answer, dict)
    assert [update["message"]["text"] for update in answer["result"]] == ["一"]


def test_closing_the_server_ends_a_waiting_poll_and_every_thread(standin: StandIn) -> None:
    before = set(running_threads())
    with ThreadPoolExecutor(1) as pool:
        with standin.serve() as address:
            waiting = pool.submit(ask, f"{address}/bot{standin.token}/getUpdates?timeout=50")
            standin.wait_for(lambda: standin.requests("getUpdates"))
        assert waiting.result() == {"ok": True, "result": []}
    assert set(running_threads()) <= before
