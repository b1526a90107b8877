"""The index, on the sample documents and on small ones whose scores a reader can check."""

from collections.abc import Sequence
from math import log
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Document
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.library import Library
from retrieval.readers.plain import read_plain
from retrieval.snapshot import Weights
from retrieval.tokens import Tokenizer
from retrieval.vocabulary import Vocabulary

WEIGHTS = Weights()


def document(text: str, source: str = "a.txt", title: str = "题目") -> Document:
    content = read_plain(text)
    return Document(source, title, content.text, content.paragraphs)


def scores(index: Index, question: str) -> dict[tuple[str, int, str], float]:
    """Return the score of each passage that is ranked, by what it is."""
    ranked = index.rank(index.tokenizer(question), len(index.passages))
    found = ((index.passages[number], score) for number, score in ranked)
    return {(p.origin.source, p.first, p.text): score for p, score in found}


@pytest.fixture(scope="module")
def tokens(sample_library: Library) -> list[frozenset[str]]:
    """Return what each passage is found by: the tokens of its text, its title and its headings."""
    index = sample_library.index
    texts = ((p.text, p.origin.title, *p.headings) for p in index.passages)
    return [frozenset(token for part in parts for token in index.tokenizer(part)) for parts in texts]


@settings(max_examples=3, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_documents_changes_no_score(
    sample_library: Library, sample_documents: Sequence[Document], random: Random
) -> None:
    index = sample_library.index
    shuffled = list(sample_documents)
    random.shuffle(shuffled)
    other = indexed(shuffled, index.tokenizer)
    for question in ("集市几点收摊", "茶葉放多少", "HR/T 203-2024", "渡口的铃给了学校"):
        assert scores(other, question) == scores(index, question)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_the_passages_ranked_are_those_that_share_a_token(
    sample_library: Library, tokens: list[frozenset[str]], data: st.DataObject
) -> None:
    vocabulary = sorted(data.draw(st.sampled_from(tokens)))
    asked = data.draw(st.lists(st.sampled_from([*vocabulary, "量子", "qubit"]), max_size=8))
    ranked = sample_library.index.rank(asked, len(tokens))
    sharing = [number for number, held in enumerate(tokens) if not held.isdisjoint(asked)]
    assert sorted(number for number, _ in ranked) == sharing
    assert all(score > 0 for _, score in ranked)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 200))
def test_a_limit_gives_the_best_and_a_larger_one_what_there_is(sample_library: Library, limit: int) -> None:
    index = sample_library.index
    tokens = index.tokenizer("集市的摊位")
    ranked = index.rank(tokens, len(index.passages))
    assert ranked == sorted(ranked, key=lambda pair: (-pair[1], pair[0]))
    assert index.rank(tokens, limit) == ranked[:limit]


def test_a_score_is_the_passages_bm25_and_a_share_of_its_documents(tokenizer: Tokenizer) -> None:
    two = document("alpha beta " + "gamma " * 66 + "\n" + "gamma " * 66, "a.txt", title="t")
    index = indexed([two, document("delta。", "b.txt", title="t")], tokenizer)
    assert index.sizes == (2, 1)

    def score(of: int, length: int, mean: float, k1: float, b: float) -> float:
        """Return what a token that stands once, in one of so many texts, is worth."""
        idf = log(1 + (of - 1 + 0.5) / (1 + 0.5))
        return idf * (k1 + 1) / (1 + k1 * (1 - b + b * length / mean))

    # With its title, a passage has 1 + 68, 1 + 66 or 1 + 1 tokens, a document 1 + 134 or 1 + 1.
    of_passage = score(3, 69, (69 + 67 + 2) / 3, WEIGHTS.passage_k1, WEIGHTS.passage_b)
    of_document = score(2, 135, (135 + 2) / 2, WEIGHTS.document_k1, WEIGHTS.document_b)
    ((number, total),) = index.rank(["beta"], 10)
    assert number == 0
    assert total == pytest.approx(of_passage + WEIGHTS.share * of_document)


