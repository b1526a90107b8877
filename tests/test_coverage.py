"""How much of a question stands in a passage, on documents small enough to count."""

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.coverage import (
    COMMON_GROUND,
    LEAST,
    NEWS,
    WORD,
    Coverage,
    TokenFinder,
    held_tokens,
    weigh,
)
from retrieval.documents import Document
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.readers.plain import read_plain
from retrieval.search import Inspector
from retrieval.tokens import Tokenizer
from retrieval.vocabulary import NO_WORDS, Vocabulary

FILLING = "无关的话说了又说。" * 40
SYNONYMS = Vocabulary(synonyms=(("渡船", "班轮公司"), ("ai", "artificial intelligence")))


def index_of(tokenizer: Tokenizer, *texts: str, vocabulary: Vocabulary = NO_WORDS) -> Index:
    contents = [read_plain(text) for text in texts]
    documents = [
        Document(f"{number}.txt", "题目", content.text, content.paragraphs)
        for number, content in enumerate(contents)
    ]
    return indexed(documents, tokenizer, vocabulary)


def covered(index: Index, question: str, passage: int = 0) -> Coverage:
    (seen,) = Inspector(index, index.interpret(question))([passage])
    return seen.coverage


def shares(of: Coverage) -> tuple[float, float, float]:
    return of.sentence, of.passage, of.document


def test_what_stands_in_one_sentence_of_the_passage_covers_everything(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "别的话。渡船停航挂红灯。")
    assert shares(covered(index, "渡船 红灯")) == (1, 1, 1)


def test_what_stands_in_two_sentences_covers_the_passage_and_the_better_sentence_counts(
    tokenizer: Tokenizer,
) -> None:
    index = index_of(tokenizer, "Ferry and lamp. Then a bell.")
    sentence, passage, document = shares(covered(index, "ferry lamp bell"))
    assert sentence == pytest.approx(2 / 3)
    assert (passage, document) == (1, 1)


def test_the_title_covers_the_passage_and_another_passage_the_document(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, f"渡船停航。\n{FILLING}\n{FILLING}\n挂红灯。")
    assert len(index.passages) > 1
    sentence, passage, document = shares(covered(index, "题目 渡船 红灯"))
    assert 0 < sentence < passage < document == 1


def test_what_stands_nowhere_is_not_covered(tokenizer: Tokenizer) -> None:
    assert shares(covered(index_of(tokenizer, "渡船停航。"), "量子比特")) == (0, 0, 0)


def test_a_token_weighs_its_idf_and_common_ground_and_a_word_twice_that(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "图书馆。", "渡船。")
    idf = log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    weights = weigh(index, index.interpret("图书馆"))
    assert weights == {
        "图书": pytest.approx(WORD * (COMMON_GROUND + idf)),
        "书馆": pytest.approx(WORD * (COMMON_GROUND + idf)),
        "图书馆": pytest.approx(WORD * (COMMON_GROUND + idf)),
    }
    assert weigh(index, index.interpret("渡船图"))["船图"] < weights["图书"]


def test_an_unknown_word_weighs_less_where_most_words_are_new(tokenizer: Tokenizer) -> None:
    few = index_of(tokenizer, "渡船停航挂红灯。")
    many = index_of(tokenizer, *["渡船停航挂红灯。"] * 50)
    assert few.novelty > many.novelty == 0
    for index, factor in ((few, max(LEAST, 1 - (NEWS * few.novelty) ** 2)), (many, 1)):
        weights = weigh(index, index.interpret("量子"))
        assert weights["量子"] == pytest.approx(factor * WORD * (COMMON_GROUND + index.idfs(["量子"])[0]))

    def share(index: Index) -> float:
        return covered(index, "渡船的量子").passage

    assert share(few) > share(many)


def test_what_is_said_otherwise_is_held_when_all_of_the_other_is(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "船。", vocabulary=SYNONYMS)
    query = index.interpret("渡船停航")
    own, other = {"渡船"}, {*tokenizer("班轮公司")}
    assert held_tokens(query, own) == own
    assert held_tokens(query, other) == own
    assert held_tokens(query, other - {"公司"}) == set()


def test_the_owners_other_word_stands_for_the_questions_where_it_stands(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "班轮公司周三停航。We use Artificial Intelligence.", vocabulary=SYNONYMS)
    text = index.passages[0].text
    found = {
        (each.token, text[each.span.start : each.span.end])
        for each in TokenFinder(index.interpret("渡船停航"))(text)
    }
    assert found == {("渡船", "班轮公司"), ("停航", "停航")}
    (said,) = TokenFinder(index.interpret("AI"))(text)
    assert (said.token, text[said.span.start : said.span.end]) == ("ai", "Artificial Intelligence")
    assert shares(covered(index, "渡船 停航")) == (1, 1, 1)
    assert covered(index_of(tokenizer, text), "渡船 停航").document < 1


@settings(max_examples=40, deadline=None)
@given(
    groups=st.lists(
        st.lists(
            st.sampled_from(["渡船", "船", "渡", "船票", "b超", "停航票", "灯"]), min_size=2, unique=True
        ),
        max_size=3,
    ),
    question=st.text("渡船票停航灯b超在 “”", max_size=8),
    text=st.text("渡船票停航灯b超。", min_size=1, max_size=20),
)
def test_the_shares_lie_between_0_and_1_and_grow_from_sentence_to_document(
    tokenizer: Tokenizer, groups: list[list[str]], question: str, text: str
) -> None:
    vocabulary = Vocabulary(synonyms=tuple(map(tuple, groups)))
    index = index_of(tokenizer, text, vocabulary=vocabulary)
    for number in range(len(index.passages)):
        sentence, passage, document = shares(covered(index, question, number))
        assert 0 <= sentence <= passage <= document <= 1
