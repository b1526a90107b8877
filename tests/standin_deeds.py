"""What people do: they write, edit, delete, press buttons and follow links."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from standin_entities import Entity, Formatted, telegram_text, utf16_length
from standin_files import File
from standin_inline import START_PARAMETER, InlineQuery
from standin_people import Chat, Person, spokesman
from standin_places import Places
from standin_rooms import Room
from standin_rules import LONGEST_TEXT
from standin_values import Button, Message, Press
from standin_world import thread_of

TELEGRAM_HOSTS = frozenset({"t.me", "telegram.me"})


class Place(NamedTuple):
    """Where in a chat, and in whose name, somebody writes."""

    reply_to: Message | None = None
    topic: int | None = None
    speaks_as: Chat | None = None


class Content(NamedTuple):
    """What somebody writes; a file's words are its caption, `album` joins messages into one."""

    words: Formatted
    file: File | None = None
    album: str | None = None


class Deeds(Places):
    """Lets people do things; the bot is told of what Telegram would tell it."""

    def say(  # noqa: PLR0913 - what a client lets people say of a message
        self,
        chat: Chat,
        person: Person,
        text: str,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
        speaks_as: Chat | None = None,
        naming: Mapping[str, Person] | None = None,
    ) -> Message:
        """A person, or another bot, writes. A message to be answered decides the topic when none is
        given. `speaks_as` is the group itself for its anonymous administrator, or a channel; `naming`
        says whom words of the text mean, as people without a user name are mentioned."""
        with self._changed:
            content = Content(_typed(text, naming or {}))
            return self._put(chat, person, content, Place(reply_to, topic, speaks_as))

    def _put(self, chat: Chat, person: Person, content: Content, place: Place) -> Message:
        room = self._world.room_of(chat)
        room.started = True
        reply_to = self._world.current(place.reply_to) if place.reply_to is not None else None
        topic = reply_to.topic if reply_to is not None and place.topic is None else place.topic
        _check_place(room, person, topic, place.speaks_as)
        message = Message(
            room.next_id,
            chat,
            person if place.speaks_as is None else spokesman(place.speaks_as),
            self._world.now(),
            content.words.text,
            content.words.entities,
            reply_to=reply_to,
            topic=topic,
            thread=thread_of(chat, reply_to, topic),
            file=content.file,
            album=content.album,
            sender_chat=place.speaks_as,
        )
        return self._happen(room, message)

    def edit(self, message: Message, text: str) -> Message:
        """A person changes what they wrote, a caption too; the bot is told of it as of a new message."""
        assert not message.from_bot, "people edit only their own messages"
        with self._changed:
            words = _typed(text, {})
            current = self._world.current(message)
            edited = replace(current, text=words.text, entities=words.entities, edited=self._world.now())
            self._world.change(edited)
            self._world.deliver("edited_message", edited)
            self._changed.notify_all()
            return edited

    def delete(self, message: Message) -> None:
        """Somebody deletes a message for everyone, of which the bot is not told."""
        with self._changed:
            self._world.current(message)
            del self._world.room_of(message.chat).messages[message.id]

    def hide(self, message: Message) -> None:
        """The message stays for people, but Telegram does not show it to the bot any more: a button
        pressed on it brings an inaccessible message."""
        with self._changed:
            self._world.current(message)
            self._world.room_of(message.chat).hidden.add(message.id)

    def forge(self, message: Message, data: str, by: Person) -> Press:
        """A person whose client was tampered with presses a button that the message does not have."""
        with self._changed:
            press = self._world.press(self._world.current(message), Button("", "callback_data", data), by)
            self._changed.notify_all()
            return press

    def press(self, message: Message, label: str, by: Person | None = None) -> Press:
        """A person presses the button with that label, on the message as it stands now. In a private
        chat it is the person of the chat. Raises AssertionError when there is no such button, or it
        does something the bot never hears of."""
        by = presser(message, by)
        with self._changed:
            current = self._world.current(message)
            button = current.button(label)
            assert button.data is not None, f"the button {label!r} is a {button.action}, which tells no bot"
            press = self._world.press(current, button, by)
            self._changed.notify_all()
            return press

    def copy(self, message: Message, label: str) -> str:
        """A person presses a button that copies; what they can paste then."""
        copied = self._button(message, label).copied
        assert copied is not None, f"the button {label!r} copies nothing"
        return copied

    def expire(self, asked: Press | InlineQuery) -> None:
        """So much time passes that Telegram takes no answer to the pressed button or inline query."""
        with self._changed:
            self._world.expired.add(asked.id)

    def let_pass(self, seconds: float) -> None:
        """Time passes, by which cached inline results, limits and the bot's right to delete end."""
        with self._changed:
            self._world.let_pass(seconds)

    def follow(self, person: Person, link: str) -> Message:
        """A person follows a link that starts our bot: its private chat opens and they press "Start".
        Raises AssertionError for a link that does something else."""
        address = urlsplit(link)
        assert address.scheme in {"http", "https"}, f"{link} is no link to Telegram"
        assert address.hostname in TELEGRAM_HOSTS, f"{link} is no link to Telegram"
        username = address.path.strip("/").casefold()
        assert username == (self.bot.username or "").casefold(), f"{link} leads to somebody else"
        payload = parse_qs(address.query, keep_blank_values=True).get("start", [""])[0]
        assert START_PARAMETER.fullmatch(payload), f"Telegram drops what {link} says"
        return self.say(self.private(person, started=False), person, f"/start {payload}")

    def _button(self, message: Message, label: str) -> Button:
        with self._changed:
            return self._world.current(message).button(label)


def presser(message: Message, by: Person | None) -> Person:
    """Who presses a button: in a private chat nobody but its person can."""
    person = by or message.chat.person
    assert person is not None, "say who presses a button in a group"
    assert message.chat.person in {None, person}, f"{person.first_name} is not in this private chat"
    return person


def _typed(text: str, naming: Mapping[str, Person]) -> Formatted:
    for label in naming:
        assert label in text, f"{label} is not in the text"
    named = [
        Entity("text_mention", utf16_length(text[: text.index(label)]), utf16_length(label), user=person)
        for label, person in naming.items()
    ]
    formatted = telegram_text(text, named)
    assert formatted.text, "nobody can send an empty message"
    assert utf16_length(formatted.text) <= LONGEST_TEXT, "a client sends a text this long in pieces"
    return formatted


def _check_place(room: Room, person: Person, topic: int | None, speaks_as: Chat | None) -> None:
    title = room.chat.title
    assert room.chat.person in {None, person}, f"{person.first_name} is not in this private chat"
    assert not room.blocked, f"{person.first_name} has blocked the bot"
    assert room.upgraded_to is None, f"{title} has become a supergroup, write there"
    assert topic is None or topic in room.topics, f"there is no topic {topic} in {title}"
    if speaks_as == room.chat:
        admin = room.admins.get(person.id)
        assert admin is not None, f"{person.first_name} is no administrator of {title}"
        assert admin.anonymous, f"{person.first_name} is not anonymous in {title}"
    elif speaks_as is not None:
        assert speaks_as.kind == "channel", f"nobody can write as {speaks_as.title} here"
