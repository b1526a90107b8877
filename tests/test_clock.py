"""The time that Telegram tells."""

import pytest
from clock import Clock as Local

from bot.clock import Clock


@pytest.fixture
def local() -> Local:
    return Local(1_700_000_000.0)


@pytest.mark.parametrize(
    "date",
    [
        "Tue, 14 Nov 2023 23:13:20 GMT",
        "Tue, 14 Nov 2023 23:13:20 -0000",  # which says nothing of a zone
        "Wed, 15 Nov 2023 07:13:20 +0800",
        "Tuesday, 14-Nov-23 23:13:20 GMT",  # as servers of long ago write it
    ],
)
def test_it_is_as_far_ahead_as_telegram_was_when_it_was_heard(local: Local, date: str) -> None:
    clock = Clock(local)
    clock.hear(date)
    local.now += 60
    assert clock() == local.now + 3600


@pytest.mark.parametrize(
    "date",
    [
        "",
        "2023-11-14 23:13:20",
        "now",
        "Tue, 14 Nov 99999 23:13:20 GMT",
        "Tue, 31 Feb 2023 99:13:20 GMT",
        "0",
    ],
)
def test_what_is_no_date_changes_nothing(local: Local, date: str) -> None:
    clock = Clock(local)
    clock.hear("Tue, 14 Nov 2023 23:13:20 GMT")
    clock.hear(date)
    assert clock() == local.now + 3600
