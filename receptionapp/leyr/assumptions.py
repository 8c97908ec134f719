"""What the client takes for granted and no page of Leyr's states: every INF and UNK row of `leyr-api.md` that it relies
on, as data. The table in section 13 of that page is made from it, and `reception walk` reports against it.

The place in the code that relies on a row says so in a comment, "assumes" and the row's name. A test finds rows that
nothing refers to, comments without a row, and sections that the client refers to without any.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Basis(StrEnum):
    """Why it is believed."""

    INFERRED = "INF"
    UNKNOWN = "UNK"


class SeenBy(StrEnum):
    """What it takes to see whether it holds."""

    READING = "reading"
    PATIENTS = "reading about patients"  # and so never on a live connection
    WRITING = "writing"  # and so on a test connection only
    DESCRIPTION = "the published description"
    NOBODY_HERE = "asking Leyr or the clinic"


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """`section` is that of `leyr-api.md`, several after commas. `sight` is where it can be seen, `otherwise` what the
    program does where it does not hold."""

    section: str
    basis: Basis
    claim: str
    seen_by: SeenBy
    sight: str
    otherwise: str


INF, UNK = Basis.INFERRED, Basis.UNKNOWN
READING, PATIENTS, WRITING = SeenBy.READING, SeenBy.PATIENTS, SeenBy.WRITING
DESCRIPTION, NOBODY_HERE = SeenBy.DESCRIPTION, SeenBy.NOBODY_HERE
_row = AssumptionRow


class Assumption(Enum):
    """One row each, in the order of the page."""

    # fmt: off
    EMR_CODE = _row(
        "1.1, 12.4", INF, "Konfidens' EHR code is `konfidens`", READING, "the care units are listed",
        "The code is a setting; the connection check says that Leyr does not know it.")
    ONE_HOST = _row(
        "1.1", INF, "test and live share one host; the application decides which answers", NOBODY_HERE,
        "the Developer Portal", "The address is a setting, and a test connection is marked by hand.")
    WRONG_SECRET = _row(
        "1.2, 12.25", INF, "a wrong secret may come as 401 `EMR_ERROR`", NOBODY_HERE, "a wrong secret, by hand",
        "Both causes are said for that answer, and nobody is locked out.")
    ID_HEADER_UNUSED = _row(
        "1.2, 12.26", UNK, "no header for ids is needed", READING, "a resource is found by its path",
        "The call fails and says so; ids stay in paths.")
    OFFSETS_RECEIVED = _row(
        "1.3", INF, "times that come always have an offset", READING, "`start` and `end` of the timeslots",
        "A timeslot without one is left out and counted in the log.")
    ZONE_RECEIVED = _row(
        "1.3, 12.22", UNK, "any offset may come", READING, "`start` of the timeslots",
        "Times are compared as instants and shown in the clinic's zone.")
    PLUS_ENCODED = _row(
        "1.3", INF, "a `+` in a query goes as `%2B`", READING, "timeslots asked for with an offset",
        "The call is refused and says so.")
    NO_PAGING = _row(
        "1.3", INF, "lists come whole, without pages", READING, "lists, and headers such as `link`",
        "Nothing notices: what is on later pages is missing from the book.")
    FIELDS_OPTIONAL = _row(
        "1.3", INF, "all but `id` may be missing or null", READING, "fields of every answer",
        "An item without an id is left out and counted in the log.")
    EXTRA_FIELDS_IGNORED = _row(
        "1.3", INF, "fields that nobody described may come and mean nothing", READING, "fields of every answer",
        "They are skipped; the walk names them.")
    ANY_2XX = _row(
        "1.3, 12.8", UNK, "any 2xx is a success", READING, "the status of every answer",
        "A 2xx without what was asked for is an answer that can't be read.")
    NO_IDEMPOTENCY = _row(
        "1.3, 6.4", UNK, "no header makes a write safe to repeat", DESCRIPTION, "header parameters of the writes",
        "No write is repeated; its outcome stays unknown until it is settled.")
    IDS_NEED_ENCODING = _row(
        "2.1", INF, "ids may hold any character and are percent-encoded", READING, "ids of resources",
        "The call is refused as an unknown id.")
    BARE_RESOURCE_IDS = _row(
        "2.3", INF, "timeslots and changes take the bare resource id", READING, "timeslots of one resource",
        "The call is refused and says so.")
    PATIENT_ID_TYPES = _row(
        "2.4", INF, "Konfidens looks patients up by the EHR's id only", WRITING, "the created patient is read",
        "The search by national number is switched off where Leyr refuses it.")
    CARE_UNIT_FIELDS = _row(
        "3.1", UNK, "a care unit has an id and perhaps a name", READING, "the care units",
        "The id is shown where no name is known.")
    RESOURCE_PATH = _row(
        "3.2", INF, "one resource is below `resources`, by its id", READING, "one resource is read",
        "Nothing is lost: the list has all that is shown.")
    LENGTH_FROM_TIMESLOTS = _row(
        "3.4", INF, "a service's length is that of its timeslots", READING, "timeslots of one service",
        "Every length is shown as it is offered.")
    DISPLAY_NAMES = _row(
        "3.2, 3.4, 12.7", UNK, "a name is in `name`, the two names, or `title`", READING,
        "care units, resources, services", "The id is shown instead.")
    TIMESLOT_PARAMETERS = _row(
        "3.5, 12.5", INF, "`start` and `end` bound the timeslots", READING, "every timeslot starts between them",
        "Timeslots outside are kept; the call is refused if a parameter is unknown.")
    LONGEST_RANGE = _row(
        "3.5, 12.5", INF, "30 days can be asked for at once", READING, "timeslots of 30 days",
        "`MAX_ITEMS_EXCEEDED` is said; a shorter span on screen is read on.")
    TIMESLOT_FILTERS = _row(
        "3.5", INF, "one of the two filters is enough", READING, "timeslots of one service, and of one resource",
        "The call is refused and says so.")
    TIMESLOT_FIELDS = _row(
        "3.5, 12.6", UNK, "a timeslot has four fields, and its ids may be null", READING, "the timeslots",
        "A null id is the one that was asked for; without both it is left out.")
    TIMESLOTS_OVERLAP = _row(
        "3.5", INF, "timeslots may overlap each other", READING, "the timeslots of one resource",
        "The book draws what comes, overlapping or not.")
    NO_NAME_SEARCH = _row(
        "3.6, 8.1", INF, "Konfidens does not search by name", DESCRIPTION, "the operation, and the EHR's row",
        "The control is switched on by the EHR's row, and off when Leyr refuses.")
    PATIENT_FIELDS = _row(
        "3.7", INF, "a patient has `external_id`, `phones`, `emails`", WRITING, "the created patient",
        "What is missing is shown as not known.")
    NUMBER_COMES_BACK = _row(
        "3.7, 12.27", UNK, "the national number may come back unmasked", WRITING, "the created patient is read",
        "It is treated as sensitive whether it comes or not.")
    MAY_OVERWRITE = _row(
        "3.8, 12.10", UNK, "creating a known patient may overwrite; the same one comes back", WRITING,
        "the same patient is created twice", "The name that comes back is compared; another one stops the booking.")
    NUMBER_IN_EXTERNAL_ID = _row(
        "3.8, 12.11", INF, "the national number goes in `external_id`", WRITING, "the patient is created",
        "Creating is refused, and what was typed is kept.")
    SYNTHETIC_NUMBERS = _row(
        "3.8, 12.12", UNK, "synthetic numbers are accepted outside production", WRITING, "the patient is created",
        "Creating is refused, and what was typed is kept.")
    PHONES_E164 = _row(
        "3.8, 12.13", INF, "phones are E.164", WRITING, "the patient is created with a phone",
        "Creating is refused, and what was typed is kept.")
    ID_BY_EMR_ID = _row(
        "2.1, 12.9", INF, "`emr_id:` with the EHR's id names a patient in paths and bodies", WRITING,
        "the created patient is read", "The bare id is used where no EHR id came.")
    FOUR_VALUES_UNAMBIGUOUS = _row(
        "3.9", INF, "start, end, resource and service name one timeslot", WRITING, "a booking",
        "`AMBIGUOUS_TIMESLOTS` is said; nothing is booked.")
    BOOKING_ANSWER = _row(
        "3.9, 12.8", UNK, "a booking answers with an array of one, or an object", WRITING, "a booking",
        "The outcome is unknown until it is settled.")
    APPOINTMENT_FIELDS = _row(
        "3.9", INF, "an appointment names patient, resource and service, or leaves them out", WRITING, "a booking",
        "What is left out is what was asked for; what differs is another appointment.")
    COMMENT_LIMIT = _row(
        "3.9, 12.14", UNK, "255 characters of comment fit", WRITING, "a booking with a comment",
        "`INVALID_COMMENT_LENGTH` is said, and the text is kept.")
    NO_LIST = _row(
        "3.10, 8.1, 12.1", INF, "Konfidens does not list appointments", PATIENTS, "the appointments are asked for",
        "The EHR's row is set right in `capabilities.json`; the list then settles what is unknown.")
    LIST_PARAMETERS = _row(
        "3.10", INF, "`start` and `end` bound the appointments", PATIENTS, "the appointments are asked for",
        "What lies outside is ignored where an outcome is looked for.")
    ONE_PATCH_PATH = _row(
        "3.11", INF, "cancel, move and confirm share the path with care units", WRITING, "a cancellation",
        "A 404 without Leyr's code leaves the outcome unknown.")
    SECOND_CANCEL = _row(
        "3.11", UNK, "cancelling twice does no harm", WRITING, "a second cancellation",
        "A refusal that knows no such appointment counts as cancelled.")
    STATUSES_OPEN = _row(
        "4.1, 12.24", UNK, "more statuses and error codes may come", WRITING, "the status of the booking",
        "An unknown status is shown as it came and takes its time.")
    CODE_BOOKS = _row(
        "4.3", INF, "after the code the appointment comes back as booked", WRITING, "a code is entered",
        "It stands as Leyr's status says.")
    CODE_TO_NEW_ID = _row(
        "4.4", INF, "the code of a cancellation goes to the new id", WRITING, "a cancellation that asks for a code",
        "The code is refused, the appointment still stands, and both ids are kept.")
    CODE_RULES = _row(
        "4.3, 12.20", UNK, "a wrong code is refused and may be entered again", NOBODY_HERE, "a wrong code, by hand",
        "The refusal is shown with Leyr's own words; the field stays open.")
    ONE_STEP = _row(
        "4.5, 12.19", INF, "Konfidens asks for no code", WRITING, "the status of the booking and the cancellation",
        "A code is asked for wherever Leyr says that one is awaited.")
    NO_MOVE = _row(
        "5, 8.1, 12.2", INF, "Konfidens does not move appointments", DESCRIPTION, "the EHR's row",
        "The EHR's row is set right; the program then moves by one request.")
    SERVICE_STAYS = _row(
        "5", INF, "a move can't change service or patient", DESCRIPTION, "the fields of the change",
        "Another service is booked anew, then the old one is cancelled.")
    ID_AFTER_MOVE = _row(
        "5", UNK, "the id may change with a move", NOBODY_HERE, "a move, by hand",
        "The id that comes back is always the one that is kept.")
    OWN_TIME_ON_MOVE = _row(
        "5", UNK, "whether the own time is in a move's way is the EHR's to say", NOBODY_HERE, "a move, by hand",
        "The refusal is said; nothing was changed.")
    ERROR_PARTS = _row(
        "6.1", UNK, "`emr_error` and `path` of a refusal hold any JSON", READING, "an unknown id is asked for",
        "They are read as text, cleaned and cut.")
    CODE_BEFORE_STATUS = _row(
        "6.2", INF, "Leyr's `code` tells more than the status", READING, "an unknown id is asked for",
        "Without a code the status decides, and a write may have happened.")
    UNKNOWN_CODES_REFUSE = _row(
        "6.3", INF, "an error code that nobody described is a refusal", READING, "an unknown id is asked for",
        "It is shown with Leyr's own words, and not tried again.")
    UNSUPPORTED_ANSWERS = _row(
        "6.2, 12.3", UNK, "what the EHR can't do is 400 `NOT_SUPPORTED`, 404, 405 or 501", PATIENTS,
        "the appointments are asked for", "Another refusal is said; the control stays.")
    UNKNOWN_IDS = _row(
        "12.23", UNK, "an unknown id is a 404, or a 400 with a code", READING, "an unknown resource is asked for",
        "Any other refusal is said as it came.")
    FREED_TIME = _row(
        "6.4", INF, "a booked time is offered no more, and again after its cancellation", WRITING,
        "the timeslots after the booking, and after the cancellation",
        "A free time is a hint beside an open task and settles nothing.")
    LIMITS = _row(
        "7, 12.21", UNK, "two requests a second are not too many", READING, "429 during the walk",
        "`Retry-After` is obeyed; reads wait, writes are not repeated.")
    MESSAGES_SENT = _row(
        "9.2, 12.15", UNK, "a booking through Leyr sends messages and may bill", NOBODY_HERE, "the patient's phone",
        "The program says so before every write.")
    PATIENT_MAY_CANCEL = _row(
        "9.2", INF, "a patient may cancel without any call of ours; the freed time is the only sign", NOBODY_HERE,
        "the message's link", "A booked time that is offered again is a question to a person.")
    TIMES_ARE_ONLINE_TIMES = _row(
        "9.2, 12.28", INF, "timeslots are those of online booking", NOBODY_HERE, "the EHR's own calendar",
        "What is not offered is never called empty.")
    NO_CANCEL_RULES = _row(
        "12.16", UNK, "the API sets no deadline for cancelling", NOBODY_HERE, "the clinic's settings",
        "A refusal is said; the appointment still stands.")
    ONLY_OWN_IDS = _row(
        "12.17", INF, "only what was booked through Leyr can be cancelled there", PATIENTS,
        "the appointments are asked for", "The ledger's own appointments are all that is offered to cancel.")
    ID_LASTS = _row(
        "12.18", UNK, "an appointment's id stays for as long as it stands", WRITING, "the cancellation by its id",
        "The refusal says that the EHR does not have it.")
    PATIENT_TWICE_AT_ONCE = _row(
        "12.29", UNK, "the API may book one patient twice at one time", NOBODY_HERE, "two bookings, by hand",
        "The program warns by its own ledger.")
    NO_VIDEO_LINK = _row(
        "12.30", UNK, "no video link comes through the API", DESCRIPTION, "the fields of an appointment",
        "The EHR sends the link; the program shows none.")
    # fmt: on

    @property
    def sections(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.value.section.split(","))


def relied_on_table() -> str:
    """All rows as the Markdown table of section 13."""
    lines = ["| name | section | tag | taken for granted | seen by | if not |", "| --- | --- | --- | --- | --- | --- |"]
    for row in Assumption:
        value = row.value
        seen = f"{value.seen_by}: {value.sight}"
        lines.append(f"| `{row.name}` | {value.section} | {value.basis} | {value.claim} | {seen} | {value.otherwise} |")
    return "\n".join(lines) + "\n"
