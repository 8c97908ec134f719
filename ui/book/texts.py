"""The words of the book: labels in the grid and the whole sentences that are read aloud."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale

from receptionapp.domain.appointment import OwnAppointment, SlotHold, Standing
from receptionapp.domain.clinic_time import MINUTES_A_DAY, clinic_day, clock_text, repetition, wall_minutes
from receptionapp.domain.layout import FreeCell, Item, Page, ResourceDay
from receptionapp.domain.patient import Person
from ui.words.appointments import standing_text
from ui.words.formatting import clock_time, person_name, qdate, time_range
from ui.words.holidays import holiday_name

translate = QCoreApplication.translate


def book_name() -> str:
    return translate("Book", "Appointment book")


def shortest_day(day: date) -> str:
    """A day where the header has less room: Mon 23."""
    text = QLocale().toString(qdate(day), translate("Dates", "ddd d", "a day in a narrow header, QLocale format"))
    return text[:1].upper() + text[1:]


def long_day(day: date) -> str:
    """A day as it is said: Tuesday 24 November."""
    return QLocale().toString(qdate(day), translate("Book", "dddd d MMMM", "a day in a sentence, QLocale format"))


def short_date(day: date) -> str:
    """A birth date on a block."""
    return QLocale().toString(qdate(day), translate("Book", "dd.MM.yyyy", "a birth date, QLocale format"))


def long_date(day: date) -> str:
    """A birth date as it is said."""
    return QLocale().toString(
        qdate(day), translate("Book", "d MMMM yyyy", "a birth date in a sentence, QLocale format")
    )


def week_text(number: int) -> str:
    return translate("Book", "Week {number}").format(number=number)


@lru_cache(maxsize=4096)
def span_text(top: int, bottom: int) -> str:
    """Two wall minutes as clock times."""
    return f"{clock_text(top)}–{clock_text(bottom)}"


def block_times(placed: Item, zone: ZoneInfo) -> tuple[str, str]:
    """From when to when, and from when: of all of it where a part is on another day, and told apart where the clock
    shows an hour twice."""
    what = placed.what
    whole = (placed.bottom - placed.top) * 60 == (what.end - what.start).total_seconds()
    if whole and not repetition(what.start, zone) and not repetition(what.end, zone):
        return span_text(placed.top, placed.bottom), clock_text(placed.top)
    return time_range(what.start, what.end, zone), clock_time(what.start, zone)


def not_loaded_text() -> str:
    return translate("Book", "Not loaded")


def not_offered_text() -> str:
    return translate("Book", "Not offered")


def taken_text() -> str:
    return translate("Book", "Taken")


def other_service_text() -> str:
    """Why an appointment can't be moved to a free time."""
    return translate("Book", "Not free for this service")


def column_summaries(starts: int | None) -> tuple[str, str]:
    """The second line of a column's header, in full and narrow; None for a column that is not loaded."""
    if starts is None:
        return not_loaded_text(), "?"
    if starts == 0:
        return translate("Book", "None offered"), "–"
    some = translate("Book", "1 free") if starts == 1 else translate("Book", "{count} free").format(count=starts)
    return some, str(starts)


def details_text(page: Page, appointment: OwnAppointment) -> str:
    """The line under a patient's name: birth date and service."""
    service = page.clinic.service_name(appointment.timeslot.healthcare_service_id)
    born = appointment.person.birth_date
    return f"{short_date(born)} · {service}" if born else service


def name_forms(person: Person) -> tuple[str, ...]:
    """A person's name, a shorter form that still tells two families apart, and the family's."""
    if not person.first_name or not person.last_name:
        return (person_name(person),)
    return person.full_name, f"{person.first_name[0]}. {person.last_name}", person.last_name


def texts_beside_name(appointment: OwnAppointment) -> tuple[str, ...]:
    """What may stand beside a name on a low block, best first: how it stands, the birth date, its year."""
    born = appointment.person.birth_date
    standing = () if appointment.standing is Standing.BOOKED else (standing_text(appointment),)
    return (*standing, short_date(born), str(born.year)) if born else standing


