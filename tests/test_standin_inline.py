"""The stand-in asks, refuses, remembers and inserts inline results as Telegram does."""

from collections.abc import Sequence
from html import escape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from standin import Chat, InlineAnswer, InlineQuery, Person, StandIn
from standin_asking import Use, button, delivered, markup, refused, refused_raw, send, through
from standin_entities import telegram_text
from standin_inline import LONGEST_OFFSET_BYTES, LONGEST_RESULT_ID_BYTES, MOST_RESULTS
from standin_rules import LONGEST_TEXT
from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)


@pytest.fixture
def standin() -> StandIn:
    return StandIn(inline=True)


def article(number: str = "1", text: str = "<b>三倍</b>", **arguments: object) -> InlineQueryResultArticle:
    content = InputTextMessageContent(text, parse_mode="HTML")
    title = str(arguments.pop("title", "加班"))
    return InlineQueryResultArticle(number, title, content, **arguments)  # type: ignore[arg-type]


def giving(
    query: InlineQuery, results: Sequence[InlineQueryResultArticle] = (), **arguments: object
) -> Use[bool]:
    """The answer of a bot."""
    results = results or [article()]
    return lambda bot: bot.answer_inline_query(query.id, results, **arguments)  # type: ignore[arg-type]


def answer(standin: StandIn, query: InlineQuery, **arguments: object) -> InlineAnswer:
    through(standin, giving(query, **arguments))  # type: ignore[arg-type]
    return standin.inline_answer(query)


def test_an_inline_query_reaches_the_bot_with_where_it_was_typed(standin: StandIn, alice: Person) -> None:
    asked = standin.inline(alice, "加班", offset="10", chat_type="supergroup")
    (update,) = delivered(standin)
    query = update.inline_query
    assert query is not None
    assert (query.id, query.query, query.offset, query.chat_type) == (asked.id, "加班", "10", "supergroup")
    assert query.from_user.id == alice.id


def test_without_inline_mode_nobody_is_asked_and_nothing_may_be_answered() -> None:
    standin = StandIn(inline=False)
    query = standin.inline(standin.person("Alice"), "加班")
    assert (standin.unconfirmed, standin.unanswered_inline_queries) == ([], [])
    assert refused(standin, giving(query)) == "Bad Request: USER_BOT_INVALID"


def test_an_answer_is_what_people_are_shown(standin: StandIn, alice: Person) -> None:
    query = standin.inline(alice, "加班")
    assert standin.unanswered_inline_queries == [query]
    above = InlineQueryResultsButton("问一问", start_parameter="ask_1-x")
    shown = answer(
        standin,
        query,
        results=[article(description="第三章")],
        next_offset="10",
        is_personal=True,
        button=above,
    )
    assert standin.inline_answers == [shown]
    assert standin.unanswered_inline_queries == []
    (result,) = shown.results
    assert (result.title, result.description, result.text) == ("加班", "第三章", "三倍")
    assert (shown.next_offset, shown.is_personal, shown.cache_seconds) == ("10", True, 300)
    assert shown.button == ("问一问", "ask_1-x")


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([article(str(n)) for n in range(MOST_RESULTS + 1)], "too many inline query results specified"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_EMPTY"),
        ([article("字" * 22)], "RESULT_ID_INVALID"),
        ([article(title=" ")], "ARTICLE_TITLE_EMPTY"),
        ([article(text="")], "can't parse inline query result: Input message content is not specified"),
        ([article(text="<b> </b>")], "text must be non-empty"),
        ([article(text="字" * (LONGEST_TEXT + 1))], "MESSAGE_TOO_LONG"),
        (
            [article(text="<b>x")],
            (
                "can't parse inline query result: "
                "Can't parse entities: Can't find end tag corresponding to start tag \"b\""
            ),
        ),
        ([article(reply_markup=markup(button(data="字" * 22)))], "BUTTON_DATA_INVALID"),
        ([article(reply_markup=ForceReply())], "inline keyboard expected"),
    ],
)
def test_results_are_refused_as_telegram_refuses_them(
    standin: StandIn, alice: Person, results: list[InlineQueryResultArticle], reason: str
) -> None:
    query = standin.inline(alice, "加班")
    assert refused(standin, giving(query, results)) == f"Bad Request: {reason}"
    assert standin.inline_answers == []


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"next_offset": "字" * 22}, "NEXT_OFFSET_INVALID"),
        ({"button": InlineQueryResultsButton(" ", start_parameter="x")}, "SWITCH_PM_TEXT_EMPTY"),
        ({"button": InlineQueryResultsButton("x", start_parameter="")}, "START_PARAM_EMPTY"),
        ({"button": InlineQueryResultsButton("x", start_parameter="a b")}, "START_PARAM_INVALID"),
        ({"button": InlineQueryResultsButton("x", start_parameter="x" * 65)}, "START_PARAM_INVALID"),
        (
            {"button": InlineQueryResultsButton("x")},
            (
                "can't parse inline query results button: "
                "InlineQueryResultsButton must have exactly one optional field"
            ),
        ),
    ],
)
def test_answers_are_refused_as_telegram_refuses_them(
    standin: StandIn, alice: Person, arguments: dict[str, object], reason: str
) -> None:
    query = standin.inline(alice, "加班")
    assert refused(standin, giving(query, [article()], **arguments)) == f"Bad Request: {reason}"


