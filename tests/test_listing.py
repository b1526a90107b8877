"""Links among the documents are kept an eye on: where they lead is looked at again each time."""

from pathlib import Path

import pytest

from retrieval.library import Library, refresh_library
from retrieval.listing import Listing, list_folder
from retrieval.problems import Problem, Reason

TEXT = "渡船从八点开到六点。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of a hidden document and a link to it, beside one that is outside."""
    documents = tmp_path / "documents"
    (documents / ".kept").mkdir(parents=True)
    (documents / ".kept" / "a.txt").write_text(TEXT, encoding="utf-8")
    (documents / "渡口.txt").symlink_to(".kept/a.txt")
    (tmp_path / "outside.txt").write_text(TEXT, encoding="utf-8")
    return documents


def point(link: Path, target: str) -> None:
    link.unlink()
    link.symlink_to(target)


def refreshed(folder: Path) -> Library:
    return refresh_library(folder, folder.parent / "index", lambda _: None)[0]


@pytest.mark.usefixtures("jieba_loaded")
@pytest.mark.parametrize(
    ("target", "reason"),
    [("../outside.txt", Reason.OUTSIDE), ("gone.txt", Reason.NOWHERE), ("渡口.txt", Reason.NOWHERE)],
)
def test_a_link_that_leads_elsewhere_now_takes_its_document_out_of_the_index(
    folder: Path, target: str, reason: Reason
) -> None:
    assert len(refreshed(folder).index.documents) == 1
    point(folder / "渡口.txt", target)
    after = refreshed(folder)
    assert len(after.index.documents) == 0
    assert [(problem.source, problem.reason) for problem in after.problems] == [("渡口.txt", reason)]
    point(folder / "渡口.txt", ".kept/a.txt")
    again = refreshed(folder)
    assert (len(again.index.documents), again.problems) == (1, ())


@pytest.mark.usefixtures("jieba_loaded")
def test_what_a_link_leads_to_is_read_as_soon_as_it_is_there(folder: Path) -> None:
    point(folder / "渡口.txt", "later/a.txt")
    assert refreshed(folder).problems[0].reason is Reason.NOWHERE
    (folder / "later").mkdir()
    (folder / "later" / "a.txt").write_text(TEXT, encoding="utf-8")
    assert [document.source for document in refreshed(folder).index.documents] == ["later/a.txt", "渡口.txt"]


def test_of_a_link_to_a_link_it_counts_where_it_leads_in_the_end(folder: Path) -> None:
    (folder / "一.txt").symlink_to("渡口.txt")
    (folder / "外").symlink_to(folder.parent, target_is_directory=True)
    (folder / "二.txt").symlink_to("外/outside.txt")
    (folder / "三.txt").symlink_to("外/documents/渡口.txt")
    listing = list_folder(folder)
    assert [file.source for file in listing.documents] == ["一.txt", "三.txt", "渡口.txt"]
    assert listing.problems == (Problem("二.txt", Reason.OUTSIDE), Problem("外", Reason.OUTSIDE))


def test_problems_are_told_in_the_order_of_their_names(tmp_path: Path) -> None:
    names = [f"{name}.txt" for name in "丙a乙Z甲0"]
    for name in names:
        (tmp_path / name).symlink_to("/")
    assert list_folder(tmp_path) == Listing((), (), tuple(Problem(n, Reason.OUTSIDE) for n in sorted(names)))
