"""The rule of the database itself: what we wish never shares time with a live appointment of ours, for the day when
something else than `transitions.py` writes.

A trigger on both databases, with the same condition; an exclusion constraint of PostgreSQL knows no "unless one
replaces the other". Live is what is neither cancelled nor refused. An appointment with Leyr's id stands where Leyr
says, even if that overlaps.
"""

from sqlalchemy import DDL, event
from sqlalchemy.exc import IntegrityError

from receptionapp.ledger.schema import appointments

NAME = "appointments_overlap"

LONGEST_MICROSECONDS = 30 * 24 * 3600 * 1_000_000
"""No timeslot is longer (`appointments.py`), so that the search begins at a place in the index."""

_LIVE = "NOT IN ('cancelled', 'refused')"

_TAKEN = f"""SELECT 1 FROM appointments AS other
    WHERE other.emr = NEW.emr AND other.care_unit_id = NEW.care_unit_id AND other.resource_id = NEW.resource_id
    AND other.starts_at > NEW.starts_at - {LONGEST_MICROSECONDS} AND other.starts_at < NEW.ends_at
    AND other.ends_at > NEW.starts_at AND other.standing {_LIVE} AND other.key <> NEW.key
    AND (other.replaced_by IS NULL OR other.replaced_by <> NEW.key)
    AND (NEW.replaced_by IS NULL OR NEW.replaced_by <> other.key)"""  # noqa: S608, nothing in it is given

_WISHED = f"NEW.appointment_id IS NULL AND NEW.standing {_LIVE}"
_NEWLY = (
    "OLD.standing IN ('cancelled', 'refused') OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at "
    "OR NEW.resource_id <> OLD.resource_id"
)

SQLITE = (
    f"CREATE TRIGGER {NAME}_added BEFORE INSERT ON appointments WHEN {_WISHED} "
    f"BEGIN SELECT RAISE(ABORT, '{NAME}') WHERE EXISTS ({_TAKEN}); END",
    f"CREATE TRIGGER {NAME}_changed BEFORE UPDATE ON appointments WHEN {_WISHED} AND ({_NEWLY}) "
    f"BEGIN SELECT RAISE(ABORT, '{NAME}') WHERE EXISTS ({_TAKEN}); END",
)

# The lock comes first and is a statement of its own, so that the search after it sees what was committed before.
POSTGRESQL = (
    f"""CREATE FUNCTION refuse_{NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM 1 FROM ledger_meta FOR UPDATE;
    IF EXISTS ({_TAKEN}) THEN
        RAISE EXCEPTION '{NAME}' USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{NAME}';
    END IF;
    RETURN NEW; END $$""",
    f"CREATE TRIGGER {NAME}_added BEFORE INSERT ON appointments FOR EACH ROW "
    f"WHEN ({_WISHED}) EXECUTE FUNCTION refuse_{NAME}()",
    f"CREATE TRIGGER {NAME}_changed BEFORE UPDATE ON appointments FOR EACH ROW "
    f"WHEN ({_WISHED} AND ({_NEWLY})) EXECUTE FUNCTION refuse_{NAME}()",
)

for _dialect, _statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for _statement in _statements:
        event.listen(appointments, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]


def is_overlap(error: IntegrityError) -> bool:
    """Whether it was this rule that refused."""
    return NAME in str(error.orig)
