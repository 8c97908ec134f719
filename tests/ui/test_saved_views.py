"""Views under F2 to F8."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from receptionapp.domain.clinic import CareUnit, Clinic
from receptionapp.domain.layout import SavedView, ViewSpan
from receptionapp.services.navigation import Navigation
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded, ViewMoved
from receptionapp.store.snapshot import Snapshot, View
from receptionapp.system.settings import Settings, load, save
from tests.clocks import TUESDAY_MORNING, StoppedClock
from tests.e2e.program import Program
from tests.ui.book import made_up_days as made_up
from tests.waiting import until
from ui.commands import commands_of
from ui.controllers.saved_views import SavedViewsController, SaveViewDialog

CLINIC = made_up.clinic(3)
ANE = SavedView("unit", 2, "Ane & co", ("r0",), ViewSpan.WEEK, "s1")
ELSEWHERE = SavedView("other unit", 2, "Elsewhere", ("x",))


class Window(QMainWindow):
    def __init__(self, *views: SavedView) -> None:
        super().__init__()
        view = View(made_up.TUESDAY, ViewSpan.WEEK, "s0", frozenset({"r2"}))
        self.store = BookStore(Snapshot(view, made_up.OSLO), StoppedClock(TUESDAY_MORNING))
        self.saved = SavedViewsController(self.store, views, self)
        self.saved.fill(self.menuBar().addMenu("&View"))
        self.store.apply(ClinicLoaded((CLINIC.care_unit,), CLINIC))
        self.wanted: list[SavedView] = []
        self.missing: list[str] = []
        self.changed: list[tuple[SavedView, ...]] = []
        self.saved.wanted.connect(self.wanted.append)
        self.saved.nothing_saved.connect(self.missing.append)
        self.saved.changed.connect(self.changed.append)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self, key, modifiers)

    def dialog(self) -> SaveViewDialog:
        return self.findChildren(SaveViewDialog)[-1]


SAVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window(ANE, ELSEWHERE)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def test_the_key_shows_what_is_saved_under_it(window: Window) -> None:
    window.press(Qt.Key.Key_F2)
    assert window.wanted == [ANE]


def test_a_key_without_a_view_says_so(window: Window) -> None:
    window.press(Qt.Key.Key_F5)
    assert (window.wanted, window.missing) == ([], ["F5"])


def test_the_menu_names_them(window: Window) -> None:
    texts = [command.text for command in commands_of(window.menuBar())]
    assert texts[:2] == ["Ane & co", "A view that you save"]


def test_ctrl_shift_keeps_what_is_shown_under_the_name_that_is_typed(window: Window) -> None:
    window.press(Qt.Key.Key_F3, SAVE)
    dialog = window.dialog()
    assert dialog.windowModality() is Qt.WindowModality.WindowModal
    [name] = dialog.findChildren(QLineEdit)
    assert name.text() == "Ane Ødegård, Bo Lindqvist, Konsultasjon, week"
    QTest.keyClicks(name, "Two")
    QTest.keyClick(name, Qt.Key.Key_Return)
    kept = SavedView("unit", 3, "Two", ("r0", "r1"), ViewSpan.WEEK, "s0")
    assert window.changed == [(ANE, ELSEWHERE, kept)]
    window.press(Qt.Key.Key_F3)
    assert window.wanted == [kept]


def test_all_is_saved_as_all_and_shows_who_joins_later(window: Window) -> None:
    window.store.apply(ViewMoved(replace(window.store.snapshot.view, hidden_resources=frozenset())))
    window.press(Qt.Key.Key_F3, SAVE)
    [name] = window.dialog().findChildren(QLineEdit)
    assert name.text().startswith("Everybody")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert window.changed[-1][-1].resource_ids == ()


def test_saving_again_takes_the_place_of_the_old_one_here_only(window: Window) -> None:
    window.press(Qt.Key.Key_F2, SAVE)
    [name] = window.dialog().findChildren(QLineEdit)
    assert name.text() == "Ane & co"
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert window.changed == [(ELSEWHERE, SavedView("unit", 2, "Ane & co", ("r0", "r1"), ViewSpan.WEEK, "s0"))]


def test_each_care_unit_has_its_own(window: Window) -> None:
    window.store.apply(ClinicLoaded((), Clinic(CareUnit("other unit", "Other"), CLINIC.resources, CLINIC.services)))
    window.press(Qt.Key.Key_F2)
    assert window.wanted == [ELSEWHERE]


class Quiet:
    """Stands for what a move starts; here only the view counts."""

    def start(self, key: str, work: object) -> bool:
        work.close()  # type: ignore[attr-defined]
        return True

    async def load_view(self, *, again: bool = False) -> None:
        """Nothing is read."""


@pytest.mark.parametrize(
    ("saved", "hidden", "service"),
    [
        (ANE, {"r1", "r2"}, "s1"),
        (SavedView("unit", 2, "Gone", ("gone",), service_id="gone"), set(), None),
        (SavedView("unit", 2, "Everybody", ()), set(), None),
        (SavedView("unit", 2, "Half gone", ("r1", "gone")), {"r0", "r2"}, None),
    ],
)
def test_a_view_is_shown_as_far_as_the_clinic_still_has_it(
    saved: SavedView, hidden: set[str], service: str | None
) -> None:
    store = BookStore(Snapshot(View(made_up.TUESDAY), made_up.OSLO), StoppedClock(TUESDAY_MORNING))
    store.apply(ClinicLoaded((), CLINIC))
    quiet = Quiet()
    browsing = Navigation(store, None, quiet, quiet, quiet, None)  # type: ignore[arg-type]
    browsing.show_saved(saved)
    view = store.snapshot.view
    assert (view.hidden_resources, view.service_id, view.span) == (hidden, service, saved.span)
    assert view.day == made_up.TUESDAY


def test_they_are_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save(path, Settings(saved_views=(ANE, ELSEWHERE)))
    assert load(path, {}).settings.saved_views == (ANE, ELSEWHERE)


@pytest.mark.parametrize(
    "value", ['"x"', "[1]", '[{"key": 2}]', '[{"care_unit_id": "u", "key": 9, "name": "", "resource_ids": []}]', "null"]
)
def test_what_cannot_be_read_is_as_good_as_none(tmp_path: Path, value: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(f'{{"theme": "dark", "saved_views": {value}}}')
    settings = load(path, {}).settings
    assert (settings.saved_views, settings.theme) == ((), "dark")


async def test_in_the_program_a_view_survives_a_restart(data_dir: Path) -> None:
    program = Program()
    person = await program.open("--practice")
    await until(person.window.actions_.week.isEnabled, "the desk is open")
    person.presses_keys("Ctrl+2", "Ctrl+Shift+F4")
    await until(lambda: isinstance(person.focus, QLineEdit) and person.focus.window() is not person.window, "asked")
    person.presses_keys("Return")
    await until(lambda: not person.window.findChildren(SaveViewDialog), "the dialog is closed")
    assert await program.close() == 0

    person = await program.open("--practice")
    await until(person.window.actions_.week.isEnabled, "the desk is open")
    await until(person.window.isActiveWindow, "the window has the keyboard")
    assert len(person.window.book.contents.days) == 1
    person.presses_keys("F4")
    await until(person.window.book_area.matrix.isVisible, "the week is shown")
    assert await program.close() == 0
