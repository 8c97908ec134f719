"""What stands on the day's sheet, in the language of the screen. Composed here, so that whoever draws only draws."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.appointment import Standing
from receptionapp.domain.clinic import Clinic, ConnectionProfile
from receptionapp.domain.clinic_time import iso_week
from receptionapp.domain.day_sheet import DaySheet, FreeSpans, ResourceSheet, SheetRow
from ui.book.texts import span_text
from ui.words.appointments import standing_words
from ui.words.formatting import birth_date, clock_time, long_day, phone, time_range
from ui.words.holidays import holiday_name

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row as it is written. `ticks`: it has a box to tick when the patient is here. `is_struck`: it is cancelled.
    `stands_out`: it is something else than plainly booked."""

    time: str
    cells: tuple[str, ...] = field(repr=False)
    ticks: bool = True
    is_struck: bool = False
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class SheetList:
    """One resource's part. `tail` is said below its rows."""

    name: str
    summary: str
    lines: tuple[SheetLine, ...]
    tail: str


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """`heads` are the columns after the time, the last of them how it stands. `warning` is "" for a real clinic.
    `page` has {page} and {pages} in it."""

    day: str
    is_holiday: bool
    week: str
    where: str
    warning: str
    time_head: str
    heads: tuple[str, ...]
    lists: tuple[SheetList, ...]
    foot: str
    page: str
    continued: str


@dataclass(frozen=True, slots=True)
class PrintContext:
    """`at` is UTC, `by` who is at the desk or "". `is_read` is False where the ledger could not be read just now;
    `is_alone` where it is shared and can't be reached."""

    clinic: Clinic
    zone: ZoneInfo
    profile: ConnectionProfile
    at: datetime
    by: str = field(default="", repr=False)
    emr: str = ""
    is_read: bool = True
    is_alone: bool = False


def compose_sheet(sheet: DaySheet, around: PrintContext, *, initials_only: bool, phones: bool) -> PrintedSheet:
    """Everything on it, but where."""
    who = translate("DaySheet", "Initials") if initials_only else translate("DaySheet", "Patient")
    heads = [who]
    heads += [] if initials_only else [translate("DaySheet", "Born")]
    heads += [translate("DaySheet", "Phone")] if phones and not initials_only else []
    heads += [translate("DaySheet", "Service"), translate("DaySheet", "Status")]
    return PrintedSheet(
        day=" · ".join(filter(None, (long_day(sheet.day), holiday_name(sheet.day)))),
        is_holiday=bool(holiday_name(sheet.day)),
        week=translate("Dates", "Week {number}").format(number=iso_week(sheet.day)),
        where=around.clinic.care_unit.name,
        warning=_warning(around.profile),
        time_head=translate("DaySheet", "Time"),
        heads=tuple(heads),
        lists=tuple(_list(one, sheet, around, len(heads)) for one in sheet.lists),
        foot=" ".join(_foot(sheet, around)),
        page=translate("DaySheet", "{page} of {pages}", "page numbers"),
        continued=translate("DaySheet", "{name}, continued"),
    )


def count_text(appointments: int) -> str:
    """How many appointments are on a list."""
    if appointments == 0:
        return translate("DaySheet", "none booked from here")
    if appointments == 1:
        return translate("DaySheet", "1 appointment")
    return translate("DaySheet", "{count} appointments").format(count=appointments)


def _warning(profile: ConnectionProfile) -> str:
    if profile is ConnectionProfile.PRACTICE:
        return translate("DaySheet", "PRACTICE MODE: made-up people")
    return translate("DaySheet", "TEST CONNECTION: made-up people") if profile is ConnectionProfile.TEST else ""


def _list(one: ResourceSheet, sheet: DaySheet, around: PrintContext, columns: int) -> SheetList:
    standing = sum(row.standing.takes_time for row in one.rows)
    return SheetList(
        around.clinic.resource_name(one.resource_id),
        count_text(standing),
        tuple(_line(row, around, columns) for row in one.rows),
        "" if sheet.is_past else _free_text(one.free, around),
    )


def _line(row: SheetRow, around: PrintContext, columns: int) -> SheetLine:
    who = row.who or translate("People", "details wiped")
    service = around.clinic.service_name(row.service_id)
    standing = standing_words(row.standing, row.status)
    cells = [who, service, standing]
    if columns > len(cells):
        cells.insert(1, _born(row))
    if columns > len(cells):
        cells.insert(2, phone(row.phone).removeprefix("+47 ") if row.phone else "–")
    times = time_range(*row.exact, around.zone) if row.exact else span_text(row.top, row.bottom)
    cancelled = row.standing is Standing.CANCELLED
    plain = row.standing in (Standing.BOOKED, Standing.COMPLETED, Standing.CANCELLED)
    return SheetLine(times, tuple(cells), not cancelled, cancelled, not plain)


def _born(row: SheetRow) -> str:
    if not row.who:
        return ""
    return birth_date(row.born) if row.born else translate("DaySheet", "not known", "birth date")


def _free_text(free: FreeSpans | None, around: PrintContext) -> str:
    if free is None:
        return translate("DaySheet", "Free times: not loaded. This says nothing about whether any are free.")
    exact = (time_range(*span, around.zone) for span in free.exact)
    times = ", ".join(exact if free.exact else (span_text(*span) for span in free.spans))
    if free.service_id is not None:
        text = translate("DaySheet", "Free for {service}: {times}")
        none = translate("DaySheet", "none offered")
        return text.format(service=around.clinic.service_name(free.service_id), times=times or none)
    return translate("DaySheet", "Free: {times}").format(times=times or translate("DaySheet", "none offered"))


def _foot(sheet: DaySheet, around: PrintContext) -> list[str]:
    said = [_printed(around)]
    if not around.is_read:
        said.append(
            translate("DaySheet", "The record of appointments could not be read just now: some may be missing here.")
        )
    if around.is_alone:
        said.append(
            translate(
                "DaySheet", "The clinic's shared book could not be reached: what other desks did lately is not on it."
            )
        )
    said.append(_not_on_it(around.emr))
    if (read := sheet.free_read_at) is not None and not sheet.is_past:
        said.append(translate("DaySheet", "Free times as read {when}.").format(when=_moment(read, around.zone)))
    return said


def _printed(around: PrintContext) -> str:
    when = _moment(around.at, around.zone)
    if around.by:
        return translate("DaySheet", "Printed {when} by {name}.").format(when=when, name=around.by)
    return translate("DaySheet", "Printed {when}.").format(when=when)


def _not_on_it(emr: str) -> str:
    if not emr:
        return translate(
            "DaySheet",
            "Here is what this clinic's desks have booked through Reception; what was booked elsewhere is not on it.",
        )
    return translate(
        "DaySheet",
        "Here is what this clinic's desks have booked through Reception; what was booked in {emr} itself is not on it.",
    ).format(emr=emr)


def _moment(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%d.%m.%Y} {clock_time(instant, zone)}"
