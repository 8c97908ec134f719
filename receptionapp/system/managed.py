"""Every setting that an administrator can decide, in one table: `docs/administration.md` says what each means."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a value must be, to be taken from a policy."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes or no"
    CHOICE = "one of"


YES = ("yes", "1", "true", "on")
NO = ("no", "0", "false", "off")


@dataclass(frozen=True, slots=True)
class Managed:
    """`name` is that of the field in `Settings`, `usual` what holds where nobody decides, "" for nothing."""

    name: str
    variable: str
    kind: Kind = Kind.TEXT
    usual: str = ""
    choices: tuple[str, ...] = field(default=())


MANAGED = (
    Managed("leyr_url", "RECEPTION_LEYR_URL"),
    Managed("emr", "RECEPTION_LEYR_EMR"),
    Managed("client_id", "RECEPTION_LEYR_CLIENT_ID"),
    Managed("care_unit_id", "RECEPTION_CARE_UNIT"),
    Managed("test_connection", "RECEPTION_LEYR_TEST", Kind.YES_NO, "no"),
    Managed("ledger_url", "RECEPTION_LEDGER_URL"),
    Managed("desk", "RECEPTION_DESK"),
    Managed("retention_days", "RECEPTION_RETENTION_DAYS", Kind.NUMBER, "90"),
    Managed("backups", "RECEPTION_BACKUPS", Kind.NUMBER, "14"),
    Managed("lock_minutes", "RECEPTION_LOCK_MINUTES", Kind.NUMBER, "5"),
    Managed("printing", "RECEPTION_PRINTING", Kind.YES_NO, "yes"),
    Managed("update_feed", "RECEPTION_UPDATE_FEED", usual="off"),
    Managed("update_key", "RECEPTION_UPDATE_KEY"),
    Managed("language", "RECEPTION_LANGUAGE", Kind.CHOICE, choices=("nb", "en")),
    Managed("theme", "RECEPTION_THEME", Kind.CHOICE, choices=("light", "dark", "light-contrast", "dark-contrast")),
    Managed("support", "RECEPTION_SUPPORT"),
)

SECRETS = ("client_secret", "ledger_key", "ledger_password")
"""Never in a policy: they are in the key store, or in the environment of the one user."""


def as_text(managed: Managed, value: object) -> str | None:
    """The value as settings have it; None where it is not of its kind."""
    if isinstance(value, bool):
        return ("yes" if value else "no") if managed.kind is Kind.YES_NO else None
    if not isinstance(value, str | int):
        return None
    text = str(value).strip()
    fits = {
        Kind.TEXT: isinstance(value, str) and text.isprintable(),
        Kind.NUMBER: text.isascii() and text.isdigit(),
        Kind.YES_NO: text.lower() in (*YES, *NO),
        Kind.CHOICE: text in managed.choices,
    }
    return text if fits[managed.kind] else None


def without_password(url: str) -> str:
    """The URL of a database without the password that may stand in it."""
    scheme, mark, rest = url.partition("://")
    user, at, server = rest.rpartition("@")
    return f"{scheme}{mark}{user.partition(':')[0]}{at}{server}"
