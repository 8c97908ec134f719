"""What no honest server says: too deep, too long, and written to deceive the eye."""

import json
import unicodedata
from typing import Any

import pytest

from receptionapp.leyr import wire
from receptionapp.leyr.error_mapping import error_from_answer
from receptionapp.leyr.errors import AnswerUnreadable
from receptionapp.leyr.exchange import Answer
from tests.examples import examples

HUGE = examples(200_000, 5_000_000)
DEEP = b"[" * 100_000 + b"]" * 100_000
DEEP_OBJECTS = b'{"id":' * 100_000 + b"1" + b"}" * 100_000
LOOKS_OTHERWISE = "Kari \u202edrofgnaL\u202c Nord\u2066mann\u2069\u200b\x00\x1b[31m\r\nSlettet\u2028X"


def says(**item: Any) -> bytes:
    return json.dumps([{"id": "1"} | item]).encode()


@pytest.mark.parametrize("body", [DEEP, DEEP_OBJECTS, b'[{"id": "1", "name": ' + DEEP + b"}]"], ids=["[", "{", "name"])
def test_depth_is_unreadable_and_no_crash(body: bytes) -> None:
    for read in (wire.care_units, wire.patients, wire.patient):
        with pytest.raises(AnswerUnreadable):
            read(body)
    error = error_from_answer(Answer(400, body))
    assert error is not None
    assert str(error)


@pytest.mark.in_full
@pytest.mark.parametrize(
    "name", ["A" * HUGE, "\u202e" * HUGE + "A", "e" + "\u0301" * HUGE], ids=["A", "bidi", "accents"]
)
def test_a_huge_name_becomes_one_that_can_be_shown(name: str) -> None:
    [resource] = wire.resources(says(name=name))
    [patient] = wire.patients(says(first_name=name, last_name=name, phones=[name], emails=[name]))
    shown = (resource.name, patient.first_name, patient.last_name, *patient.phones, *patient.emails)
    assert all(len(text) <= wire.LONGEST_TEXT for text in shown)


def test_nothing_that_hides_or_turns_reaches_the_program() -> None:
    name = LOOKS_OTHERWISE
    [care_unit] = wire.care_units(says(name=name))
    [resource] = wire.resources(says(title=name))
    [service] = wire.services(says(name=name))
    [patient] = wire.patients(says(first_name=name, last_name=name, phones=[name], external_id=name))
    for text in (care_unit.name, resource.name, service.name, patient.full_name, *patient.phones):
        assert all(unicodedata.category(character)[0] not in "C" for character in text)
        assert "\n" not in text
    assert service.name == "Kari drofgnaL Nordmann[31m Slettet X"


def test_what_a_name_is_written_with_stays() -> None:
    names = ("Åse-Marie O’Brien Sæther", "محمد علی", "Nguyễn Thị Ánh", "Мария", "岡田 花子")
    read = [wire.patients(says(first_name=name))[0].first_name for name in names]
    assert read == list(names)


def test_an_id_is_kept_to_the_letter_but_not_shown_so() -> None:
    [resource] = wire.resources(json.dumps([{"id": "r\u202e1"}]).encode())
    assert (resource.id, resource.name) == ("r\u202e1", "r1")
    [unseen] = wire.resources(json.dumps([{"id": "\u202e", "name": "\u200b"}]).encode())
    assert unseen.name == "?"
