"""A back-fill may be about some rows alone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    with op.batch_alter_table("field_sync_run", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("row_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True)
        )


def downgrade() -> None:
    with op.batch_alter_table("field_sync_run", schema=None) as batch_op:
        batch_op.drop_column("row_ids")
