"""Text and tokens -> what of the question stands where."""

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from retrieval.documents import Span
from retrieval.folding import fold

SHORTEST_RUN = 3
"""Characters of a run of bigrams that counts as a match though no word of the question is in it."""


CODE = re.compile(r"([a-z]+(?:/[a-z]+)*)([0-9]+[./:_-].+)")
"""A token such as hr/t203-2024, which may be written with a blank before its number."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A token of the question where it stands in a text."""

    token: str
    span: Span


def occurrences(text: str, tokens: AbstractSet[str]) -> tuple[Occurrence, ...]:
    """The question's tokens in a text, as it was before folding, in order; they may overlap."""
    parts = sorted((_pattern(token) for token in tokens), key=len, reverse=True)
    if not parts:
        return ()
    folded = fold(text)
    found = re.finditer(f"(?=({'|'.join(parts)}))", folded.text)  # looking ahead finds overlapping ones
    return tuple(
        Occurrence(match[1].replace(" ", ""), folded.span_of(match.start(1), match.end(1))) for match in found
    )


def _pattern(token: str) -> str:
    """A blank in a token may be missing in the text, and the other way round in a code."""
    parts = code.groups() if (code := CODE.fullmatch(token)) else token.split()
    written = " ?".join(map(re.escape, parts))
    return rf"(?<![a-z0-9]){written}(?![a-z0-9])" if token.isascii() else written


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
