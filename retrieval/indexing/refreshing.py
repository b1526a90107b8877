"""Folder -> its index on the disk, in which only what changed was cut."""

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import time

from retrieval.examples import example
from retrieval.index import Index
from retrieval.indexing.cutters import Cutters
from retrieval.indexing.files import MANIFEST, DamagedSnapshotError, Keeper, Kept, open_kept
from retrieval.indexing.making import Maker
from retrieval.indexing.manifest import Entry, Manifest, write_manifest
from retrieval.indexing.planning import Plan, is_current, lasting, made_by, plan
from retrieval.indexing.versions import clear, locked, making, newest
from retrieval.limits import IN_GENERAL, Limits
from retrieval.tokens import Tokenizer

log = logging.getLogger(__name__)

CUTTING = 0.9
"""The share of the work that is done when all documents are cut, about."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: documents of how many, their passages, and the share of the work, 0 to 1."""

    documents: int
    of: int
    passages: int
    share: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the files of a folder, in numbers; `skipped` are those that could not be read."""

    added: int = 0
    changed: int = 0
    renamed: int = 0
    removed: int = 0
    skipped: int = 0


Tell = Callable[[Progress], None]


class Refresher:
    """Keeps the index of a folder, in `derived`, which may hold those of other folders too."""

    def __init__(
        self,
        folder: Path,
        derived: Path,
        tokenizer: Callable[[tuple[str, ...]], Tokenizer],
        limits: Limits = IN_GENERAL,
    ) -> None:
        """`tokenizer` makes one that knows some terms; `limits` are what reading a file may cost."""
        self._folder, self._derived, self._tokenizer, self._limits = folder, derived, tokenizer, limits
        name = hashlib.blake2b(os.fsencode(folder.resolve()), digest_size=6).hexdigest()
        self._home = derived / f"index-{name}"
        self._last: tuple[Path, Kept] | None = None
        """What was opened last, which need not be verified again."""

    @property
    def opened(self) -> Path | None:
        """The folder of the snapshot that was opened last."""
        return self._last and self._last[0]

    def current(self) -> Kept | None:
        """What is kept, if the folder has not changed since. Raises FolderError."""
        kept = self._kept(log.debug)  # whoever makes it again says why
        return kept if kept and is_current(kept.manifest, self._folder, self._limits) else None

    def unchanged(self) -> Kept | None:
        """What is kept, if the documents say the same; reads those that seem to have changed.

        Raises FolderError.
        """
        kept = self._kept(log.debug)
        return kept if kept and self._plan(kept).is_done(kept.manifest) else None

    def newest(self) -> Kept:
        """What is kept, whether or not the folder has changed since. Raises DamagedSnapshotError.

        So it does where other code made it, which may cut otherwise than the questions are cut here.
        """
        kept = self._kept(log.warning)
        if kept is None:
            raise DamagedSnapshotError(f"There is no whole index in {self._home}")
        if kept.manifest.made_by != made_by(kept.manifest.vocabulary, self._limits):
            raise DamagedSnapshotError(f"Another version made the index in {self._home}: start again")
        return kept

    def prepare(self) -> None:
        """Load what a refresh will most likely need."""
        if last := self._kept(log.debug):
            self._tokenizer(last.manifest.vocabulary.terms)

    def refresh(self, tell: Tell = lambda _: None) -> tuple[Kept, Changes]:
        """Bring what is kept up to date; `tell` hears how far it is.

        Raises FolderError, and OSError when the disk does not take it: then what was kept is as it was.
        """
        with locked(self._home):
            clear(self._home)
            last = self._kept(log.warning)
            planned = self._plan(last)
            if last and last.manifest.made_by != planned.rest.made_by:
                log.info("The index is made again: the terms, or what cuts the documents, have changed")
            if last and planned.is_done(last.manifest):
                kept = self._noted(planned, last)
            else:
                kept = self._remade(planned, last, tell)
            if kept.manifest.recurring != kept.manifest.cut_with:
                log.info("Most documents share other lines than before: those that have them are cut again")
                kept = self._remade(self._plan(kept), kept, tell)
            return kept, _changes(last.manifest if last else None, kept.manifest)

    def _plan(self, last: Kept | None) -> Plan:
        if last is None:
            return plan(self._folder, None, self._limits)
        return plan(self._folder, last.manifest, self._limits, last.otherwise_cut())

    def _kept(self, say: Callable[[str, object], None]) -> Kept | None:
        while folder := newest(self._home):
            try:
                verified = self._last is not None and self._last[0] == folder
                kept = open_kept(folder, is_verified=verified)
            except DamagedSnapshotError as error:
                if folder == newest(self._home):  # and was not removed meanwhile for a newer one
                    say("The index is made again: %s", error)
                    return None
            else:
                self._last = folder, kept
                return kept
        return None

    def _noted(self, planned: Plan, last: Kept) -> Kept:
        """The last snapshot, with the times that its files have now."""
        manifest = replace(last.manifest, files=planned.noted(last.manifest.files))
        folder = newest(self._home)
        if folder and manifest != last.manifest:
            write_manifest(folder / MANIFEST, manifest)
        return replace(last, manifest=manifest)

    def _remade(self, planned: Plan, last: Kept | None, tell: Tell) -> Kept:
        try:
            self._make(planned, last, tell)
        except DamagedSnapshotError as error:
            log.warning("The index is made again: %s", error)
            self._make(self._plan(None), None, tell)
        clear(self._home)
        latest = newest(self._home)
        assert latest is not None
        kept = open_kept(latest, is_verified=True)
        self._last = latest, kept
        return kept

    def _make(self, planned: Plan, last: Kept | None, tell: Tell) -> None:
        vocabulary = planned.rest.vocabulary
        tokenizer = cache(lambda: self._tokenizer(vocabulary.terms))
        recurring = frozenset(planned.rest.cut_with)
        cutters = Cutters(self._derived, tokenizer, vocabulary.terms, self._limits, recurring)
        maker = Maker(planned, last, cutters, tokenizer)
        with making(self._home) as folder:
            with Keeper(folder) as keeper:
                files = {**planned.rest.files, **_kept_files(maker, keeper, len(planned.steps), tell)}
                seal, shared = keeper.finish(maker.table)
            manifest = replace(
                planned.rest,
                files=files,
                seal=seal,
                recurring=tuple(sorted(shared)),
                made=time(),
            )
            write_manifest(folder / MANIFEST, manifest)
            index = Index(open_kept(folder).snapshot, tokenizer(), vocabulary)
            write_manifest(folder / MANIFEST, replace(manifest, example=example(index)))


def _kept_files(maker: Maker, keeper: Keeper, count: int, tell: Tell) -> dict[str, Entry]:
    """Put all documents into a snapshot; what became of the files, by their names."""
    files: dict[str, Entry] = {}
    passages = 0
    for number, made in enumerate(maker, 1):
        name, state = made.step.name, lasting(made.step.state, made.problem)
        document = None if made.piece is None else keeper.count
        files[name] = Entry(state, made.digest, document, made.problem)
        if made.piece is not None:
            keeper.add(made.piece)
            passages += len(made.piece.lines)
        tell(Progress(number, count, passages, CUTTING * number / count))
    return files


def _changes(before: Manifest | None, after: Manifest) -> Changes:
    old, new = (
        {n: e for n, e in m.files.items() if e.document is not None} if m else {} for m in (before, after)
    )
    came, gone = new.keys() - old.keys(), old.keys() - new.keys()
    moved = Counter(old[name].content for name in gone) & Counter(new[name].content for name in came)
    renamed = moved.total()
    return Changes(
        added=len(came) - renamed,
        changed=sum(old[name].content != new[name].content for name in old.keys() & new.keys()),
        renamed=renamed,
        removed=len(gone) - renamed,
        skipped=sum(not problem.is_served for problem in after.problems),
    )
