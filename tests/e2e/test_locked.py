"""The desk is left alone, locked, and taken up again, by the same person or by another."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton, QTableView

from receptionapp.desktop import ledger_opening
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.services.users import Users
from tests.e2e.program import Person, Program
from tests.people import MadeUp, made_up
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox
from ui.controllers.desk_user import DeskUserController

NINA, OLA = ("Nina Berg", "7294"), ("Ola Dahl", "5083")
COMMENT = "Plantetkommentar"


@pytest.fixture
def planted() -> MadeUp:
    return made_up("Qvistiane", "Plantetsæther")


async def names(person: Person, name: str, pin: str) -> None:
    """Fill in the form that has opened."""
    form = await person.dialog()
    person.types(name, person.field("Name", where=form))
    for field in ("PIN", "The same PIN again"):
        person.types(pin, person.field(field, where=form))
    person.clicks("Save", form)
    await until(lambda: not form_is_open(person, form), "the form closes")


def form_is_open(person: Person, form: object) -> bool:
    return form in QApplication.topLevelWidgets() and form.isVisible()  # type: ignore[attr-defined]


def desk(person: Person) -> DeskUserController:
    found: DeskUserController = person.window.findChild(DeskUserController)
    return found


def is_locked(person: Person) -> bool:
    return desk(person).screen_cover.is_covering and desk(person).page.isVisible()


async def unlocks(person: Person, whom: tuple[str, str]) -> None:
    """By letter, digits and Enter, wherever the keyboard is."""
    name, pin = whom
    person.types(name[0].lower(), person.field("PIN"))
    person.types(pin, person.field("PIN"))
    person.presses_keys("Return")


async def opens_with_two_users(program: Program) -> Person:
    person = await program.open()
    await person.sees_the_book()
    await person.waits_to_see("Nobody is named at this desk yet")
    person.clicks("Name the first one")
    await names(person, *NINA)
    await person.is_back_in_the_window()
    assert not person.sees("Nobody is named")
    desk(person).users_action.trigger()
    dialog = await person.dialog()
    person.clicks("Add …", dialog)
    await until(lambda: QApplication.activeWindow() is not dialog, "the form opens")
    await names(person, *OLA)
    dialog.activateWindow()
    person.clicks("Close", dialog)
    await person.is_back_in_the_window()
    return person


def spoken() -> Iterator[str]:
    """Every word that a screen reader could find, in the whole tree of the program."""
    root = QAccessible.queryAccessibleInterface(QApplication.instance())
    assert root is not None
    yield from words_of(root)


def words_of(interface: QAccessibleInterface) -> Iterator[str]:
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield interface.text(kind)
    for index in range(interface.childCount()):
        child = interface.child(index)
        if child is not None:
            yield from words_of(child)


def tells(words: str, whom: MadeUp) -> list[str]:
    secrets = (whom.first_name, whom.last_name, whom.number, whom.number[:6], COMMENT)
    return [secret for secret in secrets if secret in words]


def picture(person: Person) -> QImage:
    return person.window.grab().toImage()


async def test_one_users_booking_is_not_taken_back_by_another(
    connected: WatchedSandbox, program: Program, planted: MadeUp
) -> None:
    person = await opens_with_two_users(program)
    own = await person.books(planted)
    person.presses_keys("Ctrl+Shift+K")
    await until(lambda: QApplication.focusWidget() is person.field("PIN"), "the lock page has the keyboard")
    await unlocks(person, OLA)
    await until(lambda: not is_locked(person), "it is unlocked")
    connected.forget_calls()
    person.window.book_area.take_focus()
    person.presses_keys("Ctrl+Z")
    assert not person.window.actions_.undo.isEnabled()
    assert not [b for b in person.window.message_bar.findChildren(QPushButton) if b.isVisible() and b.text() == "Undo"]
    await program.close()
    assert not connected.writes
    assert [a.status for a in connected.through_leyr() if a.span.start == own.start] == ["booked"]


async def test_a_locked_desk_tells_nothing_and_gives_everything_back(
    connected: WatchedSandbox, program: Program, planted: MadeUp
) -> None:
    person = await opens_with_two_users(program)
    person.presses_keys("Ctrl+Shift+K")
    assert is_locked(person)
    await until(lambda: QApplication.focusWidget() is person.field("PIN"), "the lock page has the keyboard")
    nobody_in_it = picture(person)
    await unlocks(person, NINA)
    await until(lambda: not is_locked(person), "it is unlocked")

    await person.books(planted, COMMENT)
    person.commands("find_patient")
    dialog = await person.opens_new_patient(planted.full_name)
    number = person.field("National number", where=dialog)
    person.types(planted.number[:9], number)
    copied = person.field("First name", where=dialog)
    copied.setFocus()
    copied.selectAll()
    copied.copy()
    assert tells(" ".join(spoken()), planted)  # what is looked for can be found

    person.presses_keys("Ctrl+Shift+K")
    assert is_locked(person)
    assert not dialog.isVisible()
    assert tells(" ".join(spoken()), planted) == []
    await until(lambda: QApplication.focusWidget() is person.field("PIN"), "the lock page has the keyboard")
    assert picture(person) == nobody_in_it
    titles = [widget.windowTitle() for widget in QApplication.topLevelWidgets()]
    assert tells(" ".join([*titles, QApplication.clipboard().text()]), planted) == []
    assert not person.window.menuBar().isVisible() or not any(
        action.isVisible() for action in person.window.menuBar().actions()
    )
    for keys in ("Ctrl+K", "Ctrl+F", "Ctrl+N", "Ctrl+/", "Ctrl+Z"):
        person.presses_keys(keys)
    assert is_locked(person)
    assert QApplication.focusWidget() is person.field("PIN")

    await unlocks(person, NINA)
    await until(lambda: dialog.isVisible(), "the dialog is back")
    assert number.text() == planted.number[:9]
    await until(lambda: QApplication.focusWidget() is copied, "the keyboard is where it was")
    dialog.reject()
    await person.is_back_in_the_window()
    assert person.own()


async def test_somebody_else_is_asked_about_what_is_not_theirs(
    connected: WatchedSandbox, program: Program, planted: MadeUp
) -> None:
    person = await opens_with_two_users(program)
    await person.goes_to_a_day_with_free_times()
    person.commands("find_patient")
    await person.registers(planted)
    comment = person.field("Comment", QPlainTextEdit)
    person.types(COMMENT, comment)
    for goes_on in (True, False):
        person.presses_keys("Ctrl+Shift+S")  # two of them: it is clear who comes
        person.types((OLA if goes_on else NINA)[1], person.field("PIN"))
        person.presses_keys("Return")
        await person.waits_to_see("left something half done")
        assert is_locked(person)
        assert tells(" ".join(spoken()), planted) == []
        person.clicks("Go on with it" if goes_on else "Put it away")
        assert not is_locked(person)
        assert (comment.toPlainText() == COMMENT) is goes_on
    assert not person.window.panel.slot_form.picker.person


async def test_whatever_else_happens_at_a_locked_desk(
    connected: WatchedSandbox, program: Program, planted: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other at one start of the program, which takes as long as all of it."""
    person = await opens_with_two_users(program)
    await person.sees_the_book()
    await what_opens_behind_the_lock_is_not_seen_for_a_moment_and_takes_no_keys(person)
    await a_desk_that_locks_does_not_take_the_keyboard_from_another_program(person)
    await a_write_under_way_goes_on_behind_the_lock(person, planted)
    await a_typed_number_is_covered_and_showing_it_is_written_down(person, made_up("Qvintus", "Plantetdal"))
    with monkeypatch.context() as on_another_clock:
        await nobody_touches_it_for_five_minutes(person, on_another_clock)
    await unlocks(person, NINA)
    await until(lambda: not is_locked(person), "it is unlocked")
    await a_window_in_another_language_is_as_locked_as_the_one_before(person, program)


