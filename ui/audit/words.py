"""The record's words as they are read: what was done, and what became of it."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.audit import VIEW_ACTIONS, AuditAction
from receptionapp.domain.national_number import NumberDoubt
from receptionapp.domain.problem import Problem, Reason
from receptionapp.sentences.failures import problem_text

translate = QCoreApplication.translate

_DEEDS = {
    AuditAction.CREATE_PATIENT: lambda: translate("Record", "Register patient"),
    AuditAction.BOOK: lambda: translate("Record", "Book"),
    AuditAction.CANCEL: lambda: translate("Record", "Cancel"),
    AuditAction.MOVE: lambda: translate("Record", "Move"),
    AuditAction.CONFIRM: lambda: translate("Record", "Confirm by code"),
    AuditAction.SETTLE: lambda: translate("Record", "Settle by hand"),
    AuditAction.OVERRIDE: lambda: translate("Record", "Go on despite a warning"),
    AuditAction.OPENED: lambda: translate("Record", "Open appointment"),
    AuditAction.PICKED: lambda: translate("Record", "Choose patient"),
    AuditAction.SHOWED_NUMBER: lambda: translate("Record", "Show national number"),
    AuditAction.EXPORTED: lambda: translate("Record", "Export"),
    AuditAction.PRINTED: lambda: translate("Record", "Print the day"),
    AuditAction.WIPED: lambda: translate("Record", "Wipe details"),
    AuditAction.PUT_OFF: lambda: translate("Record", "Put off wiping details: is the clock right?"),
    AuditAction.RESTORED: lambda: translate("Record", "Put back a copy of all appointments"),
    AuditAction.BROUGHT: lambda: translate("Record", "Bring this desk's own appointments here"),
    AuditAction.UNLOCKED: lambda: translate("Record", "Unlock"),
    AuditAction.LOCKED: lambda: translate("Record", "Lock"),
    AuditAction.SWITCHED: lambda: translate("Record", "Take over the desk"),
    AuditAction.WRONG_PIN: lambda: translate("Record", "Wrong PIN"),
    AuditAction.USER_ADDED: lambda: translate("Record", "Add user"),
    AuditAction.USER_CHANGED: lambda: translate("Record", "Change user"),
    AuditAction.AUDIT_READ: lambda: translate("Record", "Read this record"),
    AuditAction.AUDIT_EXPORTED: lambda: translate("Record", "Export this record"),
}

_OUTCOMES = {
    "prepared": lambda: translate("Record", "wished"),
    "done": lambda: translate("Record", "done"),
    "refused": lambda: translate("Record", "refused"),
    "unknown": lambda: translate("Record", "not known"),
    "late": lambda: translate("Record", "answered late"),
    "administrator": lambda: translate("Record", "administrator"),
    "no_administrator": lambda: translate("Record", "no administrator"),
    "renamed": lambda: translate("Record", "renamed"),
    "activated": lambda: translate("Record", "activated"),
    "deactivated": lambda: translate("Record", "deactivated"),
    "pin": lambda: translate("Record", "new PIN"),
}

_DETAILS = {
    "idle": lambda: translate("Record", "nobody touched it"),
    "key": lambda: translate("Record", "by key"),
    "system": lambda: translate("Record", "with the computer"),
    "everything_pdf": lambda: translate("Record", "everything about the patient, as PDF"),
    "everything_json": lambda: translate("Record", "everything about the patient, as JSON"),
    "said_by_person": lambda: translate("Record", "somebody looked in the EHR"),
    "registered_though_alike": lambda: translate("Record", "registered beside somebody alike"),
    "other_name": lambda: translate("Record", "the EHR has another name"),
    NumberDoubt.WRONG_CHECK_DIGITS: lambda: translate("Record", "wrong check digits"),
    NumberDoubt.IN_THE_FUTURE: lambda: translate("Record", "born in the future"),
    NumberDoubt.NOT_ISSUED_YET: lambda: translate("Record", "a number that is not issued yet"),
    NumberDoubt.REAL_OR_SYNTHETIC: lambda: translate("Record", "real or made up"),
}
_HALF_A_DAY = timedelta(hours=12)


def action_text(deed: str) -> str:
    """A newer version's deed has its own word."""
    try:
        return _DEEDS[AuditAction(deed)]()
    except ValueError:
        return deed


def outcome_text(outcome: str | None) -> str:
    return _OUTCOMES[outcome]() if outcome in _OUTCOMES else outcome or ""


def detail_text(detail: str | None) -> str:
    """A newer version's word stays as it is."""
    if not detail:
        return ""
    if detail in set(Reason) and detail not in _DETAILS:
        return _cause(Reason(detail))
    if all(word in _DETAILS for word in detail.split(" ")):
        return ", ".join(_DETAILS[word]() for word in detail.split(" "))
    asked = dict(part.split(" ", 1) for part in detail.split("; ") if " " in part)
    if "people" in asked:
        return _of_print(asked)
    if "lines" in asked:
        return translate("Record", "its own record of who did what: {count} lines").format(count=asked["lines"])
    return _of_question(asked) if "days" in asked else detail


def _cause(reason: Reason) -> str:
    """Without what was to be done about it then."""
    text = problem_text(Problem(reason), translate("Record", "the EHR")).partition(". ")[0].rstrip(".")
    return text[:1].upper() + text[1:]


def _of_print(asked: dict[str, str]) -> str:
    """Which day was printed, how many people are on it, how they are named, and where it was put."""
    day = ".".join(reversed(asked.get("day", "").split("-")))
    words = [day, translate("Record", "{count} people").format(count=asked["people"])]
    words += [translate("Record", "initials only")] if asked.get("names") == "initials" else []
    words += [translate("Record", "as PDF")] if asked.get("as") == "pdf" else []
    return "  ·  ".join(words)


def _of_question(asked: dict[str, str]) -> str:
    """Which lines of the record were wanted: days, who, what."""
    words = [_of_days(asked["days"])]
    if "user" in asked:
        words.append(asked["user"])
    deeds = tuple(asked.get("deeds", "").split(","))
    if set(deeds) == {deed.value for deed in VIEW_ACTIONS}:
        words.append(translate("Filters", "Looks at a patient"))
    elif deeds != ("",):
        words.append(", ".join(action_text(deed) for deed in deeds))
    return "  ·  ".join(word for word in words if word)


def _of_days(written: str) -> str:
    """They are written as the clinic's midnights in UTC, the last one excluded: half a day inside is the day meant."""
    try:
        start, end = (datetime.strptime(moment, "%Y-%m-%dT%H:%M%z") for moment in written.split("–"))
    except ValueError:  # begins or ends nowhere
        return ""
    return f"{start + _HALF_A_DAY:%d.%m.%Y}–{end - _HALF_A_DAY:%d.%m.%Y}"
