"""The commands in the window's menus: what the shortcut sheet lists and the one field finds. The menus are the list."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar


@dataclass(frozen=True, slots=True)
class Command:
    """`path` are the menus it is in, outermost first."""

    path: tuple[str, ...]
    action: QAction

    @property
    def text(self) -> str:
        """In short: `iconText` is the menu's text without its mnemonic where no shorter one was set."""
        return self.action.iconText().removesuffix("…").strip()

    @property
    def keys(self) -> str:
        """Its shortcuts as this platform writes them; nothing where it has none."""
        native = QKeySequence.SequenceFormat.NativeText
        return "  ".join(keys.toString(native) for keys in self.action.shortcuts())


def commands_of(menu_bar: QMenuBar) -> tuple[Command, ...]:
    """All of them, in the order of the menus."""
    return tuple(_within(menu_bar, ()))


def _within(menu: QMenuBar | QMenu, path: tuple[str, ...]) -> Iterator[Command]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _within(below, (*path, plain(action.text())))
        elif not action.isSeparator():
            yield Command(path, action)


def plain(text: str) -> str:
    """A menu's text without its mnemonic and without the dots that promise a dialog."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…").strip()
