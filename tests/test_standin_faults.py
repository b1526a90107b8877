"""The stand-in misbehaves on purpose as Telegram and the way to it do, and tells what came of it."""

import asyncio
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection
from threading import enumerate as running_threads
from typing import TypeAlias
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from standin import Chat, Limits, Message, Person, StandIn
from standin_asking import Use, delivered, refused, send, texts, through
from standin_faults import (
    BAD_GATEWAY,
    CLOSED,
    CONFLICT,
    CUT,
    MALFORMED,
    RESET,
    SERVER_ERROR,
    UNAUTHORIZED,
    Fault,
    hang,
    refusing,
    too_many,
)
from standin_rates import most_within
from telegram import Bot, ReplyParameters
from telegram.error import (
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

MOMENT = 0.05  # seconds
PATIENCE = 20  # seconds, which nothing here takes
LOSING = [RESET, CLOSED, CUT, hang(MOMENT), MALFORMED, BAD_GATEWAY, SERVER_ERROR]
LOST: list[tuple[Fault, type[httpx.HTTPError]]] = [
    (RESET, httpx.ReadError),
    (CLOSED, httpx.RemoteProtocolError),
    (CUT, httpx.RemoteProtocolError),
    (hang(MOMENT), httpx.RemoteProtocolError),
]
RAISED: list[tuple[Fault, type[TelegramError], str]] = [
    (RESET, NetworkError, "Read|reset"),
    (CLOSED, NetworkError, "disconnected|closed"),
    (CUT, NetworkError, "without sending complete|cut"),
    (MALFORMED, TelegramError, "Invalid server response"),
    (BAD_GATEWAY, NetworkError, r"Bad Gateway \(502\)"),
    (SERVER_ERROR, NetworkError, "Internal Server Error"),
    (too_many(7), RetryAfter, "Retry in 7 seconds"),
    (CONFLICT, Conflict, "only one bot instance"),
    (UNAUTHORIZED, InvalidToken, "Unauthorized"),
    (refusing(403, "Forbidden: bot was blocked by the user"), Forbidden, "blocked"),
]
Ask: TypeAlias = Callable[[Use[object]], object]


@pytest.fixture
def url(standin: StandIn) -> Iterator[str]:
    with standin.serve() as address:
        yield f"{address}/bot{standin.token}"


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=PATIENCE) as opened:
        yield opened


@pytest.fixture(params=["in process", "over HTTP"])
def ask(request: pytest.FixtureRequest, standin: StandIn) -> Iterator[Ask]:
    """Uses a real Bot."""

    async def over_http(use: Use[object]) -> object:
        wire = HTTPXRequest(httpx_kwargs={"verify": False})  # without certificates to read it is quick
        base = f"{address}/bot"
        async with Bot(standin.token, base, request=wire, get_updates_request=wire) as bot:
            return await use(bot)

    if request.param == "in process":
        yield lambda use: through(standin, use)
        return
    with standin.serve() as address:
        yield lambda use: asyncio.run(over_http(use))


def texts_of(messages: list[Message]) -> list[str]:
    return [message.text for message in messages]


def answer_to(question: Message, text: str = "三倍") -> Use[object]:
    return lambda bot: bot.send_message(question.chat.id, text, reply_parameters=ReplyParameters(question.id))


def answered_in_vain(standin: StandIn, question: Message) -> None:
    """The bot answers, and does not learn that it did."""
    standin.fault("sendMessage", RESET.after)
    with pytest.raises(NetworkError):
        through(standin, answer_to(question))


# What arrives.


@pytest.mark.parametrize(("fault", "error"), LOST)
def test_an_answer_is_lost_in_each_way_a_connection_ends(  # noqa: PLR0913, PLR0917 - fixtures
    standin: StandIn, chat: Chat, url: str, client: httpx.Client, fault: Fault, error: type[Exception]
) -> None:
    standin.fault("sendMessage", fault)
    with pytest.raises(error):
        client.post(f"{url}/sendMessage", data={"chat_id": chat.id, "text": "三倍"})
    assert client.post(f"{url}/sendMessage", data={"chat_id": chat.id, "text": "两倍"}).json()["ok"]
    assert texts_of(standin.replies(chat)) == ["两倍"]


