"""A table finds its tokens and no other, whatever they are made of."""

from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.inverted.token_table import TokenTable

ODD = ["", "\0", "a\0", " ", "a b", "\n", "\ud800", "茶\udfff", "\ufeff", "é", "e\u0301", "ÿ"]
TOKENS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.sampled_from("ab茶水𠮷"), max_size=4),
    st.text(st.characters(categories=("Lu", "Lo", "Zs", "Cc", "Cs")), max_size=3),
)
DIFFERENT = st.lists(TOKENS, unique=True, max_size=30)


def _tokens(table: TokenTable) -> list[str]:
    return [table.token(number) for number in range(len(table))]


@settings(max_examples=40)
@given(DIFFERENT, st.lists(TOKENS, max_size=10))
def test_a_token_is_found_by_its_number_and_its_number_by_it(tokens: list[str], others: list[str]) -> None:
    table = TokenTable.of(tokens)
    assert _tokens(table) == tokens
    expected = [tokens.index(token) if token in tokens else None for token in others]
    assert table.find(others) == expected
    assert table.find(tokens) == list(range(len(tokens)))


@settings(max_examples=100)
@given(DIFFERENT, TOKENS)
def test_a_text_is_found_in_every_token_that_holds_it(tokens: list[str], text: str) -> None:
    assert TokenTable.of(tokens).containing(text) == [n for n, token in enumerate(tokens) if text in token]


@settings(max_examples=100)
@given(DIFFERENT, st.integers(0, 30))
def test_an_extended_table_is_the_table_of_all_tokens(tokens: list[str], old: int) -> None:
    before = TokenTable.of(tokens[:old])
    extended = before.extended(tokens[old:])
    assert _tokens(extended) == tokens
    assert extended.find(tokens) == list(range(len(tokens)))
    assert _tokens(before) == tokens[:old]


@settings(max_examples=50)
@given(DIFFERENT, st.data())
def test_a_table_of_only_some_tokens_numbers_them_anew(tokens: list[str], data: st.DataObject) -> None:
    kept = sorted(data.draw(st.sets(st.sampled_from(range(len(tokens))))) if tokens else [])
    table = TokenTable.of(tokens).only(kept)
    assert _tokens(table) == [tokens[number] for number in kept]
    expected = [kept.index(number) if number in kept else None for number in range(len(tokens))]
    assert table.find(tokens) == expected
    assert table.extended(["new to it"]).find(["new to it"]) == [len(kept)]


def test_tokens_with_the_same_hash_are_told_apart() -> None:
    same = ["plumless", "buckeroo"]
    assert crc32(same[0].encode()) == crc32(same[1].encode())
    assert TokenTable.of(same).find([*same, "茶"]) == [0, 1, None]
    assert TokenTable.of(same[:1]).find(same) == [0, None]


@pytest.mark.parametrize("count", [255, 256, 70_000])
def test_a_table_grows_past_every_size_of_its_numbers(count: int) -> None:
    tokens = [f"{number:x}" for number in range(count)]
    table = TokenTable.of(tokens)
    assert table.find(tokens[-3:]) == [count - 3, count - 2, count - 1]
    assert table.containing(tokens[-1])[-1] == count - 1
