"""What parts that are off would have written."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "foregone_write",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("lane", sa.String(length=16), nullable=False),
        sa.Column("creates", sa.Boolean(), nullable=False),
        sa.Column("gathers_ms", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_foregone_write_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_foregone_write_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_foregone_write")),
        info={
            "tenant": True,
            "system_columns": frozenset({"id", "workspace_id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )
    with op.batch_alter_table("foregone_write", schema=None) as batch_op:
        batch_op.create_index("ix_foregone_write_at", ["workspace_id", "connection_id", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("foregone_write", schema=None) as batch_op:
        batch_op.drop_index("ix_foregone_write_at")

    op.drop_table("foregone_write")
