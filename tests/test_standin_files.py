"""The stand-in keeps files as Telegram does: people's for the bot, the bot's to be sent again."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standin import Chat, Message, Person, StandIn
from standin_asking import Use, button, delivered, markup, refused, send, through
from standin_files import LARGEST_DOWNLOAD
from standin_rules import LARGEST_UPLOAD, LONGEST_CAPTION
from telegram import Bot, ReplyParameters
from telegram import Message as ReceivedMessage
from telegram.error import InvalidToken, NetworkError

CONTENT = bytes(range(256)) * 3 + b"\r\n"


def received(standin: StandIn) -> ReceivedMessage:
    message = delivered(standin)[-1].message
    assert message is not None
    return message


async def download(bot: Bot) -> bytes:
    """The document of the last update."""
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    return bytes(await (await message.document.get_file()).download_as_bytearray())


# What people send.


def test_a_document_arrives_with_its_name_type_size_and_caption(
    standin: StandIn, chat: Chat, alice: Person
) -> None:
    sent = standin.send_document(chat, alice, "章程.pdf", CONTENT, caption="/add 新的")
    message = received(standin)
    document = message.document
    assert document is not None
    assert (document.file_name, document.mime_type, document.file_size) == (
        "章程.pdf",
        "application/pdf",
        len(CONTENT),
    )
    assert (message.caption, message.text) == ("/add 新的", None)
    assert list(message.parse_caption_entities().values()) == ["/add"]
    assert sent.document is not None
    assert (sent.document.id, sent.text) == (document.file_id, "/add 新的")


def test_a_name_and_type_need_not_be_told(standin: StandIn, chat: Chat, alice: Person) -> None:
    standin.send_document(chat, alice, "", b"x", mime_type="")
    document = received(standin).document
    assert document is not None
    assert (document.file_name, document.mime_type) == (None, None)


def test_photos_voices_and_stickers_arrive_as_such(standin: StandIn, chat: Chat, alice: Person) -> None:
    standin.send_photo(chat, alice, "看")
    standin.send_voice(chat, alice)
    standin.send_sticker(chat, alice)
    photo, voice, sticker = (update.message for update in delivered(standin))
    assert photo is not None
    assert photo.photo[-1].file_id
    assert photo.caption == "看"
    assert voice is not None
    assert voice.voice is not None
    assert sticker is not None
    assert sticker.sticker is not None
    assert sticker.sticker.emoji == "👍"


def test_an_album_is_several_messages_of_one_group(standin: StandIn, chat: Chat, alice: Person) -> None:
    standin.send_album(chat, alice, {"一.txt": b"1", "二.txt": b"2"}, caption="两份")
    messages = [update.message for update in delivered(standin) if update.message]
    assert [message.document.file_name for message in messages if message.document] == ["一.txt", "二.txt"]
    assert [message.caption for message in messages] == [None, "两份"]
    assert len({message.media_group_id for message in messages} - {None}) == 1


def test_a_changed_caption_is_delivered(standin: StandIn, chat: Chat, alice: Person) -> None:
    standin.edit(standin.send_document(chat, alice, "a.txt", b"x", caption="旧"), "新")
    edited = delivered(standin)[-1].edited_message
    assert edited is not None
    assert (edited.caption, edited.document is not None) == ("新", True)


def test_people_send_something(standin: StandIn, chat: Chat, alice: Person) -> None:
    with pytest.raises(AssertionError, match="empty file"):
        standin.send_document(chat, alice, "a.txt")
    with pytest.raises(AssertionError, match="no caption this long"):
        standin.send_photo(chat, alice, "字" * (LONGEST_CAPTION + 1))


# What the bot fetches.


@given(st.binary(min_size=1))
def test_a_document_is_downloaded_as_it_was_sent(content: bytes) -> None:
    standin = StandIn()
    alice = standin.person("Alice")
    standin.send_document(standin.private(alice), alice, "章程.txt", content)
    assert through(standin, download) == content
    assert standin.refusals == []


def test_a_document_is_downloaded_over_http(standin: StandIn, chat: Chat, alice: Person) -> None:
    standin.send_document(chat, alice, "章程.txt", CONTENT)

    async def run(url: str) -> bytes:
        async with Bot(standin.token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
            return await download(bot)

    with standin.serve() as url:
        assert asyncio.run(run(url)) == CONTENT


def test_a_path_tells_the_kind_and_ending_of_a_file(standin: StandIn, chat: Chat, alice: Person) -> None:
    document = standin.send_document(chat, alice, "章程.PDF", CONTENT).document
    assert document is not None
    file = through(standin, lambda bot: bot.get_file(document.id))
    assert (file.file_unique_id, file.file_size) == (document.unique_id, len(CONTENT))
    assert str(file.file_path).endswith("/documents/file_0.PDF")


@pytest.mark.parametrize(("token", "prepared"), [("1:wrong", True), ("123456:TEST-token", False)])
def test_a_file_is_given_only_to_its_bot_once_asked_for(
    standin: StandIn, chat: Chat, alice: Person, token: str, *, prepared: bool
) -> None:
    document = standin.send_document(chat, alice, "a.txt", CONTENT).document
    assert document is not None
    if prepared:
        through(standin, lambda bot: bot.get_file(document.id))
    assert standin.download(token, document.path).status == 404
    address = f"https://api.telegram.org/file/bot{token}/{document.path}"
    with pytest.raises(InvalidToken):
        through(standin, lambda bot: bot.request.retrieve(address))


def test_a_file_over_twenty_megabytes_is_too_big_to_fetch(
    standin: StandIn, chat: Chat, alice: Person
) -> None:
    most = standin.send_document(chat, alice, "a.pdf", CONTENT, size=LARGEST_DOWNLOAD).document
    more = standin.send_document(chat, alice, "b.pdf", size=LARGEST_DOWNLOAD + 1).document
    assert most is not None
    assert more is not None
    assert received(standin).document.file_size == LARGEST_DOWNLOAD + 1  # type: ignore[union-attr]
    assert through(standin, lambda bot: bot.get_file(most.id)).file_size == LARGEST_DOWNLOAD
    assert refused(standin, lambda bot: bot.get_file(more.id)) == "Bad Request: file is too big"


@pytest.mark.parametrize(
    ("file_id", "reason"),
    [
        ("x", "invalid file_id"),
        ("A" * 68, "wrong file_id or the file is temporarily unavailable"),
        ("", "file_id not specified"),
    ],
)
def test_an_unknown_file_is_not_fetched(standin: StandIn, file_id: str, reason: str) -> None:
    assert refused(standin, lambda bot: bot.get_file(file_id)) == f"Bad Request: {reason}"


# What the bot sends.


def sent_document(standin: StandIn, chat: Chat) -> Message:
    through(standin, lambda bot: bot.send_document(chat.id, CONTENT, filename="章程.txt"))
    return standin.replies(chat)[-1]


def test_a_file_that_was_sent_can_be_sent_again_by_its_identifier(
    standin: StandIn, chat: Chat, alice: Person
) -> None:
    question = standin.say(chat, alice, "文件")
    first = through(standin, lambda bot: bot.send_document(chat.id, CONTENT, filename="章程.txt"))
    assert first.document is not None
    number = first.document.file_id
    again = through(
        standin,
        lambda bot: bot.send_document(
            chat.id,
            number,
            caption="<b>章程</b>",
            parse_mode="HTML",
            reply_parameters=ReplyParameters(question.id),
            reply_markup=markup(button()),
        ),
    )
    assert again.document == first.document
    message = standin.replies(chat)[-1]
    assert message.document is not None
    assert (message.document.name, message.document.content) == ("章程.txt", CONTENT)
    assert (message.marked("bold"), message.reply_to, message.labels) == (["章程"], question, [["下一页"]])


def test_what_a_person_sent_can_be_sent_on(standin: StandIn, chat: Chat, alice: Person) -> None:
    document = standin.send_document(chat, alice, "章程.txt", CONTENT).document
    assert document is not None
    through(standin, lambda bot: bot.send_document(chat.id, document.id))
    assert standin.replies(chat)[-1].document == document


def test_an_identifier_is_too_long_for_the_data_of_a_button(standin: StandIn, chat: Chat) -> None:
    document = sent_document(standin, chat).document
    assert document is not None
    assert len(document.id) > 64


@pytest.mark.parametrize(
    ("file_id", "reason"),
    [
        ("x", "wrong remote file identifier specified: can't unserialize it"),
        ("A" * 68, "wrong file identifier/HTTP URL specified"),
        ("https://example.org/a.txt", "wrong HTTP URL specified"),
        ("", "there is no document in the request"),
    ],
)
def test_an_unknown_file_cannot_be_sent(standin: StandIn, chat: Chat, file_id: str, reason: str) -> None:
    use: Use[object] = lambda bot: bot.send_document(chat.id, file_id)  # noqa: E731
    assert refused(standin, use) == f"Bad Request: {reason}"


def test_a_photo_cannot_be_sent_as_a_document(standin: StandIn, chat: Chat, alice: Person) -> None:
    photo = standin.send_photo(chat, alice).file
    assert photo is not None
    description = refused(standin, lambda bot: bot.send_document(chat.id, photo.id))
    assert description == "Bad Request: can't use file of type Photo as Document"


def test_a_file_over_fifty_megabytes_is_not_taken(standin: StandIn, chat: Chat) -> None:
    content = bytes(LARGEST_UPLOAD + 1)
    description = refused(standin, lambda bot: bot.send_document(chat.id, content), NetworkError)
    assert (description, standin.refusals[-1].code) == ("Request Entity Too Large", 413)
    assert standin.replies(chat) == []


def test_a_caption_can_be_changed_and_has_its_limit(standin: StandIn, chat: Chat) -> None:
    message = sent_document(standin, chat)
    through(standin, lambda bot: bot.edit_message_caption(chat.id, message.id, caption="新"))
    assert standin.replies(chat)[-1].text == "新"
    long = "字" * (LONGEST_CAPTION + 1)
    description = refused(standin, lambda bot: bot.edit_message_caption(chat.id, message.id, caption=long))
    assert description == "Bad Request: MEDIA_CAPTION_TOO_LONG"


def test_a_text_has_no_caption_to_change(standin: StandIn, chat: Chat) -> None:
    message = send(standin, chat, "x")
    description = refused(standin, lambda bot: bot.edit_message_caption(chat.id, message.id, caption="新"))
    assert description == "Bad Request: there is no caption in the message to edit"
