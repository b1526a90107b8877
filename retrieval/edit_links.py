"""Heading -> the heading without the links to edit what it stands over."""

import re
from collections.abc import Iterable, Sequence

SEVERAL = 2
"""Headings that end alike before what may be a word of theirs is a link."""

_APART = re.compile(
    r"(?:\s*[\[［【]\s*(?:编辑|編輯|edit)(?:\s*[|｜]?\s*(?:编辑|編輯|edit)?\s*(?:源代码|原始碼|source))?\s*[\]］】]"
    r"|\s+播报\s*编辑)\s*$",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(r"(?<=\S)播报编辑\s*$")


def without_edit_links(headings: Iterable[str]) -> Sequence[str]:
    """The headings of a document without what an encyclopedia puts behind each: [编辑], 播报 编辑."""
    texts = [_cut(_APART, heading) for heading in headings]
    if sum(_AT_ONCE.search(text) is not None for text in texts) < SEVERAL:
        return texts
    return [_cut(_AT_ONCE, text) for text in texts]


def _cut(links: re.Pattern[str], heading: str) -> str:
    return links.sub("", heading) or heading
