"""The booking form: one button, pressable only when there is something to send."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.domain.intent import BookRequest, Outcome, Verb, WriteNotice
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, ClinicLoaded, HistoryFound
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from ui.panels.slot_form import SlotForm

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
UNIT = CareUnit("u/1", "Klinikken")
CLINIC = Clinic(
    UNIT, (Resource("r1", "Tuva Øien"),), (HealthcareService("s1", "Kort time"), HealthcareService("s2", "Lang time"))
)
KARI = Person("emr_id:1", "Kari", "Nordmann", date(1980, 3, 3))


def slot(hours: int = 0, service: str = "s1", minutes: int = 20) -> Timeslot:
    start = START + timedelta(hours=hours)
    return Timeslot(start, start + timedelta(minutes=minutes), "r1", service)


def cell(*options: Timeslot) -> FreeCell:
    return FreeCell(options[0].start, options[0].end, "r1", options)


class Desk:
    def __init__(self, qtbot: QtBot) -> None:
        self.store = BookStore(Snapshot(View(START.date()), ZoneInfo("Europe/Oslo")), StoppedClock(TUESDAY_MORNING))
        self.store.apply(ClinicLoaded((UNIT,), CLINIC))
        self.form = SlotForm(self.store)
        qtbot.addWidget(self.form)
        self.wanted: list[BookRequest] = []
        self.form.book_wanted.connect(self.wanted.append)
        self.form.show()

    @property
    def button(self) -> QPushButton:
        return next(b for b in self.form.findChildren(QPushButton) if b.text().startswith("Book"))

    @property
    def comment(self) -> QPlainTextEdit:
        return self.form.findChildren(QPlainTextEdit)[0]

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.form.findChildren(QLabel) if label.isVisible())

    def press(self) -> None:
        QTest.mouseClick(self.button, Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_it_can_be_booked_when_both_a_time_and_a_person_are_chosen(desk: Desk) -> None:
    assert not desk.button.isEnabled()
    desk.form.choose(cell(slot()))
    assert not desk.button.isEnabled()
    desk.form.picker.choose(KARI)
    assert desk.button.isEnabled()
    desk.press()
    [request] = desk.wanted
    assert (request.timeslot, request.person, request.care_unit_id) == (slot(), KARI, "u/1")


def test_the_patient_may_be_chosen_before_the_time(desk: Desk) -> None:
    desk.form.picker.choose(KARI)
    assert "Choose a free time in the book." in desk.texts()
    assert not desk.button.isEnabled()
    desk.form.choose(cell(slot()))
    assert desk.button.isEnabled()


def test_another_time_keeps_person_comment_and_service(desk: Desk) -> None:
    desk.form.choose(cell(slot(service="s1"), slot(service="s2", minutes=40)))
    desk.form._service.setCurrentIndex(1)
    desk.form._service.activated.emit(1)
    desk.form.picker.choose(KARI)
    desk.comment.setPlainText("Rullestol")
    desk.form.choose(cell(slot(2, "s1"), slot(2, "s2", 40)))
    desk.press()
    [request] = desk.wanted
    assert request.timeslot == slot(2, "s2", 40)
    assert (request.person, request.comment) == (KARI, "Rullestol")


def test_a_comment_that_is_too_long_counts_down_and_cannot_be_sent(desk: Desk) -> None:
    desk.form.choose(cell(slot()))
    desk.form.picker.choose(KARI)
    desk.comment.setPlainText("x" * 255)
    assert "Characters left: 0" in desk.texts()
    assert desk.button.isEnabled()
    desk.comment.setPlainText("x" * 256)
    assert "Characters left: -1" in desk.texts()
    assert not desk.button.isEnabled()


def test_while_it_is_sent_nothing_can_be_changed_or_pressed(desk: Desk) -> None:
    desk.form.choose(cell(slot()))
    desk.form.picker.choose(KARI)
    desk.press()
    desk.press()
    QTest.keyClick(desk.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.wanted) == 1
    assert desk.button.text() == "Booking …"
    assert not desk.comment.isEnabled()


def test_a_refusal_keeps_everything_and_shows_the_nearest_times(desk: Desk) -> None:
    desk.form.choose(cell(slot()))
    desk.form.picker.choose(KARI)
    desk.comment.setPlainText("Rullestol")
    desk.press()
    refusal = WriteNotice(
        desk.wanted[0].id,
        Verb.BOOK,
        Outcome.REFUSED,
        problem=Problem(Reason.SLOT_TAKEN),
        alternatives=(slot(1), slot(2), slot(26)),
    )
    offered: list[Timeslot] = []
    desk.form.alternative_wanted.connect(offered.append)
    desk.form.show_result(refusal)
    assert "Not booked. This time is no longer free." in desk.texts()
    offers = [b for b in desk.form.findChildren(QPushButton) if "Tuva Øien" in b.text()]
    assert len(offers) == 3
    offers[2].click()
    assert offered == [slot(26)]
    assert (desk.form.picker.person, desk.comment.toPlainText()) == (KARI, "Rullestol")
    assert desk.button.isEnabled()


def test_an_ampersand_in_a_resource_is_one_on_the_button_too(desk: Desk) -> None:
    room = Clinic(UNIT, (Resource("r1", "Prøver & vaksiner"),), CLINIC.services)
    desk.store.apply(ClinicLoaded((UNIT,), room))
    desk.form.choose(cell(slot()))
    desk.form.picker.choose(KARI)
    desk.press()
    taken = Problem(Reason.SLOT_TAKEN)
    desk.form.show_result(
        WriteNotice(desk.wanted[0].id, Verb.BOOK, Outcome.REFUSED, problem=taken, alternatives=(slot(1),))
    )
    (offer,) = (b for b in desk.form.findChildren(QPushButton) if "vaksiner" in b.text())
    assert offer.shortcut().isEmpty()
    assert "Prøver && vaksiner" in offer.text()


@pytest.mark.parametrize("then", [KARI, None], ids=["booked for Kari", "left half typed"])
def test_a_form_that_was_put_away_keeps_no_name_for_the_next_at_the_desk(desk: Desk, then: Person | None) -> None:
    field = desk.form.picker.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "nordmann")
    if then is not None:
        desk.form.picker.choose(then)
    desk.form.clear()
    assert field.text() == ""
    QTest.keySequence(field, QKeySequence.StandardKey.Undo)
    assert field.text() == ""


def test_the_screen_never_reads_a_name_as_markup(desk: Desk) -> None:
    desk.form.picker.choose(Person("emr_id:1", "<b>Kari</b>", "Nordmann"))
    labels = [label for label in desk.form.findChildren(QLabel) if "Kari" in label.text()]
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_a_name_that_is_dictated_is_searched_for_like_a_typed_one(qtbot: QtBot) -> None:
    """Dictation sets the text through the accessibility tree, and presses no key."""
    desk = Desk(qtbot)
    picker = desk.form.picker
    field = picker.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    with qtbot.waitSignal(picker.search_wanted) as asked:
        QAccessible.queryAccessibleInterface(field).setText(QAccessible.Text.Value, "nordmann")
    assert asked.args == ["nordmann"]


def own_at(hours: int, minutes: int = 20, standing: Standing = Standing.BOOKED) -> OwnAppointment:
    """Kari's, with another practitioner."""
    there = replace(slot(hours, "s1", minutes), resource_id="r9")
    return OwnAppointment(uuid4(), "u/1", there, KARI, standing, "a1")


