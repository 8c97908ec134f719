"""What the one field can find, from what is typed. Reads what is known at this desk; asks nobody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from receptionapp.domain.clinic import Clinic, HealthcareService, Resource
from receptionapp.domain.clinic_time import clinic_day, iso_week
from receptionapp.domain.date_phrase import DatePhrase, NoSuchDay, parse_date_phrase
from receptionapp.domain.free_times import FreePhrase, FreeTimeCriteria, find_criteria_fault, parse_free_phrase
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.names import fold_name
from receptionapp.domain.patient import Person
from receptionapp.store.change import PeopleFound
from receptionapp.store.snapshot import Snapshot
from ui.commands import Command
from ui.words.appointments import namesake_text
from ui.words.formatting import clock_time, criteria_fault_text, facts, long_day, minutes, short_day

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class NewPatientTarget:
    """Somebody this desk does not know yet, to be registered: what was typed."""

    typed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Remark:
    """Said about what was typed, and nothing to take."""


HitTarget = (
    Remark
    | Person
    | NewPatientTarget
    | FreeCell
    | FreeTimeCriteria
    | DatePhrase
    | Resource
    | HealthcareService
    | QAction
)


class HitGroup(Enum):
    """The value is the name of its icon."""

    PATIENTS = "person"
    FREE_TIMES = "clock"
    DAYS = "calendar"
    SHOWN = "filter"
    COMMANDS = "next"

    @property
    def heading(self) -> str:
        return {
            HitGroup.PATIENTS: translate("Finder", "Patients"),
            HitGroup.FREE_TIMES: translate("Finder", "Free times"),
            HitGroup.DAYS: translate("Finder", "Days"),
            HitGroup.SHOWN: translate("Finder", "Show in the book"),
            HitGroup.COMMANDS: translate("Finder", "Commands"),
        }[self]


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the list: `title`, and in paler letters `detail`. `target` is what Enter does something with."""

    group: HitGroup
    title: str = field(repr=False)
    detail: str = field(repr=False)
    target: HitTarget = field(repr=False)


MOST_PATIENTS = 6
MOST_TIMES = 3
MOST_SHOWN = 4
MOST_COMMANDS = 6


@dataclass(frozen=True, slots=True)
class FinderContext:
    """What a text is read against. `known_free` gives the first free times that suit, from what is loaded."""

    snapshot: Snapshot
    today: date
    known_free: Callable[[FreeTimeCriteria, int], tuple[FreeCell, ...]]
    commands: tuple[Command, ...]


def find_hits(text: str, answer: PeopleFound, around: FinderContext) -> tuple[Hit, ...]:
    """What `text` may mean, the likeliest first, group by group; what is only begun ("tor", "fre") may be a name."""
    zone = around.snapshot.zone
    patients = tuple(
        Hit(HitGroup.PATIENTS, person.full_name, _person_detail(person, answer, zone), person)
        for person in answer.people[:MOST_PATIENTS]
    )
    if answer.by_number:
        nobody = translate("Finder", "nobody is known by this number")
        offer = translate("Finder", "Register or look up in {emr} …").format(emr=around.snapshot.emr)
        return (Hit(HitGroup.PATIENTS, offer, nobody, NewPatientTarget(text)), *patients)
    days = tuple(_days(text, around))
    phrase = parse_date_phrase(text, around.today)
    surely_a_day = phrase is not None and not phrase.short
    wish = parse_free_phrase(text)
    free = tuple(_free_times(wish, around)) if wish else ()
    surely_free = wish is not None and not wish.short
    return (
        *(free if surely_free else ()),
        *(days if surely_a_day else ()),
        *patients,
        *(() if surely_a_day else days),
        *(() if surely_free else free),
        *_shown(text, around),
        *_commands(text, around.commands),
    )


def _person_detail(person: Person, answer: PeopleFound, zone: ZoneInfo) -> str:
    parts = [facts(person)]
    if answer.by_number:
        parts.append(translate("Finder", "same birth date"))
    if person.reference in answer.namesakes:
        parts.append(namesake_text(answer.latest.get(person.reference), zone))
    return "  ·  ".join(parts)


def new_patient_hit(text: str) -> Hit:
    """What is left to do where nothing at all was found."""
    return Hit(
        HitGroup.PATIENTS,
        translate("Finder", "New patient …"),
        translate("Finder", "nothing found"),
        NewPatientTarget(text),
    )


def _days(text: str, around: FinderContext) -> Iterator[Hit]:
    phrase = parse_date_phrase(text, around.today)
    if phrase is None:
        return
    if isinstance(phrase, NoSuchDay):
        said = translate("Finder", "{date} does not exist").format(date=phrase.said)
        yield Hit(HitGroup.DAYS, said, "", Remark())
        return
    week = translate("Finder", "Week {number}").format(number=iso_week(phrase.day))
    if phrase.week:
        yield Hit(HitGroup.DAYS, week, translate("Finder", "from {day}").format(day=short_day(phrase.day)), phrase)
    else:
        yield Hit(HitGroup.DAYS, long_day(phrase.day), week, phrase)


