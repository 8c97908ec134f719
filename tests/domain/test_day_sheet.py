"""The day on paper: nobody is missing on it, nothing is called free that is not known to be, and what is not wished
is not there to be drawn."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic_time import clock_text, day_bounds
from receptionapp.domain.day_sheet import DaySheet, FreeSpans, KnownDay, SheetOptions, make_day_sheet
from receptionapp.domain.layout import ResourceDay
from receptionapp.domain.patient import Person

OSLO = ZoneInfo("Europe/Oslo")
COMMON, SPRING, AUTUMN = date(2026, 11, 24), date(2026, 3, 29), date(2026, 10, 25)
EARLY = datetime(2026, 1, 1, tzinfo=UTC)

people = st.builds(
    Person,
    st.integers(1, 9).map("emr_id:{}".format),
    st.sampled_from(["Qvistiane", "Åse Marie", ""]),
    st.sampled_from(["Plantetsæther", "Al-Rashid"]),
    st.sampled_from([date(1980, 3, 3), None]),
    st.sampled_from(["+4799991357", None]),
)
days = st.sampled_from([COMMON, SPRING, AUTUMN])
wishes = st.builds(SheetOptions, st.booleans(), st.booleans(), st.booleans())


def at(day: date, minutes: int, length: int = 20, resource: str = "r0") -> Timeslot:
    """So many true minutes after the day's midnight."""
    start = day_bounds(day, OSLO)[0] + timedelta(minutes=minutes)
    return Timeslot(start, start + timedelta(minutes=length), resource, "s0")


@st.composite
def lists(draw: st.DrawFn) -> tuple[date, list[OwnAppointment]]:
    day = draw(days)
    numbered = enumerate(
        draw(st.lists(st.tuples(st.integers(0, 1300), people, st.sampled_from(Standing)), max_size=12))
    )
    return day, [
        OwnAppointment(UUID(int=n), "u", at(day, minutes), person, standing, f"a{n}", "arrived", "Plantetkommentar")
        for n, (minutes, person, standing) in numbered
    ]


def sheet_of(day: date, ours: list[OwnAppointment], wish: SheetOptions) -> DaySheet:
    return make_day_sheet(day, [KnownDay(ResourceDay(day, "r0", None, tuple(ours)))], wish, OSLO, EARLY)


@given(lists(), wishes)
def test_everybody_who_may_come_is_on_it_once_and_in_order(
    booked: tuple[date, list[OwnAppointment]], wish: SheetOptions
) -> None:
    day, ours = booked
    [one] = sheet_of(day, ours, wish).lists
    wanted = [own for own in ours if own.standing.takes_time or (own.standing is Standing.CANCELLED and wish.cancelled)]
    assert len(one.rows) == len(wanted)
    starts = [own.start.astimezone(OSLO).strftime("%H:%M") for own in sorted(wanted, key=lambda own: own.start)]
    assert [clock_text(row.top) for row in one.rows] == starts
    assert all(row.top < row.bottom for row in one.rows)


@given(lists(), st.booleans(), st.booleans())
def test_initials_leave_nothing_else_of_a_person(
    booked: tuple[date, list[OwnAppointment]], phones: bool, cancelled: bool
) -> None:
    day, ours = booked
    sheet = sheet_of(day, ours, SheetOptions(True, phones, cancelled))
    for row in sheet.lists[0].rows:
        assert len(row.who) <= 2
        assert row.born is None
        assert row.phone is None


@given(lists(), wishes)
def test_no_comment_and_no_phone_that_was_not_wished_is_on_it(
    booked: tuple[date, list[OwnAppointment]], wish: SheetOptions
) -> None:
    day, ours = booked
    rows = sheet_of(day, ours, wish).lists[0].rows
    held = [getattr(row, name) for row in rows for name in row.__slots__]
    assert "Plantetkommentar" not in held
    if not wish.phones:
        assert "+4799991357" not in held
    assert "Plantetsæther" not in str(rows)  # and what is logged of it names nobody


@given(lists(), wishes)
def test_people_are_counted_once_each(booked: tuple[date, list[OwnAppointment]], wish: SheetOptions) -> None:
    day, ours = booked
    everybody = {own.person.reference for own in ours}
    sheet = sheet_of(day, ours, wish)
    assert sheet.people <= len(everybody)
    assert (sheet.people == 0) == (not sheet.lists[0].rows)


def free_of(day: date, slots: tuple[Timeslot, ...] | None, now: datetime = EARLY) -> FreeSpans | None:
    column = ResourceDay(day, "r0", slots, (), datetime(2026, 11, 24, 7, tzinfo=UTC))
    return make_day_sheet(day, [KnownDay(column)], SheetOptions(), OSLO, now).lists[0].free


def test_what_is_not_loaded_is_not_free() -> None:
    assert free_of(COMMON, None) is None
    none = free_of(COMMON, ())
    assert none is not None
    assert none.spans == ()


def test_free_times_that_touch_are_one_and_those_that_have_begun_are_none() -> None:
    slots = tuple(at(COMMON, minutes) for minutes in (540, 560, 640))
    free = free_of(COMMON, slots)
    assert free is not None
    assert free.spans == ((540, 580), (640, 660))
    later = free_of(COMMON, slots, at(COMMON, 541).start)
    assert later is not None
    assert later.spans == ((560, 580), (640, 660))


@given(days, st.lists(st.integers(0, 1300), max_size=15))
def test_every_free_minute_was_offered(day: date, starts: list[int]) -> None:
    slots = tuple(sorted((at(day, start) for start in set(starts)), key=lambda slot: slot.start))
    free = free_of(day, slots)
    assert free is not None
    offered = {slot.start.astimezone(OSLO).strftime("%H:%M") for slot in slots}
    assert {clock_text(top) for top, _ in free.spans} <= offered
    assert bool(free.spans) == bool(slots)


def test_the_age_of_the_free_times_is_that_of_the_oldest() -> None:
    old, young = datetime(2026, 11, 24, 7, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)
    known = [KnownDay(ResourceDay(COMMON, f"r{n}", (), (), read)) for n, read in enumerate((young, old))]
    known.append(KnownDay(ResourceDay(COMMON, "r2")))
    sheet = make_day_sheet(COMMON, known, SheetOptions(), OSLO, EARLY)
    assert sheet.free_read_at == old
    assert not sheet.is_past
    assert make_day_sheet(COMMON, known, SheetOptions(), OSLO, datetime(2026, 11, 24, 23, 30, tzinfo=UTC)).is_past


def test_what_the_minutes_of_a_day_do_not_tell_is_told_by_its_instants() -> None:
    person = Person("emr_id:1", "Kari", "Nordmann")
    plain, night = at(COMMON, 9 * 60), at(COMMON, 22 * 60, 8 * 60)
    repeated = at(AUTUMN, 150, 30)  # the first 02:30
    for day, slot, exact in (
        (COMMON, plain, None),
        (COMMON, night, (night.start, night.end)),
        (COMMON + timedelta(days=1), night, (night.start, night.end)),
        (AUTUMN, repeated, (repeated.start, repeated.end)),
    ):
        [row] = (
            sheet_of(day, [OwnAppointment(UUID(int=1), "u", slot, person, Standing.BOOKED)], SheetOptions())
            .lists[0]
            .rows
        )
        assert row.exact == exact
