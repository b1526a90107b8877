"""Query -> passages, best first."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import product

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

MARKS = re.compile(r"[\s“”\"‘’'「」『』]")

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
    """The passages that may hold what is quoted, best first, with what they hold, until enough hold all."""
    forms = {text: _forms(text) for text in query.quoted}
    complete = 0
    for number, score in _likely(index, query):
        held = _held(index.passages[number], forms)
        yield number, score, held
        complete += len(held) == len(forms)
        if complete == limit:
            return


def _likely(index: Index, query: Query) -> Ranked:
    """The passages that may hold what is quoted, best first: those with its tokens, and the best of all.

    A passage that is typeset with blanks between its characters does not have the tokens.
    """
    ranked = index.rank(scored_tokens(index, query), len(index.passages))
    likely = [index.holding(_sure_tokens(index, text)) for text in query.quoted]
    marked = frozenset[int]().union(*likely)
    return [pair for place, pair in enumerate(ranked) if place < LOOKED_AT or pair[0] in marked]


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


def _held(passage: Passage, quoted: Mapping[str, AbstractSet[str]]) -> frozenset[str]:
    """The quoted texts that a passage holds, or its title, or a heading above it."""
    said = _bare(APART.join([passage.text, passage.origin.title, *passage.headings]))
    return frozenset(text for text, forms in quoted.items() if any(_stands_in(form, said) for form in forms))


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
