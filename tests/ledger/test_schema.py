import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text

from receptionapp.ledger import migrations
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.opening import create_tables, migrate_to_latest
from receptionapp.ledger.schema import HEAD, metadata
from tests.ledger.earlier import leave_file


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Engine]:
    leave_file(tmp_path / "ledger.sqlite3")
    engine = create_engine(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
    with engine.begin() as connection:
        migrate_to_latest(connection)
    yield engine
    engine.dispose()


@pytest.fixture
def created():
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        create_tables(connection)
    yield engine
    engine.dispose()


def definitions(engine: Engine) -> set[str]:
    """Every table and index as SQLite remembers its text: checks and conditions too, which Alembic doesn't compare."""
    with engine.connect() as connection:
        texts = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).scalars().all()
    return {"".join(sorted(re.sub(r"[\s,()]+", " ", definition).split(" "))) for definition in texts}


def test_a_ledger_of_f3abd2b_gets_the_tables_of_the_schema(migrated):
    with migrated.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_file_made_at_once_is_the_same_as_a_migrated_one(migrated, created):
    assert definitions(migrated) == definitions(created)
    for engine in (migrated, created):
        with engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [HEAD]
            assert connection.execute(text("SELECT id FROM ledger_meta")).all() == [(1,)]


def test_head_is_the_newest_migration():
    assert ScriptDirectory.from_config(migrations.config()).get_current_head() == HEAD


def test_an_unknown_version_is_newer_and_changes_nothing(created):
    before = definitions(created)
    with created.begin() as connection, pytest.raises(LedgerError) as raised:
        migrations.upgrade(connection, "9999")
    assert raised.value.fault is LedgerFault.NEWER_SCHEMA
    assert definitions(created) == before
