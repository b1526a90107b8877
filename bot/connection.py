"""Requests -> Telegram, over the network, saying when it is out of reach."""

import logging
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

CONNECTIONS = 256
"""As many as the Application would open by itself."""


class Connection(HTTPXRequest):
    """What the Application sends by. While it starts, python-telegram-bot tries again without a word."""

    def __init__(self) -> None:
        super().__init__(connection_pool_size=CONNECTIONS)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - the parent's
        """Send a request, as the parent does."""
        try:
            return await super().do_request(*args, **kwargs)
        except NetworkError as error:
            log.warning("Telegram is out of reach, trying again: %s", error)
            raise
