"""Dates, times and people as text, in the language of the screen. Times are clinic time on a 24-hour clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from receptionapp.domain.clinic_time import clinic_day, repetition
from receptionapp.domain.free_times import CriteriaFault
from receptionapp.domain.patient import Person

translate = QCoreApplication.translate


def qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def pydate(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def long_day(day: date) -> str:
    """ "Tuesday 24 November 2026", with a capital first as a title has."""
    text = QLocale().toString(qdate(day), translate("Dates", "dddd d MMMM yyyy"))
    return text[:1].upper() + text[1:]


def short_day(day: date) -> str:
    """ "Tue 24 Nov", as it is written within a sentence."""
    return QLocale().toString(qdate(day), translate("Dates", "ddd d MMM"))


def week_title(days: tuple[date, ...]) -> str:
    """ "Week 48 · 23–29 November 2026" for a Monday to a Sunday."""
    first, last = days[0], days[-1]
    locale = QLocale()
    if first.month == last.month:
        begin = locale.toString(qdate(first), translate("Dates", "d", "the day of the month alone, QLocale format"))
    else:
        begin = locale.toString(qdate(first), translate("Dates", "d MMM"))
    end = locale.toString(qdate(last), translate("Dates", "d MMMM yyyy"))
    return translate("Dates", "Week {number} · {begin}–{end}").format(
        number=first.isocalendar().week, begin=begin, end=end
    )


def day_titles(day: date) -> tuple[str, ...]:
    """A day in several lengths, the longest first."""
    short = short_day(day)
    return long_day(day), short[:1].upper() + short[1:], QLocale().toString(qdate(day), translate("Dates", "d MMM"))


def week_titles(days: tuple[date, ...]) -> tuple[str, ...]:
    """A week in several lengths, the longest first."""
    return week_title(days), translate("Dates", "Week {number}").format(number=days[0].isocalendar().week)


def clock_time(instant: datetime, zone: ZoneInfo) -> str:
    """ "09:20" in clinic time; "02:30 (second)" in the hour that the clock shows twice."""
    text = instant.astimezone(zone).strftime("%H:%M")
    time = repetition(instant, zone)
    if time == 0:
        return text
    said = translate("Dates", "{time} (first)") if time == 1 else translate("Dates", "{time} (second)")
    return said.format(time=text)


def moment_text(instant: datetime, now: datetime, zone: ZoneInfo) -> str:
    """When something was read or done: "09:20", and with its day where that is not today's."""
    day, time = clinic_day(instant, zone), clock_time(instant, zone)
    return time if day == clinic_day(now, zone) else f"{short_day(day)} {time}"


def time_range(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """ "09:20–09:40" in clinic time."""
    return f"{clock_time(start, zone)}–{clock_time(end, zone)}"


def minutes(start: datetime, end: datetime) -> str:
    return translate("Dates", "{count} min").format(count=round((end - start).total_seconds() / 60))


def criteria_fault_text(fault: CriteriaFault) -> str:
    """Why nothing is searched for."""
    return {
        CriteriaFault.NO_RESOURCE: lambda: translate("NextFree", "Nobody is chosen: tick at least one resource."),
        CriteriaFault.NO_WEEKDAY: lambda: translate("NextFree", "No day is chosen: choose at least one weekday."),
        CriteriaFault.UPSIDE_DOWN: lambda: translate("NextFree", "“From” is later than “To”: no time is between them."),
    }[fault]()


def birth_date(day: date | None) -> str:
    """ "3.3.1980", or that it is not known: two identifiers belong to a person wherever one is picked."""
    if day is None:
        return translate("People", "birth date not known")
    return day.strftime("%d.%m.%Y")


def person_name(person: Person) -> str:
    """ "Kari Nordmann", or that the ledger has let the name go."""
    return translate("People", "details wiped") if person.is_wiped else person.full_name


def person_line(person: Person) -> str:
    """ "Kari Nordmann, born 03.03.1980" """
    if person.is_wiped:
        return person_name(person)
    if person.birth_date is None:
        return f"{person.full_name}, {birth_date(None)}"
    return translate("People", "{name}, born {date}").format(name=person.full_name, date=birth_date(person.birth_date))


def phone(number: str) -> str:
    """ "+47 999 90 030": a Norwegian number in the groups it is read aloud in, any other as it is."""
    digits = number.removeprefix("+47")
    if len(digits) == len(number) or len(digits) != 8 or not digits.isdigit():
        return number
    return f"+47 {digits[:3]} {digits[3:5]} {digits[5:]}"


def facts(person: Person) -> str:
    """What tells people of one name apart: "03.03.1980  ·  +47 999 90 030"; nothing where all is wiped."""
    if person.is_wiped:
        return ""
    return "  ·  ".join(part for part in (birth_date(person.birth_date), phone(person.phone or "")) if part)
