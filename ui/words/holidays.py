"""What Norway's public holidays are called."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.clinic_time import Holiday, public_holidays

translate = QCoreApplication.translate


def holiday_name(day: date) -> str:
    """What a day is called, or nothing on most days; both where it has two names."""
    return ", ".join(map(_name, public_holidays(day.year).get(day, ())))


def _name(holiday: Holiday) -> str:
    match holiday:
        case Holiday.NEW_YEARS_DAY:
            return translate("Holidays", "New Year's Day")
        case Holiday.MAUNDY_THURSDAY:
            return translate("Holidays", "Maundy Thursday")
        case Holiday.GOOD_FRIDAY:
            return translate("Holidays", "Good Friday")
        case Holiday.EASTER_SUNDAY:
            return translate("Holidays", "Easter Sunday")
        case Holiday.EASTER_MONDAY:
            return translate("Holidays", "Easter Monday")
        case Holiday.LABOUR_DAY:
            return translate("Holidays", "Labour Day")
        case Holiday.CONSTITUTION_DAY:
            return translate("Holidays", "Constitution Day")
        case Holiday.ASCENSION_DAY:
            return translate("Holidays", "Ascension Day")
        case Holiday.WHIT_SUNDAY:
            return translate("Holidays", "Whit Sunday")
        case Holiday.WHIT_MONDAY:
            return translate("Holidays", "Whit Monday")
        case Holiday.CHRISTMAS_DAY:
            return translate("Holidays", "Christmas Day")
        case Holiday.BOXING_DAY:
            return translate("Holidays", "Boxing Day")
