"""What several desks on one ledger tell each other through the database. None of it is part of the record."""

from sqlalchemy import Column, String, Table, Uuid

from receptionapp.ledger.schema import Instant, metadata

# The desks that have written here. `write_id` is random and names the latest transaction of that desk: by it a desk
# whose connection broke in the middle of a commit finds out whether that took place (`sharing.py`).
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
    Column("desk_name", String, nullable=False),
    Column("user_name", String, nullable=False),
    Column("emr", String, nullable=False),
    Column("care_unit_id", String, nullable=False),
    Column("resource_id", String, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)
