"""When this desk's record can't be opened: its key typed from paper, or a new record after a second question."""

import re

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QWidget

from receptionapp.domain.pasted_text import clean_text
from ui.dialogs.growing import GrowingDialog
from ui.labels import ROOM, label, push_button, stack

translate = QCoreApplication.translate

DIGITS = 64
_BETWEEN = re.compile(r"[\s-]+")
_NO_DIGIT = re.compile(r"[^0-9a-fA-F]")


class RecoveryKeyDialog(GrowingDialog):
    """Signals: key_typed (text): 64 digits, grouped as they were typed."""

    key_typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("RecoveryKeyDialog", "Recovery key"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._field = QPlainTextEdit()
        self._field.setAccessibleName(translate("RecoveryKeyDialog", "Recovery key"))
        self._field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._field.setTabChangesFocus(True)
        self._field.setFixedHeight(self._field.fontMetrics().lineSpacing() * 4 + 24)
        self._said = label("muted")
        self._open = push_button(
            translate("RecoveryKeyDialog", "Open the record"), self._press, kind="primary", default=True
        )
        self._field.textChanged.connect(self._show_state)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(translate("RecoveryKeyDialog", "Cancel"))
        buttons.addButton(self._open, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        stack(
            label(
                "",
                translate(
                    "RecoveryKeyDialog",
                    "Type the 64 characters as your administrator printed them: "
                    "digits and the letters a to f, four and four.",
                ),
            ),
            self._field,
            self._said,
            ROOM,
            8,
            buttons,
            on=self,
            margins=(20, 20, 20, 16),
            spacing=8,
        )
        self._show_state()

    def _show_state(self) -> None:
        typed = _BETWEEN.sub("", clean_text(self._field.toPlainText()))
        other = _NO_DIGIT.search(typed)
        if other:
            said = translate("RecoveryKeyDialog", "“{sign}” is not in such a key.").format(sign=other.group())
        else:
            said = translate("RecoveryKeyDialog", "{typed} of {all} characters").format(typed=len(typed), all=DIGITS)
        self._said.setText(said)
        self._open.setEnabled(not other and len(typed) == DIGITS)

    def _press(self) -> None:
        self.key_typed.emit(self._field.toPlainText())
        self.accept()


class NewLedgerDialog(GrowingDialog):
    """Accepted: the record is to be put aside, and a new one begun."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("BeginAnewDialog", "Begin a new record"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        begin = push_button(
            translate("BeginAnewDialog", "Put the old record aside and begin anew"),
            self.accept,
            kind="danger",
            auto_default=False,
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(translate("BeginAnewDialog", "Cancel"))
        cancel.setAutoDefault(False)
        buttons.addButton(begin, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.rejected.connect(self.reject)
        column = stack(
            label("strong", translate("BeginAnewDialog", "Begin with an empty record of appointments?")),
            on=self,
            margins=(20, 20, 20, 16),
            spacing=8,
        )
        for text in (
            translate(
                "BeginAnewDialog",
                "Appointments that were booked before stay in the EHR, but can't be cancelled or moved from here. "
                "What was still unsettled is no longer shown: look in the EHR how it stands.",
            ),
            translate(
                "BeginAnewDialog",
                "The old record is not deleted. It is kept under a dated name, "
                "and can be opened again with its recovery key.",
            ),
        ):
            column.addWidget(label("", text))
        column.addStretch(1)
        column.addSpacing(8)
        column.addWidget(buttons)
        cancel.setFocus()
