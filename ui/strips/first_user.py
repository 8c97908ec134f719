"""Above the book while nobody is named at a desk with real patients: asks for the first one, once a start."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.labels import label

translate = QCoreApplication.translate


class FirstUserBand(QFrame):
    """Signals: wanted: name the first one now. Put off, it is gone until the next start."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.setProperty("kind", "waiting")
        begin = QPushButton(translate("FirstUserBand", "Name the first one …"))
        begin.clicked.connect(self.wanted)
        later = QPushButton(translate("FirstUserBand", "Later"))
        later.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(
            label(
                "",
                translate(
                    "FirstUserBand",
                    "Nobody is named at this desk yet: it can't lock, and the record can't tell who did what.",
                ),
            ),
            1,
        )
        row.addWidget(begin)
        row.addWidget(later)
        self.hide()