def test_a_cut_answer_begins_like_a_whole_one(standin: StandIn, url: str, client: httpx.Client) -> None:
    whole = client.get(f"{url}/getMe")
    standin.fault("getMe", CUT.after)
    with client.stream("GET", f"{url}/getMe") as cut:
        came = next(cut.iter_raw())
        assert (cut.status_code, cut.headers["Content-Length"]) == (200, str(len(whole.content)))
        assert came == whole.content[: len(whole.content) // 2]


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        (MALFORMED, 200, "application/json"),
        (BAD_GATEWAY, 502, "text/html"),
        (SERVER_ERROR, 500, "application/json"),
        (too_many(7), 429, "application/json"),
        (CONFLICT, 409, "application/json"),
        (UNAUTHORIZED, 401, "application/json"),
    ],
)
def test_a_wrong_answer_has_its_status_and_the_connection_stays(
    standin: StandIn, url: str, fault: Fault, status: int, kind: str
) -> None:
    address = urlsplit(url)
    standin.fault("getMe", fault)
    with closing(HTTPConnection(address.netloc)) as connection:
        connection.connect()
        used = connection.sock
        connection.request("GET", f"{address.path}/getMe")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Content-Type")) == (status, kind)
        content = answer.read()
        connection.request("GET", f"{address.path}/getMe")
        assert json.load(connection.getresponse())["ok"]
        assert connection.sock is used
    assert content
    if status in {200, 502}:
        with pytest.raises(ValueError, match="Expecting value"):
            json.loads(content)
    else:
        assert json.loads(content)["error_code"] == status
    if status == 429:
        assert json.loads(content)["parameters"] == {"retry_after": 7}


@pytest.mark.parametrize(("fault", "error", "words"), RAISED)
def test_a_bot_meets_the_same_errors_in_process_and_over_http(
    standin: StandIn, ask: Ask, fault: Fault, error: type[TelegramError], words: str
) -> None:
    standin.fault("sendMessage", fault)
    with pytest.raises(error, match=words):
        ask(lambda bot: bot.send_message(404, "三倍"))
    assert standin.refusals == []  # it has not even been looked at
    assert standin.injected == {fault: 1}


def test_a_bot_that_gets_no_answer_is_told_that_time_is_up(standin: StandIn, ask: Ask) -> None:
    standin.fault("getMyCommands", hang())
    with pytest.raises(TimedOut):
        ask(lambda bot: bot.get_my_commands(read_timeout=MOMENT))


# Whether it was done.


@pytest.mark.parametrize("fault", LOSING, ids=str)
def test_telegram_has_done_what_a_fault_struck_after(
    standin: StandIn, chat: Chat, alice: Person, ask: Ask, fault: Fault
) -> None:
    question = standin.say(chat, alice, "加班怎么算？")
    standin.fault("sendMessage", fault.after)
    with pytest.raises(TelegramError):
        ask(answer_to(question))
    [answer] = standin.answers_to(question)
    assert standin.unlearned == {answer}
    assert standin.injected == {fault.after: 1}


@pytest.mark.parametrize("fault", [too_many(1), CONFLICT, UNAUTHORIZED])
def test_telegram_never_does_what_it_refuses(fault: Fault) -> None:
    with pytest.raises(ValueError, match=f"does not do what it answers with {fault.name}"):
        _ = fault.after


def test_a_refusal_that_is_lost_is_still_a_refusal(standin: StandIn) -> None:
    standin.fault("sendMessage", RESET.after)
    description = refused(standin, lambda bot: bot.send_message(404, "x"), NetworkError)
    assert description == "Bad Request: chat not found"
    assert standin.unlearned == frozenset()


def test_updates_whose_poll_was_lost_come_again(standin: StandIn, chat: Chat, alice: Person) -> None:
    async def poll(bot: Bot) -> None:
        waiting = asyncio.create_task(bot.get_updates(timeout=50))
        await asyncio.to_thread(standin.wait_for, lambda: standin.requests("getUpdates"))
        standin.say(chat, alice, "一")
        with pytest.raises(NetworkError):
            await waiting

    standin.fault("getUpdates", CUT.after)
    through(standin, poll)
    assert texts(standin) == ["一"]


def test_a_bot_that_is_gone_before_it_has_read_its_answer_has_not_learned_it(
    standin: StandIn, chat: Chat, url: str
) -> None:
    address = urlsplit(url)
    with closing(HTTPConnection(address.netloc)) as connection:
        connection.request("GET", f"{address.path}/sendMessage?chat_id={chat.id}&text=1")
        connection.getresponse().read()
        connection.request("GET", f"{address.path}/sendMessage?chat_id={chat.id}&text=2")
        standin.wait_for(lambda: len(standin.replies(chat)) == 2)
    standin.wait_for(lambda: standin.unlearned)
    assert texts_of(list(standin.unlearned)) == ["2"]


