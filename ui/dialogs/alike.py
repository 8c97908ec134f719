"""Who is about to be registered beside those it may already be, so that nobody is kept twice."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from receptionapp.domain.patient import Person
from ui.labels import label
from ui.words.formatting import birth_date, phone

translate = QCoreApplication.translate


class AlikePeople(QFrame):
    """Signals: chosen (Person): it is this one, whom we have."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.setProperty("kind", "waiting")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 12, 12, 12)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def show_beside(self, new: Person, known: tuple[Person, ...]) -> None:
        """Ask whether `new` is one of `known`."""
        self.clear()
        self._grid.addWidget(
            label("strong", translate("AlikePeople", "This may be somebody you already have.")), 0, 0, 1, 2
        )
        self._grid.addWidget(label("heading", translate("AlikePeople", "To be registered")), 1, 0)
        self._grid.addWidget(label("heading", translate("AlikePeople", "Here already")), 1, 1)
        self._grid.addWidget(label("", _described(new)), 2, 0)
        for row, person in enumerate(known):
            words = label("", _described(person))
            words.setContentsMargins(0, 8 if row else 0, 0, 0)  # each with its own button
            self._grid.addWidget(words, 2 + 2 * row, 1)
            self._grid.addWidget(self._button(person), 3 + 2 * row, 1)
        self.show()

    def clear(self) -> None:
        self.hide()
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _button(self, person: Person) -> QPushButton:
        button = QPushButton(translate("AlikePeople", "Use this one"))
        button.setAccessibleDescription(_described(person))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.chosen.emit(person))
        return button


def _described(person: Person) -> str:
    """Half a dialog wide: each fact on a line of its own, so that a telephone number is never broken in two."""
    parts = (person.full_name, birth_date(person.birth_date), phone(person.phone or ""))
    return "\n".join(part for part in parts if part)
