"""The real Application over the terminal: in this process, behind pipes, and on a pseudo-terminal."""

import asyncio
import io
import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, InvalidToken
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.terminal import TerminalRequest

Context = ContextTypes.DEFAULT_TYPE
ROOT = Path(__file__).parents[1]

PROGRAM = """
import asyncio, sys
from telegram.ext import ApplicationBuilder, CommandHandler, MessageHandler, filters
from bot.terminal import TerminalRequest

async def echo(update, context):
    await update.message.reply_html(f"<b>{update.message.text}</b>答")

async def slow(update, context):
    await asyncio.sleep(0.1)
    await update.message.reply_text("在想")
    await asyncio.sleep(0.2)
    await update.message.reply_text("想好了")

loop = asyncio.new_event_loop()
loop.slow_callback_duration = float("inf")  # how long a step takes is the machine's affair
asyncio.set_event_loop(loop)
updates = asyncio.Queue()
request = TerminalRequest(
    updates=updates, on_end=lambda: application.stop_running(), stdin=sys.stdin, stdout=sys.stdout
)
builder = ApplicationBuilder().token("terminal").request(request).get_updates_request(request)
application = builder.update_queue(updates).build()
application.add_handler(CommandHandler("slow", slow))
application.add_handler(MessageHandler(filters.TEXT, echo))
application.run_polling()
"""
# Stands for the `make` that runs the bot: Ctrl-C would kill it if it were a signal. It passes the status on.
# A session leader takes the first terminal it opens for its own: only then can Ctrl-C be a signal at all.
PARENT = """
import os, signal, subprocess, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.close(os.open(os.ttyname(0), os.O_RDWR))
sys.exit(subprocess.call(sys.argv[1:]))
"""
BOT = [sys.executable, "-X", "dev", "-W", "ignore::DeprecationWarning", "-c", PROGRAM]


def converse(
    lines: str | bytes, *handlers: BaseHandler, language: str = "zh-hans", concurrent: bool = False
) -> str:
    """Give what an Application with these handlers prints for these lines of input."""
    stdout = io.StringIO()
    with typed(lines if isinstance(lines, bytes) else lines.encode()) as stdin:
        asyncio.run(session(stdin, stdout, *handlers, language=language, concurrent=concurrent))
    return stdout.getvalue()


async def session(
    stdin: TextIO, stdout: TextIO, *handlers: BaseHandler, language: str = "zh-hans", concurrent: bool = False
) -> None:
    updates: asyncio.Queue[object] = asyncio.Queue()
    ended = asyncio.Event()
    request = TerminalRequest(
        updates=updates, on_end=ended.set, stdin=stdin, stdout=stdout, language=language
    )
    application = application_over(request, updates, concurrent=concurrent)
    application.add_handlers(handlers)
    async with application:
        await application.start()
        await application.updater.start_polling()
        await ended.wait()
        await application.updater.stop()
        await application.stop()


def application_over(
    request: TerminalRequest, updates: asyncio.Queue[object], *, concurrent: bool = False
) -> Application:
    builder = ApplicationBuilder().token("terminal").request(request).get_updates_request(request)
    return builder.update_queue(updates).concurrent_updates(concurrent).build()


@contextmanager
def typed(lines: bytes, *, ended: bool = True) -> Iterator[TextIO]:
    reading, writing = os.pipe()
    os.write(writing, lines)
    if ended:
        os.close(writing)
    with os.fdopen(reading) as stdin:
        yield stdin
        if not ended:
            os.close(writing)


async def echo(update: Update, _: Context) -> None:
    await update.message.reply_text(f"答{update.message.text}")


async def echo_slowly(update: Update, _: Context) -> None:
    await asyncio.sleep(0.1 if "慢" in update.message.text else 0)
    await update.message.reply_text(f"答{update.message.text}")


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(f"去{item}", callback_data=item) for item in data]])


async def pages(update: Update, _: Context) -> None:
    await update.message.reply_html("<b>第一页</b>", do_quote=True, reply_markup=keyboard("二", "三"))


async def turn(update: Update, _: Context) -> None:
    query = update.callback_query
    await query.answer(f"翻到{query.data}")
    question = query.message.reply_to_message.text
    await query.edit_message_text(f"{question}：第{query.data}页", reply_markup=keyboard("一"))


