"""Rows of the named people at the desks. Nobody is ever deleted, since the record has their names.

Every change is a line in the record (`audit.py`), in the same transaction.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select, update

from receptionapp.domain.audit import Deed
from receptionapp.domain.user import User
from receptionapp.ledger import audit, guessing
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import LedgerRefusal, NotInLedger
from receptionapp.ledger.schema import audit as audit_lines
from receptionapp.ledger.schema import users


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
class Guess:
    """One that was begun: to be judged against `pin_hash`, and then settled."""

    key: UUID
    user: User
    pin_hash: str = field(repr=False)


def everybody(connection: Connection) -> tuple[User, ...]:
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
    audit.write(entry, Deed.USER_ADDED, outcome="administrator" if user.administrator else None, detail=name)
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
    guessing.forgive(entry, key)
    return _change(entry, user, user.name, "pin", own=user.name == entry.writer.user, pin_hash=pin_hash)


def begin_guess(entry: Entry, key: UUID, clocks: guessing.Clocks) -> Guess | guessing.MustWait:
    """Raises NotInLedger for somebody who has left."""
    row = entry.connection.execute(_SELECT.add_columns(users.c.pin_hash).where(users.c.key == key)).one_or_none()
    if row is None or not row.active:
        raise NotInLedger
    begun = guessing.begin(entry, key, clocks)
    return begun if isinstance(begun, guessing.MustWait) else Guess(begun, _user(row), row.pin_hash)


def guessed_right(entry: Entry, guess: Guess, deed: Deed) -> User:
    """`deed` is what was unlocked by it. The user as is written now; raises NotInLedger for one who has just left."""
    user = get(entry.connection, guess.user.key)
    if not user.active:
        raise NotInLedger
    guessing.was_right(entry, guess.key, user.key)
    audit.write(entry, deed, user=user.name, detail=entry.writer.user if deed is Deed.SWITCHED else None)
    return user


def guessed_wrong(entry: Entry, guess: Guess, clocks: guessing.Clocks) -> int:
    """The seconds to wait now."""
    audit.write(entry, Deed.WRONG_PIN, user=guess.user.name)
    return guessing.was_wrong(entry, guess.user.key, clocks)


def require_administrator(entry: Entry) -> None:
    """Raises NotAdministrator unless one writes, as the ledger has it now."""
    query = select(users.c.key).where(users.c.name == entry.writer.user, users.c.administrator, users.c.active)
    if entry.connection.execute(query).first() is None:
        raise NotAdministrator


def _change(entry: Entry, user: User, detail: str, outcome: str, *, own: bool = False, **values: Any) -> User:
    if not own:
        require_administrator(entry)
    entry.connection.execute(update(users).where(users.c.key == user.key).values(**values, **entry.change))
    audit.write(entry, Deed.USER_CHANGED, outcome=outcome, detail=detail)
    return get(entry.connection, user.key)


def _require_free(entry: Entry, name: str) -> None:
    """A name of the record stays whose it was, also once it is changed."""
    taken = any(user.name.casefold() == name.casefold() for user in everybody(entry.connection))
    in_record = select(audit_lines.c.number).where(audit_lines.c.user_name == name).limit(1)
    if taken or entry.connection.execute(in_record).first() is not None:
        raise NameInUse


def _require_another(entry: Entry, user: User) -> None:
    others = (other for other in everybody(entry.connection) if other.key != user.key)
    if user.administrator and not any(other.administrator and other.active for other in others):
        raise LastAdministrator


_SELECT = select(users.c.key, users.c.name, users.c.administrator, users.c.active)


def _user(row: Any) -> User:
    return User(row.key, row.name, row.administrator, row.active)
