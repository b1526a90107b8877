"""Tokens <-> numbers, without a Python dict, which would need 130 bytes a token."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Integers = npt.NDArray[np.integer[Any]]
Unsigned = npt.NDArray[np.unsignedinteger[Any]]

END = b"\xff"
"""What a token ends with in the table's text. No UTF-8 has this byte, so no match runs over it."""

HASH_BITS = 32

BATCH = 1 << 16
"""The tokens that are encoded at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class TokenTable:
    """Different tokens, numbered from 0 in the order in which they were given; five flat arrays.

    `text` is all tokens as UTF-8, each followed by END; token n is `text[starts[n] : starts[n + 1] - 1]`.
    `hashes` are their CRC-32, sorted, and `numbers` says whose each is; those that begin with the bits b
    stand in `hashes[heads[b] : heads[b + 1]]`. That many tokens have the same hash now and then does no harm:
    the text decides.
    """

    heads: Numbers
    hashes: Numbers
    numbers: Numbers
    starts: Unsigned
    text: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, tokens: Iterable[str]) -> Self:
        """The table of some tokens, which must be different."""
        nothing = np.empty(0, np.uint32)
        none = cls(np.zeros(2, np.uint32), nothing, nothing, np.zeros(1, np.uint8), np.empty(0, np.uint8))
        return none.extended(tokens)

    def __len__(self) -> int:
        return len(self.numbers)

    def token(self, number: int) -> str:
        """The token of a number."""
        return self._bytes(number).decode("utf-8", "surrogatepass")

    def find(self, tokens: Sequence[str]) -> list[int | None]:
        """The number of each token, None where it is none of the table's."""
        # An item of a memoryview is read in a third of the time that one of an array takes.
        heads, hashes, numbers = self.heads.data, self.hashes.data, self.numbers.data
        starts, text = self.starts.data, self.text.data
        shift = HASH_BITS - _bits(len(heads) - 1)
        found: list[int | None] = []
        for encoded in map(_encoded, tokens):
            own = crc32(encoded)
            bits = own >> shift
            for place in range(heads[bits], heads[bits + 1]):
                number = numbers[place]
                if hashes[place] == own and text[starts[number] : starts[number + 1] - len(END)] == encoded:
                    found.append(number)
                    break
            else:
                found.append(None)
        return found

    def containing(self, text: str) -> list[int]:
        """The numbers of the tokens that a text stands in, in order."""
        matches = re.finditer(re.escape(_encoded(text)), self.text.data)
        places = np.fromiter((match.start() for match in matches), self.starts.dtype)
        found: list[int] = np.unique(self.starts.searchsorted(places, side="right") - 1).tolist()
        return [number for number in found if number < len(self)]  # nothing stands behind the last END, too

    def extended(self, tokens: Iterable[str]) -> Self:
        """A table with more tokens at the end, which must be different and none of this one's."""
        every, sizes, text = [self._unsorted_hashes()], [np.diff(self.starts)], [self.text]
        for batch in _batches(map(_encoded, tokens)):
            every.append(np.fromiter(map(crc32, batch), np.uint32, len(batch)))
            sizes.append(np.fromiter(map(len, batch), np.int64, len(batch)) + len(END))
            text.append(np.frombuffer(END.join([*batch, b""]), np.uint8))
        unsorted = np.concatenate(every)
        numbers = np.argsort(unsorted, kind="stable").astype(np.uint32)
        hashes = unsorted[numbers]
        starts = _starts(np.concatenate(sizes))
        return type(self)(_heads(hashes), hashes, numbers, starts, np.concatenate(text))

    def only(self, numbers: Sequence[int] | Integers) -> Self:
        """A table of some tokens, whose numbers are given in order; they are numbered anew from 0."""
        kept = np.zeros(len(self), np.bool_)
        kept[numbers] = True
        renumbered = np.empty(len(self), np.uint32)
        renumbered[numbers] = np.arange(len(numbers))
        ordered = kept[self.numbers]
        sizes = np.diff(self.starts)
        text = self.text[kept.repeat(sizes)]
        hashes, numbers = self.hashes[ordered], renumbered[self.numbers[ordered]]
        return type(self)(_heads(hashes), hashes, numbers, _starts(sizes[kept]), text)

    def _unsorted_hashes(self) -> Numbers:
        hashes = np.empty(len(self), np.uint32)
        hashes[self.numbers] = self.hashes
        return hashes

    def _bytes(self, number: int) -> bytes:
        return self.text[self.starts.item(number) : self.starts.item(number + 1) - len(END)].tobytes()


def _heads(hashes: Numbers) -> Numbers:
    """Where the hashes begin that begin with the same bits, of sorted ones: some two at each place."""
    bits = max(0, _bits(len(hashes)) - 1)
    edges = np.arange(1 << bits, dtype=np.uint64) << np.uint64(HASH_BITS - bits)
    return np.append(hashes.searchsorted(edges.astype(np.uint32)), len(hashes)).astype(np.uint32)


def _bits(number: int) -> int:
    """The logarithm to the base of two, rounded down; 0 of 0."""
    return max(1, number).bit_length() - 1


def _starts(sizes: npt.NDArray[Any]) -> Unsigned:
    ends = sizes.cumsum(dtype=np.int64)
    starts: Unsigned = np.append(0, ends).astype(np.min_scalar_type(int(ends[-1]) if len(ends) else 0))
    return starts


def _encoded(token: str) -> bytes:
    """UTF-8; a surrogate that stands alone, as in damaged texts, is kept."""
    return token.encode("utf-8", "surrogatepass")


def _batches(encoded: Iterator[bytes]) -> Iterator[list[bytes]]:
    while batch := list(islice(encoded, BATCH)):
        yield batch
