"""The window in a made-up language, a third longer and in large letters: no word escapes translation, none is cut off.

The translator is an idea of vorta's, a backup program: it puts every text between ⟦ and ⟧ and lengthens it. What stands
outside the brackets on screen is data (names, times, dates), or a text that somebody forgot.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QSize, QTranslator
from PySide6.QtGui import QAction, QScreen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.domain.intent import Outcome, ReadFailure, ReadSubject, Verb, WriteNotice
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.leyr.capabilities import for_emr
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import (
    AppointmentsChanged,
    CapabilitiesKnown,
    ClinicLoaded,
    HistoryFound,
    PeopleFound,
    TimeslotsLoaded,
    UserNotified,
    ViewMoved,
)
from receptionapp.store.snapshot import LoadedSlots, Snapshot, View, split_by_column
from tests.clocks import TUESDAY_MORNING, StoppedClock
from tests.examples import some
from tests.qt_loop import application
from tests.ui.every_window import MORE, Desk, unseen
from ui.dialogs.connect import ConnectDialog, ConnectionDetails
from ui.dialogs.new_patient import NewPatientDialog
from ui.language import Language
from ui.main_window import MainWindow
from ui.theme import LIGHT, apply_theme, without_style_sheet

OSLO = ZoneInfo("Europe/Oslo")
TUESDAY = date(2026, 11, 24)
LONGER = 0.3
LARGER = 1.25
SMALL_LAPTOP = (1366, 768)

# Data is digits here, so that every letter on screen is a word of ours.
CLINIC = Clinic(
    CareUnit("u", "1001"),
    tuple(Resource(f"r{n}", f"200{n}") for n in range(4)),
    tuple(HealthcareService(f"s{n}", f"300{n}") for n in range(3)),
)
KARI = Person("emr_id:1", "4001", "4002", date(1980, 3, 3), "+4799990030")
STRANGER = Person("emr_id:2", "4003", "4004")
DATA = (
    "Konfidens",  # the EHR
    "Leyr",
    "Reception",  # the program
    "Norsk bokmål",  # a language is named in itself
    "English",
    "https://api.leyr.io/api",
    "konfidens",
)
KEYS = re.compile(r"\(((Ctrl|Alt|Shift|Left|Right|F\d+|[A-Z]|\d|[+\-=/])\+?)+\)")


class Stretched(QTranslator):
    """Every text of ours between brackets, and so much longer. Qt's own stay as they are."""

    def __init__(self, longer: float = LONGER) -> None:
        super().__init__()
        self.longer = longer

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        if context.startswith("Q") or not source:
            return None
        is_date = context == "Dates" or (disambiguation or "").endswith("QLocale format")
        more = 0 if is_date else round(len(source) * self.longer)
        return f"⟦{source}{('~~~~ ' * more)[:more]}⟧"

    def isEmpty(self) -> bool:
        return False


@contextmanager
def stretched(qapp: QApplication) -> Iterator[None]:
    locale, font, sheet, palette = QLocale(), qapp.font(), qapp.styleSheet(), qapp.palette()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    translator = Stretched()
    QCoreApplication.installTranslator(translator)
    apply_theme(qapp, LIGHT)
    large = qapp.font()
    large.setPointSizeF(large.pointSizeF() * LARGER)
    qapp.setFont(large)
    yield
    QCoreApplication.removeTranslator(translator)
    qapp.setFont(font)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    QLocale.setDefault(locale)


def slot(minutes: int, resource: int = 0, service: int = 0) -> Timeslot:
    start = datetime(2026, 11, 24, 8, tzinfo=OSLO).astimezone(UTC) + timedelta(minutes=minutes)
    return Timeslot(start, start + timedelta(minutes=20), f"r{resource}", f"s{service}")


def own(standing: Standing) -> OwnAppointment:
    number = list(Standing).index(standing)
    return OwnAppointment(UUID(int=number + 1), "u", slot(20 * number, 1), KARI, standing, f"a{number}", "99", "77")


def loaded_store() -> BookStore:
    """A day with free times, appointments in every standing, and a resource whose times are not loaded."""
    store = BookStore(Snapshot(View(TUESDAY), OSLO), StoppedClock(TUESDAY_MORNING))
    store.apply(CapabilitiesKnown(for_emr("konfidens")))
    store.apply(ClinicLoaded((CLINIC.care_unit,), CLINIC))
    slots = tuple(slot(20 * n, 0, n % 3) for n in range(9))
    columns = split_by_column(slots, (TUESDAY,), ("r0", "r1", "r2"), OSLO)
    store.apply(TimeslotsLoaded("u", None, columns, LoadedSlots((), datetime(2026, 11, 24, 7, tzinfo=UTC), 1)))
    store.apply(AppointmentsChanged(tuple(own(standing) for standing in Standing)))
    return store


