"""Document -> its outline: its headings, and the passages that they stand over."""

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.index import Index


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading, how many stand over it, and the number of the first passage that it stands over."""

    heading: str
    depth: int
    passage: int


def outline(index: Index, document: int) -> tuple[Entry, ...]:
    """The headings of a document, in order."""
    return tuple(_entries(index, document))


def _entries(index: Index, document: int) -> Iterator[Entry]:
    above: tuple[str, ...] = ()
    last = 0
    for number in index.passages_of(document):
        passage = index.passages[number]
        if passage.first > last:  # else it goes on with a long paragraph, as a row, whose fields head it
            same = 0
            while same < min(len(above), len(passage.headings)) and above[same] == passage.headings[same]:
                same += 1
            for depth in range(same, len(passage.headings)):
                yield Entry(passage.headings[depth], depth, number)
            above = passage.headings
        last = passage.last
