"""Bytes -> text."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from retrieval.mending import mended
from retrieval.plausibility import BAD, BLANKS, cost


class NotTextError(ValueError):
    """The bytes are no text in any encoding that is understood."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    `encoding` is "utf-8", "utf-16-le", "utf-16-be", "gb18030" (GBK too) or "big5" (with the characters that
    Microsoft and Hong Kong added); of a text in several, it is that of most. A mark at the head of a line,
    where files were joined, is no part of `text`. `replaced` counts the U+FFFD that stand for what could not
    be decoded. `confidence`, from 0 to 1, is how sure the encoding is; only a mark, or bytes that are valid
    UTF-8 in more than a few characters, make it 1.
    """

    text: str
    encoding: str
    replaced: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Codec:
    name: str
    encoding: str
    rarity: int  # the bits by which it must be cheaper than UTF-8, as most files are UTF-8


@dataclass(frozen=True, slots=True)
class _Reading:
    bits: int
    encoding: str
    text: str


# Every candidate encoding reads the same bytes. A reading costs what its characters surprise in a Chinese
# document, in bits: a common one few, a rare or broken one many. The cheapest reading wins, and bytes of
# which no reading is cheaper than noise are no text.

# The two codecs of Big5 disagree about some symbols, kana and rare characters.
CODECS = (
    _Codec("utf-8", "utf-8", 0),
    _Codec("gb18030", "gb18030", 8),
    _Codec("big5hkscs", "big5", 10),
    _Codec("cp950", "big5", 10),
    _Codec("utf-16-le", "utf-16-le", 12),
    _Codec("utf-16-be", "utf-16-be", 12),
)
MARK = "\ufeff"
MARKS = {
    BOM_UTF8: "utf-8",
    BOM_UTF16_LE: "utf-16-le",
    BOM_UTF16_BE: "utf-16-be",
    MARK.encode("gb18030"): "gb18030",
}
BIG5 = ("cp950", "big5hkscs")
MIXED = {"utf-8": "utf-8", "gb18030": "gb18030", "cp950": "big5"}
"""What may stand in a text of another encoding, by codec."""
ASCII = frozenset(map(chr, range(0x80)))
CONTROLS = frozenset(map(chr, range(0x20))).difference(BLANKS)

PLACES = 8  # where a long file is sampled
SAMPLE = 512  # bytes at each of them
SHORT = 2048  # bytes; in so few, one lost byte may spoil the reading of half of them
WINDOW = 1 << 14  # bytes in which a sample may begin
STRETCH = 64  # characters in which two readings are compared
STRETCHES = 1 << 12  # of those that differ, enough to choose between the readings
COINCIDENCE = 8  # different characters, at most, that may be valid UTF-8 by chance
MANY = 1 << 10  # characters from all over a text, enough to know it
NOISE = 8  # bits a byte; random bytes cost no less in any encoding
NOISE_MENDED = 6  # the same after mending, which makes sense of much
SLACK = 16  # bits above noise that a short damaged text may cost
DOUBT_HALVES = 8  # bits of lead; more than one, because characters depend on their neighbours
MOST_SURE = 0.99  # of what is weighed; only a mark, and what is valid UTF-8 throughout, leaves no doubt

HIGH = re.compile(rb"[\x80-\xff]")
# A byte that begins a character in every encoding that extends ASCII: there, a byte below 0x30 is always a
# character of its own, and so is a byte below 0x80 that follows another.
IN_STEP = re.compile(rb"[\x80-\xff](?:(?<=\A.)|(?<=[\x00-\x2f].)|(?<=[\x00-\x7f]{2}.))", re.DOTALL)


def decode(data: bytes) -> Decoded:
    """Read the bytes as text, in the encoding that makes the most plausible text of them.

    Broken bytes are replaced by U+FFFD; a few of them do not change the encoding. What makes sense only in
    another encoding than the whole is read in that.

    Raises NotTextError for bytes that are no text, such as a picture or an archive.
    """
    text = _certain_utf8(data)
    if text is not None:
        return Decoded(_without_marks(text), "utf-8", 0, 1.0)
    encoding, confidence = _choose(data)
    text, replaced = _read_whole(data, encoding)
    return Decoded(_without_marks(text), encoding, replaced, confidence)


def _without_marks(text: str) -> str:
    return re.sub(f"^{MARK}+", "", text, flags=re.MULTILINE) if MARK in text else text


def _certain_utf8(data: bytes) -> str | None:
    """Return the text if it can be nothing but UTF-8, which most is: this spares the weighing."""
    if b"\0" in data:  # valid, but UTF-16 or no text
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    characters = set(text[:: len(text) // MANY + 1])
    certain = text.isascii() or len(characters - ASCII) > COINCIDENCE
    return text if certain and characters.isdisjoint(CONTROLS) else None


def _choose(data: bytes) -> tuple[str, float]:
    """Return the encoding whose reading of the data is the cheapest, and how sure that is."""
    marked = [encoding for mark, encoding in MARKS.items() if data.startswith(mark)]
    spans = _spans(data)
    noise = NOISE * sum(end - start for start, end in spans) + SLACK
    readings = _readings(data, spans, [codec for codec in CODECS if codec.encoding in marked] or CODECS)
    best = min(readings, key=attrgetter("bits"))
    if best.bits > noise:
        encoding = _choose_of_damaged(data, spans, marked or [*MIXED.values()])
        return encoding, 1.0 if marked else 0.0
    if marked:
        return best.encoding, 1.0
    rivals = [r.bits for r in readings if r.encoding != best.encoding and r.text != best.text]
    lead = min([*rivals, noise]) - best.bits
    return best.encoding, min(MOST_SURE, 1 - 0.5 ** (lead / DOUBT_HALVES))


def _choose_of_damaged(data: bytes, spans: list[tuple[int, int]], encodings: Sequence[str]) -> str:
    """Return the encoding of data that makes sense only when it is mended."""
    sample = b"".join(data[start:end] for start, end in spans)
    codecs = [codec for codec in CODECS if codec.encoding in encodings]
    readings = [_weigh(codec, mended(sample, codec.name, _others(codec.encoding))[0]) for codec in codecs]
    best = min(readings, key=attrgetter("bits"))
    if best.bits > NOISE_MENDED * len(sample):
        raise NotTextError("it looks like a binary file; if it is a text, save it as UTF-8")
    return best.encoding


def _readings(data: bytes, spans: list[tuple[int, int]], codecs: Sequence[_Codec]) -> list[_Reading]:
    """Return what the samples say in each codec; all of the data, mended, if that is little and damaged."""
    readings = [_weigh(codec, _skim(data, spans, codec.name)) for codec in codecs]
    if BAD in min(readings, key=attrgetter("bits")).text and len(data) <= SHORT:
        return [_weigh(codec, mended(data, codec.name)[0]) for codec in codecs]
    return readings


def _spans(data: bytes) -> list[tuple[int, int]]:
    """Return start and end of the samples to judge by: everything if that is little.

    A sample begins in step with the characters, and with one that is not ASCII: the others tell nothing.
    """
    length = len(data)
    if length <= PLACES * SAMPLE:
        return [(0, length)]
    spans: list[tuple[int, int]] = []
    end = 0
    for place in range(PLACES):
        high = HIGH.search(data, max(end, place * length // PLACES))
        if high is None:
            break
        found = IN_STEP.search(data, high.start(), high.start() + WINDOW)
        if found is None:
            continue
        end = min(found.start() + SAMPLE, length)
        spans.append((found.start(), end))
    return spans or [(0, SAMPLE)]


def _skim(data: bytes, spans: list[tuple[int, int]], codec: str) -> str:
    unit = 2 if codec.startswith("utf-16") else 1
    decoder = getincrementaldecoder(codec)  # it keeps back a character that the end of a sample cuts in two
    return "".join(
        [
            decoder("replace").decode(data[start - start % unit : end], final=end == len(data))
            for start, end in spans
        ]
    )


def _weigh(codec: _Codec, text: str) -> _Reading:
    return _Reading(cost(text) + codec.rarity, codec.encoding, text)


def _read_whole(data: bytes, encoding: str) -> tuple[str, int]:
    codec = _codec_of_big5(data) if encoding == "big5" else encoding
    if encoding.startswith("utf"):
        with suppress(UnicodeDecodeError):  # what is valid in these is not so by chance
            return data.decode(codec), 0
    return mended(data, codec, _others(encoding))


def _others(encoding: str) -> list[str]:
    if encoding.startswith("utf-16"):
        return []
    return [codec for codec in MIXED if MIXED[codec] != encoding]


def _codec_of_big5(data: bytes) -> str:
    """Return the codec that fits. They differ in rare characters, which samples miss."""
    texts = [data.decode(name, "replace") for name in BIG5]
    differing = [*islice(_differing(*texts), STRETCHES)]
    costs = [cost("".join(stretches)) for stretches in zip(*differing, strict=True)] or [0, 0]
    return min(zip([BAD in text for text in texts], costs, BIG5, strict=True))[2]


def _differing(one: str, other: str) -> Iterator[tuple[str, str]]:
    for start in range(0, len(one), STRETCH):
        stretches = one[start : start + STRETCH], other[start : start + STRETCH]
        if stretches[0] != stretches[1]:
            yield stretches
