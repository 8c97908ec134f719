"""The fields that choose what is shown of the record."""

from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDateEdit
from pytestqt.qtbot import QtBot

from receptionapp.store.book_store import BookStore
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from ui.audit.table import AuditFilterForm

TUESDAY = date(2026, 11, 24)


def test_a_date_is_one_stop_for_tab_and_back(qtbot: QtBot) -> None:
    filters = AuditFilterForm(
        BookStore(Snapshot(View(TUESDAY), ZoneInfo("Europe/Oslo")), StoppedClock(TUESDAY_MORNING)), TUESDAY, None
    )
    qtbot.addWidget(filters)
    filters.show()
    filters.activateWindow()
    first, last = filters.findChildren(QDateEdit)
    who = filters.findChildren(QComboBox)[0]
    first.setFocus()
    for stop in (last, who):
        QTest.keyClick(filters.focusWidget(), Qt.Key.Key_Tab)
        assert filters.focusWidget() is stop
    for stop in (last, first):
        QTest.keyClick(filters.focusWidget(), Qt.Key.Key_Backtab)
        assert filters.focusWidget() is stop
