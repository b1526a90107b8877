"""Text -> tokens, the units of matching."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

from retrieval.dictionary import dictionary
from retrieval.folding import HAN, fold
from retrieval.late_pattern import LatePattern
from retrieval.lexicon import Lexicon, apart, joined
from retrieval.segmenting import Segmenter

LATIN = r"[a-z0-9]+(?:[./:_+@-][a-z0-9]+)*[%‰]?"
RUN = LatePattern(
    rf"(?P<han>[{HAN}]+)"
    r"|(?P<code>[a-z]+(?:/[a-z]+)* \d+(?:[./:_-][a-z0-9]+)+)"  # GB/T 22239-2019
    rf"|(?P<word>{LATIN})"
    rf"|(?P<other>[^\W_{HAN}]+)"
)
JOINTS = (
    LatePattern(rf"[{HAN}]{LATIN}"),
    # From the beginning of a Latin run only: from each letter of a long one it would be looked through again.
    LatePattern(rf"(?<![a-z0-9])(?<![a-z0-9][./:_+@-]){LATIN}[{HAN}]"),
)
HAN_CHARACTER = LatePattern(f"[{HAN}]")
ORDINAL = LatePattern(rf"第[0-9]+[{HAN}]")
PART = re.compile(r"[a-z0-9]+")


class Tokenizer:
    """Cuts passages and questions alike.

    A Han run gives its overlapping bigrams, which miss nothing, and the words that jieba sees in it,
    which say what belongs together: a word of two characters counts its bigram again. A Latin word
    or a code is kept whole, and a code's parts beside it; a number that counts what follows, such as 第18条,
    is a token with it.

    The owner's `terms`, folded, are words wherever they stand. jieba cuts what is between those of Han
    characters; others (b超, c++, iso 9001), and one that a longer one overlaps, are tokens beside the rest,
    without their blanks. A text in which no term stands is cut as it would be without any.
    """

    def __init__(self, derived: Path, terms: Iterable[str] = ()) -> None:
        """Load jieba's dictionary: a second, half of it where `derived` keeps it from an earlier load.

        The terms are no part of it.
        """
        self.terms = tuple(sorted(set(terms)))
        self._lexicon = Lexicon(term for term in self.terms if len(term) > 1)
        self._jieba = _jieba(derived)

    def __call__(self, text: str) -> list[str]:
        folded = fold(text).text
        return self._with_terms(folded, list(self._tokens(folded)))

    def words(self, text: str) -> list[str]:
        """The words of a text, without single characters."""
        folded = fold(text).text
        return self._with_terms(folded, list(self._words(folded)))

    def has(self, word: str) -> bool:
        """Whether a folded word is one of the dictionary's or the owner's, or not Han; others are guessed."""
        return not HAN_CHARACTER.search(word) or bool(self._jieba.FREQ.get(word)) or word in self.terms

    def joints(self, text: str) -> list[str]:
        """The places where a number or a Latin word meets a Han character: 鲁1724, 1724刑 and 56号.

        They tell documents apart by their numbers, whose parts say little.
        """
        folded = fold(text).text
        return [joint for pattern in JOINTS for joint in pattern.findall(folded)]

    def boundaries(self, folded: str, *, guess: bool = True) -> frozenset[int]:
        """Where in a folded text words begin and end.

        With `guess`, jieba sees words in what its dictionary does not have, such as names; without, each
        character of them is a word.
        """
        edges: set[int] = set()
        for match in RUN.finditer(folded):
            run = match.group()
            words = self._jieba.cut(run, HMM=guess) if match.lastgroup == "han" else (run,)
            edges.update(accumulate(map(len, words), initial=match.start()))
        for term in apart(self._lexicon.places(folded)):
            edges.difference_update(range(term.start + 1, term.end))
            edges.update((term.start, term.end))
        return frozenset(edges)

    def _tokens(self, folded: str) -> Iterator[str]:
        for match in RUN.finditer(folded):
            run = match.group()
            if match.lastgroup == "han":
                yield from self._han(run)
            else:
                yield joined(run)
                parts = PART.findall(run)
                if len(parts) > 1:
                    yield from parts
        yield from ORDINAL.findall(folded)

    def _han(self, run: str) -> Iterator[str]:
        yield from (run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else (run,)
        yield from self._han_words(run)

    def _words(self, folded: str) -> Iterator[str]:
        for match in RUN.finditer(folded):
            if match.lastgroup == "han":
                yield from self._han_words(match.group())
            else:
                yield joined(match.group())
        yield from ORDINAL.findall(folded)

    def _han_words(self, run: str) -> Iterator[str]:
        at = 0
        for term in apart(self._lexicon.places(run)):
            yield from self._searched(run[at : term.start])
            yield from self._of_term(run[term.start : term.end])
            at = term.end
        yield from self._searched(run[at:])

    def _of_term(self, term: str) -> Iterator[str]:
        """A term behind the words of the dictionary that are in it."""
        yield from (word for word in self._searched(term, guess=False) if word != term)
        yield term

    def _searched(self, text: str, *, guess: bool = True) -> Iterator[str]:
        return (word for word in self._jieba.cut_for_search(text, HMM=guess) if len(word) > 1)

    def _with_terms(self, folded: str, tokens: list[str]) -> list[str]:
        """The tokens, and the terms in the text that are none of them."""
        terms = [joined(folded[place.start : place.end]) for place in self._lexicon.places(folded)]
        known = {*tokens} if terms else ()
        return tokens + [term for term in terms if term not in known]


def _jieba(derived: Path) -> Segmenter:
    loaded = Segmenter()
    loaded.FREQ, loaded.total = dictionary(derived)
    loaded.initialized = True
    return loaded