def sentence(page: Page, column: ResourceDay, item: Item, *, namesake: bool = False) -> str:
    """Everything about an item in one sentence: day, time, resource, what it is, and whether somebody else of that
    name comes on the same day."""
    opening = translate("Book", "{day} {start} to {end}, {resource}").format(
        day=long_day(column.day),
        start=_clock(page, column, item, "start"),
        end=_clock(page, column, item, "end"),
        resource=page.clinic.resource_name(column.resource_id),
    )
    if isinstance(item.what, FreeCell):
        said = f"{opening}, {_free_words(page, item.what)}"
        hold = page.find_hold(column.resource_id, item.what.start, item.what.end)
        return f"{said}, {hold_text(hold)}" if hold else said
    said = f"{opening}, {_own_words(page, item.what)}"
    return f"{said}, {namesake_text()}" if namesake else said


def hold_text(hold: SlotHold) -> str:
    """Who at another desk has a form open for a time, and where."""
    if hold.user:
        return translate("Book", "in use at {desk}, by {user}").format(desk=hold.desk, user=hold.user)
    return translate("Book", "in use at {desk}").format(desk=hold.desk)


def hold_labels(hold: SlotHold) -> tuple[str, ...]:
    """The same for the grid, the longest first."""
    return hold_text(hold), translate("Book", "in use at {desk}").format(desk=hold.desk), translate("Book", "in use")


def namesake_text() -> str:
    return translate("Book", "somebody else of this name comes on the same day")


def column_name(page: Page, column: ResourceDay) -> str:
    """A column as it is said: Ane Ødegård, Tuesday 24 November."""
    parts = page.clinic.resource_name(column.resource_id), long_day(column.day), holiday_name(column.day)
    return ", ".join(filter(None, parts))


def column_sentence(column: ResourceDay, starts: int) -> str:
    """What a column holds, or that nobody knows."""
    if column.timeslots is None:
        return not_loaded_text()
    return counts_sentence(starts, len(column.appointments))


def counts_sentence(free: int, own: int) -> str:
    return translate("Book", "Free times: {free}. Appointments: {own}").format(free=free, own=own)


def page_sentence(page: Page, free: int, own: int) -> str:
    """What the whole book holds, and which resources are not loaded."""
    said = counts_sentence(free, own)
    missing = [c for c in page.columns if c.timeslots is None]
    if not missing:
        return said
    names = ", ".join(dict.fromkeys(page.clinic.resource_name(c.resource_id) for c in missing))
    return f"{said}. " + translate("Book", "Not loaded: {names}").format(names=names)


def tooltip(page: Page, column: ResourceDay, appointment: OwnAppointment, *, namesake: bool = False) -> str:
    """A block in full, a line for each fact."""
    times = time_range(appointment.start, appointment.end, page.zone)
    lines = (
        person_name(appointment.person),
        details_text(page, appointment),
        f"{times} · {page.clinic.resource_name(column.resource_id)}",
        standing_text(appointment),
        *((namesake_text(),) if namesake else ()),
    )
    return "\n".join(lines)


def _clock(page: Page, column: ResourceDay, item: Item, edge: str) -> str:
    instant: datetime = getattr(item.what, edge)
    day = clinic_day(instant, page.zone)
    midnight = edge == "end" and wall_minutes(instant, column.day, page.zone) == MINUTES_A_DAY
    text = clock_text(MINUTES_A_DAY) if midnight else clock_time(instant, page.zone)
    return text if midnight or day == column.day else f"{long_day(day)} {text}"


def _free_words(page: Page, cell: FreeCell) -> str:
    services = (
        translate("Book", "{service} {minutes} minutes").format(
            service=page.clinic.service_name(option.healthcare_service_id),
            minutes=int(option.length.total_seconds()) // 60,
        )
        for option in cell.options
    )
    return ", ".join((translate("Book", "free"), *services))


def _own_words(page: Page, appointment: OwnAppointment) -> str:
    person = appointment.person
    who = person_name(person)
    if person.birth_date:
        who = translate("Book", "{name} born {date}").format(name=who, date=long_date(person.birth_date))
    standing = standing_text(appointment)
    return ", ".join(
        (standing[:1].lower() + standing[1:], who, page.clinic.service_name(appointment.timeslot.healthcare_service_id))
    )
