"""Registering a patient, before anything is typed."""

import sys

import pytest

from tests.ui.changing.conftest import Screen
from ui.dialogs.new_patient import NewPatientDialog


async def test_the_rules_of_phone_numbers_are_read_before_one_is_typed(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "phonenumbers", raising=False)
    screen.window.actions_.new_patient.trigger()
    await screen.counter.rest()
    assert "phonenumbers" in sys.modules
    screen.window.findChild(NewPatientDialog).reject()
