"""Saved settings, none of them secret, with what the policy and the environment decide."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.domain.layout import KEYS, SavedView, ViewSpan
from receptionapp.system.file_reading import parse_json, read_file
from receptionapp.system.paths import write_atomically
from receptionapp.system.policy import MANAGED_SETTINGS, NO, YES, Policy, read_policy, without_password


def to_json(views: Iterable[SavedView]) -> list[dict[str, Any]]:
    return [
        {
            "care_unit_id": view.care_unit_id,
            "key": view.key,
            "name": view.name,
            "resource_ids": list(view.resource_ids),
            "span": view.span.value,
            "service_id": view.service_id,
        }
        for view in views
    ]


def from_json(value: object) -> tuple[SavedView, ...]:
    """The views that can be read; one that can't is as good as none."""
    return tuple(view for entry in value if (view := _view(entry))) if isinstance(value, list) else ()


def _view(entry: object) -> SavedView | None:
    match entry:
        case {
            "care_unit_id": str(care_unit_id),
            "key": int(key),
            "name": str(name),
            "resource_ids": [*resource_ids],
            "span": "day" | "week" as span,
            "service_id": None | str() as service_id,
        } if key in KEYS and all(isinstance(each, str) for each in resource_ids):
            return SavedView(care_unit_id, key, name, tuple(resource_ids), ViewSpan(span), service_id)
    return None


SHORTEST, LONGEST = 1, 15  # minutes
USUAL = 5


def idle_minutes(setting: str) -> int:
    """What the setting says, within its bounds; five where it says nothing that can be read."""
    try:
        return max(SHORTEST, min(LONGEST, int(setting)))
    except ValueError:
        return USUAL


INITIALS = "initials"
"""What `Settings.printed_names` is where no names are printed."""

ENVIRONMENT = {managed.name: managed.variable for managed in MANAGED_SETTINGS}
"""The settings that an administrator can fix, and by which variable. The client secret and the ledger's password are in
`credentials.py`."""


class SettingOrigin(StrEnum):
    """Who decided the value of a setting. The earlier goes before the later."""

    POLICY = "policy"
    ENVIRONMENT = "environment"
    SAVED = "saved"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Settings:
    """All that is remembered from one start to the next. "" means: not chosen.

    `leyr_url` is with `/api`. `language` is "nb", "en" or "" (the system's); `theme` one of `ui.theme` or "";
    `colours` "status" or "" (by service). `day_as` is "times", "grid" where times were proposed and
    declined, or "". `window` is Qt's geometry in base64. `retention_days` and `backups` are
    numbers (`services/housekeeping.py`), "" for what is usual. `tour` is "met" once the guided tour was taken or
    put off. `saved_views` are those of all care units. `others` holds keys that this version does not know, to be
    written back untouched. `managed` names the fields that the machine's policy or the environment decides.
    `support` is whom to turn to, in the administrator's own words. `ledger_url` is where the desks' shared ledger
    is, "" for a file of this desk alone; no password is kept in it, whatever was given. `desk` is what other desks
    call this one, "" for the computer's name. `test_connection` is "yes" where no real patient is at the other end;
    anything but a yes is a no. `update_feed` is the address of the notice of new versions, "" or "off" for none;
    `update_key` is the public key that signs it, in base64. `printing` is "no" where the day may not be printed;
    `printed_names` is "initials" where no names stand on it.
    """

    leyr_url: str = ""
    emr: str = ""
    client_id: str = ""
    care_unit_id: str = ""
    test_connection: str = ""
    ledger_url: str = ""
    desk: str = ""
    update_feed: str = ""
    update_key: str = ""
    support: str = ""
    language: str = ""
    theme: str = ""
    colours: str = ""
    day_as: str = ""
    tour: str = ""
    lock_minutes: str = ""
    printing: str = ""
    printed_names: str = ""
    window: str = field(default="", repr=False)
    retention_days: str = ""
    backups: str = ""
    saved_views: tuple[SavedView, ...] = ()
    others: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    managed: frozenset[str] = frozenset()

    @property
    def connects(self) -> bool:
        """Whether Leyr's address, EHR and client id are all there."""
        return bool(self.leyr_url and self.emr and self.client_id)

    @property
    def identity(self) -> ConnectionIdentity | None:
        """Of the connection that is set; None where there is none."""
        test = self.profile is ConnectionProfile.TEST
        return ConnectionIdentity(self.leyr_url, self.emr, self.client_id, test) if self.connects else None

    @property
    def prints(self) -> bool:
        """Whether the day may be printed at this desk. A word that is neither yes nor no does not forbid it."""
        return self.printing.lower() not in NO

    @property
    def profile(self) -> ConnectionProfile:
        """Of the connection; practice mode is none."""
        return ConnectionProfile.TEST if self.test_connection.lower() in YES else ConnectionProfile.LIVE


