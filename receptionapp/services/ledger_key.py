"""Which key opens this desk's ledger: from the environment, the key store, or as typed. A new key is read back
first."""

import asyncio
import os
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from receptionapp.ledger.key import LedgerKey, mark_of
from receptionapp.system.credentials import (
    KeyStoreError,
    KeyStoreLocked,
    NoKeyStore,
    ledger_account,
    managed_ledger_key,
    read_secret,
    save_secret,
)


class KeyFault(StrEnum):
    MISSING = "missing"  # the key store has none for this file, or there is no store any more
    WRONG = "wrong"  # the key that is there, or was typed, is another file's
    UNREADABLE = "unreadable"  # the environment gives something that is no key
    NO_STORE = "no_store"  # to keep a new key in
    STORE_LOCKED = "store_locked"
    STORE_FAILED = "store_failed"


class NoLedgerKey(Exception):
    """The ledger can't be opened or begun; no file was touched."""

    def __init__(self, fault: KeyFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


async def find_key(path: Path, environ: Mapping[str, str] = os.environ) -> LedgerKey:
    """The key of the file at `path`; where there is none, the one to encrypt it with. The environment's goes before the
    key store's, unless the file is not its own. Raises NoLedgerKey; OSError where the file can't be read."""
    managed = _managed(environ)
    mark = await asyncio.to_thread(mark_of, path)
    if managed is not None and mark in (None, managed.mark):
        return managed
    try:
        return await _make() if mark is None else await _stored(mark)
    except NoLedgerKey as error:
        raise (NoLedgerKey(KeyFault.WRONG) if managed is not None else error) from error


async def find_existing_key(path: Path) -> LedgerKey | None:
    """The key of the file at `path`; None for one that is not encrypted, for which no key is made. Raises NoLedgerKey;
    OSError where the file can't be read."""
    return None if await asyncio.to_thread(mark_of, path) is None else await find_key(path)


async def accept_typed_key(path: Path, typed: str) -> LedgerKey:
    """The key that a person typed, kept in the key store if there is one. Raises NoLedgerKey(WRONG)."""
    try:
        key = LedgerKey.read(typed)
    except ValueError as error:
        raise NoLedgerKey(KeyFault.WRONG) from error
    if await asyncio.to_thread(mark_of, path) != key.mark:
        raise NoLedgerKey(KeyFault.WRONG)
    with suppress(KeyStoreError):
        await save_secret(ledger_account(key.mark), key.digits)
    return key


def _managed(environ: Mapping[str, str]) -> LedgerKey | None:
    given = managed_ledger_key(environ)
    try:
        return None if given is None else LedgerKey.read(given)
    except ValueError as error:
        raise NoLedgerKey(KeyFault.UNREADABLE) from error


async def _stored(mark: bytes) -> LedgerKey:
    try:
        found = await read_secret(ledger_account(mark))
    except NoKeyStore:
        found = None
    except KeyStoreError as error:
        raise _no_key(error) from error
    if found is None:
        raise NoLedgerKey(KeyFault.MISSING)
    try:
        key = LedgerKey.read(found)
    except ValueError as error:
        raise NoLedgerKey(KeyFault.WRONG) from error
    if key.mark != mark:
        raise NoLedgerKey(KeyFault.WRONG)
    return key


async def _make() -> LedgerKey:
    key = LedgerKey.new()
    try:
        await save_secret(ledger_account(key.mark), key.digits)
        kept = await read_secret(ledger_account(key.mark))
    except KeyStoreError as error:
        raise _no_key(error) from error
    if kept != key.digits:
        raise NoLedgerKey(KeyFault.STORE_FAILED)
    return key


def _no_key(error: KeyStoreError) -> NoLedgerKey:
    if isinstance(error, NoKeyStore):
        return NoLedgerKey(KeyFault.NO_STORE)
    return NoLedgerKey(KeyFault.STORE_LOCKED if isinstance(error, KeyStoreLocked) else KeyFault.STORE_FAILED)