class Screen:
    """A window with a store, and every state that it can be put into."""

    def __init__(self) -> None:
        self.store = loaded_store()
        with without_style_sheet(application()):
            self.window = MainWindow(self.store, LIGHT, "nb", practice=True)
        self.window.allow_close()
        self.window.resize(*SMALL_LAPTOP)
        self.window.show()

    def states(self) -> Iterator[str]:
        """Bring about one state after another; each says what it is."""
        yield "nothing chosen"
        self.window.panel.show_cell(FreeCell(slot(0).start, slot(0).end, "r0", (slot(0),)))
        yield "a free time, before anything can be booked"
        self.window.panel.slot_form.enable()
        self.window.side_panel.enable()
        yield from self._booking()
        yield from self._appointments()
        yield from self._messages()
        self.store.apply(ViewMoved(View(TUESDAY, self.store.snapshot.view.span, "s0", frozenset({"r3"}))))
        yield "one service, a resource hidden"
        for clinic in (replace(CLINIC, resources=()), replace(CLINIC, services=())):
            self.store.apply(ClinicLoaded((clinic.care_unit,), clinic))
            self.window.panel.show_nothing()
            yield "a clinic with nothing to book"
        self.window.show_welcome()
        yield "welcome"

    def _booking(self) -> Iterator[str]:
        form = self.window.panel.slot_form
        self.window.panel.show_cell(FreeCell(slot(0).start, slot(0).end, "r0", (slot(0),)))
        yield "a free time"
        form.picker._field.setText("40")
        self.store.apply(PeopleFound("40", (KARI, STRANGER)))
        yield "people found"
        form.picker.choose(KARI)
        yield "a person chosen"
        self.store.apply(HistoryFound(KARI.reference, tuple(own(standing) for standing in Standing)))
        yield "what was booked for the person before"
        next(e for e in form.findChildren(QPlainTextEdit)).setPlainText("0" * 200)
        yield "a long comment"
        next(box for box in form.findChildren(QCheckBox) if box.isVisible()).click()
        yield "the patient has something else then"
        form.book_wanted.connect(lambda request: setattr(self, "request", request.id))
        press = next(b for b in form.findChildren(QPushButton) if b.property("kind") == "primary")
        press.click()
        yield "booking"
        problem = Problem(Reason.SLOT_TAKEN, reference="5")
        choices = (slot(40), slot(60), slot(80))
        refused = WriteNotice(self.request, Verb.BOOK, Outcome.REFUSED, own(Standing.REFUSED), None, problem, choices)
        self.store.apply(UserNotified(refused))
        yield "refused, with other times"
        form.clear()

    def _appointments(self) -> Iterator[str]:
        for standing in Standing:
            self.window.panel.show_appointment(own(standing).key)
            yield f"an appointment {standing.name}"
        self.store.apply(AppointmentsChanged((replace(own(Standing.BOOKED), appointment_id=None),)))
        self.window.panel.show_appointment(own(Standing.BOOKED).key)
        yield "an appointment without Leyr's id"
        self.store.apply(CapabilitiesKnown(for_emr("anitasystems")))
        self.window.panel.show_appointment(own(Standing.BOOKED).key)
        yield "an EHR that can't cancel"
        self.store.apply(CapabilitiesKnown(for_emr("konfidens")))

    def _messages(self) -> Iterator[str]:
        for verb in Verb:
            for outcome in Outcome:
                problem = Problem(Reason.NO_ANSWER, reference="5")
                self.store.apply(UserNotified(WriteNotice(uuid4(), verb, outcome, own(Standing.BOOKED), KARI, problem)))
                yield f"{verb.name} {outcome.name}"
        for reading in ReadSubject:
            self.store.apply(UserNotified(ReadFailure(reading, Problem(Reason.OFFLINE))))
            yield f"{reading.name} not read"
        for reason in Reason:
            problem = Problem(reason, details="88", field="66", retry_after=30.0)
            self.store.apply(UserNotified(ReadFailure(ReadSubject.TIMESLOTS, problem)))
            yield reason.name
        self.window.message_bar.clear()

    def new_patient(self) -> Iterator[str]:
        dialog = NewPatientDialog(self.store, "", TUESDAY, self.window)
        dialog.open()
        yield "a new patient"
        next(b for b in dialog.findChildren(QPushButton) if b.isDefault()).click()
        yield "a new patient, nothing typed"
        number, first, last, phone, email = dialog._fields()
        for typed in ("123", "12", "+", "1"):
            for line in (number, first, last, phone, email):
                line.setText(typed)
            yield f"a new patient called {typed}"
        for typed in ("01018012345", "123456789012", "99999912345", "01018000a00", "41018012345"):
            number.setText(typed)
            yield f"a new patient numbered {typed}"
        dialog._request = uuid4()
        problem = Problem(Reason.OTHER_PERSON)
        self.store.apply(
            UserNotified(WriteNotice(dialog._request, Verb.CREATE_PATIENT, Outcome.REFUSED, None, KARI, problem))
        )
        yield "a number of somebody else's"
        dialog.close()

    def connecting(self) -> Iterator[str]:
        dialog = ConnectDialog(ConnectionDetails("", "", "", ""), frozenset({"emr"}), self.window)
        dialog.open()
        yield "connecting"
        dialog.show_failure("")
        dialog._press()
        yield "connecting, under way"
        dialog.ask_for_care_unit((CareUnit("u", "1001"),))
        yield "connected, at which care unit"
        dialog.close()

    def others(self) -> Iterator[str]:
        """Windows, dialogs and panels that a booking does not come through."""
        cell = FreeCell(slot(0).start, slot(0).end, "r0", (slot(0), slot(0, 0, 1)))
        for states in MORE:
            yield from states(Desk(self.window, self.store, own(Standing.BOOKED), cell))

    def everything(self) -> Iterator[str]:
        for states in (self.others, self.states, self.new_patient, self.connecting):
            for state in states():
                QCoreApplication.processEvents()
                QCoreApplication.processEvents()  # a page that scrolls takes a second round to grow
                yield state


