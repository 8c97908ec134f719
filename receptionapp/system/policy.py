"""What the administrator of this computer has decided, and the table of every setting that can be decided. One that
can't be understood stops the program: weaker settings than were meant would be worse."""

import json
import plistlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from receptionapp.system.file_reading import DoubledKey, KeysOnce, object_with_keys_once, read_file

REGISTRY = r"Software\Policies\Reception"
MAC_DOMAIN = "no.leyr.reception"
_REMARKS = ("$schema", "comment")


@dataclass(frozen=True, slots=True)
class Policy:
    """`values` are by the names of `Settings`; `sources` says of each where it was read, for `reception settings`."""

    values: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


NO_POLICY = Policy()


class PolicyError(Exception):
    """`source` is the file or key; `name` the setting that is wrong, or "". There is no value in it."""

    def __init__(self, source: str, name: str = "", *, secret: bool = False, doubled: bool = False) -> None:
        super().__init__(f"{source}: {name or 'unreadable'}")
        self.source = source
        self.name = name
        self.secret = secret
        self.doubled = doubled


Source = tuple[str, Callable[[], Mapping[str, Any] | None]]
"""Its name, and what reads it: None where there is none; OSError or ValueError where it can't be read."""


def read_policy(sources: tuple[Source, ...] | None = None) -> Policy:
    """Of all sources, the later going before the earlier. Raises PolicyError."""
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    for name, read in machine_sources() if sources is None else sources:
        try:
            found = read()
        except DoubledKey as error:
            raise PolicyError(name, error.key, doubled=True) from error
        except (OSError, ValueError, RecursionError) as error:
            raise PolicyError(name) from error
        checked = _checked(name, found or {})
        values |= checked
        origins |= dict.fromkeys(checked, name)
    return Policy(values, origins)


def machine_sources(platform: str = sys.platform) -> tuple[Source, ...]:
    """The file that is written by hand first, then what management tools write."""
    if platform == "win32":
        return (json_file(_program_data() / "Reception" / "policy.json"), (f"HKLM\\{REGISTRY}", _registry))
    if platform == "darwin":
        return (
            json_file(Path("/Library/Application Support/Reception/policy.json")),
            plist_file(Path(f"/Library/Managed Preferences/{MAC_DOMAIN}.plist")),
        )
    return (json_file(Path("/etc/reception/policy.json")),)


def json_file(path: Path) -> Source:
    return str(path), lambda: _object(path, partial(json.loads, object_pairs_hook=object_with_keys_once))


def plist_file(path: Path) -> Source:
    return str(path), lambda: _object(path, _plist)


def _object(path: Path, parse: Callable[[bytes], Any]) -> Mapping[str, Any] | None:
    try:
        content = read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    found = parse(content.removeprefix(b"\xef\xbb\xbf"))  # as Notepad writes it
    if not isinstance(found, dict):
        raise ValueError("a policy is one object")
    return found


def _plist(content: bytes) -> Any:
    try:
        return plistlib.loads(content, dict_type=KeysOnce)
    except DoubledKey:
        raise
    except Exception as error:  # expat and struct each have their own
        raise ValueError("no property list") from error


def _program_data() -> Path:
    """Asked of the system: a user could point the variable elsewhere."""
    if sys.platform == "win32":
        import winreg

        folders = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\Shell Folders"
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, folders) as key:
            return Path(winreg.QueryValueEx(key, "Common AppData")[0])
    return Path(r"C:\ProgramData")


def _registry() -> Mapping[str, Any] | None:
    if sys.platform != "win32":
        return None
    import winreg

    try:
        key = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, REGISTRY, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)
    except FileNotFoundError:
        return None
    with key:
        count = winreg.QueryInfoKey(key)[1]
        return {name: value for name, value, _ in (winreg.EnumValue(key, index) for index in range(count))}


def _checked(source: str, found: Mapping[str, Any]) -> dict[str, str]:
    """A name that is not known may be a misspelt one, and what it was to fix would be open."""
    known = {managed.name: managed for managed in MANAGED_SETTINGS}
    checked = {}
    for name, value in found.items():
        if name in _REMARKS:
            continue
        if name in SECRETS:
            raise PolicyError(source, name, secret=True)
        text = as_text(known[name], value) if name in known else None
        if text is None:
            raise PolicyError(source, name)
        if name == "ledger_url" and without_password(text) != text:
            raise PolicyError(source, name, secret=True)
        checked[name] = text
    return checked


class SettingKind(StrEnum):
    """What a value must be, to be taken from a policy."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes or no"
    CHOICE = "one of"


YES = ("yes", "1", "true", "on")
NO = ("no", "0", "false", "off")


@dataclass(frozen=True, slots=True)
class ManagedSetting:
    """`name` is that of the field in `Settings`, `default` what holds where nobody decides, "" for nothing."""

    name: str
    variable: str
    kind: SettingKind = SettingKind.TEXT
    default: str = ""
    choices: tuple[str, ...] = field(default=())


MANAGED_SETTINGS = (
    ManagedSetting("leyr_url", "RECEPTION_LEYR_URL"),
    ManagedSetting("emr", "RECEPTION_LEYR_EMR"),
    ManagedSetting("client_id", "RECEPTION_LEYR_CLIENT_ID"),
    ManagedSetting("care_unit_id", "RECEPTION_CARE_UNIT"),
    ManagedSetting("test_connection", "RECEPTION_LEYR_TEST", SettingKind.YES_NO, "no"),
    ManagedSetting("ledger_url", "RECEPTION_LEDGER_URL"),
    ManagedSetting("desk", "RECEPTION_DESK"),
    ManagedSetting("retention_days", "RECEPTION_RETENTION_DAYS", SettingKind.NUMBER, "90"),
    ManagedSetting("backups", "RECEPTION_BACKUPS", SettingKind.NUMBER, "14"),
    ManagedSetting("lock_minutes", "RECEPTION_LOCK_MINUTES", SettingKind.NUMBER, "5"),
    ManagedSetting("printing", "RECEPTION_PRINTING", SettingKind.YES_NO, "yes"),
    ManagedSetting("update_feed", "RECEPTION_UPDATE_FEED", default="off"),
    ManagedSetting("update_key", "RECEPTION_UPDATE_KEY"),
    ManagedSetting("language", "RECEPTION_LANGUAGE", SettingKind.CHOICE, choices=("nb", "en")),
    ManagedSetting(
        "theme", "RECEPTION_THEME", SettingKind.CHOICE, choices=("light", "dark", "light-contrast", "dark-contrast")
    ),
    ManagedSetting("support", "RECEPTION_SUPPORT"),
)

SECRETS = ("client_secret", "ledger_key", "ledger_password")
"""Never in a policy: they are in the key store, or in the environment of the one user."""


def as_text(managed: ManagedSetting, value: object) -> str | None:
    """The value as settings have it; None where it is not of its kind."""
    if isinstance(value, bool):
        return ("yes" if value else "no") if managed.kind is SettingKind.YES_NO else None
    if not isinstance(value, str | int):
        return None
    text = str(value).strip()
    fits = {
        SettingKind.TEXT: isinstance(value, str) and text.isprintable(),
        SettingKind.NUMBER: text.isascii() and text.isdigit(),
        SettingKind.YES_NO: text.lower() in (*YES, *NO),
        SettingKind.CHOICE: text in managed.choices,
    }
    return text if fits[managed.kind] else None


def without_password(url: str) -> str:
    """The URL of a database without the password that may stand in it."""
    scheme, mark, rest = url.partition("://")
    user, at, server = rest.rpartition("@")
    return f"{scheme}{mark}{user.partition(':')[0]}{at}{server}"
