import pytest

from receptionapp.domain.clinic import Action, Support
from receptionapp.domain.national_number import Country
from receptionapp.leyr.capabilities import for_emr, known_emrs


@pytest.mark.parametrize(
    ("emr", "can", "cannot"),
    [
        (
            "konfidens",
            {Action.BOOK, Action.CANCEL, Action.GET_PATIENT},
            {Action.LIST_APPOINTMENTS, Action.MOVE, Action.SEARCH_PATIENTS},
        ),
        ("kaddio", {Action.LIST_APPOINTMENTS}, {Action.MOVE}),
        ("anitasystems", {Action.BOOK}, {Action.GET_PATIENT, Action.LIST_APPOINTMENTS}),
        ("cliniko", {Action.LIST_APPOINTMENTS, Action.MOVE, Action.CANCEL}, {Action.FIND_BY_NATIONAL_NUMBER}),
        ("takecare", {Action.FIND_BY_NATIONAL_NUMBER}, set()),
        ("dips", {Action.FIND_BY_NATIONAL_NUMBER}, set()),
        ("webdoc", {Action.FIND_BY_NATIONAL_NUMBER}, set()),
        ("pasientsky", set(), {Action.FIND_BY_NATIONAL_NUMBER}),
    ],
)
def test_the_matrix_is_that_of_the_docs(emr: str, can: set[Action], cannot: set[Action]) -> None:
    """`leyr-api.md` 8 and 2.4."""
    support = for_emr(emr).support
    assert {support[action] for action in can} <= {Support.YES}
    assert {support[action] for action in cannot} <= {Support.NO}


def test_what_the_ehr_asks_for_is_known() -> None:
    """`leyr-api.md` 3.8 and 8."""
    assert for_emr("konfidens").needs_national_number
    assert for_emr("takecare").needs_national_number
    assert for_emr("anitasystems").needs_phone
    assert for_emr("anitasystems").two_step
    assert not for_emr("cliniko").needs_national_number


def test_an_unlisted_ehr_may_be_asked_for_anything() -> None:
    unlisted = for_emr("brand-new")
    assert unlisted.name == "brand-new"
    assert set(unlisted.support.values()) == {Support.UNKNOWN}
    assert all(unlisted.can(action) for action in Action)


def test_every_row_speaks_of_every_action_once() -> None:
    rows = known_emrs()
    assert len({row.emr for row in rows}) == len(rows) == 18
    assert all(set(row.support) == set(Action) for row in rows)


@pytest.mark.parametrize(("emr", "country"), [("takecare", Country.SWEDEN), ("konfidens", Country.NORWAY)])
def test_whose_national_numbers_its_patients_have_is_known(emr: str, country: Country) -> None:
    assert for_emr(emr).national_number_country is country
