"""What changed elsewhere lights up once; what this desk does, and what is merely read, does not."""

from dataclasses import replace

import made_up_days as made_up
import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan
from ui.book.change_highlights import places_changed_elsewhere
from ui.book.contents import Contents, LayoutCache
from ui.book.view import BookView

DAY = made_up.TUESDAY
OURS = tuple(made_up.appointment(n, made_up.slot(DAY, 480 + 30 * n, 20)) for n in range(9))


def page(*own: OwnAppointment, day: int = 24) -> Page:
    columns = (ResourceDay(DAY.replace(day=day), "r0", (), own),)
    return Page(made_up.clinic(1), made_up.OSLO, ViewSpan.DAY, columns)


def news(before: Page, after: Page) -> list[object]:
    memory = LayoutCache()
    return [place.key for place in places_changed_elsewhere(Contents(before, memory), Contents(after, memory))]


def standing(own: OwnAppointment, now: Standing) -> OwnAppointment:
    return replace(own, standing=now)


def test_an_appointment_that_another_desk_booked_is_news() -> None:
    assert news(page(OURS[0]), page(*OURS[:2])) == [OURS[1].key]


def test_one_that_another_desk_cancelled_is_news() -> None:
    assert news(page(*OURS[:2]), page(standing(OURS[0], Standing.CANCELLED), OURS[1])) == [OURS[0].key]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Standing.SENDING, Standing.BOOKED),
        (Standing.BOOKED, Standing.CANCELLING),
        (Standing.CANCELLING, Standing.CANCELLED),
    ],
)
def test_what_this_desk_does_is_none(before: Standing, after: Standing) -> None:
    assert news(page(standing(OURS[0], before)), page(standing(OURS[0], after))) == []


def test_what_is_merely_read_is_none() -> None:
    assert news(page(), page(OURS[0])) == []
    assert news(page(OURS[0]), page(*OURS)) == []
    assert news(page(OURS[0]), page(OURS[1], day=25)) == []


def test_it_lights_up_and_goes_out(book: BookView) -> None:
    book.show_page(page(OURS[0]))
    book.show_page(page(*OURS[:2]))
    assert [place.key for place in book._scene.highlights] == [OURS[1].key]
    book._news._fade.setCurrentTime(book._news._fade.duration())
    assert book._scene.highlights == ()


def test_colours_tell_the_service_or_the_standing(book: BookView) -> None:
    same_service = replace(OURS[0], timeslot=made_up.slot(DAY, 480, 60))
    other = standing(replace(OURS[1], timeslot=made_up.slot(DAY, 600, 60)), Standing.AWAITING_CODE)
    book.show_page(page(same_service, other))
    before = book.viewport().grab().toImage()
    book.colour_by_status(True)
    assert book.viewport().grab().toImage() != before
    book.colour_by_status(False)
    assert book.viewport().grab().toImage() == before
