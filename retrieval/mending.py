"""Damaged bytes, or bytes of several encodings -> text."""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from retrieval.plausibility import BAD, bits, is_strange

QUICK = 1 << 13
"""Bytes that are read at once while nothing is wrong with them."""
CAREFUL = 1 << 7
"""Bytes that are read at once where something is."""
AHEAD = 1 << 4
"""Bytes behind them that are looked at, to tell where their last characters end."""
MANY, SOME = 5, 3
"""Strange characters near each other, of which that many are wrong, and these are where something is."""
MENDABLE = 1 << 17
"""Bytes of a text that are read character by character, at most, at some microseconds each."""
LOOKS = 32
"""How many bytes are looked at in the time that one is read so."""
CHECKS = 1 << 10
"""How many bytes are checked in that time."""
CHANGE = 40
"""Bits by which another encoding must be cheaper, within a line."""
CHANGE_OF_LINES = 24
"""The same from a line to the next, where files are joined."""
CHANGE_OF_A_CHARACTER = 3
"""The same for each character where nothing is broken, but of UTF-8, which nothing is by chance: what is
read in a wrong encoding costs twice what it should, rare characters, as of names, no less in another.
"""
NEVER = 1 << 16
"""Bits of a broken byte in a line that is valid: no reading of so few bytes costs as much."""
SELDOM = 60
"""The same in a line that is valid but holds characters that have no meaning: it may have lost a byte, and be
in step again by chance.
"""
CUT = 12
"""Bits of a character of which the end of the bytes leaves only the beginning."""
NEW_LINE = b"\n"[0]
LONGEST = 4
"""Bytes of a character, at most."""
MEANINGLESS = re.compile("[\ue000-\uf8ff]")
"""A character for private use, as the old standards have many."""
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


@dataclass(frozen=True, slots=True)
class _Line:
    """What is known of a line up to its `end`: how many bits a byte that is broken costs there."""

    end: int = 0
    codec: str = ""
    broken: int = 0


