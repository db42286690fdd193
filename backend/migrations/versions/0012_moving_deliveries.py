"""When the deliveries of a worker moved last, beside when the worker itself was seen."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("worker_seen", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("worker_seen") as table:
        table.drop_column("moved_at")
