"""Proxies, certificates and a log of keys that the environment names -> what is wrong with one.

httpx goes by them. Of what it does not understand it says neither which it is nor what to do.
"""

import ssl
from typing import Any
from urllib.request import getproxies

from telegram.request import HTTPXRequest

NAMES = {"http": "HTTP_PROXY", "https": "HTTPS_PROXY", "all": "ALL_PROXY"}

EXAMPLES = "http://127.0.0.1:7890", "socks5://127.0.0.1:1080"
HOSTS = "localhost,10.0.0.1"


class WrongVariableError(Exception):
    """A variable that cannot be used. Its words, a line, name it and say what is expected.

    They do not show what it is set to: there may be a password in it.
    """

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(f"{english} {chinese}")
        self.english, self.chinese = english, chinese


def wrong_proxy() -> WrongVariableError | None:
    """What is wrong with the proxies, if it is them for which no connection can be made."""
    addresses = getproxies()
    for kind, name in NAMES.items():
        address = addresses.get(kind)
        if address and not _can_be_used(proxy=address if "://" in address else f"http://{address}"):
            return WrongVariableError(
                f"{name} is wrong: expected the address of a proxy, such as {' or '.join(EXAMPLES)}.",
                f"写错了，应为代理的地址，如 {' 或 '.join(EXAMPLES)}。",
            )
    if not _can_be_used(is_told_by_the_environment=True):
        return WrongVariableError(
            f"NO_PROXY is wrong: expected hosts separated by commas, such as {HOSTS}.",
            f"写错了，应为用逗号隔开的主机名，如 {HOSTS}。",
        )
    return None


def wrong_certificates() -> WrongVariableError | None:
    """What is wrong with the certificates, if it is them for which no connection can be made."""
    if _can_be_used(verify=True) and not _can_be_used(is_told_by_the_environment=True, verify=True):
        return WrongVariableError(
            "SSL_CERT_FILE is wrong: expected the path of a file with certificates (PEM), or nothing.",
            "写错了，应为证书文件（PEM）的路径，不需要就删掉它。",
        )
    return None


def wrong_key_log() -> WrongVariableError | None:
    """What is wrong with the file that keys are written to, if no connection can be made because of it."""
    try:
        ssl.create_default_context()  # it passes over certificates that it cannot read
    except OSError:
        return WrongVariableError(
            "SSLKEYLOGFILE is wrong: expected the path of a file that can be written, or nothing.",
            "写错了，应为可以写入的文件的路径，不需要就删掉它。",
        )
    return None


def _can_be_used(
    *, proxy: str | None = None, is_told_by_the_environment: bool = False, verify: bool = False
) -> bool:
    """Whether a connection can be made, and with `verify` one by certificates."""
    options: dict[str, Any] = {"trust_env": is_told_by_the_environment, "verify": verify}
    try:
        HTTPXRequest(proxy=proxy, httpx_kwargs=options)
    except Exception:  # noqa: BLE001 - there are several, and some are not ours to import
        return False
    return True
