"""What the log may say of an exception, whatever people wrote."""

import pytest
from telegram.error import BadRequest

from bot.markup import plain
from bot.tracing import place, trace

WORDS = "渡船几点开"


def raised(error: Exception, *, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except type(error) as caught:
        return caught


def failing_in_our_code() -> Exception:
    try:
        plain(7)  # type: ignore[arg-type]
    except AttributeError as error:
        return error
    raise AssertionError


def test_the_place_is_the_innermost_line_of_ours() -> None:
    assert place(failing_in_our_code()).startswith("bot.limits:")  # the standard library is deeper


def test_where_no_line_is_ours_the_place_is_the_innermost() -> None:
    assert place(raised(ValueError())).startswith(f"{__name__}:")


def test_an_exception_that_was_never_raised_has_no_place() -> None:
    assert place(ValueError()) == "?"


@pytest.mark.parametrize(
    "error", [ValueError(WORDS), KeyError(WORDS), UnicodeDecodeError("utf-8", b"", 0, 1, WORDS)]
)
def test_what_an_exception_says_is_left_out(error: Exception) -> None:
    said = trace(raised(error))
    assert WORDS not in said
    assert said.endswith(type(error).__name__)
    assert "test_tracing.py" in said


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), BadRequest("Message is too long")])
def test_what_the_system_and_telegram_say_is_told(error: Exception) -> None:
    assert f"{error}" in trace(raised(error))


def test_what_led_to_it_is_told_first_and_without_its_words() -> None:
    said = trace(raised(RuntimeError(WORDS), cause=raised(ValueError(WORDS))))
    assert said.index("ValueError") < said.index("RuntimeError")
    assert WORDS not in said


def test_exceptions_that_lead_to_each_other_come_to_an_end() -> None:
    one, other = raised(ValueError()), raised(TypeError())
    one.__cause__, other.__cause__ = other, one
    assert trace(one).count("Traceback") == 2
