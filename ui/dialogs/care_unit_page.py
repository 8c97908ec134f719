"""Where the desk stands: one of the care units that the connection leads to."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from receptionapp.domain.clinic import CareUnit
from ui.labels import label

translate = QCoreApplication.translate

_ROWS = 6


class CareUnitPage(QWidget):
    """Signals: chosen (id of a care unit)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._list = QListWidget()
        self._list.setAccessibleName(translate("CareUnitPage", "Care units"))
        self._list.itemActivated.connect(self._choose)
        self._open = QPushButton(translate("CareUnitPage", "Open the book"))
        self._open.setProperty("kind", "primary")
        self._open.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("title", translate("CareUnitPage", "Connected. Which care unit is this desk at?")))
        column.addWidget(
            label(
                "muted", translate("CareUnitPage", "It is opened first from now on. You can always go to another one.")
            )
        )
        column.addWidget(self._list)
        column.addStretch(1)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignRight)

    def show_units(self, units: Sequence[CareUnit]) -> None:
        self._list.clear()
        for unit in units:
            item = QListWidgetItem(unit.name)
            item.setData(Qt.ItemDataRole.UserRole, unit.id)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        rows = min(len(units), _ROWS)
        self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 2 * self._list.frameWidth() + 4)
        self._open.setDefault(True)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
