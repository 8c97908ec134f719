"""Naming a view of the book before it is kept under its key."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from receptionapp.domain.page import SavedView
from ui.labels import label

translate = QCoreApplication.translate

LONGEST_NAME = 60  # characters


class SaveViewDialog(QDialog):
    """Signals: save_wanted (SavedView): with the name that was typed."""

    save_wanted = Signal(object)

    def __init__(self, present: SavedView, keys: str, replaced: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._present = present
        self.setWindowTitle(translate("SaveViewDialog", "Save as {key}").format(key=keys))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(400)
        self._name = QLineEdit(replaced or present.name)
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setAccessibleName(translate("SaveViewDialog", "Name"))
        self._name.selectAll()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._save_button = buttons.button(QDialogButtonBox.StandardButton.Save)
        self._save_button.setText(translate("SaveViewDialog", "Save"))
        self._save_button.setProperty("kind", "primary")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(translate("SaveViewDialog", "Cancel"))
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        self._name.textChanged.connect(self._show_state)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        kept = translate(
            "SaveViewDialog", "{key} will show the resources, the service, and the day or week as they are shown now."
        )
        column.addWidget(label("", kept.format(key=keys)))
        if replaced:
            text = translate("SaveViewDialog", "It takes the place of “{name}”.").format(name=replaced)
            column.addWidget(label("muted", text))
        column.addSpacing(4)
        heading = label("heading", translate("SaveViewDialog", "Name"))
        heading.setBuddy(self._name)
        column.addWidget(heading)
        column.addWidget(self._name)
        column.addSpacing(8)
        column.addWidget(buttons)

    def _show_state(self) -> None:
        self._save_button.setEnabled(bool(self._name.text().strip()))

    def _save(self) -> None:
        self.save_wanted.emit(replace(self._present, name=self._name.text().strip()))
        self.accept()