def test_an_answer_within_the_limits_is_shown(standin: StandIn, alice: Person) -> None:
    ids = [str(number).zfill(LONGEST_RESULT_ID_BYTES) for number in range(MOST_RESULTS)]
    results = [article(number, "字" * LONGEST_TEXT) for number in ids]
    offset = "x" * LONGEST_OFFSET_BYTES
    shown = answer(standin, standin.inline(alice, "加班"), results=results, next_offset=offset)
    assert ([result.id for result in shown.results], shown.next_offset) == (ids, offset)


@pytest.mark.parametrize("case", ["unknown", "too old", "answered"])
def test_an_answer_to_no_query_or_too_late_is_refused(standin: StandIn, alice: Person, case: str) -> None:
    query = standin.inline(alice, "加班")
    if case == "unknown":
        query = query._replace(id="1")
    if case == "too old":
        standin.expire(query)
        assert standin.unanswered_inline_queries == []
    if case == "answered":
        answer(standin, query)
    assert (
        refused(standin, giving(query))
        == "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


# What Telegram remembers.


def test_telegram_gives_another_person_the_answer_it_has(standin: StandIn, alice: Person) -> None:
    shown = answer(standin, standin.inline(alice, "加班"), cache_time=60)
    asked = len(standin.unconfirmed)
    bob = standin.person("Bob")
    again = standin.inline_answer(standin.inline(bob, "加班"))
    assert len(standin.unconfirmed) == asked
    assert (again.results, again.cached, again.query.by) == (shown.results, True, bob)
    standin.inline(bob, "加班", offset="10")
    standin.inline(bob, "周末")
    assert len(standin.unconfirmed) == asked + 2


def test_a_personal_answer_is_given_to_nobody_else(standin: StandIn, alice: Person) -> None:
    answer(standin, standin.inline(alice, "加班"), cache_time=60, is_personal=True)
    bobs = standin.inline(standin.person("Bob"), "加班")
    assert standin.unanswered_inline_queries == [bobs]
    assert standin.inline_answer(standin.inline(alice, "加班")).cached


@pytest.mark.parametrize(("cache_time", "seconds"), [(60, 61), (0, 0)])
def test_an_answer_is_remembered_no_longer_than_the_bot_allows(
    standin: StandIn, alice: Person, cache_time: int, seconds: int
) -> None:
    answer(standin, standin.inline(alice, "加班"), cache_time=cache_time)
    standin.let_pass(seconds)
    again = standin.inline(alice, "加班")
    assert standin.unanswered_inline_queries == [again]


# What people insert.


def test_a_chosen_result_stands_in_the_chat_as_the_persons_own_words(standin: StandIn, alice: Person) -> None:
    query = standin.inline(alice, "加班")
    answer(standin, query)
    before = len(standin.unconfirmed)
    message = standin.choose(query, "加班", standin.elsewhere("别处"))
    assert (message.text, message.marked("bold"), message.sender) == ("三倍", ["三倍"], alice)
    assert message.via_bot == standin.bot
    assert len(standin.unconfirmed) == before
    with pytest.raises(AssertionError, match="no result '周末'"):
        standin.choose(query, "周末", standin.elsewhere("别处"))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_the_inserted_text_is_the_one_of_the_result(text: str) -> None:
    shown = telegram_text(text).text
    assume(shown)
    standin = StandIn(inline=True)
    query = standin.inline(standin.person("Alice"), "加班")
    answer(standin, query, results=[article(text=escape(text))])
    assert standin.choose(query, 0, standin.elsewhere("别处")).text == shown


def test_the_bot_sees_what_was_inserted_where_it_is_even_with_privacy_on(
    standin: StandIn, alice: Person, chat: Chat
) -> None:
    query = standin.inline(alice, "加班")
    answer(standin, query)
    for place in (chat, standin.group("读书会")):
        standin.choose(query, 0, place)
        message = delivered(standin)[-1].message
        assert message is not None
        assert message.via_bot is not None
        assert (message.via_bot.id, message.text, message.chat.id) == (standin.bot.id, "三倍", place.id)


def test_a_button_of_an_inserted_message_names_no_chat(standin: StandIn, alice: Person) -> None:
    query = standin.inline(alice, "加班")
    answer(standin, query, results=[article(reply_markup=markup(button()))])
    away = standin.elsewhere("别处")
    message = standin.choose(query, 0, away)
    standin.press(message, "下一页", standin.person("Bob"))
    pressed = delivered(standin)[-1].callback_query
    assert pressed is not None
    assert (pressed.message, pressed.data) == (None, "list:2")
    name = pressed.inline_message_id
    assert name == message.inline_id
    edited = through(standin, lambda bot: bot.edit_message_text("四倍", inline_message_id=name))
    assert edited is True
    assert [message.text for message in standin.messages(away)] == ["四倍"]


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("unknown", "MESSAGE_ID_INVALID"),
        ("deleted", "MESSAGE_ID_INVALID"),
        ("nameless", "message identifier is not specified"),
    ],
)
def test_an_edit_of_no_inserted_message_is_refused(
    standin: StandIn, alice: Person, case: str, reason: str
) -> None:
    query = standin.inline(alice, "加班")
    answer(standin, query)
    message = standin.choose(query, 0, standin.elsewhere("别处"))
    standin.delete(message)
    name = {"unknown": "x", "deleted": message.inline_id, "nameless": None}[case]
    use: Use[object] = lambda bot: bot.edit_message_text("x", inline_message_id=name)  # noqa: E731
    assert refused(standin, use) == f"Bad Request: {reason}"


