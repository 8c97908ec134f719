"""Registering somebody: what is wrong is said under the field it is about, and nothing typed is lost."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from receptionapp.domain.clinic import CareUnit, Clinic, ConnectionProfile
from receptionapp.domain.intent import CreateRequest, Outcome, Verb, WriteNotice
from receptionapp.domain.national_number import NumberDoubt
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.leyr.capabilities import for_emr
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import CapabilitiesKnown, ClinicLoaded, UserNotified
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from tests.people import MadeUp, made_up, with_wrong_check_digits
from ui.dialogs.new_patient import NewPatientDialog

TODAY = date(2026, 11, 24)
NUMBER, FIRST, LAST = "National number", "First name", "Last name"
PHONE, EMAIL = "Phone (may be left out)", "E-mail (may be left out)"


class Form:
    """The open dialog, as a person sees it."""

    def __init__(
        self, qtbot: QtBot, emr: str, typed: str = "", profile: ConnectionProfile = ConnectionProfile.TEST
    ) -> None:
        self.store = BookStore(Snapshot(View(TODAY), ZoneInfo("Europe/Oslo"), profile), StoppedClock(TUESDAY_MORNING))
        self.store.apply(CapabilitiesKnown(for_emr(emr)))
        unit = CareUnit("u/1", "Klinikken")
        self.store.apply(ClinicLoaded((unit,), Clinic(unit, (), ())))
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.dialog = NewPatientDialog(self.store, typed, TODAY, self.window)
        self.wanted: list[CreateRequest] = []
        self.ready: list[Person] = []
        self.accepted: list[Person] = []
        self.dialog.create_wanted.connect(self.wanted.append)
        self.dialog.person_ready.connect(self.ready.append)
        self.dialog.person_accepted.connect(self.accepted.append)
        self.window.show()
        self.dialog.open()

    def field(self, name: str) -> QLineEdit:
        return next(f for f in self.dialog.findChildren(QLineEdit) if f.accessibleName() == name)

    def types(self, **texts: str) -> None:
        names = {"number": NUMBER, "first": FIRST, "last": LAST, "phone": PHONE, "email": EMAIL}
        for name, text in texts.items():
            self.field(names[name]).clear()
            self.field(names[name]).insert(text)  # as pasted: emoji have no key

    def fills_in(self, whom: MadeUp) -> None:
        self.types(number=whom.number, first=whom.first_name, last=whom.last_name)

    def registers(self) -> None:
        button = next(b for b in self.dialog.findChildren(QPushButton) if b.text().startswith("Regist"))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def fault(self, name: str) -> str:
        """What a screen reader says about the field, which is what stands under it."""
        said = self.field(name).accessibleDescription()
        assert said == "" or said in [label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible()]
        return said

    def texts(self) -> str:
        shown = [w for w in self.dialog.findChildren(QLabel) + self.dialog.findChildren(QPushButton) if w.isVisible()]
        return "\n".join(w.text() for w in shown)

    def answers(self, outcome: Outcome, person: Person | None = None, problem: Problem | None = None) -> None:
        [request] = self.wanted[-1:]
        self.store.apply(
            UserNotified(WriteNotice(request.id, Verb.CREATE_PATIENT, outcome, person=person, problem=problem))
        )


@pytest.fixture
def emr() -> str:
    return "konfidens"


@pytest.fixture
def form(qtbot: QtBot, emr: str) -> Iterator[Form]:
    made = Form(qtbot, emr)
    yield made
    made.dialog.close()


def test_all_right_is_sent_as_it_was_typed(form: Form) -> None:
    whom = made_up("Åse-Marie", "Bjørnstjerne Ødegård")
    form.fills_in(whom)
    form.types(phone="912 34 567", email="ase@example.no")
    form.registers()
    [request] = form.wanted
    patient = request.patient
    assert (patient.first_name, patient.last_name, patient.national_number) == (
        whom.first_name,
        whom.last_name,
        whom.number,
    )
    assert (patient.phones, patient.emails) == (("+4791234567",), ("ase@example.no",))


@pytest.mark.parametrize("spaced", ["{a} {b}", "{a}-{b}", " {a}.{b} "])
def test_a_number_may_be_typed_as_people_say_it(form: Form, spaced: str) -> None:
    whom = made_up()
    form.fills_in(whom)
    form.types(number=spaced.format(a=whom.number[:6], b=whom.number[6:]))
    form.registers()
    assert form.wanted[0].patient.national_number == whom.number


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0101901234", "10 of 11 digits."),
        ("010190123456", "12 digits; a national number has 11."),
        ("01019O12345", "digits only, not: O"),
        ("010190/12345", "digits only, not: /"),
        ("99999912345", "emergency number|no date|check digits"),
        ("32019012345", "The first six digits are no date."),
    ],
)
def test_a_number_that_cannot_be_one_is_said_at_once_and_not_sent(form: Form, typed: str, words: str) -> None:
    form.fills_in(made_up())
    form.types(number=typed)
    assert any(part in form.fault(NUMBER) for part in words.split("|")), form.fault(NUMBER)
    form.registers()
    assert form.wanted == []
    assert form.field(NUMBER).text() == typed


def test_wrong_check_digits_are_doubted_and_sent_only_when_somebody_is_sure(form: Form) -> None:
    whom = made_up()
    wrong = with_wrong_check_digits(whom.number)
    form.fills_in(whom)
    form.types(number=wrong)
    assert "The check digits don't fit" in form.fault(NUMBER)
    form.registers()
    assert form.wanted == []
    [sure] = [box for box in form.dialog.findChildren(QCheckBox) if box.isVisible()]
    sure.click()
    form.registers()
    assert form.wanted[0].patient.national_number == wrong
    assert form.wanted[0].despite == (NumberDoubt.WRONG_CHECK_DIGITS,)


def test_being_sure_of_one_number_says_nothing_of_the_next(form: Form) -> None:
    form.fills_in(made_up())
    form.types(number=with_wrong_check_digits(made_up().number))
    [sure] = [box for box in form.dialog.findChildren(QCheckBox) if box.isVisible()]
    sure.click()
    form.types(number=with_wrong_check_digits(made_up().number))
    form.registers()
    assert form.wanted == []


def test_a_made_up_persons_number_is_not_sent_where_real_patients_are(qtbot: QtBot) -> None:
    form = Form(qtbot, "konfidens", profile=ConnectionProfile.LIVE)
    form.fills_in(made_up())
    assert "made-up person. This connection is for real patients" in form.fault(NUMBER)
    form.registers()
    assert form.wanted == []
    assert not [box for box in form.dialog.findChildren(QCheckBox) if box.isVisible()]
    form.dialog.close()


def test_a_synthetic_number_is_named_as_one_and_sent(form: Form) -> None:
    form.fills_in(made_up())
    assert form.fault(NUMBER) == "This is the number of a made-up person."
    form.registers()
    assert len(form.wanted) == 1


@pytest.mark.parametrize(
    "name", ["Åse", "Bjørn Ærlig", "O'Brien", "D’Angelo", "Anne-Marie", "Nguyễn", "Σοφία", "x" * 80, "Øyvind jr."]
)
def test_names_that_people_have_are_sent(form: Form, name: str) -> None:
    form.fills_in(made_up())
    form.types(first=name)
    form.registers()
    assert form.wanted[0].patient.first_name == name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Kari 😀", "The EHR can't store this sign: 😀"),
        ("x" * 81, "At most 80 characters."),
        ("Kar1", "A name has no digits."),
        ("Ka\u202eri", "a sign that can't be seen (U+202E)"),
        ("Kari<b>", "Not part of a name: < >"),
        ("---", "A name has letters."),
    ],
)
def test_names_that_nobody_has_are_said_at_once_and_not_sent(form: Form, name: str, words: str) -> None:
    form.fills_in(made_up())
    form.types(last=name)
    assert words in form.fault(LAST)
    form.registers()
    assert form.wanted == []
    assert form.field(LAST).text() == name


def test_what_is_missing_is_said_only_after_register(form: Form) -> None:
    assert (form.fault(NUMBER), form.fault(FIRST)) == ("", "")
    form.registers()
    assert form.fault(NUMBER) == "The national number is needed."
    assert form.fault(FIRST) == form.fault(LAST) == "A name is needed."
    assert form.wanted == []


@pytest.mark.parametrize(
    ("contact", "name", "words"),
    [
        ({"phone": "12"}, PHONE, "Too few digits"),
        ({"phone": "ring meg"}, PHONE, "no letters"),
        ({"email": "kari@"}, EMAIL, "looks like name@example.no"),
    ],
)
def test_contact_data_that_cannot_be_right_is_not_sent(
    form: Form, contact: dict[str, str], name: str, words: str
) -> None:
    form.fills_in(made_up())
    form.types(**contact)
    assert words in form.fault(name)
    form.registers()
    assert form.wanted == []


def test_two_presses_are_one_registration(form: Form) -> None:
    form.fills_in(made_up())
    form.registers()
    form.registers()
    QTest.keyClick(form.dialog, Qt.Key.Key_Return)
    assert len(form.wanted) == 1
    assert not form.field(FIRST).isEnabled()


@pytest.mark.parametrize("typed", ["kari nordmann", "Kari Nordmann"])
def test_what_was_typed_in_the_search_field_is_not_typed_twice(qtbot: QtBot, typed: str) -> None:
    form = Form(qtbot, "konfidens", typed)
    assert (form.field(FIRST).text(), form.field(LAST).text()) == ("Kari", "Nordmann")
    form.dialog.close()


def test_a_number_in_the_search_field_becomes_the_number(qtbot: QtBot) -> None:
    whom = made_up()
    form = Form(qtbot, "konfidens", whom.number)
    assert form.field(NUMBER).text() == whom.number
    form.dialog.close()


def test_a_registered_person_closes_the_dialog(form: Form) -> None:
    form.fills_in(made_up())
    form.registers()
    kari = Person("emr_id:1", "Kari", "Nordmann")
    form.answers(Outcome.DONE, kari)
    assert form.ready == [kari]
    assert not form.dialog.isVisible()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.REFUSED, "The patient was not registered."),
        (Outcome.UNKNOWN, "Registering the same person again is safe"),
    ],
)
def test_what_did_not_work_is_said_in_the_dialog_and_can_be_tried_again(
    form: Form, outcome: Outcome, words: str
) -> None:
    whom = made_up()
    form.fills_in(whom)
    form.registers()
    form.answers(outcome, problem=Problem(Reason.NO_ANSWER))
    assert words in form.texts()
    assert form.field(NUMBER).text() == whom.number
    form.registers()
    assert len(form.wanted) == 2


def test_another_name_than_the_ehrs_is_taken_only_when_somebody_says_so(form: Form) -> None:
    form.fills_in(made_up())
    form.registers()
    other = Person("emr_id:7", "Per", "Hansen", date(1960, 1, 2))
    form.answers(Outcome.REFUSED, other, Problem(Reason.OTHER_PERSON))
    assert "Konfidens answered with somebody of another name or number" in form.texts()
    assert form.ready == []
    take = next(b for b in form.dialog.findChildren(QPushButton) if b.text().startswith("Use Per Hansen, born 02.01"))
    take.click()
    assert form.accepted == form.ready == [other]


def test_an_answer_to_somebody_elses_wish_is_not_ours(form: Form) -> None:
    form.fills_in(made_up())
    form.registers()
    stranger = CreateRequest("u/1", form.wanted[0].patient)
    form.store.apply(
        UserNotified(WriteNotice(stranger.id, Verb.CREATE_PATIENT, Outcome.DONE, person=Person("emr_id:2", "A", "B")))
    )
    assert form.ready == []
    assert form.dialog.isVisible()


@pytest.mark.parametrize("emr", ["cliniko"])
def test_where_the_ehr_needs_no_number_it_may_be_left_out(form: Form) -> None:
    form.types(first="Kari", last="Nordmann")
    form.registers()
    assert form.wanted[0].patient.national_number == ""


@pytest.mark.parametrize("emr", ["anitasystems"])
def test_where_the_ehr_needs_a_phone_it_is_asked_for_before_sending(form: Form) -> None:
    form.fills_in(made_up())
    form.registers()
    assert form.wanted == []


def test_on_a_low_screen_the_form_scrolls_to_what_is_wrong_and_its_buttons_stay(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: QSize(1366, 400))
    form = Form(qtbot, "konfidens")
    form.types(number="", first="", last="", email="kari@")
    form.registers()
    form.fills_in(made_up())
    form.registers()
    wrong = form.field(EMAIL)
    assert form.wanted == []
    assert form.dialog.focusWidget() is wrong
    assert form.dialog.height() <= 400
    buttons = [b for b in form.dialog.findChildren(QPushButton) if b.text() in ("Register", "Cancel")]
    qtbot.waitUntil(lambda: all(b.visibleRegion().boundingRect() == b.rect() for b in [*buttons, wrong]))


@pytest.mark.parametrize("field", ["first", "last"])
def test_a_person_with_one_name_can_be_registered_and_what_leyr_needs_is_said(form: Form, field: str) -> None:
    whom = made_up()
    form.types(number=whom.number, **{field: "Sukarno"})
    form.registers()
    assert form.wanted == []
    assert form.fault(LAST if field == "first" else FIRST) == "Leyr asks for both names."
    one_name = next(box for box in form.dialog.findChildren(QCheckBox) if box.text() == "This person has one name only")
    assert one_name.isVisible()
    one_name.click()
    assert "may refuse one" in form.texts()
    form.registers()
    [request] = form.wanted
    assert request.patient.full_name == "Sukarno"
    assert getattr(request.patient, f"{field}_name") == "Sukarno"


def test_one_name_is_offered_only_where_the_other_field_is_empty(form: Form) -> None:
    form.types(number=made_up().number, first="Kari", last="N0rdmann")
    form.registers()
    assert form.wanted == []
    assert not any(box.isVisible() for box in form.dialog.findChildren(QCheckBox))
