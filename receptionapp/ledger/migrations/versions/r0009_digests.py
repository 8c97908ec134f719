"""The record has digests of the appointments and wishes that each line changed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("audit", sa.Column("digests", sa.LargeBinary(), nullable=True))
    op.add_column("ledger_meta", sa.Column("undigested", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE ledger_meta SET undigested = (SELECT max(latest) FROM (SELECT revision AS latest FROM ledger_meta "
        "UNION ALL SELECT max(revision) FROM appointments UNION ALL SELECT max(revision) FROM intents) AS revisions)"
    )
