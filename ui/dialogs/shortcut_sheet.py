"""Help: all shortcuts on one sheet (Ctrl+/), read from the menus; and what this program is."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QWidget,
)

from receptionapp.system.crash import versions
from ui.commands import Command
from ui.labels import label, line_up, stack

translate = QCoreApplication.translate

COLUMNS = 2
LEAST_WIDTH = 380  # pixels, of a column
DIGITS = 44  # wide is a column where letters are large
AROUND = 88  # pixels, across: margins, what is between the columns, a scroll bar
HEADING_ROWS = 2  # room that a heading takes, in rows


class ShortcutSheet(QDialog):
    """Commands without a shortcut are in the menus only."""

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("ShortcutSheet", "Shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        with_keys = [command for command in commands if command.keys]
        groups = [(path, _lines(group)) for path, group in groupby(with_keys, key=lambda command: command.path)]
        page = stack(on=self, margins=0, spacing=0)
        area, sheet = QScrollArea(), QWidget()
        page.addWidget(area, 1)
        area.setAccessibleName(self.windowTitle())
        area.setWidget(sheet)  # while it is empty: all that is in it would be dressed anew
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = line_up(on=sheet, margins=(24, 20, 24, 8), spacing=40)
        groups.append(((translate("ShortcutSheet", "In the book"),), _lines_of_the_book()))
        width = max(LEAST_WIDTH, DIGITS * self.fontMetrics().horizontalAdvance("0"))
        columns = COLUMNS if COLUMNS * width + AROUND <= parent.width() else 1
        for groups_in_it in _balanced(groups, columns):
            column = QWidget()
            row.addWidget(column, 1, Qt.AlignmentFlag.AlignTop)
            _fill(column, groups_in_it)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(translate("ShortcutSheet", "Close"))
        buttons.rejected.connect(self.reject)
        foot = line_up(buttons, margins=(24, 8, 24, 16))
        page.addLayout(foot)
        wanted = sheet.sizeHint()
        self.resize(columns * width + AROUND, min(wanted.height() + 64, parent.height() - 48))


ShortcutLine = tuple[str, list[str], str]  # the command's text, its keys, and what stands between them
Groups = list[tuple[tuple[str, ...], list[ShortcutLine]]]


def _lines(commands: Iterable[Command]) -> list[ShortcutLine]:
    """A line for each command; a run of the same, such as keys with nothing saved on them, is one: F2 – F8."""
    lines: list[ShortcutLine] = []
    for text, run in groupby(commands, key=lambda command: command.text):
        same = [_native(command) for command in run]
        lines.append((text, same[0], "") if len(same) == 1 else (text, [same[0][0], same[-1][-1]], "–"))
    return lines


def _native(command: Command) -> list[str]:
    return [keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in command.action.shortcuts()]


def _lines_of_the_book() -> list[ShortcutLine]:
    """Keys of the focused book, which are in no menu."""
    said = (
        (translate("ShortcutSheet", "The time before and after"), ("Up", "Down")),
        (translate("ShortcutSheet", "The column beside it"), ("Left", "Right")),
        (translate("ShortcutSheet", "First and last of the column"), ("Home", "End")),
        (translate("ShortcutSheet", "First and last of all"), ("Ctrl+Home", "Ctrl+End")),
        (translate("ShortcutSheet", "Scroll"), ("PgUp", "PgDown")),
        (translate("ShortcutSheet", "Choose, and go on in the panel"), ("Return",)),
        (translate("ShortcutSheet", "Choose, and stay"), ("Space",)),
        (translate("ShortcutSheet", "Choose nothing"), ("Esc",)),
    )
    native = QKeySequence.SequenceFormat.NativeText
    return [(text, [QKeySequence(key).toString(native) for key in keys], "") for text, keys in said]


def _balanced(groups: Groups, count: int) -> list[Groups]:
    """The groups in order, over so many columns of about the same height."""
    whole = sum(len(lines) + HEADING_ROWS for _, lines in groups)
    columns: list[Groups] = [[]]
    filled = 0
    for group in groups:
        rows = len(group[1]) + HEADING_ROWS
        if len(columns) < count and columns[-1] and filled + rows / 2 > whole * len(columns) / count:
            columns.append([])
        columns[-1].append(group)
        filled += rows
    return columns


def _fill(column: QWidget, groups: Groups) -> None:
    grid = QGridLayout(column)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    for path, lines in groups:
        heading = label("heading", " › ".join(path))
        heading.setContentsMargins(0, 12 if grid.rowCount() > 1 else 0, 0, 4)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        for text, keys, between in lines:
            row = grid.rowCount()
            grid.addWidget(label("", text), row, 0)
            caps = line_up(spacing=4)
            grid.addLayout(caps, row, 1, Qt.AlignmentFlag.AlignRight)
            _fill_caps(caps, keys, between)


def _fill_caps(row: QHBoxLayout, keys: Sequence[str], between: str) -> None:
    for number, text in enumerate(keys):
        if number and between:
            row.addWidget(QLabel(between))
        cap = QLabel(text)
        cap.setProperty("role", "key")
        row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)


WIDTH = 420  # pixels


class AboutDialog(QDialog):
    """Help → About. Its texts can be selected, for a support request."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("AboutDialog", "About Reception"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = versions()
        column = stack(label("title", "Reception"), on=self, margins=(24, 20, 24, 16), spacing=8)
        version = translate("AboutDialog", "Version {version}").format(version=known["program"])
        runs_on = translate("AboutDialog", "Qt {qt}, Python {python}, {system}").format(
            qt=known["Qt"], python=known["Python"], system=known["system"]
        )
        licences = translate(
            "AboutDialog",
            "Uses Qt and PySide6 under the LGPL, version 3, and other free software; their licences are in the folder "
            "licences beside the program.",
        )
        for role, text in (
            ("strong", version),
            ("", translate("AboutDialog", "The appointment book for clinic receptionists, on Leyr.")),
            ("muted", runs_on),
            ("muted", licences),
        ):
            line = label(role, text)
            line.setFixedWidth(WIDTH)
            line.setWordWrap(True)
            line.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(line)
        self.setAccessibleDescription(f"{version}. {runs_on}. {licences}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(translate("AboutDialog", "Close"))
        close.setFocus()
        buttons.rejected.connect(self.reject)
        column.addSpacing(8)
        column.addWidget(buttons)
