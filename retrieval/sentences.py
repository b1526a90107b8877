"""Text -> sentences, sentence -> clauses."""

import re
from collections.abc import Iterator

from retrieval.documents import Span

ENDS = "。！？!?…；;"
CLOSING = "”’」』）)》】\"'"
SENTENCE = re.compile(
    rf"[^{ENDS}.]*(?:(?:\.(?!\s)|(?<=[0-9])\.)[^{ENDS}.]*)*"  # the point of 3.5 and of "1. " ends nothing
    rf"(?:[{ENDS}.]+[{CLOSING}]*|\Z)\s*"
)
SENTENCE_END = re.compile(rf"[{ENDS}.][{CLOSING}]*\s*\Z")
CLAUSE = re.compile(r"[^，,、：:]*(?:[，,、：:]+|\Z)")


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text, which put together are the text.

    A sentence ends after its closing quotes, and the white space behind belongs to it.
    """
    return _spans(SENTENCE, text, Span(0, len(text)))


def clauses(text: str, sentence: Span, longest: int) -> Iterator[Span]:
    """The clauses of a sentence, which put together are it; one over `longest` characters is cut anywhere."""
    for clause in _spans(CLAUSE, text, sentence):
        for start in range(clause.start, clause.end, longest):
            yield Span(start, min(start + longest, clause.end))


def fitting(text: str, longest: int) -> Iterator[Span]:
    """The sentences of a text, one over `longest` characters in parts of as many whole clauses as fit."""
    for sentence in sentences(text):
        start = end = sentence.start
        for clause in clauses(text, sentence, longest):
            if clause.end - start > longest:
                yield Span(start, end)
                start = end
            end = clause.end
        yield Span(start, end)


def _spans(pattern: re.Pattern[str], text: str, within: Span) -> Iterator[Span]:
    found = pattern.finditer(text, within.start, within.end)
    return (Span(*match.span()) for match in found if match.group())
