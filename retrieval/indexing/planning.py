"""Folder and the last snapshot -> what is to be done with each file."""

import hashlib
import platform
import time
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from retrieval.indexing.manifest import Entry, Manifest, State, name_of
from retrieval.limits import Limits
from retrieval.listing import File, Listing, list_folder
from retrieval.names import ending
from retrieval.problems import Problem, Reason, UnreadableError
from retrieval.reading import digest_of, read_lists
from retrieval.snapshot import IN_USE
from retrieval.vocabulary import Vocabulary

COSTLY = {Reason.TIME, Reason.MEMORY, Reason.CRASH}
"""What depends on what else the machine has to do."""

CODE = Path(__file__).parent.parent
LIBRARIES = ("jieba", "opencc", "lxml", "pypdfium2")


@dataclass(frozen=True, slots=True)
class Step:
    """A file, and what is known of it already; None when it is to be read and cut."""

    name: str
    file: File
    state: State | None
    known: Entry | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with the documents, in order, and the manifest but for them."""

    steps: tuple[Step, ...]
    rest: Manifest

    def is_done(self, last: Manifest) -> bool:
        """Whether what would be made is what there is."""
        rest = replace(self.rest, files={}, example=last.example, seal=last.seal, made=last.made)
        return (
            rest == replace(last, files={})
            and all(step.known is last.files.get(step.name) is not None for step in self.steps)
            and {step.name for step in self.steps} | {*self.rest.files} == {*last.files}
        )

    def noted(self, files: Mapping[str, Entry]) -> dict[str, Entry]:
        """Files as they were, with the states that they have now."""
        states = {step.name: step.state for step in self.steps}
        kept = {name: replace(files[name], state=state) for name, state in states.items()}
        return kept | dict(self.rest.files)

    @property
    def to_cut(self) -> list[File]:
        """The files that are to be read and cut."""
        return [step.file for step in self.steps if step.known is None]


def is_current(last: Manifest, folder: Path, limits: Limits) -> bool:
    """Whether a folder is as it was, as far as names, sizes and times tell. Raises FolderError."""
    listing = list_folder(folder)
    found = {name_of(file, folder): State.of(file.path) for file in (*listing.documents, *listing.lists)}
    return (
        last.made_by == made_by(last.vocabulary, limits)
        and last.listed == listing.problems
        and found == {name: entry.state for name, entry in last.files.items()}
        and None not in found.values()
        and last.recurring == last.cut_with
    )


def plan(folder: Path, last: Manifest | None, limits: Limits, otherwise_cut: Container[int] = ()) -> Plan:
    """What is to be done; reads the owner's words, and of the documents those that seem to have changed.

    Documents that would be `otherwise_cut` now are cut again, though their files are the same.

    Raises FolderError.
    """
    now = time.time_ns()
    listing = list_folder(folder)
    vocabulary, problems = read_lists(listing.lists, limits)
    lists = {name_of(file, folder): Entry(_settled(State.of(file.path), now), "") for file in listing.lists}
    by = made_by(vocabulary, limits)
    recurring = last.recurring if last else ()
    rest = Manifest(
        by, lists, listing.problems, problems, vocabulary, cut_with=recurring, recurring=recurring
    )
    if last is None or last.made_by != by:
        return Plan(tuple(_unknown(file, folder, now) for file in listing.documents), rest)
    steps = tuple(
        replace(step, known=None) if step.known and step.known.document in otherwise_cut else step
        for step in _steps(listing, folder, now, last, limits)
    )
    return Plan(steps, rest)


def _steps(listing: Listing, folder: Path, now: int, last: Manifest, limits: Limits) -> tuple[Step, ...]:
    kept = {
        (ending(name), entry.content): entry
        for name, entry in last.files.items()
        if entry.content and not _may_pass(entry)
    }

    def step(file: File) -> Step:
        unknown = _unknown(file, folder, now)
        entry, state = last.files.get(unknown.name), State.of(file.path)
        if entry and entry.state and entry.state == state:
            return replace(unknown, state=state, known=entry)
        try:
            content = digest_of(file, limits)
        except UnreadableError as error:  # whoever reads it to cut it says why not, unless that was said
            problem = error.of(file.source)
            known = entry if entry and entry.problem == problem else None
            return replace(unknown, state=lasting(unknown.state, problem), known=known)
        if entry and entry.content == content and not _may_pass(entry):
            return replace(unknown, known=entry)
        return replace(unknown, known=kept.get((ending(unknown.name), content)))

    return tuple(step(file) for file in listing.documents)


def _unknown(file: File, folder: Path, now: int) -> Step:
    return Step(name_of(file, folder), file, _settled(State.of(file.path), now), None)


def lasting(state: State | None, problem: Problem | None) -> State | None:
    """The state of a file with its problem, if any; None where that may pass though the file stays."""
    return None if problem and problem.reason is Reason.ACCESS else state


def _may_pass(entry: Entry) -> bool:
    """Whether a file might be read this time, though it is the same."""
    return entry.problem is not None and entry.problem.reason in COSTLY


def _settled(state: State | None, now: int) -> State | None:
    return state if state and state.is_settled(now) else None


@cache
def _code() -> bytes:
    """Tells versions of this code, of Python, which knows the characters, and of what texts are cut by."""
    code = hashlib.blake2b()
    for path in sorted(CODE.rglob("*.py")):
        code.update(path.read_bytes())
    for said in (platform.python_version(), *map(version, LIBRARIES)):
        code.update(said.encode())
    return code.digest()


def made_by(vocabulary: Vocabulary, limits: Limits) -> str:
    """Tells whether documents would be read and cut alike: by this code, within these limits, into these
    terms, with the weights in use.
    """
    said = repr((_code(), float(limits.seconds), limits.memory, vocabulary.terms, IN_USE))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
