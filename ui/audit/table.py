"""The record of who did what as a table, and the form that says which lines are wanted."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from receptionapp.domain.audit import NOBODY, VIEW_ACTIONS, AuditAction, AuditFilter, AuditLine
from receptionapp.domain.national_number import NumberDoubt
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.sentences.failures import problem_text
from receptionapp.store.book_store import BookStore
from ui.fields import Choice, DayField
from ui.labels import heading_of, label, plain_tooltip, stack
from ui.month import Month
from ui.panels.patient_picker import PatientPicker
from ui.theme import theme_of
from ui.words.formatting import pydate, qdate

translate = QCoreApplication.translate

_DEEDS = {
    AuditAction.CREATE_PATIENT: lambda: translate("Record", "Register patient"),
    AuditAction.BOOK: lambda: translate("Record", "Book"),
    AuditAction.CANCEL: lambda: translate("Record", "Cancel"),
    AuditAction.MOVE: lambda: translate("Record", "Move"),
    AuditAction.CONFIRM: lambda: translate("Record", "Confirm by code"),
    AuditAction.SETTLE: lambda: translate("Record", "Settle by hand"),
    AuditAction.OVERRIDE: lambda: translate("Record", "Go on despite a warning"),
    AuditAction.OPENED: lambda: translate("Record", "Open appointment"),
    AuditAction.PICKED: lambda: translate("Record", "Choose patient"),
    AuditAction.SHOWED_NUMBER: lambda: translate("Record", "Show national number"),
    AuditAction.EXPORTED: lambda: translate("Record", "Export"),
    AuditAction.PRINTED: lambda: translate("Record", "Print the day"),
    AuditAction.WIPED: lambda: translate("Record", "Wipe details"),
    AuditAction.PUT_OFF: lambda: translate("Record", "Put off wiping details: is the clock right?"),
    AuditAction.RESTORED: lambda: translate("Record", "Put back a copy of all appointments"),
    AuditAction.BROUGHT: lambda: translate("Record", "Bring this desk's own appointments here"),
    AuditAction.CONNECTION_ADDED: lambda: translate("Record", "Open this record with another connection"),
    AuditAction.UNLOCKED: lambda: translate("Record", "Unlock"),
    AuditAction.LOCKED: lambda: translate("Record", "Lock"),
    AuditAction.SWITCHED: lambda: translate("Record", "Take over the desk"),
    AuditAction.WRONG_PIN: lambda: translate("Record", "Wrong PIN"),
    AuditAction.USER_ADDED: lambda: translate("Record", "Add user"),
    AuditAction.USER_CHANGED: lambda: translate("Record", "Change user"),
    AuditAction.AUDIT_READ: lambda: translate("Record", "Read this record"),
    AuditAction.AUDIT_EXPORTED: lambda: translate("Record", "Export this record"),
}

_OUTCOMES = {
    "prepared": lambda: translate("Record", "wished"),
    "done": lambda: translate("Record", "done"),
    "refused": lambda: translate("Record", "refused"),
    "unknown": lambda: translate("Record", "not known"),
    "late": lambda: translate("Record", "answered late"),
    "administrator": lambda: translate("Record", "administrator"),
    "no_administrator": lambda: translate("Record", "no administrator"),
    "renamed": lambda: translate("Record", "renamed"),
    "activated": lambda: translate("Record", "activated"),
    "deactivated": lambda: translate("Record", "deactivated"),
    "pin": lambda: translate("Record", "new PIN"),
}

_DETAILS = {
    "idle": lambda: translate("Record", "nobody touched it"),
    "key": lambda: translate("Record", "by key"),
    "system": lambda: translate("Record", "with the computer"),
    "everything_pdf": lambda: translate("Record", "everything about the patient, as PDF"),
    "everything_json": lambda: translate("Record", "everything about the patient, as JSON"),
    "said_by_person": lambda: translate("Record", "somebody looked in the EHR"),
    "registered_though_alike": lambda: translate("Record", "registered beside somebody alike"),
    "other_name": lambda: translate("Record", "the EHR has another name"),
    NumberDoubt.WRONG_CHECK_DIGITS: lambda: translate("Record", "wrong check digits"),
    NumberDoubt.IN_THE_FUTURE: lambda: translate("Record", "born in the future"),
    NumberDoubt.NOT_ISSUED_YET: lambda: translate("Record", "a number that is not issued yet"),
    NumberDoubt.REAL_OR_SYNTHETIC: lambda: translate("Record", "real or made up"),
    NumberDoubt.CENTURY_NOT_TOLD: lambda: translate("Record", "century not told"),
}
_HALF_A_DAY = timedelta(hours=12)


def action_text(deed: str) -> str:
    """A newer version's deed has its own word."""
    try:
        return _DEEDS[AuditAction(deed)]()
    except ValueError:
        return deed


