"""Bytes -> text."""

import re
import unicodedata
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter, mul


class NotTextError(ValueError):
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
BAD = "\ufffd"
BLANKS = " \t\n\v\f\r"
ASCII = frozenset(map(chr, range(0x80)))
CONTROLS = frozenset(map(chr, range(0x20))).difference(BLANKS)

PLACES = 8  # where a long file is sampled
SAMPLE = 512  # bytes at each of them
SHORT = 2048  # bytes; in so few, one lost byte may spoil the reading of half of them
MENDABLE = 1 << 16  # bytes of damaged lines that get a careful reading, at some microseconds each
COINCIDENCE = 8  # different characters, at most, that may be valid UTF-8 by chance
MANY = 1 << 10  # characters from all over a text, enough to know it
NOISE = 8  # bits a byte; random bytes cost no less in any encoding
SLACK = 16  # bits above noise that a short damaged text may cost
DOUBT_HALVES = 8  # bits of lead; more than one, because characters depend on their neighbours

# A character's bits are -log2 of how often it comes in Chinese documents, roughly.
COMMON_HAN = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小"
    "么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民"
    "样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什"
    "打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处"
    "总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光"
    "王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义"
    "〇這來國個說們為時會著過學對裡後麼沒於還發當無開經頭動兩長樣現將與進實點種聲兒問機給幾業間東關並內軍產"
    "萬體別處總場師書員華報馬張難數車應親務邊風戰幹覺題統請愛讓認論義術結連遠資隊帶條變聯權決達運強眾語"
)
COMMON_KANA = "のにはをたがでてとしれさるいうんかなもこっらりきまンースルトリアイラ"
BITS = (
    dict.fromkeys(BLANKS, 5)
    | dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 5)
    | dict.fromkeys("，。、：；！？“”‘’「」『』（）《》〈〉【】﹑—…·‧～％　", 7)
    | dict.fromkeys(COMMON_KANA, 9)
    | dict.fromkeys(COMMON_HAN, 9)
)
# The old standards have a first level, the characters in use, known by their lead bytes, and a second.
FIRST_LEVELS = {"gb2312": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7)}
FIRST_LEVEL, SECOND_LEVEL, NO_LEVEL = 12, 16, 18
UNASSIGNED = 30
BLOCKS = (  # where each begins, and the bits of a character in it
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
BLOCK_STARTS = [start for start, _ in BLOCKS]

# A byte that begins a character in every encoding that extends ASCII: there, a byte below 0x30 is always a
# character of its own, and so is a byte below 0x80 that follows another.
IN_STEP = re.compile(rb"[\x80-\xff](?:(?<=\A.)|(?<=[\x00-\x2f].)|(?<=[\x00-\x7f]{2}.))", re.DOTALL)


def decode(data: bytes) -> Decoded:
    """Read the bytes as text, in the encoding that makes the most plausible text of them.

    Broken bytes are replaced by U+FFFD; a few of them do not change the encoding.

    Raises NotTextError for bytes that are no text, such as a picture or an archive.
    """
    text = _certain_utf8(data)
    if text is not None:
        return Decoded(text.lstrip(MARK), "utf-8", 0, 1.0)
    encoding, confidence = _choose(data)
    text, replaced = _read_whole(data, encoding)
    return Decoded(text.lstrip(MARK), encoding, replaced, confidence)


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
    mark = next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), None)
    codecs = [codec for codec in CODECS if mark in (None, codec.encoding)]
    spans = _spans(data)
    readings = [_weigh(codec, _skim(data, spans, codec.name)) for codec in codecs]
    best = min(readings, key=attrgetter("bits"))
    if BAD in best.text and len(data) <= SHORT:
        readings = [_weigh(codec, _read(data, codec.name)[0]) for codec in codecs]
        best = min(readings, key=attrgetter("bits"))
    noise = NOISE * sum(end - start for start, end in spans) + SLACK
    if best.bits > noise:
        raise NotTextError("it looks like a binary file; if it is a text, save it as UTF-8")
    rivals = [r.bits for r in readings if r.encoding != best.encoding and r.text != best.text]
    lead = min([*rivals, noise]) - best.bits
    return best.encoding, 1 - 0.5 ** (lead / DOUBT_HALVES)


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
        found = IN_STEP.search(data, max(end, place * length // PLACES))
        if found is None:
            break
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
    return _Reading(_cost(text) + codec.rarity, codec.encoding, text)


def _cost(text: str) -> int:
    """Return the bits of all characters of the text together."""
    counts = Counter(text)
    return sum(map(mul, map(_bits, counts), counts.values()))


@lru_cache(maxsize=1 << 16)
def _bits(character: str) -> int:
    if character in BITS:
        return BITS[character]
    if "\u4e00" <= character <= "\u9fff":
        return min(_han_bits(character, standard, leads) for standard, leads in FIRST_LEVELS.items())
    if unicodedata.category(character) in ("Cn", "Cs"):
        return UNASSIGNED
    return BLOCKS[bisect_right(BLOCK_STARTS, ord(character)) - 1][1]


def _han_bits(character: str, standard: str, leads: range) -> int:
    code = character.encode(standard, "ignore")
    if not code:
        return NO_LEVEL
    return FIRST_LEVEL if code[0] in leads else SECOND_LEVEL


def _read_whole(data: bytes, encoding: str) -> tuple[str, int]:
    names = [codec.name for codec in CODECS if codec.encoding == encoding]
    if len(names) == 1:
        return _read(data, names[0])
    # They differ in rare characters, which samples miss.
    texts = {name: data.decode(name, "replace") for name in names}
    return _read(data, min(names, key=lambda name: (texts[name].count(BAD), _cost(texts[name]))))


def _read(data: bytes, codec: str) -> tuple[str, int]:
    """Return the text and how many U+FFFD in it stand for what could not be decoded."""
    try:
        return data.decode(codec), 0
    except UnicodeDecodeError:
        text = data.decode(codec, "replace") if codec.startswith("utf") else _mend(data, codec)
    return text, text.count(BAD)


def _mend(data: bytes, codec: str) -> str:
    """Read damaged text in which a lost or stray byte would put all that follows in its line out of step."""
    careful = MENDABLE
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
        return BAD if len(code) == 1 else ""
    return text if len(text) == 1 else ""
