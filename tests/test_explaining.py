from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Document
from retrieval.explaining import explain
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.ranking import KIND, scored_tokens
from retrieval.search import search
from retrieval.tokens import Tokenizer
from retrieval.vocabulary import Vocabulary

QUESTIONS = (
    "集市几点收摊？",
    "停航停航停航",
    "茶",
    "茶葉放多少",
    "“渡口”的铃",
    "“星期一”火箭",
    "HR/T 203-2024",
    "船工什么时候休息",
    "量子",
    "",
)


@pytest.fixture(scope="module")
def index(tokenizer: Tokenizer, sample_documents: Sequence[Document]) -> Index:
    """Return the sample documents, read with an owner's synonyms."""
    synonyms = (("船工", "摆渡的"), ("集市", "市场", "赶集"))
    return indexed(sample_documents, tokenizer, Vocabulary(synonyms=synonyms))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(QUESTIONS), st.integers(1, 60))
def test_what_the_tokens_add_times_the_bonus_is_the_score(index: Index, question: str, limit: int) -> None:
    explanation = explain(index, question, limit)
    assert [each.hit for each in explanation.reasons] == [*explanation.answer.hits]
    for each in explanation.reasons:
        added = sum(one.passage + one.document for one in each.contributions)
        assert added * each.bonus == pytest.approx(each.hit.score)
        assert each.bonus in {1, 1 + KIND}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_explained_is_the_one_given(index: Index, question: str) -> None:
    explanation = explain(index, question, 3)
    assert explanation.answer == search(index, question, 3, distinct=True)
    assert explanation.query == index.interpret(question)


def test_each_token_that_scores_is_named_once_the_most_telling_first(index: Index) -> None:
    explanation = explain(index, "集市停航停航几点", 3)
    for each in explanation.reasons:
        tokens = [one.token for one in each.contributions]
        assert sorted(tokens) == sorted({*scored_tokens(index, explanation.query)})
        totals = [one.total for one in each.contributions]
        assert totals == sorted(totals, reverse=True)
