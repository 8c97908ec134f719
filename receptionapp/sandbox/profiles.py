"""The EHRs that the sandbox can stand in for, and switches for what the Leyr documentation leaves open."""

from dataclasses import dataclass
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