ECHO = MessageHandler(filters.TEXT & ~filters.COMMAND, echo)
SLOW = MessageHandler(filters.TEXT, echo_slowly)
PAGES = MessageHandler(filters.TEXT, pages)
TURN = CallbackQueryHandler(turn)


@pytest.mark.parametrize("concurrent", [False, True])
def test_every_reply_follows_its_question(*, concurrent: bool) -> None:
    printed = converse("慢一\n二\n慢三", SLOW, concurrent=concurrent)
    assert printed == "问 › 慢一\n答慢一\n\n问 › 二\n答二\n\n问 › 慢三\n答慢三\n\n"


def test_commands_reach_their_handlers() -> None:
    async def with_arguments(update: Update, context: Context) -> None:
        await update.message.reply_text("、".join(context.args))

    assert "甲、乙\n" in converse("/ask 甲 乙\n", CommandHandler("ask", with_arguments), ECHO)


def test_empty_lines_ask_nothing() -> None:
    assert converse("\n  \n一\n\u3000\n", ECHO) == "问 › 一\n答一\n\n"


def test_input_may_have_a_byte_order_mark_windows_line_ends_and_bytes_that_are_no_utf8() -> None:
    printed = converse(b"\xef\xbb\xbf\xe4\xb8\x80\r\n\xff\xe4\xba\x8c\r\n", ECHO)
    assert printed == "问 › 一\n答一\n\n问 › \ufffd二\n答\ufffd二\n\n"


def test_buttons_are_numbered_below_the_message() -> None:
    assert converse("目录", PAGES) == "问 › 目录\n第一页\n[#1] 去二  [#2] 去三\n\n"


def test_a_button_with_an_address_shows_it_and_has_no_number() -> None:
    async def offer(update: Update, _: Context) -> None:
        link = InlineKeyboardButton("网站", url="http://a.b/")
        markup = InlineKeyboardMarkup([[link], [InlineKeyboardButton("按", callback_data="x")]])
        await update.message.reply_text("选", reply_markup=markup)

    assert "选\n网站 (http://a.b/)\n[#1] 按\n" in converse("问", MessageHandler(filters.TEXT, offer))


def test_a_number_presses_the_button_and_the_edited_message_is_printed() -> None:
    printed = converse("目录\n#2\n", PAGES, TURN)
    assert printed.endswith("问 › #2\n翻到三\n\n目录：第三页\n[#1] 去一\n\n")


def test_a_bare_number_presses_the_button_that_has_it_where_there_is_one() -> None:
    printed = converse("目录\n2\n", PAGES, TURN)
    assert printed.endswith("问 › 2\n翻到三\n\n目录：第三页\n[#1] 去一\n\n")
    assert converse("2024\n", ECHO) == "问 › 2024\n答2024\n\n"
    assert "问 › 3\n第一页\n" in converse("目录\n3\n", PAGES, TURN)  # a question, as only two are shown
    assert "问 › 2?\n第一页\n" in converse("目录\n2?\n", PAGES, TURN)


def test_a_bare_number_is_that_on_the_button_before_the_place_of_one() -> None:
    async def second_page(update: Update, _: Context) -> None:
        buttons = [InlineKeyboardButton(label, callback_data=label) for label in ("4", "5", "‹ 1–3")]
        await update.message.reply_text("4. 5.", reply_markup=InlineKeyboardMarkup([buttons]))

    async def pressed(update: Update, _: Context) -> None:
        await update.callback_query.answer(f"按了{update.callback_query.data}")

    shown = MessageHandler(filters.TEXT, second_page), CallbackQueryHandler(pressed)
    assert "按了4" in converse("问\n4\n", *shown)
    assert "按了‹ 1–3" in converse("问\n#3\n", *shown)
    assert "按了‹ 1–3" in converse("问\n3\n", *shown)


def test_full_width_numbers_press_too() -> None:
    assert "翻到三" in converse("目录\n＃２\n", PAGES, TURN)


