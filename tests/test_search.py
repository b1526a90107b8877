"""Searching, on the sample documents and the questions asked of them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from retrieval.documents import Document, Span
from retrieval.evaluation.cases import read_cases
from retrieval.folding import fold
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.library import Library
from retrieval.questions import about
from retrieval.quoting import LONGEST
from retrieval.readers.plain import read_plain
from retrieval.reading import read_folder
from retrieval.repeats import gist
from retrieval.search import Answer, Hit, Word, search
from retrieval.sentences import fitting
from retrieval.tokens import Tokenizer
from retrieval.verdicts import FOUND, Verdict, verdict_of
from retrieval.vocabulary import NO_WORDS, Vocabulary

QUESTIONS = read_cases(Path(__file__).parent.parent / "documents" / "_questions.jsonl")
TO_TRADITIONAL = OpenCC("s2t")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


ANSWERABLE = [(case.question, case.evidence) for case in QUESTIONS if case.sources]
UNANSWERABLE = [(case.question, case.evidence) for case in QUESTIONS if not case.sources]


def answers(hit: Hit, evidence: list[str]) -> bool:
    return any(words in hit.passage.text for words in evidence)


def told(answer: Answer) -> tuple[object, ...]:
    return answer.verdict, answer.relevance, answer.words, answer.unmet


def by_score(answer: Answer) -> list[tuple[float, set[str]]]:
    """Return the scores, best first, each with the passages that have it."""
    groups = groupby(answer.hits, key=lambda hit: hit.score)
    return [(score, {hit.passage.text for hit in hits}) for score, hits in groups]


def quoted(hit: Hit) -> str:
    return hit.passage.text[hit.sentence.start : hit.sentence.end]


def marked(hit: Hit) -> list[str]:
    return [hit.passage.text[span.start : span.end] for span in hit.matches]


def nothing(question: str, *words: Word) -> Answer:
    return Answer(question, Verdict.NONE, relevance=0, words=words, unmet=(), hits=())


def here(word: str) -> Word:
    return Word(word, is_held=True, is_known=True)


def nowhere(word: str) -> Word:
    return Word(word, is_held=False, is_known=False)


def folded(text: str, span: Span) -> str:
    """What a stretch of a text is folded, as it stands there: 5号 is a day behind 3月 only."""
    whole = fold(text)
    pairs = zip(whole.text, whole.origins, strict=True)
    return "".join(character for character, origin in pairs if span.start <= origin < span.end)


@st.composite
def cut_from(draw: st.DrawFn, documents: Sequence[Document]) -> str:
    """Return a question made of stretches of the documents, as people paste them."""
    stretches = []
    for _ in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from(documents)).text
        start = draw(st.integers(0, len(text) - 1))
        stretches.append(text[start : start + draw(st.integers(1, 30))])
    return draw(st.sampled_from(["", " ", "吗？"])).join(stretches)


# What is asked of the sample documents, and how well it is answered


@pytest.mark.parametrize(("within", "floor"), [(1, 38), (3, 44)])
def test_most_questions_are_answered_by_the_first_hits(
    sample_library: Library, within: int, floor: int
) -> None:
    missed = [
        question
        for question, evidence in ANSWERABLE
        if not any(answers(hit, evidence) for hit in search(sample_library.index, question, within).hits)
    ]
    assert len(ANSWERABLE) - len(missed) >= floor, missed


def test_the_verdict_does_not_depend_on_how_many_hits_are_shown(sample_library: Library) -> None:
    for question, _ in ANSWERABLE + UNANSWERABLE:
        same = {told(search(sample_library.index, question, limit)) for limit in (1, 10)}
        same.add(told(search(sample_library.index, question, 2, distinct=True)))
        assert len(same) == 1, question


def test_few_questions_that_the_documents_answer_are_turned_away(sample_library: Library) -> None:
    turned_away = [
        question
        for question, _ in ANSWERABLE
        if search(sample_library.index, question, 3).verdict is Verdict.NONE
    ]
    assert len(turned_away) <= 12, turned_away


def test_hardly_a_foreign_question_is_called_found(sample_library: Library) -> None:
    verdicts = {question: search(sample_library.index, question, 3).verdict for question, _ in UNANSWERABLE}
    assert list(verdicts.values()).count(Verdict.FOUND) <= 1, verdicts
    assert list(verdicts.values()).count(Verdict.NONE) >= len(verdicts) - 3, verdicts


# What holds of every answer


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_sentence_and_matches_lie_in_the_passage(
    sample_library: Library, sample_documents: Sequence[Document], data: st.DataObject
) -> None:
    index = sample_library.index
    question = data.draw(cut_from(sample_documents))
    tokens = index.tokenizer(about(question, index.tokenizer))
    for hit in search(index, question, 10).hits:
        text = hit.passage.text
        assert 0 <= hit.sentence.start < hit.sentence.end <= len(text)
        assert len(quoted(hit)) <= LONGEST
        at = 0
        for span in hit.matches:
            assert at <= span.start < span.end <= len(text)
            at = span.end
            stretch = folded(text, span).replace(" ", "")  # HR/T 203-2024 is one token
            assert any(token in stretch for token in tokens)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_hits_come_best_first_and_a_limit_gives_the_first_of_them(
    sample_library: Library, sample_documents: Sequence[Document], data: st.DataObject
) -> None:
    index = sample_library.index
    question = data.draw(cut_from(sample_documents))
    limit = data.draw(st.integers(1, 10))
    longest = search(index, question, 10)
    assert longest.question == question
    assert all(hit.score > 0 for hit in longest.hits)
    for hit in longest.hits:
        assert 0 <= hit.coverage.sentence <= hit.coverage.passage + 1e-9
        assert hit.coverage.passage <= hit.coverage.document + 1e-9 <= 1 + 2e-9
    assert [hit.score for hit in longest.hits] == sorted((h.score for h in longest.hits), reverse=True)
    answer = search(index, question, limit)
    assert answer.hits == longest.hits[:limit]
    assert answer.verdict is longest.verdict


def test_a_sentence_of_the_documents_finds_its_passage(sample_library: Library) -> None:
    for passage in sample_library.index.passages:
        spans = fitting(passage.text, LONGEST)
        longest = max((passage.text[span.start : span.end] for span in spans), key=len)
        answer = search(sample_library.index, longest, 3)
        assert answer.verdict is Verdict.FOUND
        assert passage in [hit.passage for hit in answer.hits]


@pytest.mark.parametrize("limit", [1, 10, 1000, 10**9])
def test_only_passages_that_share_a_token_are_hits_whatever_the_limit(
    sample_library: Library, limit: int
) -> None:
    index = sample_library.index
    sharing = [p for p in index.passages if "机插" in p.text or "插秧" in p.text]
    assert len(sharing) > 1
    hits = search(index, "机插秧", limit).hits
    assert len(hits) == min(limit, len(sharing))
    assert all(hit.passage in sharing for hit in hits)


@settings(max_examples=2, deadline=None)
@given(st.permutations(range(9)))
def test_the_order_of_the_documents_changes_no_answer(
    sample_library: Library, sample_documents: Sequence[Document], order: list[int]
) -> None:
    index = sample_library.index
    assert len(sample_documents) == len(order)
    other = indexed([sample_documents[number] for number in order], index.tokenizer)
    odd = ["人", "“星期一”火箭", "“渡口”“图书馆”", "茶"]
    for question in [*odd, *(question for question, _ in ANSWERABLE[::16])]:
        here, there = (search(i, question, len(index.passages)) for i in (index, other))
        assert told(there) == told(here)
        assert by_score(there) == by_score(here)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_relevance_is_0_without_hits_and_not_much_over_1_and_decides_but_for_quotations(
    sample_library: Library, sample_documents: Sequence[Document], data: st.DataObject
) -> None:
    question = data.draw(cut_from(sample_documents))
    answer = search(sample_library.index, question, 3)
    assert bool(answer.hits) == (answer.relevance > 0)
    assert 0 <= answer.relevance <= 1.4
    meant_otherwise = answer.unmet and answer.relevance >= FOUND
    assert answer.verdict is (Verdict.PERHAPS if meant_otherwise else verdict_of(answer.relevance))


def test_a_hit_knows_the_number_of_its_passage(sample_library: Library) -> None:
    index = sample_library.index
    for hit in search(index, "集市的茶", 100).hits:
        assert index.passages[hit.number] == hit.passage


# How a question is written


@pytest.mark.parametrize("question", [question for question, _ in ANSWERABLE[::4]])
def test_a_question_gets_the_same_answer_in_either_script_and_width(
    sample_library: Library, question: str
) -> None:
    answer = search(sample_library.index, question, 10)
    for other in (TO_TRADITIONAL.convert(question), question.translate(FULL_WIDTH), question.upper()):
        same = search(sample_library.index, other, 10)
        assert (same.verdict, same.hits) == (answer.verdict, answer.hits)


def test_a_simplified_question_finds_traditional_text_and_marks_it(sample_library: Library) -> None:
    answer = search(sample_library.index, "台湾茶的乌龙", 3)
    assert answer.verdict is Verdict.FOUND
    assert answer.hits[0].passage.origin.source == "臺灣茶的沖泡.txt"
    assert any("臺灣茶" in stretch for hit in answer.hits for stretch in marked(hit))


def test_a_traditional_question_finds_simplified_text_and_marks_it(sample_library: Library) -> None:
    answer = search(sample_library.index, "圖書館星期一閉館", 3)
    assert answer.verdict is Verdict.FOUND
    assert "星期一闭馆" in answer.hits[0].passage.text
    assert any("闭馆" in stretch for stretch in marked(answer.hits[0]))


@pytest.mark.parametrize(
    "question", ["HR/T 203-2024", "hr/t 203-2024", "hr/t203-2024", "ＨＲ／Ｔ　２０３－２０２４"]
)
def test_a_code_finds_its_passage_and_is_marked_whole(sample_library: Library, question: str) -> None:
    hit = search(sample_library.index, question, 1).hits[0]
    assert "HR/T 203-2024" in quoted(hit)
    assert "HR/T 203-2024" in marked(hit)


def test_a_part_of_a_code_finds_it_too(sample_library: Library) -> None:
    hits = search(sample_library.index, "203", 10).hits
    assert any("HR/T 203-2024" in hit.passage.text for hit in hits)


@pytest.mark.parametrize("question", ["茶", "茶？", "茶是什么", "茶 茶"])
def test_a_question_of_one_character_is_answered_by_the_passages_it_stands_in(
    sample_library: Library, question: str
) -> None:
    answer = search(sample_library.index, question, 10)
    assert answer.verdict is Verdict.FOUND
    assert len(answer.hits) == 10
    for hit in answer.hits:
        assert "茶" in f"{hit.passage.origin.title}{hit.passage.headings}{hit.passage.text}"
        assert marked(hit) == ["茶"] * hit.passage.text.count("茶")
    assert "茶" in quoted(answer.hits[0])


def test_a_character_that_stands_nowhere_is_not_found(sample_library: Library) -> None:
    assert search(sample_library.index, "鼋", 3) == nothing("鼋", nowhere("鼋"))


def test_a_latin_letter_is_not_looked_for_inside_words(sample_library: Library) -> None:
    assert search(sample_library.index, "e", 3).hits == ()


@pytest.mark.parametrize(
    "question",
    ["", " \n\t", "？！……", "。", "😀👍🏽", "\ud83d", "\udcff\ud800", "\x00", "\u200b\ufeff", "()[]*+?\\|^$"],
)
def test_a_question_without_words_is_answered_by_nothing(sample_library: Library, question: str) -> None:
    assert search(sample_library.index, question, 3) == nothing(question)


@pytest.mark.parametrize(
    "piece", ["茶", "x", "渡口的铃", "a b ", "HR/T 203-2024 ", "？", "\ud800茶", "9", "[("]
)
def test_a_question_as_long_as_a_message_is_searched(sample_library: Library, piece: str) -> None:
    question = (piece * 4096)[:4096]
    answer = search(sample_library.index, question, 3)
    assert answer.question == question
    assert len(answer.hits) <= 3


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40) | st.text(st.characters(categories=["Cs", "Mn", "Co", "Nd", "Lo"]), max_size=40))
def test_no_question_raises(sample_library: Library, question: str) -> None:
    answer = search(sample_library.index, question, 3)
    assert bool(answer.hits) or answer.verdict is Verdict.NONE


@pytest.mark.parametrize("question", ["摊 位", "打 扫 摊 位", "茶 水"])
def test_characters_that_stand_apart_are_looked_for_one_by_one(
    sample_library: Library, question: str
) -> None:
    answer = search(sample_library.index, question, 3)
    assert answer.verdict is not Verdict.NONE
    assert all(word.is_held for word in answer.words)
    assert all(set(question) - {" "} <= set(fold(hit.passage.text).text) for hit in answer.hits[:1])


def test_a_character_that_stands_nearly_everywhere_asks_for_nothing_sure(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, *["渡船停航，人要上岸。"] * 3, *["集市五点开。"] * 6)
    assert search(index, "人", 3).verdict is Verdict.PERHAPS
    assert (
        search(index_of(tokenizer, "渡船停航，人要上岸。", *["集市五点开。"] * 6), "人", 3).verdict
        is Verdict.FOUND
    )


def test_an_empty_index_answers_nothing(tokenizer: Tokenizer) -> None:
    for question in ("集市几点收摊？", "茶", "", "HR/T 203-2024"):
        answer = search(indexed((), tokenizer), question, 3)
        assert (answer.verdict, answer.relevance, answer.hits) == (Verdict.NONE, 0, ())


# Small folders


def test_a_folder_of_one_sentence_answers_about_it(tokenizer: Tokenizer, tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text("渡船从八点开到六点。", encoding="utf-8")
    index = indexed(read_folder(tmp_path).documents, tokenizer)
    answer = search(index, "渡船几点开？", 3)
    assert answer.verdict is Verdict.FOUND
    assert [quoted(hit) for hit in answer.hits] == ["渡船从八点开到六点。"]
    assert search(index, "量子比特为什么容易出错？", 3).verdict is Verdict.NONE


def test_what_matches_only_a_heading_is_a_hit_with_nothing_marked(
    tokenizer: Tokenizer, tmp_path: Path
) -> None:
    (tmp_path / "渡口.md").write_text("# 渡口\n\n" + "船夫说了很久的话。\n" * 80, encoding="utf-8")
    index = indexed(read_folder(tmp_path).documents, tokenizer)
    hit = search(index, "渡口", 10).hits[-1]
    assert hit.coverage.passage == pytest.approx(1)
    assert marked(hit) == []
    assert quoted(hit) == "船夫说了很久的话。"


def index_of(tokenizer: Tokenizer, *texts: str, vocabulary: Vocabulary = NO_WORDS) -> Index:
    contents = [read_plain(text) for text in texts]
    documents = [
        Document(f"{number}.txt", "题目", content.text, content.paragraphs)
        for number, content in enumerate(contents)
    ]
    return indexed(documents, tokenizer, vocabulary)


# What is said more than once


@pytest.fixture(scope="module")
def doubled(tokenizer: Tokenizer, sample_documents: Sequence[Document]) -> Index:
    """Return the sample documents, each in two files."""
    copies = [replace(document, source=f"copies/{document.source}") for document in sample_documents]
    return indexed([*sample_documents, *copies], tokenizer)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_distinct_hits_do_not_repeat_each_other_and_each_repeat_names_what_it_repeats(
    doubled: Index, data: st.DataObject
) -> None:
    question, _ = data.draw(st.sampled_from(ANSWERABLE))
    limit = data.draw(st.integers(1, 12))
    every = search(doubled, question, len(doubled.passages))
    answer = search(doubled, question, limit, distinct=True)
    shown = [hit.number for hit in answer.hits]
    assert shown == [hit.number for hit in every.hits if hit.number in shown]
    told, all_told = ([hit.number for hit, _ in each.distinct] for each in (answer, every))
    assert told == all_told[:limit]
    for rank, hit in enumerate(answer.hits, 1):
        new = {r: gist(h.passage.text) for r, h in enumerate(answer.hits[: rank - 1], 1) if h.same_as is None}
        alike = [r for r, given in new.items() if gist(hit.passage.text).is_like(given)]
        assert hit.same_as == (alike[0] if alike else None)


def test_every_hit_is_given_with_its_repeats_and_the_next_ones_go_on(tokenizer: Tokenizer) -> None:
    notice, other = "渡船停航要挂红灯。", "停航的渡船，红灯要挂着。"
    index = index_of(tokenizer, notice, f"{notice}\n", other, notice.replace("。", "！"))
    answer = search(index, "渡船停航要挂红灯", 1, distinct=True)
    assert [hit.passage.origin.source for hit in answer.hits] == ["0.txt", "1.txt", "3.txt"]
    assert [hit.same_as for hit in answer.hits] == [None, 1, 1]
    assert answer.distinct == [(answer.hits[0], [*answer.hits[1:]])]
    assert len(search(index, "渡船停航要挂红灯", 2, distinct=True).distinct) == 2
    assert len(search(index, "渡船停航要挂红灯", 2).distinct) == 1


def test_however_often_one_thing_is_said_others_are_given_too(tokenizer: Tokenizer) -> None:
    others = [f"渡船停航的时候，{who}都要回家吃饭，这是老规矩。" for who in ("船工", "渔民", "商贩")]
    index = index_of(tokenizer, *["渡船停航。"] * 70, *others)
    answer = search(index, "渡船停航", 3, distinct=True)
    assert [len(repeats) for _, repeats in answer.distinct] == [69, 0, 0]


# What is quoted, word by word


def test_what_is_quoted_in_vain_is_named_and_nothing_is_surely_found(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "渡船停航要挂红灯，岸上敲钟。", "集市五点开。")
    loose = search(index, "渡船停航要挂红灯敲钟", 3)
    quoted_loosely = search(index, "“渡船停航要挂红灯敲钟”", 3)
    assert (loose.verdict, loose.unmet) == (Verdict.FOUND, ())
    assert quoted_loosely.verdict is Verdict.PERHAPS
    assert quoted_loosely.unmet == ("渡船停航要挂红灯敲钟",)
    assert [hit.passage for hit in quoted_loosely.hits] == [hit.passage for hit in loose.hits]
    assert search(index, "“渡船停航”“敲钟”", 3).verdict is Verdict.FOUND


def test_each_word_is_given_as_it_was_written_with_whether_it_was_found(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "渡船停航要挂红灯。", "集市五点开。")
    words = search(index, "渡船、紅燈、ＷＩＦＩ和渡船怎么停航？", 3).words
    assert words == (here("渡船"), here("紅燈"), nowhere("ＷＩＦＩ"), here("停航"))


def test_a_word_that_stands_in_other_passages_only_is_known_though_not_held(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, *[f"渡船停航要挂红灯，{n}。" for n in "甲乙丙丁"], "集市五点开。")
    words = search(index, "渡船停航红灯，渡船停航红灯，集市", 3).words
    assert words == (here("渡船"), here("停航"), here("红灯"), Word("集市", is_held=False, is_known=True))


def test_a_word_that_the_tokenizer_guessed_is_left_out_unless_it_stands_somewhere(
    tokenizer: Tokenizer,
) -> None:
    assert search(index_of(tokenizer, "渡船停航。"), "麻烦我查渡船", 3).words == (
        nowhere("麻烦"),
        here("渡船"),
    )


@pytest.mark.parametrize(
    "question",
    [
        "三天之内火箭",
        "帮我查一下火箭",
        "火箭到底多少天以内应该发射",
        "除了火箭以外还有哪些",
        "關於這個火箭，還有何處需要發射",
        "how do the 火箭 please",
    ],
)
def test_of_words_that_only_join_others_or_ask_nothing_is_said(tokenizer: Tokenizer, question: str) -> None:
    words = search(index_of(tokenizer, "渡船停航。"), question, 3).words
    assert {word.text for word in words} <= {"三天", "火箭", "发射", "發射"}
    assert nowhere("火箭") in words


def test_words_that_only_join_others_are_looked_for_all_the_same(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "渡船停航三天之内通知。", *["别的。"] * 9)
    answer = search(index, "之内", 3)
    assert (answer.words, len(answer.hits)) == ((), 1)


@pytest.mark.parametrize("question", ["灯", "“灯”", "“灯”有多少"])
def test_a_single_character_inside_a_word_is_found(tokenizer: Tokenizer, question: str) -> None:
    answer = search(index_of(tokenizer, "渡船停航要挂红灯。", *["别的。"] * 9), question, 3)
    assert (answer.verdict, answer.words, answer.unmet) == (Verdict.FOUND, (here("灯"),), ())


# The owner's words

OWNERS = Vocabulary(
    stopwords=frozenset({"咱们", "公司"}),
    synonyms=(
        ("土豆", "马铃薯"),
        ("渡船", "渡船公司", "班轮"),
        ("釜", "压力罐"),
        ("ai", "artificial intelligence"),
        ("质检", "iso 9001"),
    ),
)
TEXTS = (
    "马铃薯每斤两元。",
    "班轮从八点开到六点。",
    "压力罐放在三楼。",
    "Artificial Intelligence 课在周三。",
    "按ISO 9001认证办理。",
)


@pytest.mark.parametrize(
    ("question", "stretch"),
    [
        ("土豆多少钱", "马铃薯"),
        ("土豆多少錢", "马铃薯"),
        ("渡船几点", "班轮"),
        ("渡船公司几点", "班轮"),
        ("釜", "压力罐"),
        ("AI是什么", "Artificial Intelligence"),
        ("什么是质检", "ISO 9001"),
    ],
)
def test_a_question_in_the_owners_other_word_finds_the_passage_and_marks_the_documents_word(
    tokenizer: Tokenizer, question: str, stretch: str
) -> None:
    answer = search(index_of(tokenizer, *TEXTS, vocabulary=OWNERS), question, 3)
    assert answer.verdict is Verdict.FOUND
    assert stretch in quoted(answer.hits[0])
    assert marked(answer.hits[0]) == [stretch]
    assert all(word.is_held for word in answer.words)
    assert search(index_of(tokenizer, *TEXTS), question, 3).verdict is Verdict.NONE


@settings(max_examples=30, deadline=None)
@given(
    groups=st.lists(
        st.lists(
            st.sampled_from(["渡", "渡船", "渡船公司", "停航", "航", "b超", "a b", "红灯停"]),
            min_size=2,
            max_size=3,
            unique=True,
        ),
        max_size=3,
    ),
    question=st.text(st.sampled_from("渡船公司停航红灯ab超“” "), max_size=10),
)
def test_whatever_the_synonyms_what_is_marked_says_something_of_the_question(
    tokenizer: Tokenizer, groups: list[list[str]], question: str
) -> None:
    vocabulary = Vocabulary(synonyms=tuple(map(tuple, groups)))
    text = "渡船公司停航，挂红灯停。做B超，学A B。渡口的航船。"
    index = index_of(tokenizer, text, "公司。", vocabulary=vocabulary)
    query = index.interpret(question)
    said = {*query.tokens, *(each.other.replace(" ", "") for each in query.alternatives)}
    for hit in search(index, question, 3).hits:
        at = 0
        for span in hit.matches:
            assert at <= span.start < span.end <= len(hit.passage.text)
            at = span.end
            stretch = folded(hit.passage.text, span).replace(" ", "")
            assert any(each in stretch for each in said)


def test_stopwords_ask_for_nothing(tokenizer: Tokenizer) -> None:
    plain, owners = (index_of(tokenizer, *TEXTS, vocabulary=words) for words in (NO_WORDS, OWNERS))
    assert search(owners, "咱们公司的班轮", 3).words == (here("班轮"),)
    assert search(owners, "咱们公司的班轮", 3).relevance > search(plain, "咱们公司的班轮", 3).relevance


def test_a_term_is_found_and_marked_whole(tokenizer: Tokenizer, derived: Path) -> None:
    texts = ("C课在周二。", "C++课在周三。")
    for with_terms, stretch in ((Tokenizer(derived, ["c++"]), "C++"), (tokenizer, "C")):
        answer = search(index_of(with_terms, *texts), "c++", 3)
        assert stretch in [mark for hit in answer.hits for mark in marked(hit)]
    assert quoted(search(index_of(Tokenizer(derived, ["c++"]), *texts), "c++", 3).hits[0]) == texts[1]


def test_page_after_page_shows_everything_worth_a_look_once(sample_library: Library) -> None:
    index = sample_library.index
    for question in ("集市的摊位费", "渡口", "图书馆借书", "员工", "茶", "量子纠缠"):
        whole = search(index, question, 10, distinct=True)
        pages = [
            search(index, question, 3, distinct=True, skip=skip) for skip in range(0, max(1, whole.worth), 3)
        ]
        assert {page.worth for page in pages} == {pages[0].worth}
        assert [page.skipped for page in pages] == [*range(0, max(1, whole.worth), 3)]
        told = [hit.number for page in pages for hit, _ in page.distinct]
        assert len(told) == len(set(told)) == pages[0].worth
        assert [page.verdict for page in pages] == [whole.verdict] * len(pages)
        assert told[:10] == [hit.number for hit, _ in whole.distinct][: len(told)]
        assert search(index, question, 3, distinct=True, skip=whole.worth + 30).hits == ()
