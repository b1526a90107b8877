from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from retrieval.dictionary import place
from retrieval.folding import fold
from retrieval.lean_jieba import jieba
from retrieval.tokens import Tokenizer

HAN = st.text(st.sampled_from("我们的图书馆每天几点开门关于测试工具箱管理办法"), min_size=2, max_size=20)
PAIRS = list(zip("圖書館開門測試臺灣學習，a3", "图书馆开门测试台湾学习，a3", strict=True))
ANY_CHARACTER = st.characters(exclude_categories=())
TRICKY_CHARACTER = st.sampled_from("图书馆gbT/._-+@%: 0９\u3000\n\ud800\u0301かꙮ\U00020000")
TEXTS = st.text(ANY_CHARACTER | TRICKY_CHARACTER, max_size=40)


@settings(max_examples=60)
@given(text=TEXTS)
def test_any_text_gives_tokens_that_stand_in_it(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenizer(text)
    assert all(tokens)
    folded = fold(text).text
    assert all(token in folded or token in folded.replace(" ", "") for token in tokens)


@settings(max_examples=25)
@given(text=HAN)
def test_each_two_neighbouring_han_characters_are_a_token(tokenizer: Tokenizer, text: str) -> None:
    assert {text[i : i + 2] for i in range(len(text) - 1)} <= set(tokenizer(text))


@settings(max_examples=25)
@given(text=HAN, before=HAN, after=HAN)
def test_a_question_finds_its_bigrams_inside_a_longer_text(
    tokenizer: Tokenizer, text: str, before: str, after: str
) -> None:
    bigrams = {token for token in tokenizer(text) if len(token) == 2}
    assert bigrams <= set(tokenizer(before + text + after))


@settings(max_examples=25)
@given(pairs=st.lists(st.sampled_from(PAIRS)))
def test_traditional_and_simplified_give_the_same_tokens(
    tokenizer: Tokenizer, pairs: list[tuple[str, str]]
) -> None:
    traditional, simplified = ("".join(pair[side] for pair in pairs) for side in (0, 1))
    assert tokenizer(traditional) == tokenizer(simplified)


def test_a_han_run_gives_its_bigrams_and_then_its_words(tokenizer: Tokenizer) -> None:
    assert tokenizer("图书馆开门") == ["图书", "书馆", "馆开", "开门", "图书", "书馆", "图书馆", "开门"]


def test_a_word_that_jieba_glued_to_another_is_found_by_its_bigrams(tokenizer: Tokenizer) -> None:
    assert "工具箱" not in tokenizer("测试工具箱")
    assert {"工具", "具箱"} <= {*tokenizer("测试工具箱")} & {*tokenizer("工具箱")}


def test_punctuation_divides_and_a_character_by_itself_is_a_token(tokenizer: Tokenizer) -> None:
    assert tokenizer("茶，水。") == ["茶", "水"]
    assert tokenizer("，。　\n") == []


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("GB/T 22239-2019", "gb/t22239-2019", ["gb", "t", "22239", "2019"]),
        ("ＧＢ／Ｔ　２２２３９－２０１９", "gb/t22239-2019", ["gb", "t", "22239", "2019"]),
        ("ISO 9001:2015", "iso9001:2015", ["iso", "9001", "2015"]),
        ("B-12", "b-12", ["b", "12"]),
        ("v1.2.3", "v1.2.3", ["v1", "2", "3"]),
        ("a.b@example.com", "a.b@example.com", ["a", "b", "example", "com"]),
    ],
)
def test_a_code_is_kept_whole_and_its_parts_beside_it(
    tokenizer: Tokenizer, text: str, whole: str, parts: list[str]
) -> None:
    assert tokenizer(text) == [whole, *parts]
    assert tokenizer(f"按照{text}执行")[-len(parts) - 3 :] == [whole, *parts, "执行", "执行"]


def test_a_code_is_the_same_whole_with_and_without_its_blank(tokenizer: Tokenizer) -> None:
    assert tokenizer("GB/T 22239-2019")[0] == tokenizer("GB/T22239-2019")[0]


