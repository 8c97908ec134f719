"""What the administrator of this computer has decided: it can be read, not changed, and says so."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from ui.icons import icon
from ui.theme import Theme, theme_of

translate = QCoreApplication.translate


def said() -> str:
    return translate("Fixed", "Set by your administrator")


def fix_line(line: QLineEdit) -> None:
    """A field: its text can be copied, and a lock stands in it."""
    line.setReadOnly(True)
    line.addAction(icon("lock", theme_of(line.palette()), "muted"), QLineEdit.ActionPosition.TrailingPosition)
    _say_on(line)


def fix(control: QWidget) -> None:
    """A box, a list of choices or a button."""
    control.setEnabled(False)
    _say_on(control)


def fix_menu(menu: QMenu, theme: Theme) -> None:
    """A menu of choices: grey, with a lock, and why in its name."""
    action = menu.menuAction()
    action.setEnabled(False)
    action.setIcon(icon("lock", theme, "muted"))
    action.setText(f"{action.text()} ({said().lower()})")


def _say_on(control: QWidget) -> None:
    control.setToolTip(said())
    control.setAccessibleDescription(said())
