"""Run by Alembic: migrates on the connection, and in the transaction, that `upgrade` was given."""

from alembic import context

from receptionapp.ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
