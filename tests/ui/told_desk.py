"""A window that something happens to, a line on standard input at a time, for a screen reader in another process.

Says on standard output when each thing has happened.
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtWidgets import QApplication

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import Outcome, Verb, WriteNotice
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.domain.user import User
from receptionapp.leyr.capabilities import for_emr
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import (
    AppointmentsChanged,
    CapabilitiesKnown,
    ClinicLoaded,
    TimeslotsLoaded,
    UserNotified,
)
from receptionapp.store.presence import Presence, PresenceStore
from receptionapp.store.results import Results
from receptionapp.store.snapshot import LoadedSlots, Snapshot, View, split_by_column
from tests.clocks import TUESDAY_MORNING, StoppedClock
from tests.ui.book import made_up_days as made_up
from ui.controllers.desk_user import DeskUserController
from ui.main_window import MainWindow
from ui.theme import LIGHT, apply_theme

TIMES = 12
SOLVEIG = Person("emr_id:1", "Solveig", "Johannessen")
NINA = User(UUID(int=1), "Nina Berg", administrator=True)
SLOTS = tuple(made_up.slot(made_up.TUESDAY, 480 + 20 * n, 20) for n in range(TIMES))


class Desk(QObject):
    """Every line that is read names one of its methods."""

    def __init__(self) -> None:
        super().__init__()
        self.store = BookStore(Snapshot(View(made_up.TUESDAY), made_up.OSLO), StoppedClock(TUESDAY_MORNING))
        self.store.apply(CapabilitiesKnown(for_emr("konfidens")))
        clinic = made_up.clinic(2)
        self.store.apply(ClinicLoaded((clinic.care_unit,), clinic))
        columns = split_by_column(SLOTS, (made_up.TUESDAY,), ("r0", "r1"), made_up.OSLO)
        read_at = datetime(2026, 11, 24, 7, tzinfo=UTC)
        self.store.apply(TimeslotsLoaded("unit", None, columns, LoadedSlots((), read_at, 1)))
        self.window = MainWindow(self.store, LIGHT, "en", practice=True)
        self.window.actions_.go_to_book.setEnabled(True)
        self.presence = PresenceStore()
        self.presence.apply(Presence((NINA,), NINA, is_read=True))
        self.attendance = DeskUserController(
            self.window, self.store, self.presence, Results(), LIGHT, 5, practice=True, minutes_managed=False
        )
        self.window.resize(1200, 800)
        self.window.show()

    def own(self, standing: Standing, time: int = 1) -> OwnAppointment:
        return OwnAppointment(UUID(int=1), "unit", SLOTS[time], SOLVEIG, standing, "a1")

    def tell(self, verb: Verb, outcome: Outcome, standing: Standing) -> None:
        own = self.own(standing)
        self.store.apply(AppointmentsChanged((own,)))
        problem = None if outcome is Outcome.DONE else Problem(Reason.NO_ANSWER if standing.unknown else Reason.REFUSED)
        self.store.apply(UserNotified(WriteNotice(own.key, verb, outcome, own, SOLVEIG, problem)))

    def send(self) -> None:
        self.store.apply(AppointmentsChanged((self.own(Standing.SENDING),)))

    def book(self) -> None:
        self.tell(Verb.BOOK, Outcome.DONE, Standing.BOOKED)

    def refuse(self) -> None:
        self.tell(Verb.CANCEL, Outcome.REFUSED, Standing.BOOKED)

    def lose(self) -> None:
        self.tell(Verb.CANCEL, Outcome.UNKNOWN, Standing.CANCELLING_UNKNOWN)

    def cancel(self) -> None:
        self.tell(Verb.CANCEL, Outcome.DONE, Standing.CANCELLED)

    def another_desk(self) -> None:
        """Books the time after the one that Solveig had."""
        other = replace(self.own(Standing.BOOKED, 5), key=UUID(int=2), appointment_id="a2")
        self.store.apply(AppointmentsChanged((other,)))

    def nothing(self) -> None:
        """So that what came before is told."""

    def lock(self) -> None:
        self.presence.apply(replace(self.presence.presence, locked=True))

    def unlock(self) -> None:
        self.presence.apply(replace(self.presence.presence, locked=False))

    @Slot()
    def read(self) -> None:
        name = sys.stdin.readline().strip()
        if name:
            getattr(self, name)()
            QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, lambda: said(name)))


def said(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    app = QApplication([])
    app.setApplicationName("told-desk")
    apply_theme(app, LIGHT)
    desk = Desk()
    listener = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    listener.activated.connect(desk.read)
    said("ready")
    QCoreApplication.exec()


if __name__ == "__main__":
    main()
