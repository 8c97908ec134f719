"""What each EHR can do through Leyr: `leyr-api.md` 8 as data. The live matrix may differ, so settings can override
a row, and the client demotes one at run time when Leyr answers that the EHR can't."""

from dataclasses import replace

from receptionapp.domain.clinic import Action, Capabilities, Support
from receptionapp.domain.national_number import Country

# Konfidens' row assumes EMR_CODE, PATIENT_ID_TYPES, NO_NAME_SEARCH, NO_LIST, NO_MOVE and ONE_STEP.
# One letter an action, in this order: y stated or inferred, n stated or inferred missing, ? nobody has said.
_COLUMNS = (
    Action.READ_TIMESLOTS,
    Action.CREATE_PATIENT,
    Action.GET_PATIENT,
    Action.SEARCH_PATIENTS,
    Action.FIND_BY_NATIONAL_NUMBER,  # from the id tables, 2.4
    Action.BOOK,
    Action.CANCEL,
    Action.LIST_APPOINTMENTS,
    Action.MOVE,
)
_SWEDISH = frozenset({"kaddio", "prorenata", "takecare", "webdoc"})  # whose typed id is a Swedish number: 2.4
_LETTERS = {"y": Support.YES, "n": Support.NO, "?": Support.UNKNOWN}


def _row(emr: str, name: str, letters: str) -> Capabilities:
    support = dict(zip(_COLUMNS, (_LETTERS[letter] for letter in letters), strict=True))
    return Capabilities(
        emr, name, support, national_number_country=Country.SWEDEN if emr in _SWEDISH else Country.NORWAY
    )


_ROWS = (
    replace(_row("konfidens", "Konfidens", "yyynnyynn"), needs_national_number=True),  # 8.1
    _row("kaddio", "Kaddio", "yyy?yy?yn"),
    replace(_row("anitasystems", "Anita Systems", "yynnny?n?"), two_step=True, needs_phone=True),
    _row("cliniko", "Cliniko", "yyy?nyyyy"),
    _row("pridok", "Pridok", "yyy?ny???"),
    _row("physica", "Physica", "yyy?ny???"),
    replace(_row("takecare", "TakeCare", "yyy?yyyyy"), needs_national_number=True),
    # Named in the id guides only (2.4). The codes `webdoc` and `pasientsky` are documented, the others are guesses
    # after the same pattern: lower case, no space.
    _row("webdoc", "WebDoc", "????y????"),
    _row("pasientsky", "PasientSky", "????n????"),
    _row("acuityscheduling", "Acuity Scheduling", "????n????"),
    _row("dips", "DIPS", "????y????"),
    _row("easypractice", "EasyPractice", "????y????"),
    _row("epic", "Epic", "????y????"),
    _row("millenium", "Millenium", "????n????"),
    _row("muntra", "Muntra", "????n????"),
    _row("opusdental", "Opus Dental", "????n????"),
    _row("prorenata", "Prorenata", "????y????"),
    _row("solvit", "SolvIT", "????n????"),
)
_BY_CODE = {row.emr: row for row in _ROWS}


def known_emrs() -> tuple[Capabilities, ...]:
    """Every EHR that Leyr names, the well-described first: what a settings page offers."""
    return _ROWS


def for_emr(code: str) -> Capabilities:
    """The row of one EHR code. An unlisted code gets all unknown: may be tried."""
    return _BY_CODE.get(code) or _row(code, code, "?" * len(_COLUMNS))
