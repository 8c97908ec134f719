"""How large the ledger is and what state it is in, for support: numbers only, of nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select, text

from receptionapp.ledger.schema import appointments, intents, people


@dataclass(frozen=True, slots=True)
class Figures:
    """`kind` is the database's name; `size` bytes, of everything in it. `stages` counts intents."""

    kind: str
    version: str
    size: int
    people: int
    appointments: int
    stages: Mapping[str, int] = field(default_factory=dict)


def read(connection: Connection) -> Figures:
    kind = connection.dialect.name
    size = "SELECT pg_database_size(current_database())"
    if kind == "sqlite":
        size = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    stages = connection.execute(select(intents.c.stage, func.count()).group_by(intents.c.stage))
    return Figures(
        kind,
        connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one(),
        connection.execute(text(size)).scalar_one(),
        connection.execute(select(func.count()).select_from(people)).scalar_one(),
        connection.execute(select(func.count()).select_from(appointments)).scalar_one(),
        {row.stage: row[1] for row in sorted(stages, key=tuple)},
    )
