"""Damaged bytes, or bytes of several encodings -> text."""

from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from retrieval.plausibility import BAD, bits, cost, is_strange

QUICK = 1 << 13
"""Bytes that are read at once while nothing is wrong with them."""
CAREFUL = 1 << 7
"""Bytes that are read at once where something is."""
MANY, SOME = 5, 3
"""Strange characters near each other, of which that many are wrong, and these are where something is."""
MENDABLE = 1 << 17
"""Bytes of a text that are read character by character, at most, at some microseconds each."""
LOOKS = 32
"""How many bytes are looked at in the time that one is read so."""
CHANGE = 40
"""Bits by which another encoding must be cheaper, within a line."""
CHANGE_OF_LINES = 24
"""The same from a line to the next, where files are joined."""
NEW_LINE = b"\n"[0]
LONGEST = 4
"""Bytes of a character, at most."""
ANY = range(0x100)
LEADS = {
    "utf-8": ((1, ANY), (2, range(0xC2, 0xF5)), (3, range(0xE0, 0xF5)), (4, range(0xF0, 0xF5))),
    "gb18030": ((1, ANY), (2, range(0x81, 0xFF)), (4, range(0x81, 0xFF))),
    "big5hkscs": ((1, ANY), (2, range(0x81, 0xFF))),
    "cp950": ((1, ANY), (2, range(0x81, 0xFF))),
    "utf-16-le": ((1, ANY), (2, ANY), (4, ANY)),
    "utf-16-be": ((1, ANY), (2, ANY), (4, ANY)),
}
"""With which byte a character of so many bytes, or a broken one, can begin."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What the first `used` bytes of some say, how many U+FFFD in it stand for broken ones, and the codec in
    which it ends.
    """

    text: str
    used: int
    codec: str
    lost: int = 0


class _Step(NamedTuple):
    """A character, or a broken one, of so many bytes."""

    text: str
    bits: int
    used: int
    codec: str
    is_broken: bool = False


class _Way(NamedTuple):
    """A way to read some bytes: what it costs, its last step, and the way up to that."""

    bits: int
    step: _Step | None = None
    before: "_Way | None" = None

    def steps(self) -> Iterator[_Step]:
        """Yield the steps, the last first."""
        way: _Way | None = self
        while way is not None:
            if way.step is not None:
                yield way.step
            way = way.before


def mended(data: bytes, codec: str, others: Sequence[str] = ()) -> tuple[str, int]:
    """What bytes say that are in the codec but where they are broken, or one of the others fits much better.

    Also how many U+FFFD in it stand for what could not be decoded. A lost or stray byte does not put what
    follows out of step.
    """
    pieces = [*_Mender(codec, (codec, *others)).pieces(data)]
    return "".join(piece.text for piece in pieces), sum(piece.lost for piece in pieces)


@dataclass(slots=True)
class _Mender:
    """Reads on in the codec in which it was reading, until that makes no sense."""

    codec: str
    codecs: Sequence[str]
    mendable: int = MENDABLE

    def pieces(self, data: bytes) -> Iterator[_Piece]:
        start = 0
        while start < len(data):
            part, is_last = data[start : start + QUICK], start + QUICK >= len(data)
            piece = _read(part, self.codec, MANY, is_last=is_last)
            if piece is None and self.mendable <= 0:
                piece = self._roughly(part, is_last=is_last)
            for found in [piece] if piece else self._careful(data, start, start + QUICK):
                self.codec = found.codec
                start += found.used
                yield found

    def _roughly(self, part: bytes, *, is_last: bool) -> _Piece:
        pieces = [_read(part, codec, MANY, is_last=is_last) for codec in self.codecs if codec != self.codec]
        return next(filter(None, pieces), None) or _decoded(part, self.codec, "replace", is_last=is_last)

    def _careful(self, data: bytes, start: int, end: int) -> Iterator[_Piece]:
        while start < min(end, len(data)):
            part = data[start : start + CAREFUL]
            piece = self._mended(part, is_last=start + CAREFUL >= len(data))
            self.codec = piece.codec
            self.mendable -= len(part) // LOOKS
            start += piece.used
            yield piece

    def _mended(self, part: bytes, *, is_last: bool) -> _Piece:
        if own := _read(part, self.codec, SOME, is_last=is_last):
            return own
        rough = _decoded(part, self.codec, "replace", is_last=is_last)
        rough_cost = cost(rough.text)
        others = [codec for codec in self.codecs if codec != self.codec]
        for codec in others:
            foreign = _read(part, codec, MANY, is_last=is_last)
            if foreign and cost(foreign.text) + CHANGE_OF_LINES < rough_cost:
                return foreign
        if self.mendable <= 0:
            return rough
        self.mendable -= len(part)
        return _cheapest(part, (self.codec, *others), is_last=is_last)


