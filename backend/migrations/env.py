"""alembic's entry: the connection is given by accord.infra.db.migrate, never made here."""

from alembic import context

from accord.infra.db import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
