"""Ledgers of earlier versions: what is put over them, and beside what is in them; on both engines."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from receptionapp.domain.patient import Person
from receptionapp.ledger import appointments, entry, migrations, personal_data
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.opening import create_tables, migrate_to_latest
from receptionapp.ledger.overlap import is_overlap
from receptionapp.ledger.postgres import PostgresServer
from receptionapp.ledger.schema import metadata
from receptionapp.ledger.verification import verify
from tests.clocks import SuiteClock
from tests.ledger.earlier import make_tables_of

PERSON = "INSERT INTO people VALUES ('{0}', 'e', 'r', 'Kari', 'Nordmann', NULL, NULL, ' kari', 'd', '', 1, 1, 1)"
APPOINTMENT = (
    "INSERT INTO appointments (key, emr, care_unit_id, person_key, resource_id, healthcare_service_id, starts_at, "
    "start_offset, ends_at, end_offset, standing, desk_name, user_name, created_at, changed_at, revision) "
    "VALUES ('{key}', 'e', 'cu', '{person}', 'r/1', 's', {start}, 0, {end}, 0, '{standing}', 'd', '', 1, 1, 1)"
)
KARI = "0" * 31 + "1"
KARI_WITH_ALL = (
    "INSERT INTO people (key, emr, reference, first_name, last_name, birth_date, phone, folded, desk_name, user_name, "
    "created_at, changed_at, revision) VALUES ('00000000000000000000000000000001', 'e', 'r', 'Kari', 'Nordmann', "
    "'1985-03-14', '+4791234567', ' kari nordmann', 'd', '', 1, 1, 1)"
)


def appointment(number: int, start: int, end: int, standing: str = "booked"):
    return text(APPOINTMENT.format(key=f"{number:032x}", person=KARI, start=start, end=end, standing=standing))


@pytest.fixture
def connection(engine, request):
    """In a transaction on an empty database."""
    if engine == "postgres":
        server = PostgresServer(request.getfixturevalue("postgres").new_database())
        made = server._engine()
    else:
        made = create_engine("sqlite://")
    with made.begin() as begun:
        yield begun
    made.dispose()


def test_appointments_that_overlap_already_stay_and_new_ones_may_not(connection):
    make_tables_of(connection, "0003")
    connection.execute(text(PERSON.format(KARI)))
    for number in (1, 2):
        connection.execute(appointment(number, 100, 200))
    migrations.upgrade(connection, "0003")
    connection.execute(text("UPDATE appointments SET standing = 'cancelled' WHERE key = :key"), {"key": f"{1:032x}"})
    connection.execute(appointment(3, 200, 300))
    connection.execute(appointment(4, 150, 250, "refused"))
    with pytest.raises(IntegrityError) as refused, connection.begin_nested():
        connection.execute(appointment(5, 150, 160))
    assert is_overlap(refused.value)


def test_appointments_of_a_ledger_from_before_are_named(connection):
    make_tables_of(connection, "0006")
    connection.execute(text(PERSON.replace("1, 1, 1)", "1, 1, 1, NULL)").format(KARI)))
    connection.execute(appointment(1, 100, 200))
    migrations.upgrade(connection, "0006")
    assert appointments.get(connection, UUID(int=1)).person == Person("r", "Kari", "Nordmann")


@pytest.mark.parametrize("version", ["0001", "0002", "0003", "0004", "0005", "0006"])
def test_a_ledger_of_any_earlier_version_is_whole_and_wipes_what_it_is_asked_to(connection, version):
    make_tables_of(connection, version)
    connection.execute(text(KARI_WITH_ALL))
    for number in (1, 2):
        connection.execute(appointment(number, number * 100, number * 100 + 50))
    migrate_to_latest(connection)
    kari = Person("r", "Kari", "Nordmann", date(1985, 3, 14), "+4791234567")
    assert [appointments.get(connection, UUID(int=number)).person for number in (1, 2)] == [kari, kari]
    assert list(verify(connection)) == []
    writer = Writer("e", "d", desk_id=uuid4() if connection.dialect.name == "postgresql" else None)
    personal_data.wipe_person(entry.begin(connection, writer, SuiteClock()(), uuid4()), "r")
    assert appointments.get(connection, UUID(int=1)).person == Person("r", "", "")
    assert list(verify(connection)) == []


def rules(connection):
    """Triggers and functions as the database keeps them, but for how their text is broken into lines."""
    if connection.dialect.name == "sqlite":
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal UNION ALL "
            "SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
    return sorted(" ".join(found.split()) for found in connection.execute(text(query)).scalars())


def test_migrations_and_schema_make_the_same_on_both_engines(connection):
    with connection.begin_nested() as trial:
        create_tables(connection)
        made_at_once = rules(connection)
        trial.rollback()
    migrations.upgrade(connection, None)
    assert rules(connection) == made_at_once != []
    assert compare_metadata(MigrationContext.configure(connection), metadata) == []
