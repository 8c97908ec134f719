"""Values that are read by the thousand are the very values that everybody else makes."""

from dataclasses import FrozenInstanceError

import pytest

from receptionapp.domain.patient import Person
from receptionapp.ledger.quick_values import quick


def test_a_person_made_quickly_is_that_person(made):
    person = made.person
    read = quick(Person)(person.reference, person.first_name, person.last_name, person.birth_date, person.phone)
    assert type(read) is Person
    assert read == person
    assert hash(read) == hash(person)
    assert repr(read) == repr(person)


def test_and_is_as_unchangeable(made):
    read = quick(Person)("emr_id:1", "Kari", "Nordmann", None, None)
    with pytest.raises(FrozenInstanceError):
        read.first_name = "Ola"
