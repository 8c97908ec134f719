"""The panel before anything is chosen: how to begin, and what the kinds of ground mean."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionapp.store.book_store import BookStore
from receptionapp.store.change import CapabilitiesKnown, Change, ClinicLoaded
from ui.labels import label
from ui.panels.legend import Legend

translate = QCoreApplication.translate


class EmptyPage(QWidget):
    def __init__(self, store: BookStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._text = label("muted")
        self.legend = Legend()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(label("title", translate("EmptyPage", "Choose a free time")))
        column.addWidget(self._text)
        column.addWidget(self.legend)
        column.addStretch(1)
        store.changed.connect(self._on_changed)
        self._show()

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, ClinicLoaded | CapabilitiesKnown):
            self._show()

    def _show(self) -> None:
        snapshot = self._store.snapshot
        clinic = snapshot.clinic
        emr = snapshot.emr
        if clinic is not None and not clinic.resources:
            text = translate("EmptyPage", "{clinic} has nothing that can be booked in {emr}.")
        elif clinic is not None and not clinic.services:
            text = translate("EmptyPage", "{clinic} offers no services in {emr}, so no time can be free.")
        else:
            text = translate(
                "EmptyPage",
                "Click a free time in the book, or press Ctrl+B, go there with the arrow keys and press Enter. "
                "Then find the patient and press Enter again.\n\n"
                "The book shows the times that {emr} offers and what this clinic booked with this program.",
            )
        self._text.setText(text.format(clinic=clinic.care_unit.name if clinic else "", emr=emr))
