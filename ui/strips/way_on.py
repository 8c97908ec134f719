"""Above a book with nothing to book: that there is nothing, and the way to the next free time."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame

from receptionapp.domain.layout import FreeCell
from receptionapp.store.snapshot import Snapshot
from ui.labels import announce, escape_mnemonic, label, line_up, push_button
from ui.words.formatting import clock_time, long_day, short_day
from ui.words.holidays import holiday_name

translate = QCoreApplication.translate


class WayOnStrip(QFrame):
    """Signals: taken (FreeCell), everybody_wanted (). Enter in a book without anything to choose takes it too."""

    taken = Signal(object)
    everybody_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("wayOn")
        self._cell: FreeCell | None = None
        self._shown = ""
        self._words = label("strong")
        self._go = push_button("", self.take)
        self._go.setObjectName("wayOnButton")
        line_up((self._words, 1), self._go, on=self, margins=(12, 6, 12, 6), spacing=12)
        self.hide()

    def say_looking(self, days: Sequence[date], today: date, service: str) -> None:
        """Nothing is free, and the next time is being looked for."""
        self._say(none_free_text(days, today, service), "")

    def say_next(self, days: Sequence[date], today: date, service: str, cell: FreeCell, snapshot: Snapshot) -> None:
        """Nothing is free; `cell` is what comes next."""
        self._say(none_free_text(days, today, service), next_free_text(cell, snapshot), cell)

    def say_none_until(self, day: date) -> None:
        """Nothing is free up to that day either, as far as was looked."""
        self._say(translate("WayOn", "None free up to {day}.").format(day=long_day(day)), "")

    def say_nobody(self) -> None:
        """Nobody is ticked."""
        self._say(translate("WayOn", "Nobody is ticked."), translate("WayOn", "Show all"))

    def say_nothing(self) -> None:
        self._cell = None
        self._shown = ""
        self.hide()

    def take(self) -> None:
        """Go where it says."""
        if self.isHidden():
            return
        if self._cell is not None:
            self.taken.emit(self._cell)
        elif not self._go.isHidden():
            self.everybody_wanted.emit()

    def _say(self, words: str, way: str, cell: FreeCell | None = None) -> None:
        """`cell` is where `way` leads; None where it leads to no time."""
        self._cell = cell
        if f"{words} {way}" == self._shown:
            return
        self._shown = f"{words} {way}"
        self._words.setText(words)
        self._go.setText(escape_mnemonic(way))
        self._go.setVisible(bool(way))
        self.show()
        if not self.window().isHidden():
            announce(self, self._shown)


def none_free_text(days: Sequence[date], today: date, service: str) -> str:
    """That nothing can be booked on these days: of which service, if one is chosen, and on which holiday."""
    if len(days) > 1:
        said = translate("WayOn", "None free this week")
    elif days[0] == today:
        said = translate("WayOn", "None free today")
    else:
        said = translate("WayOn", "None free on {day}").format(day=short_day(days[0]))
    of_service = translate("WayOn", "{said} for {service}").format(said=said, service=service) if service else said
    holiday = holiday_name(days[0]) if len(days) == 1 else ""
    whole = f"{of_service}." if not of_service.endswith(".") else of_service  # as in "25. des."
    return f"{holiday}. {whole}" if holiday else whole


def next_free_text(cell: FreeCell, snapshot: Snapshot) -> str:
    """ "Next: Mon 30 Nov 08:00, Bjørn Lødøen →" """
    who = snapshot.clinic.resource_name(cell.resource_id) if snapshot.clinic else ""
    return translate("WayOn", "Next: {day} {time}, {name} →").format(
        day=short_day(cell.start.astimezone(snapshot.zone).date()),
        time=clock_time(cell.start, snapshot.zone),
        name=who.partition(", ")[0],
    )


def opened_elsewhere_text(today: date, day: date) -> tuple[str, str]:
    """Why the book opens on another day than today's, in two sentences."""
    holiday = holiday_name(today)
    why = translate("WayOn", "Today, {day}, has no more free times.")
    named = f"{long_day(today)} ({holiday})" if holiday else long_day(today)
    return translate("WayOn", "The book opens on {day}.").format(day=long_day(day)), why.format(day=named)
