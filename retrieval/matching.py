"""Passage and question -> what matched, and the sentence that answers best."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from retrieval.documents import Paragraph, Span
from retrieval.folding import fold
from retrieval.passages import Passage
from retrieval.sentences import sentences

LONGEST_SENTENCE = 120
"""Characters of a sentence that is quoted; a longer one is cut at its commas."""

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
        Occurrence(
            match[1].replace(" ", ""),
            Span(folded.origins[match.start(1)], folded.origins[match.end(1) - 1] + 1),
        )
        for match in found
    )


def _pattern(token: str) -> str:
    if not token.isascii():
        return re.escape(token)
    parts = code.groups() if (code := CODE.fullmatch(token)) else (token,)
    return rf"(?<![a-z0-9]){' ?'.join(map(re.escape, parts))}(?![a-z0-9])"


def matches(found: Sequence[Occurrence], words: AbstractSet[str]) -> tuple[Span, ...]:
    """What matched, to be shown: the question's words, and longer runs in common with it."""
    runs = [run for run in _runs(occurrence.span for occurrence in found) if _length(run) >= SHORTEST_RUN]
    whole = [occurrence.span for occurrence in found if occurrence.token in words]
    return tuple(_runs(sorted(runs + whole, key=lambda span: span.start)))


def _runs(spans: Iterator[Span] | list[Span]) -> list[Span]:
    """Spans in order of their start, those that overlap joined."""
    runs: list[Span] = []
    for span in spans:
        if runs and span.start < runs[-1].end:
            runs[-1] = Span(runs[-1].start, max(runs[-1].end, span.end))
        else:
            runs.append(span)
    return runs


def best_sentence(passage: Passage, found: Sequence[Occurrence], weights: Mapping[str, float]) -> Span:
    """The sentence whose tokens weigh most, by its place in the passage's text; the first of equals."""

    def weight(sentence: Span) -> float:
        tokens = {o.token for o in found if sentence.start <= o.span.start and o.span.end <= sentence.end}
        return sum(weights[token] for token in tokens)

    return max(_sentences(passage), key=weight)


def _sentences(passage: Passage) -> Iterator[Span]:
    """The passage's sentences; headings that stand alone are none, unless there is nothing else."""
    text, offset = passage.text, passage.span.start
    paragraphs = passage.document.paragraphs[passage.first - 1 : passage.last]
    for paragraph in [p for p in paragraphs if not _is_heading(p)] or paragraphs:
        start = max(0, paragraph.span.start - offset)
        end = min(passage.span.end, paragraph.span.end) - offset
        for sentence in sentences(text[start:end], LONGEST_SENTENCE):
            stripped = text[start + sentence.start : start + sentence.end].rstrip()
            yield Span(start + sentence.start, start + sentence.start + len(stripped))


def _is_heading(paragraph: Paragraph) -> bool:
    return paragraph.heading is not None and paragraph.heading.alone


def _length(span: Span) -> int:
    return span.end - span.start
