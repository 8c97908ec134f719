"""The user guide (F1) in a window of its own. `{key:next_free}` in a page is the shortcut of that command
(`ui.commands`), `{keys:Ctrl+Return}` any other, both as this computer writes them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QFont,
    QImage,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QWidget,
)

from ui.commands import WindowActions
from ui.fields import TextField
from ui.labels import announce, label, line_up, stack

translate = QCoreApplication.translate

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "guide"
PAGES = (
    "start",
    "book",
    "booking",
    "patient",
    "move",
    "cancel",
    "unknown",
    "next-free",
    "keys",
    "desks",
    "users",
)
"""In the order in which they are read; each is a file of that name in the folder of its language."""

_PLACEHOLDER = re.compile(r"\{(keys?):([^}]+)\}")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_MARKS = re.compile(r"[*`#]|\]\([^)]*\)|\[")


@dataclass(frozen=True, slots=True)
class GuidePage:
    """`name` is one of `PAGES`; `markdown` has its keys filled in."""

    name: str
    title: str
    markdown: str

    @property
    def words(self) -> str:
        """What is searched: the text as it is read."""
        return _MARKS.sub("", _PICTURE.sub("", self.markdown))


def shortcuts_of(actions: WindowActions) -> dict[str, str]:
    """The first shortcut of each command by its name, as this computer writes it; "" where there is none."""
    native = QKeySequence.SequenceFormat.NativeText
    return {
        name: action.shortcut().toString(native)
        for name, action in vars(actions).items()
        if isinstance(action, QAction)
    }


def read_pages(language: str, keys: Mapping[str, str]) -> tuple[GuidePage, ...]:
    """All pages. Raises KeyError for a command that does not exist."""
    return tuple(_read(FOLDER / language / f"{name}.md", name, keys) for name in PAGES)


def _read(file: Path, name: str, keys: Mapping[str, str]) -> GuidePage:
    written = file.read_text("utf-8")
    text = _PLACEHOLDER.sub(lambda found: _keys(found[1], found[2], keys), written)
    return GuidePage(name, text.partition("\n")[0].removeprefix("# ").strip(), text)


def _keys(kind: str, what: str, keys: Mapping[str, str]) -> str:
    if kind == "key":
        return f"`{keys[what]}`"
    return f"`{QKeySequence(what).toString(QKeySequence.SequenceFormat.NativeText)}`"


CONTENTS_WIDTH = 260
RATIO = 2  # the pictures have so many pixels for each one on an ordinary screen
_NAME = Qt.ItemDataRole.UserRole
_SIZES = {1: 1.7, 2: 1.25}  # of headings, against the text


class GuideWindow(QWidget):
    """Stays open beside the program."""

    def __init__(self, language: str, pages: Sequence[GuidePage], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._pages = {page.name: page for page in pages}
        self.setWindowTitle(translate("Guide", "User guide"))
        self._search = TextField()
        self._search.setPlaceholderText(translate("Guide", "Search the guide"))
        self._search.setAccessibleName(translate("Guide", "Search the guide"))
        self._search.setClearButtonEnabled(True)
        self._contents = QListWidget()
        self._contents.setAccessibleName(translate("Guide", "Contents"))
        self._nothing = label("muted", translate("Guide", "No page has these words."))
        self._nothing.hide()
        self._text = _Reader(language)
        self._text.setAccessibleName(translate("Guide", "The page"))
        self._lay_out()
        for page in pages:
            item = QListWidgetItem(page.title)
            item.setData(_NAME, page.name)
            self._contents.addItem(item)
        self._contents.currentItemChanged.connect(self._choose)
        self._search.textChanged.connect(self._find)
        self._search.returnPressed.connect(self._find_next)
        self._text.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence("Ctrl+F"), self, self._search.setFocus)
        self.resize(1040, 760)

    @property
    def page(self) -> str:
        """The name of the page that is open."""
        item = self._contents.currentItem()
        return str(item.data(_NAME)) if item else ""

    def open_at(self, name: str) -> None:
        """Show this page, in front, with the keyboard in it."""
        self._search.clear()
        self._go(name)
        self.show()
        self.windowHandle().setTransientParent(None)  # type: ignore[arg-type]  # else a dialog blocks it, and it covers the book
        self.raise_()
        self.activateWindow()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed while a page is read is looked for."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.text().isalnum() and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)
            self._search.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(CONTENTS_WIDTH)
        stack(self._search, (self._contents, 1), self._nothing, on=left, margins=(16, 16, 0, 16), spacing=12)
        line_up(left, (self._text, 1), on=self, margins=0, spacing=16)

    def _go(self, name: str) -> None:
        for row in range(self._contents.count()):
            if self._contents.item(row).data(_NAME) == name:
                self._contents.setCurrentRow(row)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._text.read(self._pages[item.data(_NAME)])

    def _follow(self, url: QUrl) -> None:
        """A link leads to another page, and nowhere else."""
        self._search.clear()
        self._go(url.fileName().removesuffix(".md"))

    def _find(self, text: str) -> None:
        """Only the pages that have all of it, and the first of them open where it stands."""
        wanted = text.strip().casefold()
        rows = [self._contents.item(row) for row in range(self._contents.count())]
        for item in rows:
            item.setHidden(wanted not in self._pages[item.data(_NAME)].words.casefold())
        found = [item for item in rows if not item.isHidden()]
        self._nothing.setVisible(not found)
        if wanted and found:
            if self._contents.currentItem() not in found:
                self._contents.setCurrentItem(found[0])
            self._text.mark_first(text.strip())
            said = translate("Guide", "{count} pages, the first is {title}").format(
                count=len(found), title=found[0].text()
            )
        else:
            self._text.unmark()
            said = self._nothing.text() if wanted else ""
        if said:
            announce(self, said)

    def _find_next(self) -> None:
        """To the next place on the page; after the last, to the next page that has one."""
        text = self._search.text().strip()
        if not text or self._text.find(text):
            return
        rows = [row for row in range(self._contents.count()) if not self._contents.item(row).isHidden()]
        if rows:
            later = [row for row in rows if row > self._contents.currentRow()]
            self._contents.setCurrentRow((later or rows)[0])
            self._text.mark_first(text)


class _Reader(QTextBrowser):
    """One page. Pictures come from the guide's own folder, in the size they have on an ordinary screen."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setObjectName("guidePage")
        self._folder = FOLDER / language

    def read(self, page: GuidePage) -> None:
        with QSignalBlocker(self):
            self.setMarkdown(page.markdown)
        _set_well(self.document(), self.font())
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def mark_first(self, text: str) -> None:
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.find(text)

    def unmark(self) -> None:
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def loadResource(self, kind: int, url: QUrl | str, /) -> object:
        """Only files of ours: whatever a page asks for is looked for in its folder by name."""
        url = QUrl(url)
        if kind != int(QTextDocument.ResourceType.ImageResource):
            return None
        picture = QImage(str(self._folder / "pictures" / url.fileName()))
        picture.setDevicePixelRatio(RATIO)
        return picture

    def sizeHint(self) -> QSize:
        return QSize(700, 600)


def _set_well(document: QTextDocument, font: QFont) -> None:
    """Room between lines and paragraphs, and headings that are no larger than they need to be."""
    document.setDocumentMargin(24)
    block = document.begin()
    while block.isValid():
        shape = QTextBlockFormat(block.blockFormat())
        level = shape.headingLevel()
        shape.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setTopMargin({1: 0, 2: 20}.get(level, 0))
        shape.setBottomMargin({1: 12, 2: 6}.get(level, 4 if block.textList() else 10))
        cursor = QTextCursor(block)
        if "\N{OBJECT REPLACEMENT CHARACTER}" in block.text():
            shape.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            shape.setTopMargin(4)
            shape.setBottomMargin(16)
        cursor.setBlockFormat(shape)
        if level:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            larger = QTextCharFormat(cursor.charFormat())
            larger.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)  # Markdown's, and stronger than a size
            larger.setFontPointSize(font.pointSizeF() * _SIZES.get(level, 1.0))
            larger.setFontWeight(QFont.Weight.DemiBold)
            cursor.setCharFormat(larger)
        block = block.next()
