"""States of the screens that `test_stretched_texts.Screen` does not come through by itself, one function a window.

`unseen` finds whatever else has words: a new window, dialog or panel fails the test until a state here shows it.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import cast
from uuid import UUID

from PySide6.QtWidgets import QWidget

import ui
from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.domain.free_times import SearchState
from receptionapp.domain.intent import Outcome, Verb, WriteNotice
from receptionapp.domain.layout import FreeCell, SavedView, ViewSpan
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.domain.user import User
from receptionapp.services.printing import Printing
from receptionapp.services.tour_progress import TourHint, TourProgress, TourTask
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import (
    FreeTimeChecked,
    FreeTimesFound,
    HistoryFound,
    ProfileKnown,
    SimilarPeopleFound,
    UserNotified,
)
from receptionapp.store.presence import Presence, PresenceStore, Refusal, RefusalReason
from receptionapp.store.results import DayLoaded, DayPrinted, PrintFailed, PrintFailure, PrintTarget, Results
from ui.controllers.saved_views import SaveViewDialog
from ui.dialogs.ledger_recovery import NewLedgerDialog, RecoveryKeyDialog
from ui.dialogs.new_patient import SimilarPeople
from ui.dialogs.report import ReportDialog
from ui.dialogs.shortcut_sheet import AboutDialog, ShortcutSheet
from ui.dialogs.whose_ledger import WhoseLedgerDialog
from ui.disclosure.dialog import WipeDialog
from ui.guide.window import GuidePage, GuideWindow
from ui.lock.page import LockPage
from ui.main_window import MainWindow
from ui.printing.dialog import PrintDialog
from ui.theme import LIGHT
from ui.tour import card as tour_texts
from ui.users.form import UserForm
from ui.words import sentences as ledger_sentences

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
KARI = Person("emr_id:1", "4001", "4002", date(1980, 3, 3), "+4799990030")
NINA = User(UUID(int=1), "5001 5002", administrator=True)
OLA = Person("emr_id:2", "4003", "4004", date(1981, 4, 4), "+4799990031")

SHOWN_ELSEWHERE = {
    # Made with the services of a whole desk; their own tests show them in both languages.
    "ui.audit.dialog.AuditLogDialog",
    "ui.audit.table.AuditFilterForm",
    "ui.disclosure.dialog.DisclosureDialog",
    "ui.users.dialog.UsersDialog",
    "ui.top_bar.UserButton",
    "ui.strips.notices.FirstUserStrip",
    "ui.strips.notices.UpdateStrip",
    "ui.strips.ledger.LedgerUnreachableStrip",
    "ui.panels.slot_notes.HoldLine",
}


@dataclass(frozen=True)
class Desk:
    """A window with its store, an appointment that is in it, and a free time."""

    window: MainWindow
    store: BookStore
    own: OwnAppointment
    cell: FreeCell


States = Callable[[Desk], Iterator[str]]


def next_free(desk: Desk) -> Iterator[str]:
    page = desk.window.panel.next_free
    desk.window.panel.show_next_free(None)
    yield "searching"
    day = desk.store.snapshot.view.day
    for state in SearchState:
        desk.store.apply(FreeTimesFound(page._search.id, (desk.cell,), 1, day, state, NOW))
        yield f"next free, {state.name}"
    page._search_anew()
    desk.store.apply(FreeTimesFound(page._search.id, (), 1, day, SearchState.ENOUGH, NOW))
    yield "nothing free"
    desk.store.apply(FreeTimesFound(page._search.id, (desk.cell,), 1, day, SearchState.ENOUGH, NOW))
    form = desk.window.panel.slot_form
    for offered in (None, (), desk.cell.options):
        desk.store.apply(FreeTimeChecked(desk.cell, offered, NOW))
        yield "next free, checked"
        desk.window.panel.show_cell(desk.cell)
        form.availability.show_cell(desk.cell)
        yield "a found time in the form"
        desk.window.panel.show_next_free_again()
    form.clear()


def moving(desk: Desk) -> Iterator[str]:
    panel = desk.window.panel
    panel.start_move(desk.own)
    yield "moving"
    panel.propose_move(desk.own, desk.cell)
    yield "moving, with a new time"
    panel.move_form._press()
    yield "moving, under way"
    request = panel.move_form.request
    assert request is not None
    problem = Problem(Reason.SLOT_TAKEN, reference="5")
    choices = desk.cell.options[:1]
    notice = WriteNotice(request, Verb.MOVE, Outcome.REFUSED, desk.own, None, problem, choices, old=desk.own)
    desk.store.apply(UserNotified(notice))
    yield "not moved"
    panel.stop_move()


def history(desk: Desk) -> Iterator[str]:
    form = desk.window.panel.slot_form
    desk.window.panel.show_cell(desk.cell)
    form.picker.choose(KARI)
    for found in ((), (desk.own,)):
        desk.store.apply(HistoryFound(KARI.reference, found))
        yield "what was booked for somebody"
    form.clear()


def the_list(desk: Desk) -> Iterator[str]:
    desk.window.actions_.list.setChecked(True)
    yield "the list"
    desk.window.actions_.list.setChecked(False)


def counted_week(desk: Desk) -> Iterator[str]:
    page = desk.store.snapshot.page()
    assert page is not None
    desk.window.book_area.matrix.show_page(page)
    desk.window.book_area.setCurrentWidget(desk.window.book_area.matrix)
    yield "the counted week"
    desk.window.book_area.setCurrentWidget(desk.window.book)


def proposal(desk: Desk) -> Iterator[str]:
    desk.window.times_proposal.show()
    yield "times are proposed"
    desk.window.times_proposal.hide()


def way_on(desk: Desk) -> Iterator[str]:
    strip, day = desk.window.way_on, desk.store.snapshot.view.day
    strip.say_next((day,), day, "", desk.cell, desk.store.snapshot)
    yield "nothing free, and what is next"
    strip.say_none_until(day)
    yield "nothing free for weeks"
    strip.say_nobody()
    yield "nobody ticked"
    strip.say_nothing()


def alike(desk: Desk) -> Iterator[str]:
    from ui.dialogs.new_patient import NewPatientDialog

    dialog = NewPatientDialog(desk.store, "", date(2026, 11, 24), desk.window)
    dialog.open()
    dialog._request = UUID(int=9)
    desk.store.apply(SimilarPeopleFound(UUID(int=9), KARI, (OLA,)))
    assert dialog.findChild(SimilarPeople).isVisible()
    yield "somebody alike"
    dialog.close()


def shortcuts(desk: Desk) -> Iterator[str]:
    desk.window.actions_.shortcuts.trigger()
    yield "the shortcuts"
    for sheet in desk.window.findChildren(ShortcutSheet):
        sheet.close()


def about(desk: Desk) -> Iterator[str]:
    desk.window.actions_.about.trigger()
    yield "about"
    for dialog in desk.window.findChildren(AboutDialog):
        dialog.close()


def guide(desk: Desk) -> Iterator[str]:
    made = GuideWindow("en", [GuidePage("start", "1001", "# 1001\n\n1002")], desk.window)
    made.open_at("start")
    yield "the guide"
    made._search.setText("9")
    yield "the guide, nothing found"
    made.close()


def tour(desk: Desk) -> Iterator[str]:
    card = desk.window.tour_card
    card.offer()
    yield "the tour is offered"
    names = ("next_free", "go_to_book", "go_to_panel", "go_to_tasks", "move", "new_patient", "guide", "book")
    facts = dict.fromkeys(names, "1+2") | {"emr": "Konfidens", "name": "4002", "number": "03839210097"}
    said = [
        (lesson, hint)
        for lesson in TourTask
        for hint in TourHint
        if lesson is TourTask.UNKNOWN or hint is TourHint.CHOOSE_TIME
    ]
    for lesson, hint in said:
        done = frozenset(list(TourTask)[: list(TourTask).index(lesson)])
        progress = TourProgress(done=done, latest=list(TourTask)[len(done) - 1] if done else None)
        look = tour_texts.look_button_text("Konfidens") if hint is TourHint.LOOK else ""
        card.show_task(progress, tour_texts.task_heading(progress), tour_texts.hint_text(progress, hint, facts), look)
        yield f"the tour, {lesson} {hint}"
    for contradicted in (False, True):
        progress = TourProgress(done=frozenset(TourTask), latest=TourTask.UNKNOWN, contradicted=contradicted)
        card.show_end(progress, tour_texts.task_heading(progress), tour_texts.closing_text(progress, facts))
        yield "the end of the tour"
    card.hide()


def dialogs(desk: Desk) -> Iterator[str]:
    present = SavedView("u", 2, "1001", frozenset(), None, ViewSpan.DAY)
    for dialog in (
        SaveViewDialog(present, "F2", "1002", desk.window),
        RecoveryKeyDialog(desk.window),
        NewLedgerDialog(desk.window),
        WhoseLedgerDialog(ConnectionIdentity("https://api.leyr.io/api", "konfidens", "6001", False), desk.window),
        ReportDialog("1", "2", "3", "4", desk.window),
        WipeDialog(KARI, 14, desk.window),
    ):
        dialog.open()
        yield type(dialog).__name__
        dialog.close()


def printing(desk: Desk) -> Iterator[str]:
    told = Results()
    service = cast(Printing, SimpleNamespace(results=told, read=lambda _day: None))
    day = desk.store.snapshot.view.day
    dialog = PrintDialog(day, desk.store, service, str, desk.window, initials_only=False)
    dialog.open()
    told.publish(DayLoaded(day, True))
    yield "printing the day"
    for what in (
        *(PrintFailed(why) for why in PrintFailure),
        *(DayPrinted(where, noted) for where in PrintTarget for noted in (True, False)),
        DayLoaded(day, False),
    ):
        told.publish(what)
        yield f"printing the day, {what}"
    dialog.close()


def ledger_trouble(desk: Desk) -> Iterator[str]:
    for fault in ledger_sentences._WHY:
        for has_locked_file in (True, False):
            desk.window.ledger_strip.show_problem(fault, has_locked_file, lambda _choice: None)
            yield f"the record is not open: {fault}"
    desk.window.ledger_strip.hide_problem()


def test_connection(desk: Desk) -> Iterator[str]:
    desk.store.apply(ProfileKnown(ConnectionProfile.TEST))
    yield "a test connection"
    desk.store.apply(ProfileKnown(ConnectionProfile.PRACTICE))


def locked(desk: Desk) -> Iterator[str]:
    page = LockPage(LIGHT, practice=True, parent=desk.window)
    page.resize(desk.window.size())
    page.show()
    page.show_presence(Presence((NINA,), NINA, locked=True, is_read=True), NINA)
    yield "locked"
    for why in RefusalReason:
        page.refuse(Refusal(why, 7))
        yield f"locked, {why.name}"
    page.ask_to_take_over(NINA)
    yield "unlocked by somebody else"
    page.close()
    page.setParent(None)
    page.deleteLater()


def users(desk: Desk) -> Iterator[str]:
    store = PresenceStore()
    for name, pin in ((True, True), (True, False), (False, True)):
        form = UserForm(store, "1", desk.window, name=name, pin=pin)
        form.open()
        form._press()
        yield "a user"
        for why in RefusalReason:
            store.refused.emit(Refusal(why, 7))
            yield f"a user, {why.name}"
        form.close()


MORE: tuple[States, ...] = (
    next_free,
    moving,
    history,
    the_list,
    way_on,
    proposal,
    counted_week,
    alike,
    shortcuts,
    about,
    guide,
    tour,
    dialogs,
    printing,
    ledger_trouble,
    test_connection,
    locked,
    users,
)


def with_words() -> set[type[QWidget]]:
    """Every widget of ours that says something by itself."""
    found = set()
    for module_info in pkgutil.walk_packages(ui.__path__, "ui."):
        module = importlib.import_module(module_info.name)
        for _, made in inspect.getmembers(module, inspect.isclass):
            if made.__module__ == module.__name__ and issubclass(made, QWidget) and _speaks(made):
                found.add(made)
    return found


def _speaks(made: type) -> bool:
    return "translate(" in inspect.getsource(made)


def unseen(seen: set[type]) -> set[str]:
    """Those with words that no state has shown."""
    return {f"{made.__module__}.{made.__qualname__}" for made in with_words() - seen} - SHOWN_ELSEWHERE
