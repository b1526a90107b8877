"""Slides -> the text boxes that stand on most of them, in the same place."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

FEWEST = 3
"""Slides on which one stands, at least."""

OFTEN = 0.75
"""The share of a deck's slides that is most of them; in a short one, all but the first and the last are."""

NEAR = 300_000
"""English metric units, a third of an inch: how far apart the same place is on two slides, at most."""

LONGEST = 60
"""Characters; a longer one is text."""

NUMBER = re.compile(
    r"\W{0,3}(?:第|p(?:age|\.)?)?\s?(?P<number>\d{1,3})\s?[页頁]?(?:\s?[/／,，]?\s?共?\s?\d{1,3}\s?[页頁]?)?\W{0,3}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Box:
    """What a text box says, and where: from the top and from the left, in English metric units."""

    text: str
    top: int
    left: int


_Sighting = tuple[str, int, int]


def running(slides: Mapping[int, Iterable[Box]]) -> Mapping[int, frozenset[Box]]:
    """The boxes that run through a deck, by the numbers of its slides; a number that counts these is one."""
    boxes = {number: [*filter(_may_run, found)] for number, found in slides.items()}
    seen: defaultdict[_Sighting, set[int]] = defaultdict(set)
    for number, found in boxes.items():
        for sighting in (sighting for box in found for sighting in _sightings(number, box)):
            seen[sighting].add(number)
    enough = max(FEWEST, min(len(slides) - 2, OFTEN * len(slides)))
    return {
        number: frozenset(
            box for box in found if any(len(seen[s]) >= enough for s in _sightings(number, box))
        )
        for number, found in boxes.items()
    }


def _may_run(box: Box) -> bool:
    return 0 < len(box.text) <= LONGEST


def _sightings(number: int, box: Box) -> Iterator[_Sighting]:
    """What boxes have in common that say the same in the same place."""
    counted = NUMBER.fullmatch(box.text)
    said = f"\0{int(counted['number']) - number}" if counted else "".join(box.text.split())
    for shift in (0, NEAR // 2):
        yield said, (box.top + shift) // NEAR, (box.left + shift) // NEAR
