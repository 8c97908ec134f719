"""Warnings of Qt's, and errors that can't be raised to anybody, are in the log."""

import gc
import logging
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qCritical, qInfo, qInstallMessageHandler, qWarning

from receptionapp.desktop import support


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    caplog.set_level(logging.INFO)
    hear_no_more = support.install_warning_hooks()
    yield caplog
    hear_no_more()


@pytest.mark.qt_log_ignore("a screen went away")
def test_what_qt_says_is_logged_by_how_bad_it_is(heard: pytest.LogCaptureFixture) -> None:
    qInfo("a screen went away: told")
    qWarning("a screen went away: warned")
    qCritical("a screen went away: bad")
    said = [(r.levelno, r.getMessage().rpartition(": ")[2]) for r in heard.records if r.name == "qt"]
    assert said == [(logging.INFO, "told"), (logging.WARNING, "warned"), (logging.ERROR, "bad")]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_platform_without_a_screen_says_so_in_the_log_alone(
    heard: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    before = qInstallMessageHandler(None)  # as in the program: nobody else listens
    hear_no_more = support.install_warning_hooks()
    qWarning("This plugin does not support propagateSizeHints()")
    qWarning("a screen went away")
    hear_no_more()
    qInstallMessageHandler(before)
    assert capsys.readouterr().err == "a screen went away\n"
    assert "propagateSizeHints" in heard.text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_error_while_something_is_thrown_away_is_logged_without_the_thing(heard: pytest.LogCaptureFixture) -> None:
    class Card:
        def __repr__(self) -> str:
            return "Kari Nordmann"

        def __del__(self) -> None:
            raise ValueError

    Card()
    gc.collect()
    found = next(r for r in heard.records if r.name == "receptionapp.desktop.support")
    assert found.levelno == logging.ERROR
    assert found.exc_info
    assert found.exc_info[0] is ValueError
    assert "Nordmann" not in heard.text.split("Traceback", 1)[0]


def test_afterwards_all_is_as_before(caplog: pytest.LogCaptureFixture) -> None:
    support.install_warning_hooks()()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(support._qt_log, "log", lambda *_words: pytest.fail("still listening"))
        qInfo("nobody listens")