def test_half_a_request_is_none(standin: StandIn, chat: Chat, url: str) -> None:
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port)) as connection:
        body = f"chat_id={chat.id}&text=%E4%B8%89".encode()
        head = f"POST {address.path}/sendMessage HTTP/1.1\r\nContent-Length: {len(body) + 9}\r\n\r\n"
        connection.sendall(head.encode() + body)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
    assert (standin.calls, standin.replies(chat)) == ([], [])


# When it goes wrong.


def test_as_many_calls_of_one_chat_go_wrong_as_were_told(standin: StandIn, chat: Chat) -> None:
    bob = standin.private(standin.person("Bob"))
    standin.fault("SendMessage", RESET, times=2, chat=chat)

    async def write(bot: Bot) -> list[bool]:
        async def arrives(to: Chat) -> bool:
            try:
                await bot.send_message(to.id, "三倍")
            except NetworkError:
                return False
            return True

        return [await arrives(to) for to in (chat, bob, chat, chat)]

    assert through(standin, write) == [False, True, False, True]


def test_any_method_is_any_but_get_updates(standin: StandIn) -> None:
    async def use(bot: Bot) -> None:
        standin.fault("*", RESET)
        assert list(await bot.get_updates()) == []
        with pytest.raises(NetworkError):
            await bot.get_me()
        await bot.get_me()

    through(standin, use)


def drawn(seed: int, calls: int = 200) -> tuple[list[bool], StandIn]:
    """Which of some calls went wrong."""
    standin = StandIn()
    standin.misbehave({SERVER_ERROR: 0.1, BAD_GATEWAY.after: 0.2}, seed)
    answers = [standin.answer(standin.token, "getMe", {}) for _ in range(calls)]
    return [answer.status != 200 for answer in answers if not hasattr(answer, "woken")], standin


def test_random_faults_are_those_of_their_seed_and_are_counted() -> None:
    (first, standin), (again, _), (other, _) = drawn(1), drawn(1), drawn(2)
    assert first == again != other
    assert standin.injected.total() == sum(first)
    assert standin.injected[BAD_GATEWAY.after] > standin.injected[SERVER_ERROR] > 0
    standin.behave()
    assert standin.answer(standin.token, "getMe", {}) == StandIn().answer(standin.token, "getMe", {})
    assert standin.injected.total() == sum(first)


def test_methods_fare_differently(standin: StandIn) -> None:
    standin.misbehave({RESET: 1.0}, 1, ["getMe"])
    standin.misbehave({CONFLICT: 1.0}, 2, ["getUpdates"])
    for method in ("getMe", "getUpdates", "getMyCommands"):
        standin.answer(standin.token, method, {})
    assert standin.injected == {RESET: 1, CONFLICT: 1}


def test_faults_are_no_likelier_than_certain(standin: StandIn) -> None:
    with pytest.raises(ValueError, match="probability"):
        standin.misbehave({RESET: 0.6, CUT: 0.6}, 1)


def test_a_flooded_chat_takes_nothing_until_it_is_over(standin: StandIn, chat: Chat) -> None:
    bob = standin.private(standin.person("Bob"))
    message = send(standin, chat, "一")
    standin.flood(chat, 30)

    async def use(bot: Bot) -> None:
        standin.let_pass(10)
        with pytest.raises(RetryAfter, match="20 seconds"):
            await bot.send_message(chat.id, "二")
        with pytest.raises(RetryAfter, match="20 seconds"):
            await bot.edit_message_text("三", chat.id, message.id)
        await bot.send_message(bob.id, "二")
        standin.let_pass(20)
        await bot.send_message(chat.id, "二")

    through(standin, use)
    assert texts_of(standin.replies(chat)) == ["一", "二"]
    assert standin.injected == {too_many(30): 2}
    assert standin.refusals == []


# Telegram away, and the server's end.


@contextmanager
def hanging(url: str) -> Iterator[socket.socket]:
    """A request that gets no answer."""
    address = urlsplit(url)
    with closing(HTTPConnection(address.netloc)) as connection:
        connection.request("GET", f"{address.path}/getMe")
        assert connection.sock is not None
        yield connection.sock


def test_a_hanging_request_does_not_keep_the_server_from_closing(standin: StandIn) -> None:
    before = set(running_threads())
    standin.fault("getMe", hang())
    with ExitStack() as stack:
        url = stack.enter_context(standin.serve())
        waiting = ExitStack()
        asked = waiting.enter_context(hanging(f"{url}/bot{standin.token}"))
        standin.wait_for(lambda: standin.injected)
        stack.close()
        with waiting:
            assert asked.recv(1) == b""
    assert set(running_threads()) <= before


