"""The book for screen readers (filled in next)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.book.view import BookView


def install() -> None:
    """Make books readable aloud."""


def page_changed(view: BookView) -> None:
    """Tell that what the book holds is another."""


def cursor_moved(view: BookView) -> None:
    """Tell where the cursor is."""
