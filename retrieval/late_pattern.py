"""Regular expression that is compiled at its first use."""

import re
from collections.abc import Callable
from functools import cached_property


class LatePattern:
    """A pattern that takes long to compile and that most starts do without, as no document is new.

    What is asked of it is the pattern's own from the second time on.
    """

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = source
        self._flags = flags

    @cached_property
    def fullmatch(self) -> Callable[[str], re.Match[str] | None]:
        """As the pattern's."""
        return self._compiled.fullmatch

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """As the pattern's, from a place on."""
        return self._compiled.match

    @cached_property
    def search(self) -> Callable[[str], re.Match[str] | None]:
        """As the pattern's."""
        return self._compiled.search

    @cached_property
    def sub(self) -> Callable[[str, str], str]:
        """As the pattern's."""
        return self._compiled.sub

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)
