"""Passage -> the sentence in it that answers best."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from retrieval.documents import Paragraph, Span
from retrieval.matching import Occurrence, runs
from retrieval.passages import Passage
from retrieval.sentences import SENTENCE_END, clauses, sentences

LONGEST = 120
"""Characters of a sentence that is quoted; of a longer one, as many whole clauses as fit."""

# What a sentence is worth was found by trying on question sets of three kinds.

SAID_ABOVE = 0.5
"""How much a token counts that stands in the title or a heading: it goes for every sentence below."""

COMPLETE = 0.08
"""What it adds that a sentence, or the part of it that is quoted, comes to its end."""

ECHO = 3
"""Characters beyond what matched at which a sentence is worth half: one that says nothing new is an echo."""


def best_sentence(
    passage: Passage, found: Sequence[Occurrence], weights: Mapping[str, float], above: AbstractSet[str]
) -> Span:
    """The best sentence by its place in the passage's text; the first of equals.

    `found` is where the question's tokens stand in the passage, `weights` their weights, and `above`
    those that stand in its title or headings.
    """
    counted = {token: weight * (SAID_ABOVE if token in above else 1) for token, weight in weights.items()}
    total = sum(weights.values()) or 1.0

    def worth(quoted: Span) -> float:
        inside = [o for o in found if quoted.start <= o.span.start and o.span.end <= quoted.end]
        said = sum(counted[token] for token in {o.token for o in inside}) / total
        whole = COMPLETE if SENTENCE_END.search(passage.text, quoted.start, quoted.end) else 0
        matched = sum(run.end - run.start for run in runs(o.span for o in inside))
        new = quoted.end - quoted.start - matched
        return (said + whole) * new / (new + ECHO)

    return max(_quotable(passage), key=worth)


def _quotable(passage: Passage) -> Iterator[Span]:
    """The passage's sentences, and of a long one every stretch of whole clauses that cannot be longer."""
    text = passage.text
    for paragraph, place in passage.body:
        for sentence in sentences(text[place.start : place.end]):
            start = place.start + sentence.start
            words = text[start : place.start + sentence.end].rstrip()
            span = Span(start, start + len(words))
            if _heads(paragraph, words) and span.end < place.end:
                continue
            if span.end - span.start <= LONGEST:
                yield span
            else:
                yield from _stretches(text, span)


def _heads(paragraph: Paragraph, sentence: str) -> bool:
    """Whether a sentence is the heading that its paragraph begins with."""
    return paragraph.heading is not None and sentence.rstrip("。！？") == paragraph.heading.text.rstrip(
        "！？"
    )


def _stretches(text: str, sentence: Span) -> Iterator[Span]:
    parts = list(clauses(text, sentence, LONGEST))
    last = 0
    for first, begin in enumerate(parts):
        while last + 1 < len(parts) and parts[last + 1].end - begin.start <= LONGEST:
            last += 1
        yield Span(begin.start, parts[max(first, last)].end)
        if last + 1 == len(parts):
            return
