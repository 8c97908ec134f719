"""Whenever somebody opens practice mode, there is something to be booked and something to be changed.

`dev.py soak --days` looks at 400 days.
"""

from datetime import date, timedelta

import pytest

from tests.soak.first_page import every_quarter

DAYS = {
    "an ordinary week and its weekend": (date(2026, 11, 23), 7),
    "Christmas and the new year": (date(2026, 12, 23), 13),
    "Easter, and the clock goes forward": (date(2027, 3, 24), 7),
    "the weeks of holidays in May": (date(2027, 5, 14), 5),
    "a day on which three more fit, and not five": (date(2027, 5, 3), 1),
    "the clock goes back": (date(2026, 10, 23), 4),
    "a leap day": (date(2028, 2, 28), 3),
    "when the national number changes": (date(2032, 1, 31), 3),
}


@pytest.mark.parametrize("which", DAYS)
def test_the_first_page_of_practice_mode_has_free_times_and_appointments_of_ours(which: str) -> None:
    first, many = DAYS[which]
    looked, too_little = every_quarter([first + timedelta(days=n) for n in range(many)])
    assert looked == many * 53 * 2
    assert too_little == []
