"""Whether a database still has the triggers and unique indexes that this program gave it, and no others.

What they forbid stands in the schema; whoever wants to change rows unseen drops them, switches them off, or puts
others beside them.
"""

import re
from typing import Any

from sqlalchemy import Connection, create_engine, inspect, text

from receptionapp.ledger import overlap, schema
from receptionapp.ledger.opening import create_tables

_ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view', 'index') AND sql IS NOT NULL"

_OF_OURS = "SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = ANY(:tables)"
_TRIGGERS = f"SELECT tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN ({_OF_OURS})"  # noqa: E501, S608
_SWITCHED_OFF = f"SELECT count(*) FROM pg_trigger WHERE tgisinternal AND tgenabled <> 'O' AND tgrelid IN ({_OF_OURS})"  # noqa: S608
_REWRITTEN = f"SELECT count(*) FROM pg_rewrite WHERE ev_class IN ({_OF_OURS})"  # noqa: S608
_FUNCTIONS = (
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proname = ANY(:names)"
)


def count_differences(connection: Connection) -> int:
    """How many are missing, changed, switched off, or not ours. On PostgreSQL it may need to make a temporary table."""
    if connection.dialect.name == "sqlite":
        return len(_sqlite_rules(connection) ^ _sqlite_rules_as_made())
    return _differences_on_postgresql(connection)


def _sqlite_rules(connection: Connection) -> set[tuple[str, str]]:
    found = connection.execute(text(_ON_SQLITE))
    return {(name, re.sub(r"[\s,()]+", " ", sql).strip()) for name, sql in found}


def _sqlite_rules_as_made() -> set[tuple[str, str]]:
    fresh = create_engine("sqlite://")
    try:
        with fresh.begin() as connection:
            create_tables(connection)
            return _sqlite_rules(connection)
    finally:
        fresh.dispose()


def _differences_on_postgresql(connection: Connection) -> int:
    ours = {"tables": [*schema.metadata.tables]}
    statements = [*schema.RECORD_RULES["postgresql"], *overlap.POSTGRESQL]
    functions = {_word_after("FUNCTION", s): s.split("$$")[1].split() for s in statements if "$$" in s}
    found = connection.execute(text(_FUNCTIONS), {"names": [*functions]})
    bodies = {name: body.split() for name, body in found}
    wrong = sum(bodies.get(name) != body for name, body in functions.items())
    wrong += connection.execute(text(_SWITCHED_OFF), ours).scalar_one()
    wrong += connection.execute(text(_REWRITTEN), ours).scalar_one()
    wrong += len(
        {index.name for table in schema.metadata.sorted_tables for index in table.indexes} - _indexes(connection)
    )
    if wrong:
        return int(wrong)
    made = {rule for s in statements if "$$" not in s for rule in _trigger_as_made(connection, s)}
    return len(made ^ {_unplaced(row) for row in connection.execute(text(_TRIGGERS), ours)})


def _indexes(connection: Connection) -> set[str | None]:
    inspected = inspect(connection)
    return {index["name"] for table in schema.metadata.tables for index in inspected.get_indexes(table)}


def _trigger_as_made(connection: Connection, statement: str) -> list[tuple[str, str, str]]:
    """The server's own words for a trigger, which it has for those of a table only: so it is made on one that does not
    last."""
    table = _word_after("ON", statement)
    with connection.begin_nested() as trial:
        connection.execute(text(f"CREATE TEMPORARY TABLE as_made (LIKE {table})"))
        connection.execute(text(statement.replace(f" ON {table} ", " ON pg_temp.as_made ", 1)))
        found = connection.execute(
            text(_TRIGGERS.partition(" AND tgrelid")[0] + " AND tgrelid = 'pg_temp.as_made'::regclass")
        )
        rules = [_unplaced(row) for row in found]
        trial.rollback()
    return rules


def _unplaced(trigger: Any) -> tuple[str, str, str]:
    name, enabled, definition = trigger
    return name, enabled, re.sub(r" ON \S+ ", " ON ", definition, count=1)


def _word_after(word: str, statement: str) -> str:
    return re.split(rf"\b{word} (\w+)", statement)[1]
