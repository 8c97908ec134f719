"""What a log or a crash report can come across says nothing about anybody: no `repr` of ours has a personal field.

An error in a library, asyncio's slow callbacks and a forgotten `%r` all write the `repr` of what they hold.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from pydantic import BaseModel

import receptionapp
import ui

PERSONAL = """
    first_name last_name full_name birth_date phone phones email emails national_number external_id digits comment
    detail details emr_error errors path what why text typed characters title user by names patient patient_id
    pin_hash password client_secret
"""
IDS_OF_PATIENTS = {"Patient": {"id", "emr_id"}, "_Patient": {"id", "emr_id"}}
"""In TakeCare they are national numbers (`leyr-api.md` 10, the published ids)."""

NAMES_OF_PEOPLE = {"User": {"name"}, "MoveRequest": {"reason"}}
ABOUT_NOBODY = {
    "ServerAddress": {"user"},  # the desk's account at the database
    "RecentProblem": {"what"},  # which call it was
    "Command": {"path"},  # through the menu
    "GuidePage": {"title"},
    "PracticeUser": {"pin_hash"},  # made up
    "Theme": {"text"},  # a colour
}


def test_no_repr_has_a_personal_field() -> None:
    told = {f"{kind.__module__}.{kind.__name__}.{name}" for kind in values_of_ours() for name in personal(kind)}
    assert told == set()


def personal(kind: type) -> set[str]:
    names = {*PERSONAL.split()} | IDS_OF_PATIENTS.get(kind.__name__, set()) | NAMES_OF_PEOPLE.get(kind.__name__, set())
    texts = {name for name, of in shown(kind).items() if re.search(r"\b(str|Any)\b", repr(of))}
    return names & texts - ABOUT_NOBODY.get(kind.__name__, set())


def shown(kind: type) -> dict[str, object]:
    """The fields that its `repr` has, with their types."""
    if issubclass(kind, BaseModel):
        return {name: known.annotation for name, known in kind.model_fields.items() if known.repr}
    return {each.name: each.type for each in fields(kind) if each.repr}


def values_of_ours() -> Iterator[type]:
    for package in (receptionapp, ui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(("receptionapp.sandbox", "receptionapp.ledger.migrations")):
                yield from values_in(found.name)


def values_in(module: str) -> Iterator[type]:
    if module.endswith("__main__"):
        return
    for _, kind in inspect.getmembers(importlib.import_module(module), inspect.isclass):
        if kind.__module__ == module and (is_dataclass(kind) or issubclass(kind, BaseModel)):
            yield kind
