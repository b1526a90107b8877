"""Why something failed, as people are told."""

import asyncio
import errno
import os
from pathlib import Path

import pytest

from bot.failures import why
from bot.librarian import NotOpenError, RefreshError
from bot.wording import CHINESE, ENGLISH, LANGUAGES, Wording


def said(folder: Path, error: Exception | NotOpenError, wording: Wording = CHINESE) -> str:
    return asyncio.run(why(wording, folder, error))


@pytest.mark.parametrize("wording", LANGUAGES)
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "no_permission"),
        (errno.EPERM, "no_permission"),
        (errno.ENAMETOOLONG, "name_too_long"),
    ],
)
def test_what_a_disk_says_most_often_has_words_of_its_own(
    tmp_path: Path, number: int, words: str, wording: Wording
) -> None:
    error = OSError(number, os.strerror(number), "/srv/secret")
    elsewhere = RefreshError(f"the index cannot be kept in /srv/secret: {os.strerror(number)}")
    assert said(tmp_path, error, wording) == getattr(wording, words)
    assert said(tmp_path, elsewhere, wording) == getattr(wording, words)


def test_a_folder_that_is_away_is_the_reason(tmp_path: Path) -> None:
    away = tmp_path / "away"
    assert said(away, RefreshError(f"The folder {away} is not there")) == CHINESE.folder_away
    assert said(away, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))) == CHINESE.folder_away
    away.touch()
    assert said(away, RefreshError(f"{away} is no folder")) == CHINESE.folder_away


def test_a_bot_that_is_stopping_says_so(tmp_path: Path) -> None:
    assert said(tmp_path, NotOpenError("The bot was told to stop"), ENGLISH) == ENGLISH.stopping


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EIO, "Input/output error", "/srv/secret"), "Input/output error"),
        (OSError("/srv/secret broke"), "…"),
        (RefreshError("the index cannot be kept in /srv/my secret: Input/output error"), None),
        (RefreshError("There is no whole index in /srv/secret"), "There is no whole index in …"),
        (RefreshError("KeyError: '/srv/secret'"), "KeyError: '…'"),
        (RefreshError("ended with <9>"), "ended with &lt;9&gt;"),
    ],
)
def test_anything_else_is_said_as_it_is_without_a_path(
    tmp_path: Path, error: Exception, words: str | None
) -> None:
    reason = said(tmp_path, error)
    assert "secret" not in reason
    assert reason == (words or "the index cannot be kept in …: Input/output error")
