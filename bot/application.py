"""Parts -> the Application: which update goes to which handler, and the menu of commands."""

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.ext.filters import MessageFilter

from bot.asked import is_addressed_command, is_reply_to
from bot.botfather import SWITCHES, lacking
from bot.desk import Desk
from bot.handlers.adding import Adding
from bot.handlers.admitting import Admitting
from bot.handlers.asking import Asking
from bot.handlers.browsing import Browsing
from bot.handlers.failing import Failing
from bot.handlers.offering import Offering
from bot.handlers.overseeing import Overseeing
from bot.handlers.pressing import Pressing
from bot.handlers.removing import Removing
from bot.inbox import Inbox
from bot.notebook import Notebook
from bot.order import InOrder
from bot.wording import LANGUAGES, Wording

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

ALLOWED_UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]

GROUP_COMMANDS = ("ask", "in", "list")
ADMINS_ONLY = tuple(LANGUAGES[0].admin_commands)

DEFAULTS = Defaults(
    parse_mode=ParseMode.HTML,
    link_preview_options=LinkPreviewOptions(is_disabled=True),
    allow_sending_without_reply=True,  # the question may have been deleted meanwhile
)

log = logging.getLogger(__name__)


class Addressed(MessageFilter):
    """Lets pass the commands that name this bot, or reply to it."""

    def filter(self, message: Message) -> bool:
        """Look at a message; it knows the bot that received it."""
        bot = message.get_bot().bot
        return is_addressed_command(message, bot) or is_reply_to(message, bot)


NEW = filters.UpdateType.MESSAGE & ~filters.VIA_BOT  # what was inserted by our inline mode, too
EDITED = filters.UpdateType.EDITED_MESSAGE
FULL_WIDTH_SLASH = filters.Regex(r"^／[a-zA-Z]")
PRIVATE = NEW & filters.ChatType.PRIVATE
GROUP = NEW & filters.ChatType.GROUPS
BEFORE = -1
"""The group of the handler that says who may ask."""

FOR_US = PRIVATE | (GROUP & Addressed())


class DiscreetBot(ExtBot[None]):
    """A bot that keeps its token to itself, in tracebacks too."""

    def __init__(self, token: str, **parts: Any) -> None:  # noqa: ANN401 - the parent's
        super().__init__(token, defaults=DEFAULTS, **parts)

    def __repr__(self) -> str:
        return type(self).__name__


class Worker(Application[Any, Any, Any, Any, Any, Any]):
    """An Application that, told to stop, does not wait for the library."""

    def __init__(self, *, desk: Desk, order: InOrder, **parts: Any) -> None:  # noqa: ANN401 - a builder's
        super().__init__(**parts)
        self._desk, self._order = desk, order
        self.is_to_end = asyncio.Event()
        """Set when it was told to stop, by whomever."""

    def stop_running(self) -> None:
        """Tell it to stop, whether it serves already or is only starting."""
        self.is_to_end.set()

    async def stop(self) -> None:
        """Let questions go that wait for the library, and finish the others."""
        await self._desk.librarian.stop()
        await self._order.end()
        await self._desk.alarms.sounding.end()
        await super().stop()

    async def shutdown(self) -> None:
        """Close what is open, also when it has never served."""
        await self._desk.background.end()
        await self._desk.librarian.stop()
        await super().shutdown()


def routes(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """Every kind of update and its handler; the first that takes an update has it."""
    asking, browsing, offering = Asking(desk), Browsing(desk), Offering(desk)
    adding, removing, overseeing = Adding(desk), Removing(desk), Overseeing(desk)
    pressing = Pressing(desk, adding, removing, overseeing)
    of_admins = PRIVATE & filters.User(desk.admins)
    return [
        MessageHandler(EDITED, asking.edited),
        CommandHandler("ask", asking.ask, NEW),
        CommandHandler("in", asking.ask, NEW),
        CommandHandler("why", asking.why, FOR_US),
        CommandHandler("start", browsing.start, FOR_US),
        CommandHandler("help", browsing.help, FOR_US),
        CommandHandler("list", browsing.list, FOR_US),
        CommandHandler("privacy", browsing.privacy, FOR_US),
        CommandHandler("remove", removing.remove, of_admins),
        CommandHandler("reload", overseeing.reload, of_admins),
        CommandHandler("stats", overseeing.stats, of_admins),
        CommandHandler("missed", overseeing.missed, of_admins),
        CommandHandler(ADMINS_ONLY, browsing.only_for_admins, PRIVATE),
        MessageHandler(of_admins & filters.Document.ALL, adding.received),
        MessageHandler(PRIVATE & (filters.COMMAND | FULL_WIDTH_SLASH), browsing.unknown_command),
        MessageHandler(PRIVATE & filters.TEXT, asking.ask),
        MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, browsing.no_text),
        MessageHandler(GROUP & (filters.TEXT | filters.CAPTION) & ~filters.COMMAND, asking.in_group),
        MessageHandler(filters.StatusUpdate.MIGRATE, asking.migrated),
        CallbackQueryHandler(pressing.press),
        InlineQueryHandler(offering.offer),
    ]