async def what_opens_behind_the_lock_is_not_seen_for_a_moment_and_takes_no_keys(person: Person) -> None:
    person.presses_keys("Ctrl+Shift+K")
    await until(lambda: QApplication.focusWidget() is person.field("PIN"), "the lock page has the keyboard")
    dialog = QDialog(person.window)
    dialog.open()
    assert not dialog.windowHandle().isVisible()
    await until(lambda: not dialog.isVisible(), "the dialog waits")
    await unlocks(person, NINA)
    await until(lambda: not is_locked(person), "it is unlocked")
    assert dialog.windowHandle().isVisible()
    assert dialog.isModal()
    dialog.reject()
    await person.is_back_in_the_window()


async def a_desk_that_locks_does_not_take_the_keyboard_from_another_program(person: Person) -> None:
    elsewhere = QWindow()
    elsewhere.show()
    elsewhere.requestActivate()
    await until(lambda: QApplication.focusWindow() is elsewhere, "another window has the keyboard")
    desk(person).lock_action.trigger()
    assert is_locked(person)
    assert person.window._desk is not None
    await person.window._desk.tasks.wait_for(
        "write:lock", None
    )  # which takes the loop round, and Qt's own news with it
    assert QApplication.focusWindow() is elsewhere
    elsewhere.destroy()
    await person.is_back_in_the_window()
    await until(lambda: QApplication.focusWidget() is person.field("PIN"), "the lock page has the keyboard")
    await unlocks(person, NINA)
    await until(lambda: not is_locked(person), "it is unlocked")


