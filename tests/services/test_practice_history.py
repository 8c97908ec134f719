"""What practice mode finds at each start: a page worth looking at, and a clinic at work on it and around it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.clinic_time import clinic_day, day_bounds
from receptionapp.domain.patient import Patient
from receptionapp.domain.practice_days import A_DAY, LEAST_OURS, FirstPage
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import Connection
from receptionapp.leyr.errors import LeyrError
from receptionapp.leyr.pace import Limits
from receptionapp.sandbox import Sandbox, create_app
from receptionapp.services.practice import choose_first_page
from receptionapp.services.practice_history import seed_ledger
from tests.clocks import StoppedClock

OSLO = ZoneInfo("Europe/Oslo")


def oslo(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=OSLO).astimezone(UTC)


TUESDAY_MORNING = oslo(24, 8)


class Door:
    """Before the sandbox: `booking` is set when a booking is at it, which waits there until `open` is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.open, self.booking = asyncio.Event(), asyncio.Event()
        self.open.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("method") == "POST":
            self.booking.set()
            await self.open.wait()
        await self._app(scope, receive, send)


class PracticeMode:
    """As the program has it, without its window."""

    def __init__(self, sandbox: Sandbox, clock: StoppedClock, ledger: Ledger) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.ledger = ledger
        self.door = Door(create_app(sandbox))
        connection = Connection("http://127.0.0.1/api", sandbox.profile.emr, sandbox.client_id, sandbox.client_secret)
        self.client = LeyrClient(connection, asgi_app=self.door, limits=Limits(2, 1000, 1000))

    async def begin(self, now: datetime) -> FirstPage:
        self.clock.now = now
        page = choose_first_page(self.sandbox, None, OSLO, now)
        patients = [
            Patient(p.id, p.emr_id, p.first_name, p.last_name, p.external_id, p.phones) for p in self.sandbox.patients()
        ]
        await seed_ledger(self.client, self.ledger, patients[:50], page, OSLO)
        return page

    async def ours(self, day: date, days: int = 1) -> list[OwnAppointment]:
        """What the book shows of ours from `day` on."""
        start, end = day_bounds(day, OSLO)[0], day_bounds(day + timedelta(days=days - 1), OSLO)[1]
        return list(await self.ledger.appointments(self.sandbox.care_units[0].id, start, end))

    def book_all_but(self, left: int, day: date) -> None:
        """Others book the whole day but for so many free times."""
        unit = self.sandbox.care_units[0]
        offered = self.sandbox.free_timeslots(unit.id, *day_bounds(day, OSLO))
        for slot in offered[left:]:
            self.sandbox.outside.block(slot.resource_id, slot.span.start, slot.span.end)


@pytest.fixture
async def practice(tmp_path: Path) -> AsyncIterator[PracticeMode]:
    clock = StoppedClock(TUESDAY_MORNING)
    ledger = await Ledger.open(SqliteFile(tmp_path / "ledger.sqlite3"), Writer("practice", "desk"), clock)
    with Sandbox(now=clock) as sandbox:
        made = PracticeMode(sandbox, clock, ledger)
        yield made
        await made.client.aclose()
        await ledger.close()


async def test_at_the_first_start_each_working_day_of_the_week_ahead_has_some_of_ours(practice: PracticeMode) -> None:
    page = await practice.begin(TUESDAY_MORNING)
    assert page.day == date(2026, 11, 24)
    for days, many in ((0, A_DAY), (1, A_DAY), (2, A_DAY), (3, A_DAY), (4, 0), (5, 0), (6, A_DAY), (7, A_DAY), (8, 0)):
        ours = await practice.ours(page.day + timedelta(days=days))
        assert [own.standing for own in ours] == [Standing.BOOKED] * many
        assert len({own.person.reference for own in ours}) == many
    held = {held.id for held in practice.sandbox.appointments()}
    assert {own.appointment_id for own in await practice.ours(page.day, 9)} <= held


async def test_opened_again_on_the_same_page_nothing_is_booked_anew(practice: PracticeMode) -> None:
    page = await practice.begin(TUESDAY_MORNING)
    before = await practice.ours(page.day, 30)
    for later in (timedelta(minutes=1), timedelta(hours=2), timedelta(days=1)):
        await practice.begin(TUESDAY_MORNING + later)
        assert await practice.ours(page.day, 30) == before


async def test_when_all_on_the_page_have_begun_one_more_is_booked_for_later(practice: PracticeMode) -> None:
    await practice.begin(TUESDAY_MORNING)
    thursday = await practice.ours(date(2026, 11, 26))
    later = max(own.start for own in thursday)
    page = await practice.begin(later)
    assert page.day == date(2026, 11, 26)
    [more] = set(await practice.ours(page.day)) - set(thursday)
    assert more.start > later


