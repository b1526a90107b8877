"""Blocks of pages -> the same with the running heads where they stood."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from retrieval.headings import heading_of
from retrieval.readers.blocks import Block
from retrieval.readers.pages.running_heads import Sheet


def with_running_heads(blocks: Iterable[Block], sheets: Sequence[Sheet]) -> Iterator[Block]:
    """The blocks, and as boilerplate the lines that were taken from each page: where it begins, or behind
    what goes on over its end, but not between a heading and what it stands over.
    """
    margins = deque(_margins(sheets))
    headings: list[Block] = []
    for block in blocks:
        if headings and not _may_stand_over(headings[-1], block):
            yield from headings
            headings = []
        while margins and margins[0][0] <= (block.page or 0, False):
            yield margins.popleft()[1]
        headings.append(block)
        if block.level is None and _form(block) is None:
            yield from headings
            headings = []
    if headings and headings[-1].level is None:
        yield from headings
        headings = []
    yield from (block for _, block in margins)
    yield from headings


def _may_stand_over(heading: Block, block: Block) -> bool:
    """Whether a heading, if nothing but its form tells that it is one, is higher than what follows."""
    over, under = _form(heading), _form(block)
    return heading.level is not None or over is None or under is None or over < under


def _form(block: Block) -> int | None:
    """The level of a heading by its form alone."""
    heading = None if block.is_row or block.level is not None else heading_of(block.text)
    return heading.level if heading and heading.alone else None


def _margins(sheets: Sequence[Sheet]) -> Iterator[tuple[tuple[int, bool], Block]]:
    for number, sheet in enumerate(sheets, 1):
        for is_foot, said in ((False, sheet.head), (True, sheet.foot)):
            for line in said:
                yield (number, is_foot), Block(line, page=number, is_boilerplate=True)
