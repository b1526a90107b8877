"""The process that brings an index up to date, as whoever starts it finds it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from conversation import library_of

from retrieval.dictionary import place
from retrieval.indexing.apart import GO, command
from retrieval.library import open_library
from retrieval.sandbox import ROOT


@pytest.fixture
def index(tmp_path: Path, derived: Path, sample_library: object) -> Path:
    assert sample_library  # so that the dictionary is there
    path = tmp_path / "index"
    path.mkdir()
    shutil.copy(place(derived), path)
    return path


def done(folder: Path, index: Path, told: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(folder, index), input=told, capture_output=True, cwd=ROOT, check=False, timeout=60
    )


@pytest.mark.parametrize("told", [GO, b""])
def test_it_works_when_told_and_not_when_whoever_would_tell_it_is_gone(
    tmp_path: Path, index: Path, told: bytes
) -> None:
    folder = library_of(tmp_path / "documents", {"渡口.txt": "渡船从八点开到六点。"})
    process = done(folder, index, told)
    assert (process.returncode, process.stderr) == (0, b"")
    assert len([*index.glob("*/snapshot-*")]) == bool(told)


def test_what_it_cannot_do_is_said_in_one_line_which_is_the_same_each_time(
    tmp_path: Path, index: Path
) -> None:
    process = done(tmp_path / "nowhere", index, GO)
    assert process.returncode == 1
    [line] = process.stderr.decode().splitlines()
    assert "nowhere is not there" in line
    folder = library_of(tmp_path / "documents", {"渡口.txt": "渡船从八点开到六点。"})
    open_library(folder, index)
    [snapshot] = index.glob("index-*/snapshot-*")
    shutil.rmtree(snapshot.parent)
    snapshot.parent.write_text("a file, where a folder should be made")
    process = done(folder, index, GO)
    assert process.returncode == 1
    [line] = process.stderr.decode().splitlines()
    assert line.startswith(f"the index cannot be kept in {index}: ")
