"""Which EHR: chosen from those that Leyr names, or its code typed; and what Leyr says it can do."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from receptionapp.domain.connection import Action, Capabilities, Support
from receptionapp.leyr.capabilities import for_emr, known_emrs
from ui.fixed import fix_line
from ui.labels import label

translate = QCoreApplication.translate


class EmrField(QWidget):
    """Signals: changed."""

    changed = Signal()

    def __init__(self, code: str, name: str) -> None:
        super().__init__()
        self._names = {row.name.casefold(): row.emr for row in known_emrs()}
        self._choices = QComboBox()
        self._choices.setEditable(True)
        self._choices.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._choices.addItems([row.name for row in known_emrs()])
        self._choices.setCompleter(None)  # type: ignore[arg-type]  # it would change what is typed
        self._choices.setCurrentIndex(-1)
        self._choices.setAccessibleName(name)
        line = self._choices.lineEdit()
        assert line is not None  # noqa: S101, it is editable
        self.line: QLineEdit = line
        self.line.setText(for_emr(code).name if code else "")
        self.line.setPlaceholderText(known_emrs()[0].name)
        self._about = label("muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._choices)
        column.addWidget(self._about)
        self.line.textChanged.connect(self._show)
        self._show()

    @property
    def code(self) -> str:
        """Of a name that Leyr knows, its code; else what is typed."""
        typed = self.line.text().strip()
        return self._names.get(typed.casefold(), typed)

    def fix(self) -> None:
        """The administrator has chosen it."""
        self._choices.clear()
        fix_line(self.line)

    def _show(self) -> None:
        known = self.code in self._names.values()
        self._about.setText(_about(for_emr(self.code)) if known else "")
        self._about.setVisible(known)
        self.changed.emit()


def _about(row: Capabilities) -> str:
    """What can be done from here, what can't, and what nobody has said."""
    by_support = {
        support: ", ".join(_names()[action] for action in _names() if row.support.get(action) is support)
        for support in Support
    }
    said = (
        (Support.YES, translate("EmrField", "{name} can: {what}.")),
        (Support.NO, translate("EmrField", "It can't, through Leyr: {what}.")),
        (Support.UNKNOWN, translate("EmrField", "Not known until it is tried: {what}.")),
    )
    parts = (text.format(name=row.name, what=by_support[support]) for support, text in said if by_support[support])
    return " ".join(parts)


def _names() -> dict[Action, str]:
    return {
        Action.READ_TIMESLOTS: translate("EmrField", "show free times"),
        Action.BOOK: translate("EmrField", "book"),
        Action.CANCEL: translate("EmrField", "cancel"),
        Action.MOVE: translate("EmrField", "move in one step"),
        Action.CREATE_PATIENT: translate("EmrField", "register patients"),
        Action.SEARCH_PATIENTS: translate("EmrField", "search patients"),
        Action.LIST_APPOINTMENTS: translate("EmrField", "list a patient's appointments"),
    }
