"""The month by how much is free on each day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.month_map import HEAVIEST, month_days, weigh_days

counts = st.dictionaries(st.dates(), st.none() | st.integers(0, 500), max_size=42)


@given(counts)
def test_none_is_nothing_and_unknown_stays_unknown(free: dict[date, int | None]) -> None:
    weighed = weigh_days(free)
    assert {day for day, weight in weighed.items() if weight is None} == {d for d, n in free.items() if n is None}
    assert {day for day, weight in weighed.items() if weight == 0} == {d for d, n in free.items() if n == 0}


@given(counts)
def test_more_free_time_never_weighs_less_and_the_fullest_day_the_most(free: dict[date, int | None]) -> None:
    weighed = weigh_days(free)
    pairs = [(free[day], weight) for day, weight in weighed.items() if weight is not None]
    in_order = [weight for _, weight in sorted(pairs)]
    assert in_order == sorted(in_order)
    assert set(in_order) <= set(range(HEAVIEST + 1))
    if any(count for count, _ in pairs):
        assert in_order[-1] == HEAVIEST


@given(st.integers(1900, 2199), st.integers(1, 12))
def test_a_page_has_six_weeks_and_all_of_its_month(year: int, month: int) -> None:
    days = month_days(year, month)
    assert days[0].weekday() == 0
    assert days[0] < date(year, month, 1)
    assert len(days) == 42
    assert date(year, month, 28) in days
