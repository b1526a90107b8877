"""Text and tokens -> what of the question stands where."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from retrieval.documents import Span
from retrieval.folding import fold
from retrieval.lexicon import joined

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

    def __init__(self, tokens: AbstractSet[str]) -> None:
        patterns = {token: _pattern(token) for token in sorted(tokens, key=len, reverse=True)}
        # Looking ahead finds those that overlap, but of those that begin at one place only the first.
        self._first = re.compile(f"(?=({'|'.join(patterns.values())}))") if patterns else None
        self._shorter = {
            joined(token): tuple(
                re.compile(written)
                for other, written in patterns.items()
                if other != token and joined(token).startswith(joined(other))
            )
            for token in patterns
        }

    def __call__(self, text: str) -> tuple[Occurrence, ...]:
        """The tokens in a text, in the order of their starts, the longest first."""
        if self._first is None:
            return ()
        folded = fold(text)
        return tuple(
            Occurrence(token, folded.span_of(start, end)) for token, start, end in self._in(folded.text)
        )

    def _in(self, folded: str) -> Iterator[tuple[str, int, int]]:
        assert self._first is not None
        for match in self._first.finditer(folded):
            token, start = joined(match[1]), match.start()
            yield token, start, match.end(1)
            for pattern in self._shorter[token]:
                if shorter := pattern.match(folded, start):
                    yield joined(shorter[0]), start, shorter.end()


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
