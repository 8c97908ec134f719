"""Opens the ledger, and where that fails lets a person choose what to do, until it is open.

Free times stay on screen meanwhile; nothing can be booked, and no file is put aside unless a person said so twice.
"""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ui.strips.ledger import Choice, LedgerNotice

if TYPE_CHECKING:
    from receptionapp.ledger.key import LedgerKey
    from receptionapp.ledger.ledger import Ledger

T = TypeVar("T")

WAITS = (1, 2, 4, 8, 15)
"""Seconds between attempts to reach a server, the last for ever."""

OpenWith = Callable[["LedgerKey | None"], Awaitable["Ledger"]]


class LedgerOpening:
    """One ledger that is being opened. `encrypted_file` is None where it is kept on a server, or in the open."""

    def __init__(self, encrypted_file: Path | None, open_with: OpenWith, notice: LedgerNotice) -> None:
        self.key: LedgerKey | None = None
        self._file = encrypted_file
        self._open_with = open_with
        self._notice = notice
        self._trouble: tuple[str, bool] | None = None
        self._waits = chain(WAITS, repeat(WAITS[-1]))
        self._chosen: asyncio.Future[Choice | None] = asyncio.get_running_loop().create_future()

    async def open(self) -> "Ledger | None":
        """Returns once the ledger is open, however often that takes; None if it was given up."""
        return await self._until(self._open_as)

    async def until_read(self, read: Callable[[], Awaitable[None]]) -> bool:
        """Have `read` something of the open ledger without which nobody may be shown it; False if it was given up."""

        async def as_asked(_choice: Choice) -> bool:
            await read()
            return True

        return await self._until(as_asked) is not None

    def give_up(self) -> None:
        """Nobody waits for it any more: another connection is opened instead."""
        self._trouble = None
        self._notice.put_away()
        self._choose(None)

    def show_on(self, notice: LedgerNotice) -> None:
        """Another window has taken the place of the one before."""
        self._notice = notice
        if self._trouble is not None:
            notice.show_trouble(*self._trouble, self._choose)

    async def _until(self, attempt: Callable[[Choice], Awaitable[T]]) -> T | None:
        from receptionapp.ledger.errors import LedgerError
        from receptionapp.services.ledger_key import NoLedgerKey

        choice: Choice | None = Choice()
        while choice is not None:
            try:
                done = await attempt(choice)
            except (LedgerError, NoLedgerKey) as error:
                choice = await self._ask(error.fault)
            else:
                self._trouble = None
                self._notice.put_away()
                return done
        return None

    async def _open_as(self, choice: Choice) -> "Ledger":
        """Raises LedgerError, NoLedgerKey."""
        if self._file is None:
            return await self._open_with(None)
        from receptionapp.ledger.errors import LedgerError, LedgerFault
        from receptionapp.ledger.files import move_aside
        from receptionapp.services.ledger_key import find_key, key_that_fits

        try:
            if choice.begins_anew:
                await asyncio.to_thread(move_aside, self._file, "kept")
            if choice.typed_key:
                self.key = await key_that_fits(self._file, choice.typed_key)
            else:
                self.key = await find_key(self._file)
        except OSError as error:
            raise LedgerError(LedgerFault.NOT_WRITABLE) from error
        return await self._open_with(self.key)

    async def _ask(self, fault: str) -> Choice | None:
        self._trouble = (fault, await asyncio.to_thread(self._is_locked_file))
        self._chosen = asyncio.get_running_loop().create_future()
        self._notice.show_trouble(*self._trouble, self._choose)
        if fault == "server_gone":  # tried again without being asked
            asyncio.get_running_loop().call_later(next(self._waits), self._choose_on, self._chosen, Choice())
        return await self._chosen

    def _is_locked_file(self) -> bool:
        from receptionapp.ledger.key import mark_of

        try:
            return self._file is not None and mark_of(self._file) is not None
        except OSError:
            return False

    def _choose(self, choice: Choice | None) -> None:
        self._choose_on(self._chosen, choice)

    def _choose_on(self, chosen: "asyncio.Future[Choice | None]", choice: Choice | None) -> None:
        if not chosen.done():
            chosen.set_result(choice)
