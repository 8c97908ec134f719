"""Looking for a newer version at most once a day, by a signed notice at an address that the administrator chose.

The notice (JSON) has beside it, with ".sig" after its name, an Ed25519 signature in base64. One older than one seen
before says nothing: a replayed notice must not talk anybody into an old version.
"""

import base64
import binascii
import json
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from receptionapp.system.file_reading import parse_json, read_file
from receptionapp.system.paths import write_atomically

OFF = "off"
LARGEST = 64 * 1024  # bytes
TIMEOUT = 10.0  # seconds of silence
LONGEST_SUMMARY = 160  # characters, one line
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
        with opener.open(address, timeout=TIMEOUT) as answer:
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
        values = parse_json(body)
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
    return line if len(line) <= LONGEST_SUMMARY else line[: LONGEST_SUMMARY - 1] + "…"


def _numbers(version: str) -> tuple[int, ...]:
    """Without trailing zeros: 1.2 is 1.2.0."""
    numbers = [int(part) for part in version.split(".") if part.isdigit()]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


@dataclass(frozen=True, slots=True)
class UpdateMemory:
    """`asked_on` is when the feed was last asked; `issued` and `version` are the newest that were signed."""

    asked_on: str = ""
    issued: str = ""
    version: str = ""
    trouble: str = ""


def load_update_memory(file: Path) -> UpdateMemory:
    """Raises nothing: without a memory the feed is asked again."""
    try:
        values = parse_json(read_file(file))
        return UpdateMemory(**{name: str(values[name]) for name in asdict(UpdateMemory())})
    except (OSError, ValueError, TypeError, KeyError):
        return UpdateMemory()


def find_update(address: str, key: str, current: str, file: Path, today: date) -> Update | None:
    """The newer version there is, if it was not asked for today already. Blocks; raises nothing."""
    seen = load_update_memory(file)
    if not address or address == OFF or seen.asked_on == today.isoformat():
        return None
    seen = replace(seen, asked_on=today.isoformat(), trouble="")
    found: Update | None = None
    try:
        found = read_feed(address, key)
        if found.issued.isoformat() < seen.issued or (seen.version and _older(found, seen.version)):
            raise FeedRefused("older than one seen before")
        seen = replace(seen, issued=found.issued.isoformat(), version=found.version)
    except FeedRefused as refused:
        found, seen = None, replace(seen, trouble=str(refused))
    _remember(file, seen)
    return found if found is not None and found.newer_than(current) else None


def _older(found: Update, version: str) -> bool:
    return replace(found, version=version).newer_than(found.version)


def _remember(file: Path, seen: UpdateMemory) -> None:
    with suppress(OSError):  # asked again at the next start
        write_atomically(file, json.dumps(asdict(seen)).encode)
