"""Everything this program has about one person, as the person may ask for it (GDPR art. 15), and the same as JSON."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.audit import AuditLine
from receptionapp.domain.clinic import Clinic
from receptionapp.domain.patient import Person

_GONE = (Standing.CANCELLED, Standing.REFUSED)
_OVER = (Standing.BOOKED, Standing.COMPLETED, Standing.OTHER)


@dataclass(frozen=True, slots=True)
class Provenance:
    """At which desk and by whom a row was first written, and when it was written first and last, UTC."""

    desk: str
    user: str = field(repr=False)
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class DisclosedAppointment:
    own: OwnAppointment
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class DisclosedIntent:
    """One wished write about the person. `subject` is the key of the appointment; times are UTC."""

    id: UUID
    verb: str
    stage: str
    subject: UUID | None
    provenance: Provenance
    settled_at: datetime | None = None
    leyr_reference: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """`person` is as the ledger has it, or as asked about where `provenance` is None. All lists are the oldest
    first."""

    emr: str
    person: Person = field(repr=False)
    provenance: Provenance | None
    wiped_at: datetime | None
    appointments: tuple[DisclosedAppointment, ...] = field(repr=False)
    intents: tuple[DisclosedIntent, ...] = field(repr=False)
    lines: tuple[AuditLine, ...] = field(repr=False)

    @property
    def may_be_wiped(self) -> bool:
        """Whether there is anything to wipe."""
        return self.provenance is not None and not self.person.is_wiped

    def still_needed_appointments(self, now: datetime) -> tuple[OwnAppointment, ...]:
        """The appointments for whose sake the details must stay. The ledger asks the same again
        (`ledger/personal_data.py`)."""
        return tuple(held.own for held in self.appointments if _is_needed(held.own, now))


def _is_needed(own: OwnAppointment, now: datetime) -> bool:
    if own.standing in _GONE:
        return False
    return own.end >= now or own.standing not in _OVER or own.replaced_by is not None


NOT_HERE = (
    "The electronic health record's own data about this person; it is asked for at the clinic, as the record's owner.",
    "The logs of Leyr, through which this program speaks to the health record; they are asked for at Leyr.",
)
"""What the person may also want to ask for, and where."""


def as_json(disclosure: Disclosure, clinic: Clinic | None, zone: ZoneInfo, made_at: datetime, by: str) -> str:
    """Times are in `zone`, with their offset. `clinic` gives resources and services their names. `by` made it."""

    def time(moment: datetime | None) -> str | None:
        return None if moment is None else moment.astimezone(zone).isoformat()

    def written(by_whom: Provenance | None) -> dict[str, Any] | None:
        if by_whom is None:
            return None
        return {
            "desk": by_whom.desk,
            "user": by_whom.user,
            "created_at": time(by_whom.created_at),
            "changed_at": time(by_whom.changed_at),
        }

    def appointment(held: DisclosedAppointment) -> dict[str, Any]:
        own, slot = held.own, held.own.timeslot
        return {
            "key": str(own.key),
            "appointment_id": own.appointment_id,
            "standing": own.standing,
            "status": own.leyr_status,
            "start": time(own.start),
            "end": time(own.end),
            "care_unit_id": own.care_unit_id,
            "resource": {
                "id": slot.resource_id,
                "name": clinic.resource_name(slot.resource_id) if clinic else None,
            },
            "healthcare_service": {
                "id": slot.healthcare_service_id,
                "name": clinic.service_name(slot.healthcare_service_id) if clinic else None,
            },
            "comment": own.comment,
            "cancel_reason": own.cancel_reason,
            "replaced_by": str(own.replaced_by) if own.replaced_by else None,
            "written": written(held.provenance),
        }

    def intent(held: DisclosedIntent) -> dict[str, Any]:
        return {
            "id": str(held.id),
            "verb": held.verb,
            "stage": held.stage,
            "appointment": str(held.subject) if held.subject else None,
            "settled_at": time(held.settled_at),
            "leyr_reference": held.leyr_reference,
            "reason": held.reason,
            "written": written(held.provenance),
        }

    def line(of: AuditLine) -> dict[str, Any]:
        return {
            "number": of.number,
            "at": time(of.at),
            "desk": of.desk,
            "user": of.user,
            "deed": of.action,
            "outcome": of.outcome,
            "appointment": str(of.appointment) if of.appointment else None,
            "leyr_reference": of.leyr_reference,
            "detail": of.detail,
        }

    person = disclosure.person
    whole = {
        "made_at": time(made_at),
        "made_by": by,
        "care_unit": clinic.care_unit.name if clinic else None,
        "emr": disclosure.emr,
        "person": {
            "reference": person.reference,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "birth_date": person.birth_date.isoformat() if person.birth_date else None,
            "phone": person.phone,
            "in_the_ledger": disclosure.provenance is not None,
            "wiped_at": time(disclosure.wiped_at),
            "written": written(disclosure.provenance),
        },
        "appointments": [appointment(held) for held in disclosure.appointments],
        "wishes": [intent(held) for held in disclosure.intents],
        "record": [line(of) for of in disclosure.lines],
        "not_here": NOT_HERE,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)
