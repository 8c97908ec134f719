"""The record of who did what, newest first: asked for by day, user, deed and patient; followed; saved as CSV."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QPushButton,
    QTableView,
    QWidget,
)

from receptionapp.domain.audit import ChainFault
from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import PersonWiped
from receptionapp.store.results import (
    AuditChainChecked,
    AuditExported,
    AuditNamesRead,
    AuditNotRead,
    AuditPageRead,
    AuditResult,
    Results,
)
from ui.audit.table import AuditFilterForm, AuditLogModel
from ui.dialogs.growing import ask_where_to_save
from ui.labels import announce, label, line_up, stack

if TYPE_CHECKING:
    from receptionapp.services.audit_log import AuditLog
    from receptionapp.services.patients import Patients

translate = QCoreApplication.translate

_WIDTHS = (112, 132, 104, 132, 160)  # pixels of those between the first and the last, which takes the rest
_TIME = "00.00.0000  00:00:00"
_PAUSE = 150  # ms after the last change of a filter


class AuditLogDialog(QDialog):
    """Opened for everybody's lines, or for those about one patient."""

    def __init__(
        self,
        store: BookStore,
        record: Results,
        auditing: "AuditLog",
        patients: "Patients",
        today: date,
        parent: QWidget,
        whose: Person | None = None,
    ) -> None:
        super().__init__(parent)
        self._auditing = auditing
        self._zone = store.snapshot.zone
        self.setWindowTitle(translate("RecordDialog", "Who did what"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(1240, parent.width() - 40), min(720, parent.height() - 40))
        self._filters = AuditFilterForm(store, today, whose, self)
        self._model = AuditLogModel(self._zone)
        self._table = self._make_table()
        self._state = label("muted")
        self._older = QPushButton(translate("RecordDialog", "Show older lines"))
        self._check = QPushButton(translate("RecordDialog", "Check that it is whole"))
        self._save = QPushButton(translate("RecordDialog", "Save as CSV …"))
        self._close = QPushButton(translate("RecordDialog", "Close"))
        self._lay_out()
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self._filters.changed.connect(self._pause.start)
        self._filters.search_wanted.connect(patients.search)
        self._older.clicked.connect(self._ask_older)
        self._check.clicked.connect(self._follow)
        self._save.clicked.connect(self._choose_file)
        self._close.clicked.connect(self.reject)
        record.result.connect(self._show_result)
        store.watch(self._on_wiped, PersonWiped)
        auditing.open()
        self._ask()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("recordTable")
        table.setModel(self._model)
        table.setAccessibleName(translate("RecordDialog", "Lines of the record, newest first"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)  # Tab leaves the table
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(28)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        table.setColumnWidth(0, table.fontMetrics().horizontalAdvance(_TIME) + 20)
        for column, width in enumerate(_WIDTHS, start=1):
            table.setColumnWidth(column, width)
        return table

    def _lay_out(self) -> None:
        for button in (self._older, self._check, self._save, self._close):
            button.setAutoDefault(False)
        middle = line_up(self._filters, (self._table, 1), spacing=20)
        foot = line_up((self._state, 1), spacing=8)
        for button in (self._older, self._check, self._save, self._close):
            foot.addWidget(button)
        stack((middle, 1), foot, on=self, margins=(20, 20, 20, 16), spacing=12)

    def _ask(self) -> None:
        self._pause.stop()
        self._asked = self._filters.current_filter()
        self._auditing.read(self._asked)

    def _on_wiped(self, _change: PersonWiped) -> None:
        """A name that was wiped meanwhile, here or at another desk, is not shown any longer."""
        self._ask()

    def _ask_older(self) -> None:
        self._disable_until_answer(self._older)
        self._auditing.read(self._asked, self._model.last)

    def _disable_until_answer(self, button: QPushButton) -> None:
        """Until the answer is here. The keyboard goes to the lines: left alone it would go to the next button."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        button.setEnabled(False)

    def _follow(self) -> None:
        self._disable_until_answer(self._check)
        self._auditing.follow_chain()

    def _choose_file(self) -> None:
        name = translate("RecordDialog", "record") + ".csv"
        ask_where_to_save(self, translate("RecordDialog", "Save the record"), name, self._export)

    def _export(self, file: str) -> None:
        self._disable_until_answer(self._save)
        self._auditing.export(self._asked, Path(file), self._zone)

    def _show_result(self, what: AuditResult) -> None:
        match what:
            case AuditPageRead():
                if what.question == self._asked:
                    self._show_page(what)
            case AuditNamesRead():
                self._filters.show_names(what.names)
            case AuditChainChecked():
                self._show_chain(what)
            case AuditExported():
                self._save.setEnabled(True)
                self._say(
                    translate("RecordDialog", "The file could not be written. Choose another place.")
                    if what.lines is None
                    else translate("RecordDialog", "{count} lines are in the file.").format(count=what.lines)
                )
            case AuditNotRead():
                self._check.setEnabled(True)
                self._say(translate("RecordDialog", "The record could not be read. Try again."))

    def _show_page(self, page: AuditPageRead) -> None:
        if page.after is None:
            self._model.show(page.lines)
        else:
            row = self._model.rowCount(QModelIndex())
            self._model.add(page.lines)
            self._table.selectRow(row)
        self._older.setEnabled(page.more)
        count = self._model.rowCount(QModelIndex())
        if not count:
            self._say(translate("RecordDialog", "No such lines."))
        elif page.more:
            self._say(translate("RecordDialog", "The newest {count} lines; there are older ones.").format(count=count))
        else:
            self._say(translate("RecordDialog", "{count} lines.").format(count=count))

    def _show_chain(self, followed: AuditChainChecked) -> None:
        chain = followed.chain
        self._check.setEnabled(chain.is_complete)
        if not chain.is_complete:
            text = translate("RecordDialog", "Checked {lines} of {of} lines …")
            self._say(text.format(lines=chain.lines, of=followed.of))
            return
        if chain.is_intact:
            text = translate("RecordDialog", "Whole: {lines} lines, none changed or missing. Last hash: {hash}")
            self._say(text.format(lines=chain.lines, hash=chain.head.hex()[:16]))
            return
        text = {
            ChainFault.MISSING: translate("RecordDialog", "Not whole: line {line} was taken out."),
            ChainFault.ALTERED: translate("RecordDialog", "Not whole: line {line} is not as it was written."),
            ChainFault.CUT: translate("RecordDialog", "Not whole: the lines from {line} on were cut off."),
        }[chain.fault or ChainFault.ALTERED]
        self._say(text.format(line=chain.at_line))

    def _say(self, text: str) -> None:
        self._state.setText(text)
        announce(self._state, text)
