"""The pages of the guide, read from Markdown. Keys are written as placeholders, so that none is ever out of date.

`{key:next_free}` is the shortcut of that command (`ui.actions`), `{keys:Ctrl+Return}` any other, both as this computer
writes them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence

from ui.actions import Actions

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


def shortcuts_of(actions: Actions) -> dict[str, str]:
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
