"""Quoted texts -> the passages that hold them, word for word."""

import re
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import islice, product

import numpy as np

from retrieval.bm25 import Scored
from retrieval.folding import HAN, fold
from retrieval.index import Index
from retrieval.late_pattern import LatePattern
from retrieval.lexicon import is_whole
from retrieval.numerals import SPELT
from retrieval.spacing import closed_up

Ranked = list[Scored]
"""Passages by number, with their scores."""

LOOKED_AT = 150
"""The best passages that are looked at for what is quoted though they lack a bigram of it."""

BIGRAM = LatePattern(rf"(?=((?:(?![{SPELT}])[{HAN}]){{2}}))")

NEIGHBOUR = "字"
"""Any will do that is no numeral."""

APART = "\0"
"""Between texts of which none goes on in the next; no document holds it."""

MARK = r"[\s“”\"‘’'「」『』]"
MARKS = re.compile(MARK)

TORN = LatePattern(rf"[{HAN}](?:{MARK}|[＂＇｢｣﹁﹂﹃﹄])+[{HAN}]")
"""Where a blank or a mark stands within what may be quoted, so that a bigram of it is no token."""


class Quoted:
    """The texts that a question quotes, and which of them a passage holds; each is looked at but once."""

    def __init__(self, index: Index, texts: tuple[str, ...]) -> None:
        self.texts = texts
        self._passages = index.passages
        self._forms = {text: _forms(text) for text in texts}
        needed = [_sure_tokens(index, text) for text in texts]
        holding = [*map(index.holding, needed)]
        self.marked = reduce(np.union1d, holding)
        """The passages that have the tokens of any of the texts, by number."""
        self._marked = [frozenset(numbers.tolist()) for numbers in holding]
        self._are_bigrams = [all(map(BIGRAM.match, tokens)) for tokens in needed]
        self._held: dict[int, frozenset[str]] = {}

    def likely(self, number: int) -> list[str]:
        """The texts that a passage may hold: all of whose bigrams it has, or that are not made of such."""
        given = zip(self.texts, self._marked, self._are_bigrams, strict=True)
        return [text for text, numbers, are_bigrams in given if number in numbers or not are_bigrams]

    def held(self, number: int) -> frozenset[str]:
        """The texts that a passage holds."""
        if number not in self._held:
            self._held[number] = self._look(number)
        return self._held[number]

    def _look(self, number: int) -> frozenset[str]:
        passage = self._passages[number]
        said = APART.join([passage.text, passage.origin.title, *passage.headings])
        # To fold what cannot hold it would take most of the time of such a question.
        if not self.likely(number) and not TORN.search(said):
            return frozenset()
        bare = _bare(said)
        return frozenset(
            text for text, forms in self._forms.items() if any(_stands_in(form, bare) for form in forms)
        )


def holding_most(quoted: Quoted, ranked: Ranked, limit: int) -> tuple[Ranked, tuple[str, ...]]:
    """The best of the passages that hold most of what is quoted, and what none holds.

    The best of all are looked at in any case: one that is typeset with blanks between its characters does not
    have the tokens.
    """

    def looked_at(is_hoped_for: Callable[[list[str]], bool]) -> Iterator[tuple[int, float]]:
        for place, (number, score) in enumerate(ranked):
            if place < LOOKED_AT or is_hoped_for(quoted.likely(number)):
                yield number, score

    def is_somewhere(text: str) -> bool:
        return any(text in quoted.held(number) for number, _ in looked_at(lambda likely: text in likely))

    def holding(count: int) -> Iterator[tuple[int, float]]:
        hoped_for = looked_at(lambda likely: len(likely) >= count)
        return (pair for pair in hoped_for if len(quoted.held(pair[0])) == count)

    for count in range(len(quoted.texts), 0, -1):
        if kept := [*islice(holding(count), limit)]:
            if count == len(quoted.texts):
                return kept, ()
            return kept, tuple(text for text in quoted.texts if not is_somewhere(text)) or quoted.texts
    return ranked[:limit], quoted.texts


def _sure_tokens(index: Index, text: str) -> list[str]:
    """Tokens of a passage that holds a text, wherever it stands there.

    They are numbers and Latin words, which may be parts of a longer code, and bigrams without numerals, which
    may be written otherwise beside what stands around the text; where it has nothing else, those are the best
    guess.
    """
    tokens = index.tokenizer(text)
    sure = [token for token in tokens if token.isascii() and token.isalnum()] + BIGRAM.findall(
        fold(text).text
    )
    return sure or tokens


def _stands_in(form: str, said: str) -> bool:
    """Whether a text stands in another, and not inside a number or a Latin word: 60元 does not in 260元."""
    at = said.find(form)
    while at >= 0 and not is_whole(said, at, at + len(form)):
        at = said.find(form, at + 1)
    return at >= 0


def _forms(text: str) -> frozenset[str]:
    """The ways in which a text may be folded: beside a Han character the digit at its end is another."""
    return frozenset(
        _bare(f"{before}{text}{after}").removeprefix(before).removesuffix(after)
        for before, after in product(("", NEIGHBOUR), repeat=2)
    )


def _bare(text: str) -> str:
    """The folded text without blanks, line breaks and the quotation marks that it may hold itself."""
    return MARKS.sub("", fold(closed_up(text)).text)