def test_a_number_that_is_not_there_gets_one_line_and_the_next_line_is_read() -> None:
    printed = converse("#1\n目录\n#9\n#1\n", PAGES, TURN)
    assert printed.count("没有编号为 #1 的按钮") == 1
    assert printed.count("没有编号为 #9 的按钮") == 1
    assert "翻到二" in printed


def test_an_english_person_is_asked_and_told_in_english() -> None:
    async def language(update: Update, _: Context) -> None:
        await update.message.reply_text(update.effective_user.language_code)

    printed = converse("hello\n#1\n", MessageHandler(filters.TEXT, language), language="en")
    assert printed.startswith("ask › hello\nen\n")
    assert "There is no button #1" in printed


def test_changed_buttons_are_printed() -> None:
    async def change(update: Update, _: Context) -> None:
        await update.callback_query.edit_message_reply_markup(keyboard("九"))

    printed = converse("目录\n#1\n#1\n", PAGES, CallbackQueryHandler(change))
    assert "问 › #1\n[#1] 去九\n" in printed


def test_what_telegram_refuses_is_not_hidden() -> None:
    refusals: list[Exception] = []

    async def refused(update: Update, _: Context) -> None:
        try:
            await update.message.reply_html("<b>没有结束")
        except BadRequest as error:
            refusals.append(error)

    assert converse("一", MessageHandler(filters.TEXT, refused)) == "问 › 一\n"
    assert [str(error) for error in refusals] == [
        "Can't parse entities: can't find end tag corresponding to start tag \"b\""
    ]


def test_the_calls_of_a_starting_bot_are_answered_and_others_are_not_found() -> None:
    async def call(update: Update, _: Context) -> None:
        bot = update.get_bot()
        assert await bot.set_my_commands([("list", "目录")], language_code="zh")
        assert await bot.delete_my_commands()
        assert await bot.set_my_description("出处")
        assert await bot.set_my_short_description("出处")
        assert await update.message.chat.send_action("typing")
        assert await bot.get_updates() == ()
        with pytest.raises(InvalidToken, match="Not Found: getChat is not available in the terminal"):
            await bot.get_chat(1)
        await update.message.reply_text(f"{bot.first_name} @{bot.username}")

    assert "出处 @chuchu_bot\n" in converse("一", MessageHandler(filters.TEXT, call))


def test_the_session_ends_when_nobody_reads_its_replies() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with typed("一\n二\n三\n".encode(), ended=False) as stdin, os.fdopen(writing, "w") as stdout:
        asyncio.run(session(stdin, stdout, ECHO))
        stdout.write("and what is printed at exit goes nowhere")


@pytest.mark.parametrize(("lines", "expected"), [("", ["end"]), ("一\n", ["一", "end"])])
def test_the_end_is_told_once_and_only_when_all_is_answered(lines: str, expected: list[str]) -> None:
    told: list[str] = []

    async def scenario(stdin: TextIO) -> None:
        updates: asyncio.Queue[object] = asyncio.Queue()
        ended = asyncio.Event()

        def end() -> None:
            told.append("end")
            ended.set()

        async def handled(update: Update, _: Context) -> None:
            if update.message:
                await asyncio.sleep(0.05)
                told.append(update.message.text)

        request = TerminalRequest(updates=updates, on_end=end, stdin=stdin, stdout=io.StringIO())
        application = application_over(request, updates)
        application.add_handler(TypeHandler(Update, handled))
        async with application:
            await application.updater.start_polling()  # before the application runs, as run_polling does
            await asyncio.sleep(0.05)
            assert told == []  # an Application that does not run cannot be stopped
            await application.start()
            await ended.wait()
            await asyncio.sleep(0.05)
            await application.updater.stop()
            await application.stop()

    with typed(lines.encode()) as stdin:
        asyncio.run(scenario(stdin))
    assert told == expected


def test_a_cancelled_poll_is_over_after_shutdown_which_may_be_called_twice() -> None:
    async def scenario(stdin: TextIO) -> None:
        updates: asyncio.Queue[object] = asyncio.Queue()
        request = TerminalRequest(updates=updates, on_end=pytest.fail, stdin=stdin, stdout=io.StringIO())
        await request.initialize()
        await request.initialize()
        bot = application_over(request, updates).bot
        poll = asyncio.create_task(bot.get_updates(timeout=10))
        await asyncio.sleep(0.05)
        await request.shutdown()
        assert poll.cancelled()
        await asyncio.gather(request.shutdown(), request.shutdown())

    with typed(b"", ended=False) as stdin:
        asyncio.run(scenario(stdin))


