"""Ledgers as earlier versions of the program left them."""

from alembic import command
from sqlalchemy import Connection

from receptionapp.ledger import migrations


def make_tables_of(connection: Connection, version: str) -> None:
    """Run the migrations up to that one."""
    settings = migrations.config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, version)
