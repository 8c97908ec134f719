"""The tour's five tasks: what ticks them off, and what is meant next however the screen came to stand as it does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.free_times import SearchState
from receptionapp.domain.intent import Outcome, Verb, WriteNotice
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.services.tour_progress import (
    TourHint,
    TourPanel,
    TourProgress,
    TourScreen,
    TourTask,
    apply_change,
    next_hint,
    skip_task,
)
from receptionapp.store.change import AppointmentsChanged, FreeTimesFound, UserNotified

KARI, NEWCOMER = Person("emr_id:1", "Kari", "Hansen"), Person("emr_id:2", "Ny", "Pasient")
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
FOUND = FreeTimesFound(UUID(int=1), (), 1, date(2026, 11, 24), SearchState.ENOUGH)
FORM = TourScreen(TourPanel.FORM, time_chosen=True)


def own(standing: Standing = Standing.BOOKED, person: Person = KARI) -> OwnAppointment:
    slot = Timeslot(NINE, NINE + timedelta(minutes=20), "r", "s")
    return OwnAppointment(UUID(int=7), "u", slot, person, standing, "a")


def told(verb: Verb, outcome: Outcome = Outcome.DONE, **more: object) -> UserNotified:
    notice = WriteNotice(uuid4(), verb, outcome, own())
    return UserNotified(replace(notice, **more))  # type: ignore[arg-type]


def having(*changes: object, progress: TourProgress | None = None) -> TourProgress:
    progress = progress or TourProgress()
    for change in changes:
        progress = apply_change(progress, change)  # type: ignore[arg-type]
    return progress


def at(lesson: TourTask) -> TourProgress:
    return TourProgress(
        done=frozenset(before for before in TourTask if list(TourTask).index(before) < list(TourTask).index(lesson))
    )


def test_a_booking_of_a_time_that_was_searched_for_is_the_first_task() -> None:
    assert having(told(Verb.BOOK)).task is TourTask.NEXT_FREE
    assert having(FOUND, told(Verb.BOOK)).task is TourTask.MOVE


@pytest.mark.parametrize(
    "change",
    [
        told(Verb.BOOK, Outcome.REFUSED),
        told(Verb.BOOK, undo=True),
        told(Verb.BOOK, problem=Problem(Reason.SAID_BY_PERSON)),
    ],
)
def test_what_did_not_really_happen_ticks_nothing_off(change: UserNotified) -> None:
    assert having(FOUND, change).done == frozenset()


def test_tasks_are_ticked_off_in_any_order() -> None:
    progress = having(told(Verb.CANCEL), told(Verb.MOVE))
    assert progress.done == {TourTask.CANCEL, TourTask.MOVE}
    assert progress.task is TourTask.NEXT_FREE
    assert having(FOUND, told(Verb.BOOK), progress=progress).task is TourTask.REGISTER


def test_the_fourth_task_is_a_booking_for_the_patient_who_was_registered() -> None:
    registered = having(told(Verb.CREATE_PATIENT, person=NEWCOMER), progress=at(TourTask.REGISTER))
    assert having(told(Verb.BOOK), progress=registered).task is TourTask.REGISTER
    assert having(told(Verb.BOOK, appointment=own(person=NEWCOMER)), progress=registered).task is TourTask.UNKNOWN


@pytest.mark.parametrize(("standing", "contradicted"), [(Standing.BOOKED, False), (Standing.REFUSED, True)])
def test_the_last_task_ends_when_the_lost_answer_is_settled(standing: Standing, contradicted: bool) -> None:
    progress = at(TourTask.UNKNOWN)
    assert progress.loses_an_answer
    progress = having(told(Verb.BOOK, Outcome.UNKNOWN, appointment=own(Standing.BOOKING_UNKNOWN)), progress=progress)
    assert not progress.loses_an_answer
    progress = having(AppointmentsChanged((own(Standing.BOOKING_UNKNOWN),)), progress=progress)
    assert progress.task is TourTask.UNKNOWN
    progress = having(AppointmentsChanged((own(standing),)), progress=progress)
    assert progress.task is None
    assert progress.contradicted is contradicted
    assert next_hint(progress, TourScreen()) is None


def test_every_task_can_be_skipped_and_one_that_is_done_later_all_the_same_counts() -> None:
    progress = TourProgress()
    for _ in TourTask:
        progress = skip_task(progress)
    assert progress.task is None
    assert having(told(Verb.MOVE), progress=progress).done == {TourTask.MOVE}


@pytest.mark.parametrize(
    ("progress", "seen", "meant"),
    [
        (TourProgress(), TourScreen(), TourHint.SEARCH),
        (TourProgress(), FORM, TourHint.SEARCH),  # a time was clicked: the search is what is to be learnt
        (TourProgress(), TourScreen(TourPanel.NEXT_FREE), TourHint.TAKE_TIME),
        (TourProgress(searched=True), FORM, TourHint.FIND_PATIENT),
        (TourProgress(searched=True), replace(FORM, person="emr_id:1"), TourHint.BOOK),
        (TourProgress(searched=True), replace(FORM, person="emr_id:1", sending=True), TourHint.WAIT),
        (at(TourTask.MOVE), TourScreen(), TourHint.CHOOSE_APPOINTMENT),
        (at(TourTask.MOVE), TourScreen(TourPanel.CARD), TourHint.CHOOSE_APPOINTMENT),  # one that can't be moved
        (at(TourTask.MOVE), TourScreen(TourPanel.CARD, can_move=True), TourHint.MOVE),
        (at(TourTask.MOVE), TourScreen(TourPanel.MOVE), TourHint.CHOOSE_NEW_TIME),
        (at(TourTask.MOVE), TourScreen(TourPanel.MOVE, time_chosen=True), TourHint.MOVE_NOW),
        (at(TourTask.CANCEL), FORM, TourHint.CHOOSE_APPOINTMENT),
        (at(TourTask.CANCEL), TourScreen(TourPanel.CARD, can_cancel=True), TourHint.CANCEL),
        (at(TourTask.REGISTER), FORM, TourHint.NEW_PATIENT),
        (at(TourTask.REGISTER), TourScreen(registering=True), TourHint.FILL_IN),
        (replace(at(TourTask.REGISTER), newcomer="n"), TourScreen(TourPanel.FORM, person="n"), TourHint.CHOOSE_TIME),
        (replace(at(TourTask.REGISTER), newcomer="n"), TourScreen(TourPanel.NEXT_FREE, person="n"), TourHint.TAKE_TIME),
        (replace(at(TourTask.REGISTER), newcomer="n"), replace(FORM, person="n"), TourHint.BOOK),
        (replace(at(TourTask.REGISTER), newcomer="n"), replace(FORM, person="other"), TourHint.NEW_PATIENT),
        (at(TourTask.UNKNOWN), TourScreen(), TourHint.CHOOSE_TIME),
        (at(TourTask.UNKNOWN), replace(FORM, person="emr_id:1"), TourHint.BOOK),
        (replace(at(TourTask.UNKNOWN), lost=UUID(int=7)), TourScreen(), TourHint.OPEN_TASK),
        (
            replace(at(TourTask.UNKNOWN), lost=UUID(int=7)),
            TourScreen(TourPanel.CARD, can_cancel=True),
            TourHint.OPEN_TASK,
        ),
        (replace(at(TourTask.UNKNOWN), lost=UUID(int=7)), TourScreen(TourPanel.CARD, unknown=True), TourHint.LOOK),
        (
            replace(at(TourTask.UNKNOWN), lost=UUID(int=7)),
            TourScreen(TourPanel.CARD, unknown=True, in_ehr=True),
            TourHint.IT_IS_THERE,
        ),
        (
            replace(at(TourTask.UNKNOWN), lost=UUID(int=7)),
            TourScreen(TourPanel.CARD, unknown=True, in_ehr=False),
            TourHint.IT_IS_GONE,
        ),
    ],
)
def test_what_is_meant_next(progress: TourProgress, seen: TourScreen, meant: TourHint) -> None:
    assert next_hint(progress, seen) is meant