def test_a_hanging_request_ends_with_whoever_asked(standin: StandIn, url: str) -> None:
    before = set(running_threads())
    standin.fault("getMe", hang())
    with hanging(url):
        standin.wait_for(lambda: standin.injected)
        [thread] = set(running_threads()) - before
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_connections_that_nobody_uses_do_not_keep_the_server_from_closing(standin: StandIn) -> None:
    before = set(running_threads())
    with httpx.Client() as client:
        with standin.serve() as url:
            client.get(f"{url}/bot{standin.token}/getMe")
        assert set(running_threads()) <= before


def test_telegram_goes_away_and_comes_back_at_the_same_address(
    standin: StandIn, url: str, client: httpx.Client
) -> None:
    client.get(f"{url}/getMe")
    for _ in range(2):
        with standin.away():
            with pytest.raises(httpx.TransportError):
                client.get(f"{url}/getMe")
            with pytest.raises(httpx.ConnectError), httpx.Client() as another:
                another.get(f"{url}/getMe")
        assert client.get(f"{url}/getMe").json()["ok"]
    assert len(standin.requests("getMe")) == 3


def test_a_poll_breaks_when_telegram_goes_away(standin: StandIn, chat: Chat, alice: Person, ask: Ask) -> None:
    async def poll(bot: Bot) -> None:
        waiting = asyncio.create_task(bot.get_updates(timeout=50))
        await asyncio.to_thread(standin.wait_for, lambda: standin.requests("getUpdates"))
        with standin.away():
            with pytest.raises(NetworkError):
                await waiting
            standin.say(chat, alice, "一")
            with pytest.raises(NetworkError):
                await bot.get_updates()

    ask(poll)
    assert texts(standin) == ["一"]
    assert len(standin.requests("getUpdates")) == 2


def test_a_bot_may_begin_while_telegram_is_away(standin: StandIn) -> None:
    with standin.serve() as first:
        port = int(first.rpartition(":")[2])
    with standin.away(), standin.serve(port) as second:
        assert second == first
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{first}/bot{standin.token}/getMe")
    assert standin.calls == []


# What a test judges by.


def test_every_answer_to_a_question_counts_whether_or_not_it_was_learned(
    standin: StandIn, group: Chat, alice: Person
) -> None:
    first, second, third = (standin.say(group, alice, f"/ask {text}") for text in "一二三")
    answered_in_vain(standin, first)
    through(standin, answer_to(first))
    through(standin, answer_to(second))
    assert [len(standin.answers_to(question)) for question in (first, second, third)] == [2, 1, 0]
    assert {question: len(answers) for question, answers in standin.answers.items()} == {first: 2, second: 1}


def test_a_second_answer_is_the_bots_fault_only_where_it_knew_of_the_first(
    standin: StandIn, chat: Chat, alice: Person
) -> None:
    unknown, known, both = (standin.say(chat, alice, text) for text in "一二三")
    answered_in_vain(standin, unknown)
    through(standin, answer_to(unknown))
    through(standin, answer_to(known))
    answered_in_vain(standin, known)
    for _ in range(2):
        answered_in_vain(standin, both)
    assert {(one.question, len(one.answers), one.knowable) for one in standin.duplicates} == {
        (unknown, 2, False),
        (known, 2, True),
        (both, 2, False),
    }


def test_what_a_bot_wrote_just_before_it_was_killed_it_may_not_have_learned(
    standin: StandIn, chat: Chat, alice: Person
) -> None:
    question = standin.say(chat, alice, "一")
    for _ in range(2):
        through(standin, answer_to(question))
    assert [one.knowable for one in standin.duplicates] == [True]
    standin.killed(0)
    assert standin.unlearned == frozenset()
    standin.killed(60)
    assert standin.unlearned == set(standin.replies(chat))
    assert [one.knowable for one in standin.duplicates] == [False]


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(1, 15))
def test_the_busiest_window_is_the_fullest_that_begins_with_a_call(times: list[int], seconds: int) -> None:
    windows = [sum(begin <= time < begin + seconds for time in times) for begin in times]
    assert most_within(seconds, times) == max(windows, default=0)


