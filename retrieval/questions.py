"""Question -> what it is about, without the words that merely ask."""

import re

from retrieval.folding import fold
from retrieval.lexicon import Lexicon, apart
from retrieval.tokens import Tokenizer

ASKING = re.compile(
    "请问一下|请问|我想知道|想问一下|谁知道|有没有人知道|告诉我|"
    "为什么|为啥|是什么|什么时候|什么时间|什么样|什么|甚么|啥时候|啥|"
    "怎么样|怎么办|怎么|怎样|如何|咋|是多少|多少|多久|多大|多长|多高|多远|"
    "是哪些|是哪个|有哪些|哪(?:些|个|里|儿|种|几|一|天|年|位|家|本|条)|是谁|谁|"
    "(?:星期|礼拜|周)几|几(?:分钟|小时|点钟?|[个天月号年岁次级条名位种项家本册间层楼块元斤成倍人口张度回遍页章节])|"
    "可以吗|可以|是不是|有没有|能不能|可不可以|要不要|是否|能否|可否|何时|何地|为何"
    r"|[吗呢吧呀啊嘛](?=\W|$)"
)
"""Simplified, as texts are folded before."""


GREETING = re.compile(
    r"\W*(?:你好|您好|大家好|早上好|早安|下午好|晚上好|晚安|嗨|在吗|在么|谢谢|多谢|感谢|辛苦|再见|拜拜|好的|好吧|收到|明白|知道|没有|"
    r"hello|hi|hey|thanks|thank you|ok|bye)(?:你们?|您|了|啦|大家)?\W*"
)
"""Said to somebody, not asked of documents."""


def about(question: str) -> str:
    """The question, folded, with a blank for each asking word; empty when it is nothing but a greeting."""
    folded = fold(question).text
    return "" if GREETING.fullmatch(folded) else ASKING.sub(" ", folded)


def without(content: str, stopwords: Lexicon, tokenizer: Tokenizer) -> str:
    """What a question is about, with a blank for each of the owner's stopwords that is no part of a word.

    A question of nothing but stopwords keeps them: better a poor answer than none.
    """
    found = list(stopwords.places(content))
    if not found:
        return content
    edges = tokenizer.boundaries(content)
    kept = content
    for place in reversed(apart(place for place in found if {place.start, place.end} <= edges)):
        kept = f"{kept[: place.start]} {kept[place.end :]}"
    return kept if any(map(str.isalnum, kept)) else content
