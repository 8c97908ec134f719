"""The EHRs that the sandbox can stand in for, as data: what each takes and what each can do through Leyr."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
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


KONFIDENS = Profile(
    name="konfidens",
    emr="konfidens",  # INF 1.1: the slug of its test-data page
    patient_needs_national_number=True,  # DOC 8.1
    timeslots_need_a_filter=True,  # DOC 3.5: "one or both filters"; that none is refused is INF
    # INF 8.1: no list, no single GET, no move, no search by name or national number; the page names none of them.
)

FULL = Profile(
    name="full",
    emr="cliniko",  # INF 1.1: the slug of its test-data page
    # Section 11 wants everything to work here, so this profile looks up Norwegian numbers, which the real Cliniko
    # does not (DOC 2.4): no other profile would ever take that path.
    patient_id_types=frozenset({"emr_id", "no_personal_number"}),
    searches_patients=True,
    reads_appointments=True,
    moves_appointments=True,
)

TWO_STEP = Profile(
    name="two_step",
    emr="anitasystems",  # INF 1.1: the slug of its test-data page
    patient_needs_phone=True,  # DOC 8
    gets_patients=False,  # DOC 8
    two_step=True,  # DOC 8; a two-step cancellation of this very EHR is INF
)

PROFILES = {profile.name: profile for profile in (KONFIDENS, FULL, TWO_STEP)}
