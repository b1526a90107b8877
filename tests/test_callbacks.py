import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import Action, Ask
from retrieval.addresses import Address, hash_of

MOST_ID = 2**52
"""User ids have at most 52 bits, says the Bot API."""

HASHES = st.text().map(hash_of)
ADDRESSES = st.builds(Address, HASHES, st.integers(0, 10**8 - 1), HASHES)
ASKS = st.builds(
    Ask,
    st.sampled_from(Action),
    st.integers(0, 36**4 - 1),
    st.integers(0, MOST_ID),
    st.none() | HASHES,
    st.integers(0, 36**2),
    st.none() | ADDRESSES,
)


@given(ASKS)
def test_what_is_written_is_read_again_and_fits_a_button(ask: Ask) -> None:
    assert Ask.read(str(ask)) == ask
    assert 1 <= len(str(ask).encode()) <= 64


@pytest.mark.parametrize("data", ["", "list:2", "a", "a::::\n", "Z1:2:::", "a1:2:short::", "v1::::nonsense"])
def test_what_another_version_wrote_is_nothing(data: str) -> None:
    assert Ask.read(data) is None


@given(st.text(max_size=64))
def test_whatever_comes_back_is_read_or_nothing(data: str) -> None:
    ask = Ask.read(data)
    assert ask is None or Ask.read(str(ask)) == ask
