import pytest

from retrieval.readers.series import are_alike, is_of, series_of


@pytest.mark.parametrize(
    ("cells", "series"),
    [
        ("周一 周二 周日", ("周", "")),
        ("第一节 第二节 第十一节", ("第", "节")),
        ("甲方案 乙方案", ("", "方案")),
        ("1 2 3", ("", "")),
        ("A组 B组", ("", "组")),
        ("3月 4月", ("", "月")),
    ],
)
def test_cells_that_differ_by_their_number_alone_are_a_series(cells: str, series: tuple[str, str]) -> None:
    assert series_of(cells.split()) == series
    assert all(is_of(cell, series) for cell in cells.split())


@pytest.mark.parametrize("cells", ["周一", "周一 周一", "周一 礼拜二", "张三 李四", "早班 夜班", "HR IT", ""])
def test_others_are_none(cells: str) -> None:
    assert series_of(cells.split()) is None


@pytest.mark.parametrize(
    ("cells", "alike"),
    [
        ("东渡口 西渡口", True),
        ("早班 中班 夜班", True),
        ("早班 夜班", False),
        ("王二 张二 李二", False),
        ("渡口 渡口", False),
        ("周一 周二", True),
        ("渡口", False),
    ],
)
def test_cells_are_alike_that_are_counted_or_end_alike(cells: str, *, alike: bool) -> None:
    assert are_alike(cells.split()) == alike
