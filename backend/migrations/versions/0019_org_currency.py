"""The currency of an org with one alone, as the org has said it; why a deal is not there."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("currency", sa.String(length=3), nullable=True))
    with op.batch_alter_table("watched_deal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("absence", sa.String(length=20), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("watched_deal", schema=None) as batch_op:
        batch_op.drop_column("absence")
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.drop_column("currency")
