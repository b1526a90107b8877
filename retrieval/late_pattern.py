"""Regular expression that is compiled at its first use."""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Protocol


class _Find(Protocol):
    def __call__(self, text: str, start: int = 0, end: int = sys.maxsize, /) -> re.Match[str] | None: ...


class _FindAll(Protocol):
    def __call__(self, text: str, start: int = 0, end: int = sys.maxsize, /) -> Iterator[re.Match[str]]: ...


class _Replace(Protocol):
    def __call__(self, by: str, text: str, /, count: int = 0) -> str: ...


class LatePattern:
    """A pattern that takes long to compile, as those with a range of Han characters do, and that many a start
    does without, as no document is new or nothing is asked.

    What is asked of it is the pattern's own from the second time on.
    """

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = source
        self._flags = flags

    @cached_property
    def fullmatch(self) -> _Find:
        """As the pattern's."""
        return self._compiled.fullmatch

    @cached_property
    def match(self) -> _Find:
        """As the pattern's."""
        return self._compiled.match

    @cached_property
    def search(self) -> _Find:
        """As the pattern's."""
        return self._compiled.search

    @cached_property
    def finditer(self) -> _FindAll:
        """As the pattern's."""
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[[str], list[str]]:
        """As the pattern's, which has one group at most."""
        return self._compiled.findall

    @cached_property
    def split(self) -> Callable[[str], list[str]]:
        """As the pattern's, which has no groups."""
        return self._compiled.split

    @cached_property
    def sub(self) -> _Replace:
        """As the pattern's."""
        return self._compiled.sub

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)
