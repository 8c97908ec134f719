"""Pictures of the book for human eyes: `python tests/ui/pictures.py FOLDER [NAME…]`. Nothing is asserted here."""

# ruff: noqa: E402 - the platform and the paths must be set before anything else is imported

import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent / "book")]

import made_up_days as made_up
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from receptionapp.domain.layout import Page
from ui.book.view import BookView
from ui.theme import DARK, LIGHT, apply_theme

SMALL, LARGE = QSize(1366, 768), QSize(1920, 1080)


@dataclass(frozen=True)
class Sight:
    """One picture: what is shown, how large, in which theme, how far zoomed in."""

    name: str
    page: Page
    size: QSize
    dark: bool = False
    zoom: int = 0


def sights() -> list[Sight]:
    day = made_up.busy_page()
    chosen = made_up.busy_page(service=0)
    week = made_up.busy_page(days=5, resources=1, first=made_up.TUESDAY.replace(day=23))
    wide_week = made_up.busy_page(days=5, resources=4, first=made_up.TUESDAY.replace(day=23))
    return [
        Sight(f"{name}-{size.height()}-{'dark' if dark else 'light'}", page, size, dark, zoom)
        for name, page, zoom in (
            ("day", day, 0),
            ("chosen", chosen, 0),
            ("zoomed", day, 3),
            ("week", week, 0),
            ("wide", wide_week, 0),
        )
        for size in (SMALL, LARGE)
        for dark in (False, True)
    ]


def draw(app: QApplication, sight: Sight, folder: Path) -> None:
    theme = DARK if sight.dark else LIGHT
    apply_theme(app, theme)
    view = BookView(theme)
    view.resize(sight.size)
    view.show()
    view.set_now(made_up.at(made_up.TUESDAY, 9 * 60 + 52))
    view.show_page(sight.page)
    for _ in range(sight.zoom):
        view.zoom_in()
    free = next(item.what for index, item in view.contents.sequence if hasattr(item.what, "options") and index == 1)
    view.select_cell("r1", sight.page.columns[1].day, free.start)
    view.grab().save(str(folder / f"{sight.name}.png"))
    view.close()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    for sight in sights():
        if len(sys.argv) == 2 or any(sight.name.startswith(name) for name in sys.argv[2:]):
            draw(app, sight, folder)


if __name__ == "__main__":
    main()