@contextmanager
def shown() -> Iterator[Screen]:
    screen = Screen()
    yield screen
    screen.window.close()
    screen.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@dataclass
class Found:
    """What one look at every state of the stretched window found, with the state."""

    forgotten: dict[str, str] = field(default_factory=dict)
    cut_off: dict[str, str] = field(default_factory=dict)
    seen: set[type] = field(default_factory=set)


@pytest.fixture
def found(qapp: QApplication) -> Found:
    return look_at_everything(qapp)


@cache
def look_at_everything(qapp: QApplication) -> Found:
    found = Found()
    with stretched(qapp), shown() as screen:
        for state in screen.everything():
            found.forgotten |= {f"{kind}: {text!r}": state for kind, text in forgotten(screen.window)}
            found.cut_off |= {text: f"{how} ({state})" for text, how in cut_off(screen.window).items()}
            found.seen |= {type(widget) for widget in QApplication.allWidgets() if widget.isVisible()}
    return found


@cache
def words_outside_brackets(text: str) -> str:
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    for data in sorted(DATA, key=len, reverse=True):
        text = text.replace(data, "")
    text = KEYS.sub("", text)
    return text if any(letter.isalpha() for letter in text) else ""


def in_the_calendar(thing: QObject) -> bool:
    """Month and day names are the locale's."""
    if thing.property("kind") == "day":
        return True
    parent: QObject | None = thing
    while parent is not None and not isinstance(parent, QCalendarWidget):
        parent = parent.parent()
    return parent is not None and parent is not thing


def said_by(thing: QObject) -> Iterator[str]:
    """Every text that a widget or an action shows or tells."""
    if isinstance(thing, QAction):
        yield from (thing.text(), thing.toolTip(), thing.statusTip())
    if isinstance(thing, QWidget):
        yield from (thing.windowTitle(), thing.toolTip(), thing.accessibleName(), thing.accessibleDescription())
    match thing:
        case QLabel() | QAbstractButton():
            yield thing.text()
        case QLineEdit():
            yield thing.placeholderText()
        case QPlainTextEdit():
            yield thing.placeholderText()
        case QMenu() | QGroupBox():
            yield thing.title()
        case QComboBox():
            yield from (thing.itemText(n) for n in range(thing.count()))
        case QListWidget():
            for n in range(thing.count()):
                yield from (thing.item(n).text(), thing.item(n).toolTip())


def forgotten(window: QWidget) -> set[tuple[str, str]]:
    return {
        (type(thing).__name__, text)
        for thing in (window, *window.findChildren(QObject))
        for text in said_by(thing)
        if words_outside_brackets(text) and not in_the_calendar(thing) and thing.property("role") != "key"
    }


def in_lines(found: dict[str, str]) -> str:
    return "\n".join(["", *(f"{what}: {how}" for what, how in found.items())])


def test_no_word_on_screen_escapes_translation(found: Found) -> None:
    assert not found.forgotten, in_lines(found.forgotten)


def test_every_window_and_panel_with_words_is_looked_at(found: Found) -> None:
    """If this fails: show the new one in a state of `tests/ui/every_window.py`."""
    assert unseen(found.seen) == set()