def _free_times(phrase: FreePhrase, around: FinderContext) -> Iterator[Hit]:
    clinic = around.snapshot.clinic
    wish = criteria_from_phrase(phrase, around.snapshot)
    fault = find_criteria_fault(wish) if wish is not None else None
    wrong = [translate("Finder", "“{limit}” can't be read as a limit").format(limit=each) for each in phrase.unread]
    wrong += [criteria_fault_text(fault)] if fault is not None else []
    if wrong:
        yield from (Hit(HitGroup.FREE_TIMES, said, "", Remark()) for said in wrong)
        return
    if clinic is None or wish is None:
        return
    known = around.known_free(wish, MOST_TIMES)
    one_service = wish.service_ids is not None and len(wish.service_ids) == 1
    for cell in known:
        yield Hit(
            HitGroup.FREE_TIMES, when_text(cell, around.snapshot), who_text(cell, clinic, one_service=one_service), cell
        )
    yield Hit(
        HitGroup.FREE_TIMES,
        translate("Finder", "More free times …") if known else translate("Finder", "Search for a free time …"),
        translate("Finder", "choose days and hours"),
        wish,
    )


def when_text(cell: FreeCell, snapshot: Snapshot) -> str:
    """ "Tue 24 Nov 09:20" """
    day = short_day(clinic_day(cell.start, snapshot.zone))
    return f"{day[:1].upper()}{day[1:]}  {clock_time(cell.start, snapshot.zone)}"


def who_text(cell: FreeCell, clinic: Clinic, *, one_service: bool) -> str:
    """ "Ane Ødegård · Consultation, 20 min", or how many services may begin then. With `one_service` chosen for all,
    only the length: "Ane Ødegård · 20 min"."""
    name = clinic.resource_name(cell.resource_id)
    if one_service:
        return f"{name} · {minutes(cell.start, cell.end)}"
    if len(cell.options) == 1:
        [slot] = cell.options
        return f"{name} · {clinic.service_name(slot.healthcare_service_id)}, {minutes(slot.start, slot.end)}"
    return f"{name} · " + translate("Finder", "{count} services").format(count=len(cell.options))


def criteria_from_phrase(phrase: FreePhrase, snapshot: Snapshot) -> FreeTimeCriteria | None:
    """The wish with the names in it read as this clinic's, else the shown resources and the chosen service. None where
    a name is nobody's."""
    clinic, view = snapshot.clinic, snapshot.view
    if clinic is None:
        return None
    wish = FreeTimeCriteria(
        {view.service_id} if view.service_id else None,
        snapshot.shown_resources(),
        phrase.weekdays,
        phrase.earliest,
        phrase.latest,
        phrase.minimum_length,
    )
    resources: set[str] = set()
    services: set[str] = set()
    for name in phrase.names:
        named_resources = {r.id for r in clinic.resources if begins_words(name, r.name)}
        named_services = {s.id for s in clinic.services if begins_words(name, s.name)}
        if not named_resources and not named_services:
            return None
        resources |= named_resources
        services |= named_services if not named_resources else set()
    return replace(wish, resource_ids=resources or wish.resource_ids, service_ids=services or wish.service_ids)


def _shown(text: str, around: FinderContext) -> Iterator[Hit]:
    clinic = around.snapshot.clinic
    if clinic is None:
        return
    hits = [
        *(
            Hit(HitGroup.SHOWN, translate("Finder", "Show only {name}").format(name=r.name), "", r)
            for r in clinic.resources
        ),
        *(
            Hit(HitGroup.SHOWN, translate("Finder", "Show free times for {service}").format(service=s.name), "", s)
            for s in clinic.services
        ),
    ]
    yield from [hit for hit in hits if begins_words(text, hit.title)][:MOST_SHOWN]


def _commands(text: str, commands: tuple[Command, ...]) -> Iterator[Hit]:
    usable = (command for command in commands if command.action.isEnabled())
    suiting = [command for command in usable if begins_words(text, " ".join((*command.path[1:], command.text)))]
    titled: dict[str, Command] = {}
    for command in suiting:  # keys with nothing saved on them read alike, and one of them is enough
        titled.setdefault(" › ".join((*command.path[1:], command.text)), command)
    for title, command in list(titled.items())[:MOST_COMMANDS]:
        yield Hit(HitGroup.COMMANDS, title, command.keys, command.action)


def begins_words(typed: str, text: str) -> bool:
    """Whether each typed word begins a word of the text, accents and capitals aside."""
    words = fold_name(text).split()
    wanted = fold_name(typed).split()
    return bool(wanted) and all(any(word.startswith(part) for word in words) for part in wanted)
