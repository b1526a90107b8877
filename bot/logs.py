"""Settings -> the log, on standard error, which never shows the token."""

import logging
import sys


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
    logging.basicConfig(level=level, handlers=[handler], force=True)
    if level != "DEBUG":
        logging.getLogger("httpx").setLevel(logging.WARNING)  # a line for each poll
        # Its loop round the network reports with a traceback what the bot reports in a line.
        logging.getLogger("telegram.ext").addFilter(lambda record: record.exc_info is None)
