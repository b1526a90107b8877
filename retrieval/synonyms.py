"""Question -> other words for what it asks about."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from retrieval.documents import Span
from retrieval.lexicon import Lexicon, apart, joined
from retrieval.tokens import Tokenizer

CERTAIN = 3
"""Characters of a word that stands nowhere by chance; 会计 does in 社会计划, and 车 in 车前草."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A word of a question, by its place, and the `others` that say the same."""

    span: Span
    others: tuple[str, ...]


class Synonyms:
    """Groups of words that say the same, folded. A word in two groups has the others of both."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        others: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for group in groups:
            for word in group:
                others[joined(word)].update((other, None) for other in group if other != word)
        self._others = {word: tuple(some) for word, some in others.items()}
        self._lexicon = Lexicon(word for group in groups for word in group)

    def variants(self, content: str, tokenizer: Tokenizer) -> tuple[Variant, ...]:
        """The words in a question's folded content that have others, in order.

        Of those that overlap the longest counts. A word of one character stands by itself, one of two may be
        a part of another word but not of two, and a longer one is meant wherever its characters stand.
        """
        found = list(self._lexicon.places(content))
        if not found:
            return ()
        edges = tokenizer.boundaries(content, guess=False)  # owners' words are those it would guess wrong
        meant = apart(place for place in found if _is_meant(place, edges))
        return tuple(
            Variant(place, self._others[joined(content[place.start : place.end])]) for place in meant
        )


def _is_meant(place: Span, edges: AbstractSet[int]) -> bool:
    length = place.end - place.start
    whole = {place.start, place.end} <= edges
    inside = length > 1 and edges.isdisjoint(range(place.start + 1, place.end))
    return length >= CERTAIN or whole or inside
