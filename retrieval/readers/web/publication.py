"""EPUB -> its parts: the texts in the order of reading, and what its table of contents calls them."""

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO
from unicodedata import normalize
from zipfile import ZipFile, ZipInfo

from lxml import etree

from retrieval.opening import megabytes
from retrieval.problems import Reason, UnreadableError
from retrieval.readers.archives import SAFE, SPOILT, Element, refuse_locked

LARGEST = 64 << 20
"""Bytes of a member of the archive."""

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""How fonts are made useless elsewhere, which locks no text."""

TEXTS = (".xhtml", ".html", ".htm", ".xml")
ESCAPED = re.compile(r"(?:%[0-9a-fA-F]{2})+")
DEEPEST = 6
"""The level of headings in tables of contents."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a table of contents; `level` is 1 for the highest."""

    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a book: the path and the bytes of a page, None where these are missing or damaged; `entries`
    are those that lead into it, in order.
    """

    path: str
    written: bytes | None
    entries: tuple[Entry, ...]
    is_contents: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A part that the book's list of parts names, by its path in the archive."""

    path: str
    kind: str
    properties: tuple[str, ...]

    @property
    def is_text(self) -> bool:
        """Whether it is a page to be read."""
        return "html" in self.kind or (not self.kind and self.path.lower().endswith(TEXTS))


class Archive:
    """The members of a zip, found as their makers name them, who err in case, escapes and slashes."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = ZipFile(file)
        self.names = self._zip.namelist()
        self._members = {_plain(member.filename): member for member in reversed(self._zip.infolist())}

    def read(self, path: str) -> bytes | None:
        """The bytes of a member, None where there is none of this name. Raises UnreadableError."""
        member = self._members.get(_plain(path))
        return None if member is None else self._read(member)

    def _read(self, member: ZipInfo) -> bytes:
        refuse_locked(member)
        with self._zip.open(member) as opened:
            written = opened.read(LARGEST + 1)
        if len(written) > LARGEST:
            raise UnreadableError(Reason.SIZE, f"{member.filename}, at most {megabytes(LARGEST)}")
        return written

    def root(self, path: str) -> Element | None:
        """The root of a member that is XML, mended where it is broken."""
        return _root(self.read(path))


class Publication:
    """A book, by the file that lists its parts. Raises UnreadableError."""

    def __init__(self, file: BinaryIO) -> None:
        self._archive = Archive(file)
        self._path = _package(self._archive)
        package = self._archive.root(self._path)
        if package is None:
            raise UnreadableError(Reason.DAMAGED)
        self._package: Element = package
        self._items = {name: item for name, item in _items(self._package, self._path) if name}
        self._refuse_locked()

    @property
    def title(self) -> str:
        """What it is called; empty where it is not said."""
        return next((text for title in self._package.iter("{*}title") if (text := _said(title))), "")

    def texts(self) -> Iterator[Text]:
        """Its texts. Raises UnreadableError."""
        entries = self._entries()
        contents = {_plain(item.path) for item in self._items.values() if "nav" in item.properties}
        contents |= {_plain(path) for path in self._guided("toc")}
        for path in self._spine():
            written = None
            with suppress(*SPOILT):
                written = self._archive.read(path)
            yield Text(path, written, tuple(entries.get(_plain(path), ())), _plain(path) in contents)

    def _spine(self) -> list[str]:
        """The paths of its texts, each once."""
        named = (
            self._items.get(reference.get("idref", "")) for reference in self._package.iter("{*}itemref")
        )
        items = [item for item in named if item is not None] or [*self._items.values()]
        return [*{_plain(item.path): item.path for item in items if item.is_text}.values()]

    def _guided(self, kind: str) -> Iterator[str]:
        for reference in self._package.iter("{*}reference"):
            if reference.get("type") == kind:
                yield _beside(self._path, reference.get("href", ""))

    def _entries(self) -> dict[str, list[Entry]]:
        """The entries of the table of contents, of the newer kind or else the older, by the texts' paths."""
        found: dict[str, list[Entry]] = {}
        for item in self._items.values():
            if "nav" in item.properties and not found:
                _add(found, item.path, _navigation(self._archive.read(item.path)))
        for item in self._items.values():
            if "ncx" in item.kind and not found:
                _add(found, item.path, _older(self._archive.root(item.path)))
        return found

    def _refuse_locked(self) -> None:
        locks = self._archive.root(ENCRYPTION)
        if locks is None:
            return
        texts = {*map(_plain, self._spine())}
        for data in locks.iter("{*}EncryptedData"):
            kinds = {method.get("Algorithm", "") for method in data.iter("{*}EncryptionMethod")}
            paths = {_plain(reference.get("URI", "")) for reference in data.iter("{*}CipherReference")}
            if paths & texts and not kinds.intersection(FONTS):
                raise UnreadableError(Reason.LOCKED)


