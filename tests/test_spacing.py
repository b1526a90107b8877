import pytest

from retrieval.spacing import closed_up


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("5 月 10 日前", "5月10日前"),
        ("渡口的\n  铃", "渡口的铃"),
        ("第\u30003\u3000条", "第3条"),
        ("按 ISO 9001 认证", "按ISO 9001认证"),
        ("two words, 1 2", "two words, 1 2"),
        (" 渡口 ", "渡口"),
        ("", ""),
    ],
)
def test_blanks_beside_han_characters_go_and_others_stay(text: str, closed: str) -> None:
    assert closed_up(text) == closed
