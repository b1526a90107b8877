"""The sample documents, and the questions asked of them."""

import json
from pathlib import Path
from typing import TypedDict

import pytest

TESTS = Path(__file__).parent
DOCUMENTS = TESTS.parent / "documents"
IN_GB18030 = "图书馆借阅须知.txt"
WITH_CRLF = "学校/河东小学家长信.txt"
EVIDENCE_LENGTHS = range(5, 81)  # characters
DOCUMENT_LENGTHS = range(1_000, 5_001)  # characters
NAMES = sorted(
    path.relative_to(DOCUMENTS).as_posix()
    for path in DOCUMENTS.rglob("*")
    if path.is_file() and not path.name.startswith(".")
)


class Question(TypedDict):
    id: str
    question: str
    sources: list[str]
    evidence: list[str]


def questions(name: str) -> list[Question]:
    return [json.loads(line) for line in (TESTS / name).read_text(encoding="utf-8").splitlines()]


def text(name: str) -> str:
    """Return the document as it stands, its line ends included."""
    return (DOCUMENTS / name).read_bytes().decode("gb18030" if name == IN_GB18030 else "utf-8")


ANSWERABLE = questions("sample_questions.jsonl")
UNANSWERABLE = questions("sample_unanswerable.jsonl")


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_the_evidence_stands_once_in_its_sources(question: Question) -> None:
    sources = [text(name) for name in question["sources"]]
    assert question["evidence"]
    for evidence in question["evidence"]:
        assert len(evidence) in EVIDENCE_LENGTHS
        assert len(evidence.splitlines()) == 1
        assert sum(source.count(evidence) for source in sources) == 1
    for source in sources:
        assert any(evidence in source for evidence in question["evidence"])


def test_every_document_is_asked_about() -> None:
    assert {name for question in ANSWERABLE for name in question["sources"]} == set(NAMES)


def test_an_unanswerable_question_has_neither_source_nor_evidence() -> None:
    assert UNANSWERABLE
    assert not any(question["sources"] or question["evidence"] for question in UNANSWERABLE)


def test_no_question_is_asked_twice() -> None:
    every = ANSWERABLE + UNANSWERABLE
    assert len({question["id"] for question in every}) == len(every)
    assert len({question["question"] for question in every}) == len(every)


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
