"""Query -> passages, best first."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import reduce
from itertools import chain, product

import numpy as np

from retrieval.folding import HAN, fold
from retrieval.index import Index
from retrieval.lexicon import is_whole
from retrieval.numerals import SPELT
from retrieval.passages import Passage
from retrieval.queries import Query
from retrieval.spacing import closed_up

WEIGHED = 50
"""The passages that are looked at for the kind of answer they hold."""

KIND = 0.1
"""What it adds to a passage's score to hold the kind of answer that is asked for, as a share."""

LOOKED_AT = 150
"""The best passages that are looked at for what is quoted though they lack a bigram of it."""

BIGRAM = re.compile(rf"(?=((?:(?![{SPELT}])[{HAN}]){{2}}))")

NEIGHBOUR = "字"
"""Any will do that is no numeral."""

APART = "\0"
"""Between texts of which none goes on in the next; no document holds it."""

MARK = r"[\s“”\"‘’'「」『』]"
MARKS = re.compile(MARK)

TORN = re.compile(rf"\w(?:{MARK}|[＂＇｢｣﹁﹂﹃﹄])")
"""Where a blank or a mark may stand within what is quoted, so that a bigram of it is not there."""

Ranked = list[tuple[int, float]]
"""Passages by number, with their scores."""


def ranking(index: Index, query: Query, limit: int) -> tuple[Ranked, tuple[str, ...]]:
    """The best passages, `limit` of them or more where there are, and the quoted texts that none holds.

    Only passages that hold what is quoted are given, or where none holds all of it, those that hold most.
    """
    limit = max(limit, WEIGHED)
    if not query.quoted:
        return _of_the_kind(index, query, index.rank(scored_tokens(index, query), limit)), ()
    looked_at = list(_looked_at(index, query, limit))
    most = max((len(held) for _, _, held in looked_at), default=0)
    kept = [(number, score) for number, score, held in looked_at if len(held) == most]
    unmet = () if most == len(query.quoted) else _unmet(query.quoted, [held for _, _, held in looked_at])
    return _of_the_kind(index, query, kept[:limit]), unmet


def _looked_at(index: Index, query: Query, limit: int) -> Iterator[tuple[int, float, frozenset[str]]]:
    """The passages that may hold what is quoted, best first, with what they hold, until enough hold all.

    Those are the passages with its tokens, and the best of all: one that is typeset with blanks between its
    characters does not have the tokens.
    """
    forms = {text: _forms(text) for text in query.quoted}
    needed = [_sure_tokens(index, text) for text in query.quoted]
    likely = reduce(np.union1d, map(index.holding, needed))
    marked = frozenset(likely.tolist())
    are_bigrams = all(map(BIGRAM.match, chain(*needed)))
    complete = 0
    for number, score in index.rank_with(scored_tokens(index, query), LOOKED_AT, likely):
        said = _said(index.passages[number])
        # To fold what cannot hold it would take most of the time of such a question.
        may_hold = number in marked or not are_bigrams or TORN.search(said)
        held = _held(said, forms) if may_hold else frozenset()
        yield number, score, held
        complete += len(held) == len(forms)
        if complete == limit:
            return


def _sure_tokens(index: Index, text: str) -> list[str]:
    """Tokens of a passage that holds a text, wherever it stands there.

    They are numbers, Latin words and bigrams without numerals, which may be written otherwise beside what
    stands around the text; where it has nothing else, those are the best guess.
    """
    tokens = index.tokenizer(text)
    sure = [token for token in tokens if token.isascii()] + BIGRAM.findall(fold(text).text)
    return sure or tokens


def scored_tokens(index: Index, query: Query) -> list[str]:
    """The tokens that passages are ranked by; one that is repeated counts again."""
    others = dict.fromkeys(token for each in query.alternatives for token in each.other_tokens)
    return [
        *(token for token in query.tokens if token not in query.characters),
        *(token for token in others if token not in query.tokens),
        *query.joints,
        *(token for character in query.characters for token in sorted(index.tokens_with(character))),
    ]


def _said(passage: Passage) -> str:
    """What a passage says, its title, and the headings above it."""
    return APART.join([passage.text, passage.origin.title, *passage.headings])


def _held(said: str, quoted: Mapping[str, AbstractSet[str]]) -> frozenset[str]:
    """The quoted texts that are said, each in one piece."""
    bare = _bare(said)
    return frozenset(text for text, forms in quoted.items() if any(_stands_in(form, bare) for form in forms))


def _stands_in(form: str, said: str) -> bool:
    """Whether a text stands in another, and not inside a number or a Latin word: 60元 does not in 260元."""
    at = said.find(form)
    while at >= 0 and not is_whole(said, at, at + len(form)):
        at = said.find(form, at + 1)
    return at >= 0


def _unmet(quoted: tuple[str, ...], held: Iterable[AbstractSet[str]]) -> tuple[str, ...]:
    """The texts that stand nowhere, or all of them where each stands somewhere but never together."""
    anywhere = frozenset[str]().union(*held)
    return tuple(text for text in quoted if text not in anywhere) or quoted


def _forms(text: str) -> frozenset[str]:
    """The ways in which a text may be folded: beside a Han character the digit at its end is another."""
    return frozenset(
        _bare(f"{before}{text}{after}").removeprefix(before).removesuffix(after)
        for before, after in product(("", NEIGHBOUR), repeat=2)
    )


def _bare(text: str) -> str:
    """The folded text without blanks, line breaks and the quotation marks that it may hold itself."""
    return MARKS.sub("", fold(closed_up(text)).text)


def _of_the_kind(index: Index, query: Query, ranked: Ranked) -> Ranked:
    """A passage that holds the kind of answer that is asked for, such as a time, comes a little before."""
    weighed = [(number, score * bonus(index.passages[number], query)) for number, score in ranked]
    return sorted(weighed, key=lambda pair: -pair[1])


def bonus(passage: Passage, query: Query) -> float:
    """What a passage's score is multiplied by for the kind of answer it holds."""
    return 1 + KIND if query.kind and query.kind.search(passage.text) else 1.0