@pytest.mark.parametrize(
    ("later", "first_page"),
    [
        (oslo(24, 19), date(2026, 11, 25)),
        (oslo(27, 14, 55), date(2026, 11, 30)),
        (oslo(3, 10, month=12), date(2026, 12, 3)),
        (oslo(24, 14, 55, month=12), date(2026, 12, 28)),
        (datetime(2028, 2, 29, 9, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
async def test_whenever_it_is_opened_again_the_first_page_has_ours_ahead_and_what_was_stays(
    practice: PracticeMode, later: datetime, first_page: date
) -> None:
    page = await practice.begin(TUESDAY_MORNING)
    before = await practice.ours(page.day, 30)
    again = await practice.begin(later)
    assert again.day == first_page
    ours = await practice.ours(first_page)
    assert len(ours) >= LEAST_OURS
    assert any(own.start > later for own in ours)
    assert set(before) <= set(await practice.ours(page.day, 900))


async def test_what_was_cancelled_is_made_up_for_on_the_first_page_and_stays_cancelled(practice: PracticeMode) -> None:
    page = await practice.begin(TUESDAY_MORNING)
    unit = practice.sandbox.care_units[0].id
    for own in await practice.ours(page.day):
        intent, _ = await practice.ledger.prepare_cancel(own.key)
        await practice.ledger.mark_sent(intent.id)
        answer = await practice.client.cancel(unit, own.appointment_id or "", None)
        await practice.ledger.settle_cancelled(intent.id, answer)
    await practice.begin(TUESDAY_MORNING)
    standings = sorted(own.standing for own in await practice.ours(page.day))
    assert standings == [Standing.BOOKED] * A_DAY + [Standing.CANCELLED] * A_DAY


async def test_whose_details_were_wiped_is_not_known_again(practice: PracticeMode) -> None:
    page = await practice.begin(TUESDAY_MORNING)
    months_later = oslo(31, 9, month=12)
    everybody = [f"emr_id:{patient.emr_id}" for patient in practice.sandbox.patients()[:50]]
    kept = {own.person.reference for own in await practice.ours(page.day, 30)}
    practice.clock.now = months_later
    for reference in set(everybody) - kept:
        await practice.ledger.wipe_person(reference)
    again = await practice.begin(months_later)
    ours = await practice.ours(again.day)
    assert len(ours) == A_DAY
    assert {own.person.reference for own in ours} <= kept
    assert {person.reference for person in await practice.ledger.known_people(everybody)} == kept


async def test_a_day_that_others_have_filled_is_not_the_first_page(practice: PracticeMode) -> None:
    practice.book_all_but(5, date(2026, 11, 24))
    page = await practice.begin(TUESDAY_MORNING)
    assert page.day == date(2026, 11, 25)
    assert len(await practice.ours(page.day)) == A_DAY


async def test_where_nothing_is_free_for_a_month_it_begins_with_today(practice: PracticeMode) -> None:
    for days in range(31):
        practice.book_all_but(0, date(2026, 11, 24) + timedelta(days=days))
    page = await practice.begin(TUESDAY_MORNING)
    assert page.day == date(2026, 11, 24)
    assert await practice.ours(page.day, 30) == []


async def test_closed_in_the_middle_of_a_booking_it_leaves_no_outcome_unknown(practice: PracticeMode) -> None:
    practice.door.open.clear()
    beginning = asyncio.create_task(practice.begin(TUESDAY_MORNING))
    await practice.door.booking.wait()
    beginning.cancel()
    await asyncio.sleep(0)
    practice.door.open.set()
    with pytest.raises(asyncio.CancelledError):
        await beginning
    assert [own.standing for own in await practice.ours(date(2026, 11, 24), 9)] == [Standing.BOOKED]
    assert await practice.ledger.recover() == ()


@pytest.mark.parametrize(
    ("fault", "standing"), [("rate_limited", Standing.REFUSED), ("drop_after", Standing.BOOKING_UNKNOWN)]
)
async def test_what_the_clinic_does_not_confirm_is_written_down_as_what_it_is(
    practice: PracticeMode, fault: str, standing: Standing
) -> None:
    practice.sandbox.faults.next_calls(fault, method="POST")
    with pytest.raises(LeyrError):
        await practice.begin(TUESDAY_MORNING)
    assert [own.standing for own in await practice.ours(date(2026, 11, 24), 9)] == [standing]
    page = await practice.begin(TUESDAY_MORNING)
    booked = [own for own in await practice.ours(page.day) if own.standing is Standing.BOOKED]
    assert len(booked) >= LEAST_OURS


def test_a_care_unit_that_is_not_there_any_more_gives_way_to_the_first(practice: PracticeMode) -> None:
    first, second = practice.sandbox.care_units
    chosen = [choose_first_page(practice.sandbox, wish, OSLO, TUESDAY_MORNING).care_unit_id for wish in ("gone", None)]
    assert chosen == [first.id, first.id]
    assert choose_first_page(practice.sandbox, second.id, OSLO, TUESDAY_MORNING).care_unit_id == second.id


def test_a_clinic_day_is_told_by_the_clinics_clock(practice: PracticeMode) -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # half past midnight in Oslo
    assert choose_first_page(practice.sandbox, None, OSLO, late).day == date(2026, 11, 25) == clinic_day(late, OSLO)
