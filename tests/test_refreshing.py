"""A refreshed index is the one that would be made from nothing, whatever became of the folder or the disk."""

import logging
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from errno import ENOSPC, EROFS
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from time import sleep
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writing_often import refresh_often

from benchmarks.crashing import Kill, Place, counted, small_dictionary, survive
from retrieval import recurring
from retrieval.examples import example
from retrieval.index import Index
from retrieval.indexing import making, planning
from retrieval.indexing.files import DamagedSnapshotError, Kept, open_kept
from retrieval.indexing.memory import indexed
from retrieval.indexing.records import DamagedRecordError
from retrieval.indexing.refreshing import Changes, Refresher
from retrieval.indexing.versions import newest
from retrieval.library import open_library
from retrieval.problems import Reason
from retrieval.reading import read_folder
from retrieval.search import Answer, search
from retrieval.tokens import Tokenizer

QUESTIONS = (
    "渡船几点开",
    "茶怎么泡",
    "2024鲁1724刑初56号",
    "“开水房”",
    "船",
    "集市",
    "台账 渡口",
    "Tea house",
    "量子",
)
CONTENTS = (
    "渡船从八点开到六点。\n\n下雨不开。".encode(),
    "渡船从九点开到六点。\n\n下雨不开。".encode(),  # as long
    "# 茶\n\n## 怎么泡\n\n用开水泡。\n\n## 忌\n\n忌久放。".encode(),
    "渡船在青石鎮，茶用滾水沖泡。".encode("big5"),
    "集市在渡口旁边，开水房卖茶。".encode("gb18030"),
    "（2024）鲁1724刑初56号\n\nThe Tea house, GB/T 22239-2019".encode(),
    "。。。\n\n！！".encode(),
    b"",
    b" \n\t\n",
    bytes(99),
    "渡口\n\n青石小筑 第1期\n\n渡船从八点开到六点。".encode(),
    "集市在渡口旁边。\n\n青石小筑 第2期".encode(),
)
NAMES = (
    "渡口.txt",
    "茶.md",
    "船/渡口.txt",
    "奇 怪\n'(1)'.TXT",
    os.fsdecode("茶".encode("gb18030") + b".md"),  # known by the same name as another
    os.fsdecode(b"\xff\xfe.txt"),
    "图.png",
    "船/_terms.txt",
    "_term.txt",
)
LISTS = ("_terms.txt", "_synonyms.txt", "_stopwords.txt")
WORDS = ("", "开水房\n", "渡船,轮渡\n茶,茗\n", "什么\n开水\n", "渡船, 船\n一二三，四五六，\n", "\0\1\2")

Edit = Callable[[Path], None]


