"""What people send besides text: documents, photos, voice messages, stickers."""

import mimetypes
from collections.abc import Mapping
from itertools import count

from standin_deeds import Content, Deeds, Place
from standin_entities import Formatted, telegram_text, utf16_length
from standin_people import Chat, Person
from standin_rules import LONGEST_CAPTION
from standin_values import Message
from standin_world import World

UNKNOWN_TYPE = "application/octet-stream"
FIRST_ALBUM = 13_000_000_000_000_001


class Attachments(Deeds):
    """Lets people send files."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._albums = count(FIRST_ALBUM)

    def send_document(  # noqa: PLR0913 - what a client lets people say of a file
        self,
        chat: Chat,
        person: Person,
        name: str,
        content: bytes = b"",
        *,
        mime_type: str | None = None,
        size: int | None = None,
        caption: str = "",
        reply_to: Message | None = None,
        topic: int | None = None,
        album: str | None = None,
    ) -> Message:
        """A person sends a file. `size`, in bytes, stands for content that a test need not have; the
        type is that of the name's ending unless given (empty where Telegram says none)."""
        assert content or size, "nobody can send an empty file"
        kind = (mimetypes.guess_type(name)[0] or UNKNOWN_TYPE) if mime_type is None else mime_type
        words = _caption(caption)
        with self._changed:
            file = self._world.files.keep("document", content, kind, name=name, size=size)
            return self._put(chat, person, Content(words, file, album), Place(reply_to, topic))

    def send_album(
        self, chat: Chat, person: Person, files: Mapping[str, bytes], caption: str = ""
    ) -> list[Message]:
        """A person sends several documents at once; clients write the caption under the last one."""
        album = str(next(self._albums))
        last = len(files) - 1
        return [
            self.send_document(
                chat, person, name, content, caption=caption if number == last else "", album=album
            )
            for number, (name, content) in enumerate(files.items())
        ]

    def send_photo(
        self, chat: Chat, person: Person, caption: str = "", *, reply_to: Message | None = None
    ) -> Message:
        words = _caption(caption)
        with self._changed:
            file = self._world.files.keep("photo", b"\xff\xd8\xff\xe0", "image/jpeg")
            return self._put(chat, person, Content(words, file), Place(reply_to))

    def send_voice(self, chat: Chat, person: Person, *, reply_to: Message | None = None) -> Message:
        with self._changed:
            file = self._world.files.keep("voice", b"OggS", "audio/ogg")
            return self._put(chat, person, Content(Formatted(""), file), Place(reply_to))

    def send_sticker(self, chat: Chat, person: Person, *, reply_to: Message | None = None) -> Message:
        with self._changed:
            file = self._world.files.keep("sticker", b"RIFF", "image/webp")
            return self._put(chat, person, Content(Formatted(""), file), Place(reply_to))


def _caption(caption: str) -> Formatted:
    words = telegram_text(caption)
    assert utf16_length(words.text) <= LONGEST_CAPTION, "a client takes no caption this long"
    return words
