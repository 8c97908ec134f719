"""Secrets: Leyr's client secret and the ledger's key in the system's key store, and PINs as slow hashes."""

import asyncio
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

from receptionapp.domain.user import read_pin

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


T = TypeVar("T")

SECRET_VARIABLE = "RECEPTION_LEYR_CLIENT_SECRET"  # noqa: S105, the name of a variable
LEDGER_KEY_VARIABLE = "RECEPTION_LEDGER_KEY"
LEDGER_PASSWORD_VARIABLE = "RECEPTION_LEDGER_PASSWORD"  # noqa: S105, the name of a variable
LEDGER_URL_VARIABLE = "RECEPTION_LEDGER_URL"
SERVICE = "Reception for Leyr"


class KeyStoreError(Exception):
    """The secret could not be read or written."""


class NoKeyStore(KeyStoreError):
    """This computer has no key store that can be used here: none is installed, or none runs in this session."""


class KeyStoreLocked(KeyStoreError):
    """The key store is there and did not open: the person said no, or its password is needed."""


def managed_secret(environ: Mapping[str, str] = os.environ) -> str | None:
    """The secret that the environment gives, which goes before a saved one; None if it gives none."""
    return environ.get(SECRET_VARIABLE) or None


def managed_ledger_key(environ: Mapping[str, str] = os.environ) -> str | None:
    """The ledger's key as the environment gives it, unread; None if it gives none."""
    return environ.get(LEDGER_KEY_VARIABLE) or None


def managed_ledger_password(environ: Mapping[str, str] = os.environ) -> str | None:
    """Of the shared ledger's server: from a variable of its own, or out of the URL that the environment gives."""
    password = environ.get(LEDGER_PASSWORD_VARIABLE) or urlsplit(environ.get(LEDGER_URL_VARIABLE, "")).password
    return unquote(password) if password else None


def server_account(ledger_url: str) -> str:
    """`ledger_url` has no password in it."""
    return f"shared ledger at {ledger_url}"


def leyr_account(leyr_url: str, client_id: str) -> str:
    """A client id can be the same for tests and for real work, so the address is part of the name."""
    return f"{client_id} at {leyr_url}"


def ledger_account(mark: bytes) -> str:
    """Every ledger file has a key of its own, by the mark with which the file begins (`ledger/key.py`)."""
    return f"ledger {mark.hex()}"


async def read_secret(account: str) -> str | None:
    """The saved secret, None if there is none. May wait for a person to unlock the store. Raises KeyStoreError."""
    return await asyncio.to_thread(_ask, lambda store: store.get_password(SERVICE, account))


async def find_client_secret(leyr_url: str, client_id: str) -> str | None:
    """The client secret that the environment gives, else the saved one; None where there is none, or the key store
    does not give it. May wait for a person to unlock the store."""
    try:
        return managed_secret() or await read_secret(leyr_account(leyr_url, client_id))
    except KeyStoreError:
        return None


async def save_secret(account: str, secret: str) -> None:
    """Raises KeyStoreError; nothing was saved then."""
    await asyncio.to_thread(_ask, lambda store: store.set_password(SERVICE, account, secret))


def _ask(question: "Callable[[KeyringBackend], T]") -> T:
    """Ask this computer's key store, and sort its errors. Runs in a thread, the import (190 ms) too."""
    import keyring
    from keyring.errors import KeyringLocked, NoKeyringError

    try:
        return question(keyring.get_keyring())
    except NoKeyringError as error:
        raise NoKeyStore from error
    except KeyringLocked as error:
        raise KeyStoreLocked from error
    except Exception as error:  # the stores let errors of their own libraries through
        raise KeyStoreError from error


_OPERATIONS = 5
_MEMORY = 64 * 2**20  # bytes


def hash_pin(pin: str) -> str:
    """The text that is kept instead of the PIN, with its salt and cost."""
    from nacl.pwhash import argon2id

    return argon2id.str(read_pin(pin).encode(), opslimit=_OPERATIONS, memlimit=_MEMORY).decode("ascii").rstrip("\0")


def is_pin(kept: str, pin: str) -> bool:
    """Whether this is the PIN of which `hash_pin` made what is kept."""
    from nacl.exceptions import CryptoError
    from nacl.pwhash import argon2id

    try:
        return bool(argon2id.verify(kept.encode("ascii"), read_pin(pin).encode()))
    except CryptoError:
        return False