def writes(name: str, content: bytes) -> Edit:
    def write(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if path.is_fifo() or path.is_symlink():
            path.unlink()
        path.write_bytes(content)

    return write


def removes(name: str) -> Edit:
    return lambda folder: (folder / name).unlink(missing_ok=True)


def renames(old: str, new: str) -> Edit:
    def rename(folder: Path) -> None:
        (folder / new).parent.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            (folder / old).rename(folder / new)

    return rename


def touches(name: str) -> Edit:
    def touch(folder: Path) -> None:
        with suppress(FileNotFoundError):
            os.utime(folder / name)

    return touch


def swaps(one: str, other: str) -> Edit:
    def swap(folder: Path) -> None:
        if one != other and (folder / one).exists() and (folder / other).exists():
            (folder / one).rename(folder / "aside")
            (folder / other).rename(folder / one)
            (folder / "aside").rename(folder / other)

    return swap


def makes_unreadable(name: str, make: Callable[[Path], None]) -> Edit:
    """What stands there is replaced by something that is no regular file."""

    def spoil(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).unlink(missing_ok=True)
        make(folder / name)

    return spoil


def removes_folder(folder: Path) -> None:
    shutil.rmtree(folder / "船", ignore_errors=True)


names, any_name = st.sampled_from(NAMES), st.sampled_from([*NAMES, *LISTS])
EDITS = st.one_of(
    st.builds(writes, names, st.sampled_from(CONTENTS)),
    st.builds(writes, names, st.sampled_from(CONTENTS[:6])),
    st.builds(writes, st.sampled_from(LISTS), st.sampled_from(WORDS).map(str.encode)),
    st.builds(renames, names, names),
    st.builds(swaps, names, names),
    st.builds(removes, any_name),
    st.builds(touches, any_name),
    st.builds(makes_unreadable, any_name, st.sampled_from([os.mkfifo, lambda path: path.symlink_to("none")])),
    st.just(removes_folder),
)


@pytest.fixture(scope="module", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder of three documents, with an index to come."""
    made = Place(tmp_path / "documents", tmp_path / "index")
    made.documents.mkdir()
    small_dictionary(made.derived)
    for name, content in zip(NAMES, (CONTENTS[0], CONTENTS[2], CONTENTS[3]), strict=False):
        writes(name, content)(made.documents)
    return made


def answers(index: Index) -> list[Answer]:
    return [search(index, question, 20) for question in QUESTIONS]


def of(place: Place, kept: Kept) -> Index:
    vocabulary = kept.manifest.vocabulary
    return Index(kept.snapshot, Tokenizer(place.derived, vocabulary.terms), vocabulary)


def check(place: Place, kept: Kept) -> None:
    """Hold an index against one that is made from nothing."""
    found = read_folder(place.documents)
    expected = indexed(found.documents, Tokenizer(place.derived, found.vocabulary.terms), found.vocabulary)
    index = of(place, kept)
    assert list(index.documents) == list(expected.documents)
    assert list(index.passages) == list(expected.passages)
    assert index.sizes == expected.sizes
    assert (kept.manifest.problems, kept.manifest.vocabulary) == (found.problems, found.vocabulary)
    assert kept.manifest.example == example(expected)
    assert answers(index) == answers(expected)


def look_ahead(patch: pytest.MonkeyPatch, seconds: int = 10) -> None:
    """Let it be later, so that the state of every file is known for sure."""
    clock = SimpleNamespace(time_ns=lambda: planning_time() + seconds * 1_000_000_000)
    patch.setattr(planning, "time", clock)


planning_time = planning.time.time_ns


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(
    turns=st.lists(st.tuples(st.booleans(), st.lists(EDITS, min_size=1, max_size=4)), min_size=1, max_size=3)
)
def test_after_any_edits_it_answers_like_an_index_made_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, turns: list[tuple[bool, list[Edit]]]
) -> None:
    folder = tmp_path_factory.mktemp("edited")
    place = Place(folder / "documents", folder / "index")
    place.documents.mkdir()
    small_dictionary(place.derived)
    for name, content in zip(NAMES, CONTENTS[-3:] + CONTENTS, strict=False):
        writes(name, content)(place.documents)
    for is_later, edits in [(True, []), *turns]:
        for edit in edits:
            edit(place.documents)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(recurring, "SHARED", 2)
            if is_later:
                look_ahead(patch)
            kept, _ = place.refresher.refresh()
            check(place, kept)
            again, changes = place.refresher.refresh()
            assert (again.manifest.seal, replace(changes, skipped=0)) == (kept.manifest.seal, Changes())
            current = place.refresher.current()
        assert current is None or current.manifest.files == again.manifest.files
    shutil.rmtree(folder)


class Work:
    """What refreshes read and cut: files of the folder by their names, and texts."""

    def __init__(self, place: Place, patch: pytest.MonkeyPatch) -> None:
        self.read, self.cut = Counter[str](), Counter[str]()
        self._counts = True
        opened, call = os.open, Tokenizer.__call__

        def opening(path: str | Path, flags: int, mode: int = 0o777, dir_fd: int | None = None) -> int:
            if self._counts and Path(path).is_relative_to(place.documents):
                self.read[Path(path).relative_to(place.documents).as_posix()] += 1
            return opened(path, flags, mode, dir_fd=dir_fd)

        def cutting(tokenizer: Tokenizer, text: str) -> list[str]:
            self.cut[text] += self._counts
            return call(tokenizer, text)

        def looking_for_an_example(index: Index) -> str | None:
            self._counts = False
            found = example(index)
            self._counts = True
            return found

        patch.setattr(os, "open", opening)
        patch.setattr(Tokenizer, "__call__", cutting)
        patch.setattr("retrieval.indexing.refreshing.example", looking_for_an_example)

    def done(self) -> tuple[set[str], set[str]]:
        """What was read and cut; from here on nothing is counted."""
        self._counts = False
        return set(self.read), {text for text, count in self.cut.items() if count}


@pytest.fixture
def work(place: Place, monkeypatch: pytest.MonkeyPatch) -> Work:
    """What is done after the three documents were indexed."""
    look_ahead(monkeypatch)
    place.refresher.refresh()
    return Work(place, monkeypatch)


def test_a_restart_reads_no_document_and_cuts_nothing(place: Place, work: Work) -> None:
    assert place.refresher.current() is not None
    kept, changes = place.refresher.refresh()
    assert (work.done(), changes) == ((set(), set()), Changes())
    check(place, kept)


def test_a_restart_makes_nothing_again_for_a_file_that_cannot_be_read(place: Place, work: Work) -> None:
    os.mkfifo(place.documents / "管.txt")
    (place.documents / "断.txt").symlink_to("none")
    (place.documents / "片.mp4").write_bytes(b"\0")
    (place.documents / "空.txt").write_bytes(b"")
    before, changes = place.refresher.refresh()
    assert changes == Changes(skipped=4)
    os.utime(place.documents / "片.mp4")
    os.utime(place.documents / "空.txt")
    assert place.refresher.refresh()[0].manifest.seal == before.manifest.seal
    assert newest(place.home) == place.home / "snapshot-000002"
    assert work.done() == ({"管.txt", "空.txt"}, set())
    (place.documents / "断.txt").unlink()
    (place.documents / "断.txt").write_bytes(CONTENTS[0])
    assert place.refresher.refresh()[1] == Changes(added=1, skipped=3)


def test_a_touched_file_is_read_and_not_cut(place: Place, work: Work) -> None:
    os.utime(place.documents / NAMES[0])
    folder = newest(place.home)
    assert place.refresher.refresh()[1] == Changes()
    assert work.done() == ({NAMES[0]}, set())
    assert newest(place.home) == folder
    assert place.refresher.current() is not None


def test_a_renamed_file_is_read_and_only_its_title_is_cut(place: Place, work: Work) -> None:
    renames(NAMES[0], "船/时刻.txt")(place.documents)
    kept, changes = place.refresher.refresh()
    assert (work.done(), changes) == (({"船/时刻.txt"}, {"时刻"}), Changes(renamed=1))
    check(place, kept)


def test_a_renamed_file_that_names_its_title_is_found_by_its_new_name_too(place: Place, work: Work) -> None:
    renames(NAMES[1], "沏.md")(place.documents)
    kept, changes = place.refresher.refresh()
    assert (work.done(), changes) == (({"沏.md"}, {"茶\n沏"}), Changes(renamed=1))
    check(place, kept)


def test_a_changed_file_costs_its_own_cutting_only(place: Place, work: Work) -> None:
    writes(NAMES[0], "只有这句。".encode())(place.documents)
    kept, changes = place.refresher.refresh()
    assert (work.done(), changes) == (({NAMES[0]}, {"只有这句。", "渡口"}), Changes(changed=1))
    check(place, kept)


def test_what_comes_to_stand_in_most_documents_cuts_those_again_that_have_it_and_no_others(
    place: Place, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recurring, "SHARED", 1)
    for name in ("甲.txt", "乙.txt", "丙.txt", "丁.txt"):
        writes(name, f"渡口\n\n青石小筑 第1期\n\n渡口有{name[0]}字号的船。".encode())(place.documents)
    kept, changes = place.refresher.refresh()
    read, _ = work.done()
    assert (read, changes) == ({"甲.txt", "乙.txt", "丙.txt", "丁.txt"}, Changes(added=4))
    assert [p.text for p in kept.snapshot.passages if p.boilerplate] == ["渡口\n\n青石小筑 第1期"] * 4
    check(place, kept)
    assert place.refresher.current() is not None
    for name in ("甲.txt", "乙.txt"):
        (place.documents / name).unlink()
    kept, _ = place.refresher.refresh()
    assert not any(passage.boilerplate for passage in kept.snapshot.passages)
    check(place, kept)


def test_other_terms_cut_everything_again(place: Place, work: Work, caplog: pytest.LogCaptureFixture) -> None:
    writes("_terms.txt", "开水".encode())(place.documents)
    with caplog.at_level(logging.INFO):
        kept, changes = place.refresher.refresh()
    read, cut = work.done()
    assert read == {*NAMES[:3], "_terms.txt"}
    assert {passage.text for passage in kept.snapshot.passages} <= cut
    assert (len(caplog.messages), changes) == (1, Changes())
    check(place, kept)


def test_other_synonyms_and_stopwords_cut_nothing(place: Place, work: Work) -> None:
    writes("_synonyms.txt", "渡船,轮渡".encode())(place.documents)
    writes("_stopwords.txt", "请问".encode())(place.documents)
    kept, _ = place.refresher.refresh()
    # Synonyms are cut as the question is, not the documents.
    read, cut = work.done()
    assert read == {"_synonyms.txt", "_stopwords.txt"}
    assert cut.isdisjoint(passage.text for passage in kept.snapshot.passages)
    check(place, kept)


@pytest.mark.parametrize("tick", [1_000_000_000, 10_000_000])
def test_a_file_that_changes_within_a_tick_of_the_disk_is_noticed(
    place: Place, tick: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = Path.stat

    def coarse(path: Path, **others: bool) -> SimpleNamespace:
        found = stat(path, **others)
        times = {name: getattr(found, name) // tick * tick for name in ("st_mtime_ns", "st_ctime_ns")}
        return SimpleNamespace(st_mode=found.st_mode, st_size=found.st_size, **times)

    monkeypatch.setattr(Path, "stat", coarse)
    for turn in range(6):
        writes(NAMES[0], CONTENTS[turn % 2])(place.documents)
        kept, _ = place.refresher.refresh()
        assert kept.snapshot.passages[0].text == CONTENTS[turn % 2].decode()


def test_an_empty_folder_and_one_without_any_token_are_indexed(place: Place) -> None:
    for name in NAMES[:3]:
        removes(name)(place.documents)
    kept, _ = place.refresher.refresh()
    check(place, kept)
    assert len(kept.snapshot.passages) == 0
    writes("点.txt", CONTENTS[6])(place.documents)
    kept, _ = place.refresher.refresh()
    check(place, kept)
    assert len(kept.snapshot.passages) == 1


def test_a_table_of_which_little_is_used_is_made_smaller(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes("长.txt", "".join(map(chr, range(0x4E00, 0x5200))).encode())(place.documents)
    before, _ = place.refresher.refresh()
    removes("长.txt")(place.documents)
    renames(NAMES[0], "时刻.txt")(place.documents)
    after, _ = place.refresher.refresh()
    check(place, after)
    used = {number for document in range(3) for number in after.piece(document).body.tokens.tolist()}
    used |= {number for document in range(3) for number in after.piece(document).title.tolist()}
    assert len(after.table) < len(before.table) / 10
    assert len(after.table) <= len(used) + 2  # and what the old name was made of
    monkeypatch.setattr(making, "USED", 0)
    writes("长.txt", CONTENTS[5])(place.documents)
    removes(NAMES[1])(place.documents)
    kept, _ = place.refresher.refresh()
    check(place, kept)
    assert np.array_equal(kept.table.text[: len(after.table.text)], after.table.text)  # it only grew


def test_thousands_of_small_files_are_indexed_and_kept(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    look_ahead(monkeypatch)
    for number in range(1100):
        (place.documents / f"{number}.txt").write_text(f"第{number}号渡船，共{number % 7}条。")
    shares: list[float] = []
    kept, changes = place.refresher.refresh(lambda progress: shares.append(progress.share))
    assert (len(kept.snapshot.documents), changes.added) == (1103, 1103)
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1
    assert place.refresher.current() is not None
    (found,) = search(of(place, kept), "“第1018号渡船”", 1).hits
    assert found.passage.text == "第1018号渡船，共3条。"


def damaged_files(folder: Path) -> list[Path]:
    return [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]


def truths(answered: list[Answer]) -> dict[str, Answer]:
    return {answer.question: answer for answer in answered}


def refuses(kept: Kept, place: Place, expected: dict[str, Answer]) -> bool:
    """Whether anything that is asked of an index is refused; what is answered must be true."""
    index, refused = of(place, kept), False
    for question, answer in expected.items():
        try:
            assert search(index, question, 20) == answer
        except DamagedRecordError:
            refused = True
    return refused


def mended(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    """Refresh what is damaged: it is made again with one line in the log."""
    caplog.clear()
    kept, _ = place.refresher.refresh()
    check(place, kept)
    assert [message for message in caplog.messages if "made again" in message] == caplog.messages
    assert len(caplog.messages) == 1
    place.refresher.refresh()
    assert len(caplog.messages) == 1


LAZY = {"documents.jsonl", "passages.jsonl", "tokens.u32"}
"""The files that are checked only where they are read."""


def damages(whole: bytes) -> Iterator[bytes | None]:
    """Ways in which a file may be damaged; None where it is gone."""
    yield None
    yield from {b"", whole[:-1], whole[: len(whole) // 8 * 4], whole + b"\0"} - {whole}
    for place in range(0, len(whole), len(whole) // 4 + 1):
        yield whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :]


def test_a_snapshot_with_any_file_damaged_is_not_trusted(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    kept, _ = place.refresher.refresh()
    expected = truths(answers(of(place, kept)))
    folder = newest(place.home)
    assert folder is not None
    for name in damaged_files(folder):
        whole = (folder / name).read_bytes()
        for content in damages(whole):
            (folder / name).unlink(missing_ok=True)
            if content is not None:
                (folder / name).write_bytes(content)
            try:
                opened = open_kept(folder)
            except DamagedSnapshotError:
                continue
            assert name.name in LAZY
            assert content is not None
            assert len(content) == len(whole)
            if refuses(opened, place, expected):
                with pytest.raises(DamagedSnapshotError, match="damage was met"):
                    open_kept(folder)  # it is known now
            with pytest.raises(DamagedSnapshotError):
                _ = [opened.piece(document) for document in range(3)]
            (folder / "damaged").unlink(missing_ok=True)
        (folder / name).write_bytes(whole)
    check(place, open_kept(folder))
    assert caplog.messages == []


@pytest.mark.parametrize("name", ["manifest", *sorted(LAZY), "forward/contents", "by_passage/tokens-text"])
def test_a_damaged_index_is_made_again_with_one_line_in_the_log(
    place: Place, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    place.refresher.refresh()
    damaged: list[Callable[[bytes], bytes]] = [
        lambda whole: whole[:0],
        lambda whole: whole[:-4],
        lambda whole: bytes([whole[0] ^ 4]) + whole[1:],
    ]
    for damage in damaged:
        folder = newest(place.home)
        assert folder is not None
        whole = (folder / name).read_bytes()
        (folder / name).unlink()
        (folder / name).write_bytes(damage(whole))
        writes("鼠.txt", bytes(whole[:1]).hex().encode() + str(folder).encode())(place.documents)
        mended(place, caplog)


def test_a_file_of_another_snapshot_is_not_trusted(place: Place) -> None:
    before = place.documents.parent / "before"
    place.refresher.refresh()
    first = newest(place.home)
    assert first is not None
    shutil.copytree(first, before)
    writes(NAMES[0], CONTENTS[1])(place.documents)  # as long as it was
    writes(NAMES[2], CONTENTS[4])(place.documents)
    kept, _ = place.refresher.refresh()
    expected = truths(answers(of(place, kept)))
    folder = newest(place.home)
    assert folder is not None
    shutil.copytree(folder, place.documents.parent / "after")
    parts = [*damaged_files(folder), *map(Path, ("by_passage", "by_document", "forward"))]
    differing = [
        part for part in parts if (before / part).is_dir() or _bytes(before, part) != _bytes(folder, part)
    ]
    assert len(differing) > len(LAZY) + 4
    for part in differing:
        shutil.rmtree(folder)
        shutil.copytree(place.documents.parent / "after", folder)
        if (before / part).is_dir():
            shutil.rmtree(folder / part)
            shutil.copytree(before / part, folder / part)
        else:
            shutil.copy(before / part, folder / part)
        with pytest.raises((DamagedSnapshotError, DamagedRecordError)):  # noqa: PT012 - opened, then read
            opened = open_kept(folder)
            refuses(opened, place, expected)
            for document in range(3):
                opened.piece(document)


def _bytes(folder: Path, name: Path) -> bytes:
    return (folder / name).read_bytes()


def test_a_passage_damaged_after_the_start_is_not_shown_and_mended_by_the_next_refresh(
    place: Place, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_ahead(monkeypatch)
    kept, _ = place.refresher.refresh()
    folder = newest(place.home)
    assert folder is not None
    with (folder / "passages.jsonl").open("r+b") as file:  # below what is mapped
        line = file.readline()
        file.seek(line.index("八".encode()))
        file.write("九".encode())
    with pytest.raises(DamagedRecordError, match=r"passages\.jsonl"):
        search(of(place, kept), "渡船几点开", 5)
    assert search(of(place, kept), "忌久放", 5).hits[0].passage.text.endswith("忌久放。")
    assert place.refresher.current() is None
    mended(place, caplog)


MOMENTS = [*range(1, 16), *range(16, 170, 14), *range(170, 195)]
"""Operations on the disk of which one fails. Most are alike: those that write the arrays, in the middle."""


def full(failing: Callable[[int], bool]) -> AbstractContextManager[None]:
    """A disk that is full at some operations, which are counted from 1."""

    def happens(number: int) -> None:
        if failing(number):
            raise OSError(ENOSPC, os.strerror(ENOSPC))

    return counted(happens)


@pytest.mark.parametrize("again", [int.__eq__, int.__ge__], ids=["once", "from then on"])
def test_whenever_the_disk_is_full_the_old_index_or_the_new_one_is_whole(
    place: Place, again: Callable[[int, int], bool]
) -> None:
    place.refresher.refresh()
    held = place.documents / NAMES[0]
    before = held.read_text()
    for moment in MOMENTS:
        after = f"第{moment}趟渡船。"
        held.write_text(after)
        with full(lambda number, moment=moment: again(number, moment)), suppress(OSError):
            place.refresher.refresh()
        folder = newest(place.home)
        assert folder is not None
        opened = open_kept(folder)
        for document in range(3):
            opened.piece(document)
        assert opened.snapshot.passages[0].text in {before, after}
        before = opened.snapshot.passages[0].text
    kept, _ = place.refresher.refresh()
    check(place, kept)
    assert len([*place.home.iterdir()]) == len(["lock", "snapshot", "tag"])


def test_a_full_disk_is_told_as_such(place: Place) -> None:
    for moment in (1, 5, 9, 14, 90, 173, 184):
        with full(moment.__le__), pytest.raises(OSError, match="No space"):
            place.refresher.refresh()
    assert newest(place.home) is None


def test_everything_is_on_the_disk_before_it_has_a_name(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[tuple[int, int]] = set()
    named: list[set[Path]] = []
    rename = Path.rename

    def sync(descriptor: int) -> None:
        found = os.fstat(descriptor)
        synced.add((found.st_dev, found.st_ino))

    def naming(path: Path, target: Path) -> Path:
        inside = {path, *path.rglob("*")}
        named.append({each for each in inside if (each.stat().st_dev, each.stat().st_ino) not in synced})
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "rename", naming)
    place.refresher.refresh()
    assert named == [set()]


def test_an_index_among_the_documents_is_no_document(place: Place) -> None:
    inside = Refresher(
        place.documents, place.documents / "index", lambda terms: Tokenizer(place.derived, terms)
    )
    inside.refresh()
    kept, changes = inside.refresh()
    assert kept.manifest.problems == ()
    assert changes == Changes()
    assert inside.unchanged() is not None


def test_a_kill_at_any_moment_loses_nothing(place: Place) -> None:
    shutil.rmtree(place.documents)
    kills = [Kill(None, operation) for operation in (9, 120, 178, 185, 210)]
    wrong = {kill: lost for kill, _, lost in survive(place, [*kills, Kill(0.3, None)]) if lost}
    assert wrong == {}


def test_two_processes_end_with_the_same_whole_index_and_readers_never_fail(place: Place) -> None:
    place.refresher.refresh()
    context = get_context("spawn")
    writers = [context.Process(target=refresh_often, args=(place, 8)) for _ in range(2)]
    failures: list[BaseException] = []
    opened: list[int] = []

    def read() -> None:
        while any(writer.is_alive() for writer in writers):
            sleep(0.01)
            try:
                place.refresher.current()
                opened.append(len([*place.refresher.newest().snapshot.passages]))
            except BaseException as error:  # noqa: BLE001 - it is looked at below
                failures.append(error)

    for writer in writers:
        writer.start()
    readers = [Thread(target=read) for _ in range(2)]
    for each in readers:
        each.start()
    for each in (*writers, *readers):
        each.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert failures == []
    assert min(opened) > 0
    kept, changes = place.refresher.refresh()
    check(place, kept)
    assert replace(changes, skipped=0) == Changes()


def test_where_nothing_can_be_kept_the_library_opens_with_one_warning(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.refresher.refresh()
    writes(NAMES[0], CONTENTS[1])(place.documents)
    opened = Path.open

    def refusing(path: Path, mode: str = "r", *others: object, **more: object) -> object:
        if mode not in {"r", "rb"} and path.is_relative_to(place.derived):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        return opened(path, mode, *others, **more)  # type: ignore[call-overload]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", refusing)
        library = open_library(place.documents, place.derived)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert str(place.derived) in caplog.messages[0]
    assert search(library.index, "渡船几点开", 5).hits[0].passage.text == CONTENTS[1].decode()


def test_an_index_that_cannot_be_written_is_used_when_the_documents_say_the_same(
    place: Place, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.refresher.refresh()
    (place.documents / NAMES[0]).touch()
    monkeypatch.setattr("retrieval.indexing.refreshing.locked", _refuse)
    monkeypatch.setattr(
        "retrieval.indexing.refreshing.Refresher._make", lambda *_: pytest.fail("it was made again")
    )
    library = open_library(place.documents, place.derived)
    assert search(library.index, "渡船几点开", 5).hits
    assert not caplog.records


def _refuse(path: Path) -> None:
    raise OSError(EROFS, os.strerror(EROFS), str(path))


def test_a_folder_for_the_index_that_cannot_be_listed_is_no_index(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(f"no entry: {path}")

    place.refresher.refresh()
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert place.refresher.current() is None


def test_problems_are_told_as_when_the_folder_is_read(place: Place) -> None:
    for name in ("图.png", "空.txt", "乱.txt"):
        writes(name, b"" if name == "空.txt" else bytes(range(256)))(place.documents)
    kept, changes = place.refresher.refresh()
    assert {problem.reason for problem in kept.manifest.problems} == {
        Reason.FORMAT,
        Reason.EMPTY,
        Reason.BINARY,
    }
    assert changes == Changes(added=3, skipped=3)
