import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.kinds import wanted
from retrieval.queries import Interpreter
from retrieval.tokens import Tokenizer
from retrieval.vocabulary import Vocabulary

OWNERS = Vocabulary(
    stopwords=frozenset({"公司", "咱们"}),
    synonyms=(("渡船", "班轮"), ("车", "汽车"), ("b超", "超声波检查"), ("ai", "artificial intelligence")),
)


@pytest.fixture(scope="module")
def read(tokenizer: Tokenizer) -> Interpreter:
    return Interpreter(tokenizer)


@pytest.fixture(scope="module")
def as_owner(tokenizer: Tokenizer) -> Interpreter:
    return Interpreter(tokenizer, OWNERS)


def test_asking_words_and_single_characters_are_left_out(read: Interpreter, tokenizer: Tokenizer) -> None:
    query = read("请问茶，图书馆几点开门？")
    assert list(query.tokens) == [*tokenizer("图书馆"), *tokenizer("开门")]
    assert query.words == {"图书", "书馆", "图书馆", "开门"}
    assert query.letters == len("茶图书馆开门")
    assert query.kind == wanted("几点")
    assert (query.characters, query.alternatives, query.quoted) == ((), (), ())


def test_a_question_is_folded(read: Interpreter) -> None:
    assert read("圖書館的ＷＩＦＩ") == read("图书馆的wifi")


@pytest.mark.parametrize("question", ["渡口", "第3号公告1724", "鲁1724号"])
def test_joints_are_those_of_the_question(read: Interpreter, tokenizer: Tokenizer, question: str) -> None:
    assert list(read(question).joints) == tokenizer.joints(question)


def test_where_jieba_sees_no_word_every_token_is_one(read: Interpreter) -> None:
    query = read("的了")
    assert query.words == {*query.tokens} == {"的了"}


# One character


@pytest.mark.parametrize("question", ["茶", "茶？", "茶是什么", "茶 茶", "“茶”", "“茶”有多少"])
def test_one_character_may_be_all_that_is_asked_about(read: Interpreter, question: str) -> None:
    query = read(question)
    assert query.is_one_character
    assert {*query.tokens} == query.words == {"茶"}
    assert query.characters == ("茶",)


@pytest.mark.parametrize("question", ["", "茶水", "e", "茶 e", "茶 水", "“茶”的历史"])
def test_otherwise_there_is_more_or_nothing(read: Interpreter, question: str) -> None:
    assert not read(question).is_one_character


def test_a_character_in_quotation_marks_is_meant(read: Interpreter) -> None:
    query = read("“茶”和「水」的历史")
    assert query.characters == ("茶", "水")
    assert {"茶", "水", "历史"} <= {*query.tokens} & query.words


# Quotation marks


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("“四个一”是什么", ("四个一",)),
        ('"四个一"是什么', ("四个一",)),
        ("＂四个一＂是什么", ("四个一",)),
        ("「四個一」是什麼", ("四個一",)),
        ("『四个一』是什么", ("四个一",)),
        ('“四个一"和“ＡＢＣ”', ("四个一", "ＡＢＣ")),
        ("“四个一”与“四个一”", ("四个一",)),
        ("“他说「四个一」吗”", ("他说「四个一」吗",)),
        ("「他說『好』」", ("他說『好』",)),
        ("“四个一", ()),
        ("四个一”", ()),
        ("”四个一“", ("四个一",)),
        ("“四个一“是什么", ("四个一",)),
        ('四个一"”', ()),
        ("“四个一“五个一”", ("五个一",)),
        ('“”和""和「，」', ()),
        ("‘四个一’《四个一》", ()),
    ],
)
def test_what_stands_in_quotation_marks_is_quoted_as_it_was_written(
    read: Interpreter, question: str, quoted: tuple[str, ...]
) -> None:
    assert read(question).quoted == quoted


def test_asking_words_and_stopwords_inside_quotation_marks_stay(as_owner: Interpreter) -> None:
    query = as_owner("咱们的“公司怎么办”是什么")
    assert {"公司", "怎么", "怎么办"} <= query.words
    assert "咱们" not in query.tokens
    assert "什么" not in query.tokens


def test_quotation_marks_part_what_stands_on_either_side(read: Interpreter) -> None:
    assert {"工四", "一工"}.isdisjoint(read("工“四个一”工").tokens)


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from('渡船“”"「」『』 ，a1几点'), max_size=16))
def test_every_quoted_text_stands_in_the_question_and_says_something(
    read: Interpreter, question: str
) -> None:
    query = read(question)
    assert all(text in question and any(map(str.isalnum, text)) for text in query.quoted)
    assert len({*query.quoted}) == len(query.quoted)
    assert query.words <= {*query.tokens}
    assert {*query.characters} <= {*query.tokens}


# The owner's words


def test_an_owners_word_has_its_alternatives(as_owner: Interpreter, tokenizer: Tokenizer) -> None:
    (ferry,) = as_owner("渡船停航").alternatives
    assert ferry.tokens == {"渡船"}
    assert (ferry.other, list(ferry.other_tokens)) == ("班轮", tokenizer("班轮"))


def test_a_synonym_of_several_words_may_be_written_without_blanks(as_owner: Interpreter) -> None:
    apart, together = as_owner("AI课").alternatives
    assert apart.other == together.other == "artificial intelligence"
    assert apart.other_tokens == ("artificial", "intelligence")
    assert together.other_tokens == ("artificialintelligence",)


@pytest.mark.parametrize(("question", "own"), [("这车要多久", "车"), ("做b超检查", "b"), ("车", "车")])
def test_an_alternative_stands_for_tokens_and_a_word_of_the_question(
    as_owner: Interpreter, question: str, own: str
) -> None:
    query = as_owner(question)
    (alternative,) = query.alternatives
    assert alternative.tokens == {own}
    assert own in query.tokens
    assert own in query.words


def test_stopwords_ask_for_nothing_unless_there_is_nothing_else(as_owner: Interpreter) -> None:
    assert as_owner("咱们公司停航").tokens == as_owner("停航").tokens
    assert "公司" in as_owner("公司").tokens
