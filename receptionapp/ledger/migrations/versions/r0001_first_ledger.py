"""The first ledger: persons, appointments and intents.

A migration is history: it spells its tables out and never imports `schema.py`, which moves on.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def provenance() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("desk_name", sa.String(), nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
    )


def upgrade() -> None:
    stands = sa.text("standing NOT IN ('cancelled', 'refused')")
    still_open = sa.text("stage IN ('prepared', 'sent', 'unknown')")
    op.create_table(
        "ledger_meta",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_meta")),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_meta_one_row")),
    )
    op.create_table(
        "people",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("emr", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("folded", sa.String(), nullable=False),
        *provenance(),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_people")),
        sa.UniqueConstraint("emr", "reference", name=op.f("uq_people_emr")),
    )
    op.create_table(
        "appointments",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("emr", sa.String(), nullable=False),
        sa.Column("care_unit_id", sa.String(), nullable=False),
        sa.Column("appointment_id", sa.String(), nullable=True),
        sa.Column("confirmation_id", sa.String(), nullable=True),
        sa.Column("person_key", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.String(), nullable=False),
        sa.Column("healthcare_service_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("leyr_status", sa.String(), nullable=True),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        *provenance(),
        sa.ForeignKeyConstraint(["person_key"], ["people.key"], name=op.f("fk_appointments_person_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_appointments")),
    )
    op.create_index("ix_appointments_person", "appointments", ["person_key", "starts_at"], unique=False)
    op.create_index("ix_appointments_standing", "appointments", ["emr", "standing"], unique=False)
    op.create_index(
        "ix_appointments_week",
        "appointments",
        ["emr", "care_unit_id", "starts_at", "ends_at", "resource_id"],
        unique=False,
    )
    op.create_index(
        "uq_appointments_appointment_id",
        "appointments",
        ["emr", "care_unit_id", "appointment_id"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )
    op.create_table(
        "intents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=True),
        sa.Column("person_key", sa.Uuid(), nullable=True),
        sa.Column("standing_before", sa.String(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("leyr_reference", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        *provenance(),
        sa.ForeignKeyConstraint(["person_key"], ["people.key"], name=op.f("fk_intents_person_key")),
        sa.ForeignKeyConstraint(["subject"], ["appointments.key"], name=op.f("fk_intents_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intents")),
    )
    op.create_index("ix_intents_stage", "intents", ["stage"], unique=False)
    op.create_index("ix_intents_subject", "intents", ["subject"], unique=False)
    op.create_index(
        "uq_intents_open_subject",
        "intents",
        ["subject"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.bulk_insert(sa.table("ledger_meta", sa.column("id"), sa.column("revision")), [{"id": 1, "revision": 0}])
