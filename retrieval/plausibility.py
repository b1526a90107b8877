"""Text -> how much it surprises."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import cache, lru_cache
from operator import mul

BAD = "\ufffd"
BLANKS = " \t\n\v\f\r"

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
    (0x0180, 15),
    (0x01CD, 10),  # pinyin
    (0x01DD, 15),
    (0x0250, 15),  # phonetic letters
    (0x0370, 13),  # Greek, Cyrillic
    (0x0530, 15),  # many more
    (0x2000, 14),  # symbols
    (0x2460, 11),  # circled numbers
    (0x2474, 14),  # symbols
    (0x2E80, 18),  # radicals
    (0x3000, 14),  # symbols
    (0x3041, 12),  # kana, bopomofo
    (0x3130, 15),  # Hangul letters
    (0x3200, 14),  # units
    (0x3400, 22),  # Han, first extension
    (0x4DC0, 18),  # Han
    (0xA000, 15),  # Hangul and others
    (0xE000, 26),  # private use
    (0xF900, 18),  # Han for compatibility
    (0xFB00, 15),  # presentation forms
    (0xFF01, 12),  # full-width forms
    (0xFF61, 15),  # half-width forms
    (0xFFF0, 24),  # U+FFFD
    (0x10000, 18),  # old scripts, emoji
    (0x20000, 22),  # Han, other extensions
    (0xE0000, 26),  # tags, private use
)
BLOCK_STARTS = [start for start, _ in BLOCKS]

FEW = 3
"""Plain characters, at most, between those that together make a text strange."""


def cost(text: str) -> int:
    """The bits of all characters of the text together."""
    counts = Counter(text)
    return sum(map(mul, map(bits, counts), counts.values()))


@lru_cache(maxsize=1 << 16)
def bits(character: str) -> int:
    """How a character surprises in a Chinese document: a common one little, a rare or broken one much."""
    if character in BITS:
        return BITS[character]
    if "\u4e00" <= character <= "\u9fff":
        return min(_han_bits(character, standard, leads) for standard, leads in FIRST_LEVELS.items())
    if unicodedata.category(character) in ("Cn", "Cs"):
        return UNASSIGNED
    return BLOCKS[bisect_right(BLOCK_STARTS, ord(character)) - 1][1]


def is_strange(text: str, many: int) -> bool:
    """Whether there is a place in the text where so many characters that are not plain crowd.

    There it may have been read in another encoding than its own. This is quicker to tell than the cost.
    """
    return _crowd(many).search(text) is not None


@cache
def _crowd(many: int) -> re.Pattern[str]:
    plain = r"\t\n\r -~\u2010-\u2027\u3000-\u301f\uff01-\uff5e" + "".join(
        map(_first_level, FIRST_LEVELS, FIRST_LEVELS.values())
    )
    return re.compile(f"[^{plain}](?:[{plain}]{{0,{FEW}}}[^{plain}]){{{many - 1}}}")


def _first_level(standard: str, leads: range) -> str:
    codes = (bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFF))
    return "".join(code.decode(standard, "ignore") for code in codes if code[1] not in range(0x7F, 0xA1))


def _han_bits(character: str, standard: str, leads: range) -> int:
    code = character.encode(standard, "ignore")
    if not code:
        return NO_LEVEL
    return FIRST_LEVEL if code[0] in leads else SECOND_LEVEL
