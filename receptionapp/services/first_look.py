"""The clinic and its free times, which need no ledger: they are shown while the ledger is still being opened."""

from dataclasses import dataclass

from receptionapp.leyr.client import LeyrClient
from receptionapp.services.availability import Availability
from receptionapp.services.clinics import Clinics
from receptionapp.services.clock import Clock, system_clock
from receptionapp.services.kept_clinic import KeptClinic
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import CapabilitiesKnown


@dataclass(frozen=True, slots=True)
class FirstLook:
    """Reads only. The desk goes on with the same services, so that nothing is read twice."""

    clinics: Clinics
    availability: Availability

    @classmethod
    def of(
        cls, client: LeyrClient, store: BookStore, clock: Clock = system_clock, kept: KeptClinic | None = None
    ) -> "FirstLook":
        store.apply(CapabilitiesKnown(client.capabilities))
        return cls(Clinics(client, store, clock, kept), Availability(client, store, clock))

    async def take(self, care_unit_id: str | None) -> None:
        if await self.clinics.open(care_unit_id):
            await self.availability.load_view()
            await self.clinics.keep()
