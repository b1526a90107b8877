import threading
import time
from contextlib import suppress

import pytest

from retrieval.deadline import OvertimeError, within


def spin() -> None:
    while True:
        pass


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(OvertimeError), within(0.05):
        spin()


def test_what_is_done_in_time_goes_on_as_if_nothing_had_been() -> None:
    with within(0.05):
        done = True
    time.sleep(0.1)
    assert done


def test_it_is_ended_in_whatever_thread_it_is_done() -> None:
    ended = []

    def work() -> None:
        try:
            with within(0.05):
                spin()
        except OvertimeError:
            ended.append(threading.current_thread().name)

    thread = threading.Thread(target=work, name="worker")
    thread.start()
    thread.join()
    assert ended == ["worker"]


def test_who_takes_the_error_for_another_does_not_get_away_with_it() -> None:
    with pytest.raises(OvertimeError), within(0.05), suppress(Exception):
        spin()


def test_an_error_of_the_work_itself_is_raised_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), within(1):
        _ = 1 / 0


def test_many_short_works_raise_nothing_late() -> None:
    for _ in range(300):
        with suppress(OvertimeError), within(0.0005):
            time.sleep(0.0005)
    for _ in range(10_000):
        pass
