"""What a person calls a document -> the document."""

import unicodedata
from collections.abc import Callable, Sequence
from itertools import chain
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
    said = composed(said).strip()
    name, rest = name_and_rest(said)
    found, behind = _longest_prefix(documents, said)
    if not found or len(behind) >= len(rest):
        found, behind = documents_named(documents, name), rest
    return (found[0] if len(found) == 1 else None), behind


def name_and_rest(said: str) -> tuple[str, str]:
    """The name that some words begin with, which ends at the first white space of any kind unless it is
    quoted, and the rest.
    """
    said = said.strip()
    for left, right in QUOTED:
        if said.startswith(left) and right in said[1:]:
            name, _, rest = said[1:].partition(right)
            return name.strip(), rest.strip()
    name, rest = [*said.split(maxsplit=1), "", ""][:2]
    return name, rest


def documents_named(documents: Sequence[Origin], name: str) -> list[int]:
    """The numbers of the documents that are meant by a name: that are called just so, by their title or file,
    else that have it in their names.
    """
    name = composed(name).strip()
    bare = _unquoted(name)
    # To fold the names of many documents takes a while, and people mostly copy them.
    found = (_named(documents, wanted, str) for wanted in dict.fromkeys((name, bare)))
    alike = (_named(documents, _folded(wanted), _folded) for wanted in dict.fromkeys((name, bare)))
    return next(filter(None, chain(found, alike)), [])


def is_name(documents: Sequence[Origin], said: str) -> bool:
    """Whether some words are what a document is called, by its title or file, whatever marks stand there."""
    wanted = _letters(composed(said))
    return any(wanted == _letters(name) for document in documents for name in _names(document))


def _named(documents: Sequence[Origin], wanted: str, form: Callable[[str], str]) -> list[int]:
    if not wanted:
        return []
    names = [[form(name) for name in _names(document)] for document in documents]
    same = [number for number, own in enumerate(names) if wanted in own]
    return same or [number for number, own in enumerate(names) if any(wanted in each for each in own)]


def _unquoted(name: str) -> str:
    """A name without the marks that stand round the whole of it."""
    name = name.strip()
    quoted, rest = name_and_rest(name)
    return name if rest else quoted


def _longest_prefix(documents: Sequence[Origin], said: str) -> tuple[list[int], str]:
    """The documents whose name, which may have blanks, is the longest that some words begin with, and the
    words behind it.
    """
    lengths = [
        max((len(name) for name in _names(document) if _begins(said, name)), default=0)
        for document in documents
    ]
    longest = max(lengths, default=0)
    best = [number for number, length in enumerate(lengths) if length == longest > 0]
    return best, said[longest:].strip()


def _begins(said: str, name: str) -> bool:
    return said.startswith(name) and said[len(name) : len(name) + 1].isspace()


def _names(document: Origin) -> tuple[str, ...]:
    title, source = composed(document.title), composed(document.source)
    path = PurePosixPath(source)
    return title, source, path.name, path.stem


def composed(name: str) -> str:
    """A name as it is written elsewhere than on a Mac, where か and a mark may make が."""
    return unicodedata.normalize("NFC", name)


def _folded(name: str) -> str:
    return fold(closed_up(name)).text.strip()


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, _folded(name)))
