from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.problem import Reason
from receptionapp.leyr.errors import IdNotSent
from receptionapp.leyr.exchange import get, patient_in_url, segment


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip(".")))
def test_any_id_survives_the_way_into_a_path_and_out(value: str) -> None:
    """`leyr-api.md` 2.1: opaque strings, each path segment percent-encoded."""
    encoded = segment(value)
    assert unquote(encoded) == value
    assert encoded.isascii()
    assert not set(encoded) & set("/?#: +&")


@pytest.mark.parametrize("value", ["", ".", "..", "\ud800"])
def test_an_id_that_would_change_the_path_is_not_sent(value: str) -> None:
    with pytest.raises(IdNotSent) as caught:
        segment(value)
    assert caught.value.problem.reason is Reason.INPUT_REFUSED
    assert not caught.value.may_have_happened


@pytest.mark.parametrize(
    "reference",
    [
        "no_personal_number:26258605879",
        "no_personal_number:anything",
        "se_personal_number:191212121212",
        "nhs_number:9434765919",
        "01019012345",
        "010190 12345",
        " 01019012345 ",
        "emr_id:01019012345",
        "191212121212",
        "19121212-1212",
        "121212-1212",
        "121212+1212",
    ],
)
def test_a_national_number_never_enters_a_url(reference: str) -> None:
    """`leyr-api.md` 10.1."""
    with pytest.raises(IdNotSent) as caught:
        patient_in_url(reference)
    assert caught.value.problem.reason is Reason.ID_TYPE_NOT_SUPPORTED
    assert "1" not in str(caught.value)


@pytest.mark.parametrize("reference", ["emr_id:abc_12345", "mFdvd5CdhTGeoh7uf", "L0_10", "emr_id:4711", "999999999999"])
def test_other_patient_ids_may(reference: str) -> None:
    assert patient_in_url(reference) == reference


def test_a_plus_in_a_query_value_is_encoded() -> None:
    """`leyr-api.md` 1.3: a bare `+` would arrive as a space."""
    assert get(["timeslots"], {"start": "2024-03-25T14:00:00+01:00", "end": None}).target == (
        "/timeslots?start=2024-03-25T14%3A00%3A00%2B01%3A00"
    )


def test_an_endless_id_is_not_sent() -> None:
    with pytest.raises(IdNotSent):
        get(["x" * 10_000])
