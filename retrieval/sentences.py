"""Text -> sentences."""

import re
from collections.abc import Iterator

from retrieval.documents import Span

ENDS = "。！？!?…；;"
CLOSING = "”’」』）)》】\"'"
SENTENCE = re.compile(
    rf"(?:[^{ENDS}.]|\.(?!\s)|(?<=[0-9])\.)*"  # the point of 3.5 and of "1. " ends nothing
    rf"(?:[{ENDS}.]+[{CLOSING}]*|\Z)\s*"
)
CLAUSE = re.compile(r"[^，,、：:]*(?:[，,、：:]+|\Z)")


def sentences(text: str, longest: int) -> Iterator[Span]:
    """The sentences of a text, which put together are the text; one over `longest` characters is cut.

    A sentence ends after its closing quotes, and the white space behind belongs to it. A long one is
    cut at its commas, and where that is not enough, anywhere.
    """
    for sentence in _spans(SENTENCE, text, 0, len(text)):
        yield from _cut(text, sentence, longest)


def _cut(text: str, sentence: Span, longest: int) -> Iterator[Span]:
    start = sentence.start
    if sentence.end - start > longest:
        for clause in _spans(CLAUSE, text, sentence.start, sentence.end):
            while clause.end - start > longest:
                end = clause.start if clause.start > start else start + longest
                yield Span(start, end)
                start = end
    yield Span(start, sentence.end)


def _spans(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    return (Span(*match.span()) for match in pattern.finditer(text, start, end) if match.group())
