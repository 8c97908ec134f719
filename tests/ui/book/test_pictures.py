"""What the book looks like: five kinds of ground that no eye, and no grey printer, takes for one another."""

from dataclasses import replace
from itertools import combinations

import made_up_days as made_up
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from receptionapp.domain.appointment import Standing, Timeslot
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan
from ui.book.view import BookView
from ui.theme import DARK, LIGHT, Theme

DAY = made_up.TUESDAY
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
NOON = 12 * 60
SHOWN = tuple(standing for standing in Standing if standing is not Standing.REFUSED)


def ground_page(service: str | None = None) -> Page:
    """A column for each kind of ground, all from 12 to 14."""
    slot = made_up.slot(DAY, NOON, 120)
    columns = (
        ResourceDay(DAY, "r0", (slot,)),
        ResourceDay(DAY, "r1", (), (made_up.appointment(1, slot),)),
        ResourceDay(DAY, "r2", (), (made_up.appointment(1, slot, Standing.SENDING),)),
        ResourceDay(DAY, "r3", ()),
        ResourceDay(DAY, "r4", None),
    )
    return Page(made_up.clinic(5), made_up.OSLO, ViewSpan.DAY, columns, service)


def shown(qtbot: QtBot, theme: Theme, page: Page) -> tuple[BookView, QImage]:
    view = BookView(theme)
    qtbot.addWidget(view)
    view.resize(900, 760)
    view.show()
    view.show_page(page)
    return view, view.viewport().grab().toImage()


def greys(image: QImage, rect: QRect) -> list[int]:
    grey = image.copy(rect).convertToFormat(QImage.Format.Format_Grayscale8)
    return [grey.pixelColor(x, y).red() for y in range(grey.height()) for x in range(grey.width())]


