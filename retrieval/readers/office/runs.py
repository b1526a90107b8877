"""Paragraph of a Word file -> what one sees of it, in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from retrieval.readers.archives import Element
from retrieval.readers.office.numbering import W, is_on
from retrieval.readers.office.package import children
from retrieval.readers.office.styles import Styles
from retrieval.readers.office.symbols import PRIVATE, symbol

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BOX = f"{W}txbxContent"
NOTES = (f"{W}footnoteReference", f"{W}endnoteReference")
CODE = re.compile(r"[0-9A-Fa-f]{1,6}")
OWN_MARK = f"{W}footnoteRef", f"{W}endnoteRef"
"""Where a note says its own number."""

_TEXT = {f"{W}t", f"{M}t"}
_SIGNS = {
    **dict.fromkeys((f"{W}tab", f"{W}ptab"), "\t"),
    **dict.fromkeys((f"{W}br", f"{W}cr"), "\n"),
    f"{W}noBreakHyphen": "-",
}
_UNSEEN = {f"{W}{name}" for name in ("pPr", "del", "moveFrom", "rt", "sdtPr", "delText", "instrText")}


@dataclass(slots=True)
class _Fields:
    """The fields that are open: for each, whether its code has ended and its result begun."""

    shown: list[bool] = field(default_factory=list)

    def meet(self, kind: str | None) -> None:
        if kind == "begin":
            self.shown.append(False)
        elif self.shown and kind == "separate":
            self.shown[-1] = True
        elif self.shown and kind == "end":
            self.shown.pop()


def seen(paragraph: Element, styles: Styles) -> Iterator[str | Element]:
    """What one sees of a paragraph: its text, and between it the elements of text boxes and of notes' marks.

    Deleted and hidden text, codes of fields and the sounds above characters are left out.
    """
    fields = _Fields()
    for leaf in _leaves(paragraph, styles):
        if isinstance(leaf, str):
            if all(fields.shown):
                yield leaf
        elif leaf.tag == f"{W}fldChar":
            fields.meet(leaf.get(f"{W}fldCharType"))
        else:
            yield leaf


def _leaves(element: Element, styles: Styles) -> Iterator[str | Element]:
    for child in children(element):
        tag = child.tag
        if tag in _TEXT:
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{W}sym":
            yield symbol(_code(child), child.get(f"{W}font", ""))
        elif tag == BOX or tag in NOTES or tag in OWN_MARK or tag == f"{W}fldChar":
            yield child
        elif tag in _UNSEEN or (tag == f"{W}r" and _is_hidden(child, styles)):
            continue
        else:
            if tag == f"{M}den":
                yield "/"
            yield from _leaves(child, styles)


def _code(sign: Element) -> int:
    said = sign.get(f"{W}char", "")
    return int(said, 16) if CODE.fullmatch(said) else PRIVATE.start


def _is_hidden(run: Element, styles: Styles) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    own = properties.find(f"{W}vanish")
    if own is not None:
        return is_on(own)
    style = properties.find(f"{W}rStyle")
    return style is not None and styles[style.get(f"{W}val")].is_hidden
