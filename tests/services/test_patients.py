"""Finding people in the ledger, and registering those who are not there: one number is one person."""

import json
from dataclasses import replace

import pytest

from receptionapp.domain.audit import AuditAction, AuditFilter
from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.intent import CreateRequest, Outcome
from receptionapp.domain.national_number import NumberDoubt
from receptionapp.domain.patient import NewPatient, Person
from receptionapp.domain.problem import Reason
from receptionapp.ledger import audit
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.store.change import Change, HistoryFound, PeopleFound, ProfileKnown, SimilarPeopleFound
from tests.people import MadeUp, made_up, with_wrong_check_digits
from tests.services.counter import Counter
from tests.watched_sandbox import WatchedSandbox


def request_for(counter: Counter, whom: MadeUp, **contact: tuple[str, ...]) -> CreateRequest:
    """By somebody who has looked at those it may be."""
    new = NewPatient(whom.first_name, whom.last_name, whom.number, **contact)
    return CreateRequest(counter.care_unit_id, new, is_new=True)


async def search(counter: Counter, text: str) -> tuple[Person, ...]:
    found: list[PeopleFound] = []

    def hear(change: Change) -> None:
        if isinstance(change, PeopleFound):
            found.append(change)

    counter.store.changed.connect(hear)
    counter.desk.patients.search(text)
    await counter.rest()
    counter.store.changed.disconnect(hear)
    assert found[-1].text == text
    return found[-1].people


