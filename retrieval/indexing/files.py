"""Snapshot <-> the files of a folder."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, fields
from functools import reduce
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.array_folder import CONTENTS, DamagedError, Stored, read, verify, write
from retrieval.bm25 import BM25
from retrieval.content_json import json_of_row, row_of
from retrieval.documents import Origin, Span
from retrieval.indexing.collecting import Collector
from retrieval.indexing.edges import Edges
from retrieval.indexing.forward import Body, Forward, Numbers, Places
from retrieval.indexing.inverting import by_document, by_passage
from retrieval.indexing.manifest import DamagedManifestError, Manifest, read_manifest
from retrieval.indexing.records import (
    DamagedRecordError,
    Layout,
    Lines,
    Records,
    RecordWriter,
    closed_whole,
)
from retrieval.inverted.token_table import TokenTable
from retrieval.passages import Part, Passage
from retrieval.snapshot import IN_USE, Snapshot

FORM = "forward 4"

MANIFEST = "manifest"
DOCUMENTS = "documents.jsonl"
PASSAGES = "passages.jsonl"
TOKENS = "tokens.u32"
FORWARD = "forward"
BY_PASSAGE = "by_passage"
BY_DOCUMENT = "by_document"
FOLDERS = (FORWARD, BY_PASSAGE, BY_DOCUMENT)

DAMAGED = "damaged"
"""An empty file, put into a snapshot when damage is met in it, that says not to open it again."""

LENGTHS = [field.name for field in fields(Forward) if field.name != "bodies"]
OF_DOCUMENTS = {field.name: f"{field.name}-of-documents" for field in fields(Layout)}
OF_PASSAGES = {field.name: f"{field.name}-of-passages" for field in fields(Layout)}
CHECKSUMS = "checksums"
TITLED = "titled"
EDGES = "edges"
ENDS_OF_EDGES = "ends-of-edges"
SIZE = "tokens"


class DamagedSnapshotError(Exception):
    """A snapshot that is not as it was written; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A document as it is kept, with its passages as lines; `titled` says that it names its title itself.

    `edges` are the lines at its head and foot that may recur in others.
    `checksum` tells whether its lines and the tokens of its body are as they were.
    """

    origin: Origin
    titled: bool
    lines: Lines
    title: Numbers
    body: Body
    edges: Numbers
    checksum: int

    @classmethod
    def of(  # noqa: PLR0913 - its fields
        cls, origin: Origin, lines: Lines, title: Numbers, body: Body, edges: Numbers, *, titled: bool
    ) -> Self:
        """A document with the checksum that it has now."""
        checksum = crc32(np.ascontiguousarray(body.tokens).data, crc32(lines.written))
        return cls(origin, titled, lines, title, body, edges, checksum)

    @property
    def beginning(self) -> str:
        """The text of its first passage that is not boilerplate."""
        text: str = next((value[0] for value in self.lines if not value[-1]), "")
        return text


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A snapshot that is kept in files, and what the next one can be made from."""

    manifest: Manifest
    snapshot: Snapshot
    table: TokenTable
    _forward: Forward
    _passages: Records[Passage]
    _titled: npt.NDArray[np.bool_]
    _checksums: Numbers
    _edges: Edges

    def otherwise_cut(self) -> frozenset[int]:
        """The documents, by their numbers, that would be cut otherwise with the lines that recur now."""
        manifest = self.manifest
        return self._edges.having(frozenset(manifest.recurring).symmetric_difference(manifest.cut_with))

    def used(self, documents: Iterable[int]) -> Places:
        """The numbers of the tokens that stand in some documents, in order; of damaged ones, whatever."""
        is_used = np.zeros(len(self.table), np.bool_)
        for document in documents:
            for tokens in (self._forward.title_of(document), self._forward.body_of(document).tokens):
                if tokens.max(initial=0) < len(is_used):
                    is_used[tokens] = True
        return np.flatnonzero(is_used)

    def piece(self, document: int) -> Piece:
        """A document, by its number. Raises DamagedSnapshotError where a byte is not as it was written."""
        try:
            origin = self.snapshot.documents[document]
        except DamagedRecordError as error:
            raise DamagedSnapshotError(str(error)) from error
        piece = Piece.of(
            origin,
            self._passages.lines(*self._forward.bounds[document : document + 2].tolist()),
            self._forward.title_of(document),
            self._forward.body_of(document),
            self._edges[document],
            titled=bool(self._titled[document]),
        )
        if piece.checksum != self._checksums[document]:
            raise DamagedSnapshotError(f"{piece.origin.source} is not as it was written")
        return piece


