"""A window with a book, for a screen reader in another process. Says on standard output what was chosen."""

import sys
from datetime import date

import made_up_days as made_up
from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QApplication

from receptionapp.domain.layout import FreeCell
from ui.book.view import BookView
from ui.theme import LIGHT


class Teller(QObject):
    """Prints what the book says, and turns to the next day when told to on standard input."""

    view: BookView | None = None

    @Slot(object)
    def tell_cell(self, cell: FreeCell) -> None:
        tell(f"chosen {cell.resource_id} {cell.start:%H:%M}")

    @Slot()
    def turn(self) -> None:
        if sys.stdin.readline() and self.view is not None:
            self.view.show_page(made_up.busy_page(resources=2, service=1, first=date(2026, 11, 25)))
            tell(f"turned {len(self.view.contents.sequence)}")

    @Slot(object)
    def tell_key(self, key: object) -> None:
        tell(f"chosen {key}")


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    app = QApplication([])
    app.setApplicationName("spoken-book")
    view = BookView(LIGHT)
    teller = Teller()
    view.cell_chosen.connect(teller.tell_cell)
    view.appointment_chosen.connect(teller.tell_key)
    teller.view = view
    listener = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    listener.activated.connect(teller.turn)
    view.show_page(made_up.busy_page(resources=20, service=0))
    view.resize(1200, 800)
    view.show()
    contents = view.contents
    tell(f"ready {len(contents.sequence) if contents else 0}")
    app.exec()


if __name__ == "__main__":
    main()
