import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Span
from retrieval.lexicon import Lexicon, apart, joined

PIECES = st.sampled_from(["渡", "口", "渡口", "it", "9", "b", " ", "，", "超"])
TEXTS = st.lists(PIECES, max_size=12).map("".join)
WORDS = TEXTS.map(str.strip).filter(bool)


def found(words: list[str], text: str) -> list[str]:
    return [text[place.start : place.end] for place in Lexicon(words).places(text)]


@settings(max_examples=100)
@given(words=st.lists(WORDS, max_size=4), text=TEXTS)
def test_a_word_is_found_wherever_it_stands_but_in_a_longer_latin_word(words: list[str], text: str) -> None:
    forms = {form for word in words for form in (word, joined(word))}
    expected = {
        Span(*match.span(1))
        for form in forms
        for match in re.finditer(f"(?=({re.escape(form)}))", text)
        if not re.search("[a-z0-9]{2}", text[max(0, match.start(1) - 1) : match.start(1) + 1])
        and not re.search("[a-z0-9]{2}", text[match.end(1) - 1 : match.end(1) + 1])
    }
    places = list(Lexicon(words).places(text))
    assert len(places) == len(expected)
    assert {*places} == expected
    assert places == sorted(places, key=lambda place: (place.start, -place.end))


@pytest.mark.parametrize(
    ("word", "text", "places"),
    [
        ("it", "digital it，it部门", ["it", "it"]),
        ("三号", "十三号，13号", ["三号"]),
        ("3号", "13号，3号", ["3号"]),
        ("c++", "学c++和objective-c++", ["c++", "c++"]),
        ("b超", "做b超，ab超", ["b超"]),
        ("iso 9001", "iso 9001，iso9001，iso-9001，iso 90012", ["iso 9001", "iso9001"]),
        ("渡口", "渡", []),
    ],
)
def test_a_word_stands_by_itself_among_letters_and_digits(word: str, text: str, places: list[str]) -> None:
    assert found([word], text) == places


def test_words_in_words_and_across_words_are_all_found() -> None:
    assert found(["渡口", "口岸", "渡口岸边"], "渡口岸边") == ["渡口岸边", "渡口", "口岸"]


def test_no_words_are_found_nowhere() -> None:
    assert found([], "渡口") == found([""], "渡口") == []


PLACES = st.lists(
    st.builds(lambda start, length: Span(start, start + length), st.integers(0, 9), st.integers(1, 5))
)


@settings(max_examples=100)
@given(PLACES)
def test_places_apart_do_not_overlap_and_only_longer_or_earlier_ones_displace_others(
    places: list[Span],
) -> None:
    chosen = apart(places)
    assert {*chosen} <= {*places}
    assert all(one.end <= next_.start for one, next_ in pairwise(chosen))
    for place in places:
        rivals = [other for other in chosen if other.start < place.end and place.start < other.end]
        assert any(
            (other.start - other.end, other.start) <= (place.start - place.end, place.start)
            for other in rivals
        )
