"""alembic's entry: the connection is given by accord.infra.db.migrate, never made here."""

from typing import Any

from alembic import context
from sqlalchemy import JSON
from sqlalchemy.dialects.postgresql import JSONB

from accord.infra.db import DecimalText, UtcDateTime, metadata


def render_item(kind: str, item: Any, autogenerate: Any) -> str | bool:
    """A migration names plain types: it must stay readable when our own classes have moved on."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, DecimalText):
        return "sa.String(length=40)"
    if kind == "type" and isinstance(item, JSON) and not isinstance(item, JSONB):
        autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
)
context.run_migrations()
