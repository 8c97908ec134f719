"""Printing the day: which resources, how people are named, and the pages as they will come out."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QWidget,
)

from receptionapp.domain.day_sheet import DaySheet, PrintNote, SheetOptions, make_day_sheet
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import (
    AppointmentsChanged,
    ClinicLoaded,
    LedgerReachable,
    PersonWiped,
    TimeslotsLoaded,
)
from receptionapp.store.results import DayLoaded, DayPrinted, PrintFailed, PrintFailure, PrintResult, PrintTarget
from ui.dialogs.growing import ask_where_to_save
from ui.fields import Choice
from ui.labels import announce, heading_of, label, line_up, push_button, stack
from ui.printing.drawing import draw_page, render_pdf
from ui.printing.pages import HEIGHT, WIDTH, Page, lay_out
from ui.printing.words import PrintContext, compose_sheet, count_text
from ui.words.formatting import long_day

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from receptionapp.services.printing import Printing

translate = QCoreApplication.translate

_MARGIN = 12  # pixels, around a page
_PAPER, _EDGE = QColor("white"), QColor("#8A939C")


class Preview(QScrollArea):
    """Paper is white and letters are black in a dark theme too: that is how they come out."""

    def __init__(self) -> None:
        super().__init__()
        self._paper = _Paper()
        self.setWidget(self._paper)
        self.setObjectName("printPreview")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(translate("PrintDialog", "Preview"))

    def show_pages(self, pages: tuple[Page, ...], said: str) -> None:
        """`said` is what a screen reader tells of them."""
        self.setAccessibleDescription(said)
        self._paper.show_pages(pages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paper.fit(self.viewport().width())


class _Paper(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._pages: tuple[Page, ...] = ()

    def show_pages(self, pages: tuple[Page, ...]) -> None:
        self._pages = pages
        self.fit(self.width())
        self.update()

    def fit(self, width: int) -> None:
        self.resize(width, len(self._pages) * (self._page_size(width).height() + _MARGIN) + _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self._page_size(self.width())
        painter = QPainter(self)
        for number, page in enumerate(self._pages):
            place = QRect(_MARGIN, _MARGIN + number * (size.height() + _MARGIN), size.width(), size.height())
            if not place.intersects(event.rect()):
                continue
            painter.fillRect(place, _PAPER)
            painter.setPen(QPen(_EDGE, 1))
            painter.drawRect(place)
            painter.save()
            painter.translate(place.topLeft())
            painter.scale(size.width() / WIDTH, size.width() / WIDTH)
            draw_page(painter, page)
            painter.restore()
        painter.end()

    def _page_size(self, width: int) -> QSize:
        wide = max(1, width - 2 * _MARGIN)
        return QSize(wide, round(wide * HEIGHT / WIDTH))


_ID = Qt.ItemDataRole.UserRole
_CHOICES = 248  # pixels
_SHOWN = (AppointmentsChanged, TimeslotsLoaded, PersonWiped, LedgerReachable, ClinicLoaded)


class PrintDialog(QDialog):
    """Of one day, for good. `by` tells who is at the desk, "" if nobody is named. Signals: initials_chosen (bool)."""

    initials_chosen = Signal(bool)

    def __init__(
        self,
        day: date,
        store: BookStore,
        printing: "Printing",
        by: Callable[[], str],
        parent: QWidget,
        *,
        initials_only: bool,
    ) -> None:
        super().__init__(parent)
        self._day = day
        self._store = store
        self._printing = printing
        self._by = by
        self._is_read = False
        self._sheet: DaySheet | None = None
        self._pages: tuple[Page, ...] = ()
        self._asking: QPrintDialog | None = None
        self._busy = False
        self._told_last = ""
        self.setWindowTitle(translate("PrintDialog", "Print {day}").format(day=long_day(day)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._resources = QListWidget()
        self._resources.setAccessibleName(translate("PrintDialog", "Resources"))
        self._resources.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._names = Choice()
        self._names.setAccessibleName(translate("PrintDialog", "Patients"))
        self._names.addItem(translate("PrintDialog", "Name and birth date"), False)
        self._names.addItem(translate("PrintDialog", "Initials only"), True)
        self._names.setCurrentIndex(int(initials_only))
        self._phones = QCheckBox(translate("PrintDialog", "Phone numbers"))
        self._phones.setToolTip(translate("PrintDialog", "For calling round, such as when somebody is ill"))
        self._cancelled = QCheckBox(translate("PrintDialog", "Cancelled ones, struck out"))
        self._preview = Preview()
        self._said = label("muted")
        self._print = push_button(translate("PrintDialog", "Print …"), self._ask_for_printer, auto_default=False)
        self._save = push_button(translate("PrintDialog", "Save as PDF …"), self._ask_where, auto_default=False)
        self._print.setProperty("kind", "primary")
        self._print.setDefault(True)
        self._lay_out()
        self.resize(min(1000, parent.width() - 48), min(820, parent.height() - 48))
        self._fill_resources()
        self._left.setFixedWidth(max(_CHOICES, self._left.sizeHint().width()))  # for large letters
        self._connect_parts()
        printing.read(day)

    def showEvent(self, event: QShowEvent) -> None:
        """Also when it comes back from behind the lock page."""
        self._show()
        super().showEvent(event)

    def _fill_resources(self) -> None:
        snapshot = self._store.snapshot
        shown = snapshot.shown_resources()
        for resource in snapshot.clinic.resources if snapshot.clinic else ():
            item = QListWidgetItem(resource.name)
            item.setData(_ID, resource.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if resource.id in shown else Qt.CheckState.Unchecked)
            self._resources.addItem(item)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(translate("PrintDialog", "Close"))
        close.setAutoDefault(False)
        buttons.addButton(self._save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._print, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        choices = stack(spacing=4)
        resources = heading_of(self._resources)
        names = heading_of(self._names)
        choices.addWidget(resources)
        choices.addWidget(self._resources, 1)
        choices.addSpacing(12)
        choices.addWidget(names)
        choices.addWidget(self._names)
        choices.addSpacing(12)
        choices.addWidget(label("heading", translate("PrintDialog", "Also on it")))
        choices.addWidget(self._phones)
        choices.addWidget(self._cancelled)
        left = QWidget()
        left.setLayout(choices)
        choices.setContentsMargins(0, 0, 0, 0)
        self._left = left
        middle = line_up(left, (self._preview, 1), spacing=20)
        foot = line_up((self._said, 1), buttons, spacing=20)
        stack((middle, 1), foot, on=self, margins=(20, 20, 20, 16), spacing=16)

    def _connect_parts(self) -> None:
        self._resources.itemChanged.connect(self._choose)
        self._names.activated.connect(self._choose_names)
        self._phones.toggled.connect(self._choose)
        self._cancelled.toggled.connect(self._choose)
        self._store.watch(self._show, *_SHOWN)
        self._printing.results.result.connect(self._show_result)

    @property
    def _wish(self) -> SheetOptions:
        return SheetOptions(self._names.currentData(), self._phones.isChecked(), self._cancelled.isChecked())

    def _choose_names(self) -> None:
        self.initials_chosen.emit(self._names.currentData())
        self._choose()

    def _choose(self) -> None:
        """It is another sheet: what became of the one before is not said any longer."""
        self._told_last = ""
        self._show()

    def _show(self) -> None:
        snapshot, wish, now = self._store.snapshot, self._wish, self._store.now()
        self._phones.setEnabled(not wish.initials_only)
        if snapshot.clinic is None:
            return
        known = [snapshot.known_day(self._day, resource) for resource in self._chosen()]
        self._sheet = make_day_sheet(self._day, known, wish, snapshot.zone, now)
        around = PrintContext(
            snapshot.clinic,
            snapshot.zone,
            snapshot.profile,
            now,
            self._by(),
            snapshot.capabilities.name if snapshot.capabilities else "",
            self._is_read,
            not snapshot.ledger_reachable,
        )
        sheet = compose_sheet(self._sheet, around, initials_only=wish.initials_only, phones=wish.phones)
        self._pages = lay_out(sheet)
        self._said.setText(self._told_last or self._summary())
        self._preview.show_pages(self._pages, self._summary())
        self._show_ready()

    def _chosen(self) -> list[str]:
        items = (self._resources.item(row) for row in range(self._resources.count()))
        return [item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _summary(self) -> str:
        pages = len(self._pages)
        paper = translate("PrintDialog", "1 page") if pages == 1 else translate("PrintDialog", "{count} pages")
        appointments = self._sheet.appointments if self._sheet else 0
        return f"{paper.format(count=pages)}  ·  {count_text(appointments)}"

    def _show_ready(self) -> None:
        ready = not self._busy and self._sheet is not None and bool(self._sheet.lists)
        self._print.setEnabled(ready)
        self._save.setEnabled(ready)

    def _say(self, text: str) -> None:
        self._told_last = text
        self._said.setText(text)
        announce(self, text)

    def _ask_where(self) -> None:
        title, name = translate("PrintDialog", "Save the day as PDF"), f"reception-{self._day:%Y-%m-%d}.pdf"
        ask_where_to_save(self, title, name, lambda file: self._save_as(Path(file)))

    def _save_as(self, path: Path) -> None:
        self._begin()
        self._printing.save(self._note(), path, partial(render_pdf, self._pages, self._title()))

    def _ask_for_printer(self) -> None:
        """On macOS a sheet, on Windows the system's own modal dialog, behind which timers go on. With a printer that is
        none it would refuse without a word, so that is looked at first."""
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo

        from ui.printing.drawing import prepare_printer

        if not QPrinterInfo.availablePrinterNames():
            self._say(translate("PrintDialog", "No printer is set up on this computer. Save as PDF instead."))
            self._save.setFocus()
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare_printer(printer, self._title())
        asking = self._asking = QPrintDialog(printer, self)
        option = QAbstractPrintDialog.PrintDialogOption
        asking.setOption(option.PrintToFile, False)  # a file is saved by the button beside
        asking.setOption(option.PrintPageRange, True)
        asking.setMinMax(1, len(self._pages))
        asking.finished.connect(lambda result: self._use_printer(printer, result))
        QDialog.open(asking)  # PySide knows QPrintDialog's own only with a receiver and a slot's C++ name

    def _use_printer(self, printer: "QPrinter", result: int) -> None:
        asking, self._asking = self._asking, None
        if asking is not None:
            asking.deleteLater()
        if result == QDialog.DialogCode.Accepted.value and self.isVisible():  # not behind the lock page
            self.print_on(printer)

    def print_on(self, printer: "QPrinter") -> None:
        """All pages, or those that were asked for in the printer's own dialog."""
        from ui.printing.drawing import paint_pages

        self._begin()
        self._printing.print(self._note(), partial(paint_pages, printer, self._pages))

    def _show_result(self, what: PrintResult) -> None:
        match what:
            case DayLoaded():
                if what.day == self._day:
                    self._is_read = what.read
                    self._show()
            case DayPrinted():
                self._end(_of_done(what))
            case PrintFailed():
                self._end(_of_why(what.why))

    def _begin(self) -> None:
        """With the day as it is now: the dialog may have been open for a while."""
        self._busy = True
        self._choose()

    def _end(self, said: str) -> None:
        self._busy = False
        self._show_ready()
        self._say(said)

    def _note(self) -> "PrintNote":
        return PrintNote(self._day, self._sheet.people if self._sheet else 0, self._wish.initials_only)

    def _title(self) -> str:
        """In the file, and in the printer's queue: no person's name."""
        return translate("PrintDialog", "Day list {date}").format(date=f"{self._day:%d.%m.%Y}")


def _of_done(what: DayPrinted) -> str:
    if what.where is PrintTarget.PDF:
        said = translate("PrintDialog", "Saved. The file holds personal data: delete it when it is no longer needed.")
    else:
        said = translate("PrintDialog", "Sent to the printer. Fetch it at once, and shred it afterwards.")
    if what.noted:
        return said
    later = translate("PrintDialog", "The record can't be reached: it is written there as soon as it can be.")
    return f"{said} {later}"


def _of_why(why: PrintFailure) -> str:
    return {
        PrintFailure.DISK_FULL: lambda: translate(
            "PrintDialog", "The disk is full, so nothing was saved. Make room, or choose another disk."
        ),
        PrintFailure.NOT_WRITABLE: lambda: translate(
            "PrintDialog",
            "It could not be saved there: the folder can't be written to, or the file is open in another program. "
            "Choose another place.",
        ),
        PrintFailure.PRINTER: lambda: translate(
            "PrintDialog",
            "The printer took nothing. See whether it is on and has paper, or save as PDF and print that.",
        ),
    }[why]()
