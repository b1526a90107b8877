import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.addresses import Address, Addresses, Found, hash_of
from retrieval.documents import Document
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.library import Library
from retrieval.readers.plain import read_plain
from retrieval.tokens import Tokenizer

LONG = "渡船从早上八点开到傍晚六点，下雨的日子不开，水大的日子也不开，过渡的人要在岸边的棚子里等。" * 3


def index_of(tokenizer: Tokenizer, **texts: Sequence[str]) -> Index:
    contents = {name: read_plain("\n\n".join(lines)) for name, lines in texts.items()}
    return indexed(
        [Document(f"{name}.txt", name, each.text, each.paragraphs) for name, each in contents.items()],
        tokenizer,
    )


def found(index: Index, address: Address) -> tuple[str, str, bool] | None:
    """Return the document and the text that an address leads to, and whether that is as it was."""
    place = Addresses(index).find(address)
    if place is None:
        return None
    passage = index.passages[place.number]
    return passage.origin.title, passage.text, place.is_same


def test_every_passage_is_found_at_its_address(sample_library: Library) -> None:
    addresses = Addresses(sample_library.index)
    for number, passage in enumerate(sample_library.index.passages):
        assert addresses.find(Address.of(passage)) == Found(number, is_same=True)


@given(st.integers(0, 10**8 - 1), st.text(), st.text())
def test_an_address_that_is_written_can_be_read_and_is_a_start_parameter(
    place: int, source: str, text: str
) -> None:
    address = Address(hash_of(source), place, hash_of(text))
    assert Address.read(str(address)) == address
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,62}", str(address))


@pytest.mark.parametrize("written", ["", "p", "abcdefgh_1", "abcdefgh_x_abcdefgh", "abcdefgh_1_abcdefg!"])
def test_what_is_no_address_is_none(written: str) -> None:
    assert Address.read(written) is None
    assert Address.read("abcdefgh_1_abcdefgh\n") is None


def test_a_passage_that_moved_within_its_document_is_found_by_its_text(tokenizer: Tokenizer) -> None:
    before = index_of(tokenizer, 渡口=[LONG + "一", LONG + "二"])
    address = Address.of(before.passages[1])
    after = index_of(tokenizer, 渡口=[LONG + "零", LONG + "一", LONG + "三", LONG + "二"])
    assert found(after, address) == ("渡口", LONG + "二", True)


def test_a_passage_of_a_renamed_document_is_found_by_its_text(tokenizer: Tokenizer) -> None:
    address = Address.of(index_of(tokenizer, 渡口=[LONG + "一", LONG + "二"]).passages[1])
    after = index_of(tokenizer, 集市=[LONG], 渡船=[LONG + "一", LONG + "二"])
    assert found(after, address) == ("渡船", LONG + "二", True)


def test_where_the_text_is_gone_what_stands_at_its_place_is_shown_as_another(tokenizer: Tokenizer) -> None:
    address = Address.of(index_of(tokenizer, 渡口=[LONG + "一", LONG + "二"]).passages[1])
    after = index_of(tokenizer, 渡口=[LONG + "一", LONG + "改了"])
    assert found(after, address) == ("渡口", LONG + "改了", False)
    assert found(index_of(tokenizer, 渡口=[LONG + "一"]), address) == ("渡口", LONG + "一", False)


def test_of_a_text_that_stands_twice_the_nearest_is_meant(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, 渡口=[LONG, *[f"{LONG}{n}" for n in range(5)], LONG])
    for number in (0, 6):
        assert Addresses(index).find(Address.of(index.passages[number])) == Found(number, is_same=True)


def test_what_is_gone_altogether_is_not_found(tokenizer: Tokenizer) -> None:
    address = Address.of(index_of(tokenizer, 渡口=[LONG]).passages[0])
    assert found(index_of(tokenizer, 集市=["集市逢五开。"]), address) is None
    assert found(index_of(tokenizer), address) is None


def test_a_document_is_found_by_what_its_path_is_told_by(sample_library: Library) -> None:
    addresses = Addresses(sample_library.index)
    for number, origin in enumerate(sample_library.index.documents):
        assert addresses.document(hash_of(origin.source)) == number
    assert addresses.document(hash_of("none.txt")) is None
