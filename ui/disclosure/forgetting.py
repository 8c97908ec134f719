"""Whose details were wiped, here or at another desk, is no longer on this window either."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, PersonForgotten
from ui.finder.field import FinderField
from ui.message_bar import MessageBar
from ui.panels.booking_panel import BookingPanel


class Forgetting(QObject):
    """What was found, chosen, typed, said or copied may be a name. What is about others stays."""

    def __init__(
        self,
        store: BookStore,
        panel: BookingPanel,
        finder: FinderField,
        message_bar: MessageBar,
        clear_clipboard: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._panel = panel
        self._finder = finder
        self._message_bar = message_bar
        self._clear_clipboard = clear_clipboard
        store.changed.connect(self._on_changed)

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, PersonForgotten):
            self._forget(change.reference)

    def _forget(self, reference: str) -> None:
        form, card = self._panel.slot_form, self._panel.card
        chosen = form.picker.person
        if chosen is not None and chosen.reference == reference:
            form.clear()
        form.picker.forget(reference)
        shown = card.appointment
        if shown is not None and shown.person.reference == reference:
            card.show_appointment(self._store.snapshot.appointments.get(shown.key, shown))
        self._finder.forget(reference)
        self._message_bar.forget(reference)
        self._clear_clipboard()
