"""Where Leyr is and who we are to it, checked before anything is sent."""

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


class ConnectionFault(StrEnum):
    """What is wrong with a setting; the text is for logs."""

    ODD_CHARACTERS = "holds spaces or characters that an address can't have"
    NOT_HTTP = "must begin with https://"
    NO_HOST = "names no host"
    NOT_PLAIN = "must be a plain address, without user name, ? or #"
    NOT_ENCRYPTED = "must begin with https://, or the credentials could be read on the way"
    NO_ADDRESS = "is not an address"
    EMPTY = "is empty"
    NOT_HEADER_SAFE = "holds spaces or characters that a header can't have"
    NOT_LEYRS = "is answered, but not by Leyr"


class BadConnection(ValueError):
    """The settings can't be used. `part` names the setting; the message never holds the client id or secret."""

    def __init__(self, part: str, fault: ConnectionFault) -> None:
        super().__init__(f"{part}: {fault}")
        self.part = part
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Connection:
    """The API's address (kept without a trailing slash), the EHR's code and the application's two credentials
    (`leyr-api.md` 1.1, 1.2). Raises `BadConnection` for anything that could not be sent, or would send the credentials
    unencrypted to another machine."""

    url: str
    emr: str
    client_id: str
    client_secret: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", _checked_url(self.url))
        for part in ("emr", "client_id", "client_secret"):
            _check_header_safe(part, getattr(self, part))

    @property
    def encrypted(self) -> bool:
        return self.url.startswith("https:")

    @property
    def loopback(self) -> bool:
        """Whether Leyr is this very machine: no proxy then, and plain http is allowed."""
        return _is_loopback(urlsplit(self.url).hostname or "")


def _checked_url(url: str) -> str:
    if not url.isascii() or any(c.isspace() or not c.isprintable() for c in url):
        raise BadConnection("url", ConnectionFault.ODD_CHARACTERS)
    parts = _split(url)
    if parts.scheme not in ("http", "https") or not url.startswith(f"{parts.scheme}://"):
        raise BadConnection("url", ConnectionFault.NOT_HTTP)
    if not parts.hostname:
        raise BadConnection("url", ConnectionFault.NO_HOST)
    if "@" in parts.netloc or "?" in url or "#" in url:
        raise BadConnection("url", ConnectionFault.NOT_PLAIN)
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise BadConnection("url", ConnectionFault.NOT_ENCRYPTED)
    return url.rstrip("/")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises if it is not a port number
    except ValueError:
        raise BadConnection("url", ConnectionFault.NO_ADDRESS) from None
    return parts


def _check_header_safe(part: str, value: str) -> None:
    """A line break pasted along with a secret would otherwise surface in h11's error text, secret and all."""
    if not value:
        raise BadConnection(part, ConnectionFault.EMPTY)
    if not value.isascii() or any(not "!" <= c <= "~" for c in value):
        raise BadConnection(part, ConnectionFault.NOT_HEADER_SAFE)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
