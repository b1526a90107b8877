"""Passage <-> its lasting address, which finds it again whatever became of the index."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Self

import numpy as np
import numpy.typing as npt

from retrieval.index import Index
from retrieval.passages import Passage

SIZE = 6
"""Bytes of a hash. Any two of a million texts have the same in one folder of some five hundred."""

HASH = r"[A-Za-z0-9_-]{8}"
"""A hash as it is written, in the alphabet of RFC 4648, section 5."""

_ADDRESS = re.compile(rf"({HASH})_(\d{{1,8}})_({HASH})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a passage stands: the hash of its document's path, the number of its first paragraph from one,
    and the hash of its text. It has at most 26 of `A-Za-z0-9_-` when written down.
    """

    document: str
    place: int
    content: str

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """The address of a passage."""
        return cls(hash_of(passage.origin.source), passage.first, hash_of(_said(passage)))

    @classmethod
    def read(cls, written: str) -> Self | None:
        """The address that was written down, None where it is none."""
        found = _ADDRESS.fullmatch(written)
        return cls(found[1], int(found[2]), found[3]) if found else None

    def __str__(self) -> str:
        return f"{self.document}_{self.place}_{self.content}"


@dataclass(frozen=True, slots=True)
class Found:
    """The number of the passage at an address now; `is_same` says whether its text is as it was."""

    number: int
    is_same: bool


class Addresses:
    """Where what was addressed stands in an index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def document(self, written: str) -> int | None:
        """The number of the document whose path has a hash, None where none has."""
        return self._documents.get(written)

    def find(self, address: Address) -> Found | None:
        """The passage of that text in its document, else wherever that text stands, else what stands at that
        place; None where there is no such document either.

        The nearest to the place is meant where a document has the text more than once.
        """
        document = self.document(address.document)
        numbers = range(0) if document is None else self._index.passages_of(document)
        here = self._with(address, numbers)
        same = min(here, key=lambda number: self._distance(number, address), default=None)
        if same is None:
            elsewhere = np.flatnonzero(self._contents == _number(address.content))[:1].tolist()
            same = elsewhere[0] if elsewhere else None
        if same is not None:
            return Found(same, is_same=True)
        return Found(self._at(address.place, numbers), is_same=False) if numbers else None

    def _with(self, address: Address, numbers: range) -> Iterator[int]:
        passages = self._index.passages
        return (number for number in numbers if hash_of(_said(passages[number])) == address.content)

    def _distance(self, number: int, address: Address) -> int:
        return abs(self._index.passages[number].first - address.place)

    def _at(self, place: int, numbers: range) -> int:
        """The passage of a document that a paragraph is in, or the last."""
        passages = self._index.passages
        return next((number for number in numbers if passages[number].last >= place), numbers[-1])

    @cached_property
    def _contents(self) -> npt.NDArray[np.uint64]:
        """What tells the text of each passage; to look at all takes a while, but only after one has moved."""
        hashes = (_number(hash_of(_said(passage))) for passage in self._index.passages)
        return np.fromiter(hashes, np.uint64, len(self._index.passages))

    @cached_property
    def _documents(self) -> dict[str, int]:
        return {hash_of(origin.source): number for number, origin in enumerate(self._index.documents)}


def _number(written: str) -> int:
    return int.from_bytes(urlsafe_b64decode(written))


def _said(passage: Passage) -> str:
    """What a passage says, without headings, which stand with one passage now and with another then."""
    return "\n".join(passage.text[part.span.start : part.span.end] for part in passage.body)


def hash_of(text: str) -> str:
    """What tells a text from others, in eight characters."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()
    return urlsafe_b64encode(digest).decode("ascii")
