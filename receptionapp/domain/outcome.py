"""What became of a wish: done, refused or unknown, never a guess."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.intent import Verb
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem
from receptionapp.domain.timeslot import Timeslot


class Outcome(StrEnum):
    DONE = "done"
    WAITING = "waiting"  # done when the patient's code is entered (`leyr-api.md` 4.3, 4.4)
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Notice:
    """What the message bar says about one write.

    `request` is the id the panel gave its wish, so that it knows its own answer. `alternatives` are the nearest free
    times when the wished one was taken.
    """

    request: UUID
    verb: Verb
    outcome: Outcome
    appointment: OwnAppointment | None = None
    person: Person | None = None
    problem: Problem | None = None
    alternatives: tuple[Timeslot, ...] = ()


class Reading(StrEnum):
    """What the program was reading when it failed; nothing was changed by it."""

    ANYTHING = "anything"  # a call that is tried again by itself
    CLINIC = "clinic"
    TIMESLOTS = "timeslots"
    PEOPLE = "people"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class ReadingFailed:
    """A read that gave no answer. What was on screen stays, with its age. `again_in` is the number of seconds after
    which it is tried again by itself; None when it is given up."""

    what: Reading
    problem: Problem
    again_in: float | None = None