def open_kept(folder: Path, *, is_verified: bool = False) -> Kept:
    """Open what was kept. Raises DamagedSnapshotError where a byte that is searched is not as it was written.

    `is_verified` says that this process has found it whole a moment ago, and need not look again.
    Documents, passages and their tokens are checked where they are read. Where a passage turns out damaged,
    the snapshot is not opened again.
    """

    def distrust() -> None:
        with suppress(OSError):  # it is removed already, or nothing can be written there
            (folder / DAMAGED).touch()

    try:
        manifest = read_manifest(folder / MANIFEST)
        _check(folder, manifest.seal, is_verified=is_verified)
        stored = read(folder / FORWARD, FORM)
        arrays = stored.arrays
        bodies = _tokens(folder / TOKENS, int(stored.figures[SIZE]))
        forward = Forward(bodies=bodies, **{name: arrays[name] for name in LENGTHS})
        of_documents, of_passages = (
            Layout(**{field: arrays[name] for field, name in names.items()})
            for names in (OF_DOCUMENTS, OF_PASSAGES)
        )
        documents = Records(folder / DOCUMENTS, of_documents, lambda _, value: Origin(*value), distrust)
        passages = Records(folder / PASSAGES, of_passages, _passage(documents, forward.bounds), distrust)
        searched = BM25.load(folder / BY_PASSAGE), BM25.load(folder / BY_DOCUMENT)
    except (OSError, ValueError, DamagedError, DamagedManifestError, DamagedRecordError) as error:
        raise DamagedSnapshotError(str(error)) from error
    snapshot = Snapshot(documents, passages, forward.passages, *searched, IN_USE.share)
    return Kept(
        manifest,
        snapshot,
        searched[0].table,
        forward,
        passages,
        arrays[TITLED],
        arrays[CHECKSUMS],
        Edges(arrays[EDGES], arrays[ENDS_OF_EDGES]),
    )


class Keeper:
    """Writes a snapshot to a folder, document by document."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with ExitStack() as files:
            opened = [
                files.enter_context(closed_whole(folder / name)) for name in (DOCUMENTS, PASSAGES, TOKENS)
            ]
            self._files = files.pop_all()
        self._documents, self._passages = map(RecordWriter, opened[:2])
        self._collector = Collector(opened[2])
        self._titled: list[bool] = []
        self._checksums: list[int] = []
        self._edges: list[Numbers] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.__exit__(kind, error, trace)

    def add(self, piece: Piece) -> None:
        """Put in a document behind the others."""
        self._documents.write(Lines.of([[piece.origin.source, piece.origin.title]]))
        self._passages.write(piece.lines)
        self._collector.add(piece.title, piece.body)
        self._titled.append(piece.titled)
        self._checksums.append(piece.checksum)
        self._edges.append(piece.edges)

    @property
    def count(self) -> int:
        """How many documents were put in."""
        return len(self._titled)

    def finish(self, table: TokenTable) -> tuple[int, frozenset[int]]:
        """Write what all documents are searched by; returns the seal, and the lines that recur.

        `table` has their tokens.
        """
        self._files.close()
        edges = Edges.of(self._edges)
        size = (self._folder / TOKENS).stat().st_size // np.uint32().itemsize
        forward = self._collector.forward(_tokens(self._folder / TOKENS, size))
        arrays = {
            **{name: getattr(forward, name) for name in LENGTHS},
            **{name: getattr(self._documents.layout, field) for field, name in OF_DOCUMENTS.items()},
            **{name: getattr(self._passages.layout, field) for field, name in OF_PASSAGES.items()},
            TITLED: np.array(self._titled, np.bool_),
            CHECKSUMS: np.array(self._checksums, np.uint32),
            EDGES: edges.lines,
            ENDS_OF_EDGES: edges.ends,
        }
        write(self._folder / FORWARD, Stored(arrays, {SIZE: size}), FORM)
        by_passage(forward, table, IN_USE).save(self._folder / BY_PASSAGE)
        by_document(forward, table, IN_USE).save(self._folder / BY_DOCUMENT)
        return _seal(self._folder), edges.recurring()


def lines_of_passages(passages: tuple[Passage, ...]) -> Lines:
    """Passages as the lines of a file."""
    return Lines.of([_value(passage) for passage in passages])


def _value(passage: Passage) -> list[Any]:
    body = [[part.span.start, part.span.end, part.heading] for part in passage.body]
    return [
        passage.text,
        passage.headings,
        passage.first,
        passage.last,
        body,
        passage.page,
        passage.boilerplate,
        json_of_row(passage.row),
    ]


def _passage(documents: Records[Origin], bounds: Places) -> Callable[[int, Any], Passage]:
    def passage(number: int, value: Any) -> Passage:  # noqa: ANN401 - what JSON holds
        text, headings, first, last, body, page, boilerplate, row = value
        origin = documents[int(bounds.searchsorted(number, side="right")) - 1]
        parts = tuple(Part(Span(start, end), heading) for start, end, heading in body)
        return Passage(origin, text, tuple(headings), first, last, parts, page, boilerplate, row_of(row))

    return passage


def _tokens(path: Path, size: int) -> Numbers:
    if path.stat().st_size != size * np.uint32().itemsize:
        raise DamagedSnapshotError(f"{path}: its size is not what it was")
    # What is empty cannot be mapped.
    return np.memmap(path, np.uint32, "r") if size else np.empty(0, np.uint32)


def _check(folder: Path, seal: int, *, is_verified: bool) -> None:
    """Raise an error unless the arrays are as they were written, and were written together.

    What is in them is not read again where it was verified.
    """
    if (folder / DAMAGED).exists():
        raise DamagedSnapshotError(f"{folder}: damage was met in it")
    for part in () if is_verified else FOLDERS:
        verify(folder / part)
    if _seal(folder) != seal:
        raise DamagedSnapshotError(f"{folder}: its parts are not of one snapshot")


def _seal(folder: Path) -> int:
    """Tells the arrays of a snapshot from those of another: what is in them, and so what in all its files."""
    return reduce(lambda so_far, part: crc32((folder / part / CONTENTS).read_bytes(), so_far), FOLDERS, 0)
