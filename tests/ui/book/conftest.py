"""The book's tests share a made-up clinic; the pictures and the benchmark, which are no tests, use it too."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from ui.book.view import BookView
from ui.theme import LIGHT


@pytest.fixture
def book(qtbot: QtBot) -> BookView:
    """An empty book of the size of a laptop's window."""
    view = BookView(LIGHT)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    return view
