"""Settings -> what keeps the bot from serving, or from serving well.

Nothing is served, and nothing is kept.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from telegram import Bot, User
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot import disks
from bot.botfather import SWITCHES, lacking
from bot.connection import StrangerError
from bot.health import EVERYWHERE
from bot.proxies import WrongVariableError
from bot.wording import CHINESE
from retrieval.indexing.files import DamagedSnapshotError
from retrieval.indexing.refreshing import Refresher
from retrieval.limits import IN_GENERAL, Limits
from retrieval.listing import FolderError, list_folder
from retrieval.tokens import Tokenizer

PATIENCE = 15.0
"""Seconds for Telegram to answer."""

ROOM = 200 * 1024 * 1024
"""Bytes that ought to be free: an index is made beside the last one."""

Connect: TypeAlias = Callable[[], BaseRequest]

NOT_TO_BE_SERVED = 2
"""The exit status when something is wrong."""


class Mark(Enum):
    """How it stands with something: it is well, is to be known, or is to be put right."""

    WELL = "✓"
    HINT = "!"
    WRONG = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """A line: what was found, in English and in Chinese."""

    mark: Mark
    english: str
    chinese: str

    def __str__(self) -> str:
        return f"{self.mark.value} {self.english} {self.chinese}"


well, hint, wrong = (partial(Finding, mark) for mark in Mark)


@dataclass(frozen=True, slots=True)
class Setup:
    """What the bot is to be started with; `api` is the address of the Bot API server.

    `unknown` are the names in `.env` that are no settings, each with the one that may be meant.
    """

    token: str | None
    api: str
    documents: Path
    index: Path
    admins: frozenset[int] = frozenset()
    is_persistent: bool = True
    health_port: int | None = None
    limits: Limits = IN_GENERAL
    unknown: tuple[tuple[str, str | None], ...] = ()


def check(setup: Setup, connect: Connect, say: Callable[[str], None] = print) -> int:
    """Say a line for each thing as soon as it is known; returns the exit status. `connect` gives what asks
    Telegram, or raises WrongVariableError.

    The bot may be serving meanwhile: no update is asked for.
    """
    return asyncio.run(_check(setup, connect, say))


async def _check(setup: Setup, connect: Connect, say: Callable[[str], None]) -> int:
    is_wrong = False
    async for finding in _found(setup, connect):
        say(f"{finding}")
        is_wrong = is_wrong or finding.mark is Mark.WRONG
    return NOT_TO_BE_SERVED if is_wrong else 0


async def _found(setup: Setup, connect: Connect) -> AsyncIterator[Finding]:
    for finding in _here(setup):
        yield finding
    async for finding in _there(setup, connect):
        yield finding


def _here(setup: Setup) -> Iterator[Finding]:
    """What this machine knows."""
    yield well("The settings can be used.", "设置都能用。")
    yield from (of_unknown_name(name, meant) for name, meant in setup.unknown)
    yield from _documents(setup)
    yield from _index(setup)
    yield from _disk(setup)
    yield from _admins(setup)
    if setup.health_port:
        yield _port(setup.health_port)


def _documents(setup: Setup) -> Iterator[Finding]:
    folder = setup.documents
    try:
        listing = list_folder(folder)
    except FolderError as error:
        yield wrong(f"DOCUMENTS_DIR is wrong: {error}", "请检查文档文件夹的路径。")
        return
    count = len(listing.documents)
    if count:
        yield well(f"{_counted(count, 'file')} in {folder}.", f"{folder} 里有 {count} 个文件。")
    else:
        yield hint(f"{folder} is empty: put documents into it.", f"{folder} 还是空的，请放文档进去。")


def _index(setup: Setup) -> Iterator[Finding]:
    refresher = Refresher(setup.documents, setup.index, partial(Tokenizer, setup.index), setup.limits)
    try:
        kept = refresher.newest()
        is_current = (refresher.current() or refresher.unchanged()) is not None
    except FolderError:
        return  # that was said
    except DamagedSnapshotError:
        yield hint(
            f"No index that can be used is in {setup.index} yet: the next start makes it.",
            f"{setup.index} 里还没有能用的索引，下次启动时生成。",
        )
        yield from _problems(_seen_without_reading(setup.documents))
        return
    documents, passages = len(kept.snapshot.documents), len(kept.snapshot.passages)
    made = f"{datetime.fromtimestamp(kept.manifest.made, UTC).astimezone():%Y-%m-%d %H:%M}"
    yield well(
        f"The index of {made} has {_counted(documents, 'document')} in {_counted(passages, 'passage')}.",
        f"{made} 的索引有 {documents} 份文档、{passages} 段。",
    )
    yield from _problems(len(kept.manifest.problems))
    if not is_current:
        yield hint(
            "The documents have changed since: the next start reads what is new.",
            "之后文档有变动，下次启动时会读新的。",
        )


def _problems(count: int) -> Iterator[Finding]:
    if count:
        yield hint(
            f"{_counted(count, 'problem')}; `python -m retrieval check` says what is wrong with which file.",
            f"有 {count} 处问题，运行 python -m retrieval check 看是哪些文件、什么问题。",
        )


def _seen_without_reading(folder: Path) -> int:
    """The problems of a folder that are told though no file was read."""
    try:
        listing = list_folder(folder)
    except FolderError:
        return 0  # that was said
    return len(listing.problems) + sum(not os.access(file.path, os.R_OK) for file in listing.documents)


def of_unknown_name(name: str, meant: str | None) -> Finding:
    """That `.env` sets what is no setting, and which may be meant."""
    if meant:
        return hint(
            f"{name} in .env is no setting: did you mean {meant}?",
            f".env 里的 {name} 不是设置，是不是想写 {meant}？没有起作用。",
        )
    return hint(
        f"{name} in .env is no setting, and does nothing.", f".env 里的 {name} 不是设置，没有起作用。"
    )


def of_index_dir(folder: Path) -> Finding | None:
    """What to do where the index cannot be kept, nor anything that is noted."""
    try:
        disks.try_to_write(folder)
    except OSError as error:
        return wrong(
            f"INDEX_DIR cannot be written: {folder} ({_reason(error)}). Let the user that the bot runs as "
            "write there, or set INDEX_DIR to another folder. Until then every start makes the index anew, "
            "and questions that wait are lost when the bot is killed.",
            "索引文件夹写不了：请让运行机器人的用户能写这个文件夹，或者把 INDEX_DIR 设成别的文件夹。"
            "在那之前，每次启动都要重新生成索引，被强行结束时没回答的问题会丢。",
        )
    return None


def _disk(setup: Setup) -> Iterator[Finding]:
    if unwritable := of_index_dir(setup.index):
        yield unwritable
    if (room := _room(setup.index)) < ROOM:
        yield hint(f"{room >> 20} MB are free on the disk of INDEX_DIR.", f"磁盘只剩 {room >> 20} MB。")
    if setup.is_persistent and disks.is_fleeting(setup.documents):
        yield hint(
            f"{setup.documents} seems to be on a disk that forgets at a restart: mount one that does not, "
            "or set PERSISTENT=no.",
            "文档所在的磁盘重启后大概会清空：请挂载一个磁盘，或者设 PERSISTENT=no。",
        )


def _admins(setup: Setup) -> Iterator[Finding]:
    if not setup.admins:
        yield hint(
            "ADMINS is not set: nobody can add documents in the chat, and nobody hears of errors.",
            "没有设置 ADMINS：没人能在聊天里加文档，出错也没人收到。",
        )
        return
    count = len(setup.admins)
    yield well(f"{_counted(count, 'admin')}.", f"{count} 个管理员。")
    try:
        disks.try_to_write(setup.documents)
    except OSError as error:
        yield hint(
            f"DOCUMENTS_DIR cannot be written ({_reason(error)}): admins cannot add documents in the chat.",
            "文档文件夹写不了，管理员不能在聊天里加文档。",
        )


def _port(port: int) -> Finding:
    try:
        with socket.create_server((EVERYWHERE, port), reuse_port=False):
            return well(f"Port {port} is free for /healthz.", f"端口 {port} 可以用来听 /healthz。")
    except OSError as error:
        return hint(
            f"HEALTH_PORT {port} cannot be listened on ({_reason(error)}): does the bot run already?",
            f"端口 {port} 用不了：机器人已经在运行？",
        )


async def _there(setup: Setup, connect: Connect) -> AsyncIterator[Finding]:
    """What Telegram knows."""
    if setup.token is None:
        yield wrong(
            "BOT_TOKEN is not set: get one from @BotFather in Telegram (/newbot).",
            "没有设置 BOT_TOKEN：在 Telegram 里找 @BotFather 发送 /newbot 取得。",
        )
        return
    try:
        request = connect()
    except WrongVariableError as error:
        yield wrong(error.english, error.chinese)
        return
    bot = Bot(setup.token, f"{setup.api}/bot", f"{setup.api}/file/bot", request, request)
    try:
        async with asyncio.timeout(PATIENCE):
            await bot.initialize()
        user = bot.bot
    except InvalidToken:
        yield wrong(
            "BOT_TOKEN is refused by Telegram: copy it again from @BotFather (/mybots).",
            "Telegram 不认这个 token，请到 @BotFather 重新复制。",
        )
    except StrangerError:
        host = urlsplit(setup.api).hostname
        yield wrong(
            f"What answers at {host} is not Telegram: a gateway, a login page, or BOT_API_URL is wrong.",
            "那里回答的不是 Telegram：可能是网关、网络的登录页，或者 BOT_API_URL 写错了。",
        )
    except (TelegramError, TimeoutError) as error:
        yield _unreached(setup, error)
    else:
        for finding in _of_bot(user):
            yield finding
    finally:
        await bot.shutdown()


def _unreached(setup: Setup, error: Exception) -> Finding:
    host = urlsplit(setup.api).hostname  # an address may have a password in it
    why = f"{error}".replace(f"{setup.token}".partition(":")[2], "***")
    return wrong(
        f"Telegram is out of reach at {host} ({why or type(error).__name__}): the bot would wait for it.",
        f"连不上 Telegram（{host}）：机器人启动后会一直等到连上为止。",
    )


def _of_bot(user: User) -> Iterable[Finding]:
    yield well(f"Telegram knows the token: it is @{user.username}.", f"token 有效，是 @{user.username}。")
    for feature in lacking(user):
        yield hint(f"{SWITCHES[feature]}.", getattr(CHINESE, feature).removeprefix("· "))


def _room(path: Path) -> int:
    """Bytes that are free; as many as ought to be where that cannot be told."""
    try:
        return disks.free(path)
    except OSError:
        return ROOM


def _reason(error: OSError) -> str:
    return error.strerror or f"{error}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
