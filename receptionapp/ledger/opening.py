"""Brings whatever is found where a ledger should be to today's tables, in the transaction of the one who opens it."""

from sqlalchemy import Connection, inspect, select, text

from receptionapp.ledger import overlap, people, schema  # noqa: F401, tables and triggers of the schema
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.schema import HEAD, alembic_version, ledger_meta, metadata

_VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)  # as Alembic itself makes it


def migrate_to_latest(connection: Connection) -> None:
    """Make the tables where there are none, and migrate older ones. Raises LedgerError (NEWER_SCHEMA, DAMAGED,
    MOVED)."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        create_tables(connection)
        return
    if "alembic_version" not in tables:
        raise LedgerError(LedgerFault.DAMAGED)  # a database, but no ledger
    version = connection.execute(select(alembic_version)).scalar_one_or_none()
    if version is None:
        raise LedgerError(LedgerFault.DAMAGED)
    if version != HEAD:
        # In line with the writers: those who come after find the new version (`sharing.next_revision`).
        connection.execute(select(ledger_meta.c.id).with_for_update())
        from receptionapp.ledger import migrations  # Alembic's import costs some 150 ms, and is rarely needed

        migrations.upgrade(connection, version)
        people.rebuild(connection)
    if connection.execute(select(ledger_meta.c.moved_to)).scalar_one() is not None:
        raise LedgerError(LedgerFault.MOVED)


def create_tables(connection: Connection) -> None:
    """Today's tables, without Alembic."""
    metadata.create_all(connection, checkfirst=False)
    connection.execute(ledger_meta.insert().values(id=1, revision=0))
    connection.execute(text(_VERSION_TABLE))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})
