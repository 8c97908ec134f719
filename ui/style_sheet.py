"""The few things a palette cannot say: one family of inputs, buttons, lists and calendars with a clear focus ring."""

from collections.abc import Mapping
from pathlib import Path

_CONTROLS = Path(__file__).resolve().parent.parent / "resources" / "icons" / "controls"

# Names in %(…)s are roles of the theme. Every focusable control has a 2-pixel border, so that focus moves nothing.
_SHEET = """
QToolTip { background: %(raised)s; color: %(text)s; border: 1px solid %(edge)s; padding: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: %(paper)s; color: %(text)s; border: 1px solid %(edge)s; border-radius: 6px;
    padding: 5px 9px; selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover { border-color: %(muted)s; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid %(accent)s; padding: 4px 8px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled {
    background: %(ground)s; color: %(faint)s; border-color: %(line)s;
}
QComboBox:!editable { padding-left: 11px; padding-right: 1px; }  /* words begin where those of a line edit do */
QComboBox:!editable:focus { padding-left: 10px; padding-right: 0; }
QDateEdit { padding-top: 4px; padding-bottom: 3px; }
QDateEdit:focus { padding-top: 3px; padding-bottom: 2px; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("%(chevron)s"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: %(paper)s; border: 1px solid %(edge)s; padding: 4px; outline: 0; }

QPushButton {
    background: %(raised)s; color: %(text)s; border: 1px solid %(edge)s; border-radius: 6px; padding: 8px 14px;
}
QPushButton:hover { background: %(hover)s; }
QPushButton:pressed, QPushButton:checked {
    background: %(accent_ground)s; border-color: %(accent)s; color: %(accent)s;
}
QPushButton:focus { border: 2px solid %(accent)s; padding: 7px 13px; }
QPushButton:disabled { background: %(ground)s; color: %(faint)s; border: 1px solid %(line)s; padding: 8px 14px; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px 8px; color: %(text)s; }
QToolButton:hover { background: %(hover)s; }
QToolButton:pressed, QToolButton:checked { background: %(accent_ground)s; color: %(accent)s; }
QToolButton:focus { border: 2px solid %(accent)s; padding: 4px 7px; }
QToolButton:disabled { color: %(faint)s; }

QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 1px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid %(accent)s; padding: 2px; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator {
    width: 16px; height: 16px; background: %(paper)s; border: 1px solid %(edge)s; border-radius: 4px;
}
QCheckBox::indicator:hover { border-color: %(accent)s; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {
    background: %(accent)s; border-color: %(accent)s; image: url("%(check)s");
}
QCheckBox::indicator:disabled { background: %(ground)s; border-color: %(line)s; }

QListView, QTreeView, QTableView {
    background: %(paper)s; border: 1px solid %(line)s; border-radius: 6px; outline: 0; padding: 2px;
    selection-background-color: %(accent_ground)s; selection-color: %(text)s;
}
QListView:focus, QTreeView:focus, QTableView:focus { border: 2px solid %(accent)s; padding: 1px; }
QListView::item, QTreeView::item { padding: 5px 6px; border-radius: 4px; border: 1px solid transparent; }
QListView::item:hover, QTreeView::item:hover { background: %(hover)s; }
QListView::item:selected, QTreeView::item:selected { background: %(accent_ground)s; color: %(text)s; }
QListView::item:selected:focus, QTreeView::item:selected:focus { border-color: %(accent)s; }
QHeaderView::section {
    background: %(raised)s; color: %(muted)s; border: 0; border-bottom: 1px solid %(line)s; padding: 6px 8px;
}

QMenuBar { background: %(ground)s; color: %(text)s; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: %(hover)s; }
QMenu { background: %(paper)s; color: %(text)s; border: 1px solid %(edge)s; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: %(accent_ground)s; color: %(text)s; }
QMenu::item:disabled { color: %(faint)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 4px 8px; }

QCalendarWidget QWidget#qt_calendar_navigationbar { background: transparent; }
QCalendarWidget QToolButton { font-weight: 600; padding: 4px 6px; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QAbstractItemView {
    background: %(ground)s; alternate-background-color: %(ground)s; color: %(text)s; border: 0; padding: 0; outline: 0;
    selection-background-color: transparent;  /* the month draws its days itself, and which one has the keyboard */
}
QCalendarWidget QAbstractItemView:focus { border: 0; padding: 0; }
QCalendarWidget QAbstractItemView:disabled { color: %(muted)s; }  /* also the days of the months beside */

QGroupBox { border: 0; margin-top: 24px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; color: %(muted)s; }

QSplitter::handle { background: %(line)s; }
QSplitter::handle:hover { background: %(accent)s; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QStatusBar { color: %(muted)s; }
QStatusBar::item { border: 0; }

QWidget#sidePanel { background: %(ground)s; border-right: 1px solid %(line)s; }
QWidget#topBar { background: %(paper)s; border-bottom: 1px solid %(line)s; }
QWidget#sidePanel QScrollArea, QWidget#sidePage { background: %(ground)s; }
QWidget#bookingPanel, QWidget#bookingPanel QScrollArea, QWidget#bookingPage { background: %(paper)s; }
QWidget#bookingPanel { border-left: 1px solid %(line)s; }
QWidget#finderBar { background: %(paper)s; border-bottom: 1px solid %(line)s; border-left: 1px solid %(line)s; }
QListView#finderPopup { border: 1px solid %(edge)s; border-radius: 8px; padding: 3px; }
QListView#finderPopup::item { padding: 0; border: 0; }
QTableView#listView { border: 0; border-radius: 0; padding: 0; }
QTableView#listView:focus { border: 2px solid %(accent)s; padding: 0; }
QTableView#listView::item { padding: 0 8px; border: 0; }
QTableView#listView QHeaderView::section { padding: 6px 10px; }
QTableView#listView::item:selected { background: %(accent_ground)s; color: %(text)s; }
QTableView#recordTable::item { padding: 0 4px; border: 0; }
QTableView#recordTable::item:selected { background: %(accent_ground)s; color: %(text)s; }
QWidget#segments { background: %(ground)s; border: 1px solid %(line)s; border-radius: 7px; }

QLabel[role="muted"], QLabel[role="heading"] { color: %(muted)s; }
QLabel[role="success"] { color: %(success)s; }
QLabel[role="key"] {
    background: %(raised)s; color: %(text)s; border: 1px solid %(edge)s; border-radius: 4px; padding: 1px 6px;
}
QLabel[role="warning"] { color: %(warning)s; }
QLabel[role="fault"] { color: %(danger)s; }
QLabel[role="fault"][kind="warning"] { color: %(warning)s; }
QLabel[role="banner"] {
    background: %(accent_ground)s; color: %(text)s; border-bottom: 2px solid %(accent)s; padding: 4px 12px;
}
QLabel[role="banner"][kind="test"] { background: transparent; color: %(warning)s; border: 0; padding: 6px 12px; }
QFrame[role="test"] { background: %(warning_ground)s; border-bottom: 2px solid %(warning)s; }
QLabel[role="badge"] {
    background: %(hover)s; color: %(text)s; border: 1px solid %(edge)s; border-radius: 8px; padding: 2px 10px;
}
QLabel[role="badge"][kind="done"] {
    background: %(success_ground)s; color: %(success)s; border-color: %(success)s;
}
QLabel[role="badge"][kind="refused"] {
    background: %(danger_ground)s; color: %(danger)s; border-color: %(danger)s;
}
QLabel[role="badge"][kind="waiting"] {
    background: %(accent_ground)s; color: %(accent)s; border: 1px dashed %(accent)s;
}
QLabel[role="badge"][kind="unknown"] {
    background: %(warning_ground)s; color: %(warning)s; border: 2px dashed %(warning)s;
}

QFrame[role="card"] { background: %(ground)s; border: 1px solid %(line)s; border-radius: 8px; }
QFrame[role="card"][kind="page"] { background: %(paper)s; }
QFrame[role="message"] { background: %(accent_ground)s; border-left: 4px solid %(accent)s; }
QFrame[role="message"][kind="done"] { background: %(success_ground)s; border-left-color: %(success)s; }
QFrame[role="message"][kind="refused"] { background: %(danger_ground)s; border-left-color: %(danger)s; }
QFrame[role="message"][kind="unknown"] { background: %(warning_ground)s; border-left-color: %(warning)s; }
QFrame[role="message"][kind="idle"] {
    background: %(ground)s; border-left: 0; border-top: 1px solid %(line)s;
}
QFrame[role="tour"] { background: %(paper)s; border-bottom: 1px solid %(line)s; border-left: 4px solid %(accent)s; }
QFrame[role="tour"] QLabel { border: 0; }
QScrollArea#printPreview { border: 2px solid transparent; border-radius: 6px; background: %(ground)s; }
QScrollArea#printPreview:focus { border-color: %(accent)s; }
QTextBrowser#guidePage { border: 0; border-left: 2px solid %(line)s; border-radius: 0; padding: 0; }
QTextBrowser#guidePage:focus { border: 0; border-left: 2px solid %(accent)s; padding: 0; }
QFrame[role="update"] { background: %(ground)s; border-top: 1px solid %(line)s; }
QFrame[role="tasks"] {
    background: %(warning_ground)s; border: 1px solid %(line)s; border-width: 1px 0; border-left: 4px solid %(warning)s;
}
QFrame[role="tasks"] QLabel { background: transparent; border: 0; padding: 4px 0; }
QFrame[role="tasks"] QListView { background: transparent; border: 2px solid transparent; padding: 0; }
QFrame[role="tasks"] QListView:focus { border-color: %(accent)s; }
QFrame[role="tasks"] QListView::item { padding: 2px 6px; }
QFrame[role="tasks"] QListView::item:selected:!focus { background: transparent; }
QFrame[role="message"] QLabel { background: transparent; border: 0; color: %(text)s; }
QFrame[role="message"][kind="idle"] QLabel { color: %(muted)s; }

QPushButton[kind="primary"] {
    background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; font-weight: 600;
}
QPushButton[kind="primary"]:hover { background: %(accent_hover)s; border-color: %(accent_hover)s; }
QPushButton[kind="primary"]:focus { border: 2px solid %(text)s; padding: 7px 13px; }
QPushButton[kind="primary"]:disabled {
    background: %(ground)s; color: %(faint)s; border: 1px solid %(line)s;
}
QPushButton[kind="danger"] { color: %(danger)s; border-color: %(danger)s; background: %(paper)s; }
QPushButton[kind="danger"]:hover { background: %(danger_ground)s; }
QPushButton[kind="danger"]:focus { border: 2px solid %(danger)s; padding: 7px 13px; }
QPushButton[kind="danger"]:disabled { color: %(faint)s; border: 1px solid %(line)s; }
QPushButton[kind="choice"] { text-align: left; background: %(paper)s; padding: 6px 14px; }
QPushButton[kind="choice"]:focus { padding: 5px 13px; }
QToolButton#userButton {
    background: %(accent_ground)s; color: %(accent)s; border: 1px solid %(accent)s; border-radius: 14px;
    min-width: 28px; min-height: 28px; max-height: 28px; padding: 0; font-weight: 600;
}
QToolButton#userButton:hover { background: %(hover)s; }
QToolButton#userButton:focus { border: 2px solid %(text)s; }
QToolButton#userButton::menu-indicator { image: none; width: 0; }
QToolButton[kind="link"] { color: %(accent)s; padding: 2px 6px; }

QToolButton[kind="day"] { border: 1px solid %(line)s; padding: 4px 0; color: %(muted)s; }
QToolButton[kind="day"]:checked { background: %(accent_ground)s; border-color: %(accent)s; color: %(accent)s; }
QToolButton[kind="day"]:focus { border: 2px solid %(accent)s; padding: 3px 0; }

QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: %(scroll)s; border: 3px solid %(ground)s; border-radius: 6px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: %(muted)s; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def style_sheet(roles: Mapping[str, object]) -> str:
    """The application's style sheet, with the colours of a theme by role."""
    check = _CONTROLS / ("check-dark.svg" if roles["dark"] else "check-light.svg")
    return _SHEET % {**roles, "check": check.as_posix()}