async def a_write_under_way_goes_on_behind_the_lock(person: Person, planted: MadeUp) -> None:
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[len(cells) // 2])
    await person.registers(planted)
    person.puts_the_message_away()
    person.clicks("Book", person.window.panel)
    desk(person).lock_action.trigger()
    assert is_locked(person)
    await person.reads("Booked")
    assert tells(" ".join(spoken()), planted) == []
    await unlocks(person, NINA)
    await until(lambda: not is_locked(person), "it is unlocked")
    assert len(person.own()) == 1


async def a_typed_number_is_covered_and_showing_it_is_written_down(person: Person, planted: MadeUp) -> None:
    await person.goes_to_a_day_with_free_times()
    person.commands("find_patient")
    dialog = await person.opens_new_patient(planted.full_name)
    number = person.field("National number", where=dialog)
    number.setFocus()
    person.types(planted.number, number)
    person.tabs_to(person.field("First name", where=dialog))
    assert planted.number not in number.displayText()
    assert planted.number not in " ".join(words_of(QAccessible.queryAccessibleInterface(dialog)))
    person.clicks("Show number", dialog)
    assert number.displayText() == planted.number
    number.clearFocus()
    assert planted.number not in number.displayText()
    dialog.reject()
    await person.is_back_in_the_window()
    desk(person).audit_log_action.trigger()
    record = await person.dialog()
    table = person.field("Lines of the record, newest first", QTableView, record)
    await until(lambda: "Show national number" in cells(table), "the record has it")
    assert "Nina Berg" in cells(table)
    assert tells(" ".join(cells(table)), planted) == []
    record.reject()
    await person.is_back_in_the_window()


async def nobody_touches_it_for_five_minutes(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("ui.lock.cover.time.monotonic", lambda: now[0])
    idle = desk(person)._idle
    idle.watch(300)
    now[0] += 299
    handle = person.window.windowHandle()
    place = QPointF(5, 5)
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        place,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    idle._listen_at(handle)
    QApplication.sendEvent(handle, moved)
    now[0] += 299
    idle._look()
    assert not is_locked(person)
    now[0] += 2
    idle._look()
    assert is_locked(person)


async def a_window_in_another_language_is_as_locked_as_the_one_before(person: Person, program: Program) -> None:
    person.presses_keys("Ctrl+Shift+K")
    assert is_locked(person)
    person.window.menus.language_chosen.emit("nb")
    person = await program.next_window(person.window)
    assert is_locked(person)
    person.window.activateWindow()
    await until(lambda: QApplication.focusWidget() is person.field("PIN"), "the lock page has the keyboard")
    await unlocks(person, NINA)
    await until(lambda: not is_locked(person), "it is unlocked")


async def test_the_users_are_asked_for_at_every_start(
    connected: WatchedSandbox, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opens_with_two_users(program)
    await program.close()
    with monkeypatch.context() as with_faults:
        await where_they_can_not_be_read_the_desk_stays_closed_until_they_are(program, with_faults)
    await program.close()
    with monkeypatch.context() as with_faults:
        await on_a_server_that_is_away_for_a_moment_they_are_read_without_being_asked(program, with_faults)
    await program.close()
    await it_begins_locked_and_counts_wrong_pins_over_a_restart(program)


async def where_they_can_not_be_read_the_desk_stays_closed_until_they_are(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, faults = Users.begin, [LedgerFault.DISK_FAILED] * 2

    async def fails_twice(users: Users) -> None:
        if faults:
            raise LedgerError(faults.pop())
        await begin(users)

    monkeypatch.setattr(Users, "begin", fails_twice)
    person = await program.open()
    await until(lambda: person.window.ledger_strip.text, "it is said why")
    person.window.menus.language_chosen.emit("nb")
    person = await program.next_window(person.window)
    notice = person.window.ledger_strip
    await until(lambda: notice.text, "it is said in the other language")
    assert not person.window.actions_.next_free.isEnabled()
    person.clicks_on(notice.again)
    await until(lambda: not faults and notice.again.isEnabled(), "it was tried in vain")
    assert not person.window.actions_.next_free.isEnabled()
    person.clicks_on(notice.again)
    await until(lambda: is_locked(person), "it is locked, as it begins every day")
    assert notice.text == ""


async def on_a_server_that_is_away_for_a_moment_they_are_read_without_being_asked(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, tried = Users.begin, []

    async def is_away_twice(users: Users) -> None:
        tried.append(users)
        if len(tried) < 3:
            raise LedgerError(LedgerFault.SERVER_GONE)
        await begin(users)

    monkeypatch.setattr(Users, "begin", is_away_twice)
    monkeypatch.setattr(ledger_opening, "RETRY_DELAYS", (0.01,))
    person = await program.open()
    await until(lambda: is_locked(person), "it is locked, as it begins every day")
    assert len(tried) == 3


async def it_begins_locked_and_counts_wrong_pins_over_a_restart(program: Program) -> None:
    person = await program.open()
    await until(lambda: is_locked(person), "it is locked")
    for _ in range(3):
        pin = person.field("PIN")
        person.types("9173", pin)
        person.types("n", pin)
        person.types("9173", pin)
        person.presses_keys("Return")
        await person.waits_to_see("That PIN is not right.")
        desk(person).page._said.clear()
    assert not pin.isEnabled()
    await program.close()

    person = await program.open()
    await until(lambda: is_locked(person), "it is locked")
    await unlocks(person, NINA)
    await person.waits_to_see("Wait ")
    assert is_locked(person)


async def test_practice_can_be_locked_and_is_not_asked_at_the_start(program: Program) -> None:
    person = await program.open("--practice")
    await person.sees_the_book()
    await until(lambda: desk(person).lock_action.isEnabled(), "somebody is here")
    assert not is_locked(person)
    assert not person.sees("Nobody is named")
    person.presses_keys("Ctrl+Shift+K")
    assert person.sees("Tom Prøvestad: 5083")
    person.presses_keys("Down", "5", "0", "8", "3", "Return")
    await until(lambda: not is_locked(person), "it is unlocked")
    assert person.sees("TP")


def cells(table: QTableView) -> list[str]:
    model = table.model()
    return [
        str(model.index(row, column).data()) for row in range(model.rowCount()) for column in range(model.columnCount())
    ]


async def test_closed_while_the_users_can_not_be_read_nothing_is_left(
    connected: WatchedSandbox, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_users: Users) -> None:
        raise LedgerError(LedgerFault.SERVER_GONE)

    monkeypatch.setattr(Users, "begin", fails)
    person = await program.open()
    await until(lambda: person.window.ledger_strip.text, "it is said why")
    assert await program.close() == 0


async def test_a_closed_window_takes_what_was_kept_behind_its_lock_page_with_it(
    connected: WatchedSandbox, program: Program
) -> None:
    before = set(QApplication.topLevelWidgets())
    person = await program.open()
    await person.sees_the_book()
    await program.close()
    await until(lambda: set(QApplication.topLevelWidgets()) <= before, "nothing of it is left")