def _package(archive: Archive) -> str:
    """The path of the file that lists the parts."""
    container = archive.root(CONTAINER)
    if container is not None:
        for file in container.iter("{*}rootfile"):
            if archive.read(path := file.get("full-path", "")) is not None:
                return str(path)
    found = next((name for name in archive.names if name.lower().endswith(".opf")), None)
    if found is None:
        raise UnreadableError(Reason.DAMAGED)
    return found


def _items(package: Element, path: str) -> Iterator[tuple[str, Item]]:
    for item in package.iter("{*}item"):
        kind, properties = item.get("media-type", "").lower(), item.get("properties", "").split()
        yield item.get("id", ""), Item(_beside(path, item.get("href", "")), kind, tuple(properties))


def _add(found: dict[str, list[Entry]], path: str, entries: Iterator[tuple[str, Entry]]) -> None:
    for target, entry in entries:
        found.setdefault(_plain(_beside(path, target)), []).append(entry)


def _navigation(written: bytes | None) -> Iterator[tuple[str, Entry]]:
    """The links of a navigation document, which is a page of nested lists."""
    root = None if written is None else _root(written, etree.HTMLParser(encoding="utf-8", no_network=True))
    if root is None:
        return
    lists = [*root.iter("nav")]
    for nav in [nav for nav in lists if "toc" in nav.get("epub:type", "").split()] or lists[:1]:
        for link in nav.iter("a"):
            level = sum(above.tag == "ol" for above in link.iterancestors())
            yield from _entry(link.get("href", ""), _said(link), level)


def _older(root: Element | None) -> Iterator[tuple[str, Entry]]:
    """The points of a table of contents of the kind before."""
    for point in () if root is None else root.iter("{*}navPoint"):
        text, content = point.find("{*}navLabel/{*}text"), point.find("{*}content")
        if text is not None and content is not None:
            level = 1 + sum(etree.QName(above).localname == "navPoint" for above in point.iterancestors())
            yield from _entry(content.get("src", ""), _said(text), level)


def _entry(target: str, title: str, level: int) -> Iterator[tuple[str, Entry]]:
    if target and title:
        yield target, Entry(title, min(max(level, 1), DEEPEST))


def _root(written: bytes | None, parser: Element | None = None) -> Element | None:
    if not written:
        return None
    default = etree.XMLParser(**SAFE, recover=True, remove_comments=True)
    try:
        return etree.fromstring(written, parser or default)
    except etree.XMLSyntaxError:
        return None


def _said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _beside(path: str, target: str) -> str:
    """The path of what a file at a path refers to."""
    return posixpath.join(posixpath.dirname(path), _unescaped(target.partition("#")[0].replace("\\", "/")))


def _plain(path: str) -> str:
    """What paths have in common that mean the same."""
    return (
        posixpath.normpath("/" + normalize("NFC", _unescaped(path)).replace("\\", "/")).casefold().lstrip("/")
    )


def _unescaped(path: str) -> str:
    return ESCAPED.sub(
        lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"), path
    )