async def test_a_new_patient_is_registered_and_found_again_without_asking_leyr(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    whom = made_up()
    notice = await counter.create(request_for(counter, whom, phones=("+4791234567",)))
    assert notice.outcome is Outcome.DONE
    person = notice.person
    assert (person.full_name, person.phone) == (whom.full_name, "+4791234567")
    leyr.forget_calls()
    assert await search(counter, "åse") == (person,)
    assert await search(counter, "sæther åse") == (person,)
    assert leyr.door.calls == []


async def test_a_registered_patient_can_be_booked_at_once(counter: Counter) -> None:
    person = (await counter.create(request_for(counter, made_up()))).person
    notice = await counter.book(counter.free()[0], person)
    assert notice.outcome is Outcome.DONE


async def test_the_one_who_has_the_number_comes_back_and_is_not_made_twice(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    whom = made_up()
    first = await counter.create(request_for(counter, whom))
    before = len(leyr.sandbox.patients())
    again = await counter.create(request_for(counter, whom))
    assert again.outcome is Outcome.DONE
    assert again.person.reference == first.person.reference
    assert len(leyr.sandbox.patients()) == before


async def test_nothing_is_sent_before_those_whom_it_may_be_were_shown(counter: Counter, leyr: WatchedSandbox) -> None:
    whom = made_up()
    known = (await counter.create(request_for(counter, whom))).person
    leyr.forget_calls()
    shown: list[SimilarPeopleFound] = []
    counter.store.changed.connect(
        lambda change: shown.append(change) if isinstance(change, SimilarPeopleFound) else None
    )
    request = replace(request_for(counter, MadeUp("Aase Marie", "OBrien Sæter", whom.number, whom.born)), is_new=False)
    counter.desk.patients.create(request)
    await counter.rest()
    assert [(found.request, found.known) for found in shown] == [(request.id, (known,))]
    assert leyr.door.calls == []


async def test_a_number_that_belongs_to_another_name_stops_for_a_person_to_look(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    known = leyr.sandbox.patients()[5]
    wrong = NewPatient("Somebody", "Else", known.external_id)
    notice = await counter.create(CreateRequest(counter.care_unit_id, wrong))
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.OTHER_PERSON)
    assert notice.person.full_name == f"{known.first_name} {known.last_name}"
    assert await search(counter, known.last_name) == ()


async def test_the_other_person_is_remembered_once_somebody_says_it_is_the_right_one(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    known = leyr.sandbox.patients()[6]
    notice = await counter.create(
        CreateRequest(counter.care_unit_id, NewPatient("Somebody", "Else", known.external_id))
    )
    counter.desk.patients.accept_person(notice.person)
    await counter.rest()
    assert notice.person in await search(counter, known.last_name)


async def test_a_number_that_the_ehr_refuses_is_told_as_that(counter: Counter) -> None:
    notice = await counter.create(
        CreateRequest(counter.care_unit_id, NewPatient("Kari", "Nordmann", made_up().number[:-1] + "x"))
    )
    assert notice.outcome is Outcome.REFUSED
    assert notice.problem.reason in (Reason.INPUT_REFUSED, Reason.REFUSED)


async def test_a_registration_that_cannot_be_written_down_is_not_sent(
    counter: Counter, leyr: WatchedSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise LedgerError(LedgerFault.DISK_FULL)

    monkeypatch.setattr(counter.ledger, "prepare_patient", fail)
    notice = await counter.create(request_for(counter, made_up()))
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.LEDGER_FAILED)
    assert leyr.writes == []


async def test_no_number_is_in_any_url(counter: Counter, leyr: WatchedSandbox) -> None:
    whom = made_up()
    person = (await counter.create(request_for(counter, whom))).person
    await counter.book(counter.free()[0], person)
    assert not any(whom.number in f"{call.path}{call.query}" for call in leyr.door.calls)


async def test_a_search_that_the_ledger_cannot_answer_says_so(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise LedgerError(LedgerFault.DAMAGED)

    monkeypatch.setattr(counter.ledger, "find_people", fail)
    counter.desk.patients.search("kari")
    await counter.rest()
    assert [failure.problem.reason for failure in counter.told] == [Reason.LEDGER_DAMAGED]


async def test_a_line_to_real_patients_never_carries_a_made_up_persons_number(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    counter.store.apply(ProfileKnown(ConnectionProfile.LIVE))
    notice = await counter.create(request_for(counter, made_up()))
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.MADE_UP_NUMBER)
    assert leyr.writes == []


async def test_wrong_check_digits_leave_only_when_somebody_said_that_they_are_right(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    whom = made_up()
    wrong = replace(whom, number=with_wrong_check_digits(whom.number))
    notice = await counter.create(request_for(counter, wrong))
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.NUMBER_DOUBTED)
    assert leyr.writes == []
    await counter.create(replace(request_for(counter, wrong), despite=(NumberDoubt.WRONG_CHECK_DIGITS,)))
    assert len(leyr.writes) == 1
    asked = AuditFilter(actions=(AuditAction.OVERRIDE,))
    lines = await counter.ledger.read(lambda connection: audit.read_page(connection, leyr.emr, asked))
    assert "wrong_check_digits" in {line.detail for line in lines}


async def test_what_was_booked_for_a_patient_is_found_in_this_desks_record(counter: Counter) -> None:
    booked = await counter.booked()
    found: list[HistoryFound] = []

    def hear(change: Change) -> None:
        if isinstance(change, HistoryFound):
            found.append(change)

    counter.store.changed.connect(hear)
    counter.desk.patients.read_history(booked.person)
    await counter.rest()
    counter.store.changed.disconnect(hear)
    assert found == [HistoryFound(booked.person.reference, (booked,))]


async def test_a_namesake_with_another_number_stops_for_a_person_to_look(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    whom, other = made_up(), made_up()
    said = {"id": "other/1", "first_name": whom.first_name, "last_name": whom.last_name, "external_id": other.number}
    leyr.answer_instead("POST", "*/patients*", json.dumps([said]).encode())
    notice = await counter.create(request_for(counter, whom))
    assert (notice.outcome, notice.problem.reason) == (Outcome.UNKNOWN, Reason.OTHER_PERSON)
    assert (notice.person.reference, notice.person.birth_date) == ("other/1", other.born)
    assert other.number in counter.screen(notice)
    assert await search(counter, whom.last_name) == ()
