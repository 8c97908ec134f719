"""Moving by booking anew: the old appointment knows which one takes its place."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    live = sa.text("replaced_by IS NOT NULL AND standing NOT IN ('cancelled', 'refused')")
    # No foreign key: SQLite can't add one to a table that is there without copying all of it.
    op.add_column("appointments", sa.Column("replaced_by", sa.Uuid(), nullable=True))
    op.create_index(
        "uq_appointments_replaced_by",
        "appointments",
        ["emr", "replaced_by"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
