"""What others' code reads, it reads where it can be stopped."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.hostile.samples import SECTIONS, samples
from benchmarks.hostile.traps import pour, rezipped
from retrieval.content_json import content_of, json_of
from retrieval.documents import Content, Encoding, Heading, Paragraph, SheetRow, Span
from retrieval.limits import Limits
from retrieval.problems import Flaw, Reason, UnreadableError
from retrieval.readers import FOREIGN
from retrieval.sandbox import Sandbox

MEGABYTE = 1 << 20


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(Limits())
    yield made
    made.close()


def file(folder: Path, ending: str) -> Path:
    path = folder / f"样{ending}"
    path.write_bytes(samples()[ending])
    return path


def bomb(path: Path, part: str, size: int) -> Path:
    """A file one part of which says nothing, at length."""
    rezipped(path, part, lambda written: pour(written, b" ", size))
    return path


@pytest.mark.parametrize("ending", sorted(set(FOREIGN) - {".htm"}))
def test_every_format_is_read(ending: str, sandbox: Sandbox, tmp_path: Path) -> None:
    text = sandbox.read(file(tmp_path, ending), ending).text
    expected = ["李二牛"] if ending == ".xlsx" else [line for lines in SECTIONS.values() for line in lines]
    assert all(line in text for line in expected)


def test_what_takes_too_much_memory_is_refused_and_the_next_file_is_read(tmp_path: Path) -> None:
    sandbox = Sandbox(Limits(memory=160 * MEGABYTE))
    try:
        good = file(tmp_path, ".docx")
        expected = sandbox.read(good, ".docx")
        with pytest.raises(UnreadableError) as caught:
            sandbox.read(bomb(tmp_path / "弹.pptx", "ppt/presentation.xml", 120 * MEGABYTE), ".pptx")
        assert (caught.value.reason, caught.value.detail) == (Reason.MEMORY, "160 MB")
        assert sandbox.read(good, ".docx") == expected
    finally:
        sandbox.close()


def test_what_takes_too_long_is_refused_and_the_next_file_is_read(tmp_path: Path) -> None:
    sandbox = Sandbox(Limits(seconds=1))
    bad = bomb(tmp_path / "弹.xlsx", "xl/worksheets/sheet1.xml", 200 * MEGABYTE)
    try:
        with pytest.raises(UnreadableError) as caught:
            sandbox.read(bad, ".xlsx")
        assert (caught.value.reason, caught.value.detail) == (Reason.TIME, "1 s")
        assert sandbox.read(file(tmp_path, ".html"), ".html").text
    finally:
        sandbox.close()


def test_a_path_may_be_relative(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file(tmp_path, ".docx")
    monkeypatch.chdir(tmp_path)
    assert sandbox.read(Path("样.docx"), ".docx").text


def test_a_process_that_was_killed_is_started_again(sandbox: Sandbox, tmp_path: Path) -> None:
    good = file(tmp_path, ".html")
    expected = sandbox.read(good, ".html")
    assert sandbox._process is not None  # noqa: SLF001 - nothing else knows its number
    os.kill(sandbox._process.pid, 9)  # noqa: SLF001
    sandbox._process.wait(60)  # noqa: SLF001
    assert sandbox.read(good, ".html") == expected


def test_a_file_that_is_none_or_is_gone_is_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.pdf")
    for name in ("管.pdf", "没有.pdf", "."):
        with pytest.raises(UnreadableError) as caught:
            sandbox.read(tmp_path / name, ".pdf")
        assert caught.value.reason is Reason.ACCESS


def test_a_file_that_says_more_than_a_text_may_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "长.html"
    sandbox = Sandbox(Limits(memory=160 * MEGABYTE))  # and 7 of text
    try:
        path.write_text("<pre>渡船从八点开到六点。</pre>", encoding="utf-8")
        assert len(sandbox.read(path, ".html").paragraphs) == 1
        path.write_text(f"<p>{'船' * 4_000_000}</p>", encoding="utf-8")
        with pytest.raises(UnreadableError) as caught:
            sandbox.read(path, ".html")
        assert (caught.value.reason, caught.value.detail) == (Reason.SIZE, "11 MB, at most 7 MB")
    finally:
        sandbox.close()


SPANS = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
HEADINGS = st.builds(Heading, st.integers(0, 20), st.text(), st.booleans())
NUMBERS = st.none() | st.integers(0, 99)
ROWS = st.none() | st.builds(SheetRow, st.integers(1, 99), st.text())
PARAGRAPHS = st.builds(
    Paragraph,
    SPANS,
    st.none() | HEADINGS,
    NUMBERS,
    NUMBERS,
    st.booleans(),
    st.booleans(),
    ROWS,
)
FLAWS = st.builds(Flaw, st.sampled_from(Reason), st.text())
ENCODINGS = st.builds(Encoding, st.text(), st.floats(0, 1), st.integers(0, 99))


@settings(max_examples=50)
@given(
    st.builds(
        Content,
        st.text(),
        st.none() | st.text(),
        st.lists(PARAGRAPHS).map(tuple),
        st.none() | ENCODINGS,
        st.none() | FLAWS,
    )
)
def test_what_is_told_is_what_was_read(content: Content) -> None:
    assert content_of(json_of(content)) == content
