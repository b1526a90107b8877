"""Archives of XML: what their readers have in common."""

import zlib
from typing import Any, TypeAlias
from zipfile import BadZipFile, ZipInfo

from retrieval.problems import Reason, UnreadableError

Element: TypeAlias = Any
"""Of XML; lxml ships no types."""

SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""What a parser must not do for a file, which may have been made to hurt."""

SPOILT = (BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What reading a member raises whose bytes are not as they were packed."""

IS_ENCRYPTED = 1
"""The flag of a member that needs a password."""


def refuse_locked(member: ZipInfo) -> None:
    """Raise UnreadableError for a member that needs a password."""
    if member.flag_bits & IS_ENCRYPTED:
        raise UnreadableError(Reason.LOCKED)
