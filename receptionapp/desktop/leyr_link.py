"""The line to Leyr: over the network, or to the sandbox inside this process. Imports late, off the UI thread."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from receptionapp.domain.clock import Clock
from receptionapp.system.paths import DataFolder

if TYPE_CHECKING:
    from receptionapp.domain.practice_days import FirstPage
    from receptionapp.ledger.ledger import Ledger
    from receptionapp.leyr.calling import OnWait
    from receptionapp.leyr.client import LeyrClient
    from receptionapp.leyr.connection import Connection
    from receptionapp.sandbox import Sandbox


PRACTICE_UNDER_WAY = 2
"""Requests under way to the clinic in this process, whose threads take turns with the screen: with eight, a week of 20
resources holds it up for twice as long and is there no sooner."""


@dataclass(frozen=True, slots=True)
class LeyrLink:
    """A client, and the sandbox it speaks to in practice mode. `emr` names the EHR's share of the ledger."""

    client: "LeyrClient"
    emr: str
    sandbox: "Sandbox | None" = None

    async def close_sandbox(self) -> None:
        if self.sandbox is not None:
            await asyncio.to_thread(self.sandbox.close)

    async def choose_first_page(self, care_unit_id: str | None, zone: ZoneInfo, now: datetime) -> "FirstPage | None":
        """In practice mode, the page to begin with at `now` (UTC); None for a real clinic, which begins with today."""
        if self.sandbox is None:
            return None
        from receptionapp.services.first_page import choose_first_page

        return await asyncio.to_thread(choose_first_page, self.sandbox, care_unit_id, zone, now)

    async def seed_practice(self, ledger: "Ledger", page: "FirstPage", zone: ZoneInfo) -> None:
        """Fill that page and the days around it, if they lack appointments. Raises LedgerError, LeyrError."""
        if self.sandbox is None:
            return
        from receptionapp.domain.patient import Patient
        from receptionapp.services.practice_history import seed_ledger

        seeded = await asyncio.to_thread(self.sandbox.patients)
        patients = [Patient(p.id, p.emr_id, p.first_name, p.last_name, p.external_id, p.phones) for p in seeded]
        await seed_ledger(self.client, ledger, patients[: len(patients) // 2], page, zone)


async def connect_to_leyr(connection: "Connection", on_wait: "OnWait") -> LeyrLink:
    """`on_wait` hears of every read that is tried again."""
    await asyncio.to_thread(import_module, "receptionapp.leyr.client")
    from receptionapp.leyr.client import LeyrClient

    return LeyrLink(LeyrClient(connection, on_wait=on_wait), connection.emr)


async def open_practice_clinic(folder: DataFolder, clock: Clock) -> LeyrLink:
    """Connect inside the process: no socket and no limit on the pace. The clinic is kept in a file between starts."""
    sandbox_module = await asyncio.to_thread(import_module, "receptionapp.sandbox")
    await asyncio.to_thread(import_module, "receptionapp.leyr.client")
    from receptionapp.leyr.client import LeyrClient
    from receptionapp.leyr.connection import Connection
    from receptionapp.leyr.pace import Limits

    sandbox = await asyncio.to_thread(lambda: sandbox_module.Sandbox(file=folder.root / "sandbox.sqlite3", now=clock))
    app = await asyncio.to_thread(sandbox_module.create_app, sandbox)
    connection = Connection("http://127.0.0.1/api", sandbox.profile.emr, sandbox.client_id, sandbox.client_secret)
    client = LeyrClient(connection, asgi_app=app, limits=Limits(PRACTICE_UNDER_WAY, per_second=1000, burst=1000))
    return LeyrLink(client, "practice", sandbox)
