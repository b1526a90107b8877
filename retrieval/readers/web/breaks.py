"""Lines of one block of a page, as line breaks divide them -> paragraphs."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from retrieval.paragraphs import paragraphs
from retrieval.passages import LONGEST

_WIDE = (
    "\u2018-\u201d\u2026\u2014\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
    "\U00020000-\U0003ffff"
)  # what stands without blanks between
_WRAPPED = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t\n]*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\n\r\f\xa0]+")
_INDENT = re.compile(r"[ \t\n]*(?:\u3000|\u2003|\xa0 ?\xa0)")
_UNSEEN = re.compile("\xad")
_TO_COLLAPSE = re.compile(r"[ \t\n\r\f\xa0\xad]")
_INDENTED = re.compile(r"\n(?=[ \t]*\u3000\u3000)")
"""Where a paragraph begins in a source whose author took it for plain text."""


def collapsed(line: str) -> str:
    """A line as it is shown: white space is one blank, but none where its source is broken between Han."""
    if not _TO_COLLAPSE.search(line):
        return line.strip()
    return _BLANKS.sub(" ", _WRAPPED.sub("", _UNSEEN.sub("", line))).strip()


def divided(lines: Sequence[str], *, verbatim: bool) -> Iterator[str]:
    """The paragraphs that lines make up.

    An empty line ends a paragraph and an indented one begins another; other breaks are lines of one
    paragraph, unless that is longer than a passage: then it is divided as plain text is. `verbatim`
    keeps white space, and in what is short, lines that are empty or indented.
    """
    if verbatim:
        yield from _bounded("\n".join(lines))
        return
    group: list[str] = []
    for line in chain.from_iterable(map(_INDENTED.split, lines)):
        shown = collapsed(line)
        if group and (not shown or _INDENT.match(line)):
            yield from _bounded("\n".join(group))
            group = []
        if shown:
            group.append(shown)
    if group:
        yield from _bounded("\n".join(group))


def _bounded(text: str) -> Iterator[str]:
    if len(text) <= LONGEST or "\n" not in text:
        yield text
    else:
        yield from (text[span.start : span.end] for span in paragraphs(text))
