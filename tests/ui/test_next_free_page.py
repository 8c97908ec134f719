"""Next free: the wish, the answers, and walking through them with real keys."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QListWidget, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from receptionapp.domain.clinic import CareUnit
from receptionapp.domain.free_times import FreeTimeCriteria, FreeTimeSearch, SearchState
from receptionapp.domain.layout import FreeCell
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded, FreeTimeChecked, FreeTimesFound
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from tests.ui.book import made_up_days as made_up
from ui.panels.next_free_page import NextFreePage
from ui.panels.slot_notes import AvailabilityLine
from ui.theme import LIGHT

CLINIC = made_up.clinic(4)
SUNDAY = date(2026, 11, 29)


def cell(minute: int, resource: str = "r0") -> FreeCell:
    slot = made_up.slot(made_up.TUESDAY, minute, 20, resource)
    return FreeCell(slot.start, slot.end, resource, (slot,))


NINE, TEN = cell(9 * 60), cell(10 * 60, "r1")


class Desk:
    """The page, and what it asked for."""

    def __init__(self) -> None:
        view = View(made_up.TUESDAY, service_id="s0", hidden_resources=frozenset({"r3"}))
        self.store = BookStore(Snapshot(view, made_up.OSLO), StoppedClock(TUESDAY_MORNING))
        self.page = NextFreePage(self.store, LIGHT)
        self.store.apply(ClinicLoaded((CLINIC.care_unit,), CLINIC))
        self.searches: list[FreeTimeSearch] = []
        self.stopped: list[bool] = []
        self.checks: list[FreeCell] = []
        self.taken: list[FreeCell] = []
        self.page.search_wanted.connect(self.searches.append)
        self.page.stop_wanted.connect(self._stop)
        self.page.check_wanted.connect(self.checks.append)
        self.page.taken.connect(self.taken.append)

    def _stop(self) -> None:
        self.stopped.append(True)

    def finds(self, *cells: FreeCell, state: SearchState = SearchState.ENOUGH) -> None:
        at = made_up.at(made_up.TUESDAY, 8 * 60)
        self.store.apply(FreeTimesFound(self.searches[-1].id, cells, 1, SUNDAY, state, at))

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.page.times, key)

    def field(self, name: str, kind: type[QWidget]) -> QWidget:
        return next(w for w in self.page.findChildren(kind) if w.accessibleName() == name)

    def texts(self) -> list[str]:
        return [self.page.times.item(row).text() for row in range(self.page.times.count())]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made.page)
    made.page.resize(320, 700)
    made.page.show()
    made.page.begin(None)
    return made


def test_it_begins_with_the_shown_resources_and_the_chosen_service(desk: Desk) -> None:
    assert [search.criteria for search in desk.searches] == [FreeTimeCriteria(frozenset({"s0"}), ("r0", "r1", "r2"))]


def test_a_touch_of_the_wish_searches_anew(desk: Desk, qtbot: QtBot) -> None:
    desk.finds(NINE)
    with qtbot.waitSignal(desk.page.search_wanted):
        resources = desk.field("Resources", QListWidget)
        assert isinstance(resources, QListWidget)
        resources.setCurrentRow(2)
        QTest.keyClick(resources, Qt.Key.Key_Space)
        QTest.keyClick(desk.field("Friday", QToolButton), Qt.Key.Key_Space)
        QTest.keyClicks(desk.field("Begins at or after", QComboBox), "15")
    wish = FreeTimeCriteria(frozenset({"s0"}), ("r0", "r1"), frozenset({1, 2, 3, 4, 6, 7}), time(15))
    assert desk.searches[-1].criteria == wish
    assert desk.texts() == []


def test_a_wish_that_was_said_is_filled_in(desk: Desk) -> None:
    wish = FreeTimeCriteria(None, ("r1",), frozenset({5}), time(8, 20), time(11), timedelta(minutes=25))
    desk.page.begin(wish)
    assert desk.searches[-1].criteria == wish


def test_answers_are_walked_with_the_arrows_and_enter_takes_one(desk: Desk) -> None:
    desk.finds(NINE, state=SearchState.GOING)
    desk.finds(TEN)
    assert desk.texts() == ["Tue 24 Nov  09:00\nAne Ødegård · 20 min", "Tue 24 Nov  10:00\nBo Lindqvist · 20 min"]
    desk.press(Qt.Key.Key_Down)
    assert desk.taken == []
    desk.press(Qt.Key.Key_Return)
    assert desk.taken == [TEN]


def test_enter_before_the_first_answer_takes_it_when_it_comes(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Return)
    desk.finds(NINE, TEN)
    assert desk.taken == [NINE]


def test_only_the_one_that_is_rested_on_is_read_again(desk: Desk, qtbot: QtBot) -> None:
    desk.finds(NINE, TEN)
    with qtbot.waitSignal(desk.page.check_wanted):
        desk.press(Qt.Key.Key_Down)
    assert desk.checks == [TEN]


@pytest.mark.parametrize(("offered", "said"), [(TEN.options, "still free"), ((), "gone"), (None, "not read again")])
def test_what_reading_again_told_is_said_in_words(desk: Desk, offered: tuple[object, ...] | None, said: str) -> None:
    desk.finds(NINE, TEN)
    desk.store.apply(FreeTimeChecked(TEN, offered, made_up.at(made_up.TUESDAY, 500)))  # type: ignore[arg-type]
    assert said in desk.texts()[1]
    assert said not in desk.texts()[0]


def test_more_goes_on_after_the_last_answer(desk: Desk) -> None:
    desk.finds(NINE, TEN)
    [more] = desk.page.findChildren(QPushButton)
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert desk.searches[-1].after == TEN.start + timedelta(seconds=1)
    desk.finds(cell(11 * 60))
    assert len(desk.texts()) == 3


def test_more_goes_on_after_the_weeks_that_had_none(desk: Desk) -> None:
    desk.finds(state=SearchState.ENDED)
    [more] = desk.page.findChildren(QPushButton)
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert desk.searches[-1].after == datetime(2026, 11, 30, tzinfo=made_up.OSLO)


def test_a_late_answer_to_another_wish_is_no_answer(desk: Desk) -> None:
    old = desk.searches[-1]
    desk.page.begin(None)
    desk.store.apply(FreeTimesFound(old.id, (NINE,), 1, SUNDAY, SearchState.ENOUGH))
    assert desk.texts() == []


def test_it_can_be_stopped_and_keeps_what_it_has(desk: Desk) -> None:
    desk.finds(NINE, state=SearchState.GOING)
    stop = next(b for b in desk.page.findChildren(QToolButton) if b.text() == "Stop")
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert desk.stopped == [True]
    assert len(desk.texts()) == 1
    assert not stop.isVisible()


def test_another_care_unit_begins_with_nothing(desk: Desk) -> None:
    desk.finds(NINE)
    searched = len(desk.searches)
    desk.store.apply(ClinicLoaded((), replace(CLINIC, care_unit=CareUnit("other", "Other"))))
    assert desk.texts() == []
    assert len(desk.searches) == searched


def test_the_form_says_how_certain_a_time_is(qtbot: QtBot) -> None:
    store = BookStore(Snapshot(View(made_up.TUESDAY), made_up.OSLO), StoppedClock(TUESDAY_MORNING))
    line = AvailabilityLine(store)
    qtbot.addWidget(line)
    line.show_slot(NINE.options[0])
    assert not line.show_cell(NINE)
    assert line.text == "Reading it again …"
    store.apply(FreeTimeChecked(NINE, NINE.options, made_up.at(made_up.TUESDAY, 8 * 60)))
    assert line.text == "✓ Still free, read 08:00"
    store.apply(FreeTimeChecked(NINE, (), made_up.at(made_up.TUESDAY, 8 * 60)))
    assert line.text == "Taken meanwhile. Choose another time."
    line.show_cell(None)
    assert line.isHidden()


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (FreeTimeCriteria(resource_ids=()), "Nobody is chosen: tick at least one resource."),
        (FreeTimeCriteria(weekdays=frozenset()), "No day is chosen: choose at least one weekday."),
        (FreeTimeCriteria(earliest=time(15), latest=time(9)), "“From” is later than “To”: no time is between them."),
    ],
)
def test_an_empty_or_upside_down_choice_is_named_and_not_searched(
    qtbot: QtBot, wish: FreeTimeCriteria, said: str
) -> None:
    desk = Desk()
    qtbot.addWidget(desk.page)
    desk.page.begin(wish)
    assert desk.searches == []
    assert desk.page._state.text() == said
    assert not desk.page._more.isEnabled()