def _read(part: bytes, codec: str, many: int, *, is_last: bool) -> _Piece | None:
    """What the part says, if nothing seems wrong with it."""
    try:
        piece = _decoded(part, codec, "strict", is_last=is_last)
    except UnicodeDecodeError:
        return None
    return None if is_strange(piece.text, many) else piece


def _decoded(part: bytes, codec: str, errors: str, *, is_last: bool) -> _Piece:
    """What the part says, less a character that its end cuts in two unless that is the last."""
    decoder = getincrementaldecoder(codec)(errors)
    text = decoder.decode(part, is_last)
    used = len(part) - len(decoder.getstate()[0])
    return _Piece(text, used, codec, text.count(BAD) if errors == "replace" else 0)


def _cheapest(part: bytes, codecs: Sequence[str], *, is_last: bool) -> _Piece:
    """Read the part as those characters of the codecs, and those broken bytes, that cost the least.

    To begin in another codec than the first costs something, and so does each change.
    """
    ways = [[_Way(0), *(_Way(CHANGE_OF_LINES) for _ in codecs[1:])]]  # to each place, one a codec
    for end in range(1, len(part) + 1):
        found = [
            _best(part, end, codec, [row[n] for row in ways[-LONGEST:]]) for n, codec in enumerate(codecs)
        ]
        if len(codecs) > 1:
            before = min(found, key=itemgetter(0))
            change = CHANGE_OF_LINES if part[end - 1] == NEW_LINE else CHANGE
            found = [
                way if way.bits <= before.bits + change else _Way(before.bits + change, None, before)
                for way in found
            ]
        ways.append(found)
    steps = [*min(ways[-1], key=itemgetter(0)).steps()]
    while not is_last and sum(step.used for step in steps) > len(part) - LONGEST:
        steps.pop(0)  # the end may cut it in two
    text = "".join(step.text for step in reversed(steps))
    used, lost = sum(step.used for step in steps), sum(step.is_broken for step in steps)
    return _Piece(text, used, steps[0].codec, lost)


def _best(part: bytes, end: int, codec: str, before: Sequence[_Way]) -> _Way:
    """Return the cheapest way to a place, of those to the places before, the nearest last, and a step."""
    ways = []
    for length, leads in LEADS[codec]:
        if length > len(before):
            break
        step = _step(part[end - length : end], codec) if part[end - length] in leads else None
        if step:
            ways.append((before[-length].bits + step.bits, length, step))
    bits_so_far, length, step = min(ways)  # a single byte is always a step
    return _Way(bits_so_far, step, before[-length])


@lru_cache(maxsize=1 << 16)
def _step(code: bytes, codec: str) -> _Step | None:
    """Return what the code stands for, U+FFFD where it is one broken character, or nothing."""
    try:
        text = code.decode(codec)
    except UnicodeDecodeError:
        is_broken = len(code) == 1 or (codec.startswith("utf") and code.decode(codec, "replace") == BAD)
        return _Step(BAD, bits(BAD), len(code), codec, is_broken=True) if is_broken else None
    return _Step(text, bits(text), len(code), codec) if len(text) == 1 else None
