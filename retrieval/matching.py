"""Text and tokens -> what of the question stands where."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from retrieval.documents import Span
from retrieval.folding import fold
from retrieval.lexicon import Lexicon, joined

SHORTEST_RUN = 3
"""Characters of a run of bigrams that counts as a match though no word of the question is in it."""


CODE = re.compile(r"([a-z]+(?:/[a-z]+)*)([0-9]+[./:_-].+)")
"""A token such as hr/t203-2024, which may be written with a blank before its number."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A token of the question where it stands in a text."""

    token: str
    span: Span


class Finder:
    """Finds tokens in texts, as they were before folding."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._lexicon = Lexicon(form for token in tokens for form in _forms(token))

    def __call__(self, text: str) -> tuple[Occurrence, ...]:
        """The tokens in a text, in the order of their starts, the longest first; they may overlap."""
        folded = fold(text)
        return tuple(
            Occurrence(joined(folded.text[place.start : place.end]), folded.span_of(place.start, place.end))
            for place in self._lexicon.places(folded.text)
        )


def _forms(token: str) -> Iterator[str]:
    """A token, and a code as it is written with a blank."""
    yield token
    if code := CODE.fullmatch(token):
        yield " ".join(code.groups())


def matches(
    found: Sequence[Occurrence], words: AbstractSet[str], is_whole: Callable[[Span], bool]
) -> tuple[Span, ...]:
    """What matched, to be shown: the question's words, and longer runs in common with it.

    `is_whole` says of a run whether it begins and ends where a word of the question does.
    """
    long = [run for run in runs(o.span for o in found) if _length(run) >= SHORTEST_RUN and is_whole(run)]
    whole = [occurrence.span for occurrence in found if occurrence.token in words]
    return tuple(runs(sorted(long + whole, key=lambda span: span.start)))


def runs(spans: Iterable[Span]) -> list[Span]:
    """Spans in order of their start, those that overlap joined."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _length(span: Span) -> int:
    return span.end - span.start
