from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.folding import fold
from retrieval.tokens import Tokenizer

HAN = st.text(st.sampled_from("我们的图书馆每天八点开门关于测试工具箱管理办法"), min_size=2, max_size=20)
PAIRS = list(zip("圖書館開門測試臺灣學習，a3", "图书馆开门测试台湾学习，a3", strict=True))
ANY_CHARACTER = st.characters(exclude_categories=())
TRICKY_CHARACTER = st.sampled_from("图书馆gbT/._-+@%: 0９\u3000\n\ud800\u0301かꙮ\U00020000")
TEXTS = st.text(ANY_CHARACTER | TRICKY_CHARACTER, max_size=40)


@settings(max_examples=120)
@given(text=TEXTS)
def test_any_text_gives_tokens_that_stand_in_it(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenizer(text)
    assert all(tokens)
    folded = fold(text).text
    assert all(token in folded or token in folded.replace(" ", "") for token in tokens)


@settings(max_examples=50)
@given(text=HAN)
def test_each_two_neighbouring_han_characters_are_a_token(tokenizer: Tokenizer, text: str) -> None:
    assert {text[i : i + 2] for i in range(len(text) - 1)} <= set(tokenizer(text))


@settings(max_examples=50)
@given(text=HAN, before=HAN, after=HAN)
def test_a_question_finds_its_bigrams_inside_a_longer_text(
    tokenizer: Tokenizer, text: str, before: str, after: str
) -> None:
    bigrams = {token for token in tokenizer(text) if len(token) == 2}
    assert bigrams <= set(tokenizer(before + text + after))


@settings(max_examples=50)
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


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert Tokenizer(file / "derived")("茶水") == ["茶水", "茶水"]


@pytest.mark.parametrize("damage", [b"", b"junk", b"\x80\x00" * 100])
def test_a_damaged_dictionary_is_made_again(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "jieba.cache").write_bytes(damage)
    assert "图书馆" in Tokenizer(tmp_path)("图书馆")
    assert "图书馆" in Tokenizer(tmp_path)("图书馆")
