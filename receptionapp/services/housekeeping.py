"""What the ledger needs while nobody looks: details no longer needed are wiped, and once a day it is copied."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from receptionapp.domain.clock import Clock
from receptionapp.ledger import personal_data
from receptionapp.ledger.backup import back_up_daily
from receptionapp.ledger.errors import LedgerError
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.system.settings import Settings

_log = logging.getLogger(__name__)

FIRST_AFTER = 60.0  # seconds from start, when the first rush is over
EVERY = 3600.0
_PAUSE = 0.05  # seconds between two slices, in which whoever books goes first

DOUBTED_AFTER = timedelta(days=30)
"""If the clock is this far ahead of the last day on which anything was written, it may be wrong. Then nothing is wiped
on that first day, because wiping can't be undone."""

RETENTION_DAYS = 90
BACKUPS = 14
_MOST = 36_500


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """How long details of people are kept after their last appointment, in days, and how many daily copies; 0 keeps
    the details for ever, and makes no copies."""

    retention_days: int = RETENTION_DAYS
    backups: int = BACKUPS

    @classmethod
    def from_settings(cls, settings: Settings) -> "RetentionRules":
        """As set; a value that is not a number counts as not set."""
        return cls(_number(settings.retention_days, RETENTION_DAYS), _number(settings.backups, BACKUPS))


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Of which file daily copies are made, with which key, and where."""

    file: Path
    key: LedgerKey | None
    folder: Path


class Housekeeping:
    """Of one open ledger. `copies` is None where it is kept on a server, which has copies of its own. `on_no_copy` is
    called once, until a copy can be made again."""

    def __init__(
        self,
        ledger: Ledger,
        keeping: RetentionRules,
        copies: BackupPlan | None,
        on_no_copy: Callable[[], None],
        clock: Clock,
    ) -> None:
        self._ledger = ledger
        self._keeping = keeping
        self._copies = copies
        self._on_no_copy = on_no_copy
        self._clock = clock
        self._doubted_on: datetime | None = None
        self._told = False
        self._log_holds_wiped = False

    async def run(self) -> None:
        """A while after start, and then every hour, for ever."""
        await asyncio.sleep(FIRST_AFTER)
        while True:
            await self.run_once()
            await asyncio.sleep(EVERY)

    async def run_once(self) -> None:
        """Wipe first, so that the copy no longer has what is wiped. What fails is tried again the next time."""
        try:
            await self._wipe()
        except LedgerError as error:
            _log.warning("details could not be wiped: %s", error.fault)
        try:
            await self._copy()
        except LedgerError as error:
            _log.warning("the ledger could not be copied: %s", error.fault)
            if not self._told:
                self._on_no_copy()
            self._told = True
        else:
            self._told = False

    async def _wipe(self) -> None:
        if not self._keeping.retention_days:
            return
        now = self._clock()
        since = now - timedelta(days=self._keeping.retention_days)
        if await self._clock_is_doubted(now, since):
            return
        while await self._ledger.wipe_old(since):
            self._log_holds_wiped = True
            await asyncio.sleep(_PAUSE)
        if self._log_holds_wiped:
            await self._ledger.truncate_log()
            self._log_holds_wiped = False

    async def _clock_is_doubted(self, now: datetime, since: datetime) -> bool:
        """Where it matters. That is written down once a day, so that the next day is a second one that says so."""
        today = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        written = await self._ledger.read(lambda c: personal_data.last_written(c, today))
        if written is not None and now - written <= DOUBTED_AFTER:
            return False
        due = await self._ledger.read(lambda c: personal_data.find_due(c, since, 1))
        if due and today != self._doubted_on:
            await self._ledger.write(personal_data.note_postponed)
            self._doubted_on = today
        return True

    async def _copy(self) -> None:
        if self._copies is None or not self._keeping.backups:
            return
        copies, today = self._copies, self._clock().astimezone().date()
        await asyncio.to_thread(
            back_up_daily, copies.file, copies.key, copies.folder, today, kept=self._keeping.backups
        )


def _number(text: str, otherwise: int) -> int:
    return min(int(text), _MOST) if text.isascii() and text.isdigit() else otherwise
