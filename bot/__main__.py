"""The bot: settings -> a running Application, in Telegram or in this terminal."""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # until it runs, Ctrl-C ends it without a traceback

import argparse
import io
import logging
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, nullcontext, suppress
from functools import partial
from threading import Event
from typing import NoReturn, TextIO

from telegram.error import InvalidToken

from bot.access import Access
from bot.alarms import Alarms
from bot.application import DiscreetBot, Worker, assemble
from bot.checking import Setup, check, of_index_dir, of_unknown_name
from bot.clock import Clock
from bot.connection import Connection
from bot.desk import Desk
from bot.health import Contact, Health, PortError, answering, figures
from bot.inbox import NAME as INBOX
from bot.inbox import Inbox
from bot.librarian import Librarian
from bot.logs import start_log
from bot.memory import share_memory
from bot.notebook import NAME as NOTEBOOK
from bot.notebook import Notebook
from bot.pacing import Pacing
from bot.proxies import WrongVariableError
from bot.running import run
from bot.watching import changes
from config.settings import Settings, WrongSettingError, load_settings, unknown_names
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
    "文档 Documents: {documents}　/start 开始 · 输入按钮的数字就按它，数字后加“？”是提问 · Ctrl-C 离开\n"
    "A button's number presses it; with ? behind, it is a question.\n"
)
IN_TELEGRAM = "出处 · Telegram 模式：正在连接。 Connecting to Telegram, to serve it by long polling."
CONNECTIONS = 32
"""More than the requests that Telegram takes in a second; with hundreds, httpx is slow to choose one."""

TERMINAL_TOKEN = "0:terminal"  # noqa: S105 - it opens nothing; an Application wants one

log = logging.getLogger("bot")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; the exit status is 2 when a setting is wrong."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Answer questions in Telegram.")
    parser.add_argument(
        "--or-terminal", action="store_true", help="without a BOT_TOKEN, be the same bot in this terminal"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="say what is wrong with the settings, documents, index and token; serve nothing",
    )
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # whatever the locale, this speaks Chinese
    try:
        settings = load_settings()
        if options.check:
            return _check(settings)
        _serve(settings, or_terminal=options.or_terminal)
    except (WrongSettingError, PortError, WrongVariableError) as error:
        _say(f"{error}", sys.stderr)
        return 2
    except FolderError as error:
        _say(f"DOCUMENTS_DIR is wrong: {error} 请检查文档文件夹的路径。", sys.stderr)
        return 2
    except InvalidToken:
        _say(REFUSED, sys.stderr)
        return 2
    return 0


def _say(line: str, stream: TextIO) -> None:
    """Say what whoever starts the bot should know; where that cannot be written, as on a full disk, go on."""
    with suppress(OSError):
        print(line, file=stream, flush=True)


def _check(settings: Settings) -> int:
    token = settings.bot_token.get_secret_value() if settings.bot_token else None
    start_log("ERROR", token)
    setup = Setup(
        token,
        settings.bot_api_url,
        settings.documents_dir,
        settings.index_dir,
        settings.admins,
        settings.persistent,
        settings.health_port,
        Limits.of(settings.read_seconds, settings.read_memory),
        unknown_names(),
    )
    return check(
        setup,
        lambda: Connection(1, Clock(), lambda: None, lambda: None, lambda: False),
        partial(_say, stream=sys.stdout),
    )


def _serve(settings: Settings, *, or_terminal: bool) -> None:
    share_memory()
    check_folder(settings.documents_dir)
    if settings.bot_token is None and not or_terminal:
        raise WrongSettingError(NOT_SET)
    if unwritable := of_index_dir(settings.index_dir):
        _say(f"{unwritable}", sys.stderr)  # and it goes on, as answers need nothing that is kept
    if settings.bot_token is not None:
        _serve_telegram(settings, settings.bot_token.get_secret_value())
    else:
        _serve_terminal(settings)


def _start_log(level: str, token: str | None) -> None:
    start_log(level, token)
    for each in unknown_names():
        log.warning("%s", of_unknown_name(*each).english)


