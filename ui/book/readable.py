"""What a screen reader asks a book for, beside what is painted (`ui/book/accessible.py`)."""

from PySide6.QtWidgets import QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.layout import FreeCell, Item
from ui.book.surface import BookSurface


class ReadableBook(BookSurface):
    """What a screen reader asks a book for; `BookView` answers."""

    @property
    def selected(self) -> FreeCell | OwnAppointment | None:
        raise NotImplementedError

    @property
    def current(self) -> tuple[int, Item] | None:
        raise NotImplementedError

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """What stands around the columns and can be pressed."""
        return self._edges.buttons

    def choose(self, index: int, item: Item) -> None:
        raise NotImplementedError

    def move_cursor(self, index: int, item: Item) -> None:
        raise NotImplementedError
