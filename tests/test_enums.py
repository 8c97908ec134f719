"""A new member of an enum is asked for wherever the code has a table of that enum.

`match` is mypy's to watch (`exhaustive-match`); tables are dicts at the top of a module whose keys are members of an
enum of ours, and dicts in them.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest

import receptionapp
import ui

LEFT_OUT: dict[str, set[str]] = {
    "receptionapp.domain.clinic_time._FIXED": {
        "ASCENSION_DAY",
        "EASTER_MONDAY",
        "EASTER_SUNDAY",
        "GOOD_FRIDAY",
        "MAUNDY_THURSDAY",
        "WHIT_MONDAY",
        "WHIT_SUNDAY",
    },
    "receptionapp.domain.clinic_time._DAYS_AFTER_EASTER": {
        "BOXING_DAY",
        "CHRISTMAS_DAY",
        "CONSTITUTION_DAY",
        "LABOUR_DAY",
        "NEW_YEARS_DAY",
    },
    "receptionapp.ledger.errors._REASONS": {
        "BAD_ADDRESS",
        "BAD_ENCODING",
        "DISK_FAILED",
        "DISK_FULL",
        "MOVED",
        "OTHER_CONNECTION",
        "WRONG_KEY",
    },
    "receptionapp.ledger.verification._STANDS": {"CREATE_PATIENT"},
    "ui.words.sentences._NOT": {"CREATE_PATIENT"},
    "receptionapp.sandbox.faults._CHANGES": {
        "BROKEN_JSON",
        "DROPPED",
        "EMR_ERROR",
        "ERRORS_MISSING",
        "HTML",
        "NONE",
        "SEVERAL_ERRORS",
        "TOO_MANY_REQUESTS",
        "TRUNCATED",
        "UNAVAILABLE",
        "UNKNOWN_ERROR",
        "UNKNOWN_ERROR_CODE",
    },
    "ui.book.list_view._FIXED": {"PATIENT", "RESOURCE", "SERVICE"},
    "ui.book.list_view._PARTS": {"DAY", "PATIENT", "STATUS", "TIME"},
    "ui.book.picture._LOOKS": {"REFUSED"},
    "ui.book.picture.STATUS_COLOURS": {"BOOKING_UNKNOWN", "CANCELLED", "CANCELLING_UNKNOWN", "REFUSED"},
    "ui.book.picture._ICONS": {"BOOKED", "CANCELLED", "REFUSED"},
    "ui.panels.booking_panel._STANDINGS": {"FREE", "CANCELLED", "LOW", "UNKNOWN"},
    "ui.words.sentences._WHAT[BOOK]": {"HALF_DONE"},
    "ui.words.sentences._WHAT[CANCEL]": {"HALF_DONE"},
    "ui.words.sentences._WHAT[CONFIRM]": {"HALF_DONE"},
    "ui.words.sentences._WHAT[MOVE]": {"HALF_DONE"},
    "ui.words.sentences._WHAT[CREATE_PATIENT]": {"HALF_DONE"},
    "ui.words.sentences._UNDONE": {"CONFIRM", "CREATE_PATIENT"},
    "ui.words.sentences._UNDONE[BOOK]": {"HALF_DONE"},
    "ui.words.sentences._UNDONE[CANCEL]": {"HALF_DONE"},
    "ui.words.sentences._UNDONE[MOVE]": {"HALF_DONE"},
}
"""What a table leaves out on purpose. A member that is added later is not in here, so its tables fail."""


def tables() -> Iterator[tuple[str, dict[Any, Any]]]:
    seen = set[int]()
    for package in (receptionapp, ui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.endswith(("__main__", ".migrations.env")):
                continue
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, dict) and id(value) not in seen:
                    seen.add(id(value))
                    yield from enum_tables(f"{found.name}.{name}", value)


def enum_tables(name: str, table: dict[Any, Any]) -> Iterator[tuple[str, dict[Any, Any]]]:
    kinds = {type(key) for key in table}
    if len(kinds) == 1 and all(
        issubclass(kind, Enum) and kind.__module__.startswith(("receptionapp", "ui")) for kind in kinds
    ):
        yield name, table
        for key, value in table.items():
            if isinstance(value, dict):
                yield from enum_tables(f"{name}[{key.name}]", value)


@pytest.mark.parametrize(("name", "table"), [pytest.param(name, table, id=name) for name, table in tables()])
def test_a_table_has_a_row_for_every_member(name: str, table: dict[Any, Any]) -> None:
    kind = type(next(iter(table)))
    assert {member.name for member in kind if member not in table} == LEFT_OUT.get(name, set())
