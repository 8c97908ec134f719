"""Values that are read by the thousand are the very values that everybody else makes."""

from copy import deepcopy
from dataclasses import FrozenInstanceError, dataclass, replace

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


def test_and_can_be_copied():
    read = quick(Person)("emr_id:1", "Kari", "Nordmann", None, None)
    for other in (deepcopy(read), replace(read)):  # deepcopy goes by what pickle does
        assert (type(other), other) == (Person, read)


def test_what_looks_at_its_values_when_it_is_made_is_not_made_past_that():
    @dataclass(frozen=True, slots=True)
    class Checked:
        value: int

        def __post_init__(self):
            raise ValueError

    with pytest.raises(TypeError):
        quick(Checked)


def test_and_is_as_unchangeable():
    read = quick(Person)("emr_id:1", "Kari", "Nordmann", None, None)
    with pytest.raises(FrozenInstanceError):
        read.first_name = "Ola"
