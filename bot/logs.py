"""Settings -> the log, on standard error, which never shows the token.

An event is a line: JSON where a program reads it, words on a terminal. What a call of `logging` passes as
`extra` are the fields of its event.
"""

import logging
import re
import sys
import threading
from types import TracebackType
from typing import TextIO

from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import JSONRenderer, TimeStamper, format_exc_info
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import Processor
from telegram.error import InvalidToken, TelegramError

UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""What commands a terminal, breaks a line, turns its direction or cannot be written."""

log = logging.getLogger(__name__)


def start_log(level: str, token: str | None) -> None:
    """Log from `level` on; of the token, what is secret is blotted out.

    Warnings, and what ends a thread or the process, are events of the log too.
    """
    handler = _Handler(sys.stderr)
    handler.setFormatter(formatter((token or "").partition(":")[2], is_terminal=sys.stderr.isatty()))
    if level != "DEBUG":
        logging.getLogger("httpx").setLevel(logging.WARNING)  # a line for each poll
        handler.addFilter(_in_a_line)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    sys.excepthook = _end_of_the_process
    threading.excepthook = _end_of_a_thread


def formatter(secret: str, *, is_terminal: bool) -> logging.Formatter:
    """What makes lines of records: words for a terminal, else JSON. The secret is in none of them."""
    renderers: list[Processor]
    if is_terminal:
        time = TimeStamper("%H:%M:%S", utc=False)
        renderers = [ConsoleRenderer(colors=False, sort_keys=False, exception_formatter=plain_traceback)]
    else:
        time = TimeStamper("iso")
        renderers = [format_exc_info, JSONRenderer(ensure_ascii=False)]
    return _Redacting(secret, [time, add_log_level, add_logger_name, ExtraAdder()], renderers)


class _Redacting(ProcessorFormatter):
    """Blots a secret out of whatever is written, however its characters are written in an address."""

    def __init__(self, secret: str, before: list[Processor], renderers: list[Processor]) -> None:
        """`before` find what there is to write, `renderers` write it."""
        super().__init__(
            foreign_pre_chain=before, processors=[ProcessorFormatter.remove_processors_meta, *renderers]
        )
        written = "".join(rf"(?:{re.escape(character)}|%(?:25)*{ord(character):02x})" for character in secret)
        self._secret = re.compile(written or r"(?!)", re.IGNORECASE)

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, whatever it has in it."""
        try:
            text = super().format(record)
        except Exception as error:  # noqa: BLE001 - logging would write the arguments as they are
            text = super().format(_of_no_use(record, error))
        return UNSEEN.sub(_escaped, self._secret.sub("***", text))


class _Handler(logging.StreamHandler[TextIO]):
    """Writes lines to a stream, and says nothing where that takes none."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the parent's
        """Leave it at that: there is no other place to say it, and the record may hold the secret."""


def _of_no_use(record: logging.LogRecord, error: Exception) -> logging.LogRecord:
    """What is said in place of a record that no line can be made of."""
    said, args = "No line of the log can be made here: %s", (type(error).__name__,)
    return logging.LogRecord(record.name, record.levelno, record.pathname, record.lineno, said, args, None)


def _escaped(unseen: re.Match[str]) -> str:
    return f"\\u{ord(unseen[0]):04x}"


def _in_a_line(record: logging.LogRecord) -> bool:
    """What python-telegram-bot reports of the network with a traceback, a line says as well."""
    error = record.exc_info and record.exc_info[1]
    if not record.name.startswith("telegram") or not isinstance(error, TelegramError):
        return True
    record.msg, record.args = f"{record.getMessage()} ({error})", ()
    record.exc_info = record.exc_text = None
    return not isinstance(error, InvalidToken)  # which ends the worker, with a line of its own


def _end_of_the_process(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("The bot ends because of an error", exc_info=(kind, error, trace))


def _end_of_a_thread(ended: threading.ExceptHookArgs) -> None:
    name = ended.thread.name if ended.thread else "?"
    error = ended.exc_value or ended.exc_type()
    log.error("A thread ends because of an error", extra={"thread_of": name}, exc_info=error)
