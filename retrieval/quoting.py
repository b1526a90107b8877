"""Passage -> the sentence in it that answers best."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from retrieval.documents import Span
from retrieval.folding import HAN
from retrieval.late_pattern import LatePattern
from retrieval.matching import Occurrence, runs
from retrieval.passages import Part, Passage
from retrieval.questions import ASKS
from retrieval.readers.tables import BETWEEN, NAMED
from retrieval.sentences import SENTENCE_END, clauses, sentences

LONGEST = 120
"""Characters of a sentence that is quoted; of a longer one, as many whole clauses as fit."""

# What a sentence is worth was found by trying on question sets of three kinds.

SAID_ABOVE = 0.5
"""How much a token counts that stands in the title or a heading: it goes for every sentence below."""

COMPLETE = 0.08
"""What it adds that a sentence, or the part of it that is quoted, comes to its end."""

OF_THE_KIND = 0.2
"""What it adds that it holds the kind of answer that is asked for."""

ECHO = 3
"""Characters beyond what matched at which a sentence is worth half: one that says nothing new is an echo."""

LEADING = re.compile(r"[？?：:]\W*\Z")
"""The end of a sentence that the next one answers, or that a list follows."""

HALF = re.compile(r"[；;]\W*\Z")
"""The end of a part of a sentence."""

GAP = LatePattern(rf"(?<=[{HAN}）)】》”])[ \u3000]+(?=[{HAN}（(【《“0-9])")
"""A blank, which Chinese has only behind a heading or a dateline that runs into its text."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a good sentence holds: the question's tokens, which weigh more or less, and a kind of answer.

    `above` are the tokens that stand in the passage's title or headings.
    """

    weights: Mapping[str, float]
    above: AbstractSet[str]
    kind: re.Pattern[str] | None = None


def best_sentence(passage: Passage, found: Sequence[Occurrence], sought: Sought) -> Span:
    """The best sentence by its place in the passage's text; the first of equals.

    `found` is where the question's tokens stand in the passage.
    """
    counted = {token: w * (SAID_ABOVE if token in sought.above else 1) for token, w in sought.weights.items()}
    total = sum(sought.weights.values()) or 1.0

    def worth(quoted: Span) -> float:
        inside = [o for o in found if quoted.start <= o.span.start and o.span.end <= quoted.end]
        held = {o.token for o in inside}
        said = sum(weight for token, weight in counted.items() if token in held) / total
        whole = COMPLETE if SENTENCE_END.search(passage.text, quoted.start, quoted.end) else 0
        asked = (
            OF_THE_KIND if sought.kind and sought.kind.search(passage.text, quoted.start, quoted.end) else 0
        )
        matched = sum(run.end - run.start for run in runs(o.span for o in inside))
        new = quoted.end - quoted.start - matched
        return (said + whole + asked) * new / (new + ECHO)

    return _with_what_follows(passage, max(_quotable(passage), key=worth))


def _with_what_follows(passage: Passage, quoted: Span) -> Span:
    """What is quoted; a question, or what ends in a colon, with the next sentence, if that is not long."""
    text = passage.text
    if not LEADING.search(text, quoted.start, quoted.end):
        return quoted
    parts = [part for paragraph in passage.body for part in _parts(text, paragraph.span)]
    following = (
        part
        for part in parts
        if part.start >= quoted.end and any(map(str.isalnum, text[part.start : part.end]))
    )  # not the ** behind what is bold
    end = next((part.end for part in following), quoted.end)
    return Span(quoted.start, end) if end - quoted.start <= LONGEST else quoted


def _quotable(passage: Passage) -> Iterator[Span]:
    """What may be quoted, at most the longest: sentences, their halves, parts of long ones; rows as a whole.

    A heading that runs into its text is quoted with the sentence behind it, and not where it asks.
    """
    for paragraph in passage.body:
        if _is_row(passage.text, paragraph.span):
            yield paragraph.span
            continue
        parts = _parts(passage.text, paragraph.span)
        for first, part in enumerate(parts):
            if part.end < paragraph.span.end and _heads(paragraph, passage.text[part.start : part.end]):
                if not ASKS.search(passage.text, part.start, part.end):
                    yield from _with_the_next(parts[first:])
                continue
            yield from _short_enough(passage.text, part)
            yield from _longer(passage.text, parts[first:])


def _is_row(text: str, place: Span) -> bool:
    """Whether a paragraph is a row of a table, with the names of its columns, that is not long."""
    cells = text[place.start : place.end].split(BETWEEN)
    return len(cells) > 1 and place.end - place.start <= LONGEST and all(NAMED in cell for cell in cells)


def _with_the_next(parts: Sequence[Span]) -> Iterator[Span]:
    if len(parts) > 1 and parts[1].end - parts[0].start <= LONGEST:
        yield Span(parts[0].start, parts[1].end)


def _parts(text: str, place: Span) -> list[Span]:
    """The sentences of a paragraph, cut at semicolons too, without the white space behind them."""
    found = sentences(text[place.start : place.end])
    return [
        Span(place.start + part.start, place.start + part.start + len(words))
        for part in found
        if (words := text[place.start + part.start : place.start + part.end].rstrip())
    ]


def _short_enough(text: str, part: Span) -> Iterator[Span]:
    starts = [part.start, *(gap.end() for gap in GAP.finditer(text, part.start, part.end))]
    for start in starts:
        if part.end - start <= LONGEST:
            yield Span(start, part.end)
        else:
            yield from _stretches(text, Span(start, part.end))


def _longer(text: str, parts: Sequence[Span]) -> Iterator[Span]:
    """The first part with those that follow in its sentence."""
    for part, following in pairwise(parts):
        if following.end - parts[0].start > LONGEST or not HALF.search(text, part.start, part.end):
            return
        yield Span(parts[0].start, following.end)


def _heads(paragraph: Part, sentence: str) -> bool:
    """Whether a sentence is the heading that its paragraph begins with."""
    return paragraph.heading is not None and sentence.rstrip("。！？") == paragraph.heading.rstrip("！？")


def _stretches(text: str, sentence: Span) -> Iterator[Span]:
    parts = list(clauses(text, sentence, LONGEST))
    last = 0
    for first, begin in enumerate(parts):
        while last + 1 < len(parts) and parts[last + 1].end - begin.start <= LONGEST:
            last += 1
        yield Span(begin.start, parts[max(first, last)].end)
        if last + 1 == len(parts):
            return