def test_calls_are_counted_by_method_and_chat_though_no_limit_holds(
    standin: StandIn, chat: Chat, group: Chat
) -> None:
    for to in (chat, group, group):
        send(standin, to, "三倍")
    delivered(standin)
    assert standin.busiest(60, ["sendMessage"]) == 3
    assert standin.busiest(60, ["sendMessage"], group) == 2
    assert standin.busiest(60) == len(standin.calls) - 1
    assert standin.busiest(60, ["*", "getUpdates"]) == len(standin.calls)


def test_a_refused_request_arrived_too(chat: Chat) -> None:
    standin = StandIn(limits=Limits(a_second=1))
    for _ in range(3):
        standin.answer(standin.token, "sendMessage", {"chat_id": chat.id, "text": "x"})
    assert standin.busiest(60) == 3


# Clock, connections, updates.


def test_dates_are_those_of_telegrams_clock(
    standin: StandIn, chat: Chat, alice: Person, url: str, client: httpx.Client
) -> None:
    before = standin.say(chat, alice, "一").date
    standin.clock_skew = -3600.0
    after = standin.say(chat, alice, "二").date
    header = client.get(f"{url}/getMe").headers["Date"]
    assert standin.clock_skew == -3600
    assert -3600 <= after - before < 0
    assert 0 <= parsedate_to_datetime(header).timestamp() - after < 3600


def test_confirmed_updates_come_again_with_their_numbers_once(
    standin: StandIn, chat: Chat, alice: Person
) -> None:
    for text in "一二三":
        standin.say(chat, alice, text)

    async def read(bot: Bot) -> list[list[str]]:
        async def poll(offset: int) -> list[str]:
            updates = await bot.get_updates(offset=offset)
            return [f"{update.update_id}{update.message and update.message.text}" for update in updates]

        parts = [await poll(0), await poll(1004)]
        standin.redeliver(2)
        parts.append(await poll(1004))
        standin.say(chat, alice, "四")
        return [*parts, await poll(1004)]

    assert through(standin, read) == [["1001一", "1002二", "1003三"], [], ["1002二", "1003三"], ["1004四"]]


def test_an_update_that_comes_again_ends_a_waiting_poll(standin: StandIn, chat: Chat, alice: Person) -> None:
    standin.say(chat, alice, "一")

    async def poll(bot: Bot) -> list[int]:
        waiting = asyncio.create_task(bot.get_updates(offset=1002, timeout=50))
        await asyncio.to_thread(standin.wait_for, lambda: standin.requests("getUpdates"))
        standin.redeliver()
        return [update.update_id for update in await waiting]

    assert through(standin, poll) == [1001]


def test_an_update_may_say_anything(standin: StandIn, url: str, client: httpx.Client) -> None:
    standin.put_raw({"message": {"text": "\ud800\x00"}})
    standin.put_raw({"update_id": 2000, "nonsense": [None]})
    standin.put_raw({})
    content = client.get(f"{url}/getUpdates").content
    assert rb'"\ud800\u0000"' in content
    assert json.loads(content)["result"] == [
        {"update_id": 1001, "message": {"text": "\ud800\x00"}},
        {"update_id": 2000, "nonsense": [None]},
        {"update_id": 2001},
    ]


@pytest.mark.parametrize("text", ["\ud83d", "\u202e 字 \x00", " ", "字" * 10_000])
def test_a_person_may_write_what_no_client_sends_and_be_answered(
    standin: StandIn, chat: Chat, alice: Person, ask: Ask, text: str
) -> None:
    question = standin.say_raw(chat, alice, text)

    async def reply(bot: Bot) -> None:
        [update] = await bot.get_updates()
        assert update.message is not None
        assert update.message.text == text
        answer = await update.message.reply_text("三倍", do_quote=True)
        assert answer.reply_to_message is not None
        assert answer.reply_to_message.text == text

    ask(reply)
    assert texts_of(standin.answers_to(question)) == ["三倍"]


def test_a_fault_is_told_by_its_name_and_whether_it_was_carried_out() -> None:
    told = [str(fault) for fault in (RESET, CUT.after, hang(1), too_many(3))]
    assert told == ["reset", "cut, carried out", "hang", "429"]


def test_an_error_of_any_kind_may_be_told_in_advance(standin: StandIn) -> None:
    standin.fail_next("getMe", 500, "Internal Server Error")
    standin.answer(standin.token, "getMe", {})
    assert standin.injected == {SERVER_ERROR: 1}


def test_a_fault_of_one_chat_spares_requests_that_name_none(standin: StandIn, chat: Chat) -> None:
    standin.fault("getMe", RESET, chat=chat)
    standin.answer(standin.token, "getMe", {})
    assert not standin.injected
