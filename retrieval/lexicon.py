"""A list of words -> where they stand in a folded text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from retrieval.documents import Span


class Lexicon:
    """Finds its words, which are folded, wherever they stand.

    A blank in a word may be missing in the text. A word that begins or ends with a Latin letter or a digit
    does not stand inside a longer one: `it` is not in `digital`, nor 3号 in 13号.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(form for word in words if word for form in (word, joined(word)))
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[0]].add(len(word))
        self._lengths = {first: tuple(sorted(some, reverse=True)) for first, some in lengths.items()}

    def places(self, folded: str) -> Iterator[Span]:
        """Every place of every word, in the order of their starts, the longest first; they may overlap."""
        if not self._lengths:
            return
        for start, first in enumerate(folded):
            for length in self._lengths.get(first, ()):
                end = start + length
                if folded[start:end] in self._words and end <= len(folded) and is_whole(folded, start, end):
                    yield Span(start, end)


def joined(word: str) -> str:
    """A word without its blanks, in which `iso 9001` and `iso9001` are one."""
    return word.replace(" ", "")


def apart(places: Iterable[Span]) -> list[Span]:
    """Those of some places that do not overlap, the longer ones chosen first, in order."""
    chosen: list[Span] = []
    taken: set[int] = set()
    for place in sorted(places, key=lambda place: (place.start - place.end, place.start)):
        characters = range(place.start, place.end)
        if taken.isdisjoint(characters):
            taken.update(characters)
            chosen.append(place)
    return sorted(chosen, key=lambda place: place.start)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a folded text neither begins nor ends inside a Latin word or a number."""
    return not (_joins(text[start - 1 : start + 1]) or _joins(text[end - 1 : end + 1]))


def _joins(pair: str) -> bool:
    """Whether two neighbours are of one Latin word or number; at an end of the text there is one only."""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()  # noqa: PLR2004 - a pair
