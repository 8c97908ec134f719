"""Wishes as a screen hands them over. Nothing heavy is imported here, since every panel does."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from receptionapp.domain.appointment import OwnAppointment, Timeslot
from receptionapp.domain.national_number import NumberDoubt
from receptionapp.domain.patient import NewPatient, Person


@dataclass(frozen=True, slots=True)
class BookRequest:
    """One wish to book. `id` is random, one a press, so that the panel knows its own answer."""

    care_unit_id: str
    timeslot: Timeslot
    person: Person
    comment: str = field(default="", repr=False)
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """`reason` goes to the EHR as the comment of the cancellation, where moving is booking anew and cancelling."""

    appointment: OwnAppointment
    timeslot: Timeslot
    reason: str = field(default="", repr=False)
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class CreateRequest:
    """One wish to create a patient, or to get the one who has the number already. `is_new`: a person says it is none of
    those it may be. `despite`: doubts about the number that a person has read."""

    care_unit_id: str
    patient: NewPatient
    is_new: bool = False
    despite: tuple[NumberDoubt, ...] = ()
    id: UUID = field(default_factory=uuid4)