def test_what_the_patient_has_at_that_time_is_said_and_asked(desk: Desk) -> None:
    desk.form.choose(cell(slot()))
    desk.form.picker.choose(KARI)
    desk.store.apply(HistoryFound(KARI.reference, (own_at(0), own_at(2))))
    assert "This patient has another appointment then: 09:00–09:20" in desk.texts()
    assert not desk.button.isEnabled()
    QTest.keyClick(desk.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not desk.wanted
    sure = next(box for box in desk.form.findChildren(QCheckBox) if box.isVisible())
    QTest.mouseClick(sure, Qt.MouseButton.LeftButton, pos=QPoint(8, sure.height() // 2))
    desk.form.choose(cell(slot(2)))
    assert not desk.button.isEnabled()  # said of another time
    desk.form.choose(cell(slot(1)))
    assert "another appointment then" not in desk.texts()
    assert desk.button.isEnabled()
    desk.form.choose(cell(slot()))
    QTest.mouseClick(sure, Qt.MouseButton.LeftButton, pos=QPoint(8, sure.height() // 2))
    desk.press()
    assert [request.timeslot for request in desk.wanted] == [slot()]


@pytest.mark.parametrize("standing", [Standing.CANCELLED, Standing.REFUSED])
def test_what_is_gone_is_no_clash(desk: Desk, standing: Standing) -> None:
    desk.form.choose(cell(slot()))
    desk.form.picker.choose(KARI)
    desk.store.apply(HistoryFound(KARI.reference, (own_at(0, standing=standing),)))
    desk.store.apply(AppointmentsChanged((own_at(0, standing=standing),)))
    assert "another appointment then" not in desk.texts()
    assert desk.button.isEnabled()


OTHER_UNIT = CareUnit("u/2", "Avdelingen")


def move_to(desk: Desk, unit: CareUnit) -> None:
    """The book shows another care unit, whose resources and services have the same ids."""
    desk.store.apply(ClinicLoaded((UNIT, OTHER_UNIT), replace(CLINIC, care_unit=unit)))


def test_a_time_is_dropped_when_another_care_unit_is_shown_and_that_is_said(desk: Desk) -> None:
    move_to(desk, UNIT)
    desk.form.choose(cell(slot()))
    desk.form.picker.choose(KARI)
    desk.comment.setPlainText("Rullestol")
    assert "Klinikken" in desk.texts()
    move_to(desk, OTHER_UNIT)
    assert not desk.button.isEnabled()
    QTest.keyClick(desk.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not desk.wanted
    assert "The time was at Klinikken and is dropped. Choose a free time at Avdelingen." in desk.texts()
    assert (desk.form.picker.person, desk.comment.toPlainText()) == (KARI, "Rullestol")
    desk.form.choose(cell(slot()))
    assert "Avdelingen" in desk.texts()
    desk.press()
    assert [request.care_unit_id for request in desk.wanted] == ["u/2"]


def test_what_is_being_booked_when_the_care_unit_changes_stays_its_own(desk: Desk) -> None:
    move_to(desk, UNIT)
    desk.form.choose(cell(slot()))
    desk.form.picker.choose(KARI)
    desk.press()
    move_to(desk, OTHER_UNIT)
    assert "Klinikken" in desk.texts()
    [request] = desk.wanted
    problem = Problem(Reason.SLOT_TAKEN)
    desk.form.show_result(WriteNotice(request.id, Verb.BOOK, Outcome.REFUSED, problem=problem, alternatives=(slot(1),)))
    assert "Not booked." in desk.texts()
    assert "is dropped" in desk.texts()
    assert not [b for b in desk.form.findChildren(QPushButton) if "Tuva Øien" in b.text()]
    assert not desk.button.isEnabled()


def choose_service(desk: Desk, index: int) -> None:
    """With the keyboard, as a person does."""
    box = desk.form._service
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(index):
        QTest.keyClick(box, Qt.Key.Key_Down)


def test_a_service_that_was_chosen_is_not_replaced_by_what_another_time_offers(desk: Desk) -> None:
    desk.form.choose(cell(slot(service="s1"), slot(service="s2", minutes=60)))
    choose_service(desk, 1)
    desk.form.picker.choose(KARI)
    desk.form.choose(cell(slot(2, "s1", 30)))
    assert "“Lang time” is not offered at this time." in desk.texts()
    assert not desk.button.isEnabled()
    QTest.keyClick(desk.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not desk.wanted
    desk.form.choose(cell(slot(3, "s1"), slot(3, "s2", 60)))
    assert "is not offered" not in desk.texts()
    desk.press()
    assert [request.timeslot for request in desk.wanted] == [slot(3, "s2", 60)]


def test_the_service_that_stood_beside_the_patient_is_not_replaced_either(desk: Desk) -> None:
    desk.form.choose(cell(slot(service="s2", minutes=60)))
    desk.form.picker.choose(KARI)
    desk.form.choose(cell(slot(2, "s1", 30)))
    assert not desk.button.isEnabled()
    choose_service(desk, 0)
    desk.press()
    assert [request.timeslot for request in desk.wanted] == [slot(2, "s1", 30)]


def test_who_only_looks_at_times_is_not_asked_for_a_service(desk: Desk) -> None:
    desk.form.choose(cell(slot(service="s2", minutes=60)))
    desk.form.choose(cell(slot(2, "s1", 30)))
    assert "is not offered" not in desk.texts()
    assert desk.form.slot == slot(2, "s1", 30)


@pytest.mark.parametrize(
    ("key", "more"),
    [(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)],
)
def test_ctrl_with_either_enter_books(desk: Desk, key: Qt.Key, more: Qt.KeyboardModifier) -> None:
    desk.form.choose(cell(slot()))
    desk.form.picker.choose(KARI)
    desk.comment.setFocus()
    QTest.keyClick(desk.comment, key, Qt.KeyboardModifier.ControlModifier | more)
    assert len(desk.wanted) == 1
