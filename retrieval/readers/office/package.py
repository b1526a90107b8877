"""Office file -> its parts, found by how they are related."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile

from lxml import etree

from retrieval.problems import Reason, UnreadableError
from retrieval.readers.archives import SAFE, Element, refuse_locked

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""How the files of the formats before these begin, and those with a password."""

LOCKED = "EncryptedPackage".encode("utf-16-le")
BLOCK = 1 << 20
"""Bytes that are looked through at once."""

STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
NAMESPACES = 1 << 14
"""Bytes at the beginning of a part in which its namespaces are named."""

ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
"""The same content several times over, for programs of different age."""

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_PROPERTY = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an office file by its name: the root of its XML."""

    name: str
    root: Element


@dataclass(frozen=True, slots=True)
class _Relation:
    number: str
    kind: str
    target: str


class Package:
    """The parts of an office file. What is not asked for is not unpacked, as pictures are large."""

    def __init__(self, file: BinaryIO, older: Reason) -> None:
        """Open a file; raises UnreadableError, for the reason `older` where its format is the one before."""
        file.seek(0)
        if file.read(len(COMPOUND)) == COMPOUND:
            raise UnreadableError(Reason.LOCKED if _holds(file, LOCKED) else older)
        try:
            self._archive = ZipFile(file)
        except BadZipFile as error:
            raise UnreadableError(Reason.DAMAGED, "not an archive") from error
        self._names = {_folded(name): name for name in self._archive.namelist()}
        self._relations: dict[str, tuple[_Relation, ...]] = {}

    def main(self, usual: str) -> Part:
        """The part that everything hangs on. Raises UnreadableError where there is none."""
        found = next(self.related("", "officeDocument"), None) or self.part(usual)
        if found is None:
            raise UnreadableError(Reason.DAMAGED, f"without {usual}")
        return found

    def part(self, name: str) -> Part | None:
        """A part by its name, None where there is none."""
        member = self._names.get(_folded(name))
        if member is None:
            return None
        refuse_locked(self._archive.getinfo(member))
        return Part(name, _parsed(self._archive.read(member)))

    def related(self, name: str, kind: str) -> Iterator[Part]:
        """The parts that the part of a name is related to in a way; what is missing is passed over."""
        for relation in self._relations_of(name):
            if relation.kind == kind and (found := self.part(relation.target)):
                yield found

    def by_number(self, name: str, number: str | None) -> Part | None:
        """The part that the part of a name calls by a number as "rId7"."""
        relations = self._relations_of(name)
        target = next((relation.target for relation in relations if relation.number == number), None)
        return None if target is None else self.part(target)

    def written(self, name: str, number: str | None) -> tuple[str, bytes] | None:
        """The name and the bytes of what the part of a name calls by a number, XML or not."""
        for relation in self._relations_of(name):
            member = self._names.get(_folded(relation.target))
            if member and number == relation.number:
                refuse_locked(self._archive.getinfo(member))
                return member, self._archive.read(member)
        return None

    def opened(self, name: str, kind: str, number: str | None = None) -> BinaryIO | None:
        """The part that the part of a name is related to in a way, to be read bit by bit; None where there is
        none, or none of a number where one is given.
        """
        for relation in self._relations_of(name):
            member = self._names.get(_folded(relation.target))
            if member and relation.kind == kind and number in {None, relation.number}:
                refuse_locked(self._archive.getinfo(member))
                return cast("BinaryIO", self._archive.open(member))
        return None

    def relates(self, name: str, kind: str, number: str | None) -> bool:
        """Whether the part of a name is related in a way to one that it calls by a number, missing or not."""
        return any(found.kind == kind and found.number == number for found in self._relations_of(name))

    @property
    def title(self) -> str | None:
        """The title in the file's properties."""
        properties = next(self.related("", "core-properties"), None)
        return None if properties is None else properties.root.findtext(_PROPERTY)

    def _relations_of(self, name: str) -> tuple[_Relation, ...]:
        if name not in self._relations:
            folder, own = posixpath.split(name)
            found = self.part(posixpath.join(folder, "_rels", f"{own}.rels"))
            self._relations[name] = () if found is None else tuple(_relations(found.root, folder))
        return self._relations[name]


def integer(said: str | None, otherwise: int = 0) -> int:
    """The number that an attribute says, or another where it says none."""
    found = _INTEGER.match(said or "")
    return int(found[0]) if found else otherwise


def children(element: Element) -> Iterator[Element]:
    """The elements right below one. Of alternatives, those that the newest programs show."""
    for child in element.iterchildren("*"):
        if child.tag == ALTERNATIVES:
            best = next(child.iterchildren("*"), None)
            yield from () if best is None else children(best)
        else:
            yield child


def _relations(root: Element, folder: str) -> Iterator[_Relation]:
    for element in root.iterchildren("*"):
        if element.get("TargetMode") != "External":
            target = element.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            yield _Relation(element.get("Id", ""), kind, path)


def _parsed(written: bytes) -> Element:
    if STRICT.search(written, 0, NAMESPACES):
        written = STRICT.sub(TRANSITIONAL, written)
    parser = etree.XMLParser(**SAFE, remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return etree.fromstring(written, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    before = b""
    while block := file.read(BLOCK):
        if wanted in before + block:
            return True
        before = block[-len(wanted) :]
    return False
