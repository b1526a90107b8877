"""The real Application in a conversation with people at the stand-in, one step at a time."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any, TypeAlias

from standin import Chat, InlineAnswer, Message, Person, StandIn, StandInRequest

from bot.access import Access
from bot.alarms import Alarms
from bot.application import ALLOWED_UPDATES, AnyApplication, DiscreetBot, assemble
from bot.desk import Desk
from bot.inbox import Inbox
from bot.librarian import Librarian
from bot.librarian import Shelf as AnyShelf
from bot.notebook import Notebook
from bot.pacing import Pacing
from retrieval.indexing.refreshing import Progress, Tell
from retrieval.library import Library, Shelf

Files: TypeAlias = dict[str, str | bytes]
Open: TypeAlias = Callable[[Files], Library]

SAMPLE = Path(__file__).parent.parent / "documents"

LONG = 30
"""Seconds after which something hangs."""

UNLIMITED = sys.maxsize
"""Requests in a second, where nobody but the test writes."""


def run(session: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Let what a test does on an event loop happen, which must not hang."""
    asyncio.run(asyncio.wait_for(session(), LONG))


class Conversation:
    """A bot in a chat with people. What a person does is handled when the call returns.

    `chat` is the private chat with `alice`, whose Telegram speaks Chinese.
    """

    def __init__(
        self,
        application: AnyApplication,
        runner: asyncio.Runner,
        standin: StandIn,
        chat: Chat,
        alarms: Alarms,
    ) -> None:
        assert chat.person is not None
        self.standin, self.chat, self.alice = standin, chat, chat.person
        self._application, self._alarms = application, alarms
        self._runner = runner
        self._next_update = 0

    def say(
        self,
        text: str,
        *,
        chat: Chat | None = None,
        by: Person | None = None,
        reply_to: Message | None = None,
        topic: int | None = None,
    ) -> list[Message]:
        """Somebody (Alice, in private) writes; what the bot writes because of it."""
        chat = chat or self.chat
        person = by or chat.person or self.alice
        return self.after(lambda: self.standin.say(chat, person, text, reply_to=reply_to, topic=topic), chat)

    def ask(self, text: str, **circumstances: object) -> Message:
        """As `say`, where exactly one reply is expected."""
        [reply] = self.say(text, **circumstances)  # type: ignore[arg-type]
        return reply

    def press(self, message: Message, label: str, by: Person | None = None) -> Message:
        """Somebody presses a button; the message as it stands then."""
        self.standin.press(message, label, by)
        self.settle()
        return next(m for m in self.standin.messages(message.chat) if m == message)

    def after(self, deed: Callable[[], object], chat: Chat | None = None) -> list[Message]:
        """People do something at the stand-in; what the bot writes in the chat because of it."""
        chat = chat or self.chat
        before = {message.id for message in self.standin.replies(chat)}
        deed()
        self.settle()
        return [message for message in self.standin.replies(chat) if message.id not in before]

    def send_document(self, name: str, content: bytes = b"", **circumstances: object) -> list[Message]:
        """Alice sends a file in private; what the bot writes because of it."""
        return self.after(
            lambda: self.standin.send_document(self.chat, self.alice, name, content, **circumstances)  # type: ignore[arg-type]
        )

    def follow(self, link: str, by: Person | None = None) -> list[Message]:
        """Somebody (Alice) follows a link that starts the bot; what it writes in the private chat."""
        person = by or self.alice
        chat = self.standin.private(person, started=False)
        return self.after(lambda: self.standin.follow(person, link), chat)

    def inline(self, query: str, *, by: Person | None = None, offset: str = "") -> InlineAnswer:
        """Somebody (Alice) types the bot's name and a query; what they are shown."""
        asked = self.standin.inline(by or self.alice, query, offset)
        self.settle()
        return self.standin.inline_answer(asked)

    def settle(self) -> None:
        """Let the bot handle every update that Telegram has for it."""
        self._runner.run(self._settle())

    def settle_at_once(self) -> None:
        """Let the bot handle what Telegram has for it all at the same time."""
        self._runner.run(self._settle_at_once())

    async def _settle_at_once(self) -> None:
        updates = await self._application.bot.get_updates(
            offset=self._next_update, timeout=0, allowed_updates=ALLOWED_UPDATES
        )
        self._next_update = updates[-1].update_id + 1
        await asyncio.gather(*map(self._application.process_update, updates))

    async def _settle(self) -> None:
        bot = self._application.bot
        while updates := await bot.get_updates(
            offset=self._next_update, timeout=0, allowed_updates=ALLOWED_UPDATES
        ):
            self._next_update = updates[-1].update_id + 1
            for update in updates:
                await self._application.update_queue.put(update)
            while not self._application.update_queue.empty():
                await self._application.process_update(self._application.update_queue.get_nowait())
            await self._alarms.sounding.settled()


