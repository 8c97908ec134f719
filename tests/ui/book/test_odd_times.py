"""Times over midnight and in the hour that the clock shows twice, on screen, spoken and on paper."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.day_sheet import KnownDay, SheetOptions, make_day_sheet
from receptionapp.domain.layout import FreeCell, Page, ResourceDay, ViewSpan
from receptionapp.store.snapshot import Snapshot, View
from tests.ui.book import made_up_days as made_up
from ui.book import texts
from ui.book.contents import Contents, LayoutCache
from ui.finder.sources import when_text
from ui.printing.words import PrintContext, compose_sheet
from ui.words.formatting import clock_time, time_range

AUTUMN = date(2026, 10, 25)
CLINIC = made_up.clinic(1)


def at(day: date, minutes: int) -> datetime:
    """So many true minutes after the day's midnight."""
    return day_bounds(day, made_up.OSLO)[0] + timedelta(minutes=minutes)


def own(start: datetime, length: int) -> OwnAppointment:
    slot = Timeslot(start, start + timedelta(minutes=length), "r0", "s0")
    return OwnAppointment(UUID(int=1), CLINIC.care_unit.id, slot, made_up.person(1), Standing.BOOKED)


def contents(day: date, *ours: OwnAppointment) -> Contents:
    column = ResourceDay(day, "r0", (), ours)
    return Contents(Page(CLINIC, made_up.OSLO, ViewSpan.DAY, (column,)), LayoutCache())


def paper(day: date, ours: OwnAppointment) -> str:
    known = [KnownDay(ResourceDay(day, "r0", (), (ours,)))]
    sheet = make_day_sheet(day, known, SheetOptions(), made_up.OSLO, at(day, 0))
    around = PrintContext(CLINIC, made_up.OSLO, ConnectionProfile.LIVE, at(day, 0))
    [line] = compose_sheet(sheet, around, initials_only=False, phones=False).lists[0].lines
    return line.time


def test_the_two_half_past_two_of_the_autumn_night_are_told_apart() -> None:
    first, second = at(AUTUMN, 150), at(AUTUMN, 210)
    assert [clock_time(each, made_up.OSLO) for each in (first, second)] == ["02:30 (first)", "02:30 (second)"]
    assert time_range(first, first + timedelta(minutes=30), made_up.OSLO) == "02:30 (first)–02:00 (second)"
    assert clock_time(at(AUTUMN, 240), made_up.OSLO) == "03:00"


def test_so_they_are_in_lists_of_free_times() -> None:
    snapshot = Snapshot(View(AUTUMN), made_up.OSLO)
    slots = [Timeslot(at(AUTUMN, n), at(AUTUMN, n + 30), "r0", "s0") for n in (150, 210)]
    said = {when_text(FreeCell(slot.start, slot.end, "r0", (slot,)), snapshot) for slot in slots}
    assert len(said) == 2


@pytest.mark.parametrize(("minute", "time"), [(150, "02:30 (first)"), (210, "02:30 (second)")])
def test_so_they_are_in_the_book_spoken_and_on_paper(minute: int, time: str) -> None:
    ours = own(at(AUTUMN, minute), 20)
    made = contents(AUTUMN, ours)
    [item] = made.items(0)
    assert texts.block_times(item, made_up.OSLO)[1] == time
    assert time in made.sentence(0, item)
    assert time in texts.tooltip(made.page, made.columns[0], ours)
    assert paper(AUTUMN, ours).startswith(time)


def test_free_times_on_paper_tell_which_of_the_two_hours_is_free() -> None:
    slots = tuple(Timeslot(at(AUTUMN, n), at(AUTUMN, n + 30), "r0", "s0") for n in (120, 210, 240))
    sheet = make_day_sheet(
        AUTUMN, [KnownDay(ResourceDay(AUTUMN, "r0", slots))], SheetOptions(), made_up.OSLO, at(AUTUMN, 0)
    )
    around = PrintContext(CLINIC, made_up.OSLO, ConnectionProfile.LIVE, at(AUTUMN, 0))
    [listed] = compose_sheet(sheet, around, initials_only=False, phones=False).lists
    assert "02:00 (first)–02:30 (first), 02:30 (second)–03:30" in listed.tail


def test_over_midnight_both_days_tell_all_of_it() -> None:
    monday = made_up.TUESDAY - timedelta(days=1)
    night = own(at(monday, 22 * 60), 8 * 60)
    for day, said in (
        (monday, "22:00 to Tuesday 24 November 06:00"),
        (made_up.TUESDAY, "Monday 23 November 22:00 to 06:00"),
    ):
        made = contents(day, night)
        [item] = made.items(0)
        assert texts.block_times(item, made_up.OSLO) == ("22:00–06:00", "22:00")
        assert said in made.sentence(0, item)
        assert paper(day, night) == "22:00–06:00"
        assert made.frame.first_hour == (0 if day == made_up.TUESDAY else 7)


def test_what_ends_at_midnight_is_of_one_day() -> None:
    ours = own(at(made_up.TUESDAY, 23 * 60), 60)
    made = contents(made_up.TUESDAY, ours)
    assert "23:00 to 24:00" in made.sentence(0, made.items(0)[0])
    assert paper(made_up.TUESDAY, ours) == "23:00–24:00"
