"""The command that prints the day, at one window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded
from receptionapp.store.presence import PresenceStore

if TYPE_CHECKING:
    from receptionapp.services.printing import Printing
    from ui.main_window import MainWindow


translate = QCoreApplication.translate


class DayPrintingController(QObject):
    """Signals: initials_chosen (bool): from now on people are named so on paper."""

    initials_chosen = Signal(bool)

    def __init__(
        self,
        window: "MainWindow",
        store: BookStore,
        presence: PresenceStore,
        *,
        initials_only: bool,
        allowed: bool = True,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._presence = presence
        self._initials_only = initials_only
        self._allowed = allowed
        self._printing: Printing | None = None
        self._action = window.actions_.print_day
        self._action.triggered.connect(self._open)
        store.watch(self._show, ClinicLoaded)
        if not allowed:
            self._action.setToolTip(translate("PrintDialog", "Your administrator has switched printing off."))
        self._show()

    def attach(self, printing: "Printing") -> None:
        """From now on there is a ledger to read the day from."""
        self._printing = printing
        self._show()

    def detach(self) -> None:
        """The ledger is about to be closed."""
        self._printing = None
        self._show()

    def _show(self) -> None:
        known = self._printing is not None and self._store.snapshot.clinic is not None
        self._action.setEnabled(self._allowed and known)

    def _open(self) -> None:
        if self._printing is None:
            return
        from ui.printing.dialog import PrintDialog  # nobody waits for it at the start

        dialog = PrintDialog(
            self._store.snapshot.view.day,
            self._store,
            self._printing,
            self._user_name,
            self._window,
            initials_only=self._initials_only,
        )
        dialog.initials_chosen.connect(self._keep)
        dialog.open()

    def _user_name(self) -> str:
        user = self._presence.presence.user
        return user.name if user else ""

    def _keep(self, initials_only: bool) -> None:
        self._initials_only = initials_only
        self.initials_chosen.emit(initials_only)
