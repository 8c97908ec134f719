"""Care units with their resources and services: read, and kept in a file (nothing of a patient) for a start offline."""

import asyncio
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.domain.clock import Clock
from receptionapp.domain.intent import ReadFailure, ReadSubject
from receptionapp.domain.problem import Problem, Reason
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.errors import LeyrError
from receptionapp.services.availability import Availability
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import CapabilitiesKnown, ClinicLoaded, ReadsUnderWay, UserNotified
from receptionapp.system.file_reading import parse_json, read_file
from receptionapp.system.paths import write_atomically


class ClinicCache:
    """`whose` tells one connection from another: what was read over one is never shown for the other."""

    def __init__(self, path: Path, whose: str) -> None:
        self._path = path
        self._whose = whose

    def read(self) -> Clinic | None:
        """None where there is none, it is another connection's, or it can't be read."""
        try:
            kept = parse_json(read_file(self._path))
            if kept["whose"] != self._whose:
                return None
            return Clinic(
                CareUnit(**kept["care_unit"]),
                tuple(Resource(**each) for each in kept["resources"]),
                tuple(HealthcareService(**each) for each in kept["services"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, clinic: Clinic) -> None:
        """Write it for the next start. A failure is ignored: nothing is lost today."""
        text = json.dumps({"whose": self._whose, **asdict(clinic)}, ensure_ascii=False, indent=1)
        with suppress(OSError):
            write_atomically(self._path, text.encode)


KEPT_FOR = timedelta(minutes=15)  # 15 to 30 are careful (`leyr-api.md` 7)


@dataclass(frozen=True, slots=True)
class _Known:
    clinic: Clinic
    read_at: datetime  # UTC


class Clinics:
    """Opens care units. What was read is kept for 15 minutes; and the clinic that was shown last in a file, for a start
    without a line."""

    def __init__(self, client: LeyrClient, store: BookStore, clock: Clock, kept: ClinicCache | None = None) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._care_units: tuple[CareUnit, ...] = ()
        self._known: dict[str, _Known] = {}
        self._kept = kept
        self._written: Clinic | None = None

    @property
    def any_read(self) -> bool:
        """Whether the clinic on screen is Leyr's word in this run."""
        return bool(self._known)

    async def open(self, care_unit_id: str | None, *, again: bool = False) -> bool:
        """Show the wished care unit, or the first. `again` reads anew. Returns whether one is shown; a failure is
        told."""
        self._store.apply(ReadsUnderWay(+1))
        try:
            clinic = await self._read(care_unit_id, again)
        except LeyrError as error:
            self._store.apply(UserNotified(ReadFailure(ReadSubject.CLINIC, error.problem)))
            await self._show_kept(care_unit_id)
            return False
        finally:
            self._store.apply(ReadsUnderWay(-1))
        if clinic is None:
            self._store.apply(UserNotified(ReadFailure(ReadSubject.CLINIC, Problem(Reason.NO_CARE_UNITS))))
            return False
        self._store.apply(ClinicLoaded(self._care_units, clinic))
        return True

    async def save_to_cache(self) -> None:
        """Write down the clinic on screen for the next start. After what the screen waits for."""
        clinic = self._store.snapshot.clinic
        if self._kept is not None and clinic is not None and clinic is not self._written:
            self._written = clinic
            await asyncio.to_thread(self._kept.write, clinic)

    async def _show_kept(self, care_unit_id: str | None) -> None:
        """Show the clinic that was kept in the file, unless another care unit was asked for."""
        if self._kept is None or self._store.snapshot.clinic is not None:
            return
        clinic = await asyncio.to_thread(self._kept.read)
        if clinic is None or care_unit_id not in (None, clinic.care_unit.id):
            return
        if self._store.snapshot.clinic is None:
            self._store.apply(ClinicLoaded((clinic.care_unit,), clinic))

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


@dataclass(frozen=True, slots=True)
class ClinicPreload:
    """Reads only. The desk goes on with the same services, so that nothing is read twice."""

    clinics: Clinics
    availability: Availability

    @classmethod
    def create(
        cls, client: LeyrClient, store: BookStore, clock: Clock, kept: ClinicCache | None = None
    ) -> "ClinicPreload":
        store.apply(CapabilitiesKnown(client.capabilities))
        return cls(Clinics(client, store, clock, kept), Availability(client, store, clock))

    async def load(self, care_unit_id: str | None) -> None:
        if await self.clinics.open(care_unit_id):
            await self.availability.load_view()
            await self.clinics.save_to_cache()
