import asyncio
import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.clinic import Action
from receptionapp.domain.problem import Reason
from receptionapp.leyr import calling, errors
from receptionapp.leyr.capabilities import for_emr
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import Connection
from tests.leyr.conftest import UNHURRIED, Reply, Seen, StandIn, Waits, hang_up, refuses, says

OSLO = ZoneInfo("Europe/Oslo")
MONDAY = datetime(2024, 3, 25, 8, 0, tzinfo=OSLO)
FRIDAY = datetime(2024, 3, 29, 16, 0, tzinfo=OSLO)


def slot_json(start: datetime, **more: Any) -> dict[str, Any]:
    end = start + timedelta(minutes=30)
    ids = {"resource_id": "doctor-789", "healthcare_service_id": "service-101"}
    return {"start": start.isoformat(), "end": end.isoformat()} | ids | more


def query(seen: Seen) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(seen.target).query, strict_parsing=True))


async def test_care_units_come_first(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 1.1 and 3.1."""
    leyr.will(says([{"id": "L0_1", "name": "Majorstuen"}]))
    [unit] = await client.care_units()
    assert (unit.id, unit.name) == ("L0_1", "Majorstuen")
    assert [(seen.method, seen.target) for seen in leyr.seen] == [("GET", "/api/emrs/konfidens/care-units")]


async def test_resources_and_services_are_those_of_a_care_unit(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 3.2 and 3.4."""
    leyr.will(says([{"id": "1", "first_name": "Anna", "last_name": "Berg"}]))
    assert [resource.name for resource in await client.resources("10")] == ["Anna Berg"]
    assert [service.name for service in await client.services("10")] == ["Anna Berg"]
    assert (await client.resource("10", "10-99")).name == "Anna Berg"
    assert [seen.target.removeprefix("/api/emrs/konfidens/care-units") for seen in leyr.seen] == [
        "/10/resources",
        "/10/healthcare-services",
        "/10/resources/10-99",
    ]


async def test_ids_with_slashes_colons_spaces_and_letters_stay_one_segment(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 2.1."""
    leyr.will(says({"id": "x"}))
    await client.get_patient("a/b c", "emr_id:æ/å?#%2F")
    assert leyr.seen[0].target == (
        "/api/emrs/konfidens/care-units/a%2Fb%20c/patients/emr_id%3A%C3%A6%2F%C3%A5%3F%23%252F"
    )


async def test_timeslots_are_asked_for_with_range_and_filters(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 3.5, 1.3: numeric offset, `+` encoded; 12.5: `start` and `end` always sent."""
    leyr.will(says([slot_json(MONDAY)]))
    slots = await client.timeslots("10", MONDAY, FRIDAY, resource_id="r 1", service_id="s/1")
    assert slots == [Timeslot(MONDAY, MONDAY + timedelta(minutes=30), "doctor-789", "service-101")]
    assert "start=2024-03-25T08%3A00%3A00%2B01%3A00" in leyr.seen[0].target
    assert query(leyr.seen[0]) == {
        "start": "2024-03-25T08:00:00+01:00",
        "end": "2024-03-29T16:00:00+01:00",
        "resource_id": "r 1",
        "healthcare_service_id": "s/1",
    }


async def test_unused_filters_are_left_out(leyr: StandIn, client: LeyrClient) -> None:
    leyr.will(says([]))
    assert await client.timeslots("10", MONDAY, FRIDAY) == []
    assert set(query(leyr.seen[0])) == {"start", "end"}


async def test_a_null_id_in_a_timeslot_is_the_one_asked_for(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 12.6."""
    leyr.will(says([slot_json(MONDAY, resource_id=None)]))
    [slot] = await client.timeslots("10", MONDAY, FRIDAY, resource_id="r")
    assert slot.resource_id == "r"


async def test_a_long_range_is_cut_into_30_days_of_24_hours(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 3.5. The clocks change on 31 March, so wall-clock days would be an hour off."""
    across = slot_json(datetime(2024, 4, 24, 8, 45, tzinfo=OSLO))
    leyr.will(says([across]))
    slots = await client.timeslots("10", MONDAY, MONDAY + timedelta(days=70))
    assert [(query(seen)["start"], query(seen)["end"]) for seen in leyr.seen] == [
        ("2024-03-25T08:00:00+01:00", "2024-04-24T09:00:00+02:00"),
        ("2024-04-24T09:00:00+02:00", "2024-05-24T09:00:00+02:00"),
        ("2024-05-24T09:00:00+02:00", "2024-06-03T08:00:00+02:00"),
    ]
    assert len(slots) == 1  # it came with every part


@pytest.mark.parametrize(("start", "end"), [(FRIDAY, MONDAY), (MONDAY, MONDAY)])
async def test_an_empty_range_asks_nothing(leyr: StandIn, client: LeyrClient, start: datetime, end: datetime) -> None:
    assert await client.timeslots("10", start, end) == []
    assert leyr.seen == []


async def test_a_time_without_a_zone_is_a_mistake_of_ours(client: LeyrClient) -> None:
    with pytest.raises(ValueError, match="zone"):
        await client.timeslots("10", MONDAY.replace(tzinfo=None), FRIDAY)


async def test_a_big_answer_is_read_aside_and_whole(
    leyr: StandIn, client: LeyrClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside: list[Any] = []
    to_thread = asyncio.to_thread

    async def noted(work: Any, *args: Any) -> Any:
        aside.append(work)
        return await to_thread(work, *args)

    monkeypatch.setattr(calling.asyncio, "to_thread", noted)
    many = [slot_json(MONDAY + timedelta(minutes=minute)) for minute in range(3000)]
    leyr.will(says(many), says(many[:3]))
    assert len(await client.timeslots("10", MONDAY, FRIDAY)) == 3000
    assert len(aside) == 1
    assert len(await client.timeslots("10", MONDAY, FRIDAY)) == 3
    assert len(aside) == 1


async def test_patients_are_searched_by_name(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 3.6."""
    leyr.will(says([{"id": "1"}]))
    await client.search_patients("10", first_name="Åse", last_name="Berg & sønn")
    await client.search_patients("10", last_name="Berg")
    assert query(leyr.seen[0]) == {"first_name": "Åse", "last_name": "Berg & sønn"}
    assert query(leyr.seen[1]) == {"last_name": "Berg"}


async def test_a_national_number_is_refused_before_anything_is_sent(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 10.1."""
    with pytest.raises(errors.IdNotSent):
        await client.get_patient("10", "no_personal_number:01019012345")
    with pytest.raises(errors.IdNotSent):
        await client.appointments("10", MONDAY, FRIDAY, patient_reference="01019012345")
    assert leyr.seen == []


async def test_appointments_are_listed_by_patient_and_resource(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 3.10."""
    leyr.will(says([slot_json(MONDAY, id="a", status="no_show", patient_id="p")]))
    [found] = await client.appointments("10", MONDAY, FRIDAY, patient_reference="emr_id:p", resource_id="r")
    assert (found.id, found.status, found.care_unit_id) == ("a", "no_show", "10")
    assert query(leyr.seen[0])["patient_id"] == "emr_id:p"
    assert query(leyr.seen[0])["resource_id"] == "r"


@pytest.mark.parametrize("reply", [hang_up, Reply(503), Reply(502, b"<html>"), says({"code": "EMR_ERROR"}, 500)])
async def test_a_read_that_failed_in_passing_is_repeated(
    leyr: StandIn, client: LeyrClient, waits: Waits, reply: Any
) -> None:
    """`leyr-api.md` 6.4."""
    leyr.will(reply, reply, says([{"id": "1"}]))
    assert len(await client.care_units()) == 1
    first, second = waits.seconds
    assert 1 <= first <= 1.25
    assert 5 <= second <= 6.25


async def test_a_silent_read_gives_up_after_four_tries(leyr: StandIn, impatient: LeyrClient, waits: Waits) -> None:
    async def never(_: Seen) -> None:
        await asyncio.Event().wait()

    leyr.will(never)
    with pytest.raises(errors.NoAnswer):
        await impatient.care_units()
    assert len(waits.seconds) == 3
    while len(leyr.seen) < 4:  # on a busy machine one comes when the patience is over
        leyr.arrived.clear()
        await leyr.arrived.wait()
    assert len(leyr.seen) == 4


async def test_the_ehrs_401_is_not_ours_and_nothing_is_repeated(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 6.2 and 12.25."""
    leyr.will(says({"code": "EMR_ERROR", "status": 401}, 401), says({"code": "UNAUTHORIZED"}, 401))
    with pytest.raises(errors.EmrLinkRefused):
        await client.care_units()
    with pytest.raises(errors.ClientNotAccepted):
        await client.care_units()
    assert len(leyr.seen) == 2


async def test_retry_after_is_waited_for(leyr: StandIn, client: LeyrClient, waits: Waits) -> None:
    leyr.will(Reply(429, b"", {"retry-after": "3"}), says([]))
    await client.care_units()
    assert [round(seconds) for seconds in waits.seconds] == [3]


async def test_a_retry_after_that_is_too_long_is_told_instead(leyr: StandIn, client: LeyrClient, waits: Waits) -> None:
    leyr.will(Reply(429, b"", {"retry-after": "3600"}))
    with pytest.raises(errors.TooManyRequests) as caught:
        await client.care_units()
    assert caught.value.problem.retry_after == 3600
    assert (len(leyr.seen), waits.seconds) == (1, [])


async def test_all_reads_wait_when_one_was_told_to(leyr: StandIn, connection: Connection) -> None:
    """`Retry-After` is obeyed by every read (`leyr-api.md` 7)."""
    told, waiting = asyncio.Event(), asyncio.Event()
    go_on = asyncio.Event()

    async def sleep(_: float) -> None:
        (waiting if told.is_set() else told).set()
        await go_on.wait()

    client = LeyrClient(connection, limits=UNHURRIED, sleep=sleep)
    leyr.will(Reply(429, b"", {"retry-after": "9"}), says([]))
    first = asyncio.create_task(client.care_units())
    await told.wait()
    second = asyncio.create_task(client.care_units())
    await waiting.wait()
    assert len(leyr.seen) == 1
    leyr.will(says([]))
    for read in (first, second):
        read.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    await client.aclose()


async def test_a_truncated_answer_is_unreadable(leyr: StandIn, client: LeyrClient) -> None:
    leyr.will(Reply(200, b'[{"id": "1", "na'))
    with pytest.raises(errors.AnswerUnreadable):
        await client.care_units()


async def test_a_wrong_ehr_code_is_told(leyr: StandIn, client: LeyrClient) -> None:
    leyr.will(says({"code": "BAD_REQUEST", "detail": "1 validation error\npath -> emr\n  not permitted"}, 400))
    with pytest.raises(errors.EmrUnknown):
        await client.care_units()


UNSUPPORTED = [refuses("NOT_SUPPORTED"), Reply(404), Reply(405), Reply(501), says({"code": "UNKNOWN_ERROR"}, 404)]


@pytest.mark.parametrize("reply", UNSUPPORTED)
async def test_an_unsupported_list_or_search_is_remembered(leyr: StandIn, connection: Connection, reply: Any) -> None:
    """`leyr-api.md` 12.3: 400 `NOT_SUPPORTED`, 404, 405 and 501 all mean it; 8: demoted at run time."""
    client = LeyrClient(connection, known=for_emr("brand-new"), limits=UNHURRIED)
    leyr.will(reply)
    with pytest.raises(errors.NotSupported) as caught:
        await client.appointments("10", MONDAY, FRIDAY)
    assert caught.value.problem.reason is Reason.NOT_SUPPORTED
    assert not client.capabilities.can(Action.LIST_APPOINTMENTS)
    with pytest.raises(errors.NotSupported):
        await client.search_patients("10", last_name="Berg")
    assert client.capabilities.can(Action.GET_PATIENT)
    await client.aclose()


async def test_a_list_known_to_be_there_is_not_given_up_for_a_404(leyr: StandIn, connection: Connection) -> None:
    client = LeyrClient(connection, known=for_emr("cliniko"), limits=UNHURRIED)
    leyr.will(Reply(404))
    with pytest.raises(errors.NotFound):
        await client.appointments("10", MONDAY, FRIDAY)
    assert client.capabilities.can(Action.LIST_APPOINTMENTS)
    await client.aclose()


@pytest.mark.parametrize("reply", [Reply(404), refuses("INVALID_PATIENT_ID")])
async def test_an_unknown_patient_is_not_found_however_it_is_said(
    leyr: StandIn, client: LeyrClient, reply: Reply
) -> None:
    """`leyr-api.md` 12.23."""
    leyr.will(reply)
    with pytest.raises(errors.PatientNotFound) as caught:
        await client.get_patient("10", "emr_id:1")
    assert caught.value.problem.reason is Reason.PATIENT_NOT_FOUND
    assert client.capabilities.can(Action.GET_PATIENT)


async def test_a_404_on_what_every_ehr_has_closes_nothing(leyr: StandIn, client: LeyrClient) -> None:
    leyr.will(Reply(404))
    with pytest.raises(errors.NotFound):
        await client.timeslots("10", MONDAY, FRIDAY)
    leyr.will(Reply(405))
    with pytest.raises(errors.NotSupported):
        await client.timeslots("10", MONDAY, FRIDAY)
    assert client.capabilities == for_emr("konfidens")


async def test_what_is_dropped_is_logged_without_content(
    leyr: StandIn, client: LeyrClient, caplog: pytest.LogCaptureFixture
) -> None:
    leyr.will(says([{"id": "1"}, {"first_name": "Kari"}]))
    with caplog.at_level(logging.INFO):
        assert len(await client.search_patients("10", last_name="Nordmann")) == 1
    assert caplog.messages == ["1 of 2 patients in an answer could not be read"]


async def test_times_in_utc_with_microseconds_are_the_same_instants(leyr: StandIn, client: LeyrClient) -> None:
    """`leyr-api.md` 1.3 and 12.22."""
    utc = slot_json(MONDAY.astimezone(UTC))
    body = json.dumps([utc]).replace("+00:00", ".000000Z")
    leyr.will(Reply(200, body.encode()))
    [slot] = await client.timeslots("10", MONDAY, FRIDAY)
    assert slot.start == MONDAY
