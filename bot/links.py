"""Passage or document <-> a link to it, which opens the private chat with the bot."""

import re

from retrieval.addresses import HASH, Address

_START = re.compile(rf"p_(?P<passage>.{{1,62}})|d_(?P<document>{HASH})", re.ASCII)


def link_to_passage(username: str, address: Address) -> str:
    """The lasting address of a passage."""
    return _link(username, f"p_{address}")


def link_to_document(username: str, document: str) -> str:
    """The same of a document, given the hash of its path."""
    return _link(username, f"d_{document}")


def linked(payload: str) -> Address | str | None:
    """What `/start` was sent with: a passage's address, or the hash of a document's path; None for nothing
    of ours.
    """
    found = _START.fullmatch(payload)
    if found is None:
        return None
    return Address.read(found["passage"]) if found["passage"] else str(found["document"])


def linked_document(url: str) -> str | None:
    """The hash of the path of the document that a link leads to, None where it leads to none."""
    found = re.fullmatch(rf"https://t\.me/\w+\?start=d_({HASH})", url, re.ASCII)
    return found[1] if found else None


def _link(username: str, payload: str) -> str:
    return f"https://t.me/{username}?start={payload}"
