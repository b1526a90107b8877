"""Notes of a Word file -> their marks and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from retrieval.readers.archives import Element
from retrieval.readers.counting import written
from retrieval.readers.office.numbering import VALUE, W


@dataclass(slots=True)
class Notes:
    """The notes of one kind, at the foot of pages or at the end, counted as they are referred to."""

    _found: Mapping[str, Element] = field(default_factory=dict)
    _form: str = "decimal"
    _count: int = 0

    @classmethod
    def of(cls, root: Element, form: str) -> "Notes":
        """The notes in the part of a file whose root is None where there is none, numbered in a form."""
        found = () if root is None else root.iterchildren(f"{W}footnote", f"{W}endnote")
        return cls({note.get(f"{W}id"): note for note in found}, form)

    def refer(self, reference: Element) -> tuple[str, Element]:
        """The mark of the note that is referred to, empty where it is written, and the note or None."""
        note = self._found.get(reference.get(f"{W}id"))
        if note is None or has_own_mark(reference):
            return "", note
        self._count += 1
        number = written(self._count, self._form)
        return number if "Enclosed" in self._form else f"[{number}]", note


def has_own_mark(reference: Element) -> bool:
    """Whether the mark of a note is written behind its reference."""
    return reference.get(f"{W}customMarkFollows") in {"1", "true", "on"}


def form_of(roots: tuple[Element, ...], kind: str, otherwise: str) -> str:
    """How notes of a kind, "footnote" or "endnote", are numbered, by the first part that says."""
    for root in roots:
        found = None if root is None else root.find(f".//{W}{kind}Pr/{W}numFmt")
        if found is not None:
            return str(found.get(VALUE, otherwise))
    return otherwise
