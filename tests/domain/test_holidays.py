"""Norway's public holidays."""

from datetime import date

import holidays as library

from receptionapp.domain.clinic_time import Holiday, easter_sunday, public_holidays


def test_the_dates_agree_with_the_holidays_package() -> None:
    for year in range(2000, 2101):
        assert list(public_holidays(year)) == sorted(library.country_holidays("NO", years=year)), year


def test_every_year_has_each_holiday_once() -> None:
    for year in range(1900, 2200):
        named = [holiday for of_day in public_holidays(year).values() for holiday in of_day]
        assert sorted(named) == sorted(Holiday)


def test_the_names_stand_on_their_dates() -> None:
    assert public_holidays(2026) == {
        date(2026, 1, 1): (Holiday.NEW_YEARS_DAY,),
        date(2026, 4, 2): (Holiday.MAUNDY_THURSDAY,),
        date(2026, 4, 3): (Holiday.GOOD_FRIDAY,),
        date(2026, 4, 5): (Holiday.EASTER_SUNDAY,),
        date(2026, 4, 6): (Holiday.EASTER_MONDAY,),
        date(2026, 5, 1): (Holiday.LABOUR_DAY,),
        date(2026, 5, 14): (Holiday.ASCENSION_DAY,),
        date(2026, 5, 17): (Holiday.CONSTITUTION_DAY,),
        date(2026, 5, 24): (Holiday.WHIT_SUNDAY,),
        date(2026, 5, 25): (Holiday.WHIT_MONDAY,),
        date(2026, 12, 25): (Holiday.CHRISTMAS_DAY,),
        date(2026, 12, 26): (Holiday.BOXING_DAY,),
    }


def test_two_holidays_can_fall_on_one_date() -> None:
    assert public_holidays(2008)[date(2008, 5, 1)] == (Holiday.LABOUR_DAY, Holiday.ASCENSION_DAY)


def test_easter_is_a_sunday_between_its_limits() -> None:
    """22 March and 25 April, both of which happen (1818 and 2038)."""
    for year in range(1800, 2300):
        easter = easter_sunday(year)
        assert easter.isoweekday() == 7
        assert date(year, 3, 22) <= easter <= date(year, 4, 25)
    assert easter_sunday(1818) == date(1818, 3, 22)
    assert easter_sunday(2038) == date(2038, 4, 25)
