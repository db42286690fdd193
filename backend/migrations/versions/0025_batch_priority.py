"""Scheduled work has a priority of its own, between events and back-fills: those of back-fills are renumbered."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.execute("UPDATE outbox SET priority = 3 WHERE priority = 2")
    op.execute("UPDATE field_sync_mark SET priority = 3 WHERE priority = 2")
