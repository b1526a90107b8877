"""The bot: settings -> a running Application, in Telegram or in this terminal."""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # until it runs, Ctrl-C ends it without a traceback

import argparse
import asyncio
import io
import logging
import os
import sys
import threading
from collections.abc import Sequence
from functools import partial
from threading import Event
from typing import NoReturn

from telegram.error import InvalidToken
from telegram.ext import ApplicationBuilder

from bot.access import Access
from bot.application import ALLOWED_UPDATES, AnyApplication, AnyBuilder, assemble
from bot.connection import Connection
from bot.desk import Desk
from bot.librarian import OPENING, Librarian
from bot.logs import start_log
from bot.notebook import NAME, Notebook
from bot.terminal import TerminalRequest
from bot.watching import changes
from config.settings import Settings, WrongSettingError, load_settings
from retrieval.library import Shelf
from retrieval.limits import Limits
from retrieval.listing import FolderError, check_folder

NOT_SET = (
    "BOT_TOKEN is not set: get one from @BotFather in Telegram (/newbot) and put it into .env or the "
    "environment. `python -m bot --or-terminal` runs the bot in this terminal meanwhile. "
    "没有设置 BOT_TOKEN：在 Telegram 里找 @BotFather 发送 /newbot 取得，写进 .env。"
)
REFUSED = (
    "BOT_TOKEN is refused by Telegram: copy it again from @BotFather (/mybots). "
    "Telegram 不认这个 token，请到 @BotFather 重新复制。"
)
IN_TERMINAL = (
    "出处 · 终端模式：没有设置 BOT_TOKEN，机器人就在这个终端里回答。"
    "接到 Telegram：找 @BotFather 发送 /newbot 取得 token，写进 .env 的 BOT_TOKEN=，再运行一次。\n"
    "No BOT_TOKEN: this terminal is the chat. For Telegram, /newbot at @BotFather, BOT_TOKEN= in .env.\n"
    "文档 Documents: {documents}　/start 开始 · Ctrl-C 离开\n"
)
IN_TELEGRAM = "出处 · Telegram 模式：正在连接。 Connecting to Telegram, to serve it by long polling."
CONNECTIONS = 256
"""As many as an Application opens by itself."""

TERMINAL_TOKEN = "0:terminal"  # noqa: S105 - it opens nothing; an Application wants one


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; the exit status is 2 when a setting is wrong."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Answer questions in Telegram.")
    parser.add_argument(
        "--or-terminal", action="store_true", help="without a BOT_TOKEN, be the same bot in this terminal"
    )
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # whatever the locale, this speaks Chinese
    try:
        _serve(load_settings(), or_terminal=options.or_terminal)
    except WrongSettingError as error:
        print(error, file=sys.stderr)
        return 2
    except FolderError as error:
        print(f"DOCUMENTS_DIR is wrong: {error} 请检查文档文件夹的路径。", file=sys.stderr)
        return 2
    except InvalidToken:
        print(REFUSED, file=sys.stderr)
        return 2
    return 0


def _serve(settings: Settings, *, or_terminal: bool) -> None:
    check_folder(settings.documents_dir)
    if settings.bot_token is not None:
        _serve_telegram(settings, settings.bot_token.get_secret_value())
    elif or_terminal:
        _serve_terminal(settings)
    else:
        raise WrongSettingError(NOT_SET)


def _serve_telegram(settings: Settings, token: str) -> None:
    start_log(settings.log_level, token)
    print(IN_TELEGRAM, flush=True)
    refused = Event()

    def leave() -> None:
        if not refused.is_set():  # requests under way are refused too, and to stop twice is an error
            refused.set()
            application.stop_running()

    api = settings.bot_api_url
    builder = ApplicationBuilder().token(token).base_url(f"{api}/bot").base_file_url(f"{api}/file/bot")
    builder = builder.request(Connection(CONNECTIONS, leave)).get_updates_request(Connection(1, leave))
    librarian = _librarian(settings)
    application = _assembled(builder, librarian, settings)
    _run(application, librarian)
    if refused.is_set():
        raise InvalidToken


def _serve_terminal(settings: Settings) -> None:
    # Between replies, what asks for nothing is noise.
    start_log("WARNING" if settings.log_level == "INFO" else settings.log_level, None)
    print(IN_TERMINAL.format(documents=settings.documents_dir), flush=True)
    updates: asyncio.Queue[object] = asyncio.Queue()

    def leave() -> None:
        application.stop_running()

    request = TerminalRequest(updates=updates, on_end=leave, stdin=sys.stdin, stdout=sys.stdout)
    builder = ApplicationBuilder().token(TERMINAL_TOKEN).request(request).get_updates_request(request)
    librarian = _librarian(settings)
    application = _assembled(builder.update_queue(updates), librarian, settings)
    _run(application, librarian)


def _librarian(settings: Settings) -> Librarian:
    documents, index = settings.documents_dir, settings.index_dir
    limits = Limits.of(settings.read_seconds, settings.read_memory)
    return Librarian(Shelf(documents, index, limits), partial(changes, documents, index))


def _assembled(builder: AnyBuilder, librarian: Librarian, settings: Settings) -> AnyApplication:
    notebook = Notebook(settings.index_dir / NAME)
    desk = Desk(
        librarian,
        notebook,
        settings.documents_dir,
        settings.passages,
        Access(settings.allowed_users, settings.allowed_chats, settings.admins),
        settings.questions_a_minute,
        settings.keep_missed,
        settings.persistent,
    )
    return assemble(builder, desk)


def _run(application: AnyApplication, librarian: Librarian) -> None:
    # A worker that starts while Telegram is away waits for it.
    application.run_polling(bootstrap_retries=-1, allowed_updates=ALLOWED_UPDATES)
    if librarian.failure:
        raise librarian.failure


def _leave(status: int) -> NoReturn:
    """End this process.

    An index that is being made is not waited for, nor are the processes that cut its documents, which end
    with this one: whatever the moment, the last index stays whole.
    """
    if any(thread.name == OPENING for thread in threading.enumerate()):
        logging.shutdown()
        sys.stdout.flush()
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    _leave(main())
