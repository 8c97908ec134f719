import asyncio
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from receptionapp.domain.appointment import Appointment, Timeslot
from receptionapp.domain.clinic import Action
from receptionapp.domain.patient import NewPatient
from receptionapp.leyr import errors
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import Connection
from receptionapp.leyr.errors import LeyrError
from tests.leyr.conftest import UNHURRIED, Reply, Seen, StandIn, Waits, free_port, hang_up, refuses, says

CET = timezone(timedelta(hours=1))
START = datetime(2024, 3, 25, 14, 0, tzinfo=CET)
SLOT = Timeslot(START, START + timedelta(minutes=30), "doctor-789", "service-101")
KARI = NewPatient("Kari", "Nordmann", "01019012345", ("+4799999999",), ("kari@example.no",))
APPOINTMENT = {
    "id": "app-1",
    "status": "booked",
    "care_unit_id": "10",
    "start": "2024-03-25T13:00:00Z",
    "end": "2024-03-25T13:30:00Z",
    "comment": None,
}
PATH = "/api/emrs/konfidens/care-units/10"


async def book(client: LeyrClient) -> Appointment:
    return await client.book("10", SLOT, "emr_id:p", "Tolk")


async def cancel(client: LeyrClient) -> Appointment:
    return await client.cancel("10", "app-1", known=SLOT)


async def move(client: LeyrClient) -> Appointment:
    return await client.update("10", "app-1", times=(START, SLOT.end), known=SLOT)


async def confirm(client: LeyrClient) -> Appointment:
    return await client.confirm("10", "app-1", "4711", known=SLOT)


async def create(client: LeyrClient) -> Any:
    return await client.create_patient("10", KARI)


every_write = pytest.mark.parametrize("write", [book, cancel, move, confirm, create])


async def never(_: Seen) -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize("answer", [[APPOINTMENT], APPOINTMENT, APPOINTMENT | {"new": {"field": 1}}])
async def test_a_timeslot_is_booked_just_as_it_was_offered(leyr: StandIn, client: LeyrClient, answer: Any) -> None:
    """`leyr-api.md` 3.9: four values copied; 1.3 and 12.8: an array or an object comes back, with any 2xx."""
    leyr.will(says(answer, 201))
    appointment = await book(client)
    assert (appointment.id, appointment.status, appointment.start) == ("app-1", "booked", START)
    assert (leyr.seen[0].method, leyr.seen[0].target) == ("POST", f"{PATH}/appointments")
    assert leyr.seen[0].json == {
        "start": "2024-03-25T14:00:00+01:00",
        "end": "2024-03-25T14:30:00+01:00",
        "patient_id": "emr_id:p",
        "resource_id": "doctor-789",
        "healthcare_service_id": "service-101",
        "comment": "Tolk",
    }


@pytest.mark.parametrize("comment", [None, ""])
async def test_no_comment_is_no_field(leyr: StandIn, client: LeyrClient, comment: str | None) -> None:
    leyr.will(says([APPOINTMENT]))
    await client.book("10", SLOT, "emr_id:p", comment)
    assert "comment" not in leyr.seen[0].json


async def test_any_character_survives_in_a_comment(leyr: StandIn, client: LeyrClient) -> None:
    leyr.will(says([APPOINTMENT]))
    await client.book("10", SLOT, "emr_id:p", "Æøå 👩\u200d⚕ \ud800")
    assert leyr.seen[0].json["comment"] == "Æøå 👩\u200d⚕ \ud800"


