"""Requests -> Telegram, over the network, saying when it is out of reach and when the token is refused."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

NO_UPDATES = b'{"ok": true, "result": []}'

log = logging.getLogger(__name__)


class Connection(HTTPXRequest):
    """What the Application sends, or polls, by.

    python-telegram-bot tries again without a word while it starts, and stops polling without a word when
    the token is revoked: `on_refused` is called then.
    """

    def __init__(self, connections: int, on_refused: Callable[[], None]) -> None:
        super().__init__(connection_pool_size=connections)
        self._on_refused = on_refused

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - the parent's
        """Send a request, as the parent does."""
        try:
            status, payload = await super().do_request(url, *args, **kwargs)
        except NetworkError as error:
            log.warning("Telegram is out of reach, trying again: %s", error)
            raise
        if status == HTTPStatus.UNAUTHORIZED:
            self._on_refused()
            if url.endswith("/getUpdates"):
                return HTTPStatus.OK, NO_UPDATES  # an error would keep the Updater from stopping in order
        return status, payload
