"""Parts of a page: what of it is text, and what the site put round it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

from retrieval.readers.blocks import Block


class Chrome(Enum):
    """Whether a part is what a site puts round its texts: the later, the more of it is.

    Of `LINKS`, as comments, it is what holds links; of `LINES`, as forms, what is no sentence; of `ASIDE`, as
    sidebars, what leads elsewhere or says nothing.
    """

    NO = auto()
    LINKS = auto()
    LINES = auto()
    ASIDE = auto()
    PERHAPS = auto()
    SURE = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A part of a page; `depth` counts those that it is in, `in_article` says that one is marked as text, and
    `fold` is the number of the part that is unfolded only on request, zero where it is always shown.
    """

    parent: Self | None = None
    chrome: Chrome = Chrome.NO
    in_article: bool = False
    depth: int = 0
    fold: int = 0

    def inner(self, chrome: Chrome = Chrome.NO, *, in_article: bool = False, fold: int = 0) -> "Region":
        """A part of this part."""
        return Region(self, chrome, in_article or self.in_article, self.depth + 1, fold or self.fold)


Attributes = Mapping[str, str]
RegionOf = Callable[[str, Attributes, Region], Region]
"""The region that an element (its tag and attributes) makes within another; the same if it makes none."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph of a page and where it stands: how many links are in it, and letters in these.

    `inward` are those of the links that lead to other places of the page.
    """

    block: Block
    region: Region
    links: int = 0
    linked: int = 0
    inward: int = 0


def letters(text: str) -> int:
    """How many letters and Han characters are in a text: what blanks, digits and signs do not change."""
    return sum(map(str.isalpha, text))
