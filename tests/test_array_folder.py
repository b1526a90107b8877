"""What is written to a folder is read again, and what is not whole is refused."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.array_folder import DamagedError, Stored, read, verify, write

ARRAYS = {
    "ones": np.ones((3, 5), np.uint16),
    "none": np.empty((0, 7), np.float64),
    "numbers": np.arange(1000, dtype=np.uint32),
}
STORED = Stored(ARRAYS, {"k1": 1.5, "third": 1 / 3})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "deep" / "index", STORED, "form 1")
    return tmp_path / "deep" / "index"


def test_what_is_written_is_read(folder: Path) -> None:
    found = read(folder, "form 1")
    verify(folder)
    assert found.figures == STORED.figures
    assert found.arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(found.arrays[name], array)
        assert (found.arrays[name].dtype, found.arrays[name].shape) == (array.dtype, array.shape)


def test_what_is_read_cannot_be_changed(folder: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        read(folder, "form 1").arrays["numbers"][0] = 1


def test_who_has_it_open_keeps_it_when_it_is_written_anew(folder: Path) -> None:
    before = read(folder, "form 1")
    write(folder, Stored({"numbers": np.zeros(1000, np.uint32)}, {}), "form 1")
    assert before.arrays["numbers"].tolist() == list(range(1000))
    assert read(folder, "form 1").arrays["numbers"].tolist() == [0] * 1000


def test_another_form_is_refused(folder: Path) -> None:
    with pytest.raises(DamagedError, match="form 2"):
        read(folder, "form 2")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="nowhere"):
        read(tmp_path / "nowhere", "form 1")
    with pytest.raises(DamagedError, match="nowhere"):
        verify(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["ones", "none", "numbers", "contents"])
def test_a_file_that_is_missing_cut_short_or_longer_is_refused(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    for damaged in (None, whole[:-1], whole + b"\0"):
        if damaged == b"" == whole:
            continue
        (folder / name).unlink()
        if damaged is not None:
            (folder / name).write_bytes(damaged)
        with pytest.raises(DamagedError):
            read(folder, "form 1")
        with pytest.raises(DamagedError):
            verify(folder)
        (folder / name).write_bytes(whole)


@settings(max_examples=60)
@given(data=st.data())
def test_every_changed_byte_is_found_by_reading_everything(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("index")
    write(folder, STORED, "form 1")
    path = folder / data.draw(st.sampled_from(["ones", "numbers", "contents"]))
    damaged = bytearray(path.read_bytes())
    damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(damaged)
    with pytest.raises(DamagedError, match="damaged"):
        verify(folder)
    if path.name == "contents":
        with pytest.raises(DamagedError, match="damaged"):
            read(folder, "form 1")
