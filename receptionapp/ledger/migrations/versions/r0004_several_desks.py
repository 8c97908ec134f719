"""Several desks on one ledger: who wrote which wish, what desks tell each other, and no two wishes for one time.

Rows that overlap already stay: a trigger judges only what is written from now on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("ledger_meta", sa.Column("moved_to", sa.String(), nullable=True))
    op.add_column("intents", sa.Column("desk_id", sa.Uuid(), nullable=True))
    op.create_index("ix_appointments_revision", "appointments", ["emr", "revision"], unique=False)
    op.create_table(
        "desks",
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("desk_name", sa.String(), nullable=False),
        sa.Column("write_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("desk_id", name=op.f("pk_desks")),
    )
    op.create_table(
        "slot_holds",
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("desk_name", sa.String(), nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("emr", sa.String(), nullable=False),
        sa.Column("care_unit_id", sa.String(), nullable=False),
        sa.Column("resource_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("desk_id", name=op.f("pk_slot_holds")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


TAKEN = """SELECT 1 FROM appointments AS other
    WHERE other.emr = NEW.emr AND other.care_unit_id = NEW.care_unit_id AND other.resource_id = NEW.resource_id
    AND other.starts_at > NEW.starts_at - 2592000000000 AND other.starts_at < NEW.ends_at
    AND other.ends_at > NEW.starts_at AND other.standing NOT IN ('cancelled', 'refused') AND other.key <> NEW.key
    AND (other.replaced_by IS NULL OR other.replaced_by <> NEW.key)
    AND (NEW.replaced_by IS NULL OR NEW.replaced_by <> other.key)"""
WISHED = "NEW.appointment_id IS NULL AND NEW.standing NOT IN ('cancelled', 'refused')"
NEWLY = (
    "OLD.standing IN ('cancelled', 'refused') OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at "
    "OR NEW.resource_id <> OLD.resource_id"
)
SQLITE = (
    f"CREATE TRIGGER appointments_overlap_added BEFORE INSERT ON appointments WHEN {WISHED} "
    f"BEGIN SELECT RAISE(ABORT, 'appointments_overlap') WHERE EXISTS ({TAKEN}); END",
    f"CREATE TRIGGER appointments_overlap_changed BEFORE UPDATE ON appointments WHEN {WISHED} AND ({NEWLY}) "
    f"BEGIN SELECT RAISE(ABORT, 'appointments_overlap') WHERE EXISTS ({TAKEN}); END",
)
POSTGRESQL = (
    f"""CREATE FUNCTION refuse_appointments_overlap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM 1 FROM ledger_meta FOR UPDATE;
    IF EXISTS ({TAKEN}) THEN
        RAISE EXCEPTION 'appointments_overlap'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'appointments_overlap';
    END IF;
    RETURN NEW; END $$""",
    f"CREATE TRIGGER appointments_overlap_added BEFORE INSERT ON appointments FOR EACH ROW "
    f"WHEN ({WISHED}) EXECUTE FUNCTION refuse_appointments_overlap()",
    f"CREATE TRIGGER appointments_overlap_changed BEFORE UPDATE ON appointments FOR EACH ROW "
    f"WHEN ({WISHED} AND ({NEWLY})) EXECUTE FUNCTION refuse_appointments_overlap()",
)