def test_of_equal_passages_the_one_of_a_document_about_the_question_is_first(tokenizer: Tokenizer) -> None:
    filling = "无关的话说了又说。" * 40
    passing = document(f"渡船停航。\n{filling}\n{filling}", "a.txt")
    devoted = document(f"渡船停航。\n{filling}\n渡船{filling[2:]}", "b.txt")
    index = indexed([passing, devoted], tokenizer)
    ranked = [index.passages[number] for number, _ in index.rank(tokenizer("渡船停航"), 2)]
    assert [(p.origin.source, p.first) for p in ranked] == [("b.txt", 1), ("a.txt", 1)]


def test_equal_passages_keep_the_order_of_the_documents(tokenizer: Tokenizer) -> None:
    index = indexed([document("渡船停航。", name) for name in ("b.txt", "a.txt", "c.txt")], tokenizer)
    assert [number for number, _ in index.rank(tokenizer("停航"), 3)] == [0, 1, 2]


def test_a_passage_is_found_by_its_title_and_its_headings(tokenizer: Tokenizer) -> None:
    text = "第一章 摊位\n每个集日交五元。\n第二章 车辆\n开市以后不得驶入。"
    index = indexed([document(text, title="集市办法")], tokenizer)
    second = next(n for n, passage in enumerate(index.passages) if "驶入" in passage.text)
    assert [number for number, _ in index.rank(tokenizer("车辆"), 10)] == [second]
    assert len(index.rank(tokenizer("集市办法"), 10)) == len(index.passages)
    assert index.held([second], ["车辆"])[0]
    assert index.held([second], ["集市"])[0]
    assert index.held([second], ["驶入"])[0]
    assert not index.held([second], ["摊位"])[0]
    assert not index.held([0], ["车辆"])[0]
    assert not index.held([second], ["量子"])[0]


def test_the_rarer_a_token_the_higher_its_idf(tokenizer: Tokenizer) -> None:
    texts = ("渡船停航", "渡船开航", "渡船渡船渡船")
    index = indexed([document(text, f"{n}.txt") for n, text in enumerate(texts)], tokenizer)
    common, rarer, unknown = index.idfs(["渡船", "停航", "量子"])
    assert 0 < common < rarer < unknown


def test_every_passage_stands_under_its_document(sample_library: Library) -> None:
    index = sample_library.index
    passages = iter(index.passages)
    for of, size in zip(index.documents, index.sizes, strict=True):
        assert size > 0
        assert all(next(passages).origin == of for _ in range(size))
    assert next(passages, None) is None


def test_the_tokens_with_a_character_are_those_it_stands_in(tokenizer: Tokenizer) -> None:
    index = indexed([document("泡茶用水")], tokenizer)
    assert set(index.tokens_with("茶")) == {"泡茶", "茶用"}
    assert index.tokens_with("酒") == []


def test_an_index_over_nothing_ranks_nothing(tokenizer: Tokenizer) -> None:
    index = indexed((), tokenizer)
    assert (index.documents, index.passages, index.sizes) == ((), (), ())
    assert index.rank(["渡船"], 10) == []
    assert index.tokens_with("茶") == []


def test_documents_may_be_given_as_they_come(tokenizer: Tokenizer) -> None:
    assert len(indexed(iter([document("渡船停航")]), tokenizer).documents) == 1


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_what_the_tokens_add_to_a_passage_is_its_score(
    sample_library: Library, tokens: list[frozenset[str]], data: st.DataObject
) -> None:
    index = sample_library.index
    vocabulary = sorted(data.draw(st.sampled_from(tokens)))
    asked = data.draw(st.lists(st.sampled_from([*vocabulary, "量子"]), min_size=1, max_size=6))
    for number, score in index.rank(asked, 5):
        added = index.contributions(number, asked)
        assert sum(each.total for each in added) == pytest.approx(score)
        assert sorted(each.token for each in added) == sorted({*asked})
        assert [each.total for each in added] == sorted((each.total for each in added), reverse=True)
        tokens = [each.token for each in added]
        assert {each.token for each in added if each.passage > 0} == index.held([number], tokens)[0]
        assert {each.token for each in added if each.document > 0} == index.held_by_documents(
            [number], tokens
        )[0]


