import logging
import os
import shutil
from errno import ENOSPC
from pathlib import Path

import pytest
from conversation import library_of

from retrieval.library import Library, Shelf, open_library, refresh_library
from retrieval.listing import FolderError
from retrieval.problems import Reason
from retrieval.search import search


def test_a_library_holds_the_documents_of_its_folder(tmp_path: Path, derived: Path) -> None:
    (tmp_path / "船").mkdir()
    (tmp_path / "船" / "渡口.txt").write_text("渡船从八点开到六点。", encoding="gb18030")
    (tmp_path / "茶.md").write_text("# 泡茶\n\n用滚水。", encoding="utf-8")
    library = open_library(tmp_path, derived)
    assert [document.source for document in library.index.documents] == ["船/渡口.txt", "茶.md"]
    assert search(library.index, "渡船几点开", 1).hits[0].passage.text == "渡船从八点开到六点。"
    assert library.problems == ()
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["渡口.txt", "茶.md"]  # left as they were


@pytest.mark.usefixtures("jieba_loaded")
def test_a_file_that_cannot_be_read_is_named_and_stops_nothing(
    tmp_path: Path, derived: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "渡口.txt").write_text("渡船从八点开到六点。", encoding="utf-8")
    (tmp_path / "图.png").write_bytes(b"%PDF-1.7")
    with caplog.at_level(logging.INFO):
        library = open_library(tmp_path, derived)
    assert len(library.index.documents) == 1
    assert [(problem.source, problem.reason) for problem in library.problems] == [("图.png", Reason.FORMAT)]
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING] == [
        f"Skipped {library.problems[0]}"
    ]
    assert "Indexed 1 documents in 1 passages" in caplog.messages


@pytest.mark.usefixtures("jieba_loaded")
def test_an_empty_folder_is_a_library_without_documents(tmp_path: Path, derived: Path) -> None:
    library = open_library(tmp_path, derived)
    assert library == Library(library.index, (), None, library.made)
    assert len(library.index.documents) == len(library.index.passages) == 0


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path: Path, derived: Path) -> None:
    with pytest.raises(FolderError, match="keine"):
        open_library(tmp_path / "keine", derived)


def test_what_is_derived_may_be_deleted_or_impossible_to_keep(tmp_path: Path) -> None:
    folder, blocked = tmp_path / "documents", tmp_path / "blocked"
    folder.mkdir()
    (folder / "渡口.txt").write_text("渡船从八点开到六点。", encoding="utf-8")
    blocked.write_text("a file, where a folder should be made")
    library = open_library(folder, blocked)
    assert search(library.index, "渡船几点开", 1).hits
    assert blocked.read_text() == "a file, where a folder should be made"


@pytest.fixture
def shelf(tmp_path: Path, jieba_loaded: None) -> Shelf:  # noqa: ARG001 - it is patched
    folder = library_of(tmp_path / "documents", {"渡口.txt": "渡船从八点开到六点。", "图.png": b"%PDF-1.7"})
    return Shelf(folder, tmp_path / "index")


def refresh(tmp_path: Path) -> None:
    """What another process does."""
    refresh_library(tmp_path / "documents", tmp_path / "index", lambda _: None)


def test_what_has_not_changed_is_the_same_library_and_is_not_said_again(
    shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        shelf.open()
        first = shelf.newest()
        caplog.clear()
        refresh(tmp_path)
        assert shelf.newest() is first
        assert not caplog.records
        library_of(tmp_path / "documents", {"表.xls": b"PK"})
        refresh(tmp_path)
        second = shelf.newest()
    assert second is not first
    assert [str(problem.source) for problem in second.problems] == ["图.png", "表.xls"]
    assert [line for line in caplog.messages if line.startswith("Skipped")] == [
        f"Skipped {second.problems[1]}"
    ]


def test_arrays_that_were_found_whole_are_not_read_again_when_nothing_has_changed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.open()
    shelf.newest()
    monkeypatch.setattr("retrieval.indexing.files.verify", lambda _: pytest.fail("it was verified again"))
    assert shelf.newest() is shelf.newest()
    assert shelf.is_current()


def test_an_index_is_current_until_a_document_says_something_else(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "documents" / "管.txt").symlink_to("nowhere")
    assert not shelf.is_current()
    shelf.open()
    assert shelf.is_current()
    (tmp_path / "documents" / "渡口.txt").touch()
    assert shelf.is_current()
    library_of(tmp_path / "documents", {"渡口.txt": "渡船从九点开到六点。"})
    assert not shelf.is_current()
    refresh(tmp_path)
    assert shelf.is_current()


def test_a_link_that_leads_to_another_folder_is_followed_there(
    tmp_path: Path,
    jieba_loaded: None,  # noqa: ARG001 - it is patched
) -> None:
    library_of(tmp_path / "one", {"渡口.txt": "渡船从八点开到六点。"})
    library_of(tmp_path / "documents", {"茶.txt": "茶海要先用滚水烫过。"})
    link = tmp_path / "link"
    link.symlink_to("one")
    shelf = Shelf(link, tmp_path / "index")
    shelf.open()
    link.unlink()
    link.symlink_to("documents")
    assert not shelf.is_current()
    refresh(tmp_path)
    assert shelf.is_current()
    assert [document.source for document in shelf.newest().index.documents] == ["茶.txt"]


def test_a_folder_for_the_index_that_was_deleted_is_made_again(
    shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.open()
    shutil.rmtree(tmp_path / "index")
    caplog.clear()
    assert shelf.command()[-3] == str(tmp_path / "index")
    assert (tmp_path / "index").is_dir()
    assert not shelf.is_current()
    assert not caplog.records


def test_where_the_index_cannot_be_kept_any_more_it_is_kept_elsewhere_and_that_is_said(
    shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.open()
    shutil.rmtree(tmp_path / "index")
    (tmp_path / "index").write_text("a file, where a folder should be made")
    caplog.clear()
    elsewhere = shelf.command()[-3]
    assert elsewhere == shelf.command()[-3] != str(tmp_path / "index")
    [line] = caplog.messages
    assert line.startswith(f"The index cannot be kept in {tmp_path / 'index'}")


def test_where_no_disk_takes_a_new_index_the_last_one_answers(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("retrieval.indexing.refreshing.Refresher._make", refuse)
        with pytest.raises(OSError, match="No space"):  # there is no last one
            shelf.open()
    shelf.open()
    library_of(tmp_path / "documents", {"渡口.txt": "渡船从九点开到六点。"})
    caplog.clear()
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.indexing.refreshing.Refresher._make", refuse)
        library = shelf.open()
    assert library.index.passages[0].text == "渡船从八点开到六点。"
    assert any("the last one answers, of older documents" in line for line in caplog.messages)
    assert not shelf.is_current()
    assert shelf.command()[-3] == str(tmp_path / "index")
