"""Query -> passages, best first."""

from retrieval.index import Index
from retrieval.passages import Passage
from retrieval.queries import Query
from retrieval.quotations import LOOKED_AT, Quoted, Ranked, holding_most

WEIGHED = 50
"""The passages that are looked at for the kind of answer they hold."""

KIND = 0.1
"""What it adds to a passage's score to hold the kind of answer that is asked for, as a share."""


def ranking(index: Index, query: Query, limit: int) -> tuple[Ranked, tuple[str, ...]]:
    """The best passages, `limit` of them or more where there are, and the quoted texts that none holds.

    Only passages that hold what is quoted are given, or where none holds all of it, those that hold most.
    """
    limit = max(limit, WEIGHED)
    tokens = scored_tokens(index, query)
    if not query.quoted:
        return _of_the_kind(index, query, index.rank(tokens, limit)), ()
    quoted = Quoted(index, query.quoted)
    ranked = index.rank_with(tokens, LOOKED_AT, quoted.marked)
    kept, unmet = holding_most(quoted, ranked, limit)
    return _of_the_kind(index, query, kept), unmet


def scored_tokens(index: Index, query: Query) -> list[str]:
    """The tokens that passages are ranked by; one that is repeated counts again."""
    others = dict.fromkeys(token for each in query.alternatives for token in each.other_tokens)
    return [
        *(token for token in query.tokens if token not in query.characters),
        *(token for token in others if token not in query.tokens),
        *query.joints,
        *(token for character in query.characters for token in sorted(index.tokens_with(character))),
    ]


def _of_the_kind(index: Index, query: Query, ranked: Ranked) -> Ranked:
    """A passage that holds the kind of answer that is asked for, such as a time, comes a little before."""
    if not query.kind:
        return ranked
    weighed = [(number, score * bonus(index.passages[number], query)) for number, score in ranked]
    return sorted(weighed, key=lambda pair: -pair[1])


def bonus(passage: Passage, query: Query) -> float:
    """What a passage's score is multiplied by for the kind of answer it holds."""
    return 1 + KIND if query.kind and query.kind.search(passage.text) else 1.0
