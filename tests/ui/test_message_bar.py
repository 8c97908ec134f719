"""The message bar: the last outcome in words, in an icon and to a screen reader."""

from datetime import date
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from receptionapp.domain.intent import Verb
from receptionapp.domain.outcome import Outcome, ReadFailure, ReadSubject, WriteNotice
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ReadsUnderWay, UserNotified
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from ui.message_bar import MessageBar
from ui.theme import DARK, LIGHT


@pytest.fixture
def store() -> BookStore:
    return BookStore(Snapshot(View(date(2026, 11, 24)), ZoneInfo("Europe/Oslo")), StoppedClock(TUESDAY_MORNING))


@pytest.fixture
def bar(qtbot: QtBot, store: BookStore) -> MessageBar:
    made = MessageBar(store, LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def told(outcome: Outcome, problem: Problem | None = None) -> UserNotified:
    kari = Person("emr_id:1", "Kari", "Nordmann")
    return UserNotified(WriteNotice(uuid4(), Verb.CREATE_PATIENT, outcome, person=kari, problem=problem))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.WAITING, Outcome.REFUSED, Outcome.UNKNOWN])
def test_every_outcome_can_be_shown_in_both_themes(bar: MessageBar, store: BookStore, outcome, theme) -> None:
    bar.set_theme(theme)
    store.apply(told(outcome))
    assert bar.property("kind") == outcome.value
    assert bar.text


def test_the_newest_outcome_takes_the_place_of_the_last(bar: MessageBar, store: BookStore) -> None:
    store.apply(told(Outcome.REFUSED, Problem(Reason.NO_ANSWER, reference="ref-7")))
    assert "ref-7" in bar.text
    store.apply(told(Outcome.DONE))
    assert "ref-7" not in bar.text
    assert bar.text.startswith("Patient registered")


def test_a_reading_that_failed_is_said(bar: MessageBar, store: BookStore) -> None:
    store.apply(UserNotified(ReadFailure(ReadSubject.TIMESLOTS, Problem(Reason.LEYR_UNAVAILABLE))))
    assert bar.text.startswith("Free times could not be read.")


def test_other_changes_leave_the_message_alone(bar: MessageBar, store: BookStore) -> None:
    store.apply(told(Outcome.DONE))
    said = bar.text
    store.apply(ReadsUnderWay(+1))
    store.apply(ReadsUnderWay(-1))
    assert bar.text == said
