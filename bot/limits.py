"""Telegram's limits, and text cut to fit them."""

LONGEST_TEXT = 4096
"""UTF-16 units of a message's text, tags not counted."""

MOST_ENTITIES = 100
"""Bold words, quotes and the like in a message; Telegram drops those beyond."""

MEGABYTE = 1_000_000
"""Bytes, as Telegram's limits count them."""

MOST_OF_OWN_SERVER = 200 * MEGABYTE
"""Bytes of a file from, or to, a Bot API server of one's own, which takes more; but memory holds it."""

ELLIPSIS = "…"


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def sendable(text: str) -> str:
    """The text, halves of characters in it replaced: JSON may hold them, and no request can."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def fitting(text: str, room: int) -> int:
    """How many characters of a text's beginning fit into `room` units."""
    if units(text) <= room:
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * room].decode("utf-16-le", "ignore"))


def shorten(text: str, room: int) -> str:
    """The text, or as much of its beginning as fits into `room` units with an ellipsis behind."""
    if units(text) <= room:
        return text
    return text[: fitting(text, room - len(ELLIPSIS))].rstrip() + ELLIPSIS


def shorten_middle(text: str, room: int) -> str:
    """The text, or its beginning and its end, which tell file names apart, in `room` units."""
    if units(text) <= room:
        return text
    end = text[len(text) - fitting(text[::-1], room // 4) :]
    return shorten(text, room - units(end)) + end
