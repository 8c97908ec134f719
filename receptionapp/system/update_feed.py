"""Whether there is a newer version: a signed notice at an address that the administrator chose. Installs nothing.

Two files are read, the notice (JSON) and beside it, with ".sig" after its name, an Ed25519 signature over its bytes, in
base64. Nothing is sent but the request itself. A notice older than one seen before, or of no newer version, says
nothing: whoever can replay an old one must not talk anybody into an old version.
"""

import base64
import binascii
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

OFF = "off"
LARGEST = 64 * 1024  # bytes
PATIENCE = 10.0  # seconds of silence
LONGEST_NEWS = 160  # characters, one line
_VERSION = re.compile(r"\d{1,5}(\.\d{1,5}){1,3}")


class FeedRefused(Exception):
    """The notice can't be had or must not be believed; the text is why, for diagnostics, and holds nothing of it."""


@dataclass(frozen=True, slots=True)
class Update:
    """`news` is one line, by language; `link` is https and is opened only when somebody presses it."""

    version: str
    issued: date
    news: Mapping[str, str]
    link: str

    def newer_than(self, version: str) -> bool:
        return _numbers(self.version) > _numbers(version)


def read_feed(address: str, key: str) -> Update:
    """Ask for the notice and believe it only with a signature by `key` (base64). Blocks; raises FeedRefused."""
    if not _may_be_asked(address):
        raise FeedRefused("the address must begin with https://")
    body = _fetch(address)
    _verify(body, _fetch(address + ".sig"), key)
    return _parse(body)


def _may_be_asked(address: str) -> bool:
    parts = urlsplit(address)
    if not parts.hostname or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _fetch(address: str) -> bytes:
    import ssl
    import urllib.request
    from http.client import HTTPException

    import truststore

    class NoRedirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any, **__: Any) -> None:
            return None  # urllib then raises the redirect as an error

    secure = urllib.request.HTTPSHandler(context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    opener = urllib.request.build_opener(NoRedirects, secure)
    try:
        with opener.open(address, timeout=PATIENCE) as answer:
            body: bytes = answer.read(LARGEST + 1)
    except (OSError, HTTPException, ValueError) as error:
        raise FeedRefused(f"not read: {type(error).__name__}") from None
    if len(body) > LARGEST:
        raise FeedRefused("too long")
    return body


def _verify(body: bytes, signature: bytes, key: str) -> None:
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(base64.b64decode(key, validate=True)).verify(body, base64.b64decode(signature.strip(), validate=True))
    except (CryptoError, ValueError, TypeError, binascii.Error):
        raise FeedRefused("not signed by the key in the settings") from None


def _parse(body: bytes) -> Update:
    try:
        values = json.loads(body)
        version, link = values["version"], values["link"]
        news = {str(language): _one_line(text) for language, text in values["news"].items()}
        issued = date.fromisoformat(values["issued"])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise FeedRefused("signed, but no notice") from None
    link_parts = urlsplit(link) if isinstance(link, str) and link.isascii() and link.isprintable() else None
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise FeedRefused("no version in it")
    if link_parts is None or link_parts.scheme != "https" or not link_parts.hostname or "@" in link_parts.netloc:
        raise FeedRefused("its link is not https")
    return Update(version, issued, news, link)


def _one_line(text: str) -> str:
    plain = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    line = " ".join(plain.split())
    return line if len(line) <= LONGEST_NEWS else line[: LONGEST_NEWS - 1] + "…"


def _numbers(version: str) -> tuple[int, ...]:
    """Without trailing zeros: 1.2 is 1.2.0."""
    numbers = [int(part) for part in version.split(".") if part.isdigit()]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
