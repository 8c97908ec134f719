"""What this program is: its version, what it runs on, and under which licences its parts come."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from receptionapp.system.crash import versions
from ui.labels import label
from ui.layouts import stack

translate = QCoreApplication.translate

WIDTH = 420  # pixels


class AboutDialog(QDialog):
    """Help → About. Its texts can be selected, for a support request."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("AboutDialog", "About Reception"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = versions()
        column = stack(label("title", "Reception"), on=self, margins=(24, 20, 24, 16), spacing=8)
        version = translate("AboutDialog", "Version {version}").format(version=known["program"])
        runs_on = translate("AboutDialog", "Qt {qt}, Python {python}, {system}").format(
            qt=known["Qt"], python=known["Python"], system=known["system"]
        )
        licences = translate(
            "AboutDialog",
            "Uses Qt and PySide6 under the LGPL, version 3, and other free software; their licences are in the folder "
            "licences beside the program.",
        )
        for role, text in (
            ("strong", version),
            ("", translate("AboutDialog", "The appointment book for clinic receptionists, on Leyr.")),
            ("muted", runs_on),
            ("muted", licences),
        ):
            line = label(role, text)
            line.setFixedWidth(WIDTH)
            line.setWordWrap(True)
            line.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(line)
        self.setAccessibleDescription(f"{version}. {runs_on}. {licences}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(translate("AboutDialog", "Close"))
        close.setFocus()
        buttons.rejected.connect(self.reject)
        column.addSpacing(8)
        column.addWidget(buttons)
