"""The sample documents, and the questions asked of them."""

from pathlib import Path

import pytest

from retrieval.documents import Document
from retrieval.evaluation.cases import Case, read_cases
from retrieval.library import Library

DOCUMENTS = Path(__file__).parent.parent / "documents"
QUESTIONS = DOCUMENTS / "_questions.jsonl"
IN_GB18030 = "图书馆借阅须知.txt"
WITH_CRLF = "学校/河东小学家长信.txt"
EVIDENCE_LENGTHS = range(5, 81)  # characters
DOCUMENT_LENGTHS = range(1_000, 5_001)  # characters
NAMES = sorted(
    path.relative_to(DOCUMENTS).as_posix()
    for path in DOCUMENTS.rglob("*")
    if path.is_file() and path != QUESTIONS and not path.name.startswith(".")
)


def text(name: str) -> str:
    """Return the document as it stands, its line ends included."""
    return (DOCUMENTS / name).read_bytes().decode("gb18030" if name == IN_GB18030 else "utf-8")


EVERY = read_cases(QUESTIONS)
ANSWERABLE = [case for case in EVERY if case.sources]
UNANSWERABLE = [case for case in EVERY if not case.sources]


def test_the_bot_reads_nine_documents_and_not_the_questions(sample_library: Library) -> None:
    assert [document.source for document in sample_library.index.documents] == NAMES
    assert len(NAMES) == 9
    assert sample_library.problems == ()


@pytest.mark.parametrize("case", ANSWERABLE, ids=lambda case: case.id)
def test_the_evidence_stands_once_in_its_sources(case: Case, sample_documents: tuple[Document, ...]) -> None:
    sources = [document.text for document in sample_documents if document.source in case.sources]
    assert case.evidence
    for evidence in case.evidence:
        assert len(evidence) in EVIDENCE_LENGTHS
        assert len(evidence.splitlines()) == 1
        assert sum(source.count(evidence) for source in sources) == 1
    for source in sources:
        assert any(evidence in source for evidence in case.evidence)


def test_every_document_is_asked_about() -> None:
    assert {name for case in ANSWERABLE for name in case.sources} == set(NAMES)


def test_there_are_unanswerable_questions_too() -> None:
    assert UNANSWERABLE


def test_no_question_is_asked_twice() -> None:
    assert len({case.question for case in EVERY}) == len(EVERY)


def test_the_file_in_gb18030_is_not_utf8() -> None:
    with pytest.raises(UnicodeDecodeError):
        (DOCUMENTS / IN_GB18030).read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_only_the_file_with_crlf_has_carriage_returns(name: str) -> None:
    document = text(name)
    assert document.count("\r") == (document.count("\n") if name == WITH_CRLF else 0)
    assert document.count("\r\n") == document.count("\r")


def test_no_two_documents_share_a_title_line() -> None:
    titles = [text(name).splitlines()[0].strip("# \u3000") for name in NAMES]
    assert all(titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_long_enough_to_ask_about_and_short_enough_to_read(name: str) -> None:
    assert len(text(name)) in DOCUMENT_LENGTHS
