"""What a person calls a document -> the document."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from retrieval.documents import Origin
from retrieval.folding import fold
from retrieval.spacing import closed_up

QUOTED = (("《", "》"), ("“", "”"), ('"', '"'), ("「", "」"))
"""What stands round a name that has blanks in it."""


def document_and_rest(documents: Sequence[Origin], said: str) -> tuple[int | None, str]:
    """The number of the document that some words begin with the name of, and the words behind it.

    None where they begin with the name of none, or of several that are no more alike to it.
    """
    name, rest = _parted(said)
    longest, behind = _longest_prefix(documents, said)
    if longest is not None and len(behind) < len(rest):
        return longest, behind
    found = documents_named(documents, name)
    return (found[0] if len(found) == 1 else longest), rest


def documents_named(documents: Sequence[Origin], name: str) -> list[int]:
    """The numbers of the documents that are meant by a name: that are called just so, by their title or file,
    else that have it in their names.
    """
    # To fold the names of many documents takes a while, and people mostly copy them.
    return _named(documents, name.strip(), str) or _named(documents, _folded(name), _folded)


def _named(documents: Sequence[Origin], wanted: str, form: Callable[[str], str]) -> list[int]:
    if not wanted:
        return []
    names = [[form(name) for name in _names(document)] for document in documents]
    same = [number for number, own in enumerate(names) if wanted in own]
    return same or [number for number, own in enumerate(names) if any(wanted in each for each in own)]


def _parted(said: str) -> tuple[str, str]:
    """The name that some words begin with, and the rest."""
    said = said.strip()
    for left, right in QUOTED:
        if said.startswith(left) and right in said[1:]:
            name, _, rest = said[1:].partition(right)
            return name, rest.strip()
    name, _, rest = said.partition(" ") if " " in said else said.partition("\u3000")
    return name, rest.strip()


def _longest_prefix(documents: Sequence[Origin], said: str) -> tuple[int | None, str]:
    """The document whose name, which may have blanks, is the longest that some words begin with."""
    best, longest = None, 0
    for number, document in enumerate(documents):
        for name in _names(document):
            if len(name) > longest and said.startswith(f"{name} "):
                best, longest = number, len(name)
    return best, said[longest:].strip() if best is not None else said


def _names(document: Origin) -> tuple[str, ...]:
    path = PurePosixPath(document.source)
    return document.title, document.source, path.name, path.stem


def _folded(name: str) -> str:
    return fold(closed_up(name)).text.strip()