def room_wanted(widget: QWidget) -> tuple[int, int] | None:
    """Pixels that the text of a widget needs and has, across; None where nothing can be cut off."""
    if isinstance(widget, QLabel) and widget.text() and not widget.wordWrap():
        return widget.sizeHint().width(), widget.width()
    if isinstance(widget, QLabel) and widget.text():
        margins = widget.contentsMargins()
        room = widget.width() - margins.left() - margins.right()
        longest = max((widget.fontMetrics().horizontalAdvance(word) for word in widget.text().split()), default=0)
        return longest, room
    if isinstance(widget, QPushButton | QToolButton | QCheckBox) and widget.text():
        return widget.sizeHint().width(), widget.width()
    if isinstance(widget, QComboBox) and widget.count():
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        field = widget.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget
        )
        texts = (widget.itemText(n) for n in range(widget.count()))
        return max(widget.fontMetrics().horizontalAdvance(text) for text in texts), field.width()
    if isinstance(widget, QCalendarWidget):
        return widget.minimumSizeHint().width(), widget.width()
    if isinstance(widget, QLineEdit) and widget.placeholderText():
        return widget.fontMetrics().horizontalAdvance(widget.placeholderText()), widget.width() - 20
    return None


def cut_off(window: QWidget) -> dict[str, str]:
    """The visible texts that lack room, and how much they have."""
    found = {}
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        across = room_wanted(widget)
        how = f"{across[0]} px wide in {across[1]}" if across is not None and across[0] > across[1] else ""
        down = widget.heightForWidth(widget.width()) if isinstance(widget, QLabel) and widget.wordWrap() else 0
        if down > widget.height():
            how = f"{down} px high in {widget.height()}"
        if how and not in_the_calendar(widget):
            found[f"{type(widget).__name__} {next((text for text in said_by(widget) if text), '')!r}"] = how
    return found


def test_nothing_is_cut_off_when_texts_and_letters_grow(found: Found) -> None:
    assert not found.cut_off, in_lines(found.cut_off)


def mnemonics_that_clash(window: MainWindow) -> list[tuple[str, str]]:
    menus = [menu for menu in window.findChildren(QMenu) if not in_the_calendar(menu)]
    groups = [(menu.title(), menu.actions()) for menu in menus] + [("the menu bar", window.menuBar().actions())]
    clashes = []
    for title, actions in groups:
        letters = [m.lower() for a in actions for m in re.findall(r"&(\w)", a.text())]
        clashes += [(title, letter) for letter in set(letters) if letters.count(letter) > 1]
    return clashes


@pytest.mark.parametrize("code", ["nb", "en"])
def test_mnemonics_are_unique(code: str, spoken: Callable[[str], None]) -> None:
    spoken(code)
    with shown() as screen:
        assert screen.window.menuBar().actions()
        assert mnemonics_that_clash(screen.window) == []


@pytest.mark.in_full
@pytest.mark.parametrize("code", some(["nb", "en"], in_tests=["nb"]))
def test_nothing_is_cut_off_in_our_languages(code: str, spoken: Callable[[str], None]) -> None:
    """English is what is stretched above."""
    spoken(code)
    found: dict[str, str] = {}
    with shown() as screen:
        for state in screen.everything():
            found |= {text: f"{how} ({state})" for text, how in cut_off(screen.window).items()}
    assert not found, in_lines(found)


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    locale, sheet, palette, font = QLocale(), qapp.styleSheet(), qapp.palette(), qapp.font()
    language = Language()
    apply_theme(qapp, LIGHT)
    yield language.use
    if language._translator is not None:
        QCoreApplication.removeTranslator(language._translator)
    QLocale.setDefault(locale)
    qapp.setFont(font)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


@pytest.mark.parametrize("size", [SMALL_LAPTOP, (1920, 1080)], ids=str)
def test_letters_of_twice_the_size_push_nothing_off_the_screen(
    size: tuple[int, int], spoken: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """EN 301 549, 11.1.4.4. On the small screen a line may be shorter than its text, and a dialog full of faults higher
    than the screen; `docs/accessibility.md` says which."""
    spoken("nb")
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: QSize(*size))
    large = QApplication.font()
    large.setPointSizeF(large.pointSizeF() * 2)
    QApplication.setFont(large)
    found: dict[str, str] = {}
    with shown() as screen:
        screen.window.resize(*size)
        for state in screen.everything():
            small = size == SMALL_LAPTOP
            for window in [screen.window] if small else QApplication.topLevelWidgets():
                if window.isVisible() and window.height() > size[1]:
                    found[type(window).__name__] = f"{window.height()} px high ({state})"
            if not small:
                texts = cut_off(screen.window).items()
                found |= {text: f"{how} ({state})" for text, how in texts if not text.startswith("QLineEdit")}
    assert not found, in_lines(found)
