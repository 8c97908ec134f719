"""The guided tour of practice mode: five tasks, ticked off by what really happened, in whatever order."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from receptionapp.domain.intent import Outcome, Verb, WriteNotice
from receptionapp.store.change import AppointmentsChanged, Change, FreeTimeChecked, FreeTimesFound, UserNotified


class TourTask(StrEnum):
    """In the order in which they are offered."""

    NEXT_FREE = "next_free"
    MOVE = "move"
    CANCEL = "cancel"
    REGISTER = "register"
    UNKNOWN = "unknown"


class TourHint(StrEnum):
    """What is meant now."""

    WAIT = "wait"
    SEARCH = "search"
    TAKE_TIME = "take_time"
    CHOOSE_TIME = "choose_time"
    FIND_PATIENT = "find_patient"
    BOOK = "book"
    CHOOSE_APPOINTMENT = "choose_appointment"
    MOVE = "move"
    CHOOSE_NEW_TIME = "choose_new_time"
    MOVE_NOW = "move_now"
    CANCEL = "cancel"
    NEW_PATIENT = "new_patient"
    FILL_IN = "fill_in"
    OPEN_TASK = "open_task"
    LOOK = "look"
    IT_IS_THERE = "it_is_there"
    IT_IS_GONE = "it_is_gone"


class TourPanel(StrEnum):
    """What stands beside the book."""

    NOTHING = "nothing"
    FORM = "form"
    CARD = "card"
    NEXT_FREE = "next_free"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class TourScreen:
    """How the screen stands, as far as the tour cares. `person` is the reference of the one chosen in the form."""

    side: TourPanel = TourPanel.NOTHING
    time_chosen: bool = False  # in the form, or the new time of a move
    person: str | None = field(default=None, repr=False)
    sending: bool = False
    registering: bool = False
    can_move: bool = False  # the appointment on the card
    can_cancel: bool = False
    unknown: bool = False  # its outcome
    in_ehr: bool | None = None  # what a look in the EHR has shown; None before it


@dataclass(frozen=True, slots=True)
class TourProgress:
    """`newcomer` is the reference of the patient registered in it, `lost` the appointment whose answer was lost."""

    done: frozenset[TourTask] = frozenset()
    skipped: frozenset[TourTask] = frozenset()
    searched: bool = False
    newcomer: str | None = field(default=None, repr=False)
    lost: UUID | None = None
    latest: TourTask | None = None
    contradicted: bool = False

    @property
    def task(self) -> TourTask | None:
        """The one meant now; None when there is none left."""
        return next((lesson for lesson in TourTask if lesson not in self.done | self.skipped), None)

    @property
    def loses_an_answer(self) -> bool:
        """Whether the next answer to a booking must be lost."""
        return self.task is TourTask.UNKNOWN and self.lost is None


def skip_task(progress: TourProgress) -> TourProgress:
    """Go on without the lesson meant now."""
    lesson = progress.task
    return progress if lesson is None else replace(progress, skipped=progress.skipped | {lesson}, latest=None)


def apply_change(progress: TourProgress, change: Change) -> TourProgress:
    """What `change` ticks off. What is taken back with Undo stays done: it was learnt."""
    match change:
        case FreeTimesFound() | FreeTimeChecked():
            return replace(progress, searched=True)
        case AppointmentsChanged(appointments=rows):
            settled = next((own for own in rows if own.key == progress.lost and not own.standing.unknown), None)
            if settled is None:
                return progress
            return replace(_did(progress, TourTask.UNKNOWN), lost=None, contradicted=not settled.standing.takes_time)
        case UserNotified(what=WriteNotice() as notice) if not notice.undo:
            return _told(progress, notice)
    return progress


def _told(progress: TourProgress, notice: WriteNotice) -> TourProgress:
    own = notice.appointment
    if notice.outcome is Outcome.UNKNOWN and own is not None:
        return replace(progress, lost=own.key)
    if notice.outcome is not Outcome.DONE or notice.problem is not None:
        return progress
    match notice.verb:
        case Verb.CREATE_PATIENT:
            return replace(progress, newcomer=notice.person.reference) if notice.person else progress
        case Verb.BOOK:
            if own is not None and own.person.reference == progress.newcomer:
                return _did(progress, TourTask.REGISTER)
            return _did(progress, TourTask.NEXT_FREE) if own is not None and progress.searched else progress
        case Verb.MOVE:
            return _did(progress, TourTask.MOVE)
        case Verb.CANCEL:
            return _did(progress, TourTask.CANCEL)
        case Verb.CONFIRM:
            return progress


def _did(progress: TourProgress, lesson: TourTask) -> TourProgress:
    if lesson in progress.done:
        return progress
    return replace(progress, done=progress.done | {lesson}, skipped=progress.skipped - {lesson}, latest=lesson)


def next_hint(progress: TourProgress, seen: TourScreen) -> TourHint | None:
    """What to do now, however the screen came to stand as it does; None when the tour is over."""
    lesson = progress.task
    if lesson is None:
        return None
    if seen.sending:
        return TourHint.WAIT
    return {
        TourTask.NEXT_FREE: _next_free,
        TourTask.MOVE: _move,
        TourTask.CANCEL: _cancel,
        TourTask.REGISTER: _register,
        TourTask.UNKNOWN: _unknown,
    }[lesson](progress, seen)


def _next_free(progress: TourProgress, seen: TourScreen) -> TourHint:
    if seen.side is TourPanel.NEXT_FREE:
        return TourHint.TAKE_TIME
    if progress.searched and seen.side is TourPanel.FORM and seen.time_chosen:
        return _book(seen)
    return TourHint.SEARCH


def _move(_progress: TourProgress, seen: TourScreen) -> TourHint:
    if seen.side is TourPanel.MOVE:
        return TourHint.MOVE_NOW if seen.time_chosen else TourHint.CHOOSE_NEW_TIME
    return TourHint.MOVE if seen.side is TourPanel.CARD and seen.can_move else TourHint.CHOOSE_APPOINTMENT


def _cancel(_progress: TourProgress, seen: TourScreen) -> TourHint:
    return TourHint.CANCEL if seen.side is TourPanel.CARD and seen.can_cancel else TourHint.CHOOSE_APPOINTMENT


def _register(progress: TourProgress, seen: TourScreen) -> TourHint:
    if seen.registering:
        return TourHint.FILL_IN
    if progress.newcomer is None or (seen.person is not None and seen.person != progress.newcomer):
        return TourHint.NEW_PATIENT
    if seen.side is TourPanel.NEXT_FREE:
        return TourHint.TAKE_TIME
    return _book(seen) if seen.side is TourPanel.FORM and seen.time_chosen else TourHint.CHOOSE_TIME


def _unknown(progress: TourProgress, seen: TourScreen) -> TourHint:
    if progress.lost is not None:
        if seen.side is not TourPanel.CARD or not seen.unknown:
            return TourHint.OPEN_TASK
        if seen.in_ehr is None:
            return TourHint.LOOK
        return TourHint.IT_IS_THERE if seen.in_ehr else TourHint.IT_IS_GONE
    if seen.side is TourPanel.NEXT_FREE:
        return TourHint.TAKE_TIME
    return _book(seen) if seen.side is TourPanel.FORM and seen.time_chosen else TourHint.CHOOSE_TIME


def _book(seen: TourScreen) -> TourHint:
    return TourHint.FIND_PATIENT if seen.person is None else TourHint.BOOK
