"""Brings a ledger of an earlier version to today's tables, under Alembic.

Alembic costs some 150 ms to import, so this package is imported only when a file really is behind: a new file is
made from `schema.py` at once. Tests prove that f3abd2b's ledgers lead to the same tables.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from receptionapp.ledger.errors import LedgerError, LedgerFault

_HERE = Path(__file__).parent


def config() -> Config:
    """Alembic's settings without an alembic.ini: where the scripts lie."""
    made = Config()
    made.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    return made


def upgrade(connection: Connection, version: str) -> None:
    """Run every migration after `version` inside the transaction of `connection`. Raises LedgerError(NEWER_SCHEMA)."""
    settings = config()
    try:
        ScriptDirectory.from_config(settings).get_revision(version)
    except CommandError as error:
        raise LedgerError(LedgerFault.NEWER_SCHEMA) from error
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
