"""Question -> what else may have been meant: words of the documents that are like its unknown ones."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice, pairwise
from zlib import crc32

from retrieval.documents import Span
from retrieval.folding import fold
from retrieval.index import Index
from retrieval.matching import Finder
from retrieval.tokens import HAN_CHARACTER, RUN

MARKS = 36**4

LIKE = 0.5
"""The share of the letters of two words that are the same in both, at least, unless one is a slip away."""

LONGEST = 12
"""Characters of an unknown word that is looked for; a longer one is a sentence."""

MOST_ALIKE = 20_000
"""Tokens that have something in common with a word; where more have it, it tells nothing, and takes long."""

LOOKED_AT = 100
"""The words most like an unknown one, of which those are found that go with the others."""

MOST_UNKNOWN = 8
"""Unknown words of a question, the first, for which others are looked for; a text that is pasted has many."""

BESIDE = 12
"""Characters on either side of a word that are cut with it."""

SHORTEST_LATIN = 4
"""Letters of a Latin word under which any other is like it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A word of the question by its place in it, and a word as the documents write it to ask by instead."""

    span: Span
    instead: str

    @property
    def mark(self) -> int:
        """Tells the change from others of its question, below 36 to the power of 4."""
        return 1 + crc32(f"{self.span.start} {self.instead}".encode()) % (MARKS - 1)

    def of(self, question: str) -> str:
        """The question as it is then asked."""
        return question[: self.span.start] + self.instead + question[self.span.end :]


def near(index: Index, question: str, most: int) -> tuple[Change, ...]:
    """At most so many changes of a question's words that stand in no document, the most like first; of such
    as are as like, those first that go best with what stands beside them, then those that are common.
    """
    folded = fold(question)
    content = index.interpret(question).content
    asked = frozenset(index.tokenizer(content))
    found: list[tuple[float, bool, float, int, Change]] = []
    for unknown in islice(dict.fromkeys(_unknown(index, content)), MOST_UNKNOWN):
        start = folded.text.find(unknown)
        if start >= 0:
            span = folded.span_of(start, start + len(unknown))
            like = nlargest(LOOKED_AT, _like(index, unknown))
            fits = _fits(index, content, unknown, [word for _, _, word in like])
            for (likeness, spread, word), fit in zip(like, fits, strict=True):
                # What is no word of the dictionary may be parts of two.
                is_word = index.tokenizer.has(word)
                if word not in asked and (is_word or (fit == 1 and content != unknown)):
                    found.append((likeness, is_word, fit, spread, Change(span, word)))
    found.sort(key=lambda each: each[:4], reverse=True)
    return tuple(Change(each.span, _as_written(index, each.instead)) for *_, each in found[:most])


def _fits(index: Index, content: str, unknown: str, words: Sequence[str]) -> list[float]:
    """How well each of some words goes with what stands beside an unknown one: the share of the tokens that
    stand somewhere, of those that the question has with it.
    """
    start = content.index(unknown)
    before = content[max(0, start - BESIDE) : start]
    behind = content[start + len(unknown) :][:BESIDE]
    cut = [frozenset(index.tokenizer(f"{before}{word}{behind}")) for word in words]
    known = index.known([*frozenset().union(*cut)])
    return [len(tokens & known) / len(tokens) for tokens in cut]


def _unknown(index: Index, content: str) -> Iterator[str]:
    """The stretches of a question's content that no known token covers; one character has its neighbours."""
    known = index.known([*dict.fromkeys(index.tokenizer(content))])
    spans = [each.span for each in Finder(known)(content)]
    covered = {at for span in spans for at in range(span.start, span.end)}
    for run in RUN.finditer(content):
        edges = [run.start() - 1, *(at for at in range(*run.span()) if at in covered), run.end()]
        for before, after in pairwise(edges):
            if after - before - 1 == 1:
                yield from _with_neighbours(content, before + 1, spans)
            elif 1 < after - before - 1 <= LONGEST:
                yield content[before + 1 : after]


def _with_neighbours(content: str, at: int, known: Sequence[Span]) -> Iterator[str]:
    """A character with the known word before it, and with the one behind it, if there are such."""
    start = min((span.start for span in known if span.end == at), default=at)
    end = max((span.end for span in known if span.start == at + 1), default=at + 1)
    for stretch in (content[start : at + 1], content[at:end]):
        if 1 < len(stretch) <= LONGEST:
            yield stretch


def _like(index: Index, unknown: str) -> Iterator[tuple[float, int, str]]:
    """The words that stand somewhere and are like another, how much, and in how many passages each stands."""
    words = [word for word in _holding(index, unknown) if len(word) > 1]
    for word, spread in zip(words, index.spread(words), strict=True):
        likeness = _likeness(unknown, word)
        if spread and likeness >= LIKE:
            yield likeness, spread, word


def _holding(index: Index, unknown: str) -> dict[str, None]:
    """The tokens that have something in common with a word."""
    found = (index.tokens_with(part, MOST_ALIKE) for part in _parts(unknown))
    return dict.fromkeys(token for tokens in found for token in tokens)


def _parts(unknown: str) -> Iterable[str]:
    """What a word that is like another has one of, at least."""
    if HAN_CHARACTER.search(unknown):
        return dict.fromkeys(character for character in unknown if HAN_CHARACTER.match(character))
    if len(unknown) < SHORTEST_LATIN:
        return ()
    third = max(2, len(unknown) // 3)
    return dict.fromkeys([unknown[:third], unknown[third:-third], unknown[-third:]])


def _likeness(word: str, other: str) -> float:
    """How like two words are: 1 where a slip makes one the other, else the share of their letters in both."""
    if _is_a_slip(word, other):
        return 1.0
    if not HAN_CHARACTER.search(word):
        return 0.0
    return 2 * (Counter(word) & Counter(other)).total() / (len(word) + len(other))


def _is_a_slip(word: str, other: str) -> bool:
    """Whether one letter more, less or another, or two that changed places, makes one word the other."""
    shorter, longer = sorted((word, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    differ = [at for at, (left, right) in enumerate(zip(shorter, longer, strict=False)) if left != right]
    if len(shorter) < len(longer):
        at = differ[0] if differ else len(shorter)
        return shorter[at:] == longer[at + 1 :]
    if len(differ) == 2:  # noqa: PLR2004 - a pair
        first, second = differ
        return second == first + 1 and shorter[first] == longer[second] and shorter[second] == longer[first]
    return len(differ) == 1


def _as_written(index: Index, word: str) -> str:
    """A folded word as the documents write it."""
    for number in index.holding([word])[:1].tolist():
        passage = index.passages[number]
        for text in (passage.text, *passage.headings, passage.origin.title):
            for found in Finder([word])(text):
                return str(text[found.span.start : found.span.end])
    return word
