"""Question -> what it is about, without the words that merely ask; and which words these are."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from retrieval.courtesies import plainly
from retrieval.documents import Span
from retrieval.folding import fold
from retrieval.lexicon import Lexicon, apart
from retrieval.tokens import Tokenizer

COUNTED = (
    "分钟 小时 点钟 点 个 天 月 号 年 岁 次 级 条 名 位 种 项 家 本 册 间 层 楼 块 元 斤 成 倍 "
    "人 口 张 度 回 遍 页 章 节 方 国 场 份 片 座 件 所 支 类"
)
"""What 几 asks the number of, and 哪一 which of."""

PHRASES = """
    请问一下 请问 我想知道 想问一下 谁知道 有没有人知道 告诉我
    为什么 为啥 是什么 什么时候 什么时间 什么样 什么 甚么 啥时候 啥
    怎么样 怎么办 怎么 怎样 如何 咋 是多少 多少 多久 多大 多长 多高 多远
    是哪些 是哪个 有哪些 哪些 哪个 哪里 哪儿 哪种 哪几 哪一 哪天 哪年 哪位 哪家 哪本 哪条 是谁 谁
    星期几 礼拜几 周几 可以吗 可以 是不是 有没有 能不能 可不可以 要不要 是否 能否 可否 何时 何地 为何
"""

ASKING = Lexicon(
    [*PHRASES.split(), *(f"{which}{what}" for which in ("几", "哪一", "哪几") for what in COUNTED.split())]
)
"""Simplified, as texts are folded before."""

ASKS = re.compile("[?？]|什么|甚么|怎|如何|多少|几|哪|谁|何时|何处|是否|能否|可否|吗")
"""What a heading has, as it is written, that its text answers."""

JOINING = """
    我们 你们 他们 她们 它们 咱们 自己 大家 这个 那个 这些 那些 这里 那里 这儿 那儿 这边 那边 这样 那样
    这么 那么 这种 那种
    以及 或者 还是 并且 而且 但是 可是 不过 如果 假如 要是 的话 因为 由于 所以 因此 为了 关于 对于 有关
    至于 除了 按照 根据
    之内 之外 以内 以外 之上 之下 以上 以下 之前 之后 以前 以后 之间 之中 当中 其中 一个 一种 一些 有些
    某个 某些
    一下 一下子 一共 总共 大概 大约 左右 到底 究竟 一般 通常 目前 现在 已经 曾经 正在 还有 还要 还能 都有
    只有 只能 才能 才会 就是
    可能 应该 应当 需要 想要 能够 会不会 该不该 行不行 好不好 对不对 算不算 用不用 需不需要 知道 想知道
    看看 问问 帮忙 谢谢
    干什么 干嘛 做什么 有何 何处 何人 何事 何物 何年 何月 何日 何用 哪国 哪边 哪部 哪座 哪类 多少钱
    an the is are was were be been do does did how what when where whom whose which why could would should
    please tell me my we our you your they their this that these those there here of to in on at for from by
    with about and or but if
"""

FILLERS = frozenset([*JOINING.split(), *PHRASES.split()])
"""Words by which nothing is missed where they stand nowhere: they join others, or ask."""

PARTICLE = re.compile(r"[吗呢吧呀啊嘛](?=\W|$)")

_KIND = (
    r"(?:嗯|哦|噢|哈|呵|嘿|是的|对的|没事|不用了|不用谢|你好|您好|大家好|早上好|早安|下午好|晚上好|晚安|嗨|在吗|在么|谢谢|多谢|感谢|辛苦|再见|拜拜|好的|好吧|不客气|"
    r"hello|hi|hey|thanks|thank you|ok|bye)(?:你们?|您|了|啦|大家)?\W*"
)
_TOLD = r"(?:收到|明白|知道|没有)(?:了|啦)?\W*"
GREETING = re.compile(rf"\W*(?:{_TOLD}(?:{_KIND})*|(?:{_KIND})+(?:{_TOLD})?)")
"""Said to somebody, not asked of documents."""


def about(question: str, tokenizer: Tokenizer) -> str:
    """The question, folded, with a blank for each asking word; empty when it is nothing but a greeting."""
    folded = fold(question).text
    if GREETING.fullmatch(folded):
        return ""
    folded = plainly(folded, tokenizer)
    particles = (Span(*match.span()) for match in PARTICLE.finditer(folded))
    return _blanked(folded, [*ASKING.places(folded), *particles], tokenizer, _asks)


def without(content: str, stopwords: Lexicon, tokenizer: Tokenizer) -> str:
    """What a question is about, with a blank for each of the owner's stopwords that is no part of a word.

    A question of nothing but stopwords keeps them: better a poor answer than none.
    """
    kept = _blanked(content, list(stopwords.places(content)), tokenizer, _is_apart)
    return kept if any(map(str.isalnum, kept)) else content


Edges = AbstractSet[int]
"""Where words begin and end."""


def _blanked(
    text: str, places: Sequence[Span], tokenizer: Tokenizer, meant: Callable[[Span, Edges], bool]
) -> str:
    """A text with a blank for each place that is meant; of those that overlap the longest."""
    if not places:
        return text
    edges = tokenizer.boundaries(text)
    for place in reversed(apart(place for place in places if meant(place, edges))):
        text = f"{text[: place.start]} {text[place.end :]}"
    return text


def _is_apart(place: Span, edges: Edges) -> bool:
    return {place.start, place.end} <= edges


def _asks(place: Span, edges: Edges) -> bool:
    """Whether a word ends where the asking word does, or begins with it, as in 哪一国; not so in 任何时候."""
    begins = edges.isdisjoint(range(place.start + 1, place.end + 1))
    return place.start in edges and (place.end in edges or begins)
