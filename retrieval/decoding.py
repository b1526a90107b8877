"""Bytes -> text.

Every candidate encoding reads the same bytes. A reading costs what its characters would surprise in a Chinese
document, in bits: a common one few, a rare or broken one many. The cheapest reading wins, and bytes that no
reading makes cheaper than noise are no text.
"""

import re
import unicodedata
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter


class NotText(ValueError):  # noqa: N818 - it names what was found
    """The bytes are no text in any encoding that is understood."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    `encoding` is "utf-8", "utf-16-le", "utf-16-be", "gb18030" (GBK too) or "big5" (with the characters that
    Microsoft and Hong Kong added). A mark at the head is no part of `text`. `replaced` counts the U+FFFD that
    stand for what could not be decoded. `confidence`, from 0 to 1, is how sure the encoding is.
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
    price: float  # bits a byte
    codec: _Codec
    text: str


# The two codecs of Big5 disagree about some symbols, kana and rare characters.
_CODECS = (
    _Codec("utf-8", "utf-8", 0),
    _Codec("gb18030", "gb18030", 8),
    _Codec("big5hkscs", "big5", 10),
    _Codec("cp950", "big5", 10),
    _Codec("utf-16-le", "utf-16-le", 12),
    _Codec("utf-16-be", "utf-16-be", 12),
)
_MARK = "\ufeff"
_MARKS = {
    BOM_UTF8: "utf-8",
    BOM_UTF16_LE: "utf-16-le",
    BOM_UTF16_BE: "utf-16-be",
    _MARK.encode("gb18030"): "gb18030",
}
_BAD = "\ufffd"
_BLANKS = " \t\n\v\f\r"

_PLACES = 8  # where a long file is sampled
_SAMPLE = 512  # bytes at each of them
_SHORT = 2048  # bytes; in so few, one lost byte may spoil the reading of half of them
_MENDABLE = 1 << 16  # bytes of damaged lines that get a careful reading, at some microseconds each
_COINCIDENCE = 8  # different characters, at most, that may be valid UTF-8 by chance
_MANY = 1 << 15  # characters from all over a text, enough to know it
_NOISE = 8  # bits a byte
_SLACK = 32  # bits above the price of noise that a short damaged text may cost
_DOUBT_HALVES = 8  # bits of lead; more than one, because characters depend on their neighbours

# A character's bits are -log2 of how often it comes in Chinese documents, roughly.
_COMMON_HAN = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小"
    "么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民"
    "样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什"
    "打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处"
    "总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光"
    "王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义"
    "〇湖米州称族河规县布這來國個說們為時會著過學對裡後麼沒於還發當無開經頭動兩長樣現將與進實點種聲兒問機給"
    "幾業間東關並內軍產萬體別處總場師書員華報馬張難數車應親務邊風戰幹覺題統請愛讓認論義術結連遠資隊帶條變聯"
)
_COMMON_KANA = "のにはをたがでてとしれさるいうんかなもこっらりきまンースルトリアイラ"
_BITS = (
    dict.fromkeys(_BLANKS, 5)
    | dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 5)
    | dict.fromkeys("，。、：；！？“”‘’「」『』（）《》〈〉【】﹑—…·‧～％　", 7)
    | dict.fromkeys(_COMMON_KANA, 9)
    | dict.fromkeys(_COMMON_HAN, 9)
)
# The old standards have a first level, the characters in use, known by their lead bytes, and a second.
_FIRST_LEVELS = {"gb2312": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7)}
_FIRST_LEVEL, _SECOND_LEVEL, _NO_LEVEL = 12, 16, 18
_UNASSIGNED = 30
_BLOCKS = (  # where each begins, and the bits of a character in it
    (0x0000, 24),  # control characters
    (0x0020, 7),  # ASCII
    (0x007F, 24),  # control characters
    (0x00A0, 10),  # Latin
    (0x0250, 15),  # Greek, Cyrillic and many more
    (0x2000, 14),  # symbols
    (0x2E80, 18),  # radicals
    (0x3000, 14),  # symbols
    (0x3041, 12),  # kana, bopomofo
    (0x3130, 15),  # Hangul letters
    (0x3200, 14),  # units, circled numbers
    (0x3400, 22),  # Han, first extension
    (0x4DC0, 18),  # Han
    (0xA000, 15),  # Hangul and others
    (0xE000, 26),  # private use
    (0xF900, 18),  # Han for compatibility
    (0xFB00, 15),  # presentation forms
    (0xFF01, 12),  # full-width forms
    (0xFF61, 15),  # half-width forms
    (0xFFF0, 20),  # U+FFFD
    (0x10000, 18),  # old scripts, emoji
    (0x20000, 22),  # Han, other extensions
    (0xE0000, 26),  # tags, private use
)
_BLOCK_STARTS = [start for start, _ in _BLOCKS]

# A byte that begins a character in every encoding that extends ASCII: there, a byte below 0x30 is always a
# character of its own, and so is a byte below 0x80 that follows another.
_IN_STEP = re.compile(rb"[\x80-\xff](?:(?<=\A.)|(?<=[\x00-\x2f].)|(?<=[\x00-\x7f]{2}.))", re.DOTALL)


def decode(data: bytes) -> Decoded:
    """Read the bytes as text, in the encoding that makes the most plausible text of them.

    Broken bytes are replaced by U+FFFD; a few of them do not change the encoding.

    Raises NotText for bytes that are no text, such as a picture or an archive.
    """
    text = _certain_utf8(data)
    if text is not None:
        return Decoded(text.lstrip(_MARK), "utf-8", 0, 1.0)
    encoding, confidence = _choose(data)
    text, replaced = _read_whole(data, encoding)
    return Decoded(text.lstrip(_MARK), encoding, replaced, confidence)


def _certain_utf8(data: bytes) -> str | None:
    """Return the text if it can be nothing but UTF-8, which most is: this spares the weighing."""
    if b"\0" in data:  # this, too, is valid
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    characters = set(text[:: len(text) // _MANY + 1])
    certain = text.isascii() or sum(character > "\x7f" for character in characters) > _COINCIDENCE
    controls = any(character < " " for character in characters.difference(_BLANKS))
    return text if certain and not controls else None


def _choose(data: bytes) -> tuple[str, float]:
    """Return the encoding that makes the cheapest text of the data, and how sure that is."""
    mark = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    codecs = [codec for codec in _CODECS if mark in (None, codec.encoding)]
    readings = [_skim(data, codec) for codec in codecs]
    best = min(readings, key=attrgetter("price"))
    if _BAD in best.text and len(data) <= _SHORT:
        readings = [_weigh(_read(data, codec.name)[0], codec, len(data)) for codec in codecs]
        best = min(readings, key=attrgetter("price"))
    noise = _NOISE + _SLACK / len(data)
    if best.price > noise:
        raise NotText("it looks like a binary file; if it is a text, save it as UTF-8")
    encoding = best.codec.encoding
    rivals = [r.price for r in readings if r.codec.encoding != encoding and r.text != best.text]
    lead = (min([*rivals, noise]) - best.price) * min(len(data), _PLACES * _SAMPLE)
    return encoding, 1 - 0.5 ** (lead / _DOUBT_HALVES)


def _skim(data: bytes, codec: _Codec) -> _Reading:
    """Read and weigh all of the data if it is short, else samples from all over it."""
    if len(data) <= _PLACES * _SAMPLE:
        return _weigh(data.decode(codec.name, "replace"), codec, len(data))
    starts = list(_even_starts(data) if codec.encoding.startswith("utf-16") else _starts_in_step(data)) or [0]
    # An incremental decoder keeps back the character that the end of a sample cuts in two.
    decoder = getincrementaldecoder(codec.name)
    ends = [start + _SAMPLE for start in starts]
    text = "".join(
        [
            decoder("replace").decode(data[s:e], final=e >= len(data))
            for s, e in zip(starts, ends, strict=True)
        ]
    )
    return _weigh(text, codec, len(starts) * _SAMPLE)


def _weigh(text: str, codec: _Codec, size: int) -> _Reading:
    return _Reading((_cost(text) + codec.rarity) / size, codec, text)


def _cost(text: str) -> int:
    """Return the bits of all characters of the text."""
    return sum(times * _bits(character) for character, times in Counter(text).items())


def _even_starts(data: bytes) -> Iterator[int]:
    return (place * len(data) // _PLACES // 2 * 2 for place in range(_PLACES))


def _starts_in_step(data: bytes) -> Iterator[int]:
    """Yield where samples begin in an encoding that extends ASCII: where it is not ASCII, and in step."""
    end = 0
    for place in range(_PLACES):
        found = _IN_STEP.search(data, max(end, place * len(data) // _PLACES))
        if found is None:
            return
        yield found.start()
        end = found.start() + _SAMPLE


@lru_cache(maxsize=1 << 16)
def _bits(character: str) -> int:
    if character in _BITS:
        return _BITS[character]
    if "\u4e00" <= character <= "\u9fff":
        return min(_han_bits(character, standard, leads) for standard, leads in _FIRST_LEVELS.items())
    if unicodedata.category(character) in ("Cn", "Cs"):
        return _UNASSIGNED
    return _BLOCKS[bisect_right(_BLOCK_STARTS, ord(character)) - 1][1]


def _han_bits(character: str, standard: str, leads: range) -> int:
    code = character.encode(standard, "ignore")
    if not code:
        return _NO_LEVEL
    return _FIRST_LEVEL if code[0] in leads else _SECOND_LEVEL


def _read_whole(data: bytes, encoding: str) -> tuple[str, int]:
    names = [codec.name for codec in _CODECS if codec.encoding == encoding]
    if len(names) == 1:
        return _read(data, names[0])
    # They differ in rare characters, which samples miss.
    texts = {name: data.decode(name, "replace") for name in names}
    return _read(data, min(names, key=lambda name: (texts[name].count(_BAD), _cost(texts[name]))))


def _read(data: bytes, codec: str) -> tuple[str, int]:
    """Return the text and how many U+FFFD in it stand for what could not be decoded."""
    try:
        return data.decode(codec), 0
    except UnicodeDecodeError:
        text = data.decode(codec, "replace") if codec.startswith("utf") else _mend(data, codec)
    return text, text.count(_BAD)


def _mend(data: bytes, codec: str) -> str:
    """Read damaged text in which a lost or stray byte would put all that follows in its line out of step."""
    careful = _MENDABLE
    lines = []
    for line in data.splitlines(keepends=True):
        try:
            lines.append(line.decode(codec))
        except UnicodeDecodeError:
            careful -= len(line)
            lines.append(_cheapest(line, codec) if careful >= 0 else line.decode(codec, "replace"))
    return "".join(lines)


def _cheapest(line: bytes, codec: str) -> str:
    """Return the cheapest of all ways to read the line as characters and broken bytes."""
    ways = [(0, 0, "")]  # by length: the bits of the cheapest way so far, where its last step began, and that
    for end in range(1, len(line) + 1):
        steps = (
            (start, _step(line[start:end], codec)) for start in (end - 1, end - 2, end - 4) if start >= 0
        )
        ways.append(min((ways[start][0] + _bits(step), start, step) for start, step in steps if step))
    end, last_first = len(line), []
    while end:
        _, end, step = ways[end]
        last_first.append(step)
    return "".join(reversed(last_first))


def _step(code: bytes, codec: str) -> str:
    """Return the character that the code stands for, U+FFFD for a single byte without one, or nothing."""
    try:
        text = code.decode(codec)
    except UnicodeDecodeError:
        return _BAD if len(code) == 1 else ""
    return text if len(text) == 1 else ""
