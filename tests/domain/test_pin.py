import pytest

from receptionapp.domain.user import PinFault, find_pin_fault


@pytest.mark.parametrize("pin", ["7294", "\u202d7294\u202c", "7294\u00a0", "５０８３", "80361", "940617325518"])
def test_digits_that_nobody_tries_first_are_taken(pin: str) -> None:
    assert find_pin_fault(pin) is None


@pytest.mark.parametrize(
    ("pin", "fault"),
    [
        ("", PinFault.NOT_DIGITS),
        ("12a4", PinFault.NOT_DIGITS),
        ("٧٢٩٤", PinFault.NOT_DIGITS),
        ("729", PinFault.TOO_SHORT),
        ("7294729472940", PinFault.TOO_LONG),
        ("0000", PinFault.REPEATED),
        ("4747", PinFault.REPEATED),
        ("729729", PinFault.REPEATED),
        ("1234", PinFault.RUN),
        ("890123", PinFault.RUN),
        ("4321", PinFault.RUN),
        ("2412", PinFault.DATE),
        ("1224", PinFault.DATE),
        ("1985", PinFault.DATE),
        ("240385", PinFault.DATE),
        ("850324", PinFault.DATE),
        ("24031985", PinFault.DATE),
        ("19850324", PinFault.DATE),
    ],
)
def test_what_is_tried_first_is_refused_and_said(pin: str, fault: PinFault) -> None:
    assert find_pin_fault(pin) is fault
