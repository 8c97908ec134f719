"""The named people at the desks, and how often a PIN may be tried. Nobody is ever deleted, since the record has their
names.

Every change is a line in the record (`audit.py`), in the same transaction.

A guess is written down *before* its PIN is judged, so that ten programs at once have ten guesses and not ten each, and
one that is killed before the answer has spent one. After three wrong ones in a row a user waits, longer each time.

Time is not the clock on the wall, which whoever sits at the computer can set. `pin_clock` counts what has surely
passed: by the computer's uptime while that goes on, which no program and no restart of ours can change; after a restart
of the computer by the wall clock, and never backwards. A server tells its own time, so that of the desks doesn't
matter.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, func, insert, select, text, update

from receptionapp.domain.audit import AuditAction
from receptionapp.domain.user import User
from receptionapp.ledger import audit
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import LedgerRefusal, NotInLedger
from receptionapp.ledger.schema import audit as audit_lines
from receptionapp.ledger.schema import pin_clock, pin_guesses, users

MOST_FAILURES_A_MINUTE = 10
FAILURES_WITHOUT_WAIT = 3
"""Wrong ones in a row after which waiting begins."""
FIRST_WAIT, LONGEST_WAIT = 15, 300
"""Seconds; doubled each time. Five minutes leave 12 guesses an hour, and a colleague's joke ends soon."""

_SECOND = 1_000_000
_MINUTE = 60 * _SECOND


