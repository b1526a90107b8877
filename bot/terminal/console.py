"""Where lines are typed and replies are printed: a terminal, or a pipe."""

import asyncio
import os
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Protocol, TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import store_typeahead
from prompt_toolkit.keys import Keys
from prompt_toolkit.output.vt100 import Vt100_Output

_USUAL_WIDTH = 80


class Console(Protocol):
    """Asks one line after the other. EOFError is the end: of the input, or because the person leaves."""

    async def ask(self) -> str:
        """Wait for the next line. Raises EOFError."""

    async def wait(self, work: Coroutine[object, object, object]) -> None:
        """Wait for work to be done. Raises EOFError when the person leaves meanwhile."""

    async def show(self, text: str) -> None:
        """Print text, at once."""


def open_console(stdin: TextIO, stdout: TextIO, prompt: str) -> Console:
    """Edit lines where a person sits; read them where they come through a pipe or from a file."""
    printer = Printer(stdout)
    if stdin.isatty() and stdout.isatty():
        return TypedConsole(stdin, stdout, printer, prompt)
    return PipedConsole(stdin, printer, prompt)


def width_of(stdout: TextIO) -> int | None:
    """Give the terminal's columns; None where the output is not a terminal."""
    if not stdout.isatty():
        return None
    return os.get_terminal_size(stdout.fileno()).columns or _USUAL_WIDTH


class Printer:
    """Prints until nobody reads any more, as in `| head`; `abandoned` then says so."""

    def __init__(self, stdout: TextIO) -> None:
        self._stdout = stdout
        self.abandoned = False

    def print(self, text: str) -> None:
        try:
            print(text, file=self._stdout, flush=True)
        except BrokenPipeError:
            self.abandoned = True
            # What is still in the buffer would fail once more at exit.
            with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - os.devnull is a name, not a path
                os.dup2(nowhere.fileno(), self._stdout.fileno())


class PipedConsole:
    """Echoes each line behind the prompt, so that the printed conversation can be read."""

    def __init__(self, stdin: TextIO, printer: Printer, prompt: str) -> None:
        # A reader of its own: at exit Python wants the lock of sys.stdin, and a waiting thread would hold it.
        self._lines = open(stdin.fileno(), "rb", closefd=False)  # noqa: SIM115 - the stream's owner closes it
        self._printer = printer
        self._prompt = prompt

    async def ask(self) -> str:
        line = await self._next_line()
        if not line or self._printer.abandoned:
            raise EOFError
        text = line.decode("utf-8", errors="replace").replace("\ufeff", "").strip()
        if text:
            self._printer.print(f"{self._prompt}{text}")
        return text

    async def wait(self, work: Coroutine[object, object, object]) -> None:
        await work

    async def show(self, text: str) -> None:
        self._printer.print(text)

    async def _next_line(self) -> bytes:
        """Read in a thread, as asyncio cannot wait for files; a daemon, as it must not hold up the exit."""
        loop = asyncio.get_running_loop()
        arrival: asyncio.Future[bytes] = loop.create_future()

        def deliver(line: bytes) -> None:
            if not arrival.done():
                arrival.set_result(line)

        def read() -> None:
            try:
                line = self._lines.readline()
            except OSError:  # the terminal went away
                line = b""
            with suppress(RuntimeError):  # the loop is closed: the session has ended meanwhile
                loop.call_soon_threadsafe(deliver, line)

        threading.Thread(target=read, name="stdin", daemon=True).start()
        return await arrival


class TypedConsole:
    """A line editor. Ctrl-C is a key here, not a signal that would also end the `make` that runs us."""

    def __init__(self, stdin: TextIO, stdout: TextIO, printer: Printer, prompt: str) -> None:
        self._input = create_input(stdin)
        self._printer = printer
        output = Vt100_Output.from_pty(stdout)
        output.enable_cpr = False  # not every terminal answers when it is asked where its cursor is
        self._session: PromptSession[str] = PromptSession(
            prompt,
            history=InMemoryHistory(),
            input=self._input,
            output=output,
            interrupt_exception=EOFError,
        )

    async def ask(self) -> str:
        # The application has its own handlers of signals and exceptions, and keeps them.
        line = await self._session.prompt_async(handle_sigint=False, set_exception_handler=False)
        return line.strip()

    async def wait(self, work: Coroutine[object, object, object]) -> None:
        """Keep what is typed meanwhile for the next prompt."""
        task = asyncio.ensure_future(work)
        leaves = False

        def read_keys() -> None:
            nonlocal leaves
            presses = self._input.read_keys()
            if any(press.key is Keys.ControlC for press in presses):
                leaves = True
                task.cancel()
            else:
                store_typeahead(self._input, presses)

        try:
            with self._input.raw_mode(), self._input.attach(read_keys):
                await asyncio.wait([task])
        finally:
            task.cancel()
        if leaves:
            raise EOFError
        await task

    async def show(self, text: str) -> None:
        # A prompt that is being edited makes room and is drawn again below.
        await run_in_terminal(lambda: self._printer.print(text))