@pytest.mark.parametrize("text", ["word", "3.5", "50%", "2020", "Привет", "ひらがな"])
def test_a_word_or_a_number_is_a_token(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer(text)[0] == text.lower()


def test_words_are_what_jieba_sees_without_single_characters(tokenizer: Tokenizer) -> None:
    assert list(tokenizer.words("我去圖書館借Python书")) == ["图书", "书馆", "图书馆", "python"]


def test_the_dictionary_is_kept_where_it_was_told_to(tokenizer: Tokenizer, derived: Path) -> None:
    assert tokenizer("茶") == ["茶"]
    assert any(path.stat().st_size for path in derived.iterdir())


@pytest.fixture
def small_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let jieba's own dictionary be a few words, which are read at once."""
    words = "茶水 9 n\n图书馆 8 n\n图书 7 n\n".encode()
    monkeypatch.setattr(jieba.Tokenizer, "get_dict_file", lambda _: BytesIO(words))


@pytest.mark.usefixtures("small_source")
def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert Tokenizer(file / "derived")("茶水") == ["茶水", "茶水"]


@pytest.mark.usefixtures("small_source")
@pytest.mark.parametrize("damage", [b"", b"\x80\x00" * 100])
def test_a_damaged_dictionary_is_made_again(tmp_path: Path, damage: bytes) -> None:
    place(tmp_path).write_bytes(damage)
    assert "图书馆" in Tokenizer(tmp_path)("图书馆")
    assert place(tmp_path).read_bytes() != damage
    assert "图书馆" in Tokenizer(tmp_path)("图书馆")


def test_a_dictionary_in_which_a_byte_changed_is_made_again(tmp_path: Path, derived: Path) -> None:
    whole = place(derived).read_bytes()
    place(tmp_path).write_bytes(whole.replace("渡船".encode(), "船渡".encode()))
    assert "渡船" in Tokenizer(tmp_path)("渡船从八点开")
    assert place(tmp_path).read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == [place(tmp_path).name]


# The owner's terms. jieba cuts 河东渡口 into 河东 and 渡口, and 青石镇 into 青石 and 镇.

TERMS = ("河东渡", "青石镇", "石镇渡口", "镇渡口须知", "徐小微卡", "b超", "c++", "iso 9001", "𠮷野家", "茶")
HAN_TERMS = TERMS[:5]
AROUND = st.lists(
    st.sampled_from(
        ["口", "渡口", "全国人", "第九届全国人", "务委员会", "徐小", *"在河东渡青石镇须知的人民代表大会"]
    ),
    max_size=6,
).map("".join)


@pytest.fixture(scope="module")
def with_terms(derived: Path) -> Tokenizer:
    return Tokenizer(derived, TERMS)


@settings(max_examples=30)
@given(term=st.sampled_from(TERMS[:-1]), before=AROUND, after=AROUND)
def test_a_term_is_a_token_and_a_word_wherever_it_stands(
    with_terms: Tokenizer, term: str, before: str, after: str
) -> None:
    text = before + term + after
    assert term.replace(" ", "") in with_terms(text)
    assert term.replace(" ", "") in with_terms.words(text)


@settings(max_examples=50)
@given(term=st.sampled_from(TERMS), around=st.tuples(AROUND, AROUND))
def test_a_term_takes_no_bigram_from_a_text(
    tokenizer: Tokenizer, with_terms: Tokenizer, term: str, around: tuple[str, str]
) -> None:
    text = term.join(around)
    assert {token for token in tokenizer(text) if len(token) <= 2} <= {*with_terms(text)}


@pytest.fixture(scope="module", params=["河东渡", "石镇渡口", "民代表大会常"])
def only_term(request: pytest.FixtureRequest, derived: Path) -> Tokenizer:
    return Tokenizer(derived, [request.param])


@settings(max_examples=15)
@given(before=AROUND, after=AROUND)
@example(before="第九届全国人", after="务委员会")
def test_a_term_is_cut_as_one_word_and_its_surroundings_by_themselves(
    only_term: Tokenizer, before: str, after: str
) -> None:
    [term] = only_term.terms
    text = before + term + after
    start = text.index(term)
    edges = only_term.boundaries(text)
    assert {start, start + len(term)} <= edges
    assert edges.isdisjoint(range(start + 1, start + len(term)))
    assert only_term.words(text) == [
        *only_term.words(before),
        *only_term.words(term),
        *only_term.words(after),
    ]


@settings(max_examples=50)
@given(text=st.text(st.sampled_from("渡东河口镇石青知须微小徐卡，abc9001 茶的人民代表大会"), max_size=25))
def test_a_text_without_a_term_is_cut_as_if_there_were_none(
    tokenizer: Tokenizer, with_terms: Tokenizer, text: str
) -> None:
    assume(not any(term in text for term in TERMS if term != "茶"))
    assert with_terms(text) == tokenizer(text)
    assert with_terms.words(text) == tokenizer.words(text)
    assert with_terms.boundaries(text) == tokenizer.boundaries(text)


@pytest.mark.parametrize(
    ("text", "term"),
    [("做Ｂ超检查", "b超"), ("学C++语言", "c++"), ("按ISO 9001认证", "iso9001")],
)
def test_a_term_of_other_than_han_characters_is_a_token_beside_the_others(
    tokenizer: Tokenizer, with_terms: Tokenizer, text: str, term: str
) -> None:
    assert with_terms(text) == [*tokenizer(text), term]
    assert with_terms.words(text) == [*tokenizer.words(text), term]


def test_a_term_with_a_blank_is_the_same_token_without_it(with_terms: Tokenizer) -> None:
    assert with_terms("ISO9001") == ["iso9001"]
    assert with_terms("ISO 9001") == ["iso", "9001", "iso9001"]


@pytest.mark.parametrize("text", ["ab超声", "iso 90012", "c+"])
def test_a_term_is_not_torn_out_of_a_longer_latin_word(
    tokenizer: Tokenizer, with_terms: Tokenizer, text: str
) -> None:
    assert with_terms(text) == tokenizer(text)


def test_a_term_may_hold_characters_that_jieba_does_not_read(with_terms: Tokenizer) -> None:
    assert with_terms.words("去𠮷野家吃饭") == ["𠮷野家", "吃饭"]


def test_terms_in_one_another_and_across_one_another_are_all_tokens(with_terms: Tokenizer) -> None:
    words = with_terms.words("青石镇渡口须知")
    assert words == ["青石", "渡口", "须知", "镇渡口须知", "青石镇", "石镇渡口"]
    assert with_terms("青石镇渡口须知")[-len(words) :] == words
    assert with_terms.boundaries("青石镇渡口须知") == {0, 2, 7}


def test_a_term_that_is_a_token_already_counts_no_more(tokenizer: Tokenizer, derived: Path) -> None:
    words = Tokenizer(derived, ["python", "图书馆", "50%"])
    assert words("图书馆有50%的Python书") == tokenizer("图书馆有50%的Python书")


@pytest.mark.usefixtures("small_source")
def test_the_dictionary_that_is_kept_is_free_of_terms(tmp_path: Path) -> None:
    Tokenizer(tmp_path / "without")
    made = Tokenizer(tmp_path, HAN_TERMS)
    kept = place(tmp_path).read_bytes()
    again = Tokenizer(tmp_path, HAN_TERMS)
    assert {"河东渡", "徐小微卡"} <= {*made("河东渡徐小微卡")} & {*again("河东渡徐小微卡")}
    assert place(tmp_path).read_bytes() == kept == place(tmp_path / "without").read_bytes()


def test_a_tokenizer_says_which_terms_it_was_built_with_in_whatever_order(
    tokenizer: Tokenizer, derived: Path
) -> None:
    assert tokenizer.terms == ()
    assert Tokenizer(derived, ["乙方", "甲方", "乙方"]).terms == Tokenizer(derived, ("甲方", "乙方")).terms


# Boundaries


@settings(max_examples=50)
@given(text=TEXTS)
def test_words_begin_and_end_where_they_stand(tokenizer: Tokenizer, text: str) -> None:
    folded = fold(text).text
    edges = sorted(tokenizer.boundaries(folded))
    words = "".join(folded[start:end] for start, end in pairwise(edges))
    assert {character for character in folded if character.isalnum()} <= {*words}


@pytest.mark.parametrize(
    ("text", "guess", "words"),
    [
        ("目的是公司的茶", True, "目的|是|公司|的|茶"),
        ("他会计划", True, "他会|计划"),
        ("他会计划", False, "他|会|计划"),
        ("按gb/t 22239-2019执行", True, "按|gb/t 22239-2019|执行"),
        ("3.5元，it部门", True, "3.5|元|，|it|部门"),
    ],
)
def test_boundaries_lie_between_words(tokenizer: Tokenizer, text: str, words: str, *, guess: bool) -> None:
    ends = {*accumulate(map(len, words.split("|")), initial=0)}
    assert tokenizer.boundaries(text, guess=guess) == ends


def test_no_boundary_lies_inside_a_term(with_terms: Tokenizer) -> None:
    assert with_terms.boundaries("做b超检查") == {0, 1, 3, 5}
    assert with_terms.boundaries("按iso 9001认证") == {0, 1, 9, 11}


# Joints


@pytest.mark.parametrize(
    ("text", "joints"),
    [
        ("（2021）鲁1724刑初56号", {"鲁1724", "初56", "1724刑", "56号"}),
        ("按GB/T 22239-2019执行", {"按gb/t", "22239-2019执"}),
        ("渡口的铃", set()),
        ("鲁 1724", set()),
        ("３０％的人", {"30%的"}),
        ("", set()),
    ],
)
def test_joints_are_where_a_number_or_a_latin_word_meets_a_han_character(
    tokenizer: Tokenizer, text: str, joints: set[str]
) -> None:
    assert {*tokenizer.joints(text)} == joints


@settings(max_examples=25)
@given(text=TEXTS)
def test_joints_stand_in_the_text(tokenizer: Tokenizer, text: str) -> None:
    folded = fold(text).text
    assert all(joint in folded and len(joint) > 1 for joint in tokenizer.joints(text))
