"""What is offered where words of a question stand in no document."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Document
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.library import Library
from retrieval.near import near
from retrieval.readers.plain import read_plain
from retrieval.search import search
from retrieval.tokens import Tokenizer
from retrieval.verdicts import Verdict

TEXTS = (
    "渡口的渡船从早上八点开到傍晚六点。",
    "疫情防控期间，集市的优惠券照常使用。",
    "The manual of the router is in the office.",
    "圖書館逢週一閉館。",
)


def index_of(tokenizer: Tokenizer, texts: Sequence[str] = TEXTS) -> Index:
    contents = [read_plain(text) for text in texts]
    return indexed(
        [Document(f"{n}.txt", f"{n}", each.text, each.paragraphs) for n, each in enumerate(contents)],
        tokenizer,
    )


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("渡囗几点开", "渡口几点开"),
        ("疫晴防控", "疫情防控"),
        ("集市的忧惠券", "集市的优惠券"),
        ("where is the ruoter", "where is the router"),
        ("where is the routr", "where is the router"),
        ("图书倌哪天休息", "圖書館哪天休息"),  # as the documents write it
    ],
)
def test_a_slip_of_the_pen_is_mended(tokenizer: Tokenizer, question: str, changed: str) -> None:
    assert changed in [change.of(question) for change in near(index_of(tokenizer), question, 3)]


def test_for_words_that_are_known_nothing_is_offered(tokenizer: Tokenizer) -> None:
    assert near(index_of(tokenizer), "渡口的渡船几点开", 4) == ()


def test_what_is_offered_begins_and_ends_where_words_do(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, ("镇长到任。", "请长信一封。"))
    assert index.tokenizer.has("长信")
    assert near(index, "镇长姓什么", 4) == ()


def test_of_a_text_that_was_pasted_only_the_first_words_are_looked_for(
    tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, cut, whole = index_of(tokenizer), list[int](), Tokenizer.__call__

    def counted(tokenizer: Tokenizer, text: str) -> list[str]:
        cut.append(len(text))
        return whole(tokenizer, text)

    monkeypatch.setattr(Tokenizer, "__call__", counted)
    assert near(index, "渡囗几点开，疫晴防控，" * 300, 4)
    assert len([length for length in cut if length > 100]) < 5  # and not once for each word that may be meant


def test_for_words_unlike_any_nothing_is_offered(tokenizer: Tokenizer) -> None:
    assert near(index_of(tokenizer), "量子纠缠", 4) == ()
    assert near(index_of(tokenizer), "xyz", 4) == ()
    assert near(index_of(tokenizer, ()), "渡囗几点开", 4) == ()


def test_a_mended_question_is_answered_as_if_it_had_been_asked_so(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer)
    assert search(index, "渡囗几点开", 1).verdict is Verdict.NONE
    change = near(index, "渡囗几点开", 1)[0]
    assert search(index, change.of("渡囗几点开"), 1).verdict is Verdict.FOUND


@settings(max_examples=50)
@given(question=st.text(max_size=40), most=st.integers(0, 5))
def test_whatever_is_offered_stands_in_a_document(sample_library: Library, question: str, most: int) -> None:
    changes = near(sample_library.index, question, most)
    said = [f"{p.text}\n{p.origin.title}\n{'/'.join(p.headings)}" for p in sample_library.index.passages]
    assert len(changes) <= most
    for change in changes:
        assert (
            change.of(question)
            == question[: change.span.start] + change.instead + question[change.span.end :]
        )
        assert any(change.instead in text for text in said)