class _Prices(NamedTuple):
    """The bits of a broken byte, and how many more those of any other character are."""

    broken: int
    more: int


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
    follows out of step. No character is lost of a line that is valid, however rare its words.
    """
    pieces = [*_Mender(codec, (codec, *others)).pieces(data)]
    return "".join(piece.text for piece in pieces), sum(piece.lost for piece in pieces)


@dataclass(slots=True)
class _Mender:
    """Reads on in the codec in which it was reading, until that makes no sense."""

    codec: str
    codecs: Sequence[str]
    mendable: int = MENDABLE
    line: _Line = field(default_factory=_Line)

    def pieces(self, data: bytes) -> Iterator[_Piece]:
        start = 0
        while start < len(data):
            piece = _read(data, start, QUICK, self.codec, MANY)
            if piece is None and self.mendable <= 0:
                piece = self._roughly(data, start)
            for found in [piece] if piece else self._careful(data, start, start + QUICK):
                self.codec = found.codec
                start += found.used
                yield found

    def _roughly(self, data: bytes, start: int) -> _Piece:
        others = (codec for codec in self.codecs if codec != self.codec)
        pieces = (_read(data, start, QUICK, codec, MANY) for codec in others)
        part, is_last = data[start : start + QUICK], start + QUICK >= len(data)
        return next(filter(None, pieces), None) or _decoded(part, self.codec, "replace", is_last=is_last)

    def _careful(self, data: bytes, start: int, end: int) -> Iterator[_Piece]:
        while start < min(end, len(data)):
            piece = self._mended(data, start)
            self.codec = piece.codec
            self.mendable -= CAREFUL // LOOKS
            start += piece.used
            yield piece

    def _mended(self, data: bytes, start: int) -> _Piece:
        if own := _read(data, start, CAREFUL, self.codec, SOME):
            return own
        if self.mendable <= 0:
            return self._roughly(data, start)
        part = data[start : start + CAREFUL + AHEAD]
        self.mendable -= len(part)
        codecs = self.codec, *(codec for codec in self.codecs if codec != self.codec)
        is_last = start + len(part) == len(data)
        return _cheapest(part, codecs, [*self._broken(data, start, len(part))], is_last=is_last)

    def _broken(self, data: bytes, start: int, length: int) -> Iterator[int]:
        """The bits of each of so many bytes where it is broken, by the line in which it stands."""
        end = start + length
        while start < end:
            if start >= self.line.end or self.codec != self.line.codec:
                newline = -1 if self.codec.startswith("utf-16") else data.find(NEW_LINE, start)
                line = data[start : newline + 1 or len(data)]
                self.line = _Line(start + len(line), self.codec, _broken(line, self.codec))
                self.mendable -= len(line) // CHECKS
            yield from repeat(self.line.broken, min(end, self.line.end) - start)
            start = self.line.end


def _read(data: bytes, start: int, length: int, codec: str, many: int) -> _Piece | None:
    """What so many bytes say, if nothing seems wrong with them, nor with the next few."""
    decoder = getincrementaldecoder(codec)()
    middle, end = start + length, start + length + AHEAD
    try:
        text = decoder.decode(data[start:middle], middle >= len(data))
        used = min(middle, len(data)) - start - len(decoder.getstate()[0])
        ahead = decoder.decode(data[middle:end], end >= len(data))
    except UnicodeDecodeError:
        return None
    return None if is_strange(text + ahead, many) else _Piece(text, used, codec)


def _broken(line: bytes, codec: str) -> int:
    try:
        text = line.decode(codec)
    except UnicodeDecodeError:
        return bits(BAD)
    return SELDOM if MEANINGLESS.search(text) else NEVER


def _decoded(part: bytes, codec: str, errors: str, *, is_last: bool) -> _Piece:
    """What the part says, less a character that its end cuts in two unless that is the last."""
    decoder = getincrementaldecoder(codec)(errors)
    text = decoder.decode(part, is_last)
    used = len(part) - len(decoder.getstate()[0])
    return _Piece(text, used, codec, text.count(BAD) if errors == "replace" else 0)


def _cheapest(part: bytes, codecs: Sequence[str], broken: Sequence[int], *, is_last: bool) -> _Piece:
    """Read the part as those characters of the codecs, and those broken bytes, that cost the least.

    To begin in another codec than the first costs something, and so does each change. `broken` are the
    bits of each byte where it is broken.
    """
    ways = [[_Way(0), *(_Way(CHANGE_OF_LINES) for _ in codecs[1:])]]  # to each place, one a codec
    for end in range(1, len(part) + 1):
        found = []
        for n, codec in enumerate(codecs):
            prices = _Prices(broken[end - 1], _more(codec, broken[end - 1]) if n else 0)
            found.append(_best(part[:end], codec, [row[n] for row in ways[-LONGEST:]], prices))
        if len(codecs) > 1:
            before = min(found, key=itemgetter(0))
            change = CHANGE_OF_LINES if part[end - 1] == NEW_LINE else CHANGE
            found = [
                way if way.bits <= before.bits + change else _Way(before.bits + change, None, before)
                for way in found
            ]
        ways.append(found)
    steps = [*min([*ways[-1], *_cut(part, codecs, ways)], key=itemgetter(0)).steps()]
    while not is_last and sum(step.used for step in steps) > CAREFUL:
        steps.pop(0)
    text = "".join(step.text for step in reversed(steps))
    used, lost = sum(step.used for step in steps), sum(step.is_broken for step in steps)
    return _Piece(text, used, steps[0].codec, lost)


def _cut(part: bytes, codecs: Sequence[str], ways: Sequence[Sequence[_Way]]) -> Iterator[_Way]:
    """The ways to the end of the part that leave the last character incomplete."""
    for length in range(1, min(LONGEST, len(ways))):
        rest = part[-length:]
        for codec, way in zip(codecs, ways[-1 - length], strict=True):
            if not _decoded(rest, codec, "replace", is_last=False).used:
                yield _Way(way.bits + CUT, _Step(BAD, CUT, length, codec, is_broken=True), way)


def _more(codec: str, broken: int) -> int:
    return 0 if codec == "utf-8" or broken == bits(BAD) else CHANGE_OF_A_CHARACTER


def _best(part: bytes, codec: str, before: Sequence[_Way], prices: _Prices) -> _Way:
    """Return the cheapest way to the end, of those to the places before, the nearest last, and a step."""
    ways = []
    for length, leads in LEADS[codec]:
        if length > len(before):
            break
        step = _step(part[-length:], codec) if part[-length] in leads else None
        if step:
            price = prices.broken if step.is_broken else step.bits + prices.more
            ways.append((before[-length].bits + price, length, step))
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
