"""Body of a Word file -> the lines at its head in the largest letters, where they are its title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from retrieval.letterheads import is_bare_sort, is_imprint, is_issuer, is_letterhead, is_name
from retrieval.readers.archives import Element
from retrieval.readers.office.numbering import VALUE, W, whole
from retrieval.readers.office.package import children
from retrieval.readers.office.runs import seen
from retrieval.readers.office.styles import Styles
from retrieval.titles import bare, title_of

LOOKED_AT = 12
"""Paragraphs with text from the beginning that may be on a cover, or a title."""

LINES = 3
"""Of a title, at most."""

LARGER = 1.2
"""Times the size of the text that letters of a title have, at least."""

_SAYS = re.compile(r"[。；：:，！？]")
"""What text has in it, and a day or a number has not."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph's text, the size of its smallest letters in half points, whether it may be a title, and
    whether text begins with it.
    """

    text: str
    size: int
    is_open: bool
    is_text: bool


def title_on(body: Element, styles: Styles) -> tuple[str, ...]:
    """The lines, in order, that are the title by their letters; none where their words tell the same."""
    lines = [*islice(_lines(body, styles), LOOKED_AT)]
    usual = lines[-1].size if lines and lines[-1].is_text else styles.size_of(None)
    largest = max((line.size for line in lines if line.is_open), default=0)
    if not largest or largest < LARGER * usual:
        return ()
    runs = (run for size, run in groupby(lines, lambda line: line.size) if size == largest)
    titles = [title for run in runs if (title := tuple(line.text for line in run if line.is_open))]
    by_words = title_of(line.text for line in lines)
    is_told = by_words is not None and (
        is_name(by_words[1]) or all(bare(text) in by_words[1] for text in titles[0])
    )
    return () if is_told or len(titles) > 1 or len(titles[0]) > LINES else titles[0]


def _lines(body: Element, styles: Styles) -> Iterator[_Line]:
    """The paragraphs with text from the beginning, up to the first that is text itself, stands in a table or
    is, by its style, a heading.
    """
    for child in children(body):
        if child.tag == f"{W}tbl":
            return
        text = _text(child, styles) if child.tag == f"{W}p" else ""
        if not text:
            continue
        style = child.find(f"{W}pPr/{W}pStyle")
        name = None if style is None else style.get(VALUE)
        if styles[name].level is not None or styles[name].is_contents:
            return
        is_title = title_of([text]) is not None
        stands_above = is_imprint(text) or is_letterhead(text) or is_issuer(text) or is_bare_sort(text)
        is_text = not is_title and not stands_above and _SAYS.search(text) is not None
        yield _Line(text, _size(child, styles, name), is_title and not stands_above, is_text)
        if is_text:
            return


def _text(paragraph: Element, styles: Styles) -> str:
    return "".join(piece for piece in seen(paragraph, styles) if isinstance(piece, str)).strip()


def _size(paragraph: Element, styles: Styles, name: str | None) -> int:
    usual = styles.size_of(name)
    runs = (run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None)
    return min((whole(run.find(f"{W}rPr/{W}sz"), usual) for run in runs), default=usual)