class FakeShelf:
    """A library that is there already, and brought up to date by a command."""

    library: Library

    def __init__(self, *command: str) -> None:
        self._command = [sys.executable, *(command or ("-c", ""))]

    def open(self, tell: Tell) -> Library:  # noqa: ARG002 - others tell
        return self.library

    def is_current(self) -> bool:
        return True

    def newest(self) -> Library:
        return self.library

    def command(self) -> list[str]:
        return self._command


class HeldShelf(FakeShelf):
    """A library that says how far it is, whereupon `told` is set, and is opened when `go` is set."""

    def __init__(self, library: Library, go: Event | None = None) -> None:
        super().__init__()
        self.library, self.told, self._go = library, Event(), go

    def open(self, tell: Tell) -> Library:
        tell(Progress(2, 5, 40, 0.4))
        self.told.set()
        if self._go:
            self._go.wait(LONG)
        return self.library


class NearShelf(Shelf):
    """A folder that is brought up to date in this process, which has loaded what that needs."""

    def command(self) -> list[str]:
        return ["cat"]

    def newest(self) -> Library:
        return self.open(lambda _: None)


@contextmanager
def conversation(  # noqa: PLR0913 - what differs from test to test
    library: Library,
    *,
    privacy: bool = True,
    inline: bool = False,
    passages: int = 3,
    admins: frozenset[int] = frozenset(),
    go: Event | None = None,
    folder: Path = SAMPLE,
    access: Access | None = None,
    shelf: AnyShelf | None = None,
    **desk: Any,  # noqa: ANN401 - more fields of a Desk
) -> Iterator[Conversation]:
    """A conversation about a library, which is opened when `go` is set.

    Leaving it fails if Telegram would have refused anything.
    """

    standin = StandIn(privacy=privacy, inline=inline)
    chat = standin.private(standin.person("Alice"))  # before the bot looks whom it knows
    request = StandInRequest(standin)
    librarian = Librarian(shelf or HeldShelf(library, go))
    notebook = desk.pop("notebook", None) or Notebook(None)
    access = access or Access(admins=admins)
    desk.setdefault("alarms", Alarms(access.admins))
    at_desk = Desk(librarian, notebook, folder, passages, access, **desk)
    pacing = Pacing(LONG, librarian.turns.leave, UNLIMITED)
    bot = DiscreetBot(standin.token, request=request, get_updates_request=request, rate_limiter=pacing)
    inbox = Inbox(None)
    application = assemble(bot, at_desk, inbox)
    with asyncio.Runner() as runner:
        runner.run(application.initialize())
        assert application.post_init is not None
        runner.run(application.post_init(application))
        runner.run(asyncio.wait_for(at_desk.background.settled(), LONG))
        if go is None:
            runner.run(librarian.opened())
        yield Conversation(application, runner, standin, chat, at_desk.alarms)
        runner.run(application.shutdown())
    inbox.close()
    assert not standin.refusals, standin.refusals
    assert not standin.unanswered_callbacks


def library_of(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A folder of documents with these files in it."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