def look(image: QImage, rect: QRect) -> tuple[float, float]:
    """Mean and spread of the grey values in a patch: flat or hatched, light or dark."""
    values = greys(image, rect)
    mean = sum(values) / len(values)
    return mean, (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5


@THEMES
def test_the_five_grounds_differ_in_greyscale(qtbot: QtBot, theme: Theme) -> None:
    view, image = shown(qtbot, theme, ground_page())
    assert view.contents is not None
    (free,) = view.contents.items(0)
    looks = {}
    for column, name in enumerate(("free", "ours", "sending", "not offered", "not loaded")):
        rect = view.item_rect(column, free).adjusted(0, 60, -12, -30)  # below the words: the ground alone, and the bar
        looks[name] = look(image, rect)
    for (one, (mean, spread)), (other, (other_mean, other_spread)) in combinations(looks.items(), 2):
        assert abs(mean - other_mean) > 3 or abs(spread - other_spread) > 3, (one, other, looks)


@THEMES
def test_every_standing_has_a_look_of_its_own_in_greyscale(qtbot: QtBot, theme: Theme) -> None:
    slot = made_up.slot(DAY, NOON, 90)
    columns = tuple(
        ResourceDay(DAY, f"r{n}", (), (made_up.appointment(1, slot, standing),)) for n, standing in enumerate(SHOWN)
    )
    view, image = shown(qtbot, theme, replace(ground_page(), clinic=made_up.clinic(len(SHOWN)), columns=columns))
    view.resize(1800, 760)
    image = view.viewport().grab().toImage()
    assert view.contents is not None
    patches = [greys(image, view.item_rect(n, view.contents.items(n)[0])) for n in range(len(SHOWN))]
    for (one, patch), (other, against) in combinations(zip(SHOWN, patches, strict=True), 2):
        assert len(patch) != len(against) or sum(a != b for a, b in zip(patch, against, strict=True)) > 20, (one, other)


@THEMES
def test_unloaded_time_never_looks_free(qtbot: QtBot, theme: Theme) -> None:
    _, image = shown(qtbot, theme, replace(ground_page(), columns=(ResourceDay(DAY, "r0", None),)))
    free = image.pixelColor(0, 0).fromString(theme.free)
    assert not any(image.pixelColor(x, y) == free for x in range(0, 400, 3) for y in range(0, 700, 3))


def test_with_a_service_chosen_each_start_shows_as_a_block(qtbot: QtBot) -> None:
    slots = tuple(made_up.slot(DAY, NOON + n * 30, 30) for n in range(4))
    column = (ResourceDay(DAY, "r0", slots),)
    _, merged = shown(qtbot, LIGHT, replace(ground_page(), columns=column))
    _, blocks = shown(qtbot, LIGHT, replace(ground_page("s0"), columns=column))
    assert merged != blocks


def test_a_day_gone_by_is_dimmed_and_the_present_marked(qtbot: QtBot) -> None:
    view, before = shown(qtbot, LIGHT, ground_page())
    view.set_now(made_up.at(DAY, NOON + 60))
    after = view.viewport().grab().toImage()
    x = view.viewport().width() * 7 // 10
    assert after.pixelColor(x, 5) != before.pixelColor(x, 5)
    bottom = view.viewport().height() - 12
    assert after.pixelColor(x, bottom) == before.pixelColor(x, bottom)
    rows = [y for y in range(after.height()) if after.pixelColor(x, y).name().upper() == LIGHT.now]
    assert rows


def test_scrolling_shows_the_very_same_picture_as_painting_anew(qtbot: QtBot) -> None:
    view, _ = shown(qtbot, LIGHT, made_up.busy_page())
    for _ in range(5):
        view.zoom_in()
    view.viewport().grab()
    for value in (50, 173, 90):
        view.verticalScrollBar().setValue(value)
    scrolled = view.viewport().grab().toImage()
    view.set_theme(LIGHT)
    assert view.viewport().grab().toImage() == scrolled


def test_the_theme_can_be_changed_while_the_book_is_open(qtbot: QtBot) -> None:
    view, light = shown(qtbot, LIGHT, ground_page())
    view.set_theme(DARK)
    dark = view.viewport().grab().toImage()
    point = QPoint(view.viewport().width() * 7 // 10, 300)
    assert light.pixelColor(point).lightness() > 150 > 100 > dark.pixelColor(point).lightness()


@pytest.mark.parametrize("resources", [0, 1, 50])
@pytest.mark.parametrize("days", [1, 5])
def test_any_number_of_columns_can_be_drawn(qtbot: QtBot, resources: int, days: int) -> None:
    view, image = shown(qtbot, LIGHT, made_up.busy_page(days=days, resources=resources))
    assert not image.isNull()
    assert (view.horizontalScrollBar().maximum() > 0) == (resources * days > 8)


def test_free_times_and_appointments_end_at_one_line_unless_one_lies_over_the_other(qtbot: QtBot) -> None:
    early, late = made_up.slot(DAY, NOON, 60), made_up.slot(DAY, NOON + 60, 60)

    def rights(*free: Timeslot) -> set[int]:
        own = made_up.appointment(1, late)
        view, _ = shown(qtbot, LIGHT, replace(ground_page(), columns=(ResourceDay(DAY, "r0", free, (own,)),)))
        assert view.contents is not None
        return {view.item_rect(0, item).right() for item in view.contents.items(0)}

    assert len(rights(early)) == 1
    assert len(rights(early, late)) == 2


def test_a_name_with_markup_emoji_and_eighty_letters_is_only_text(qtbot: QtBot) -> None:
    slot = made_up.slot(DAY, NOON, 60)
    strange = replace(made_up.person(1), first_name="<b>Åse</b> 🦷", last_name="O'Hara " + "æøå" * 25)
    own = replace(made_up.appointment(1, slot), person=strange)
    page = replace(ground_page(), columns=(ResourceDay(DAY, "r0", (), (own,)),))
    view, image = shown(qtbot, LIGHT, page)
    assert not image.isNull()
    assert view.contents is not None
