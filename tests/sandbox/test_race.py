"""Two desks want the same timeslot (leyr-api 11): over real sockets, again and again."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

import httpx
import pytest

from receptionapp.sandbox.calendar import Span
from tests.examples import examples
from tests.running_sandbox import run_in_thread

ROUNDS = examples(80, 1000)
ROUNDS_AT_ONCE = 8


def apart(timeslots):
    """As many as there are that do not overlap, with the resource and service of each."""
    end = None
    for timeslot in timeslots:
        if end is None or timeslot.span.start >= end:
            end = timeslot.span.end
            yield {
                "start": timeslot.span.start.isoformat(),
                "end": end.isoformat(),
                "resource_id": timeslot.resource_id,
                "healthcare_service_id": timeslot.healthcare_service_id,
            }


@pytest.mark.in_full
async def test_of_two_desks_that_race_for_a_timeslot_exactly_one_wins(clinic, clock):
    sandbox = clinic()
    emergency = sandbox.care_unit("L0_2").resource("vakt_1")
    weeks = Span(clock.now, clock.now + timedelta(days=60))
    timeslots = sandbox.diary.free_timeslots([emergency], emergency.services, weeks, clock.now)
    wanted = list(apart(timeslots))[:ROUNDS]
    assert len(wanted) == ROUNDS
    outcomes = Counter()
    lane = asyncio.Semaphore(ROUNDS_AT_ONCE)

    async def race(desks, timeslot):
        body = {**timeslot, "patient_id": "P_100001"}
        async with lane:
            answers = await asyncio.gather(*(desk.post("care-units/L0_2/appointments", json=body) for desk in desks))
        outcomes[tuple(sorted(answer.status_code for answer in answers))] += 1

    with run_in_thread(sandbox) as leyr:
        async with AsyncExitStack() as stack:
            desks = [
                await stack.enter_async_context(
                    httpx.AsyncClient(
                        base_url=f"{leyr.url}/emrs/{leyr.emr}",
                        headers={"x-leyr-client-id": leyr.client_id, "x-leyr-client-secret": leyr.client_secret},
                        timeout=30,
                    )
                )
                for _ in range(2)
            ]
            await asyncio.gather(*(race(desks, timeslot) for timeslot in wanted))

    assert outcomes == {(200, 400): ROUNDS}
    booked = [datetime.fromisoformat(timeslot["start"]) for timeslot in wanted]
    made = [appointment.span.start for appointment in sandbox.appointments() if appointment.span.start in set(booked)]
    assert made == booked
