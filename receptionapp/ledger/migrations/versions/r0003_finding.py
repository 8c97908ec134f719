"""Finding people by words: empty here, and filled by `people.rebuild` once all migrations are done."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def word() -> sa.Column[str]:
    return sa.Column("word", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def upgrade() -> None:
    op.create_index("ix_people_recent", "people", ["emr", "changed_at"], unique=False)
    op.create_table(
        "people_words",
        word(),
        sa.Column("person_key", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_key"], ["people.key"], name=op.f("fk_people_words_person_key")),
        sa.PrimaryKeyConstraint("word", "person_key", name=op.f("pk_people_words")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "name_words",
        word(),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_name_words")),
        sqlite_with_rowid=False,
    )
