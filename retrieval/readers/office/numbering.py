"""Lists of a Word file -> the numbers that stand before their paragraphs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from retrieval.readers.archives import Element
from retrieval.readers.counting import written
from retrieval.readers.office.package import integer
from retrieval.readers.office.symbols import bullet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{W}val"
PLACE = re.compile(r"%([1-9])")
_CLOSED = re.compile(r".*[、，。：；）】〕》」』．]", re.DOTALL)
"""A number after which Chinese leaves no blank."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list. `pattern` says how its number is shown, as "第%1条"; `restart` is the level below
    which it begins anew, as the file has it; `style` that of the paragraphs that it numbers.
    """

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int | None = None
    is_parted: bool = True
    is_legal: bool = False
    font: str = ""
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A use of a list: which one, its own levels, and where they begin."""

    source: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of a document's lists, in the order in which they stand."""

    _lists: dict[str, _List] = field(default_factory=dict)
    _counted: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element) -> "Numbering":
        """The numbering that the part of a file describes, whose root is None where there is none."""
        return cls() if root is None else cls(dict(_lists(root)))

    def level_of(self, number: str, style: str) -> int:
        """The level of a list that numbers the paragraphs of a style."""
        levels = self._lists[number].levels if number in self._lists else {}
        return next((level for level, found in levels.items() if found.style == style), 0)

    def next(self, number: str, level: int) -> str:
        """The number of the next paragraph of a list, with the blank that parts it from the text."""
        if number not in self._lists:
            return ""
        used = self._lists[number]
        self._count(number, used, level)
        shown = used.levels.get(level, Level(pattern=f"%{level + 1}."))
        label = bullet(shown.pattern, shown.font) if shown.form == "bullet" else self._label(used, shown)
        if not shown.is_parted:
            return label.lstrip()  # its pattern may end in a blank
        label = label.strip()
        return f"{label} " if label and not _CLOSED.fullmatch(label) else label

    def _count(self, number: str, used: _List, level: int) -> None:
        counted = self._counted.setdefault(used.source, {})
        start = _start(used, level)
        if level in used.starts and (number, level) not in self._begun:
            counted[level] = start
        else:
            counted[level] = counted.get(level, start - 1) + 1
        self._begun.add((number, level))
        for deeper in [deeper for deeper in counted if deeper > level]:
            restart = used.levels.get(deeper, Level()).restart
            if restart is None or level < restart:
                del counted[deeper]

    def _label(self, used: _List, shown: Level) -> str:
        counted = self._counted[used.source]

        def number(place: re.Match[str]) -> str:
            level = int(place[1]) - 1
            form = "decimal" if shown.is_legal else used.levels.get(level, Level()).form
            return written(counted.get(level, _start(used, level)), form)

        return PLACE.sub(number, shown.pattern)


def is_on(switch: Element) -> bool:
    """Whether a property that is on where it stands, unless it says otherwise, is on."""
    return switch is not None and switch.get(VALUE, "1").lower() not in {"0", "false", "off", "none"}


def whole(element: Element, otherwise: int) -> int:
    """The number that an element holds, or another where it holds none."""
    return otherwise if element is None else integer(element.get(VALUE), otherwise)


def _start(used: _List, level: int) -> int:
    return used.starts.get(level, used.levels.get(level, Level()).start)


def _lists(root: Element) -> Iterator[tuple[str, _List]]:
    sources = {found.get(f"{W}abstractNumId"): found for found in root.iterchildren(f"{W}abstractNum")}
    named = {
        link.get(VALUE): number
        for number, found in sources.items()
        if (link := found.find(f"{W}styleLink")) is not None
    }
    for use in root.iterchildren(f"{W}num"):
        chosen = use.find(f"{W}abstractNumId")
        source = None if chosen is None else chosen.get(VALUE)
        if source in sources and (link := sources[source].find(f"{W}numStyleLink")) is not None:
            source = named.get(link.get(VALUE), source)
        if source in sources:
            yield use.get(f"{W}numId"), _used(use, str(source), dict(_levels(sources[source])))


def _used(use: Element, source: str, levels: dict[int, Level]) -> _List:
    starts = {}
    for change in use.iterchildren(f"{W}lvlOverride"):
        levels |= dict(_levels(change))
        if (start := change.find(f"{W}startOverride")) is not None:
            starts[integer(change.get(f"{W}ilvl"))] = whole(start, 1)
    return _List(source, levels, starts)


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for found in parent.iterchildren(f"{W}lvl"):
        yield integer(found.get(f"{W}ilvl")), _level(found)


def _level(found: Element) -> Level:
    def said(name: str, otherwise: str) -> str:
        element = found.find(f".//{W}{name}")
        return str(otherwise if element is None else element.get(VALUE, otherwise))

    restart = whole(found.find(f"{W}lvlRestart"), -1)
    fonts = found.find(f"{W}rPr/{W}rFonts")
    return Level(
        said("numFmt", "decimal"),
        said("lvlText", ""),
        whole(found.find(f"{W}start"), 0),
        None if restart < 0 else restart,
        said("suff", "tab") != "nothing",
        is_on(found.find(f"{W}isLgl")),
        "" if fonts is None else fonts.get(f"{W}ascii", ""),
        said("pStyle", "") or None,
    )
