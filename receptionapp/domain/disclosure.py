"""Everything this program has about one person, as the person may ask for it (GDPR art. 15)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.audit import AuditLine
from receptionapp.domain.patient import Person

_GONE = (Standing.CANCELLED, Standing.REFUSED)
_OVER = (Standing.BOOKED, Standing.COMPLETED, Standing.OTHER)


@dataclass(frozen=True, slots=True)
class Written:
    """At which desk and by whom a row was first written, and when it was written first and last, UTC."""

    desk: str
    user: str = field(repr=False)
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class HeldAppointment:
    own: OwnAppointment
    written: Written


@dataclass(frozen=True, slots=True)
class HeldIntent:
    """One wished write about the person. `subject` is the key of the appointment; times are UTC."""

    id: UUID
    verb: str
    stage: str
    subject: UUID | None
    written: Written
    settled_at: datetime | None = None
    leyr_reference: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """`person` is as the ledger has it, or as it was asked about where `written` is None: then the person was merely
    looked up, and the ledger has no row of theirs. Appointments and intents are the oldest first, as are the lines of
    the record of who did what."""

    emr: str
    person: Person = field(repr=False)
    written: Written | None
    wiped_at: datetime | None
    appointments: tuple[HeldAppointment, ...] = field(repr=False)
    intents: tuple[HeldIntent, ...] = field(repr=False)
    lines: tuple[AuditLine, ...] = field(repr=False)

    @property
    def may_be_wiped(self) -> bool:
        """Whether there is anything to wipe."""
        return self.written is not None and not self.person.is_wiped

    def still_needs(self, now: datetime) -> tuple[OwnAppointment, ...]:
        """The appointments for whose sake the details must stay: to come, not settled, or one too many after a move.
        The ledger asks the same again when it wipes (`ledger/wiping.py`)."""
        return tuple(held.own for held in self.appointments if _is_needed(held.own, now))


def _is_needed(own: OwnAppointment, now: datetime) -> bool:
    if own.standing in _GONE:
        return False
    return own.end >= now or own.standing not in _OVER or own.replaced_by is not None
