"""Whose ledger it is: the connections that may open it.

One that nobody has is taken by the first that opens it. Then another gets in when a person says that it is the same
clinic with new credentials, or an administrator adds it. Test and live never share a ledger, whoever says so.
"""

from enum import StrEnum

from sqlalchemy import Connection, insert, select

from receptionapp.domain.audit import AuditAction
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.ledger import audit
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import OtherConnection
from receptionapp.ledger.schema import connections


class Admission(StrEnum):
    """By what right a connection that is not known yet may open a ledger that others have."""

    NONE = "none"
    NEW_CREDENTIALS = "new_credentials"  # a person has said so; only for the same address, EHR and test mark
    ADMINISTRATOR = "administrator"


def read_connections(connection: Connection) -> tuple[ConnectionIdentity, ...]:
    """In the order in which they were added."""
    table = connections.c
    rows = connection.execute(select(table.url, table.emr, table.client_id, table.test).order_by(table.revision))
    return tuple(ConnectionIdentity(*row) for row in rows)


def keys_of(known: tuple[ConnectionIdentity, ...]) -> frozenset[str]:
    return frozenset(identity.key for identity in known)


def admit(entry: Entry, identity: ConnectionIdentity, by: Admission) -> None:
    """Let the connection open this ledger from now on; the record tells of it. Raises OtherConnection."""
    known = read_connections(entry.connection)
    if identity.key in keys_of(known):
        return
    if known and not _may_join(identity, known, by):
        raise OtherConnection(keys_of(known))
    add(entry, identity)
    audit.add_line(entry, AuditAction.CONNECTION_ADDED, detail=f"{by if known else 'first'}; {identity.key}")


def add(entry: Entry, identity: ConnectionIdentity) -> None:
    values = {"url": identity.url, "emr": identity.emr, "client_id": identity.client_id, "test": identity.test}
    entry.connection.execute(insert(connections).values(key=identity.key, **values, **entry.creation))


def _may_join(identity: ConnectionIdentity, known: tuple[ConnectionIdentity, ...], by: Admission) -> bool:
    if any(each.test != identity.test for each in known):
        return False
    same_clinic = any(each.clinic == identity.clinic for each in known)
    return by is Admission.ADMINISTRATOR or (by is Admission.NEW_CREDENTIALS and same_clinic)
