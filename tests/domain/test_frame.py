"""What has room on a page: nothing of ours, nothing unknown is ever hidden, and nothing narrowed under the hand."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.appointment import Standing
from receptionapp.domain.frame import LEAST_HOURS, Frame, fit, folded_resources, follow, open_columns, unfold
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan
from tests.ui.book import made_up_days as made_up

DAY = made_up.TUESDAY

lengths = st.integers(1, 12).map(lambda n: n * 10)
starts = st.integers(0, 143).map(lambda n: n * 10)


@st.composite
def columns(draw: st.DrawFn, resource: int, *, loaded: bool) -> ResourceDay:
    """One resource's day: often with nothing on it."""
    name = f"r{resource}"
    free = draw(st.lists(st.tuples(starts, lengths), max_size=2))
    own = draw(st.lists(st.tuples(starts, lengths, st.sampled_from(Standing)), max_size=1))
    slots = tuple(made_up.slot(DAY, start, length, name) for start, length in free)
    ours = tuple(
        made_up.appointment(resource, made_up.slot(DAY, start, length, name), standing)
        for start, length, standing in own
    )
    return ResourceDay(DAY, name, slots if loaded or draw(st.booleans()) else None, ours)


@st.composite
def pages(draw: st.DrawFn, *, loaded: bool = True) -> Page:
    count = draw(st.integers(0, 6))
    made = tuple(draw(columns(n, loaded=loaded)) for n in range(count))
    return Page(made_up.clinic(8), made_up.OSLO, ViewSpan.DAY, made)


def page_of(*made: ResourceDay, day: date = DAY) -> Page:
    return Page(made_up.clinic(8), made_up.OSLO, ViewSpan.DAY, tuple(replace(column, day=day) for column in made))


def free(resource: int, start: int, length: int = 30) -> ResourceDay:
    return ResourceDay(DAY, f"r{resource}", (made_up.slot(DAY, start, length, f"r{resource}"),))


def nobody(resource: int) -> ResourceDay:
    return ResourceDay(DAY, f"r{resource}", ())


def covers(frame: Frame, page: Page) -> bool:
    """Whether everything that can be chosen, and everything unknown, is in the frame."""
    shown = {column.resource_id for column in open_columns(page, frame)}
    for column in page.columns:
        ours = [own.timeslot for own in column.appointments if own.standing is not Standing.REFUSED]
        things = [*(column.timeslots or ()), *ours]
        if (things or column.timeslots is None) and column.resource_id not in shown:
            return False
        for slot in things:
            since = (slot.start - made_up.at(DAY, 0)).total_seconds() / 3600
            until = min((slot.end - made_up.at(DAY, 0)).total_seconds() / 3600, 24)
            if not frame.first_hour <= since <= until <= frame.last_hour:
                return False
    return True


@given(pages(loaded=False))
def test_nothing_free_nothing_of_ours_and_nothing_unknown_is_hidden(page: Page) -> None:
    assert covers(fit(page), page)


@given(pages())
def test_a_fitted_page_has_no_column_and_no_whole_hour_too_many(page: Page) -> None:
    frame = fit(page)
    kept = [c for c in page.columns if c.timeslots or any(o.standing is not Standing.REFUSED for o in c.appointments)]
    assert list(open_columns(page, frame)) == kept
    if kept:
        slots = [slot for c in kept for slot in c.timeslots or ()]
        slots += [own.timeslot for c in kept for own in c.appointments if own.standing is not Standing.REFUSED]
        midnight = made_up.at(DAY, 0)
        first = min((slot.start - midnight).total_seconds() // 3600 for slot in slots)
        last = max(-(-(slot.end - midnight).total_seconds() // 3600) for slot in slots)
        assert frame.last_hour - frame.first_hour == max(min(last, 24) - first, LEAST_HOURS)


@given(pages(), pages(loaded=False))
def test_what_arrives_while_a_day_is_looked_at_only_widens_it(page: Page, later: Page) -> None:
    before = fit(page)
    now = follow(before, later)
    if now.sight != before.sight:
        assert now == fit(later)
        return
    assert now.shown >= before.shown
    assert now.first_hour <= before.first_hour
    assert now.last_hour >= before.last_hour
    assert now.hours_to_fit == before.hours_to_fit
    assert covers(now, later)


@given(pages(loaded=False))
def test_unfolded_it_shows_everybody(page: Page) -> None:
    frame = unfold(fit(page), page)
    assert folded_resources(page, frame) == ()
    assert covers(frame, page)


def test_who_offers_nothing_is_folded_and_who_has_ours_is_not() -> None:
    ours = replace(nobody(2), appointments=(made_up.appointment(1, made_up.slot(DAY, 600, 30, "r2")),))
    page = page_of(nobody(0), free(1, 540), ours, nobody(3))
    assert folded_resources(page, fit(page)) == ("r0", "r3")


def test_while_something_is_not_loaded_everybody_is_shown() -> None:
    page = page_of(nobody(0), ResourceDay(DAY, "r1"))
    frame = fit(page)
    assert folded_resources(page, frame) == ()
    assert frame.hours == (7, 17)
    assert not frame.settled


def test_it_is_decided_when_all_is_loaded_and_again_on_another_day() -> None:
    waiting = fit(page_of(nobody(0), ResourceDay(DAY, "r1")))
    page = page_of(nobody(0), free(1, 545))
    settled = follow(waiting, page)
    assert (settled.shown, settled.hours) == ({"r1"}, (9, 12))
    gone = follow(settled, page_of(nobody(0), nobody(1)))
    assert (gone.shown, gone.hours) == (settled.shown, settled.hours)
    tomorrow = DAY.replace(day=25)
    assert follow(settled, page_of(nobody(0), nobody(1), day=tomorrow)).shown == set()


def test_an_hour_late_in_the_evening_is_three_all_the_same() -> None:
    assert fit(page_of(free(0, 23 * 60 + 10, 40))).hours == (21, 24)
