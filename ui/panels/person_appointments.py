"""What this clinic's desks have booked for the person chosen: what is to come first, then what was."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, HistoryFound
from ui.labels import label
from ui.words.appointments import standing_text
from ui.words.formatting import clock_time, short_day

translate = QCoreApplication.translate

MEANS = Qt.ItemDataRole.UserRole
ROWS = 4  # in sight; the others are scrolled to


class PersonAppointments(QWidget):
    """Hidden until the ledger has answered. Signals: day_wanted (date): show that day in the book."""

    day_wanted = Signal(object)

    def __init__(self, store: BookStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._person: Person | None = None
        self._heading = label("heading")
        self._list = QListWidget()
        self._list.setAccessibleName(translate("PersonAppointments", "Appointments booked from here"))
        self._list.setAccessibleDescription(translate("PersonAppointments", "Enter shows the day in the book."))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addWidget(self._list)
        self._list.itemActivated.connect(self._go)
        store.changed.connect(self._on_changed)
        self.hide()

    def of_person(self, person: Person | None) -> None:
        """Whose appointments are waited for; None shows nothing."""
        self._person = person
        self.hide()

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, HistoryFound) and self._person and change.reference == self._person.reference:
            self._show(change.appointments)

    def _show(self, found: tuple[OwnAppointment, ...]) -> None:
        """`found` is the latest first. What the EHR refused never was an appointment."""
        real = [own for own in found if own.standing is not Standing.REFUSED]
        now = self._store.now()
        coming = [own for own in reversed(real) if own.end > now]
        self._list.clear()
        for own in (*coming, *(own for own in real if own.end <= now)):
            item = QListWidgetItem(self._line(own))
            item.setData(MEANS, own.start.astimezone(self._store.snapshot.zone).date())
            self._list.addItem(item)
        heading = translate("PersonAppointments", "Booked from here: {coming} to come, {past} past")
        nothing = translate("PersonAppointments", "Nothing was booked from here before")
        self._heading.setText(heading.format(coming=len(coming), past=len(real) - len(coming)) if real else nothing)
        rows = min(len(real), ROWS)
        self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 2 * self._list.frameWidth() + 4)
        self._list.setVisible(bool(real))
        self.show()

    def _line(self, own: OwnAppointment) -> str:
        """When, what and with whom; how it stands, where that is not simply booked."""
        snapshot = self._store.snapshot
        day = own.start.astimezone(snapshot.zone).date()
        year = f" {day.year}" if day.year != self._store.today().year else ""
        parts = [f"{short_day(day)}{year} {clock_time(own.start, snapshot.zone)}"]
        if own.standing is not Standing.BOOKED:
            parts.append(standing_text(own))
        clinic = snapshot.clinic
        if clinic is not None and clinic.care_unit.id == own.care_unit_id:
            parts.append(clinic.resource_name(own.timeslot.resource_id))
            parts.append(clinic.service_name(own.timeslot.healthcare_service_id))
        else:  # what resources and services other care units have is not known here
            parts += [unit.name for unit in snapshot.care_units if unit.id == own.care_unit_id]
        return "  ·  ".join(part for part in parts if part)

    def _go(self, item: QListWidgetItem) -> None:
        self.day_wanted.emit(item.data(MEANS))
