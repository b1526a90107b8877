import logging
from pathlib import Path

import pytest

from retrieval.library import Library, open_library
from retrieval.problems import Reason
from retrieval.reading import FolderError
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
    (tmp_path / "图.pdf").write_bytes(b"%PDF-1.7")
    with caplog.at_level(logging.INFO):
        library = open_library(tmp_path, derived)
    assert len(library.index.documents) == 1
    assert [(problem.source, problem.reason) for problem in library.problems] == [("图.pdf", Reason.FORMAT)]
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING] == [
        f"Skipped {library.problems[0]}"
    ]
    assert "Indexed 1 documents in 1 passages" in caplog.messages


@pytest.mark.usefixtures("jieba_loaded")
def test_an_empty_folder_is_a_library_without_documents(tmp_path: Path, derived: Path) -> None:
    library = open_library(tmp_path, derived)
    assert library == Library(library.index, (), None)
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
