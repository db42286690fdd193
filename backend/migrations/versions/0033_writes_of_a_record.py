"""The list of writes finds those of one record by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

_THERE = sa.text("record_id IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_record",
            ["workspace_id", "connection_id", "record_id", "id"],
            unique=False,
            sqlite_where=_THERE,
            postgresql_where=_THERE,
        )
    _index_notes("workspace_id", "connection_id", "record_id", "id")


def downgrade() -> None:
    _index_notes("workspace_id", "connection_id", "record_id")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_record", sqlite_where=_THERE, postgresql_where=_THERE)


def _index_notes(*columns: str) -> None:
    with op.batch_alter_table("record_intent", schema=None) as batch_op:
        batch_op.drop_index("ix_record_intent_record")
        batch_op.create_index("ix_record_intent_record", list(columns), unique=False)
