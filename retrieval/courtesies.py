"""Question -> question without what is said to a person: a greeting, how one begins to ask, thanks."""

import re

from retrieval.late_pattern import LatePattern
from retrieval.tokens import Tokenizer

_SEPARATOR = r"[\s,，.。!~…:;、]"
_WE = "(?:我们?|咱们?)"
_YOU = "(?:你们?|您|大家|各位)"
_PLEASE = "(?:麻烦|劳驾|拜托|烦请|请)"
_FOR_US = "(?:帮忙|帮我们?|给我们?|替我们?)"
_LOOK = "(?:问问|问|查查|查询|查|找找|找|看看|说说|讲讲|介绍|解释)"

_ONCE = (
    rf"{_WE}?(?:想要|想|要|来)?{_PLEASE}?{_YOU}?{_FOR_US}?"
    "(?:请问|请教|问|咨询|打听|了解|查询|查|看|找|确认|核实|说|讲|介绍|解释)(?:一下子|一下)"
)
"""麻烦问一下, 我想了解一下. Behind 一下 something new begins, though a word may seem to: 一下月卡."""

_OPENER = "|".join(
    [
        _ONCE,
        rf"(?:{_WE}(?:就|也)?(?:想要|想|要)|想要|想)(?:问问|问|知道|了解|咨询|请教|打听|查询)下?",
        rf"(?:{_WE}?(?:想|要))?{_PLEASE}?{_YOU}?{_FOR_US}{_LOOK}下?",
        rf"(?:麻烦|劳驾|拜托|烦请){_YOU}?(?:{_LOOK}|告诉我们?)下?",
        "(?:有没有人|有人|有谁|谁|哪位)(?:能|可以)?(?:知道|晓得|告诉我们?)",
        "(?:请问|请教|求问|求助|问|咨询)下",
        "请问|请教|求问|求助",
    ]
)
OPENER = LatePattern(rf"(?:{_OPENER}){_YOU}?{_SEPARATOR}*")

_HELLO = (
    "(?:你好|您好|大家好|各位好|早上好|上午好|中午好|下午好|晚上好|嗨|hello|hi|打扰一下|打扰了|不好意思|抱歉)"
)
HELLO = LatePattern(rf"{_SEPARATOR}*{_HELLO}[啊呀哈]?(?:{_SEPARATOR}+|(?={_OPENER}|{_HELLO}))")

THANKS = LatePattern(
    rf"(?:{_SEPARATOR}|(?<=[?？吗呢]))(?:谢谢|多谢|感谢|谢了|先谢|拜托|辛苦|麻烦|thanks|thank you)"
    rf"(?:{_YOU}|了|啦|啊|哈)*[\W_]*"
)


def plainly(folded: str, tokenizer: Tokenizer) -> str:
    """A question, folded as it is, without courtesies at its beginning and end.

    They are taken off where a word ends with them only: 我想了解放军 holds none.
    """
    at = 0
    while found := HELLO.match(folded, at):
        at = found.end()
    while (found := OPENER.match(folded, at)) and _ends_a_word(found, tokenizer):
        at = found.end()
    asked = folded[at:]
    thanks = next((m for m in THANKS.finditer(asked) if m.end() == len(asked)), None)
    return asked[: thanks.start()] if thanks else asked


def _ends_a_word(opener: re.Match[str], tokenizer: Tokenizer) -> bool:
    end = opener.end()
    return "一下" in opener[0] or end in tokenizer.boundaries(opener.string)