def _serve_telegram(settings: Settings, token: str) -> None:
    _start_log(settings.log_level, token)
    _say(IN_TELEGRAM, sys.stdout)
    refused, clock, contact = Event(), Clock(), Contact()

    def leave() -> None:
        if not refused.is_set():  # requests under way are refused too, and to stop twice is an error
            refused.set()
            application.stop_running()

    def is_leaving() -> bool:
        return not (application.updater and application.updater.running)

    def connection(connections: int) -> Connection:
        return Connection(connections, clock, contact.touch, leave, is_leaving)

    api, within = settings.bot_api_url, 60 * settings.answer_within
    alarms = Alarms(settings.admins)
    librarian = _librarian(settings, alarms)
    inbox = Inbox(settings.index_dir / INBOX, clock, alarms.hear)
    bot = DiscreetBot(
        token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=connection(CONNECTIONS),
        get_updates_request=connection(1),
        rate_limiter=Pacing(within, librarian.turns.leave),
    )
    access = Access(settings.allowed_users, settings.allowed_chats, settings.admins)
    desk = _desk(settings, librarian, clock, alarms, access)
    application = assemble(bot, desk, inbox)
    look = partial(_look, librarian, inbox)
    with (
        closing(inbox),
        closing(desk.notebook),
        answering(settings.health_port, Health(contact, look)) if settings.health_port else nullcontext(),
    ):
        _run(application, librarian)
    if refused.is_set():
        raise InvalidToken


def _serve_terminal(settings: Settings) -> None:
    from bot.terminal import TerminalRequest  # noqa: PLC0415 - a tenth of a start in Telegram, unused there

    # Between replies, what asks for nothing is noise.
    _start_log("WARNING" if settings.log_level == "INFO" else settings.log_level, None)
    print(IN_TERMINAL.format(documents=settings.documents_dir), flush=True)
    inbox = Inbox(None)

    def leave() -> None:
        application.stop_running()

    request = TerminalRequest(updates=inbox, on_end=leave, stdin=sys.stdin, stdout=sys.stdout)
    bot = DiscreetBot(TERMINAL_TOKEN, request=request, get_updates_request=request)
    alarms = Alarms(())
    librarian = _librarian(settings, alarms)
    # Who sits at the terminal has the folder, whoever is let in by Telegram.
    desk = _desk(settings, librarian, time.time, alarms, Access(admins=settings.admins))
    application = assemble(bot, desk, inbox)
    with closing(desk.notebook):
        _run(application, librarian)


def _look(librarian: Librarian, inbox: Inbox) -> Mapping[str, object]:
    return figures(librarian.current, inbox.waiting, time.time())


def _librarian(settings: Settings, alarms: Alarms) -> Librarian:
    documents, index = settings.documents_dir, settings.index_dir
    limits = Limits.of(settings.read_seconds, settings.read_memory)
    return Librarian(Shelf(documents, index, limits), partial(changes, documents, index), alarms.hear)


def _desk(
    settings: Settings, librarian: Librarian, clock: Callable[[], float], alarms: Alarms, access: Access
) -> Desk:
    notebook = Notebook(settings.index_dir / NOTEBOOK, on_trouble=alarms.hear)
    return Desk(
        librarian,
        notebook,
        settings.documents_dir,
        settings.passages,
        access,
        settings.questions_a_minute,
        settings.keep_missed,
        settings.persistent,
        60 * settings.answer_within,
        clock,
        settings.bot_api_url != Settings.model_fields["bot_api_url"].default,
        alarms,
    )


def _run(worker: Worker, librarian: Librarian) -> None:
    run(worker)
    if librarian.failure:
        raise librarian.failure


def end() -> NoReturn:
    """Do what the command line says, and leave."""
    try:
        status = main()
    except Exception:  # noqa: BLE001 - it is said, and there is nobody else to catch it
        sys.excepthook(*sys.exc_info())
        status = 1
    leave(status)


def leave(status: int) -> NoReturn:
    """End this process, whatever its threads do.

    Python would wait for them: for one that reads documents, or searches them for what takes long. Nothing is
    lost by that: all that is kept is written so that it is whole when the process is killed.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # full, closed, or not there
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    end()
