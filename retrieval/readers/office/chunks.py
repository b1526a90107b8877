"""File in a Word file -> what it says, where the program would show it."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from io import BytesIO

from retrieval.documents import Content
from retrieval.problems import UnreadableError
from retrieval.readers.blocks import Block
from retrieval.readers.texts import decoded
from retrieval.readers.web import webpage

_ARCHIVE = b"PK\3\4"
_WEB = ("htm", "html", "xhtml")


def is_word(written: bytes) -> bool:
    """Whether a file is another Word file, which whoever reads those reads."""
    return written.startswith(_ARCHIVE)


def blocks_of(written: bytes, name: str) -> Iterator[Block]:
    """What a web page, be it in one file with its pictures, or a text says; nothing of what is neither."""
    ending = name.rpartition(".")[2].lower()
    try:
        if ending in {"mht", "mhtml"}:
            page = _page(message_from_bytes(written))
            yield from blocks_in(webpage.read(BytesIO(page)))
        elif ending in _WEB:
            yield from blocks_in(webpage.read(BytesIO(written)))
        elif ending == "txt":
            yield from map(Block, decoded(written).text.split("\n"))
    except UnreadableError:  # the rest of the file is worth reading
        return


def blocks_in(content: Content) -> Iterator[Block]:
    """Content as part of other content."""
    for paragraph in content.paragraphs:
        yield Block(
            content.text[paragraph.span.start : paragraph.span.end],
            paragraph.heading.level if paragraph.heading and paragraph.heading.alone else None,
            is_row=paragraph.apart,
            is_boilerplate=paragraph.boilerplate,
        )


def _page(message: Message) -> bytes:
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b""
    return b""