def assemble(bot: DiscreetBot, desk: Desk, inbox: Inbox) -> Worker:
    """The Application of a bot, whose updates come in the inbox; it serves while the library opens."""
    librarian, order = desk.librarian, InOrder(desk.librarian.turns, inbox.done)

    async def prepare(application: AnyApplication) -> None:
        desk.alarms.begin(application.bot)
        librarian.start(on_failure=application.stop_running)
        await inbox.open(application.bot)
        if not desk.keeps_missed:
            await desk.note(Notebook.forget_missed)
        desk.background.begin(register_commands(application.bot, desk))
        log.info("Serving as @%s", application.bot.username)
        for feature in lacking(application.bot.bot):
            log.info("%s", SWITCHES[feature])

    builder = ApplicationBuilder().bot(bot).update_queue(inbox).concurrent_updates(order)
    builder = builder.application_class(Worker, {"desk": desk, "order": order})
    worker = builder.post_init(prepare).build()
    assert isinstance(worker, Worker)
    worker.add_handlers([TypeHandler(Update, Admitting(desk).admit)], BEFORE)
    worker.add_handlers(routes(desk))
    worker.add_error_handler(Failing(desk).error)
    return worker


async def register_commands(bot: Bot, desk: Desk) -> None:
    """Put the commands into Telegram's menus, in each language, and take those of admins from who is none any
    more; a menu is not worth failing for.
    """
    for wording in LANGUAGES:
        commands = _menu(wording.commands)
        in_groups = [command for command in commands if command.command in GROUP_COMMANDS]
        language = _code(wording)
        await _done(bot.set_my_commands(commands, BotCommandScopeDefault(), language_code=language))
        await _done(bot.set_my_commands(in_groups, BotCommandScopeAllGroupChats(), language_code=language))
    for admin in sorted(desk.admins):
        await _give_menu(bot, desk, admin)
    for former in sorted(await desk.note(lambda notebook: notebook.menus(bot.id)) - desk.admins):
        await _take_menu(bot, desk, former)


async def _give_menu(bot: Bot, desk: Desk, admin: int) -> None:
    for wording in LANGUAGES:
        commands = _menu({**wording.commands, **wording.admin_commands})
        scope = BotCommandScopeChat(admin)
        if await _done(bot.set_my_commands(commands, scope, language_code=_code(wording))):
            await desk.note(lambda notebook: notebook.note_menu(bot.id, admin))


async def _take_menu(bot: Bot, desk: Desk, former: int) -> None:
    """What Telegram refuses to take, as from a chat that is no more, is not tried again; what merely failed
    is, at the next start.
    """
    is_over = True
    for wording in LANGUAGES:
        try:
            await bot.delete_my_commands(BotCommandScopeChat(former), language_code=_code(wording))
        except TelegramError as error:
            _tell(error)
            is_over &= isinstance(error, BadRequest | Forbidden)
    if is_over:
        await desk.note(lambda notebook: notebook.forget_menu(bot.id, former))


def _menu(commands: Mapping[str, str]) -> list[BotCommand]:
    return [BotCommand(name, description) for name, description in commands.items()]


def _code(wording: Wording) -> str | None:
    """The language that a menu is for; the first is for all that have none of their own."""
    return None if wording is LANGUAGES[0] else wording.language


async def _done(request: Awaitable[bool]) -> bool:
    """Whether Telegram has done what was asked."""
    try:
        return await request
    except TelegramError as error:  # as where an admin has never written to the bot
        _tell(error)
        return False


def _tell(error: TelegramError) -> None:
    log.warning("A menu of commands was not changed: %s", error)
