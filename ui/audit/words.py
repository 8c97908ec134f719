"""The record's words as they are read: what was done, and what became of it."""

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.audit import Deed

translate = QCoreApplication.translate

_DEEDS = {
    Deed.CREATE_PATIENT: lambda: translate("Record", "Register patient"),
    Deed.BOOK: lambda: translate("Record", "Book"),
    Deed.CANCEL: lambda: translate("Record", "Cancel"),
    Deed.MOVE: lambda: translate("Record", "Move"),
    Deed.CONFIRM: lambda: translate("Record", "Confirm by code"),
    Deed.SETTLE: lambda: translate("Record", "Settle by hand"),
    Deed.OVERRIDE: lambda: translate("Record", "Go on despite a warning"),
    Deed.OPENED: lambda: translate("Record", "Open appointment"),
    Deed.PICKED: lambda: translate("Record", "Choose patient"),
    Deed.SHOWED_NUMBER: lambda: translate("Record", "Show national number"),
    Deed.EXPORTED: lambda: translate("Record", "Export or print"),
    Deed.WIPED: lambda: translate("Record", "Wipe details"),
    Deed.PUT_OFF: lambda: translate("Record", "Put off wiping details: is the clock right?"),
    Deed.UNLOCKED: lambda: translate("Record", "Unlock"),
    Deed.LOCKED: lambda: translate("Record", "Lock"),
    Deed.SWITCHED: lambda: translate("Record", "Take over the desk"),
    Deed.WRONG_PIN: lambda: translate("Record", "Wrong PIN"),
    Deed.USER_ADDED: lambda: translate("Record", "Add user"),
    Deed.USER_CHANGED: lambda: translate("Record", "Change user"),
    Deed.AUDIT_READ: lambda: translate("Record", "Read this record"),
    Deed.AUDIT_EXPORTED: lambda: translate("Record", "Export this record"),
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
}


def of_deed(deed: str) -> str:
    """A newer version's deed has its own word."""
    try:
        return _DEEDS[Deed(deed)]()
    except ValueError:
        return deed


def of_outcome(outcome: str | None) -> str:
    return _OUTCOMES[outcome]() if outcome in _OUTCOMES else outcome or ""


def of_detail(detail: str | None) -> str:
    return _DETAILS[detail]() if detail in _DETAILS else (detail or "").replace("_", " ")
