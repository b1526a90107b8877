"""What is written as lines is read as values, and no line that is another one is."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.indexing.records import DamagedRecordError, Lines, Records, RecordWriter, closed_whole

TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)  # surrogates that stand alone too
VALUES = st.lists(
    st.one_of(TEXTS, st.lists(st.one_of(st.none(), st.integers(), TEXTS), max_size=3)), max_size=8
)


def written(path: Path, *groups: Sequence[Any]) -> tuple[Records[Any], list[str]]:
    """Write values in groups; the records, and a list that grows when damage is met."""
    damage: list[str] = []
    with closed_whole(path) as file:
        writer = RecordWriter(file)
        for values in groups:
            writer.write(Lines.of(values))
    return Records(path, writer.layout, lambda _, value: value, lambda: damage.append("met")), damage


@settings(max_examples=30)
@given(VALUES, VALUES, st.data())
def test_what_is_written_is_read_by_number_in_slices_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, some: list[Any], others: list[Any], data: st.DataObject
) -> None:
    records, damage = written(tmp_path_factory.mktemp("records") / "values", some, others)
    values = [*some, *others]
    cut = slice(*data.draw(st.tuples(st.integers(-9, 9), st.integers(-9, 9))))
    assert [*records] == [records[number] for number in range(len(records))] == values
    assert records[cut] == values[cut]
    assert [records[number] for number in range(-len(values), 0)] == values
    with pytest.raises(IndexError):
        records[len(values)]
    assert damage == []


@settings(max_examples=60)
@given(VALUES, st.data())
def test_lines_that_are_copied_are_the_same_values(
    tmp_path_factory: pytest.TempPathFactory, values: list[Any], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("records")
    records, _ = written(folder / "old", values)
    first = data.draw(st.integers(0, len(values)))
    end = data.draw(st.integers(first, len(values)))
    with closed_whole(folder / "new") as file:
        writer = RecordWriter(file)
        writer.write(records.lines(first, end))
    copied = Records[Any](folder / "new", writer.layout, lambda number, value: (number, value), lambda: None)
    assert [*copied] == [*enumerate(values[first:end])]
    assert len(records.lines(first, end)) == end - first


def test_every_changed_byte_is_met_by_who_asks_for_its_value_and_by_no_other(tmp_path: Path) -> None:
    values = ["八点", "九点", ["十点", None]]
    records, damage = written(tmp_path / "values", values)
    whole = (tmp_path / "values").read_bytes()
    ends = [len(line) for line in whole.splitlines(keepends=True)]
    for place in range(len(whole)):
        (tmp_path / "values").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        damaged = sum(place >= sum(ends[: line + 1]) for line in range(3))
        for number, value in enumerate(values):
            if number == damaged:
                with pytest.raises(DamagedRecordError, match=f"line {number + 1} "):
                    records[number]
            else:
                assert records[number] == value
    assert len(damage) == len(whole)


def test_a_whole_line_in_the_place_of_another_is_damage(tmp_path: Path) -> None:
    records, _ = written(tmp_path / "values", ["八点", "九点"])
    first, second = (tmp_path / "values").read_bytes().splitlines(keepends=True)
    (tmp_path / "values").write_bytes(second + first)
    with pytest.raises(DamagedRecordError):
        records[0]


def test_a_file_of_another_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "values"
    with closed_whole(path) as file:
        writer = RecordWriter(file)
        writer.write(Lines.of(["八点"]))
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole + b"\n"):
        path.write_bytes(damaged)
        with pytest.raises(DamagedRecordError, match="size"):
            Records(path, writer.layout, lambda _, value: value, lambda: None)
