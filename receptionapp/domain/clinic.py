"""Where appointments take place: care units, the resources in them, and the services they offer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CareUnit:
    """A clinic or site (`leyr-api.md` 3.1)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A practitioner, room or piece of equipment that can be booked (`leyr-api.md` 3.2)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class HealthcareService:
    """A bookable kind of appointment (`leyr-api.md` 3.4). Its length is only known from its timeslots."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Clinic:
    """One care unit with what can be booked in it."""

    care_unit: CareUnit
    resources: tuple[Resource, ...]
    services: tuple[HealthcareService, ...]

    def resource_name(self, resource_id: str) -> str:
        """The display name, or the id itself for a resource that the clinic no longer lists."""
        return next((r.name for r in self.resources if r.id == resource_id), resource_id)

    def service_name(self, service_id: str) -> str:
        """The display name, or the id itself for a service that the clinic no longer lists."""
        return next((s.name for s in self.services if s.id == service_id), service_id)