async def test_a_booking_that_waits_for_a_code_says_so(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 4.3."""
    leyr.will(says([APPOINTMENT | {"status": "awaiting_confirmation"}]))
    assert (await book(client)).status == "awaiting_confirmation"


async def test_a_cancellation_is_a_status_and_a_comment(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 3.11."""
    leyr.will(says(APPOINTMENT | {"status": "cancelled"}))
    assert (await client.cancel("10", "a/1", "Syk")).status == "cancelled"
    assert (leyr.seen[0].method, leyr.seen[0].target) == ("PATCH", f"{PATH}/appointments/a%2F1")
    assert leyr.seen[0].json == {"status": "cancelled", "comment": "Syk"}


async def test_a_cancellation_that_waits_for_a_code_has_a_new_id(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 4.4."""
    leyr.will(says(APPOINTMENT | {"id": "app-2", "status": "awaiting_confirmation"}))
    assert (await cancel(client)).id == "app-2"


async def test_a_bare_answer_to_a_cancellation_is_filled_in_with_what_is_known(
    leyr: StandIn, client: LeyrClient
) -> None:
    leyr.will(says({"id": "app-1", "status": "cancelled"}))
    assert (await cancel(client)).start == START
    with pytest.raises(errors.AnswerUnreadable):
        await client.cancel("10", "app-1")


async def test_a_move_sends_both_times_and_never_a_status(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 5."""
    leyr.will(says(APPOINTMENT))
    await client.update("10", "app-1", times=(START, SLOT.end), resource_id="other")
    await client.update("10", "app-1", comment="")
    assert leyr.seen[0].json == {
        "start": "2024-03-25T14:00:00+01:00",
        "end": "2024-03-25T14:30:00+01:00",
        "resource_id": "other",
    }
    assert leyr.seen[1].json == {"comment": ""}


async def test_a_code_is_sent_as_a_confirmation(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 3.11 and 4.3."""
    leyr.will(says(APPOINTMENT))
    assert (await confirm(client)).status == "booked"
    assert leyr.seen[0].json == {"confirmation": {"code": "4711"}}


async def test_a_patient_is_created_with_the_number_in_external_id(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 3.8 and 12.11: a single object comes back."""
    leyr.will(says({"id": "leyr-1", "emr_id": "7", "first_name": "Kari"}))
    assert (await client.create_patient("10", KARI)).reference == "emr_id:7"
    assert (leyr.seen[0].method, leyr.seen[0].target) == ("POST", f"{PATH}/patients")
    assert leyr.seen[0].json == {
        "first_name": "Kari",
        "last_name": "Nordmann",
        "external_id": "01019012345",
        "phones": ["+4799999999"],
        "emails": ["kari@example.no"],
    }


async def test_what_is_not_known_of_a_new_patient_is_not_sent(leyr: StandIn, client: LeyrClient) -> None:
    leyr.will(says({"id": "1"}))
    await client.create_patient("10", NewPatient("Kari", "Nordmann", ""))
    assert leyr.seen[0].json == {"first_name": "Kari", "last_name": "Nordmann"}


UNCERTAIN = [
    hang_up,
    Reply(200, b'[{"id": "app-1"', promised=500),
    Reply(200, b'[{"id": "app-1"'),
    Reply(200, b"<html>Velkommen</html>"),
    Reply(204),
    says([]),
    says([{"status": "booked"}]),
    Reply(502, b"<html>Bad gateway</html>"),
    Reply(500),
    Reply(503),
    Reply(504),
    Reply(400, b"<html>"),
    says({"code": "UNKNOWN_ERROR"}, 500),
    says({"code": "SERVICE_UNAVAILABLE"}, 503),
    says({"code": "EMR_ERROR"}, 500),
    Reply(302, b"", {"location": "/login"}),
]


@every_write
@pytest.mark.parametrize("reply", UNCERTAIN)
async def test_a_write_without_a_verdict_may_have_happened_and_is_never_repeated(
    leyr: StandIn, client: LeyrClient, waits: Waits, write: Any, reply: Any
) -> None:
    """`leyr-api.md` 6.4."""
    leyr.will(reply)
    with pytest.raises(LeyrError) as caught:
        await write(client)
    assert caught.value.may_have_happened
    assert (len(leyr.seen), waits.seconds) == (1, [])


CERTAIN = [
    (refuses("NO_TIMESLOTS_AVAILABLE"), errors.SlotTaken),
    (refuses("SOMETHING_NEW"), errors.Refused),
    (says({"code": "BAD_REQUEST"}, 400), errors.Refused),
    (says({"code": "EMR_ERROR"}, 400), errors.EmrRefused),
    (says({"code": "EMR_ERROR"}, 401), errors.EmrLinkRefused),
    (says({"code": "UNAUTHORIZED"}, 401), errors.ClientNotAccepted),
    (Reply(429, b"", {"retry-after": "1"}), errors.TooManyRequests),
    (Reply(405), errors.NotSupported),
    (Reply(501), errors.NotSupported),
    (refuses("NOT_SUPPORTED"), errors.NotSupported),
    (Reply(308, b"", {"location": "https://elsewhere.example"}), errors.Redirected),
]


@every_write
@pytest.mark.parametrize(("reply", "kind"), CERTAIN)
async def test_a_refused_write_changed_nothing_and_is_never_repeated(
    leyr: StandIn, client: LeyrClient, waits: Waits, write: Any, reply: Reply, kind: type[LeyrError]
) -> None:
    leyr.will(reply)
    with pytest.raises(kind) as caught:
        await write(client)
    assert not caught.value.may_have_happened
    assert (len(leyr.seen), waits.seconds) == (1, [])


@every_write
async def test_a_write_that_never_left_is_tried_once_more(waits: Waits, write: Any) -> None:
    """`leyr-api.md` 6.4: connect failed, nothing sent."""
    client = LeyrClient(Connection(f"http://127.0.0.1:{free_port()}/api", "e", "i", "s"), limits=UNHURRIED, sleep=waits)
    with pytest.raises(errors.Offline) as caught:
        await write(client)
    await client.aclose()
    assert not caught.value.may_have_happened
    assert len(waits.seconds) == 1


@every_write
async def test_silence_leaves_a_write_unknown(leyr: StandIn, impatient: LeyrClient, write: Any) -> None:
    leyr.will(never)
    with pytest.raises(errors.NoAnswer) as caught:
        await write(impatient)
    assert caught.value.may_have_happened
    assert len(leyr.seen) <= 1  # on a busy machine it comes when the patience is over


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (says([APPOINTMENT]), "app-1"),
        (refuses("NO_TIMESLOTS_AVAILABLE"), errors.SlotTaken),
        (hang_up, errors.LineBroken),
    ],
)
async def test_a_late_verdict_is_heard(leyr: StandIn, impatient: LeyrClient, answer: Any, expected: Any) -> None:
    """It settles the unknown outcome: `unknown → done | refused`."""
    decided = asyncio.Event()
    late: asyncio.Future[Appointment | LeyrError] = asyncio.get_running_loop().create_future()

    async def at_last(seen: Seen) -> Reply | None:
        await decided.wait()
        return answer if isinstance(answer, Reply) else await answer(seen)

    leyr.will(at_last)
    with pytest.raises(errors.NoAnswer):
        await impatient.book("10", SLOT, "emr_id:p", on_late=late.set_result)
    decided.set()
    heard = await late
    assert heard.id == expected if isinstance(heard, Appointment) else isinstance(heard, expected)


async def test_a_verdict_in_time_is_not_told_twice(leyr: StandIn, client: LeyrClient) -> None:
    late: list[Any] = []
    leyr.will(says([APPOINTMENT]), refuses("BAD_INPUT"))
    await client.book("10", SLOT, "emr_id:p", on_late=late.append)
    with pytest.raises(errors.InputRefused):
        await client.book("10", SLOT, "emr_id:p", on_late=late.append)
    await client.aclose()
    assert late == []


@pytest.mark.parametrize("reply", [refuses("NOT_SUPPORTED"), Reply(404), Reply(405), Reply(501)])
async def test_an_unsupported_move_is_remembered(leyr: StandIn, client: LeyrClient, reply: Reply) -> None:
    """`leyr-api.md` 12.2 and 12.3; Konfidens is assumed not to move, so a 404 means that too."""
    leyr.will(reply)
    with pytest.raises(errors.NotSupported):
        await move(client)
    assert not client.capabilities.can(Action.MOVE)
    assert client.capabilities.can(Action.CANCEL)


@pytest.mark.parametrize("write", [cancel, confirm])
@pytest.mark.parametrize("reply", [says({"code": "NOT_FOUND"}, 404), refuses("INVALID_APPOINTMENT_ID")])
async def test_a_vanished_appointment_is_not_found_however_it_is_said(
    leyr: StandIn, client: LeyrClient, write: Any, reply: Reply
) -> None:
    """`leyr-api.md` 12.23."""
    leyr.will(reply)
    with pytest.raises(errors.AppointmentNotFound) as found:
        await write(client)
    assert not found.value.may_have_happened
    assert client.capabilities.can(Action.CANCEL)


@pytest.mark.parametrize("body", [b"", b"default backend - 404", b'{"detail": "Not Found"}'])
async def test_a_gateway_that_knows_no_leyr_does_not_make_an_appointment_vanish(
    leyr: StandIn, client: LeyrClient, body: bytes
) -> None:
    leyr.will(Reply(404, body))
    with pytest.raises(errors.AppointmentNotFound) as found:
        await cancel(client)
    assert found.value.may_have_happened


@pytest.mark.parametrize("status", [404, 405])
async def test_a_wrong_address_does_not_grey_out_booking(leyr: StandIn, client: LeyrClient, status: int) -> None:
    leyr.will(Reply(status))
    with pytest.raises(errors.Refused):
        await book(client)
    assert client.capabilities.can(Action.BOOK)


async def test_booking_is_given_up_when_leyr_says_that_the_ehr_cannot(leyr: StandIn, client: LeyrClient) -> None:
    leyr.will(refuses("NOT_SUPPORTED"))
    with pytest.raises(errors.NotSupported):
        await book(client)
    assert not client.capabilities.can(Action.BOOK)


async def test_a_closed_client_sends_nothing(leyr: StandIn, client: LeyrClient) -> None:
    await client.aclose()
    with pytest.raises(errors.Closing) as caught:
        await book(client)
    assert not caught.value.may_have_happened
    assert leyr.seen == []
