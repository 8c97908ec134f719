"""The first ledger, with the tables that `schema.py` makes. Those before it were never released, so none is older.

A migration after it spells its changes out and never imports `schema.py`, which moves on.
"""

revision = "0007"
down_revision = None


def upgrade() -> None:
    """Nothing: whoever has this version was made by `schema.py`."""