@dataclass(frozen=True, slots=True)
class MustWait:
    """No PIN is accepted for this many seconds, not even a right one. It is returned, not raised, because the
    transaction must still write `pin_clock`."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Clocks:
    """How one reads the wall clock (UTC) and the seconds since the computer was started."""

    wall: Callable[[], datetime]
    uptime: Callable[[], float] = time.monotonic


def begin_attempt(entry: Entry, user: UUID, clocks: Clocks) -> UUID | MustWait:
    """Spend a guess; its key."""
    now = _passed(entry, clocks)
    waits_until = entry.connection.execute(select(users.c.waits_until).where(users.c.key == user)).scalar_one()
    entry.connection.execute(delete(pin_guesses).where(pin_guesses.c.passed <= now - _MINUTE))
    count, oldest = entry.connection.execute(select(func.count(), func.min(pin_guesses.c.passed))).one()
    ready = max(waits_until, oldest + _MINUTE if count >= MOST_FAILURES_A_MINUTE else 0)
    if ready > now:
        return MustWait(-(-(ready - now) // _SECOND))
    key = uuid4()
    entry.connection.execute(insert(pin_guesses).values(key=key, passed=now))
    return key


def record_success(entry: Entry, guess: UUID, user: UUID) -> None:
    """Do not count this attempt: whoever knows the PIN may unlock as often as they like."""
    entry.connection.execute(delete(pin_guesses).where(pin_guesses.c.key == guess))
    reset_failures(entry, user)


def record_failure(entry: Entry, user: UUID, clocks: Clocks) -> int:
    """Count it; the seconds that this user must wait now."""
    now = _passed(entry, clocks)
    wrong = entry.connection.execute(select(users.c.wrong_pins).where(users.c.key == user)).scalar_one() + 1
    seconds = (
        0
        if wrong < FAILURES_WITHOUT_WAIT
        else min(FIRST_WAIT * 2 ** min(wrong - FAILURES_WITHOUT_WAIT, 16), LONGEST_WAIT)
    )
    values = {"wrong_pins": wrong, "waits_until": now + seconds * _SECOND}
    entry.connection.execute(update(users).where(users.c.key == user).values(**values))
    return seconds


def reset_failures(entry: Entry, user: UUID) -> None:
    """No wrong ones in a row any more."""
    entry.connection.execute(update(users).where(users.c.key == user).values(wrong_pins=0, waits_until=0))


def _passed(entry: Entry, clocks: Clocks) -> int:
    """Bring `pin_clock` up to now; the microseconds on it."""
    wall, uptime = clocks.wall(), int(clocks.uptime() * _SECOND)
    if entry.connection.dialect.name == "postgresql":
        wall, uptime = entry.connection.execute(text("SELECT clock_timestamp()")).scalar_one(), 0
    last = entry.connection.execute(select(pin_clock)).one_or_none()
    if last is None:
        entry.connection.execute(insert(pin_clock).values(id=1, passed=0, wall=wall, uptime=uptime))
        return 0
    by_wall = (wall - last.wall) // timedelta(microseconds=1)
    went_on = 0 < last.uptime <= uptime
    passed: int = last.passed + (uptime - last.uptime if went_on else max(0, by_wall))
    entry.connection.execute(update(pin_clock).values(passed=passed, wall=wall, uptime=uptime))
    return passed


class NameInUse(LedgerRefusal):
    """Somebody has, or in the record had, this name."""

    def __init__(self) -> None:
        super().__init__("the name is in use, or was")


class LastAdministrator(LedgerRefusal):
    """Without an administrator nobody could add anybody."""

    def __init__(self) -> None:
        super().__init__("the only administrator stays one")


class NotAdministrator(LedgerRefusal):
    """Only administrators change users."""

    def __init__(self) -> None:
        super().__init__("only an administrator may do that")


@dataclass(frozen=True, slots=True)
class PinAttempt:
    """One that was begun: to be judged against `pin_hash`, and then settled."""

    key: UUID
    user: User
    pin_hash: str = field(repr=False)


def all_users(connection: Connection) -> tuple[User, ...]:
    """In order of name, those who have left too."""
    return tuple(_user(row) for row in connection.execute(_SELECT.order_by(func.lower(users.c.name))))


def get(connection: Connection, key: UUID) -> User:
    """Raises NotInLedger."""
    row = connection.execute(_SELECT.where(users.c.key == key)).one_or_none()
    if row is None:
        raise NotInLedger
    return _user(row)


def add(entry: Entry, name: str, pin_hash: str, *, administrator: bool = False) -> User:
    """The first one is an administrator. Raises NameInUse, NotAdministrator."""
    first = entry.connection.execute(select(users.c.key).limit(1)).first() is None
    if not first:
        require_administrator(entry)
    _require_free(entry, name)
    user = User(uuid4(), name, administrator=administrator or first)
    entry.connection.execute(
        insert(users).values(
            key=user.key,
            name=name,
            pin_hash=pin_hash,
            administrator=user.administrator,
            active=True,
            wrong_pins=0,
            waits_until=0,
            **entry.creation,
        )
    )
    audit.add_line(entry, AuditAction.USER_ADDED, outcome="administrator" if user.administrator else None, detail=name)
    return user


def rename(entry: Entry, key: UUID, name: str) -> User:
    """Raises NameInUse, NotAdministrator, NotInLedger."""
    before = get(entry.connection, key)
    if name.casefold() != before.name.casefold():
        _require_free(entry, name)
    return _change(entry, before, f"{before.name} → {name}", "renamed", name=name)


def set_active(entry: Entry, key: UUID, active: bool) -> User:
    """Raises LastAdministrator, NotAdministrator, NotInLedger."""
    user = get(entry.connection, key)
    if not active:
        _require_another(entry, user)
    return _change(entry, user, user.name, "activated" if active else "deactivated", active=active)


def set_administrator(entry: Entry, key: UUID, administrator: bool) -> User:
    """Raises LastAdministrator, NotAdministrator, NotInLedger."""
    user = get(entry.connection, key)
    if not administrator:
        _require_another(entry, user)
    outcome = "administrator" if administrator else "no_administrator"
    return _change(entry, user, user.name, outcome, administrator=administrator)


def set_pin(entry: Entry, key: UUID, pin_hash: str) -> User:
    """Everybody may change their own. Raises NotAdministrator, NotInLedger."""
    user = get(entry.connection, key)
    if user.name != entry.writer.user:
        require_administrator(entry)
    reset_failures(entry, key)
    return _change(entry, user, user.name, "pin", own=user.name == entry.writer.user, pin_hash=pin_hash)


def begin_pin_attempt(entry: Entry, key: UUID, clocks: Clocks) -> PinAttempt | MustWait:
    """Raises NotInLedger for somebody who has left."""
    row = entry.connection.execute(_SELECT.add_columns(users.c.pin_hash).where(users.c.key == key)).one_or_none()
    if row is None or not row.active:
        raise NotInLedger
    begun = begin_attempt(entry, key, clocks)
    return begun if isinstance(begun, MustWait) else PinAttempt(begun, _user(row), row.pin_hash)


def accept_pin_attempt(entry: Entry, guess: PinAttempt, deed: AuditAction) -> User:
    """`deed` is what was unlocked by it. The user as is written now; raises NotInLedger for one who has just left."""
    user = get(entry.connection, guess.user.key)
    if not user.active:
        raise NotInLedger
    record_success(entry, guess.key, user.key)
    audit.add_line(entry, deed, user=user.name, detail=entry.writer.user if deed is AuditAction.SWITCHED else None)
    return user


def reject_pin_attempt(entry: Entry, guess: PinAttempt, clocks: Clocks) -> int:
    """The seconds to wait now."""
    audit.add_line(entry, AuditAction.WRONG_PIN, user=guess.user.name)
    return record_failure(entry, guess.user.key, clocks)


def require_administrator(entry: Entry) -> None:
    """Raises NotAdministrator unless one writes, as the ledger has it now."""
    query = select(users.c.key).where(users.c.name == entry.writer.user, users.c.administrator, users.c.active)
    if entry.connection.execute(query).first() is None:
        raise NotAdministrator


def _change(entry: Entry, user: User, detail: str, outcome: str, *, own: bool = False, **values: Any) -> User:
    if not own:
        require_administrator(entry)
    entry.connection.execute(update(users).where(users.c.key == user.key).values(**values, **entry.change))
    audit.add_line(entry, AuditAction.USER_CHANGED, outcome=outcome, detail=detail)
    return get(entry.connection, user.key)


def _require_free(entry: Entry, name: str) -> None:
    """A name of the record stays whose it was, also once it is changed."""
    taken = any(user.name.casefold() == name.casefold() for user in all_users(entry.connection))
    in_record = select(audit_lines.c.number).where(audit_lines.c.user_name == name).limit(1)
    if taken or entry.connection.execute(in_record).first() is not None:
        raise NameInUse


def _require_another(entry: Entry, user: User) -> None:
    others = (other for other in all_users(entry.connection) if other.key != user.key)
    if user.administrator and not any(other.administrator and other.active for other in others):
        raise LastAdministrator


_SELECT = select(users.c.key, users.c.name, users.c.administrator, users.c.active)


def _user(row: Any) -> User:
    return User(row.key, row.name, row.administrator, row.active)
