"""A public group or a permission set of the org may be told instead of people."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    with op.batch_alter_table("message_settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("group_id", sa.String(length=18), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("message_settings", schema=None) as batch_op:
        batch_op.drop_column("group_id")
