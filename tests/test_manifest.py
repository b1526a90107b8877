"""A manifest that is read is the one that was written, or none."""

import json
import os
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.indexing.manifest import (
    COARSE,
    FINE,
    SECOND,
    DamagedManifestError,
    Entry,
    Manifest,
    State,
    name_of,
    read_manifest,
    write_manifest,
)
from retrieval.listing import File
from retrieval.problems import Problem, Reason
from retrieval.vocabulary import NO_WORDS, Vocabulary

TEXTS = st.text(
    st.characters(exclude_categories=()), max_size=4
)  # as undecodable names and bad texts have them
NUMBERS = st.integers(0, 2**63)
PROBLEMS = st.builds(Problem, TEXTS, st.sampled_from(Reason), TEXTS, st.none() | NUMBERS)
WORDS = st.lists(TEXTS, max_size=3)
ENTRIES = st.builds(
    Entry,
    st.none() | st.builds(State, NUMBERS, NUMBERS, NUMBERS),
    TEXTS,
    st.none() | NUMBERS,
    st.none() | PROBLEMS,
)
MANIFESTS = st.builds(
    Manifest,
    TEXTS,
    st.dictionaries(TEXTS, ENTRIES, max_size=3),
    st.lists(PROBLEMS, max_size=2).map(tuple),
    st.lists(PROBLEMS, max_size=2).map(tuple),
    st.builds(
        Vocabulary, WORDS.map(tuple), WORDS.map(frozenset), st.lists(WORDS.map(tuple), max_size=2).map(tuple)
    ),
    st.none() | TEXTS,
    NUMBERS,
)


@settings(max_examples=25)
@given(MANIFESTS, MANIFESTS)
def test_what_is_written_is_read_and_replaced_at_once(
    tmp_path_factory: pytest.TempPathFactory, first: Manifest, second: Manifest
) -> None:
    path = tmp_path_factory.mktemp("manifest") / "manifest"
    for manifest in (first, second):
        write_manifest(path, manifest)
        assert read_manifest(path) == manifest
        assert [*read_manifest(path).files] == [*manifest.files]  # in order
    assert [*path.parent.iterdir()] == [path]


def test_every_changed_or_missing_byte_is_found(tmp_path: Path) -> None:
    path = tmp_path / "manifest"
    write_manifest(path, Manifest("这", {"a": Entry(State(1, 2, 3), "b", 0)}, (), (), NO_WORDS))
    whole = path.read_bytes()
    damaged = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(len(whole))]
    for content in [*damaged, *(whole[:place] for place in range(len(whole))), whole + b" "]:
        path.write_bytes(content)
        with pytest.raises(DamagedManifestError):
            read_manifest(path)


@pytest.mark.parametrize(
    "said",
    [
        {},
        [],
        {"made_by": "", "files": {"a": {"state": None, "new": 1}}},
        {"made_by": "", "files": {}, "listed": [{}]},
    ],
)
def test_a_manifest_of_another_version_is_refused(tmp_path: Path, said: object) -> None:
    written = json.dumps(said).encode()
    (tmp_path / "manifest").write_bytes(b"%08x\n%b" % (crc32(written), written))
    with pytest.raises(DamagedManifestError, match="another version"):
        read_manifest(tmp_path / "manifest")


def test_a_state_is_settled_when_a_later_change_would_have_another_time() -> None:
    now = 1_700_000_000 * SECOND + 5
    assert not State(1, now - FINE, now - FINE).is_settled(now)
    assert State(1, now - FINE - 1, now - FINE - 1).is_settled(now)
    assert not State(1, now - COARSE, now - FINE).is_settled(now)  # put back to an old time just now
    assert not State(1, now + SECOND, now).is_settled(now)  # written by a clock that is ahead
    assert State(1, now + 9000 * SECOND, now - FINE - 1).is_settled(now)  # from tomorrow
    assert not State(1, now + 9000 * SECOND, now - FINE).is_settled(now)
    whole = now // SECOND * SECOND
    assert not State(1, whole - SECOND, whole - SECOND).is_settled(now)  # a disk that counts in seconds
    assert State(1, whole - 3 * SECOND, whole - 3 * SECOND).is_settled(now)


def test_a_state_shows_a_change_that_hides_its_time(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    before, times = State.of(path), path.stat()
    while State.of(path) == before:
        path.write_bytes(b"2")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = State.of(path)
    assert before is not None
    assert after is not None
    assert (before.size, before.modified) == (after.size, after.modified)
    assert State.of(tmp_path / "none") is None


def test_files_that_are_known_by_one_name_have_two_in_a_manifest(tmp_path: Path) -> None:
    paths = [tmp_path / "船" / name for name in ("茶.md", os.fsdecode("茶".encode("gb18030") + b".md"))]
    names = {name_of(File("船/茶.md", path), tmp_path) for path in paths}
    assert len(names) == 2
    assert {tmp_path / name for name in names} == {*paths}