_TEXTS = tuple(f.name for f in fields(Settings) if f.name not in ("saved_views", "others", "managed"))
_SAVED = (*_TEXTS, "saved_views")


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """`moved_aside` is where a file that could not be read now lies. `origins` are those of all that can be managed."""

    settings: Settings
    moved_aside: Path | None = None
    origins: Mapping[str, SettingOrigin] = field(default_factory=dict)


def load(path: Path, environ: Mapping[str, str] = os.environ, policy: Policy | None = None) -> LoadedSettings:
    """Read the file, or begin with nothing chosen; environment and policy decide what they name. A damaged file is
    moved aside. Raises OSError when it can't be read or moved, and PolicyError."""
    policy = read_policy() if policy is None else policy
    aside = None
    try:
        saved = _parse(read_file(path))
    except FileNotFoundError:
        saved = Settings()
    except ValueError:
        saved, aside = Settings(), _move_aside(path)
    return LoadedSettings(_with_decided(saved, environ, policy), aside, _origins(saved, environ, policy))


def save(path: Path, settings: Settings) -> None:
    """Write the file whole or not at all, less what is decided for this desk. Raises OSError; the old file stays
    then."""
    values = dict(settings.others) | {name: getattr(settings, name) for name in _TEXTS}
    values["saved_views"] = to_json(settings.saved_views)
    values |= _saved_before(path, settings.managed)
    text = json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True)
    write_atomically(path, text.encode)


def _parse(content: bytes) -> Settings:
    """Raises ValueError when it is no settings file. A value of the wrong type is as good as none."""
    values = parse_json(content)
    if not isinstance(values, dict):
        raise ValueError("settings are one JSON object")
    known = {name: values[name] for name in _TEXTS if isinstance(values.get(name), str)}
    if "ledger_url" in known:
        known["ledger_url"] = without_password(known["ledger_url"])
    others = {name: value for name, value in values.items() if name not in _SAVED}
    return Settings(**known, saved_views=from_json(values.get("saved_views")), others=others)


def _with_decided(saved: Settings, environ: Mapping[str, str], policy: Policy) -> Settings:
    """The policy goes before the environment: users can set variables of their own."""
    decided = {name: environ[variable].strip() for name, variable in ENVIRONMENT.items() if environ.get(variable)}
    decided |= policy.values
    if "ledger_url" in decided:
        decided["ledger_url"] = without_password(decided["ledger_url"])
    return replace(saved, **decided, managed=frozenset(decided))  # type: ignore[arg-type]


def _origins(saved: Settings, environ: Mapping[str, str], policy: Policy) -> dict[str, SettingOrigin]:
    def origin(name: str, variable: str) -> SettingOrigin:
        if name in policy.values:
            return SettingOrigin.POLICY
        if environ.get(variable):
            return SettingOrigin.ENVIRONMENT
        return SettingOrigin.SAVED if getattr(saved, name) else SettingOrigin.USUAL

    return {name: origin(name, variable) for name, variable in ENVIRONMENT.items()}


def _saved_before(path: Path, names: frozenset[str]) -> dict[str, str]:
    if not names:
        return {}
    try:
        before = _parse(read_file(path))
    except (OSError, ValueError):
        before = Settings()
    return {name: getattr(before, name) for name in names}


def _move_aside(path: Path) -> Path:
    stamp = datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    return path.rename(path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}"))
