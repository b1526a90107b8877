from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Document
from retrieval.explaining import explain
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.ranking import KIND, scored_tokens
from retrieval.search import JUDGED, search
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


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(QUESTIONS), st.integers(1, 60))
def test_what_the_tokens_add_times_the_bonus_is_the_score(index: Index, question: str, limit: int) -> None:
    explanation = explain(index, question, limit)
    assert [each.hit for each in explanation.reasons] == [*explanation.answer.hits]
    for each in explanation.reasons:
        added = sum(one.passage + one.document for one in each.contributions)
        assert added * each.bonus == pytest.approx(each.hit.score)
        assert added == pytest.approx(each.passage + each.document)
        assert each.telling == tuple(one for one in each.contributions if one.total)
        assert each.bonus in {1, 1 + KIND}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_explained_is_the_one_given(index: Index, question: str) -> None:
    explanation = explain(index, question, 3)
    assert explanation.answer == search(index, question, 3, distinct=True)
    assert explanation.query == index.interpret(question)


@pytest.mark.parametrize("question", [*QUESTIONS, "茶" * 2, "水要滚"])
@pytest.mark.parametrize("limit", [1, 2, 3, 10, 60])
def test_the_passages_judged_and_the_parts_of_the_relevance_are_those_of_the_verdict(
    index: Index, question: str, limit: int
) -> None:
    explanation = explain(index, question, limit)
    best = [hit.coverage for hit in search(index, question, max(limit, JUDGED)).hits[:JUDGED]]
    assert list(explanation.judged) == best
    if question == "茶":
        assert explanation.parts is None
    else:
        assert explanation.parts is not None
        assert explanation.parts.total == explanation.answer.relevance
        assert explanation.parts.sentence == max((each.sentence for each in best), default=0)


def test_it_is_known_whether_there_was_anything_to_ask(index: Index) -> None:
    assert explain(index, "集市", 3).documents == len(index.documents)
    assert explain(indexed((), index.tokenizer), "集市", 3).documents == 0


def test_each_token_that_scores_is_named_once_the_most_telling_first(index: Index) -> None:
    explanation = explain(index, "集市停航停航几点", 3)
    for each in explanation.reasons:
        tokens = [one.token for one in each.contributions]
        assert sorted(tokens) == sorted({*scored_tokens(index, explanation.query)})
        totals = [one.total for one in each.contributions]
        assert totals == sorted(totals, reverse=True)
