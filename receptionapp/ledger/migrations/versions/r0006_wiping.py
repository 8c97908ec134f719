"""Personal details that were wiped."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("people", sa.Column("wiped_at", sa.BigInteger(), nullable=True))
    whole = sa.text("wiped_at IS NULL")
    op.create_index(
        "ix_people_changed_at", "people", ["changed_at"], unique=False, sqlite_where=whole, postgresql_where=whole
    )