def test_a_repeated_token_adds_again(tokenizer: Tokenizer) -> None:
    index = indexed([document("渡船停航"), document("别的")], tokenizer)
    (once,), (twice,) = index.contributions(0, ["停航"]), index.contributions(0, ["停航", "停航"])
    assert (twice.passage, twice.document) == (2 * once.passage, 2 * once.document)


def test_a_document_holds_what_any_of_its_passages_does_and_the_joints_of_its_numbers(
    tokenizer: Tokenizer,
) -> None:
    filling = "无关的话说了又说。" * 40
    index = indexed([document(f"渡船停航。\n{filling}\n{filling}\n鲁1724号"), document("别的。")], tokenizer)
    last = index.sizes[0] - 1
    assert not index.held([0], ["1724"])[0]
    assert index.held_by_documents([0], ["1724"])[0]
    assert index.held_by_documents([0], ["鲁1724"])[0]
    assert index.held_by_documents([last], ["停航"])[0]
    assert index.held_by_documents([0], ["题目"])[0]
    assert not index.held_by_documents([last + 1], ["停航"])[0]
    assert not index.held_by_documents([0], ["别的"])[0]


def test_an_index_knows_what_stands_in_a_passage_or_above_it(tokenizer: Tokenizer) -> None:
    index = indexed([document("第一章 摊位\n每个集日交五元。")], tokenizer)
    assert index.known(["题目", "摊位", "五元", "量子", "摊", ""]) == {"题目", "摊位", "五元"}


def test_the_novelty_of_an_index_is_that_of_its_passages(tokenizer: Tokenizer) -> None:
    one = indexed([document("alpha beta beta", title="t")], tokenizer)
    assert one.novelty == pytest.approx(3 / 4)  # t, alpha and beta, of four
    two = indexed([document("alpha beta", title="t"), document("alpha", "b.txt", title="t")], tokenizer)
    assert two.novelty == pytest.approx(1 / 5)
    assert indexed((), tokenizer).novelty == 0


def test_questions_are_read_with_the_owners_words(tokenizer: Tokenizer) -> None:
    vocabulary = Vocabulary(stopwords=frozenset({"咱们"}), synonyms=(("渡船", "班轮"),))
    index = indexed([document("渡船停航")], tokenizer, vocabulary)
    query = index.interpret("咱们班轮")
    assert "咱们" not in query.tokens
    assert [each.other for each in query.alternatives] == ["渡船"]
    assert indexed([document("渡船停航")], tokenizer).interpret("咱们班轮").alternatives == ()


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_within_a_document_its_passages_are_ranked_as_they_are_among_all(
    sample_library: Library, data: st.DataObject
) -> None:
    index = sample_library.index
    document = data.draw(st.integers(0, len(index.documents) - 1))
    question = data.draw(st.sampled_from(["集市几点收摊", "茶葉放多少", "HR/T 203-2024", "渡口的铃", "量子"]))
    tokens = index.tokenizer(question)
    own = index.passages_of(document)
    every = index.rank(tokens, len(index.passages))
    expected = [(number, score) for number, score in every if number in own]
    one = index.within(document)
    assert one.rank(tokens, len(index.passages)) == expected
    assert one.rank(tokens, 2) == expected[:2]
    assert one.rank_with(tokens, 1, np.arange(len(index.passages))) == expected
    assert index.rank(tokens, len(index.passages)) == every


def test_every_passage_is_of_one_document(sample_library: Library) -> None:
    index = sample_library.index
    numbers = [number for document in range(len(index.documents)) for number in index.passages_of(document)]
    assert numbers == [*range(len(index.passages))]
    for number, passage in enumerate(index.passages):
        assert index.documents[index.document_of(number)] == passage.origin
