"""The client and our own Leyr server, which were written apart from the same notes, over a real socket."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.clinic import Action, CareUnit
from receptionapp.domain.patient import NewPatient, Patient
from receptionapp.leyr import errors
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import Connection
from receptionapp.sandbox import Sandbox, Settings, create_app
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from tests.leyr.conftest import UNHURRIED, Waits
from tests.running_sandbox import RunningSandbox, run_in_thread

MONDAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
A_WEEK = timedelta(days=7)


@pytest.fixture
def profile() -> str:
    return "konfidens"


@pytest.fixture
def sandbox(profile: str) -> Iterator[RunningSandbox]:
    with Sandbox(profile, now=lambda: MONDAY) as made, run_in_thread(made) as served:
        yield served


@pytest.fixture
async def client(sandbox: RunningSandbox, waits: Waits) -> AsyncIterator[LeyrClient]:
    client = LeyrClient(connection_to(sandbox), limits=UNHURRIED, sleep=waits)
    yield client
    await client.aclose()


def connection_to(sandbox: RunningSandbox, **changes: str) -> Connection:
    known = {"emr": sandbox.emr, "client_id": sandbox.client_id, "client_secret": sandbox.client_secret}
    return Connection(sandbox.url, **(known | changes))


def someone(sandbox: RunningSandbox) -> NewPatient:
    """A patient the EHR knows already."""
    known = next(p for p in sandbox.sandbox.patients() if p.external_id)
    return NewPatient(known.first_name, known.last_name, known.external_id or "", ("+4799990000",))


async def offered(client: LeyrClient) -> tuple[CareUnit, list[Timeslot]]:
    unit = (await client.care_units())[0]
    resource = (await client.resources(unit.id))[0]
    return unit, await client.timeslots(unit.id, MONDAY, MONDAY + A_WEEK, resource_id=resource.id)


every_profile = pytest.mark.parametrize("profile", ["konfidens", "full", "two_step"])


@every_profile
async def test_every_ehr_books_confirms_and_cancels(sandbox: RunningSandbox, client: LeyrClient) -> None:
    """`leyr-api.md` 3.8, 3.9, 3.11, 4.3 and 4.4."""
    unit, slots = await offered(client)
    patient = await client.create_patient(unit.id, someone(sandbox))
    slot = slots[3]

    booked = await client.book(unit.id, slot, patient.reference, "Tolk")
    if client.capabilities.two_step:
        assert booked.status == "awaiting_confirmation"
        booked = await client.confirm(unit.id, booked.id, CONFIRMATION_CODE)
    assert (booked.status, booked.start, booked.end) == ("booked", slot.start, slot.end)
    assert (booked.resource_id, booked.healthcare_service_id) == (slot.resource_id, slot.healthcare_service_id)
    assert not any(s.overlaps(slot.start, slot.end) for s in (await offered(client))[1])

    cancelled = await client.cancel(unit.id, booked.id, "Syk")
    if client.capabilities.two_step:
        assert cancelled.status == "awaiting_confirmation"
        assert cancelled.id != booked.id
        cancelled = await client.confirm(unit.id, cancelled.id, CONFIRMATION_CODE)
    assert cancelled.status == "cancelled"
    assert slot in (await offered(client))[1]


@every_profile
async def test_what_the_matrix_denies_is_denied(sandbox: RunningSandbox, client: LeyrClient) -> None:
    """`leyr-api.md` 8, and 11: `NOT_SUPPORTED`."""
    unit, slots = await offered(client)
    calls: dict[Action, Any] = {
        Action.LIST_APPOINTMENTS: lambda: client.appointments(unit.id, MONDAY, MONDAY + A_WEEK),
        Action.SEARCH_PATIENTS: lambda: client.search_patients(unit.id, last_name="Hansen"),
        Action.GET_PATIENT: lambda: client.get_patient(unit.id, "emr_id:P_100001"),
        Action.MOVE: lambda: client.update(unit.id, "A_1", times=(slots[0].start, slots[0].end)),
    }
    for action, call in calls.items():
        if not client.capabilities.can(action):
            with pytest.raises(errors.NotSupported):
                await call()


@pytest.mark.parametrize("profile", ["full"])
async def test_an_ehr_that_can_do_all_finds_lists_and_moves(sandbox: RunningSandbox, client: LeyrClient) -> None:
    """`leyr-api.md` 3.6, 3.7, 3.10 and 5."""
    unit, slots = await offered(client)
    wanted = someone(sandbox)
    found = await client.search_patients(unit.id, first_name=wanted.first_name, last_name=wanted.last_name)
    patient = await client.create_patient(unit.id, wanted)
    assert patient in found
    assert await client.get_patient(unit.id, patient.reference) == patient

    booked = await client.book(unit.id, slots[0], patient.reference)
    later = next(s for s in reversed(slots) if s.length == slots[0].length)
    moved = await client.update(unit.id, booked.id, times=(later.start, later.end))
    assert (moved.start, moved.end) == (later.start, later.end)
    listed = await client.appointments(unit.id, MONDAY, MONDAY + A_WEEK, patient_reference=patient.reference)
    assert [a.start for a in listed if a.id == moved.id] == [later.start]


async def test_a_known_number_brings_back_the_known_patient(sandbox: RunningSandbox, client: LeyrClient) -> None:
    """`leyr-api.md` 3.8 and 12.10."""
    unit = (await client.care_units())[0]
    first = await client.create_patient(unit.id, someone(sandbox))
    again = await client.create_patient(unit.id, someone(sandbox))
    assert isinstance(first, Patient)
    assert first.id == again.id != first.emr_id


async def test_a_timeslot_is_booked_once(sandbox: RunningSandbox, client: LeyrClient) -> None:
    """`leyr-api.md` 11."""
    unit, slots = await offered(client)
    patient = await client.create_patient(unit.id, someone(sandbox))
    await client.book(unit.id, slots[0], patient.reference)
    with pytest.raises(errors.SlotTaken):
        await client.book(unit.id, slots[0], patient.reference)


async def test_leyrs_own_id_is_not_the_ehrs(sandbox: RunningSandbox, client: LeyrClient) -> None:
    """`leyr-api.md` 2.1, the trap, and 12.9."""
    unit, slots = await offered(client)
    patient = await client.create_patient(unit.id, someone(sandbox))
    with pytest.raises(errors.PatientNotFound):
        await client.book(unit.id, slots[0], patient.id)
    with pytest.raises(errors.PatientNotFound):
        await client.get_patient(unit.id, patient.id)


@pytest.mark.parametrize("time_format", ["offset", "utc", "microseconds"])
@pytest.mark.parametrize("booking_answer", ["array", "object"])
async def test_however_leyr_settles_the_open_questions(
    sandbox: RunningSandbox, client: LeyrClient, time_format: Any, booking_answer: Any
) -> None:
    """`leyr-api.md` 12.8 and 12.22."""
    sandbox.sandbox.settings = Settings(time_format=time_format, booking_answer=booking_answer)
    unit, slots = await offered(client)
    patient = await client.create_patient(unit.id, someone(sandbox))
    booked = await client.book(unit.id, slots[0], patient.reference)
    assert booked.start == slots[0].start


@pytest.mark.parametrize("display_field", ["name", "first_and_last_name", "title", "none"])
async def test_however_leyr_names_things(sandbox: RunningSandbox, client: LeyrClient, display_field: Any) -> None:
    """`leyr-api.md` 12.7."""
    sandbox.sandbox.settings = Settings(display_field=display_field)
    unit = (await client.care_units())[0]
    assert all(resource.name for resource in await client.resources(unit.id))
    assert (unit.name == unit.id) is (display_field == "none")


@pytest.mark.parametrize("status", [400, 404, 405, 501])
async def test_however_leyr_says_not_supported(sandbox: RunningSandbox, client: LeyrClient, status: Any) -> None:
    """`leyr-api.md` 12.3."""
    sandbox.sandbox.settings = Settings(not_supported_status=status)
    unit = (await client.care_units())[0]
    with pytest.raises(errors.NotSupported):
        await client.appointments(unit.id, MONDAY, MONDAY + A_WEEK)


@pytest.mark.parametrize("status", [400, 404])
async def test_however_leyr_says_not_found(sandbox: RunningSandbox, client: LeyrClient, status: Any) -> None:
    """`leyr-api.md` 12.23."""
    sandbox.sandbox.settings = Settings(unknown_id_status=status)
    unit = (await client.care_units())[0]
    with pytest.raises(errors.AppointmentNotFound):
        await client.cancel(unit.id, "nobody/knows:me")
    with pytest.raises(errors.PatientNotFound):
        await client.get_patient(unit.id, "emr_id:nobody")
    with pytest.raises(errors.ResourceGone):
        await client.resource(unit.id, "nobody")
    with pytest.raises(errors.CareUnitGone):
        await client.resources("nowhere")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"client_id": "somebody"}, errors.ClientNotAccepted),
        ({"client_secret": "wrong"}, errors.ClientNotAccepted),
        ({"emr": "konfident"}, errors.EmrUnknown),
    ],
)
async def test_wrong_settings_are_told_apart(
    sandbox: RunningSandbox, changes: dict[str, str], kind: type[errors.LeyrError]
) -> None:
    """`leyr-api.md` 6.2 and 12.25."""
    client = LeyrClient(connection_to(sandbox, **changes), limits=UNHURRIED)
    with pytest.raises(kind) as caught:
        await client.care_units()
    assert caught.value.problem.reference
    await client.aclose()


PASSING = ["unavailable", "unknown_error", "emr_error_500", "html_502", "rate_limited", "drop_before", "truncated"]


@pytest.mark.parametrize("fault", [*PASSING, "rate_limited_retry_after"])
async def test_a_read_gets_over_a_passing_fault(sandbox: RunningSandbox, client: LeyrClient, fault: str) -> None:
    sandbox.sandbox.faults.next_calls(fault)
    assert await client.care_units()


@pytest.mark.parametrize(
    ("fault", "happened", "kind"),
    [
        ("drop_before", False, errors.LineBroken),
        ("drop_after", True, errors.LineBroken),
        ("truncated", True, errors.LineBroken),
        ("broken_json", True, errors.AnswerUnreadable),
        ("html_502", False, errors.LeyrUnavailable),
        ("unavailable", False, errors.LeyrUnavailable),
        ("unknown_error", False, errors.Unexpected),
        ("emr_error_500", False, errors.EmrFailed),
    ],
)
async def test_a_write_whose_outcome_is_lost_is_unknown_whether_it_happened_or_not(
    sandbox: RunningSandbox, client: LeyrClient, fault: str, happened: bool, kind: type[errors.LeyrError]
) -> None:
    """The answer is lost on the way back, or the request on the way there: from here both look the same."""
    unit, slots = await offered(client)
    patient = await client.create_patient(unit.id, someone(sandbox))
    before = len(sandbox.sandbox.appointments())
    sandbox.sandbox.faults.next_calls(fault, method="POST")
    with pytest.raises(kind) as caught:
        await client.book(unit.id, slots[0], patient.reference)
    assert caught.value.may_have_happened
    assert len(sandbox.sandbox.appointments()) - before == happened


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("emr_error_400", errors.EmrRefused),
        ("emr_error_401", errors.EmrLinkRefused),
        ("errors_missing", errors.Refused),
        ("several_errors", errors.Refused),
        ("unknown_error_code", errors.Refused),
        ("rate_limited", errors.TooManyRequests),
    ],
)
async def test_a_refused_write_did_not_happen(
    sandbox: RunningSandbox, client: LeyrClient, fault: str, kind: type[errors.LeyrError]
) -> None:
    unit, slots = await offered(client)
    patient = await client.create_patient(unit.id, someone(sandbox))
    before = len(sandbox.sandbox.appointments())
    sandbox.sandbox.faults.next_calls(fault, method="POST")
    with pytest.raises(kind) as caught:
        await client.book(unit.id, slots[0], patient.reference)
    assert not caught.value.may_have_happened
    assert len(sandbox.sandbox.appointments()) == before


async def test_null_in_every_optional_field_loses_nothing_that_matters(
    sandbox: RunningSandbox, client: LeyrClient
) -> None:
    """`leyr-api.md` 1.3, 12.6."""
    unit, slots = await offered(client)
    patient = await client.create_patient(unit.id, someone(sandbox))
    sandbox.sandbox.faults.next_calls("null_optional_fields")
    booked = await client.book(unit.id, slots[0], patient.reference)
    assert (booked.resource_id, booked.care_unit_id) == (slots[0].resource_id, unit.id)
    sandbox.sandbox.faults.next_calls("null_optional_fields")
    again = await client.timeslots(
        unit.id, MONDAY, MONDAY + A_WEEK, resource_id=slots[0].resource_id, service_id=slots[0].healthcare_service_id
    )
    assert again
    assert {slot.resource_id for slot in again} == {slots[0].resource_id}


async def test_practice_mode_works_without_a_socket(waits: Waits) -> None:
    with Sandbox(now=lambda: MONDAY) as made:
        connection = Connection("http://localhost/api", made.profile.emr, made.client_id, made.client_secret)
        client = LeyrClient(connection, asgi_app=create_app(made), limits=UNHURRIED, sleep=waits)
        unit, slots = await offered(client)
        patient = await client.create_patient(
            unit.id, NewPatient("Kari", "Nordmann", made.patients()[0].external_id or "")
        )
        assert (await client.book(unit.id, slots[0], patient.reference)).status == "booked"
        await client.aclose()
