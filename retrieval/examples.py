"""Index -> an example: a question that its documents answer."""

import re
from collections.abc import Iterator
from itertools import islice

from retrieval.folding import fold
from retrieval.index import Index
from retrieval.late_pattern import LatePattern
from retrieval.passages import Passage
from retrieval.search import search
from retrieval.verdicts import Verdict

NUMBERING = LatePattern(
    r"第[^\s、：:]{1,6}[编篇部卷章回集节節条條个個][^\s:：]{0,4}[\s:：]*"
    r"|[\d一二三四五六七八九十百]+[、.．]\s*"
    r"|[（(][^）)]{1,3}[）)]\s*"
)
ASKED_FOR = re.compile(
    "(?:时间|日期|期限|地点|地址|电话|联系方式|费用|价格|票价|收费|标准|金额|比例|数量|范围|对象|条件|资格|材料|手续"
    "|流程|程序|步骤|法|方式|规定|要求|须知|规则|制度|职责|权利|义务|责任|内容|原因|目的|用途|注意事项|安排"
    "|政策|待遇|措施|处罚)$"
)
"""What a heading ends with that people ask for."""

DEMANDS = re.compile(
    "(?<![重主需纪摘概])要(?![求点素件])|[必务]须|应[当该]|不得|不准|禁止|严禁|我"
    "|^(?:积极|切实|认真|严格|严守|大力|全力|全面|坚决|坚持|进一步|着力|狠抓|强化|加强|加大|加快|提高|提升|推进|推动"
    "|落实|做好|优化|确保|深化|创新|助力|统一)"
)
"""What stands in a heading that demands or vows something, rather than tell what is said below."""

PHRASE = re.compile(r"[^\W\d_]{4,16}[？?]?")
"""A pleasant example: one phrase of some characters, without a number or a mark."""

SHORT = 8
"""Characters up to which a heading is rather a word to ask by than a statement."""

LOOKED_AT = 500
"""The first passages, among which there is an example if there is any."""

TRIED = 20


def example(index: Index) -> str | None:
    """A heading or a title that its own document answers best, as somebody might ask; None when none is.

    A heading that is a question itself comes first, then one of what people ask for, as a time or a price,
    then a title; the shorter first.
    """
    candidates: dict[str, Passage] = {}
    for question, passage in _candidates(index):
        candidates.setdefault(question, passage)  # a heading stands over many
    for question, passage in islice(candidates.items(), TRIED):
        answer = search(index, question, limit=1)
        if answer.verdict is Verdict.FOUND and answer.hits[0].passage.origin == passage.origin:
            return question
    return None


def _candidates(index: Index) -> Iterator[tuple[str, Passage]]:
    passages = index.passages[:LOOKED_AT]
    headings = [(heading, passage) for passage in passages for heading in _headings(passage)]
    headings.sort(key=lambda pair: len(pair[0]) > SHORT)
    yield from (pair for pair in headings if pair[0].endswith(("？", "?")))
    offered = [pair for pair in headings if not DEMANDS.search(fold(pair[0]).text)]
    yield from (pair for pair in offered if ASKED_FOR.search(fold(pair[0]).text))
    yield from (
        (passage.origin.title, passage)
        for passage in passages
        if passage.first == 1 and PHRASE.fullmatch(passage.origin.title)
    )
    yield from offered


def _headings(passage: Passage) -> Iterator[str]:
    innermost = (NUMBERING.sub("", heading, count=1) for heading in passage.headings[-1:])
    return (heading for heading in innermost if PHRASE.fullmatch(heading))
