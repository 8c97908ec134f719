"""The made-up clinic group: two care units, who works there and when, and what can be booked with them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class EmrProfile:
    """What one EHR can do through Leyr (`leyr-api.md` 8; the answer to the rest is `NOT_SUPPORTED`)."""

    name: str
    emr: str
    """The EHR code in every path (1.1)."""

    patient_needs_national_number: bool = False
    patient_needs_phone: bool = False
    patient_id_types: frozenset[str] = frozenset({"emr_id"})
    """The types of typed patient id that this EHR can look up (2.4)."""

    timeslots_need_a_filter: bool = False
    gets_patients: bool = True
    searches_patients: bool = False
    reads_appointments: bool = False
    moves_appointments: bool = False
    two_step: bool = False
    """Whether bookings and cancellations wait for a code (4.3, 4.4)."""


KONFIDENS = EmrProfile(
    name="konfidens",
    emr="konfidens",  # INF 1.1: the slug of its test-data page
    patient_needs_national_number=True,  # DOC 8.1
    timeslots_need_a_filter=True,  # DOC 3.5: "one or both filters"; that none is refused is INF
    # INF 8.1: no list, no single GET, no move, no search by name or national number; the page names none of them.
)

FULL = EmrProfile(
    name="full",
    emr="cliniko",  # INF 1.1: the slug of its test-data page
    # Section 11 wants everything to work here, so this profile looks up Norwegian numbers, which the real Cliniko
    # does not (DOC 2.4): no other profile would ever take that path.
    patient_id_types=frozenset({"emr_id", "no_personal_number"}),
    searches_patients=True,
    reads_appointments=True,
    moves_appointments=True,
)

TWO_STEP = EmrProfile(
    name="two_step",
    emr="anitasystems",  # INF 1.1: the slug of its test-data page
    patient_needs_phone=True,  # DOC 8
    gets_patients=False,  # DOC 8
    two_step=True,  # DOC 8; a two-step cancellation of this very EHR is INF
)

PROFILES = {profile.name: profile for profile in (KONFIDENS, FULL, TWO_STEP)}


@dataclass(frozen=True, slots=True)
class Settings:
    """How this sandbox settles the open questions of `leyr-api.md` 12. The defaults are the careful assumptions."""

    wrong_secret: Literal["unauthorized", "emr_error", "unknown_error"] = "unauthorized"  # noqa: S105 - an answer
    """Question 25, section 1.2: a wrong secret may surface as any of these."""

    second_cancel: Literal["ok", "invalid_appointment_id"] = "ok"
    """Section 11: the answer to cancelling what is cancelled already: 200, or 400 `INVALID_APPOINTMENT_ID`."""

    overwrite_contact_data: bool = False
    """Question 10: whether POST of a known patient replaces name, phones and e-mails."""

    time_format: Literal["offset", "utc", "microseconds"] = "offset"
    """Question 22: `2026-03-02T08:00:00+01:00`, `2026-03-02T07:00:00Z` or `2026-03-02T08:00:00.000000+01:00`."""

    display_field: Literal["name", "first_and_last_name", "title", "none"] = "name"
    """Question 7: which field names a care unit, a resource or a service."""

    booking_answer: Literal["array", "object"] = "array"
    """Question 8: what POST appointment answers with. DOC 1.3 says array; an older page shows an object."""

    booking_status: Literal["usual", "unlisted"] = "usual"
    """Question 24: whether a new booking gets a status that no page lists."""

    not_supported_status: Literal[400, 404, 405, 501] = 400
    """Question 3: the HTTP status of `NOT_SUPPORTED`."""

    unknown_id_status: Literal[400, 404] = 400
    """Question 23: the HTTP status of the `INVALID_…_ID` codes."""

    move_changes_id: bool = False
    """Section 5: whether an appointment gets a new id when it is moved."""

    own_timeslot_counts_as_busy: bool = False
    """Section 5: whether a move that overlaps the appointment itself is refused."""

    comment_limit: int = 255
    """Question 14: the longest comment, in characters."""


WorkingDay = tuple[tuple[int, int], ...]
"""From and to, in minutes past midnight on the clinic's clock; 1440 is the next midnight."""


@dataclass(frozen=True, slots=True)
class HealthcareService:
    """Something a patient can be booked for. Leyr never tells its length (`leyr-api.md` 3.4)."""

    id: str
    name: str
    minutes: int

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Resource:
    """A practitioner or a room (3.2)."""

    id: str
    care_unit_id: str
    name: str
    week: tuple[WorkingDay, ...]
    services: tuple[HealthcareService, ...]
    demand: float
    """The share of working time that the clinic itself books, before the weekday's effect; 0 to 1."""

    step: timedelta = timedelta(minutes=15)
    """How far apart timeslots start."""

    open_on_holidays: bool = False


@dataclass(frozen=True, slots=True)
class CareUnit:
    """A clinic or a site (3.1)."""

    id: str
    name: str
    resources: tuple[Resource, ...]

    @property
    def services(self) -> tuple[HealthcareService, ...]:
        """What someone at this care unit offers, each once."""
        return tuple(dict.fromkeys(service for resource in self.resources for service in resource.services))

    def resource(self, resource_id: str) -> Resource | None:
        return next((resource for resource in self.resources if resource.id == resource_id), None)

    def service(self, service_id: str) -> HealthcareService | None:
        return next((service for service in self.services if service.id == service_id), None)