def outcome_text(outcome: str | None) -> str:
    return _OUTCOMES[outcome]() if outcome in _OUTCOMES else outcome or ""


def detail_text(detail: str | None) -> str:
    """A newer version's word stays as it is."""
    if not detail:
        return ""
    if detail in set(Reason) and detail not in _DETAILS:
        return _cause(Reason(detail))
    if all(word in _DETAILS for word in detail.split(" ")):
        return ", ".join(_DETAILS[word]() for word in detail.split(" "))
    asked = dict(part.split(" ", 1) for part in detail.split("; ") if " " in part)
    if "people" in asked:
        return _of_print(asked)
    if "lines" in asked:
        return translate("Record", "its own record of who did what: {count} lines").format(count=asked["lines"])
    return _of_question(asked) if "days" in asked else detail


def _cause(reason: Reason) -> str:
    """Without what was to be done about it then."""
    text = problem_text(Problem(reason), translate("Record", "the EHR")).partition(". ")[0].rstrip(".")
    return text[:1].upper() + text[1:]


def _of_print(asked: dict[str, str]) -> str:
    """Which day was printed, how many people are on it, how they are named, and where it was put."""
    day = ".".join(reversed(asked.get("day", "").split("-")))
    words = [day, translate("Record", "{count} people").format(count=asked["people"])]
    words += [translate("Record", "initials only")] if asked.get("names") == "initials" else []
    words += [translate("Record", "as PDF")] if asked.get("as") == "pdf" else []
    return "  ·  ".join(words)


def _of_question(asked: dict[str, str]) -> str:
    """Which lines of the record were wanted: days, who, what."""
    words = [_of_days(asked["days"])]
    if "user" in asked:
        words.append(asked["user"])
    deeds = tuple(asked.get("deeds", "").split(","))
    if set(deeds) == {deed.value for deed in VIEW_ACTIONS}:
        words.append(translate("Filters", "Looks at a patient"))
    elif deeds != ("",):
        words.append(", ".join(action_text(deed) for deed in deeds))
    return "  ·  ".join(word for word in words if word)


def _of_days(written: str) -> str:
    """They are written as the clinic's midnights in UTC, the last one excluded: half a day inside is the day meant."""
    try:
        start, end = (datetime.strptime(moment, "%Y-%m-%dT%H:%M%z") for moment in written.split("–"))
    except ValueError:  # begins or ends nowhere
        return ""
    return f"{start + _HALF_A_DAY:%d.%m.%Y}–{end - _HALF_A_DAY:%d.%m.%Y}"


Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_IN_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


