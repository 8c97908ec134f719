"""What a list of appointments proves, and what it does not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from receptionapp.domain.appointment import Appointment, OwnAppointment, Standing, Timeslot
from receptionapp.domain.intent import Intent, OutcomeHint, Stage, Verb
from receptionapp.domain.open_task import OpenTask, TaskKind
from receptionapp.domain.patient import Person
from receptionapp.services.evidence import CANT_TELL, evidence_from_list

NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)
LENGTH = timedelta(minutes=20)


def own(standing: Standing = Standing.BOOKING_UNKNOWN, start: datetime = NINE, id: str | None = None) -> OwnAppointment:
    slot = Timeslot(start, start + LENGTH, "r/1", "s/1")
    return OwnAppointment(uuid4(), "cu", slot, Person("emr_id:7", "Kari", "Nordmann"), standing, id)


def listed(id: str = "a/1", status: str = "booked", start: datetime = NINE, **more: str) -> Appointment:
    facts = {"patient_id": "7", "resource_id": "r/1"} | more
    return Appointment(id, status, start, start + LENGTH, **facts)


def task(verb: Verb, appointment: OwnAppointment, new: OwnAppointment | None = None) -> OpenTask:
    intent = Intent(UUID(int=1), verb, Stage.UNKNOWN, NINE, appointment.key)
    return OpenTask(TaskKind.UNKNOWN, appointment, new, intent)


def test_one_that_fits_is_the_booking() -> None:
    assert evidence_from_list(task(Verb.BOOK, own()), [listed()]).answer == listed()


def test_several_that_fit_are_left_to_a_person() -> None:
    found = evidence_from_list(task(Verb.BOOK, own()), [listed("a/1"), listed("a/2")])
    assert (found.hint, found.answer, found.not_done) == (OutcomeHint.SEVERAL, None, False)


@pytest.mark.parametrize(
    "other",
    [
        listed(status="cancelled"),
        listed(start=NINE + LENGTH),
        listed(resource_id="r/2"),
    ],
)
def test_one_that_does_not_fit_is_another(other: Appointment) -> None:
    assert evidence_from_list(task(Verb.BOOK, own()), [other]).not_done


@pytest.mark.parametrize(
    "other",
    [
        listed(patient_id="8"),
        listed(start=NINE + timedelta(minutes=1)),
        listed(healthcare_service_id="s/2"),
        listed(care_unit_id="another"),
        replace(listed(), end=NINE + timedelta(hours=8)),
    ],
)
def test_one_at_that_time_under_another_id_or_with_rounded_times_may_be_ours(other: Appointment) -> None:
    assert evidence_from_list(task(Verb.BOOK, own()), [other]) == CANT_TELL


@pytest.mark.parametrize(("verb", "mine"), [(Verb.BOOK, own()), (Verb.CONFIRM, own(id="a/1"))])
def test_a_resource_written_with_its_kind_is_the_same_and_the_booking_stays_in_its_column(
    verb: Verb, mine: OwnAppointment
) -> None:
    assert evidence_from_list(task(verb, mine), [listed(resource_id="emr_id:r/1")]).answer == listed()


def test_a_booking_that_was_cancelled_while_its_code_was_sent_is_not_called_confirmed() -> None:
    assert evidence_from_list(task(Verb.CONFIRM, own(id="a/1")), [listed(status="cancelled")]) == CANT_TELL


def test_an_appointment_listed_without_its_patient_is_a_hint_and_settles_nothing() -> None:
    """The EHR may have ignored whom it was asked about."""
    bare = replace(listed(), patient_id=None, resource_id=None)
    found = evidence_from_list(task(Verb.BOOK, own()), [bare])
    assert (found.hint, found.answer, found.not_done) == (OutcomeHint.PROBABLY_DONE, None, False)


@pytest.mark.parametrize("other", [{"patient_id": "8"}, {"healthcare_service_id": "s/2"}])
def test_one_of_that_id_that_is_somebody_elses_does_not_tell_that_a_code_was_accepted(other: dict[str, str]) -> None:
    assert evidence_from_list(task(Verb.CONFIRM, own(id="a/1")), [listed(**other)]) == CANT_TELL


def test_one_listed_without_its_patient_is_a_hint_that_a_code_was_accepted_and_no_more() -> None:
    found = evidence_from_list(task(Verb.CONFIRM, own(id="a/1")), [replace(listed(), patient_id=None)])
    assert (found.hint, found.answer) == (OutcomeHint.PROBABLY_DONE, None)


def test_one_that_waits_for_its_code_is_there() -> None:
    assert evidence_from_list(task(Verb.BOOK, own()), [listed(status="awaiting_confirmation")]).answer


def test_a_cancellation_is_judged_by_the_id() -> None:
    mine = own(Standing.CANCELLING_UNKNOWN, id="a/1")
    assert evidence_from_list(task(Verb.CANCEL, mine), [listed(status="cancelled"), listed("a/2")]).answer
    assert evidence_from_list(task(Verb.CANCEL, mine), [listed()]).not_done


def test_one_that_is_not_listed_is_not_surely_cancelled() -> None:
    found = evidence_from_list(task(Verb.CANCEL, own(Standing.CANCELLING_UNKNOWN, id="a/1")), [])
    assert (found.hint, found.answer, found.not_done) == (OutcomeHint.PROBABLY_DONE, None, False)


def test_a_code_was_accepted_when_it_is_no_longer_awaited() -> None:
    mine = own(id="a/1")
    assert evidence_from_list(task(Verb.CONFIRM, mine), [listed()]).answer
    assert evidence_from_list(task(Verb.CONFIRM, mine), [listed(status="awaiting_confirmation")]).not_done
    assert evidence_from_list(task(Verb.CONFIRM, mine), []).hint is OutcomeHint.CANT_TELL


class TestMove:
    later = NINE + timedelta(hours=3)

    @pytest.fixture
    def moving(self) -> OpenTask:
        return task(Verb.MOVE, own(Standing.CANCELLING_UNKNOWN, id="a/1"), own(start=self.later))

    @pytest.mark.parametrize("id", ["a/1", "a/9"])
    def test_it_is_done_when_one_is_at_the_new_time(self, moving: OpenTask, id: str) -> None:
        assert evidence_from_list(moving, [listed(id, start=self.later)]).answer

    def test_it_is_not_done_while_the_old_one_is_there(self, moving: OpenTask) -> None:
        assert evidence_from_list(moving, [listed()]).not_done
        assert evidence_from_list(moving, [listed(), listed("a/2", start=self.later)]).not_done

    def test_nothing_at_either_time_tells_nothing(self, moving: OpenTask) -> None:
        assert evidence_from_list(moving, []).hint is OutcomeHint.CANT_TELL
