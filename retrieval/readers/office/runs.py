"""Paragraph of a Word file -> what one sees of it, in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from retrieval.readers.archives import Element
from retrieval.readers.office.drawings import CHART, DIAGRAM
from retrieval.readers.office.numbering import W, is_on
from retrieval.readers.office.package import children
from retrieval.readers.office.styles import Styles
from retrieval.readers.office.symbols import PRIVATE, symbol

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BOX = f"{W}txbxContent"
DRAWN = CHART, DIAGRAM
NOTES = (f"{W}footnoteReference", f"{W}endnoteReference")
CODE = re.compile(r"[0-9A-Fa-f]{1,6}")
OWN_MARK = f"{W}footnoteRef", f"{W}endnoteRef"
"""Where a note says its own number."""

_TEXT = {f"{W}t", f"{M}t"}
_ALONG = "{urn:schemas-microsoft-com:vml}textpath"
"""Text drawn along a line, as of WordArt."""

_TICKED, _EMPTY = "☑", "☐"
_BESIDE = {BOX, *NOTES, *OWN_MARK, *DRAWN}
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
    """What one sees of a paragraph: its text, and between it the elements of text boxes, drawings and
    marks of notes.

    Deleted and hidden text, codes of fields and the sounds above characters are left out.
    """
    fields = _Fields()
    for leaf in _leaves(paragraph, styles):
        if isinstance(leaf, str):
            if all(fields.shown):
                yield leaf
        elif leaf.tag == f"{W}fldChar":
            if all(fields.shown):
                yield _box_to_tick(leaf)
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
        elif tag == _ALONG:
            yield child.get("string", "")
        elif tag in _BESIDE or tag == f"{W}fldChar":
            yield child
        elif tag in _UNSEEN or (tag == f"{W}r" and _is_hidden(child, styles)):
            continue
        else:
            if tag == f"{M}den":
                yield "/"
            yield from _leaves(child, styles)


def _box_to_tick(field_sign: Element) -> str:
    """The box in a form that the beginning of a field stands for, empty where it stands for another thing."""
    box = field_sign.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    states = (box.find(f"{W}{name}") for name in ("checked", "default"))
    return _TICKED if is_on(next((state for state in states if state is not None), None)) else _EMPTY


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
