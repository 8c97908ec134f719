"""Opens the ledger, this desk's file or the clinic's server. Where that fails a person chooses, until it is open."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from receptionapp.domain.clock import Clock
from receptionapp.system.logs import Redaction
from receptionapp.system.paths import DataFolder, desk_name, new_desk_id, read_desk_id
from receptionapp.system.settings import Settings
from ui.strips.ledger import LedgerChoice, LedgerStrip

if TYPE_CHECKING:
    from receptionapp.ledger.key import LedgerKey
    from receptionapp.ledger.ledger import Ledger
    from receptionapp.ledger.notifications import NotificationListener


T = TypeVar("T")

RETRY_DELAYS = (1, 2, 4, 8, 15)
"""Seconds between attempts to reach a server, the last for ever."""

FindFile = Callable[[], Path]
OpenWith = Callable[[Path | None, "LedgerKey | None"], Awaitable["Ledger"]]


class LedgerOpening:
    """One ledger that is being opened. `find_file` finds the encrypted file of this connection, and waits for the disk;
    it is None where the ledger is kept on a server, or in the open."""

    def __init__(self, find_file: FindFile | None, open_with: OpenWith, notice: LedgerStrip) -> None:
        self.key: LedgerKey | None = None
        self.file: Path | None = None
        self._find_file = find_file
        self._open_with = open_with
        self._notice = notice
        self._trouble: tuple[str, bool] | None = None
        self._waits = chain(RETRY_DELAYS, repeat(RETRY_DELAYS[-1]))
        self._chosen: asyncio.Future[LedgerChoice | None] = asyncio.get_running_loop().create_future()

    async def open(self) -> "Ledger | None":
        """Returns once the ledger is open, however often that takes; None if it was given up."""
        return await self._until(self._open_as)

    async def read_until_done(self, read: Callable[[], Awaitable[None]]) -> bool:
        """Repeat `read`, which must be done before any patient is shown, until it succeeds. False if it was given
        up."""

        async def as_asked(_choice: LedgerChoice) -> bool:
            await read()
            return True

        return await self._until(as_asked) is not None

    def set_notice(self, notice: LedgerStrip) -> None:
        """Another window has taken the place of the one before."""
        self._notice = notice
        if self._trouble is not None:
            notice.show_problem(*self._trouble, self._choose)

    async def _until(self, attempt: Callable[[LedgerChoice], Awaitable[T]]) -> T | None:
        from receptionapp.ledger.errors import LedgerError, OtherConnection
        from receptionapp.services.ledger_key import NoLedgerKey

        choice: LedgerChoice | None = LedgerChoice()
        while choice is not None:
            try:
                done = await attempt(choice)
            except OtherConnection as error:
                choice = await self._ask(error.fault) if self._find_file is None else LedgerChoice()
            except (LedgerError, NoLedgerKey) as error:
                choice = await self._ask(error.fault)
            else:
                self._trouble = None
                self._notice.hide_problem()
                return done
        return None

    async def _open_as(self, choice: LedgerChoice) -> "Ledger":
        """Raises LedgerError, NoLedgerKey."""
        if self._find_file is None:
            return await self._open_with(None, None)
        from receptionapp.ledger.errors import LedgerError, LedgerFault
        from receptionapp.ledger.sqlite_file import move_aside
        from receptionapp.services.ledger_key import accept_typed_key, find_key

        try:
            self.file = file = await asyncio.to_thread(self._find_file)
            if choice.begins_anew:
                await asyncio.to_thread(move_aside, file, "kept")
            if choice.typed_key:
                self.key = await accept_typed_key(file, choice.typed_key)
            else:
                self.key = await find_key(file)
        except OSError as error:
            raise LedgerError(LedgerFault.NOT_WRITABLE) from error
        return await self._open_with(file, self.key)

    async def _ask(self, fault: str) -> LedgerChoice | None:
        self._trouble = (fault, await asyncio.to_thread(self._is_locked_file))
        self._chosen = asyncio.get_running_loop().create_future()
        self._notice.show_problem(*self._trouble, self._choose)
        if fault == "server_gone":  # tried again without being asked
            asyncio.get_running_loop().call_later(next(self._waits), self._choose_on, self._chosen, LedgerChoice())
        return await self._chosen

    def _is_locked_file(self) -> bool:
        from receptionapp.ledger.key import mark_of

        try:
            return self.file is not None and mark_of(self.file) is not None
        except OSError:
            return False

    def _choose(self, choice: LedgerChoice | None) -> None:
        self._choose_on(self._chosen, choice)

    def _choose_on(self, chosen: "asyncio.Future[LedgerChoice | None]", choice: LedgerChoice | None) -> None:
        if not chosen.done():
            chosen.set_result(choice)


@dataclass(frozen=True, slots=True)
class JoinedLedger:
    """A shared ledger that is open, and what is heard from the other desks on it."""

    ledger: "Ledger"
    listening: "NotificationListener"


async def join_shared_ledger(
    settings: Settings, folder: DataFolder, emr: str, redaction: Redaction, clock: Clock
) -> JoinedLedger:
    """Open it as this desk; where another program goes by its id (a copied data folder), as a new one. Raises
    LedgerError."""
    from receptionapp.ledger.entry import Writer
    from receptionapp.ledger.errors import LedgerError, LedgerFault
    from receptionapp.ledger.ledger import Ledger
    from receptionapp.ledger.notifications import DeskIdInUse, NotificationListener
    from receptionapp.services.ledger_server import find_server

    server = await find_server(settings.ledger_url)
    redaction.hide(server.address.password)
    new_id = partial(new_desk_id, folder.desk)
    try:
        desk_id = await asyncio.to_thread(read_desk_id, folder.desk)
        ledger = await Ledger.open(server, Writer(emr, desk_name(settings.desk), desk_id=desk_id), clock)
        try:
            if settings.identity is not None:
                await ledger.claim(settings.identity)
            try:
                listening = await NotificationListener.start(server, desk_id, new_id)
            except DeskIdInUse:
                desk_id = await asyncio.to_thread(new_id)
                ledger.set_desk_id(desk_id)
                listening = await NotificationListener.start(server, desk_id, new_id)
        except BaseException:
            await ledger.close()
            raise
    except OSError as error:
        raise LedgerError(LedgerFault.NOT_WRITABLE) from error
    return JoinedLedger(ledger, listening)
