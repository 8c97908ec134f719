"""One wished write from its preparation to its outcome (done, refused or unknown, never a guess), and what a later
check in the EHR tells."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.national_number import NumberDoubt
from receptionapp.domain.patient import NewPatient, Person
from receptionapp.domain.problem import Problem


class Verb(StrEnum):
    CREATE_PATIENT = "create_patient"
    BOOK = "book"
    CANCEL = "cancel"
    MOVE = "move"
    CONFIRM = "confirm"


class Stage(StrEnum):
    PREPARED = "prepared"  # written down, not sent
    SENT = "sent"  # may have left this machine
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


_NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.PREPARED: frozenset({Stage.SENT, Stage.REFUSED}),
    Stage.SENT: frozenset({Stage.DONE, Stage.REFUSED, Stage.UNKNOWN}),
    Stage.UNKNOWN: frozenset({Stage.DONE, Stage.REFUSED}),
    Stage.DONE: frozenset(),
    Stage.REFUSED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Intent:
    """A wish with a random id of its own. `subject` is the key of the ledger's appointment it is about; None for a
    patient to be created. `created_at` and `settled_at` are UTC."""

    id: UUID
    verb: Verb
    stage: Stage
    created_at: datetime
    subject: UUID | None = None
    settled_at: datetime | None = None
    leyr_reference: str | None = None
    reason: str | None = None  # a `Reason` value when refused or unknown


def may_become(now: Stage, then: Stage) -> bool:
    """The life cycle: prepared → sent → done | refused | unknown; prepared → refused; unknown → done | refused."""
    return then in _NEXT[now]


def after_crash(stage: Stage) -> Stage:
    """What a restart makes of an open intent: one never sent is refused, one sent is unknown."""
    return {Stage.PREPARED: Stage.REFUSED, Stage.SENT: Stage.UNKNOWN}.get(stage, stage)


class Outcome(StrEnum):
    DONE = "done"
    WAITING = "waiting"  # done when the patient's code is entered (`leyr-api.md` 4.3, 4.4)
    REFUSED = "refused"
    UNKNOWN = "unknown"
    HALF_DONE = "half_done"  # moved, but the old appointment still stands beside the new one


@dataclass(frozen=True, slots=True)
class WriteNotice:
    """`request` is the id the panel gave its wish. Of a move, `appointment` is the new one (the old one if it was
    refused) and `old` the one moved. `undo`: the wish was to undo an earlier one. `by` is whose wish it was, "" if not
    named."""

    request: UUID
    verb: Verb
    outcome: Outcome
    appointment: OwnAppointment | None = None
    person: Person | None = None
    problem: Problem | None = None
    alternatives: tuple[Timeslot, ...] = ()
    old: OwnAppointment | None = None
    undo: bool = False
    by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last outcome, if it can be taken back. `appointment` is the one booked, cancelled, or moved to; `old` the one
    moved."""

    verb: Verb
    appointment: OwnAppointment
    old: OwnAppointment | None = None


def outcome_of(own: OwnAppointment) -> Outcome:
    """Of a write that was answered."""
    waiting = own.standing in (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE)
    return Outcome.WAITING if waiting else Outcome.DONE


def undoable_from(notice: WriteNotice) -> Undoable | None:
    """What a press on Undo takes back from now on; neither an undo nor what a person settled."""
    own = notice.appointment
    if notice.outcome is not Outcome.DONE or notice.undo or notice.problem is not None or own is None:
        return None
    if notice.verb not in (Verb.BOOK, Verb.CANCEL, Verb.MOVE):
        return None
    return Undoable(notice.verb, own, notice.old)


class ReadSubject(StrEnum):
    """What the program was reading when it failed; nothing was changed by it."""

    ANYTHING = "anything"  # a call that is tried again by itself
    CLINIC = "clinic"
    TIMESLOTS = "timeslots"
    PEOPLE = "people"
    LEDGER = "ledger"
    SHARED_LEDGER = "shared_ledger"  # it is not the one any more that it was


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A read that gave no answer. `retry_in` is the seconds after which it is tried again; None when it is given up."""

    what: ReadSubject
    problem: Problem
    retry_in: float | None = None


class OutcomeHint(StrEnum):
    """Only ever a hint, shown beside an open task: it settles nothing."""

    PROBABLY_DONE = "probably_done"
    PROBABLY_NOT_DONE = "probably_not_done"
    SEVERAL = "several"  # more than one appointment fits
    CANT_TELL = "cant_tell"


@dataclass(frozen=True, slots=True)
class OutcomeCheck:
    """`at` is UTC."""

    hint: OutcomeHint
    at: datetime


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
