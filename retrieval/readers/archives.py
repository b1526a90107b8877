"""Archives of XML: what their readers have in common."""

from typing import Any, TypeAlias
from zipfile import ZipInfo

from retrieval.problems import Reason, UnreadableError

Element: TypeAlias = Any
"""Of XML; lxml ships no types."""

SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""What a parser must not do for a file, which may have been made to hurt."""

IS_ENCRYPTED = 1
"""The flag of a member that needs a password."""


def refuse_locked(member: ZipInfo) -> None:
    """Raise UnreadableError for a member that needs a password."""
    if member.flag_bits & IS_ENCRYPTED:
        raise UnreadableError(Reason.LOCKED)
