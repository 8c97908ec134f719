"""Timeslots, and appointments: as Leyr states them, and as this clinic's desks know them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from receptionapp.domain.patient import Person


@dataclass(frozen=True, slots=True)
class Timeslot:
    """One bookable time of one resource for one service (`leyr-api.md` 3.5); assumes TIMESLOTS_OVERLAP and
    TIMES_ARE_ONLINE_TIMES. `start` and `end` keep the offset Leyr
    sent, for booking to send back; they compare and hash by instant."""

    start: datetime
    end: datetime
    resource_id: str
    healthcare_service_id: str

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether any instant is shared with `start` (included) to `end` (excluded)."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class SlotHold:
    """`desk` is the other desk's name, `user` the named person at it, "" if nobody."""

    care_unit_id: str
    resource_id: str
    start: datetime
    end: datetime
    desk: str
    user: str = field(default="", repr=False)

    def is_on(self, care_unit_id: str, resource_id: str, start: datetime, end: datetime) -> bool:
        """Whether it shares time with `start` (included) to `end` (excluded) of that resource."""
        same = (self.care_unit_id, self.resource_id) == (care_unit_id, resource_id)
        return same and self.start < end and start < self.end


BOOKED = "booked"
AWAITING_CONFIRMATION = "awaiting_confirmation"
COMPLETED = "completed"
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment in Leyr's words (`leyr-api.md` 3.9). `status` is an open set: an unlisted one stays as sent.
    Assumes STATUSES_OPEN."""

    id: str
    status: str
    start: datetime
    end: datetime
    care_unit_id: str | None = None
    patient_id: str | None = field(default=None, repr=False)
    resource_id: str | None = None
    healthcare_service_id: str | None = None
    comment: str | None = field(default=None, repr=False)


class Standing(StrEnum):
    """How one of our appointments stands. Drawn by shape and text, never by colour alone."""

    SENDING = "sending"  # a booking is under way; Leyr has not decided
    BOOKED = "booked"
    AWAITING_CODE = "awaiting_code"  # booked only when the patient's code is entered (`leyr-api.md` 4.3)
    CANCELLING = "cancelling"  # a cancellation is under way; it still stands
    CANCEL_AWAITING_CODE = "cancel_awaiting_code"  # still stands until the code is entered (`leyr-api.md` 4.4)
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    REFUSED = "refused"  # never became an appointment
    BOOKING_UNKNOWN = "booking_unknown"  # no answer came: it may exist
    CANCELLING_UNKNOWN = "cancelling_unknown"  # no answer came: it may still stand
    OTHER = "other"  # a status this version does not know; it still takes its time

    @property
    def takes_time(self) -> bool:
        """Whether the time must be treated as taken. Anything not surely gone counts as taken."""
        return self is not Standing.CANCELLED and self is not Standing.REFUSED

    @property
    def under_way(self) -> bool:
        return self in (Standing.SENDING, Standing.CANCELLING)

    @property
    def unknown(self) -> bool:
        return self in (Standing.BOOKING_UNKNOWN, Standing.CANCELLING_UNKNOWN)


@dataclass(frozen=True, slots=True)
class OwnAppointment:
    """An appointment that a desk of this clinic booked, or tried to book: one row of the ledger.

    `key` is ours; `appointment_id` is Leyr's, and the only way to cancel (`leyr-api.md` 12.18, assumes ID_LASTS and
    ONLY_OWN_IDS); `leyr_status` is Leyr's last word, raw. `replaced_by` is the key of the one that a move puts in its
    place. `changed_at`, UTC, makes no other appointment of it.
    """

    key: UUID
    care_unit_id: str
    timeslot: Timeslot
    person: Person
    standing: Standing
    appointment_id: str | None = None
    leyr_status: str | None = None
    comment: str | None = field(default=None, repr=False)
    cancel_reason: str | None = field(default=None, repr=False)
    replaced_by: UUID | None = None
    changed_at: datetime | None = field(default=None, compare=False)

    @property
    def start(self) -> datetime:
        return self.timeslot.start

    @property
    def end(self) -> datetime:
        return self.timeslot.end


def find_clash(reference: str, timeslot: Timeslot, known: Iterable[OwnAppointment]) -> OwnAppointment | None:
    """An appointment of that person that shares time with the timeslot, whoever it is with, in whatever care unit.
    Assumes PATIENT_TWICE_AT_ONCE."""
    theirs = (own for own in known if own.person.reference == reference and own.standing.takes_time)
    return next((own for own in theirs if timeslot.overlaps(own.start, own.end)), None)


def standing_from_status(status: str) -> Standing:
    """Read Leyr's answer to a booking, or its list of appointments (`leyr-api.md` 4.1)."""
    return {
        BOOKED: Standing.BOOKED,
        AWAITING_CONFIRMATION: Standing.AWAITING_CODE,
        COMPLETED: Standing.COMPLETED,
        CANCELLED: Standing.CANCELLED,
    }.get(status, Standing.OTHER)
