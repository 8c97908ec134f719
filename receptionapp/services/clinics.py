"""Care units, and the resources and services in them."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from receptionapp.domain.clinic import CareUnit, Clinic
from receptionapp.domain.outcome import Reading, ReadingFailed
from receptionapp.domain.problem import Problem, Reason
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.errors import LeyrError
from receptionapp.services.clock import Clock
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded, ReadsUnderWay, Told

KEPT_FOR = timedelta(minutes=15)  # `design.md` 6


@dataclass(frozen=True, slots=True)
class _Known:
    clinic: Clinic
    read_at: datetime  # UTC


class Clinics:
    """Opens care units. What was read is kept for 15 minutes."""

    def __init__(self, client: LeyrClient, store: BookStore, clock: Clock) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._care_units: tuple[CareUnit, ...] = ()
        self._known: dict[str, _Known] = {}

    async def open(self, care_unit_id: str | None, *, again: bool = False) -> bool:
        """Show a care unit: the wished one, or the first if it is None or no longer there.

        `again` reads everything anew. Returns whether a clinic is now shown; a failure is told through the store.
        """
        self._store.apply(ReadsUnderWay(+1))
        try:
            clinic = await self._read(care_unit_id, again)
        except LeyrError as error:
            self._store.apply(Told(ReadingFailed(Reading.CLINIC, error.problem)))
            return False
        finally:
            self._store.apply(ReadsUnderWay(-1))
        if clinic is None:
            self._store.apply(Told(ReadingFailed(Reading.CLINIC, Problem(Reason.NO_CARE_UNITS))))
            return False
        self._store.apply(ClinicLoaded(self._care_units, clinic))
        return True

    async def _read(self, care_unit_id: str | None, again: bool) -> Clinic | None:
        if again or not self._care_units:
            self._care_units = tuple(await self._client.care_units())
        if not self._care_units:
            return None
        care_unit = next((c for c in self._care_units if c.id == care_unit_id), self._care_units[0])
        known = self._known.get(care_unit.id)
        if known and not again and self._clock() - known.read_at < KEPT_FOR:
            return known.clinic
        resources, services = await asyncio.gather(
            self._client.resources(care_unit.id), self._client.services(care_unit.id)
        )
        clinic = Clinic(care_unit, tuple(resources), tuple(services))
        self._known[care_unit.id] = _Known(clinic, self._clock())
        return clinic