def _hours(text: str) -> WorkingDay:
    """`"08:00-11:30 12:00-15:30"` as minutes."""
    return tuple((_minutes(span[:5]), _minutes(span[6:])) for span in text.split())


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _week(monday: str, tuesday: str, wednesday: str, thursday: str, friday: str) -> tuple[WorkingDay, ...]:
    return tuple(_hours(text) for text in (monday, tuesday, wednesday, thursday, friday, "", ""))


def _weekdays(hours: str) -> tuple[WorkingDay, ...]:
    return _week(hours, hours, hours, hours, hours)


_DAY = "08:00-11:30 12:00-15:30"
_LONG_DAY = "08:00-11:30 12:00-15:30 16:00-19:00"
_LATE_DAY = "10:00-12:30 13:00-18:00"
_MORNING = "08:00-12:00"

_BLOOD_TEST = HealthcareService("HS_15", "Blodprøve", 15)
_PHONE_CALL = HealthcareService("HS_15T", "Telefonkonsultasjon", 15)
_VACCINE = HealthcareService("HS_15V", "Vaksine", 15)
_GP_VISIT = HealthcareService("HS_20", "Legekonsultasjon", 20)
_PHYSIO = HealthcareService("HS_30", "Fysioterapi", 30)
_WOUND = HealthcareService("HS_30S", "Sårstell", 30)
_THERAPY = HealthcareService("HS_45", "Psykologtime", 45)
_VIDEO_THERAPY = HealthcareService("HS_45V", "Psykologtime på video", 45)
_FIRST_VISIT = HealthcareService("HS_60", "Første time", 60)
_HEALTH_CHECK = HealthcareService("HS_60K", "Helsekontroll", 60)
_GROUP = HealthcareService("HS_90", "Gruppeterapi", 90)

_PSYCHOLOGY = (_THERAPY, _VIDEO_THERAPY, _FIRST_VISIT)
_GP = (_GP_VISIT, _HEALTH_CHECK)
_GP_STEP = timedelta(minutes=10)

_MAIN = "L0_1"
_SECOND = "L0_2"

CARE_UNITS = (
    CareUnit(
        _MAIN,
        "Fjordhelse Grünerløkka",
        (
            Resource("10-2001", _MAIN, "Ingrid Bråthen, psykolog", _weekdays(_DAY), _PSYCHOLOGY, 0.75),
            Resource(
                "10-2002",
                _MAIN,
                "Håkon Sæther, psykolog",
                _week(_DAY, _DAY, _DAY, _DAY, ""),
                (*_PSYCHOLOGY, _GROUP),
                0.6,
            ),
            Resource(
                "10-2003",
                _MAIN,
                "Åse Nygård, psykolog",
                _week("", _LATE_DAY, _LATE_DAY, _LATE_DAY, ""),  # a 60 % position
                (_THERAPY, _VIDEO_THERAPY),
                0.8,
            ),
            Resource(
                "10-2004",
                _MAIN,
                "Bjørn Lødøen, fysioterapeut",
                _weekdays(_DAY),
                (_PHYSIO, _FIRST_VISIT),
                0.6,
            ),
            Resource(
                "10-2005",
                _MAIN,
                "Marte Øvrebø, fysioterapeut",
                _week(_LONG_DAY, _DAY, _MORNING, _LONG_DAY, ""),
                (_PHYSIO, _FIRST_VISIT),
                0.5,
            ),
            Resource("10-2006", _MAIN, "Kjersti Hågensen, fastlege", _weekdays(_DAY), _GP, 0.7, _GP_STEP),
            Resource(
                "10-2007", _MAIN, "Øyvind Strøm, lege", _week(_DAY, _MORNING, "", _DAY, _MORNING), _GP, 0.55, _GP_STEP
            ),
            Resource(
                "10-2008",
                _MAIN,
                "Gro Ævarsdatter, sykepleier",
                _weekdays(_DAY),
                (_PHONE_CALL, _VACCINE, _WOUND),
                0.5,
            ),
            Resource(
                "lab_1",
                _MAIN,
                "Laboratoriet",
                _weekdays(_MORNING),
                (_BLOOD_TEST, _VACCINE),
                0.45,
            ),
            Resource("rom:1", _MAIN, "Grupperom 1", _weekdays(_DAY), (_GROUP,), 0.35),
        ),
    ),
    CareUnit(
        _SECOND,
        "Fjordhelse Ås",
        (
            Resource("20-3001", _SECOND, "Siv Kjærstad, psykolog", _week(_DAY, _DAY, "", _DAY, _DAY), _PSYCHOLOGY, 0.6),
            Resource(
                "20-3002",
                _SECOND,
                "Tor-Åge Skjønsberg, fastlege",
                _weekdays(_DAY),
                _GP,
                0.65,
                _GP_STEP,
            ),
            # Open round the clock, so that timeslots exist in the very hours that daylight saving skips and repeats.
            Resource(
                "vakt_1",
                _SECOND,
                "Legevakt Ås",
                (_hours("00:00-24:00"),) * 7,
                (_GP_VISIT,),
                0.45,
                _GP_STEP,
                open_on_holidays=True,
            ),
        ),
    ),
)
