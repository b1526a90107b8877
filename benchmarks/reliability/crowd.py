"""People who ask, in chats of their own."""

from collections.abc import Callable, Sequence
from random import Random
from threading import Event, Thread
from time import monotonic, sleep

from standin import Chat, Message, StandIn


class Crowd:
    """Asks questions by chance, and keeps what was asked."""

    def __init__(self, standin: StandIn, people: int, questions: Sequence[str], random: Random) -> None:
        self._standin, self._questions, self._random = standin, questions, random
        self.chats: list[Chat] = [standin.private(standin.person(f"甲{n}")) for n in range(people)]
        self.asked: list[Message] = []

    def ask(self, chat: Chat) -> Message:
        """Let the person of a private chat ask something."""
        assert chat.person is not None
        message = self._standin.say(chat, chat.person, self._random.choice(self._questions))
        self.asked.append(message)
        return message

    def ask_slowly(self, chats: Sequence[Chat], seconds: float) -> None:
        """Let one after the other ask, with so many seconds between them."""
        for chat in chats:
            self.ask(chat)
            sleep(seconds)

    def ask_by_chance(self) -> None:
        """Let anybody ask."""
        self.ask(self._random.choice(self.chats))


class Meanwhile:
    """Does something again and again, while a context lasts. What goes wrong is raised when it ends."""

    def __init__(self, deed: Callable[[], object], seconds: float) -> None:
        """The deed is done every so many seconds, about."""
        self._deed, self._seconds = deed, seconds
        self._over, self._error = Event(), list[Exception]()
        self._thread = Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        if self._error:
            raise self._error[0]

    def _run(self) -> None:
        due = monotonic()
        while not self._over.wait(max(0.0, due - monotonic())):
            due += self._seconds
            try:
                self._deed()
            except Exception as error:  # noqa: BLE001 - raised in the thread that waits for this one
                self._error.append(error)
                return
