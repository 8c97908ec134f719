"""The tour's five tasks: what ticks them off, and what is meant next however the screen came to stand as it does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.free_times import SearchState
from receptionapp.domain.intent import Verb
from receptionapp.domain.outcome import Outcome, WriteNotice
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.domain.timeslot import Timeslot
from receptionapp.services.tour_progress import Hint, Lesson, Progress, Seen, Side, after, hint, skip
from receptionapp.store.change import AppointmentsChanged, FreeTimesFound, Told

KARI, NEWCOMER = Person("emr_id:1", "Kari", "Hansen"), Person("emr_id:2", "Ny", "Pasient")
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
FOUND = FreeTimesFound(UUID(int=1), (), 1, date(2026, 11, 24), SearchState.ENOUGH)
FORM = Seen(Side.FORM, time_chosen=True)


def own(standing: Standing = Standing.BOOKED, person: Person = KARI) -> OwnAppointment:
    slot = Timeslot(NINE, NINE + timedelta(minutes=20), "r", "s")
    return OwnAppointment(UUID(int=7), "u", slot, person, standing, "a")


def told(verb: Verb, outcome: Outcome = Outcome.DONE, **more: object) -> Told:
    notice = WriteNotice(uuid4(), verb, outcome, own())
    return Told(replace(notice, **more))  # type: ignore[arg-type]


def having(*changes: object, progress: Progress | None = None) -> Progress:
    progress = progress or Progress()
    for change in changes:
        progress = after(progress, change)  # type: ignore[arg-type]
    return progress


def at(lesson: Lesson) -> Progress:
    return Progress(
        done=frozenset(before for before in Lesson if list(Lesson).index(before) < list(Lesson).index(lesson))
    )


def test_a_booking_of_a_time_that_was_searched_for_is_the_first_task() -> None:
    assert having(told(Verb.BOOK)).lesson is Lesson.NEXT_FREE
    assert having(FOUND, told(Verb.BOOK)).lesson is Lesson.MOVE


@pytest.mark.parametrize(
    "change",
    [
        told(Verb.BOOK, Outcome.REFUSED),
        told(Verb.BOOK, undo=True),
        told(Verb.BOOK, problem=Problem(Reason.SAID_BY_PERSON)),
    ],
)
def test_what_did_not_really_happen_ticks_nothing_off(change: Told) -> None:
    assert having(FOUND, change).done == frozenset()


def test_tasks_are_ticked_off_in_any_order() -> None:
    progress = having(told(Verb.CANCEL), told(Verb.MOVE))
    assert progress.done == {Lesson.CANCEL, Lesson.MOVE}
    assert progress.lesson is Lesson.NEXT_FREE
    assert having(FOUND, told(Verb.BOOK), progress=progress).lesson is Lesson.REGISTER


def test_the_fourth_task_is_a_booking_for_the_patient_who_was_registered() -> None:
    registered = having(told(Verb.CREATE_PATIENT, person=NEWCOMER), progress=at(Lesson.REGISTER))
    assert having(told(Verb.BOOK), progress=registered).lesson is Lesson.REGISTER
    assert having(told(Verb.BOOK, appointment=own(person=NEWCOMER)), progress=registered).lesson is Lesson.UNKNOWN


@pytest.mark.parametrize(("standing", "contradicted"), [(Standing.BOOKED, False), (Standing.REFUSED, True)])
def test_the_last_task_ends_when_the_lost_answer_is_settled(standing: Standing, contradicted: bool) -> None:
    progress = at(Lesson.UNKNOWN)
    assert progress.loses_an_answer
    progress = having(told(Verb.BOOK, Outcome.UNKNOWN, appointment=own(Standing.BOOKING_UNKNOWN)), progress=progress)
    assert not progress.loses_an_answer
    progress = having(AppointmentsChanged((own(Standing.BOOKING_UNKNOWN),)), progress=progress)
    assert progress.lesson is Lesson.UNKNOWN
    progress = having(AppointmentsChanged((own(standing),)), progress=progress)
    assert progress.lesson is None
    assert progress.contradicted is contradicted
    assert hint(progress, Seen()) is None


def test_every_task_can_be_skipped_and_one_that_is_done_later_all_the_same_counts() -> None:
    progress = Progress()
    for _ in Lesson:
        progress = skip(progress)
    assert progress.lesson is None
    assert having(told(Verb.MOVE), progress=progress).done == {Lesson.MOVE}


@pytest.mark.parametrize(
    ("progress", "seen", "meant"),
    [
        (Progress(), Seen(), Hint.SEARCH),
        (Progress(), FORM, Hint.SEARCH),  # a time was clicked: the search is what is to be learnt
        (Progress(), Seen(Side.NEXT_FREE), Hint.TAKE_TIME),
        (Progress(searched=True), FORM, Hint.FIND_PATIENT),
        (Progress(searched=True), replace(FORM, person="emr_id:1"), Hint.BOOK),
        (Progress(searched=True), replace(FORM, person="emr_id:1", sending=True), Hint.WAIT),
        (at(Lesson.MOVE), Seen(), Hint.CHOOSE_APPOINTMENT),
        (at(Lesson.MOVE), Seen(Side.CARD), Hint.CHOOSE_APPOINTMENT),  # one that can't be moved
        (at(Lesson.MOVE), Seen(Side.CARD, can_move=True), Hint.MOVE),
        (at(Lesson.MOVE), Seen(Side.MOVE), Hint.CHOOSE_NEW_TIME),
        (at(Lesson.MOVE), Seen(Side.MOVE, time_chosen=True), Hint.MOVE_NOW),
        (at(Lesson.CANCEL), FORM, Hint.CHOOSE_APPOINTMENT),
        (at(Lesson.CANCEL), Seen(Side.CARD, can_cancel=True), Hint.CANCEL),
        (at(Lesson.REGISTER), FORM, Hint.NEW_PATIENT),
        (at(Lesson.REGISTER), Seen(registering=True), Hint.FILL_IN),
        (replace(at(Lesson.REGISTER), newcomer="n"), Seen(Side.FORM, person="n"), Hint.CHOOSE_TIME),
        (replace(at(Lesson.REGISTER), newcomer="n"), Seen(Side.NEXT_FREE, person="n"), Hint.TAKE_TIME),
        (replace(at(Lesson.REGISTER), newcomer="n"), replace(FORM, person="n"), Hint.BOOK),
        (replace(at(Lesson.REGISTER), newcomer="n"), replace(FORM, person="other"), Hint.NEW_PATIENT),
        (at(Lesson.UNKNOWN), Seen(), Hint.CHOOSE_TIME),
        (at(Lesson.UNKNOWN), replace(FORM, person="emr_id:1"), Hint.BOOK),
        (replace(at(Lesson.UNKNOWN), lost=UUID(int=7)), Seen(), Hint.OPEN_TASK),
        (replace(at(Lesson.UNKNOWN), lost=UUID(int=7)), Seen(Side.CARD, can_cancel=True), Hint.OPEN_TASK),
        (replace(at(Lesson.UNKNOWN), lost=UUID(int=7)), Seen(Side.CARD, unknown=True), Hint.LOOK),
        (replace(at(Lesson.UNKNOWN), lost=UUID(int=7)), Seen(Side.CARD, unknown=True, in_ehr=True), Hint.IT_IS_THERE),
        (replace(at(Lesson.UNKNOWN), lost=UUID(int=7)), Seen(Side.CARD, unknown=True, in_ehr=False), Hint.IT_IS_GONE),
    ],
)
def test_what_is_meant_next(progress: Progress, seen: Seen, meant: Hint) -> None:
    assert hint(progress, seen) is meant
