"""The tables of the ledger, the same on SQLite and PostgreSQL.

A change here needs a migration in `migrations/versions` and a new `HEAD`; a test compares the two. Keys are random
UUIDs, so that rows of several ledgers can be brought together. Rows are never deleted, but for the words of a person
whose name has changed.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    column,
    event,
    table,
    text,
)

HEAD = "0009"
"""The newest migration, which describes these very tables."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

alembic_version = table("alembic_version", column("version_num", String))
"""Alembic's own: one row, the migration to which the tables were brought."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime as whole microseconds since 1970 UTC.

    A number sorts, compares and indexes alike in every database; SQLite has no type for instants, and its text form
    loses the zone. Read back in UTC.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _texts(*names: str, nullable: bool = False) -> tuple[Column[Any], ...]:
    return tuple(Column(name, String, nullable=nullable) for name in names)


def _provenance() -> tuple[Column[Any], ...]:
    """Who wrote the row first, when (UTC), and under which revision it last changed."""
    return (
        *_texts("desk_name", "user_name"),
        Column("created_at", Instant, nullable=False),
        Column("changed_at", Instant, nullable=False),
        Column("revision", BigInteger, nullable=False),
    )


# One row. `revision` counts the transactions that wrote something. It is a locked row and not a sequence or a clock,
# so that revisions become visible in their own order and a reader who asks for "after n" never misses one.
ledger_meta = Table(
    "ledger_meta",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("moved_to", String),  # the server on which this ledger goes on; the file is not written any more
    # The revision up to which the record has no digests of what was changed (`audit.py`).
    Column("undigested", BigInteger, nullable=False, server_default="0"),
)

# Whose ledger this is: the clinic's connections, all with one test mark. None before it is first opened with one.
connections = Table(
    "connections",
    metadata,
    Column("key", String, primary_key=True),  # `ConnectionIdentity.key`
    Column("url", String, nullable=False),
    Column("emr", String, nullable=False),
    Column("client_id", String, nullable=False),
    Column("test", Boolean, nullable=False),
    *_provenance(),
)

# Persons a desk has handled. `reference` is Leyr's typed patient id; `folded` is what a search compares with. Since
# `wiped_at` the row has no details any more (`personal_data.py`).
people = Table(
    "people",
    metadata,
    Column("key", Uuid, primary_key=True),
    *_texts("emr", "reference", "first_name", "last_name"),
    Column("birth_date", Date),
    Column("phone", String),
    Column("folded", String, nullable=False),
    *_provenance(),
    Column("wiped_at", Instant),
    UniqueConstraint("emr", "reference"),
)

Index("ix_people_recent", people.c.emr, people.c.changed_at)

# Whose details may be due to be wiped, the longest unhandled first.
_WHOLE = text("wiped_at IS NULL")
Index("ix_people_changed_at", people.c.changed_at, sqlite_where=_WHOLE)

# What `people.py` makes of `people`, and makes anew after every migration. Plain tables and not SQLite's FTS5:
# they are the same on PostgreSQL, where FTS5 would have to become pg_trgm, and they find one and two letters too.
# Words are compared by their bytes, so that a beginning is a range of the index.
_WORD = String().with_variant(String(collation="C"), "postgresql")

# By which words a person is found.
people_words = Table(
    "people_words",
    metadata,
    Column("word", _WORD, primary_key=True),
    Column("person_key", Uuid, ForeignKey("people.key"), primary_key=True),
    sqlite_with_rowid=False,
)

# Every word that is in some name, once: few enough to be looked through for a part or a misspelling. One that no name
# has any longer stays until the words are made anew.
name_words = Table("name_words", metadata, Column("word", _WORD, primary_key=True), sqlite_with_rowid=False)

# Offsets are seconds east of UTC: what Leyr sent is what it gets back (`domain/appointment.py`).
# `confirmation_id` is the new id with which Leyr answers a cancellation that needs a code (`leyr-api.md` 4.4); the
# appointment itself keeps `appointment_id` and stands until the code is accepted.
# `replaced_by` is the key of the one that a move puts in its place. While both stand, one is to be removed; it has no
# foreign key, since SQLite could not be given one afterwards.
# From `patient` on, what is known of the person is written beside it as in `people` (`people.py` keeps both alike), so
# that a week is read from one stretch of one table: 1,600 persons lie in as many places, each to be deciphered.
appointments = Table(
    "appointments",
    metadata,
    Column("key", Uuid, primary_key=True),
    *_texts("emr", "care_unit_id"),
    *_texts("appointment_id", "confirmation_id", nullable=True),
    Column("person_key", Uuid, ForeignKey("people.key"), nullable=False),
    *_texts("resource_id", "healthcare_service_id"),
    Column("starts_at", Instant, nullable=False),
    Column("start_offset", Integer, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("end_offset", Integer, nullable=False),
    Column("standing", String, nullable=False),
    *_texts("leyr_status", "comment", "cancel_reason", nullable=True),
    *_provenance(),
    Column("replaced_by", Uuid),
    Column("patient", String, nullable=False, server_default=""),
    Column("first_name", String, nullable=False, server_default=""),
    Column("last_name", String, nullable=False, server_default=""),
    Column("birth_date", Date),
    Column("phone", String),
)

Index(
    "ix_appointments_week",
    *(appointments.c[name] for name in ("emr", "care_unit_id", "starts_at", "ends_at", "resource_id")),
)
Index("ix_appointments_person", appointments.c.person_key, appointments.c.starts_at)
Index("ix_appointments_standing", appointments.c.emr, appointments.c.standing)
Index("ix_appointments_revision", appointments.c.emr, appointments.c.revision)  # what changed after n

# Only among those that may still stand: an EHR is free to give an id that is done with to somebody else.
_STANDS = text("standing NOT IN ('cancelled', 'refused')")
Index(
    "uq_appointments_appointment_id",
    *(appointments.c[name] for name in ("emr", "care_unit_id", "appointment_id")),
    unique=True,
    sqlite_where=_STANDS,
)

# Only of those that still stand: of a million moves that are done, it holds none. It is how the task "two appointments,
# one to remove" is found.
_BEING_REPLACED = text("replaced_by IS NOT NULL AND standing NOT IN ('cancelled', 'refused')")
Index(
    "uq_appointments_replaced_by",
    appointments.c.emr,
    appointments.c.replaced_by,
    unique=True,
    sqlite_where=_BEING_REPLACED,
)

# `standing_before` is how the appointment stood when the wish was written down: what a refusal puts back.
# `person_key` is the patient whom a settled CREATE_PATIENT made known. `desk_id` tells apart desks that share a ledger,
# which may have the same name; one that has its ledger alone has none.
intents = Table(
    "intents",
    metadata,
    Column("id", Uuid, primary_key=True),
    *_texts("verb", "stage"),
    Column("subject", Uuid, ForeignKey("appointments.key")),
    Column("person_key", Uuid, ForeignKey("people.key")),
    Column("standing_before", String),
    Column("settled_at", Instant),
    *_texts("leyr_reference", "reason", nullable=True),
    *_provenance(),
    Column("desk_id", Uuid),
)

Index("ix_intents_stage", intents.c.stage)
Index("ix_intents_subject", intents.c.subject)

# One wish at a time about one appointment, and none on top of one whose outcome is unknown.
_OPEN = text("stage IN ('prepared', 'sent', 'unknown')")
Index("uq_intents_open_subject", intents.c.subject, unique=True, sqlite_where=_OPEN)

# Named people at the desks. `pin_hash` is argon2id's own text, with its salt and cost. `wrong_pins` are those in a row;
# until `waits_until` on the clock of `pin_clock` no further guess is taken.
users = Table(
    "users",
    metadata,
    Column("key", Uuid, primary_key=True),
    *_texts("name", "pin_hash"),
    Column("administrator", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("wrong_pins", Integer, nullable=False),
    Column("waits_until", BigInteger, nullable=False),
    *_provenance(),
    UniqueConstraint("name"),
)

# One row: microseconds that have surely passed, and how the clocks stood when it was last set (`users.py`).
pin_clock = Table(
    "pin_clock",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("passed", BigInteger, nullable=False),
    Column("wall", Instant, nullable=False),
    Column("uptime", BigInteger, nullable=False),
)

# Guesses of the last minute that were wrong or are not judged yet. The only rows besides words that are deleted.
pin_guesses = Table(
    "pin_guesses",
    metadata,
    Column("key", Uuid, primary_key=True),
    Column("passed", BigInteger, nullable=False),
)

# Who did what (`audit.py`). `user_name` is as it was then, and never given to anybody else; `patient` is Leyr's
# reference and has no foreign key, since a person whom only the EHR knows can be looked at too.
audit = Table(
    "audit",
    metadata,
    Column(
        "number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),  # INTEGER is what SQLite keeps its rows by
    Column("at", Instant, nullable=False),
    *_texts("desk_name", "user_name", "emr", "deed"),
    *_texts("outcome", "patient", nullable=True),
    Column("appointment", Uuid),
    *_texts("leyr_reference", "detail", nullable=True),
    Column("hash", LargeBinary, nullable=False),
    Column("digests", LargeBinary),  # of the rows that were changed with it (`audit.py`)
)

Index("ix_audit_at", audit.c.at, audit.c.number)
Index("ix_audit_user_name", audit.c.user_name, audit.c.at, audit.c.number)
Index("ix_audit_deed", audit.c.deed, audit.c.at, audit.c.number)
Index("ix_audit_patient", audit.c.emr, audit.c.patient, audit.c.at, audit.c.number)

# One row: how many lines there are, and the hash of the last.
audit_chain = Table(
    "audit_chain",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("lines", BigInteger, nullable=False),
    Column("head", LargeBinary, nullable=False),
)

RECORD_RULES = {
    "sqlite": (
        "CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit lines stay as they are'); END",
        "CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit lines stay as they are'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit lines stay as they are'; END $$",
        "CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit()",
    ),
}
for _dialect, _statements in RECORD_RULES.items():
    for _statement in _statements:
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(audit, "after_create", _ddl.execute_if(dialect=_dialect))


@event.listens_for(metadata, "before_create")
def _have_parts_on_postgresql_too(_metadata: MetaData, connection: Connection, **_more: Any) -> None:
    """An index of some rows only is so on both. Said here and not where it stands, since to say it SQLAlchemy reads all
    of its PostgreSQL dialect: 3.5 MB and 26 ms at the start of each desk that has its ledger alone."""
    if connection.dialect.name == "postgresql":
        for index in (index for table in metadata.sorted_tables for index in table.indexes):
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]


# The desks that have written here. `write_id` is random and names the latest transaction of that desk: by it a desk
# whose connection broke in the middle of a commit finds out whether that took place (`entry.py`).
desks = Table(
    "desks",
    metadata,
    Column("desk_id", Uuid, primary_key=True),
    Column("desk_name", String, nullable=False),
    Column("write_id", Uuid, nullable=False),
)

# The timeslot that somebody has a form open for, one at a desk. It forbids nothing, ends by itself at `expires_at`
# (the server's clock), and is deleted when the form is left.
slot_holds = Table(
    "slot_holds",
    metadata,
    Column("desk_id", Uuid, primary_key=True),
    *_texts("desk_name", "user_name", "emr", "care_unit_id", "resource_id"),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)
