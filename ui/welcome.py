"""The first screen of a desk that is not connected yet: try it, or connect it."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from ui.fields import Choice, mark_managed
from ui.labels import ROOM, label, line_up, push_button, stack

translate = QCoreApplication.translate

LANGUAGES = (("nb", "Norsk bokmål"), ("en", "English"))


class Welcome(QWidget):
    """Signals: practice_wanted, connect_wanted, language_chosen ("nb" or "en")."""

    practice_wanted = Signal()
    connect_wanted = Signal()
    language_chosen = Signal(str)

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        languages = Choice()
        languages.setAccessibleName(translate("Welcome", "Language"))
        for code, name in LANGUAGES:
            languages.addItem(name, code)
        languages.setMinimumContentsLength(max(len(name) for _, name in LANGUAGES))
        languages.setCurrentIndex(max(0, languages.findData(language)))
        languages.activated.connect(self._choose_language)
        self._languages = languages
        practice = push_button(translate("Welcome", "Open practice mode"), self.practice_wanted, kind="primary")
        connect = push_button(translate("Welcome", "Connect to Leyr …"), self.connect_wanted)
        card = QFrame()
        card.setProperty("role", "card")
        card.setProperty("kind", "page")
        card.setMinimumWidth(480)
        card.setMaximumWidth(560)
        column = stack(on=card, margins=(32, 28, 32, 28), spacing=8)
        heading = label("muted", languages.accessibleName())
        heading.setWordWrap(False)
        heading.setBuddy(languages)
        top = line_up(ROOM, heading, languages, spacing=8)
        column.addLayout(top)
        column.addWidget(label("title", translate("Welcome", "Welcome to Reception")))
        column.addWidget(
            label("muted", translate("Welcome", "The clinic's appointment book: free times, patients and bookings."))
        )
        column.addSpacing(20)
        column.addWidget(label("strong", translate("Welcome", "Try it")))
        column.addWidget(
            label(
                "",
                translate(
                    "Welcome",
                    "A made-up clinic with made-up people, inside this computer. Book and cancel as you like; "
                    "nothing leaves the program.",
                ),
            )
        )
        column.addWidget(practice, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(20)
        column.addWidget(label("strong", translate("Welcome", "Use it")))
        column.addWidget(
            label(
                "",
                translate(
                    "Welcome",
                    "Your administrator has an address, a client id and a secret from Leyr. "
                    "The secret is kept in this computer's key store.",
                ),
            )
        )
        column.addWidget(connect, 0, Qt.AlignmentFlag.AlignLeft)
        line_up(ROOM, (card, 2, Qt.AlignmentFlag.AlignCenter), ROOM, on=self)

    def mark_language_managed(self) -> None:
        """The administrator has chosen it."""
        mark_managed(self._languages)

    def _choose_language(self, index: int) -> None:
        self.language_chosen.emit(self._languages.itemData(index))
