"""Care units, resources and services; and what the EHR behind them can do, on which kind of line."""

from dataclasses import dataclass, replace
from enum import StrEnum

from receptionapp.domain.national_number import Country


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
    """A bookable kind of appointment (`leyr-api.md` 3.4). Its length is only known from its timeslots: assumes
    LENGTH_FROM_TIMESLOTS."""

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


class Action(StrEnum):
    """Everything the program may ask Leyr for (`leyr-api.md` 8)."""

    READ_TIMESLOTS = "read_timeslots"
    CREATE_PATIENT = "create_patient"
    GET_PATIENT = "get_patient"
    SEARCH_PATIENTS = "search_patients"
    FIND_BY_NATIONAL_NUMBER = "find_by_national_number"
    BOOK = "book"
    CANCEL = "cancel"
    LIST_APPOINTMENTS = "list_appointments"
    MOVE = "move"


class Support(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"  # nobody has said; may be tried


@dataclass(frozen=True, slots=True)
class Capabilities:
    """One EHR's row of the matrix. The EHR's name is given with every control that is greyed out."""

    emr: str
    name: str  # as people call it: "Konfidens"
    support: dict[Action, Support]
    two_step: bool = False
    needs_national_number: bool = False
    needs_phone: bool = False
    national_number_country: Country = Country.NORWAY  # whose national numbers its patients have

    def can(self, action: Action) -> bool:
        """Whether a control for it may be enabled: stated, or not known to be missing."""
        return self.support.get(action, Support.UNKNOWN) is not Support.NO

    def without(self, action: Action) -> "Capabilities":
        """The row after the EHR answered that it can't."""
        return replace(self, support={**self.support, action: Support.NO})


class ConnectionProfile(StrEnum):
    """What a number, a booking or a picture of the screen may be about."""

    PRACTICE = "practice"  # the made-up clinic inside the program
    TEST = "test"  # a connection over the network that somebody marked as one for tests: assumes ONE_HOST
    LIVE = "live"

    @property
    def takes_made_up_people(self) -> bool:
        """A made-up person in a real clinic's records is found by nobody, and billed to nobody."""
        return self is not ConnectionProfile.LIVE


class ConnectionStep(StrEnum):
    """In the order in which they are proven: each rests on those before."""

    ADDRESS = "address"
    CERTIFICATE = "certificate"
    CREDENTIALS = "credentials"
    EMR = "emr"
    CARE_UNITS = "care_units"
