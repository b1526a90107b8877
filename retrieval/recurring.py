"""Contents -> the lines that recur at the edges of most, which whoever published them put there."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.boilerplate import EDGE, recurring
from retrieval.documents import Content

SHARED = 5
"""Documents that have a line at their edges, at least, before it counts as boilerplate."""

LABELS = ":："
"""What parts a label from what it says: where the meeting was stands in the minutes of each."""


def edge_lines(content: Content) -> frozenset[int]:
    """What tells apart the lines at the head and the foot that may be boilerplate, each as 32 bits.

    All numbers in them are alike.
    """
    return frozenset(key for _, key in _edges(content))


def shared(lines: npt.NDArray[np.uint32], documents: int) -> frozenset[int]:
    """The lines that more than half of some documents have, given those of each, one after the other."""
    keys, counts = np.unique(lines, return_counts=True)
    return frozenset(keys[(counts >= SHARED) & (counts > documents / 2)].tolist())


def shared_by(contents: Iterable[Content]) -> frozenset[int]:
    """The lines that more than half of some contents have at their edges."""
    each = [sorted(edge_lines(content)) for content in contents]
    return shared(np.array([key for keys in each for key in keys], np.uint32), len(each))


def with_recurring(content: Content, lines: Container[int]) -> Content:
    """The same, the lines at its edges marked as boilerplate that are of these, unless it has no others."""
    marked = [*content.paragraphs]
    for number, key in _edges(content):
        if key in lines:
            marked[number] = replace(marked[number], ends=None, boilerplate=True)
    if all(paragraph.is_heading or paragraph.boilerplate for paragraph in marked):
        return content
    return replace(content, paragraphs=tuple(marked))


def _edges(content: Content) -> Iterator[tuple[int, int]]:
    """The paragraphs at the edges that may recur, by their numbers, and what tells each apart."""
    paragraphs = content.paragraphs
    count = len(paragraphs)
    for number in sorted({*range(min(EDGE, count)), *range(max(0, count - EDGE), count)}):
        paragraph = paragraphs[number]
        if paragraph.heading or paragraph.apart or paragraph.boilerplate:
            continue
        line = recurring(content.text[paragraph.span.start : paragraph.span.end])
        if line and not any(label in line for label in LABELS):
            yield number, crc32(line.encode("utf-8", "surrogatepass"))
