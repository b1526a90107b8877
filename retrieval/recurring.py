"""Contents -> the lines that recur at the edges of most, which whoever published them put there."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.boilerplate_lines import recurring
from retrieval.documents import Content, Heading, Paragraph
from retrieval.headings import TITLE
from retrieval.labels import is_name
from retrieval.titles import title_of

EDGE = 8
"""Paragraphs at the head of a document, and at its foot, where a line may recur."""

SHARED = 5
"""Documents that have a line at their edges, at least, before it counts as boilerplate."""

LABELS = ":："
"""What parts a label from what it says: where the meeting was stands in the minutes of each."""

USUAL_LABEL = 2
"""Characters of a word before a blank that is a label, whatever it says."""

LONGEST_LABEL = 6
"""Characters; a longer word before a blank is no label."""

LEAST_TITLE = 6
"""Letters; what has fewer is no better title than the one that most documents have."""

NEAR_TEXT = 4
"""Lines below such a title, among which text stands."""

LOOKED_AT = 40
"""Paragraphs from the beginning among which titles are looked for."""

QUESTION_MARKS = ("？", "?")
LONGEST_QUESTION = 60
"""Characters; a longer paragraph that ends with a question is text."""

SENTENCE = "。！？!?；;，"


def edge_lines(content: Content) -> frozenset[int]:
    """What tells apart the lines at the head and the foot that may be boilerplate, each as 32 bits.

    Issues and days in them are alike. The title is among them where another could be one below it.
    """
    keys = {key for _, key in _edges(content)}
    if content.title is not None and _title_below(content, content.paragraphs):
        keys.add(_key_of_title(content.title))
    return frozenset(keys)


def shared(lines: npt.NDArray[np.uint32], documents: int) -> frozenset[int]:
    """The lines that more than half of some documents have, given those of each, one after the other."""
    keys, counts = np.unique(lines, return_counts=True)
    return frozenset(keys[(counts >= SHARED) & (counts > documents / 2)].tolist())


def shared_by(contents: Iterable[Content]) -> frozenset[int]:
    """The lines that more than half of some contents have at their edges."""
    each = [sorted(edge_lines(content)) for content in contents]
    return shared(np.array([key for keys in each for key in keys], np.uint32), len(each))


def with_recurring(content: Content, lines: Container[int]) -> Content:
    """The same, the lines at its edges marked as boilerplate that are of these, unless it has no others.

    They are outermost: what stands between lines of a document's own is its own, though others say the same,
    as letters for one purpose do. A title that is of these is the site's, and the next that may be one is the
    document's.
    """
    marked = [*content.paragraphs]
    for number in _outermost(content, lines):
        marked[number] = replace(marked[number], ends=None, boilerplate=True)
    if all(paragraph.is_heading or paragraph.boilerplate for paragraph in marked):
        return content
    if content.title is None or _key_of_title(content.title) not in lines:
        return replace(content, paragraphs=tuple(marked))
    return _retitled(content, marked)


def _retitled(content: Content, paragraphs: Sequence[Paragraph]) -> Content:
    """The same content with these paragraphs, called as the next line says that may be its title, unless that
    is one of several questions; then its file's name may say what all of them are about.
    """
    found = _title_below(content, paragraphs)
    if found is None:
        return replace(content, paragraphs=tuple(paragraphs))
    if _is_asked_among_others(content, found[0]):
        return replace(content, title=None, paragraphs=tuple(paragraphs))
    changed = [*paragraphs]
    number, words = found
    above = _number_of_title(content)
    if above is not None:
        changed[above] = replace(changed[above], heading=None, ends=None, boilerplate=True)
    if changed[number].heading is None:
        changed[number] = replace(changed[number], heading=Heading(TITLE, words, alone=True), ends=None)
    return replace(content, title=words, paragraphs=tuple(changed))


def _title_below(content: Content, paragraphs: Sequence[Paragraph]) -> tuple[int, str] | None:
    """The number and the words of the line that is the title where the one that it has says nothing.

    It is followed by text, and none of what minutes or a form say in each document.
    """
    title = _number_of_title(content)
    first = 0 if title is None else title + 1
    lines = [
        ""
        if paragraph.boilerplate or paragraph.apart
        else content.text[paragraph.span.start : paragraph.span.end]
        for paragraph in paragraphs[first : first + LOOKED_AT]
    ]
    found = title_of(lines)
    if found is None:
        return None
    number, words = found
    heading = paragraphs[first + number].heading
    is_part = heading is not None and heading.level > TITLE
    below = [line for line in lines[number + 1 :] if line][:NEAR_TEXT]
    is_over_text = any(mark in line for line in below for mark in SENTENCE)
    if is_part or is_labelled(words) or sum(map(str.isalpha, words)) < LEAST_TITLE or not is_over_text:
        return None
    return first + number, words


def _is_asked_among_others(content: Content, number: int) -> bool:
    """Whether a paragraph is a question, and another one stands below it."""
    first, *below = (
        content.text[paragraph.span.start : paragraph.span.end]
        for paragraph in content.paragraphs[number : number + LOOKED_AT]
    )
    return first.endswith(QUESTION_MARKS) and any(
        line.endswith(QUESTION_MARKS) and len(line) <= LONGEST_QUESTION for line in below
    )


def _number_of_title(content: Content) -> int | None:
    """The paragraph that is the title, where one is."""
    for number, paragraph in enumerate(content.paragraphs[:LOOKED_AT]):
        if paragraph.heading is not None and paragraph.heading.level == TITLE:
            return number
    return None


def _key_of_title(title: str) -> int:
    return crc32(f"\0{title}".encode("utf-8", "surrogatepass"))


def is_labelled(line: str) -> bool:
    """Whether a line says something under a label: 地点：镇政府, 主持人 张三, 抄送 各股室."""
    label, blank, rest = line.strip().replace("\u3000", " ").partition(" ")
    is_short = bool(blank and rest) and len(label) <= LONGEST_LABEL
    is_label = len(label) == USUAL_LABEL or is_name(label)
    return any(mark in line for mark in LABELS) or (is_short and is_label)


def _outermost(content: Content, lines: Container[int]) -> Iterator[int]:
    """The paragraphs that are of some lines, from either end to the first that is the document's own."""
    keys, count = dict(_edges(content)), len(content.paragraphs)
    for inwards in (range(min(EDGE, count)), reversed(range(max(0, count - EDGE), count))):
        for number in inwards:
            if keys.get(number) in lines:
                yield number
            elif not _is_round_others(content.paragraphs[number]):
                break


def _is_round_others(paragraph: Paragraph) -> bool:
    """Whether what a site puts there may stand further inside."""
    is_title = paragraph.heading is not None and paragraph.heading.level == TITLE
    return paragraph.boilerplate or is_title


def _edges(content: Content) -> Iterator[tuple[int, int]]:
    """The paragraphs at the edges that may recur, by their numbers, and what tells each apart."""
    paragraphs = content.paragraphs
    count = len(paragraphs)
    for number in sorted({*range(min(EDGE, count)), *range(max(0, count - EDGE), count)}):
        paragraph = paragraphs[number]
        if paragraph.heading or paragraph.apart or paragraph.boilerplate:
            continue
        raw = content.text[paragraph.span.start : paragraph.span.end]
        line = recurring(raw)
        if line and not is_labelled(raw):
            yield number, crc32(line.encode("utf-8", "surrogatepass"))
