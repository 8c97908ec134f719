"""A text for support, to be read before it is copied or saved. Nothing is sent from here."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QPlainTextEdit, QWidget

from ui.labels import label, push_button, stack

translate = QCoreApplication.translate


class ReportDialog(QDialog):
    """Signals: save_wanted (the path as text, the report). Whoever saves says with `show_result` how it went."""

    save_wanted = Signal(str, str)

    def __init__(self, title: str, about: str, text: str, file_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._file_name = file_name
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._text = QPlainTextEdit(text)
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setTabChangesFocus(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setAccessibleName(title)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._said = label("muted")
        copy = push_button(translate("ReportDialog", "&Copy"), self._copy, kind="primary", default=True)
        save = push_button(translate("ReportDialog", "&Save …"), self._ask_where)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(translate("ReportDialog", "Close"))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        stack(label("", about), (self._text, 1), self._said, buttons, on=self, margins=(20, 20, 20, 16), spacing=12)
        self._said.hide()
        self.resize(640, 560)

    @property
    def text(self) -> str:
        return self._text.toPlainText()

    def show_result(self, sentence: str) -> None:
        """What became of it."""
        self._said.setText(sentence)
        self._said.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.show_result(translate("ReportDialog", "Copied."))

    def _ask_where(self) -> None:
        asking = QFileDialog(self, translate("ReportDialog", "Save the report"))
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setDefaultSuffix("txt")
        asking.selectFile(self._file_name)
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.fileSelected.connect(self._save)
        asking.open()

    def _save(self, path: str) -> None:
        self.save_wanted.emit(path, self.text)