@pytest.mark.parametrize(("lines", "printed"), [("", ""), ("一\n/slow\n二", "一答 在想 想好了 二答")])
def test_a_process_answers_its_whole_input_and_leaves_without_a_word(lines: str, printed: str) -> None:
    done = subprocess.run(BOT, input=lines.encode(), capture_output=True, cwd=ROOT, timeout=30, check=False)
    replies = [line for line in done.stdout.decode().splitlines() if line and not line.startswith("问")]
    assert (done.returncode, done.stderr.decode(), " ".join(replies)) == (0, "", printed)


def test_a_process_ends_at_sigterm_while_it_waits_for_a_line() -> None:
    with process(BOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdin.write("一\n".encode())
        running.stdin.flush()
        assert running.stdout.readline().decode() == "问 › 一\n"
        assert running.stdout.readline().decode() == "一答\n"
        running.terminate()
        assert (running.wait(timeout=30), running.stderr.read()) == (0, b"")


@contextmanager
def process(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:  # noqa: ANN401 - as Popen's
    running = subprocess.Popen(command, cwd=ROOT, **options)
    with running:
        try:
            yield running
        finally:
            running.kill()


class Keyboard:
    """A person at a pseudo-terminal: types keys, and waits for what the screen shows."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._shown = b""
        """What was shown after what was waited for last."""

    def type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def read_until(self, text: str | None) -> str:
        """Give what was shown up to `text`; None: up to the end of the process."""
        with suppress(OSError):  # Linux says so when the other side is closed
            while text is None or text.encode() not in self._shown:
                readable, _, _ = select.select([self._terminal], [], [], 30)
                assert readable, f"after half a minute there is only {self._shown!r}"
                chunk = os.read(self._terminal, 1024)
                if not chunk:
                    break
                self._shown += chunk
        before, found, self._shown = self._shown.partition(text.encode()) if text else (self._shown, b"", b"")
        return (before + found).decode(errors="replace")


@contextmanager
def at_a_terminal() -> Iterator[tuple[Keyboard, subprocess.Popen[bytes]]]:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", PARENT, *BOT]
    try:
        with process(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as running:
            os.close(theirs)
            yield Keyboard(ours), running
    finally:
        os.close(ours)


def test_at_a_terminal_bold_is_bold_and_ctrl_c_leaves_with_status_0() -> None:
    with at_a_terminal() as (keyboard, running):
        assert "\x1b[6n" not in keyboard.read_until("问 ›")  # not every terminal answers where its cursor is
        keyboard.type("你好\r")
        assert "\x1b[1m你好\x1b[0m答" in keyboard.read_until("答")
        keyboard.read_until("问 ›")
        keyboard.type("\x03")
        assert "Traceback" not in keyboard.read_until(None)
        assert running.wait(timeout=30) == 0


def test_ctrl_c_during_an_answer_lets_it_finish_and_leaves_with_status_0() -> None:
    with at_a_terminal() as (keyboard, running):
        keyboard.read_until("问 ›")
        keyboard.type("/slow\r")
        keyboard.read_until("在想")
        keyboard.type("\x03")
        rest = keyboard.read_until(None)
        assert "想好了" in rest
        assert "问 ›" not in rest
        assert "Traceback" not in rest
        assert running.wait(timeout=30) == 0


def test_what_is_typed_during_an_answer_is_the_next_question_and_ctrl_d_leaves_with_status_0() -> None:
    with at_a_terminal() as (keyboard, running):
        keyboard.read_until("问 ›")
        keyboard.type("/slow\r")
        keyboard.read_until("在想")
        keyboard.type("下一个\r")
        keyboard.read_until("想好了")
        assert "\x1b[1m下一个\x1b[0m答" in keyboard.read_until("答")
        keyboard.read_until("问 ›")
        keyboard.type("\x04")
        keyboard.read_until(None)
        assert running.wait(timeout=30) == 0
