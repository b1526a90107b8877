"""A link -> the link as Telegram keeps it; a text -> the links Telegram sees in it."""

import re
from collections.abc import Iterator

# Of the many top-level domains those that tests may meet, among them endings of file names.
DOMAINS = frozenset({"cn", "com", "io", "md", "net", "org", "py", "sh", "zip"})
DOMAIN_RUN = r"A-Za-z0-9._~\-\u00c0-\u1fff\u2070-\u2fff\u3001-\U0010ffff"
LINK = re.compile(
    rf'(?<![@/#{DOMAIN_RUN}])(https?://)?([{DOMAIN_RUN}]++)(?!@)(?::\d{{1,5}})?(?:[/?#][^\s<>"«»\u2000-\u206f]*)?',
    re.IGNORECASE,
)
SHORTEST_DOMAIN = 2
LINK_ENDS = ".:;,('?!`"

SCHEME = re.compile(r"([^:/?#@\[\]]*)://")
PART = r"(?:[A-Za-z0-9.\-_!$,~*'();&+={}\u0080-\U0010ffff]|%[0-9A-Fa-f]{{2}})*"
HOST = re.compile(PART.format(""))
USER = re.compile(PART.format(":"))
TELEGRAM_HOST = re.compile(r"[A-Za-z0-9_-]+")
BLANKS = " \t\r\n\0\v"
LAST_PORT = 65535


class LinkError(ValueError):
    """A link that Telegram takes for none; the message is the reason in Telegram's words."""


def found_links(text: str) -> Iterator[tuple[int, int]]:
    """Where links begin and end. One needs no scheme: "章程.md" leads to a web page in Moldova."""
    for found in LINK.finditer(text):
        if _is_domain(found[2].rstrip("."), has_scheme=found[1] is not None):
            yield found.start(), found.start() + len(found[0].rstrip(LINK_ENDS))


def _is_domain(name: str, *, has_scheme: bool) -> bool:
    labels = name.split(".")
    last = labels[-1]
    return (
        len(labels) > 1
        and all(label and not label.endswith("-") for label in labels)
        and len(last) >= SHORTEST_DOMAIN
        and not name.replace(".", "").isdigit()
        and "_" not in labels[-2] + last
        and "-" not in last
        and (has_scheme or last.lower() in DOMAINS)
    )


def checked_link(link: str) -> str:
    """The link with scheme and path filled in and its host in lower case; addresses of IPv6 are not
    read. Raises LinkError."""
    if link.lower().startswith("tg:"):
        return _telegram_link(link[len("tg:") :].removeprefix("//"))
    scheme, address = _split_scheme(link)
    place, path = _split_at_path(address)
    user, _, place = place.rpartition("@")
    host, port = _split_port(place.lower())
    if not host:
        raise LinkError("URL host is empty")
    if host == ".":
        raise LinkError("Host is invalid")
    if not HOST.fullmatch(host):
        raise LinkError("Disallowed character in URL host")
    if not USER.fullmatch(user):
        raise LinkError("Disallowed character in URL userinfo")
    if "." not in host:
        raise LinkError("Wrong HTTP URL")
    return f"{scheme}://{user}{'@' * bool(user)}{host}{port}{path}"


def _telegram_link(address: str) -> str:
    host, path = _split_at_path(address)
    if not TELEGRAM_HOST.fullmatch(host):
        raise LinkError("Unallowed characters in URL host")
    return f"tg://{host.lower()}{path[1:] if path.startswith('/?') else path}"


def _split_scheme(link: str) -> tuple[str, str]:
    found = SCHEME.match(link)
    if not found:
        return "http", link
    scheme = found[1].lower()
    if scheme not in {"http", "https"}:
        raise LinkError("Unsupported URL protocol")
    return scheme, link[found.end() :]


def _split_at_path(address: str) -> tuple[str, str]:
    place = re.split(r"[/?#]", address, maxsplit=1)[0]
    path = "".join(f"%{ord(c):02X}" if c <= " " else c for c in address[len(place) :].rstrip(BLANKS))
    return place, path if path.startswith("/") else f"/{path}"


def _split_port(place: str) -> tuple[str, str]:
    host, colon, digits = place.partition(":")
    if not colon:
        return host, ""
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits) <= LAST_PORT):
        raise LinkError("Wrong port number specified in the URL")
    return host, f":{int(digits)}"
