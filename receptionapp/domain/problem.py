"""Why something could not be done, in terms a sentence for a receptionist can be made of."""

from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Every reason that has a sentence of its own (`leyr-api.md` 6.2 and 6.3)."""

    # What was wished can't be: Leyr or the EHR decided.
    SLOT_TAKEN = "slot_taken"
    SLOT_AMBIGUOUS = "slot_ambiguous"
    PATIENT_NOT_FOUND = "patient_not_found"
    CARE_UNIT_GONE = "care_unit_gone"
    SERVICE_GONE = "service_gone"
    RESOURCE_GONE = "resource_gone"
    APPOINTMENT_NOT_FOUND = "appointment_not_found"
    COMMENT_TOO_LONG = "comment_too_long"
    FIELD_MISSING = "field_missing"
    TOO_MANY_ITEMS = "too_many_items"
    INPUT_REFUSED = "input_refused"
    ID_TYPE_NOT_SUPPORTED = "id_type_not_supported"
    NOT_SUPPORTED = "not_supported"
    REFUSED = "refused"  # a refusal this version has no words for; `details` tells more
    NOT_FOUND = "not_found"
    # The way there is closed.
    CLIENT_NOT_ACCEPTED = "client_not_accepted"  # 401 from Leyr: wrong client id or secret
    EMR_UNKNOWN = "emr_unknown"  # no such EHR code
    EMR_LINK_REFUSED = "emr_link_refused"  # 401 from the EHR: the link between Leyr and the EHR
    EMR_REFUSED = "emr_refused"
    EMR_FAILED = "emr_failed"
    LEYR_UNAVAILABLE = "leyr_unavailable"
    TOO_MANY_REQUESTS = "too_many_requests"
    UNEXPECTED = "unexpected"
    # No answer, or none that can be read.
    OFFLINE = "offline"  # the request never left
    ADDRESS_NOT_FOUND = "address_not_found"
    PROXY_UNUSABLE = "proxy_unusable"  # a setting of this computer
    TLS_FAILED = "tls_failed"
    NO_ANSWER = "no_answer"
    LINE_BROKEN = "line_broken"
    ANSWER_UNREADABLE = "answer_unreadable"
    ANSWERED_OTHERWISE = "answered_otherwise"  # a success, but of something else than was asked
    REDIRECTED = "redirected"  # credentials never leave the configured host
    NO_CARE_UNITS = "no_care_units"
    # This desk.
    OWN_OVERLAP = "own_overlap"  # the ledger has a live appointment of ours on that time
    ALREADY_UNDER_WAY = "already_under_way"
    BEING_MOVED = "being_moved"  # whether the one that takes its place is booked must be settled first
    OTHER_PERSON = "other_person"  # create-or-return gave back another name or number (`leyr-api.md` 12.10)
    TEXT_UNFIT = "text_unfit"  # it holds a character that nothing can keep; nothing was sent
    NOT_WRITTEN_YET = "not_written_yet"  # Leyr has answered, and that is tried until it is written down
    LEDGER_FAILED = "ledger_failed"  # nothing was sent, since it could not be written down first
    LEDGER_OUT_OF_REACH = "ledger_out_of_reach"  # the same, since the server of the shared ledger is not reached
    LEDGER_LOCKED = "ledger_locked"  # the same, since another program or desk holds it
    LEDGER_PUT_BACK = "ledger_put_back"  # a shared ledger was put back from a copy and lost what came after it
    LEDGER_NOT_WRITABLE = "ledger_not_writable"  # the same, since it was moved, replaced or made read-only
    LEDGER_DAMAGED = "ledger_damaged"  # the same, since it is damaged or answers with an error of its own
    LEDGER_NEWER = "ledger_newer"  # the same, since another desk's newer program has changed the shared ledger
    UNDER_WAY_ELSEWHERE = "under_way_elsewhere"  # another desk, or an earlier run, has a wish about it that is open
    SETTLED_MEANWHILE = "settled_meanwhile"  # before this person said how it stands
    SAID_BY_PERSON = "said_by_person"  # somebody looked in the EHR and said how it stands
    FOUND_IN_LIST = "found_in_list"  # the EHR's own list of appointments said so afterwards
    ON_ITS_WAY = "on_its_way"  # nobody can say yet that it did not happen: the request may still arrive
    SAID_OTHERWISE = "said_otherwise"  # an answer came after somebody had settled it, and contradicts that
    CLOSING = "closing"
    MADE_UP_NUMBER = "made_up_number"  # a made-up person's number, on a line to real patients
    NUMBER_DOUBTED = "number_doubted"  # likely mistyped, and nobody has said that it is right all the same


@dataclass(frozen=True, slots=True)
class Problem:
    """`details` is Leyr's or the EHR's own text, cleaned and cut to 300; show it, never log it (`leyr-api.md` 6.1)."""

    reason: Reason
    details: str = field(default="", repr=False)
    reference: str | None = None  # Leyr's `instance`, for support
    field: str | None = None
    retry_after: float | None = None  # seconds
