"""The one field: real keys, and what they lead to."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from receptionapp.domain.clinic import HealthcareService, Resource
from receptionapp.domain.date_phrase import DatePhrase
from receptionapp.domain.free_times import FreeTimeCriteria
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded, PeopleFound
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from tests.e2e.program import Person as Receptionist
from tests.e2e.program import Program
from tests.ui.book import made_up_days as made_up
from tests.waiting import until
from ui.commands import Command, commands_of
from ui.finder import field as finder_field
from ui.finder.field import FinderField
from ui.finder.sources import FinderContext, HitGroup, NewPatientTarget, _commands, find_hits
from ui.theme import LIGHT

CLINIC = made_up.clinic(3)
KARI = Person("emr_id:1", "Kari", "Nordmann", date(1980, 3, 3), "+4799990030")
TOR = Person("emr_id:2", "Tor Erik", "Berg", date(1990, 1, 1))
SLOT = made_up.slot(made_up.TUESDAY, 9 * 60, 20)
NINE = FreeCell(SLOT.start, SLOT.end, "r0", (SLOT,))


class Window(QMainWindow):
    """A menu, somewhere else for the keyboard to be, and the field."""

    def __init__(self) -> None:
        super().__init__()
        self.store = BookStore(Snapshot(View(made_up.TUESDAY), made_up.OSLO), StoppedClock(TUESDAY_MORNING))
        self.store.apply(ClinicLoaded((CLINIC.care_unit,), CLINIC))
        self.refresh = QAction("&Refresh", self)
        self.refresh.setShortcut(QKeySequence("Ctrl+R"))
        self.menuBar().addMenu("&Book").addAction(self.refresh)
        self.elsewhere = QLineEdit()
        self.finder = FinderField(self.store, LIGHT, QKeySequence("Ctrl+K"))
        self.finder.set_context_source(self.around)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.addWidget(self.finder)
        column.addWidget(self.elsewhere, 1)
        self.setCentralWidget(middle)
        self.free = (NINE,)
        self.asked: list[str] = []
        self.chosen: list[object] = []
        self.said: list[str] = []
        self.finder.people_wanted.connect(self.asked.append)
        self.finder.chosen.connect(self.chosen.append)

    def around(self) -> FinderContext:
        return FinderContext(self.store.snapshot, made_up.TUESDAY, self.known, commands_of(self.menuBar()))

    def known(self, wish: FreeTimeCriteria, count: int) -> tuple[FreeCell, ...]:
        return self.free[:count]

    def answer(self, *people: Person) -> None:
        self.store.apply(PeopleFound(self.asked[-1], people))

    def types(self, text: str) -> None:
        self.finder.take_focus()
        QTest.keyClicks(self.finder.field, text)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key)

    @property
    def marked(self) -> object:
        return self.finder.popup.marked.target if self.finder.popup.marked else None


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    made.elsewhere.setFocus()
    return made


def test_letters_find_a_patient_and_enter_takes_the_first(window: Window) -> None:
    window.types("kar")
    assert window.asked == ["k", "ka", "kar"]
    window.answer(KARI, TOR)
    window.press(Qt.Key.Key_Return)
    assert window.chosen == [KARI]
    assert QApplication.focusWidget() is window.elsewhere
    assert not window.finder.popup.isVisible()
    assert window.finder.field.text() == ""


def test_enter_before_the_answer_waits_for_it(window: Window) -> None:
    window.types("refresh")  # a command is listed at once, but a person may be what is meant
    window.press(Qt.Key.Key_Return)
    assert window.chosen == []
    window.answer(KARI)
    assert window.chosen == [KARI]


def test_an_answer_to_fewer_letters_is_no_answer(window: Window) -> None:
    window.types("ka")
    window.asked.pop()
    window.press(Qt.Key.Key_Return)
    window.answer(KARI)
    assert window.chosen == []


def test_the_list_never_takes_the_keyboard(window: Window) -> None:
    window.types("kar")
    window.answer(KARI, TOR)
    popup = window.finder.popup
    assert popup.isVisible()
    assert not popup.isWindow()
    assert popup.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert QApplication.focusWidget() is window.finder.field
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=popup.visualRect(popup.currentIndex()).center())
    assert window.chosen == [KARI]


def test_arrows_walk_over_headings_and_round_the_ends(window: Window) -> None:
    window.types("kar")
    window.answer(KARI, TOR)
    window.press(Qt.Key.Key_Down)
    assert window.marked == TOR
    window.press(Qt.Key.Key_Down, Qt.Key.Key_Down)  # "Show only Kari …", then the first again
    assert window.marked == KARI
    window.press(Qt.Key.Key_Up)
    assert isinstance(window.marked, Resource)


def test_a_mark_moved_by_hand_stays_when_people_come(window: Window) -> None:
    window.types("ref")
    window.press(Qt.Key.Key_Down)
    window.answer(KARI)
    assert window.marked is window.refresh


def test_esc_closes_and_gives_the_keyboard_back(window: Window) -> None:
    window.types("kar")
    window.answer(KARI)
    window.press(Qt.Key.Key_Escape)
    assert not window.finder.popup.isVisible()
    assert QApplication.focusWidget() is window.elsewhere
    assert window.chosen == []


def test_a_name_that_was_left_does_not_come_back_by_undo(window: Window) -> None:
    """Somebody else may be at the desk by then."""
    window.types("kar")
    window.press(Qt.Key.Key_Escape)
    window.finder.take_focus()
    QTest.keySequence(window.finder.field, QKeySequence.StandardKey.Undo)
    assert window.finder.field.text() == ""


def test_the_list_goes_when_the_keyboard_goes_elsewhere(window: Window) -> None:
    window.types("kar")
    window.answer(KARI)
    window.elsewhere.setFocus()
    assert not window.finder.popup.isVisible()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("fredag", DatePhrase(date(2026, 11, 27))),
        ("week 50", DatePhrase(date(2026, 12, 7), week=True)),
        ("24.12.2026", DatePhrase(date(2026, 12, 24))),
        ("next free", NINE),
        ("neste ledige", NINE),
        ("show only ane", CLINIC.resources[0]),
        ("vaksine", CLINIC.services[3]),
    ],
)
def test_what_enter_does_first(window: Window, text: str, first: object) -> None:
    window.types(text)
    window.answer(*([KARI] if text == "fredag" else []))
    assert window.marked == first
    window.press(Qt.Key.Key_Return)
    assert window.chosen == [first]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("29.2.2027", "29.2.2027 does not exist"),
        ("0332", "0332 does not exist"),
        ("ledig etter 25", "“etter 25” can't be read as a limit"),
        ("free after 8.75", "“after 8.75” can't be read as a limit"),
        ("ledig fra 15 til 9", "“From” is later than “To”: no time is between them."),
        ("ledig fredag ikke fredag", "No day is chosen: choose at least one weekday."),
    ],
)
def test_what_cannot_be_is_named_and_leads_nowhere(window: Window, text: str, said: str) -> None:
    window.types(text)
    window.answer()
    found = window.finder.popup.model().index(1, 0)
    assert (found.data(), window.finder.popup.count, window.finder.popup.marked) == (said, 1, None)
    window.press(Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (window.chosen, window.finder.field.text()) == ([], text)


def test_a_number_alone_and_a_month_are_places_to_go(window: Window) -> None:
    window.types("28")
    assert window.marked == DatePhrase(date(2026, 11, 28))
    window.types("neste måned")
    assert window.marked == DatePhrase(date(2026, 12, 1))


def test_where_nothing_is_found_a_new_patient_can_be_registered(window: Window) -> None:
    window.types("xyz")
    assert not window.finder.popup.isVisible()
    window.answer()
    window.press(Qt.Key.Key_Return)
    assert window.chosen == [NewPatientTarget("xyz")]


def test_commands_come_with_their_shortcuts(window: Window) -> None:
    window.types("refr")
    window.answer()
    hit = window.finder.popup.marked
    assert hit is not None
    assert (hit.group, hit.detail) == (HitGroup.COMMANDS, "Ctrl+R")
    window.press(Qt.Key.Key_Return)
    assert window.chosen == [window.refresh]


def test_a_command_that_is_off_is_not_found(window: Window) -> None:
    window.refresh.setEnabled(False)
    assert find_hits("refresh", PeopleFound("", ()), window.around()) == ()


def test_a_weekday_that_is_only_begun_comes_after_people(window: Window) -> None:
    groups = [hit.group for hit in find_hits("tor", PeopleFound("", (TOR,)), window.around())]
    assert groups == [HitGroup.PATIENTS, HitGroup.DAYS]
    groups = [hit.group for hit in find_hits("torsdag", PeopleFound("", (TOR,)), window.around())]
    assert groups == [HitGroup.DAYS, HitGroup.PATIENTS]


def test_a_wish_names_people_and_services_of_the_clinic(window: Window) -> None:
    hits = find_hits("next free 30 min with Ane or Bo, not Fridays, after 15:00", PeopleFound("", ()), window.around())
    wish = hits[-1].target
    assert isinstance(wish, FreeTimeCriteria)
    assert wish.resource_ids == {"r0", "r1"}
    assert wish.weekdays == {1, 2, 3, 4, 6, 7}
    assert find_hits("next free with nobody", PeopleFound("", ()), window.around()) == ()
    [*_, vaccine] = find_hits("ledig vaksine", PeopleFound("", ()), window.around())
    assert isinstance(vaccine.target, FreeTimeCriteria)
    assert vaccine.target.service_ids == {"s3"}


def test_the_number_of_hits_and_the_marked_one_are_said(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(finder_field.FinderField, "_say", lambda _self, text: said.append(text))
    window.types("kar")
    window.answer(KARI, TOR)
    assert said == ["3 found. Kari Nordmann, 03.03.1980  ·  +47 999 90 030"]
    window.press(Qt.Key.Key_Down)
    assert said[-1].startswith("Tor Erik Berg")
    assert window.finder.field.accessibleName()
    assert window.finder.popup.accessibleName()


def test_services_are_found(window: Window) -> None:
    [hit] = find_hits("blod", PeopleFound("", ()), window.around())
    assert isinstance(hit.target, HealthcareService)


# In the whole program


@pytest.fixture
async def program() -> AsyncIterator[Program]:
    made = Program()
    yield made
    if made.is_open:
        await made.close()


class Keys:
    """Counts what is pressed beyond the search text."""

    def __init__(self, person: Receptionist) -> None:
        self._person = person
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.count += 1
            QTest.keySequence(self._person.focus, key)


async def test_a_known_patient_is_booked_at_the_next_free_time_in_few_keys(program: Program) -> None:
    person = await program.open("--practice")
    keys = Keys(person)
    window = person.window
    await until(person.window.actions_.next_free.isEnabled, "the desk is open")
    form = window.panel.slot_form

    keys.press("Ctrl+K")
    person.types("han")
    keys.press("Return")
    await until(lambda: form.picker.person, "the patient is in the form")
    keys.press("Ctrl+G", "Return")  # the times may not be there yet: the press is kept
    await until(lambda: form.slot, "the next free time is in the form")
    keys.press("Return")
    await person.reads("Booked")
    assert keys.count == 5
    assert await program.close() == 0


async def test_what_is_typed_before_the_desk_is_open_is_not_lost(program: Program) -> None:
    person = await program.open("--practice")
    await until(person.window.isActiveWindow, "the window has the keyboard")
    keys = Keys(person)
    keys.press("Ctrl+K")
    person.types("han")
    keys.press("Return")
    picker = person.window.panel.slot_form.picker
    await until(lambda: picker.person, "the patient is in the form")
    assert await program.close() == 0


async def test_the_one_field_alone_is_enough(program: Program) -> None:
    person = await program.open("--practice")
    keys = Keys(person)
    window = person.window
    await until(person.window.actions_.next_free.isEnabled, "the desk is open")
    form = window.panel.slot_form

    keys.press("Ctrl+K")
    person.types("han")
    keys.press("Return")
    await until(lambda: form.picker.person, "the patient is in the form")
    keys.press("Ctrl+K")
    person.types("next free")
    keys.press("Return")
    await until(lambda: form.slot or window.panel.next_free.isVisible(), "a time, or the search for one")
    if form.slot is None:  # today is not loaded, so it has to be asked for
        keys.press("Return")
        await until(lambda: form.slot, "the next free time is in the form")
    keys.press("Return")
    await person.reads("Booked")
    assert keys.count <= 6
    assert await program.close() == 0


async def test_the_book_stays_until_a_found_time_is_taken(program: Program) -> None:
    person = await program.open("--practice")
    window = person.window
    await until(person.window.actions_.next_free.isEnabled, "the desk is open")
    before = window.book.contents.days
    person.presses_keys("Ctrl+G")
    times = window.panel.next_free.times
    await until(lambda: times.count() > 3, "times are found")
    person.presses_keys("Down", "Down")
    assert window.book.contents.days == before
    assert window.book.selected is None
    checked = await until(lambda: times.last_check_of(times.item(2)), "the marked one is read again")
    assert checked.offered
    person.presses_keys("Return")
    cell = times.cells[2]
    await until(
        lambda: window.book.selected == cell or getattr(window.book.selected, "start", 0) == cell.start, "marked"
    )
    assert window.panel.slot_form.slot in cell.options
    await until(lambda: person.sees("Still free"), "the form says that it still is free")
    assert await program.close() == 0


def test_commands_that_read_alike_are_found_once(qapp: QApplication) -> None:
    save = tuple(Command(("View", "Saved views"), QAction("Save what is shown …", qapp)) for _ in range(7))
    assert [hit.title for hit in _commands("save", save)] == ["Saved views › Save what is shown"]


def test_namesakes_are_told_apart_and_none_is_marked(window: Window) -> None:
    twin = replace(KARI, reference="emr_id:99")
    window.types("kari")
    window.press(Qt.Key.Key_Return)  # before the answer is there
    window.answer(KARI, twin)
    assert window.chosen == []
    assert window.marked is None
    hits = find_hits("kari", PeopleFound("kari", (KARI, twin)), window.around())
    assert all("another has this name and birth date" in hit.detail for hit in hits[:2])
    window.press(Qt.Key.Key_Return)
    assert window.chosen == []
    window.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.chosen == [twin]


def test_a_number_that_is_nobodys_here_opens_nobody(window: Window) -> None:
    window.types("05848810047")
    window.store.apply(PeopleFound("05848810047", (KARI,), by_number=True))
    window.press(Qt.Key.Key_Return)
    assert window.chosen == [NewPatientTarget("05848810047")]
