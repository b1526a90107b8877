"""Index -> an example: a question that its documents answer."""

import re
from collections.abc import Iterator
from itertools import islice

from retrieval.index import Index
from retrieval.passages import Passage
from retrieval.search import search
from retrieval.verdicts import Verdict

NUMBERING = re.compile(
    r"第[^\s、：:]{1,6}[编篇部卷章回集节節条條个個][^\s:：]{0,4}[\s:：]*"
    r"|[\d一二三四五六七八九十百]+[、.．]\s*"
    r"|[（(][^）)]{1,3}[）)]\s*"
)
PHRASE = re.compile(r"[^\W\d_]{4,16}[？?]?")
"""A pleasant example: one phrase of some characters, without a number or a mark."""

SHORT = 8
"""Characters up to which a heading is rather a word to ask by than a statement."""

LOOKED_AT = 500
"""The first passages, among which there is an example if there is any."""

TRIED = 20


def example(index: Index) -> str | None:
    """A heading, a title or a part of a sentence that its own document answers best; None when none is.

    A heading that is a question itself comes first, then a short one.
    """
    for question, passage in islice(_candidates(index), TRIED):
        answer = search(index, question, limit=1)
        if answer.verdict is Verdict.FOUND and answer.hits[0].passage.origin == passage.origin:
            return question
    return None


def _candidates(index: Index) -> Iterator[tuple[str, Passage]]:
    passages = index.passages[:LOOKED_AT]
    headings = [(heading, passage) for passage in passages for heading in _headings(passage)]
    yield from (pair for pair in headings if pair[0].endswith(("？", "?")))
    yield from sorted(headings, key=lambda pair: len(pair[0]) > SHORT)
    titles = ((passage.origin.title, passage) for passage in passages if passage.first == 1)
    yield from (pair for pair in titles if PHRASE.fullmatch(pair[0]))
    yield from ((clause, passage) for passage in passages for clause in _clauses(passage))


def _headings(passage: Passage) -> Iterator[str]:
    innermost = (NUMBERING.sub("", heading, count=1) for heading in passage.headings[-1:])
    return (heading for heading in innermost if PHRASE.fullmatch(heading))


def _clauses(passage: Passage) -> Iterator[str]:
    return (clause for clause in re.split(r"[^\w]+", passage.text) if PHRASE.fullmatch(clause))
