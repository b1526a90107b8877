"""Settings -> the log, on standard error, which never shows the token."""

import logging
import sys

from telegram.error import InvalidToken


class _Redacting(logging.Formatter):
    """Blots a secret out of whatever is written, tracebacks included."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return text.replace(self._secret, "***") if self._secret else text


def start_log(level: str, token: str | None) -> None:
    """Log from `level` on; of the token, what is secret is blotted out."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting((token or "").partition(":")[2]))
    if level != "DEBUG":
        logging.getLogger("httpx").setLevel(logging.WARNING)  # a line for each poll
        handler.addFilter(_in_a_line)
    logging.basicConfig(level=level, handlers=[handler], force=True)


def _in_a_line(record: logging.LogRecord) -> bool:
    """What python-telegram-bot reports with a traceback is the network's doing, and a line says as much."""
    if not record.name.startswith("telegram") or not record.exc_info:
        return True
    error = record.exc_info[1]
    record.msg, record.args = f"{record.getMessage()} ({error})", ()
    record.exc_info = record.exc_text = None
    return not isinstance(error, InvalidToken)  # which ends the worker, with a line of its own
