"""Whatever anybody writes, and documents say, Telegram takes the replies, which lead nowhere."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conversation import Conversation, conversation, library_of
from hypothesis import given, settings
from hypothesis import strategies as st
from standin import Chat, Message

from bot.limits import sendable, shorten
from retrieval.library import open_library

LONG_WORD = "渡" * 4096
NASTY = [
    "<a href='tg://user?id=1'>渡船</a> &amp; <b>集市</b></i>",
    "[渡船](https://evil.example.com) *集市* _渡口_ `x",
    "@somebody_else 渡船 @chuchu_bot",
    "/start@chuchu_bot /stats 渡船",
    "https://evil.example.com/渡船 evil.com 章程.md t.me/evil",
    "tg://resolve?domain=evil 渡船",
    "\u202e渡船\u2066集市\u200f\u200b\ufeff",
    "\x00\x01\x1b[31m渡船\x7f\x85",
    "😀" * 4096,
    "👨\u200d👩\u200d👧\u200d👦" * 500,
    "渡\u0301" * 2000,
    LONG_WORD,
    "<" * 4096,
    "&" * 4096,
    "渡船\n" * 800,
    "渡船 " * 1500,
    "\ud83d渡船\udc00",
    "\ud800",
    "％s {0} {} {name} %(x)s \\",
    "\u2028\u2029\u0085渡船",
    "𠮷𠮷𠮷渡船𠮷𠮷",
    "".join(map(chr, range(0x20, 0x2800))),
]
ANY = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=()), min_size=1, max_size=120)
POINTING = {"mention", "text_mention", "url"}
OURS = "https://t.me/chuchu_bot?start="
OUR_COMMANDS = {"/list", "/help", "/ask", "/why", "/in", "/remove"}
ADMIN, MANY = 5001, 10**6


def check(replies: Sequence[Message], *, is_quoting: bool = False) -> None:
    """Fails if replies lead anywhere but to passages and commands of the bot, or say that something failed.

    Those that quote documents have what these say.
    """
    for reply in replies:
        assert "没能回答" not in reply.text
        assert all(
            str(entity.url).startswith(OURS) for entity in reply.entities if entity.type == "text_link"
        )
        if not is_quoting:
            assert POINTING.isdisjoint(entity.type for entity in reply.entities)
            assert {*reply.marked("bot_command")} <= OUR_COMMANDS, reply.text


@pytest.fixture(scope="module")
def talk(derived: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conversation]:
    """A conversation with an admin, about documents that lead nowhere."""
    files = {"渡口.txt": "渡口的规矩\n\n渡船从八点开到六点。", "集市.txt": "集市\n\n集市每月逢五开市。"}
    folder = library_of(tmp_path_factory.mktemp("talk") / "documents", files)
    library = open_library(folder, derived)
    admins = frozenset({ADMIN})
    with conversation(library, admins=admins, inline=True, privacy=False, most_a_minute=MANY) as talk:
        assert talk.alice.id == ADMIN
        yield talk


def chats(talk: Conversation) -> list[Chat]:
    """The private chat, and a group that is not full yet."""
    return [talk.chat, talk.standin.group("@somebody_else evil.com")]


@given(text=ANY)
@settings(max_examples=30)
def test_whatever_is_asked_is_answered_and_nothing_of_it_calls_or_leads(
    talk: Conversation, text: str
) -> None:
    for chat in chats(talk):
        check(talk.after(lambda: talk.standin.say_raw(chat, talk.alice, text), chat))  # noqa: B023 - called at once
    check(talk.say("/missed"))


@given(
    text=ANY.map(sendable),
    command=st.sampled_from(["ask", "in", "why", "remove", "in 渡口", "ask “渡”", "list"]),
)
@settings(max_examples=30)
def test_whatever_stands_behind_a_command_is_answered_and_nothing_of_it_calls_or_leads(
    talk: Conversation, text: str, command: str
) -> None:
    name, _, before = command.partition(" ")
    said = shorten(f"/{name}@chuchu_bot {before} {text}", 4000)
    for chat in chats(talk):
        check(talk.say(said, chat=chat))


@given(text=ANY.map(sendable))
def test_whatever_is_typed_inline_is_answered(talk: Conversation, text: str) -> None:
    answer = talk.inline(text[:256])
    assert answer.results or answer.button


@pytest.fixture(scope="module")
def strange(derived: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conversation]:
    """A conversation with an admin about documents that are called, and say, what they should not."""
    folder = tmp_path_factory.mktemp("strange") / "documents"
    names = [re.sub("[/\0]", "_", sendable(text))[:50] for text in NASTY]
    says = "{0}\n\n第一章 {1}\n\n渡船从{1}开到六点。{0}"
    files = {
        f"{name}.txt": says.format(sendable(text), name[:30]) for name, text in zip(names, NASTY, strict=True)
    }
    library = open_library(library_of(folder, files), derived)
    with conversation(library, folder=folder, admins=frozenset({ADMIN}), most_a_minute=MANY) as talk:
        yield talk


def test_whatever_documents_are_called_and_say_each_can_be_found_opened_and_read_around(
    strange: Conversation,
) -> None:
    """What is quoted stands as it is written, links and all; nothing else leads anywhere."""
    for text in NASTY:
        page = strange.ask(f"渡船开到几点 {sendable(text)[:60]}".replace("\n", " "))
        check([page], is_quoting=True)
        view = strange.press(page, page.labels[0][0])
        check([view], is_quoting=True)
        check([strange.press(view, "← 返回")], is_quoting=True)


def test_whatever_documents_are_called_the_list_and_each_card_lead_to_them_only(
    strange: Conversation,
) -> None:
    page = strange.ask("/list")
    while True:
        check([page])
        for label in page.labels[0]:
            card = strange.press(page, label)
            check([card], is_quoting=True)
            page = strange.press(card, "☰ 文档列表")
        following = [label for row in page.labels for label in row if "下一页" in label]
        if not following:
            break
        page = strange.press(page, following[0])


def test_a_file_of_any_name_is_taken_or_refused_in_words(strange: Conversation) -> None:
    for text in NASTY:
        name = sendable(text)[:60]
        check(strange.send_document(f"{name}.txt", f"渡船{name}".encode()), is_quoting=True)