@pytest.mark.parametrize("feedback", [True, False])
def test_a_chosen_result_is_reported_to_a_bot_that_asked_for_it(*, feedback: bool) -> None:
    standin = StandIn(inline=True, inline_feedback=feedback)
    query = standin.inline(standin.person("Alice"), "加班")
    answer(standin, query)
    standin.choose(query, 0, standin.elsewhere("别处"))
    chosen = [update.chosen_inline_result for update in delivered(standin) if update.chosen_inline_result]
    assert [(result.result_id, result.query) for result in chosen] == [("1", "加班")] * feedback


def test_a_button_can_begin_an_inline_query(standin: StandIn, chat: Chat) -> None:
    here = InlineKeyboardButton("就地查", switch_inline_query_current_chat="加班 ")
    message = send(standin, chat, "x", reply_markup=markup(here, button()))
    assert standin.switch(message, "就地查").text == "加班 "
    with pytest.raises(AssertionError, match="begins no inline query"):
        standin.switch(message, "下一页")


def test_a_button_for_inline_queries_needs_inline_mode() -> None:
    standin = StandIn(inline=False)
    chat = standin.private(standin.person("Alice"))
    here = markup(InlineKeyboardButton("就地查", switch_inline_query=""))
    use: Use[object] = lambda bot: bot.send_message(chat.id, "x", reply_markup=here)  # noqa: E731
    assert refused(standin, use) == "Bad Request: BUTTON_TYPE_INVALID"


def test_a_query_has_its_length(standin: StandIn, alice: Person) -> None:
    with pytest.raises(AssertionError, match="no query this long"):
        standin.inline(alice, "字" * 257)


def test_a_result_of_another_kind_is_not_known(standin: StandIn, alice: Person) -> None:
    query = standin.inline(alice, "加班")

    description = refused_raw(
        standin, "answerInlineQuery", inline_query_id=query.id, results=[{"type": "mood", "id": "1"}]
    )
    assert description == (
        'Bad Request: can\'t parse inline query result: type "mood" is unsupported '
        "for the inline query result"
    )
