from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.folding import fold
from retrieval.lexicon import joined
from retrieval.synonyms import Synonyms
from retrieval.tokens import Tokenizer

GROUPS = (
    ("土豆", "马铃薯", "洋芋"),
    ("土豆丝", "洋芋擦擦"),
    ("洋芋", "芋头"),
    ("会计", "财务"),
    ("车", "汽车"),
    ("镇办", "镇党政办公室"),
    ("石镇渡", "青石渡口"),
    ("it", "信息技术"),
    ("iso 9001", "质量管理体系"),
    ("b超", "超声波检查"),
    ("gb", "国标"),
    ("t", "团体标准"),
)


def meant(tokenizer: Tokenizer, question: str) -> dict[str, tuple[str, ...]]:
    content = fold(question).text
    variants = Synonyms(GROUPS).variants(content, tokenizer)
    return {content[each.span.start : each.span.end]: each.others for each in variants}


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("土豆怎么卖", {"土豆": ("马铃薯", "洋芋")}),
        ("馬鈴薯怎麼賣", {"马铃薯": ("土豆", "洋芋")}),
        ("ＩＴ部门在哪", {"it": ("信息技术",)}),
        ("去土豆地和镇办", {"土豆": ("马铃薯", "洋芋"), "镇办": ("镇党政办公室",)}),
        ("渡口几点开", {}),
        ("", {}),
    ],
)
def test_a_word_of_a_group_has_the_others(
    tokenizer: Tokenizer, question: str, others: dict[str, tuple[str, ...]]
) -> None:
    assert meant(tokenizer, question) == others


def test_a_word_of_two_groups_has_the_others_of_both_and_joins_them_not(tokenizer: Tokenizer) -> None:
    assert meant(tokenizer, "洋芋") == {"洋芋": ("土豆", "马铃薯", "芋头")}
    assert meant(tokenizer, "芋头") == {"芋头": ("洋芋",)}


def test_the_longest_of_overlapping_words_counts(tokenizer: Tokenizer) -> None:
    assert meant(tokenizer, "炒土豆丝") == {"土豆丝": ("洋芋擦擦",)}


@pytest.mark.parametrize(
    "question", ["digital", "it2", "社会计划", "他会计划吗", "车前草", "iso 90012", "ab超", "t/cqap"]
)
def test_a_word_is_not_torn_out_of_others(tokenizer: Tokenizer, question: str) -> None:
    assert meant(tokenizer, question) == {}


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("会计师", "会计"),
        ("这车要多久", "车"),
        ("去青石镇渡口", "石镇渡"),
        ("去镇办盖章", "镇办"),
        ("it部门", "it"),
        ("ISO9001认证", "iso9001"),
        ("ISO 9001认证", "iso 9001"),
        ("做B超检查", "b超"),
        ("GB/T 22239-2019", "gb"),
    ],
)
def test_a_word_is_meant_by_itself_in_one_longer_word_and_when_no_dictionary_has_it(
    tokenizer: Tokenizer, question: str, word: str
) -> None:
    assert list(meant(tokenizer, question)) == [word]


def test_no_groups_have_no_variants(tokenizer: Tokenizer) -> None:
    assert Synonyms(()).variants("土豆", tokenizer) == ()


WORDS = st.lists(
    st.sampled_from(["土豆", "丝", "洋", "芋", "it", " ", "iso", "9001", "会计", "社", "b", "超"]),
    min_size=1,
    max_size=3,
).map(lambda pieces: " ".join("".join(pieces).split()))
SOME_GROUPS = st.lists(
    st.lists(WORDS.filter(bool), min_size=2, max_size=3, unique=True).map(tuple), max_size=4
)


@settings(max_examples=60)
@given(groups=SOME_GROUPS, content=st.lists(WORDS, max_size=5).map("".join))
def test_variants_are_in_order_and_apart_and_each_is_of_a_group_with_its_others(
    tokenizer: Tokenizer, groups: list[tuple[str, ...]], content: str
) -> None:
    variants = Synonyms(groups).variants(content, tokenizer)
    assert all(one.span.end <= next_.span.start for one, next_ in pairwise(variants))
    for each in variants:
        word = joined(content[each.span.start : each.span.end])
        own = [group for group in groups if word in map(joined, group)]
        assert own
        assert {other for group in own for other in group if joined(other) != word} <= {*each.others}
        assert {*each.others} <= {other for group in own for other in group}