class AuditLogModel(QAbstractTableModel):
    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self._lines: list[AuditLine] = []
        self._said: dict[int, tuple[str, ...]] = {}  # rows that were looked at

    @property
    def last(self) -> AuditLine | None:
        return self._lines[-1] if self._lines else None

    def line(self, row: int) -> AuditLine | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def show(self, lines: tuple[AuditLine, ...]) -> None:
        self.beginResetModel()
        self._lines = list(lines)
        self._said.clear()
        self.endResetModel()

    def add(self, lines: tuple[AuditLine, ...]) -> None:
        if lines:
            self.beginInsertRows(_ROOT, len(self._lines), len(self._lines) + len(lines) - 1)
            self._lines.extend(lines)
            self.endInsertRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(headings())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return headings()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in _IN_WORDS:
            return None
        cells = self._cells(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:  # the whole line, whichever cell is asked for first
            return ", ".join(cell for cell in cells if cell) if index.column() == 0 else cells[index.column()]
        return plain_tooltip(cells[index.column()]) or None

    def _cells(self, row: int) -> tuple[str, ...]:
        if row not in self._said:
            self._said[row] = self._words(self._lines[row])
        return self._said[row]

    def _words(self, line: AuditLine) -> tuple[str, ...]:
        about = "  ·  ".join(part for part in (detail_text(line.detail), line.leyr_reference) if part)
        return (
            line.at.astimezone(self._zone).strftime("%d.%m.%Y  %H:%M:%S"),
            line.user or translate("Record", "nobody"),
            action_text(line.action),
            outcome_text(line.outcome),
            line.name or line.patient or "",
            about,
            line.desk,
        )


def headings() -> tuple[str, ...]:
    """In the order of the columns."""
    return (
        translate("Record", "Time"),
        translate("Record", "Who"),
        translate("Record", "What"),
        translate("Record", "Outcome"),
        translate("Record", "Patient"),
        translate("Record", "More"),
        translate("Record", "Desk"),
    )


WIDTH = 248  # pixels
BEGINS = timedelta(days=7)
"""Of the record a week is shown at first."""


class AuditFilterForm(QWidget):
    """Signals: changed: another question is asked. search_wanted (text): somebody is looked for by name."""

    changed = Signal()
    search_wanted = Signal(str)

    def __init__(self, store: BookStore, today: date, whose: Person | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # from the outside in: what gets another parent is dressed anew
        self._zone: ZoneInfo = store.snapshot.zone
        self.setFixedWidth(WIDTH)
        self._from = _day(translate("Filters", "From"), today - BEGINS, today)
        self._to = _day(translate("Filters", "To"), today, today)
        self._who = Choice()
        self._who.setAccessibleName(translate("Filters", "Who"))
        self._who.addItem(translate("Filters", "Everybody"), None)
        self._what = Choice()
        self._what.setAccessibleName(translate("Filters", "What"))
        self._what.setMaxVisibleItems(24)
        self._what.addItem(translate("Filters", "Everything"), ())
        self._what.addItem(translate("Filters", "Looks at a patient"), VIEW_ACTIONS)
        for deed in AuditAction:
            self._what.addItem(action_text(deed), (deed,))
        self.picker = PatientPicker(store, may_register=False)
        column = stack(on=self, margins=0, spacing=4)
        for field in (self._from, self._to, self._who, self._what):
            heading = heading_of(field)
            column.addWidget(heading)
            column.addWidget(field)
            column.addSpacing(8)
        column.addWidget(label("heading", translate("Filters", "Patient")))
        column.addWidget(self.picker)
        column.addStretch(1)
        if whose is not None:
            self._from.setDate(qdate(today - timedelta(days=3650)))
            self.picker.choose(whose)
        self._from.dateChanged.connect(self.changed)
        self._to.dateChanged.connect(self.changed)
        self._who.activated.connect(self.changed)
        self._what.activated.connect(self.changed)
        self.picker.person_chosen.connect(self.changed)
        self.picker.search_wanted.connect(self.search_wanted)

    def show_names(self, names: tuple[str, ...]) -> None:
        """Who is in the record."""
        chosen = self._who.currentData()
        while self._who.count() > 1:
            self._who.removeItem(1)
        self._who.addItem(translate("Filters", "Nobody named"), NOBODY)
        for name in names:
            self._who.addItem(name, name)
        self._who.setCurrentIndex(max(0, self._who.findData(chosen)))

    def current_filter(self) -> AuditFilter:
        """What is asked now."""
        person = self.picker.person
        return AuditFilter(
            self._midnight(pydate(self._from.date())),
            self._midnight(pydate(self._to.date()) + timedelta(days=1)),
            self._who.currentData(),
            self._what.currentData() or (),
            person.reference if person else None,
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone).astimezone(UTC)


def _day(name: str, day: date, today: date) -> DayField:
    made = DayField(qdate(day))
    made.setAccessibleName(name)
    made.setDisplayFormat("dd.MM.yyyy")
    made.setCalendarPopup(True)
    made.setCalendarWidget(Month(theme_of(made.palette()), lambda: today))
    return made
